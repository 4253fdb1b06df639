"""A liaison who uses no mouse: every step by keyboard, and the focus always in sight."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenSite
from tests.browser.house import PASSWORD, email_of
from tests.browser.test_loop import in_days

MOST_TABS = 250
# The calendar button inside a field for a day has the browser's own ring, which cannot be read.
FOCUS = """() => {
  const element = document.activeElement;
  const radio = element.matches("[type=radio], .usa-checkbox__input");
  const calendar = element.type === "date" && !element.matches(":focus");
  const shown = radio ? element.labels[0] : element;
  const style = getComputedStyle(shown, radio ? "::before" : null);
  const box = shown.getBoundingClientRect();
  const middle = [box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 1)];
  const top = document.elementFromPoint(...middle);
  return {
    what: element.outerHTML.slice(0, 120),
    ring: calendar ? 2 : style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    covered: !(top && (shown.contains(top) || top.contains(shown))),
  };
}"""


def focus_fault(page: Page) -> str:
    """Why the element in focus cannot be seen as such, or nothing; it may slide in first."""
    for _ in range(10):
        seen: dict[str, Any] = page.evaluate(FOCUS)
        hidden = not seen["inSight"] or seen["covered"]
        if not hidden and seen["ring"] >= 2:
            return ""
        page.wait_for_timeout(50)
    return f"{'out of sight' if hidden else 'no ring'}: {seen['what']}"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this element has the focus; it must be visible at each stop."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        assert focus_fault(page) == ""
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {wanted}")


def test_skip_link_leads_past_the_navigation(visit: OpenSite) -> None:
    page = visit("liaison6").go("/candidates/")
    skip = page.get_by_role("link", name="Skip to the main content")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    assert focus_fault(page) == ""
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_candidate_is_decided_without_a_mouse(visit: OpenSite) -> None:
    site = visit()
    page = site.go("/account/login/")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type(email_of("liaison6"))
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()

    tab_to(page, page.get_by_role("link", name="Candidates", exact=True))
    page.keyboard.press("Enter")
    place = page.get_by_role("table").get_by_role("link", name=re.compile(r"^\d+\. ")).first
    street = place.inner_text().partition(". ")[2]
    site.wait_for_map()
    tab_to(page, place)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(street)
    site.wait_for_map()

    send = page.get_by_role("button", name="Save the decision")
    tab_to(page, page.get_by_role("link", name="Decide", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, send)
    page.keyboard.press("Enter")
    fault = page.get_by_role("alert").get_by_role("link", name="Fill in “Reason”.")
    fault.wait_for()
    expect(page.get_by_role("alert")).to_be_focused()
    assert focus_fault(page) == ""
    tab_to(page, fault)
    page.keyboard.press("Enter")
    reason = page.get_by_role("textbox", name="Reason")
    expect(reason).to_be_focused()
    page.keyboard.type("It waits for the new lights.")

    page.keyboard.press("Shift+Tab")
    watch = page.get_by_role("radio", name=re.compile("^Watch it"))
    page.keyboard.press("ArrowDown")
    while not watch.is_checked():
        page.keyboard.press("ArrowDown")
    assert focus_fault(page) == ""
    day = page.get_by_role("textbox", name="Look again on")
    tab_to(page, day)
    page.keyboard.type(f"{in_days(40):%m%d%Y}")
    expect(day).to_have_value(in_days(40).isoformat())
    tab_to(page, send)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The place comes back to you")
    expect(page.locator(".lead")).to_contain_text("Watched")


def test_issues_are_ticked_with_one_key_and_changed(visit: OpenSite) -> None:
    page = visit("director").go("/issues/")
    ticked = page.locator(".is-pick input:checked")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(ticked).to_have_count(2)
    page.keyboard.press("x")
    expect(ticked).to_have_count(1)
    tab_to(page, page.get_by_role("button", name="Change the selected ones"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Change 1 issue")


def test_help_on_my_day_tells_the_keys_of_an_issue_too(visit: OpenSite) -> None:
    page = visit("liaison5").go("/day/")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_text("Ask agencies")).to_be_visible()
    keys.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("c")
    expect(page.locator("#capture_line")).not_to_be_focused()
    page.keyboard.press("?")
    keys.get_by_label("Use these keys").check()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()
    page.keyboard.press("c")
    expect(page.locator("#capture_line")).to_be_focused()


def test_filter_keeps_the_focus_where_it_was(visit: OpenSite) -> None:
    page = visit("liaison5").go("/candidates/")
    state = page.get_by_label("State")
    first = page.get_by_role("table").get_by_role("link", name=re.compile(r"^\d+\. ")).first
    before = first.inner_text()
    tab_to(page, state)
    with page.expect_response(lambda answer: "decided=refuse" in answer.url):
        page.keyboard.type("Refused")
    expect(page).to_have_url(re.compile("decided=refuse"))
    expect(first).not_to_have_text(before)
    expect(state).to_be_focused()


def test_sorting_keeps_the_focus_on_its_column(visit: OpenSite) -> None:
    page = visit("liaison5").go("/requests/")
    closed = page.get_by_role("columnheader").get_by_role("link", name="Closed")
    tab_to(page, closed)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort="))
    expect(page.get_by_role("columnheader", name="Closed")).to_have_attribute(
        "aria-sort", re.compile("ending")
    )
    expect(closed).to_be_focused()


def test_who_gets_what_is_in_sight_once_it_is_asked_for(visit: OpenSite) -> None:
    """On a phone the letter stands far below the top of the page that shows it."""
    page = visit("liaison8", size=PHONE).go("/issues/")
    page.locator("#results").get_by_role(
        "link", name=re.compile("^[A-Z].* (at|AND) ")
    ).first.click()
    page.get_by_role("link", name="Tell everybody and close").click()
    page.get_by_label("Outcome").select_option(label="No action needed")
    page.get_by_label("What the people who reported it are told").fill("We looked; it is done.")
    page.get_by_role("button", name="Show who gets what").click()
    expect(page.get_by_role("heading", name="Before it goes out")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#before, .button-row')")


def test_what_is_typed_in_a_row_can_be_read_on_a_phone(visit: OpenSite) -> None:
    page = visit("director", size=PHONE).go("/data/mail/")
    row = page.locator("#results tbody tr").first
    row.get_by_text("More").click()
    for field in row.locator("details input:not([type=hidden])").all():
        box = field.bounding_box()
        assert box
        assert box["width"] >= 150


def test_tab_passes_through_the_whole_page_and_back_out(visit: OpenSite) -> None:
    page = visit("liaison5").go("/candidates/")
    last = (
        page.locator("a[href], button, select, input:not([type=hidden])")
        .locator("visible=true")
        .last
    )
    tab_to(page, last)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body") or page.get_by_role(
        "link", name="Skip to the main content"
    ).evaluate("(element) => element === document.activeElement")


def test_focus_that_cannot_be_seen_is_noticed(visit: OpenSite) -> None:
    page = visit().go("/account/login/")
    page.get_by_label("E-mail address").focus()
    assert focus_fault(page) == ""
    page.evaluate("document.activeElement.style.setProperty('outline', 'none', 'important')")
    assert focus_fault(page).startswith("no ring")
    page.evaluate("document.activeElement.style.setProperty('margin-left', '-9999px')")
    assert focus_fault(page).startswith("out of sight")
