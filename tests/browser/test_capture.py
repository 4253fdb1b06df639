"""Names under the capture line while they are typed, by keyboard and by mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenSite
from tests.browser.faults import violations


def typing(page: Page, words: str) -> None:
    page.locator("#capture_line").press_sequentially(words, delay=20)


def test_name_is_chosen_by_keyboard(visit: OpenSite) -> None:
    page = visit("liaison5").go("/day/")
    line = page.locator("#capture_line")
    names = page.get_by_role("listbox", name="Names that fit")
    line.focus()
    typing(page, "Rats again #rod")
    expect(names.get_by_role("option")).to_have_count(1)
    expect(line).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(line).to_have_attribute("aria-activedescendant", "capture_names_0")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(line).to_have_value("Rats again #rodents ")
    expect(names).to_be_hidden()
    typing(page, "at noon")
    expect(names).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Noted.")


def test_escape_leaves_the_line_as_it_was_typed(visit: OpenSite) -> None:
    page = visit("liaison5").go("/day/")
    line = page.locator("#capture_line")
    line.focus()
    typing(page, "Met @neigh")
    names = page.get_by_role("listbox", name="Names that fit")
    expect(names).to_be_visible()
    page.keyboard.press("Escape")
    expect(names).to_be_hidden()
    expect(line).to_have_value("Met @neigh")
    expect(line).to_be_focused()


def test_name_in_the_middle_of_a_line_is_chosen_on_a_phone(visit: OpenSite) -> None:
    page = visit("liaison5", size=PHONE).go("/day/")
    line = page.locator("#capture_line")
    line.fill("Met  at the corner")
    line.evaluate("(box) => box.setSelectionRange(4, 4)")
    line.press_sequentially("#rode", delay=20)
    option = page.get_by_role("listbox", name="Names that fit").get_by_role("option")
    expect(option).to_be_in_viewport()
    option.click()
    expect(line).to_have_value("Met #rodents at the corner")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_rest_of_a_name_that_is_changed_in_its_middle_goes(visit: OpenSite) -> None:
    page = visit("liaison5").go("/day/")
    line = page.locator("#capture_line")
    line.fill("Met #roxyz at the corner")
    line.evaluate("(box) => box.setSelectionRange(7, 7)")
    line.press_sequentially("d", delay=20)
    page.get_by_role("listbox", name="Names that fit").get_by_role("option").click()
    expect(line).to_have_value("Met #rodents at the corner")


def test_search_still_suggests_first_results(visit: OpenSite) -> None:
    page = visit("liaison5").go("/day/")
    page.locator("#find_line").press_sequentially("street", delay=20)
    results = page.get_by_role("listbox", name="First results").get_by_role("option")
    expect(results.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url("/day/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("My day")


def test_search_says_where_nothing_fits(visit: OpenSite) -> None:
    page = visit("liaison5").go("/day/")
    page.locator("#find_line").press_sequentially("qzxqzx", delay=20)
    nothing = page.get_by_text("No results", exact=True)
    expect(nothing).to_have_class("found found--none")
    expect(nothing).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(nothing).to_have_class("hidden-visually")
    page.locator("#find_line").press_sequentially("zz", delay=20)
    expect(nothing).to_have_class("found found--none")
    page.route("**/search/**", lambda _: None)  # the answer is still on its way
    page.locator("#find_line").press_sequentially("rats", delay=20)
    expect(nothing).to_have_class("hidden-visually")


def test_what_was_done_is_seen_where_a_page_begins_further_down(visit: OpenSite) -> None:
    page = visit("director").go("/house/")
    page.get_by_role("button", name="Walk the ledger now").click()
    expect(page).to_have_url(re.compile("/house/#"))
    done = page.locator(".said").get_by_role("status")
    expect(done).to_have_count(1)
    expect(done).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0
