"""A matter at the table is found by its words, by keyboard, by mouse and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenSite, Visit


def open_meeting(visit: Visit) -> Page:
    page = visit.go("/teams/5/")
    held = page.get_by_role("link", name="Sent").first.get_attribute("href")
    return visit.go(str(held).removesuffix("list/"))


def test_matter_is_filled_in_by_keyboard_and_agreed_with_one_press(visit: OpenSite) -> None:
    page = open_meeting(visit("liaison5", size=PHONE))
    page.get_by_label("What is asked").fill("Put up a gate")
    box = page.get_by_label("Matter", exact=True)
    box.press_sequentially("street", delay=20)
    fitting = page.get_by_role("listbox", name="Matters that fit")
    expect(fitting.get_by_role("option").first).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(r"^W-\d+ "))
    expect(page.get_by_label("What is asked")).to_have_value("Put up a gate")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_matter_is_looked_up_in_one_step_without_script(visit: OpenSite) -> None:
    page = open_meeting(visit("liaison5", script=False))
    page.get_by_label("What is asked").fill("Put up a gate")
    page.get_by_label("Matter", exact=True).fill("street")
    page.get_by_role("button", name="Find the matter").click()
    expect(page.get_by_role("radio", name=re.compile(r"^W-\d+ ")).first).to_be_visible()
    expect(page.get_by_label("What is asked")).to_have_value("Put up a gate")
    expect(page.get_by_role("alert")).to_have_count(0)
