"""Every page passes axe-core at WCAG 2.2 AA, at the desk and on a phone, and fits its window."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenSite, Visit
from tests.browser.faults import faults
from tests.browser.pages import PAGES, Shown, address_of
from wardroom.web.unwell import SENTENCE

EVERYBODY = ("", "liaison5", "director", "partner.dpw", "records")
EXTRA = {
    "verb": "accept_ask", "message_id": 1, "key": "x", "uidb36": "1", "task_id": 1,
    "token": "x", "document_id": 1, "variant": "original", "photo_id": 1, "position": 1,
    "joined_id": 1, "concern_id": 1, "calendar_id": 1, "strategy_id": 1,
    "program_id": 1, "boundary_set_id": 1, "row_id": 1, "sheet_id": 1,
    "form": "csv", "code": "requests", "path": "x", "key_id": 1, "hook_id": 1, "rest": "x",
    "what": "events", "wish_id": 1, "posting_id": 1, "number": 1, "slug": "x",
    "address_id": 1, "scenario_id": 1, "log_id": 1,
    "request_id": 1, "receipt_id": 1, "release_id": 1, "factor_id": 1,
}  # fmt: skip


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_page_is_accessible_and_fits(shown: Shown, look: OpenSite) -> None:
    somebody = look(shown.who)
    page = somebody.go(address_of(shown, somebody))
    assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 200
    assert faults(page) == []


def test_signed_report_is_among_the_pages(visit: OpenSite) -> None:
    liaison = visit("liaison5")
    signed = next(shown for shown in PAGES if shown.place and shown.first == "reports")
    page = liaison.go(address_of(signed, liaison))
    expect(page.get_by_text("Fingerprint")).to_be_visible()


def patterns(within: URLResolver) -> Iterator[URLPattern]:
    """Every address of the site but those of programs, which have a namespace."""
    for found in within.url_patterns:
        if not isinstance(found, URLResolver):
            yield found
        elif not found.namespace:
            yield from patterns(found)


def test_every_page_of_the_site_is_in_the_list(visit: OpenSite) -> None:
    people = {who: visit(who) for who in {*EVERYBODY, *(shown.who for shown in PAGES)}}
    covered, known = {}, dict(EXTRA)
    for shown in PAGES:
        match = resolve(address_of(shown, people[shown.who]).partition("?")[0])
        covered[match.url_name] = match.kwargs
        known = {**match.kwargs, **known}
    site = list(patterns(get_resolver()))
    lacking = {str(p.pattern) for p in site if set(p.pattern.converters) - set(known)}
    assert not lacking, "no example of what these name; add their pages to PAGES, or to EXTRA"
    there = set()
    for pattern in site:
        assert pattern.name, f"{pattern.pattern} has no name"
        own = covered.get(pattern.name, {})
        given = {name: own.get(name, known[name]) for name in pattern.pattern.converters}
        path = reverse(pattern.name, kwargs=given)
        if any(is_page(people[who], path) for who in EVERYBODY):
            there.add(pattern.name)
    assert len(there) > 15
    assert there == set(covered)


def is_page(somebody: Visit, path: str) -> bool:
    """Whether this address answers this person with a page."""
    got = somebody.context.request.get
    answer = got(somebody.base + path, max_redirects=0, max_retries=1)
    return answer.status == 200 and answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("shown", "fold", "button"),
    [
        (Shown("", "/account/login/"), "", "Sign in"),
        (Shown("liaison5", "/account/password/"), "", "Change the password"),
        (Shown("liaison5", "/candidates/", "candidates"), "", "Save the decision"),
        (
            Shown("liaison5", "/locations/", "locations"),
            "Record a condition check",
            "Save the check",
        ),
        (Shown("liaison5", "/locations/", "locations"), "Close the location", "Close it"),
        (Shown("liaison5", "/locations/", "locations", "plan/"), "", "Adopt the plan and send"),
        (Shown("partner.mpd", "/asks/?state=requested", "asks"), "Decline, with", "Decline"),
        (Shown("director", "/reports/?ward=6", "reports"), "", "Sign"),
    ],
    ids=str,
)
def test_refused_form_is_accessible_and_names_its_faults(
    shown: Shown, fold: str, button: str, visit: OpenSite
) -> None:
    somebody = visit(shown.who)
    page = somebody.go(address_of(shown, somebody))
    if fold:
        page.get_by_text(fold).last.click()  # a link above may lead to the fold
    press = page.get_by_role("main").get_by_role("button", name=re.compile(f"^{button}"))
    with page.expect_navigation():
        press.click()
    somebody.wait_for_map()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert faults(page) == []


def test_answers_that_are_no_page_are_accessible(visit: OpenSite) -> None:
    partner = visit("partner.dpw")
    look_at_answer(partner.go("/candidates/"), "Your role does not allow this")
    look_at_answer(partner.go("/no/such/page/"), "There is no such page")

    visitor = visit()
    page = visitor.go("/account/login/")
    visitor.context.clear_cookies()
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    look_at_answer(page, "The form was too old")

    page.goto(visitor.base.replace("127.0.0.1", "elsewhere.localhost"))
    look_at_answer(page, "The site could not read that")


@pytest.mark.parametrize(
    ("template", "heading"),
    [("500.html", "Something went wrong on our side"), ("503.html", "Out of order for a moment")],
)
def test_page_of_a_breakdown_is_accessible(visit: OpenSite, template: str, heading: str) -> None:
    visitor = visit()
    broken = render_to_string(template, {"sentence": SENTENCE})
    visitor.page.route(
        "**/broken", lambda route: route.fulfill(content_type="text/html", body=broken)
    )
    look_at_answer(visitor.go("/broken"), heading)


def look_at_answer(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert faults(page) == []


def test_faults_are_noticed(visit: OpenSite) -> None:
    page = visit().go("/account/login/")
    assert faults(page) == []
    page.evaluate("""() => {
      document.title = "Wardroom";
      document.querySelector("label").remove();
      document.querySelector("h1").insertAdjacentHTML("afterend", "<h1>Another</h1>");
      document.querySelector("form").style.width = "900px";
    }""")
    found = " ".join(faults(page))
    for fault in ("the title is", "2 headings", "at 390 px: scrolls sideways", "label:"):
        assert fault in found
    assert "at 1280 px: scrolls sideways" not in found


def test_faults_inside_folds_are_noticed(visit: OpenSite) -> None:
    page = visit("liaison5").go("/requests/")
    page.evaluate("""() => document.querySelectorAll(".filters-fold label")
      .forEach((label) => label.remove())""")
    found = " ".join(faults(page))
    for fault in ("at 1280 px: select-name", "at 390 px: select-name", "label: "):
        assert fault in found

    page = visit("liaison5").go("/issues/")
    with page.expect_navigation():
        page.locator("a.cell__main").first.click()
    page.evaluate("""() => document.querySelectorAll("details[name=moves] label")
      .forEach((label) => label.remove())""")
    named = {re.search(r'name="(\w+)"', fault) for fault in faults(page) if "label: " in fault}
    assert len({found[1] for found in named if found}) > 3
