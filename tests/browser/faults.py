"""What every page must keep to, at the desk and on a phone."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE
from wardroom.engagement.rules.tongues.frames import FRAMES

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
LOOK = """() => ({
  title: document.title,
  headings: [...document.querySelectorAll("h1")].filter((h) => h.checkVisibility()).length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  widest: [...document.querySelectorAll("main *")]
    .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 3).map((e) => e.outerHTML.slice(0, 120)),
})"""
# Folds that share a name close each other, so the name goes before they are opened.
UNFOLD = """() => document.querySelectorAll("details").forEach((fold) => {
  fold.removeAttribute("name");
  fold.open = true;
})"""
AXE = Axe()
# What a page calls the site: the public pages name the office.
SITES = {"Wardroom", *(words.office for words in FRAMES.values())}


def faults(page: Page) -> list[str]:
    """What is wrong with an open page, everything unfolded, at the desk and on a phone."""
    found = []
    page.evaluate(UNFOLD)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        at = f"at {size['width']} px: "
        found += [at + fault for fault in [*looks(page), *violations(page)]]
    return found


def looks(page: Page) -> list[str]:
    """A title, one heading of the first rank, and nothing wider than the window."""
    seen = page.evaluate(LOOK)
    found = []
    name, _, site = seen["title"].rpartition(" · ")
    if not name.strip() or site not in SITES:
        found.append(f"the title is {seen['title']!r}")
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} headings of the first rank")
    if seen["wide"] > 0:
        found.append(f"scrolls sideways by {seen['wide']} px: {seen['widest']}")
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, and against good practice."""
    answer = AXE.run(page, options=RULES).response
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]} ({node['failureSummary'][:160]})"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]
