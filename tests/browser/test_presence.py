"""S4 in real Chromium: before a sign-in ends for want of somebody there, the page says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenSite

WHO, HERE = "liaison5", "**/account/here/"
ALONE, BEFORE_IT_ENDS, OFTEN = 30 * 60, 110, 5 * 60
WARNED = "Nobody was here for a while."
OUT = "You are signed out. What you typed is still on this page"
NO_SCRIPT = {"body": "", "content_type": "text/javascript"}


@pytest.fixture
def desk(visit: OpenSite) -> Page:
    """Somebody at a form, in a sign-in of their own, whose clock the test moves."""
    page = visit().sign_in(WHO)
    page.clock.install()
    return page


def at_a_form(page: Page) -> Page:
    """The page on which an organization is written down."""
    page.goto(page.url.partition("/account")[0].rstrip("/") + "/people/organizations/new/")
    return page


def go_on(page: Page, seconds: int) -> None:
    page.clock.fast_forward(seconds * 1000)


def test_who_is_away_is_warned_and_stays_by_one_press(desk: Page) -> None:
    page = at_a_form(desk)
    bar, stay = page.locator("#presence"), page.get_by_role("button", name="Stay signed in")
    expect(bar).to_be_hidden()
    go_on(page, ALONE - BEFORE_IT_ENDS)
    expect(bar).to_contain_text(WARNED)
    with page.expect_response(HERE) as told:
        stay.click()
    assert told.value.status == 200
    expect(bar).to_be_hidden()
    go_on(page, ALONE - BEFORE_IT_ENDS)
    expect(bar).to_contain_text(WARNED)
    go_on(page, BEFORE_IT_ENDS)
    expect(bar).to_contain_text(OUT)
    expect(stay).to_be_hidden()


def test_typing_keeps_it_and_is_told_to_the_site_now_and_then(desk: Page) -> None:
    page = at_a_form(desk)
    name = page.get_by_label("Name", exact=True).first
    go_on(page, OFTEN + 1)
    with page.expect_response(HERE):
        name.press_sequentially("Fri")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/account/here/" in one.url else None)
    name.press_sequentially("ends")
    go_on(page, ALONE - OFTEN)
    expect(page.locator("#presence")).to_be_hidden()
    assert asked == []


def test_all_pages_of_a_browser_know_of_one_another(desk: Page) -> None:
    page, other = at_a_form(desk), desk.context.new_page()
    other.goto(page.url)
    go_on(page, ALONE - BEFORE_IT_ENDS)
    for each in (page, other):
        expect(each.locator("#presence")).to_contain_text(WARNED)
    other.get_by_role("button", name="Stay signed in").click()
    expect(other.locator("#presence")).to_be_hidden()
    go_on(page, 10)
    expect(page.locator("#presence")).to_be_hidden()


def test_who_is_signed_out_by_now_is_told_and_loses_no_word(desk: Page) -> None:
    page = at_a_form(desk)
    name = page.get_by_label("Name", exact=True).first
    name.fill("Friends of the alley")
    page.context.clear_cookies()
    go_on(page, ALONE - BEFORE_IT_ENDS)
    page.get_by_role("button", name="Stay signed in").click()
    expect(page.locator("#presence")).to_contain_text(OUT)
    expect(name).to_have_value("Friends of the alley")


def test_power_check_without_its_script_nobody_is_warned(desk: Page) -> None:
    desk.route("**/presence*.mjs", lambda route: route.fulfill(**NO_SCRIPT))
    page = at_a_form(desk)
    go_on(page, ALONE)
    expect(page.locator("#presence")).to_be_hidden()
    with pytest.raises(AssertionError):
        expect(page.locator("#presence")).to_contain_text(OUT, timeout=500)
