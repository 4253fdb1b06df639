"""On paper a page is its content: no navigation, no buttons, no map."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenSite
from tests.browser.pages import Shown, address_of

CONTROLS = ("nav", ".masthead", ".foot", "form", "button", "[data-map]", ".usa-button")


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        (Shown("liaison5", "/candidates/"), "the clearest case first"),
        (Shown("liaison5", "/candidates/", "candidates"), "Why it is here"),
        (Shown("liaison5", "/locations/", "locations"), "Condition checks"),
        (Shown("liaison5", "/reports/", "reports"), "About the numbers"),
        (Shown("director", "/"), "undecided candidates"),
    ],
    ids=str,
)
def test_paper_has_the_content_and_no_controls(
    shown: Shown, kept: str, visit: OpenSite, tmp_path: Path
) -> None:
    somebody = visit(shown.who)
    page = somebody.go(address_of(shown, somebody))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.emulate_media(media="print")
    for control in CONTROLS:
        expect(page.locator(control).locator("visible=true")).to_have_count(0)
    title = page.get_by_role("heading", level=1)
    expect(title).to_be_visible()
    page.pdf(path=tmp_path / "page.pdf", format="Letter")
    paper = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "page.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    words = " ".join(paper.split())
    assert kept in words
    assert title.inner_text() in words
    assert "Sign out" not in words


def test_a_week_is_on_one_landscape_page(visit: OpenSite, tmp_path: Path) -> None:
    page = visit("director").go("/week/?week=2026-11-16")
    people = page.locator(".week__table").nth(1).locator("tbody th")
    names = [(text.splitlines() or [""])[0] for text in people.all_inner_texts()]
    assert len(names) > 8
    page.pdf(path=tmp_path / "week.pdf", prefer_css_page_size=True)
    told = {
        tool: subprocess.run(
            [tool, *options], capture_output=True, text=True, check=True, cwd=tmp_path
        ).stdout
        for tool, options in (("pdfinfo", ["week.pdf"]), ("pdftotext", ["week.pdf", "-"]))
    }
    sheet = " ".join(told["pdfinfo"].split())
    assert "Pages: 1 " in sheet
    assert "Page size: 792 x 612 pts" in sheet
    words = " ".join(told["pdftotext"].split())
    assert [name for name in names if name not in words] == []
    assert "Fri, Nov 20" in words
