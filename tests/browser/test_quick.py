"""A contact in three interactions, and the first results of the search by keyboard alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenSite

SAID = "They will wait until Friday, counted {}"


@dataclass
class Hand:
    """Somebody's hand: it counts what it does, and types only where the page put the focus."""

    page: Page
    done: int = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.done += 1

    def type(self, words: str) -> None:
        expect(self.page.locator("textarea:focus")).to_have_count(1)
        self.page.keyboard.type(words)
        self.done += 1


def first_person(page: Page) -> Locator:
    return page.get_by_role("table").get_by_role("link", name=re.compile("neighbor")).first


@pytest.mark.parametrize("where", ["person", "issue", "search"])
def test_contact_is_logged_in_three_interactions(where: str, visit: OpenSite) -> None:
    site = visit("liaison4")
    page = site.page
    said = SAID.format(where)
    if where == "person":
        site.go("/people/?kind=person")
        first_person(page).click()
        opens = page.get_by_role("textbox", name="What was said")
    elif where == "issue":
        site.go("/issues/")
        page.locator("td a.cell__main").first.click()
        opens = page.locator("summary", has_text="Log a contact")
    else:
        site.go("/search/?q=neighbor")
        opens = page.get_by_role("link", name=re.compile("^Log a contact")).first
    site.wait_for_map()
    hand = Hand(page)
    hand.click(opens)
    hand.type(said)
    hand.click(page.get_by_role("button", name="Log it"))
    expect(page.get_by_role("status").filter(has_text="logged")).to_be_visible()
    expect(page.locator(".timeline").get_by_text(f"A call: {said}")).to_be_visible()
    assert hand.done == 3


@pytest.mark.parametrize("size", [None, PHONE])
def test_first_results_are_chosen_by_keyboard(size: dict[str, int] | None, visit: OpenSite) -> None:
    site = visit("liaison4", size=size) if size else visit("liaison4")
    page = site.go("/people/")
    box = page.get_by_role("combobox", name="Search", exact=True)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.focus()
    page.keyboard.type("neighbo")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "found_0")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("neighbo")
    page.keyboard.type("r")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    title = options.first.locator(".found__title").inner_text()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/people/$"))
    expect(page.get_by_role("main")).to_contain_text(title)


def test_enter_without_a_choice_searches_in_full(visit: OpenSite) -> None:
    page = visit("liaison4").go("/people/")
    page.get_by_role("combobox", name="Search", exact=True).fill("neighbor")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=neighbor"))
    expect(page.get_by_text("Found by the name").first).to_be_visible()


def test_box_searches_without_script(visit: OpenSite) -> None:
    page = visit("liaison4", script=False).go("/people/")
    page.get_by_role("searchbox", name="Search", exact=True).fill("neighbor")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=neighbor"))


def test_paper_shows_the_folded_lines(visit: OpenSite) -> None:
    site = visit("liaison5")
    page = site.go("/people/1/")
    folded = page.locator("#lines details.fold .timeline p").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
