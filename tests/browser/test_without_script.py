"""The loop without JavaScript: every page and form works, and a list stands for each map."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenSite, Visit
from tests.browser.test_loop import decide, in_days, open_candidate, said

WARD = "3"
WORDING = "Light the passage"


def test_list_stands_for_the_map_and_filters_by_button(visit: OpenSite) -> None:
    page = visit(f"liaison{WARD}", script=False).go("/candidates/")
    region = page.get_by_role("region", name=re.compile("^Map of the candidates"))
    expect(region).to_contain_text("The list beside it says the same.")
    expect(region.locator("canvas")).to_have_count(0)
    page.get_by_role("link", name="Busiest").click()
    expect(page).to_have_url(re.compile("list=busiest"))
    expect(page.get_by_role("table").get_by_role("link").first).to_be_visible()
    page.get_by_role("link", name="Out of the ordinary").click()
    page.get_by_label("State").select_option(label="Refused")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("decided=refuse"))
    expect(page.get_by_text("No place fits these filters.")).to_be_visible()


def test_loop_without_script(visit: OpenSite) -> None:
    liaison = visit(script=False)
    page = liaison.sign_in(f"liaison{WARD}")
    street = open_candidate(liaison, 0)
    expect(page.get_by_role("region", name=f"Map: {street}")).to_contain_text("latitude")
    decide(page, "Designate it", "It keeps coming back.", Next_date=in_days(5))
    said(page, "Designated.")
    location = page.url.removeprefix(liaison.base)
    adopt_plan_with_a_fourth_row(page)

    partner = visit("partner.ddot", script=False)
    answer(partner)
    page = liaison.go(location)
    expect(page.get_by_role("region", name="Work plan")).to_contain_text("Accepted")
    check(page)
    write_report(liaison, street)


def adopt_plan_with_a_fourth_row(page: Page) -> None:
    """The button that adds a row sends the form, and what was typed must come back."""
    page.get_by_role("link", name="Write the work plan").first.click()
    page.get_by_label("Objective").fill("Light on this corner by winter")
    page.get_by_role("button", name="Add another ask").click()
    expect(page.get_by_label("Objective")).to_have_value("Light on this corner by winter")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("Measure").fill("Episodes a month")
    page.get_by_label("Now").fill("3")
    page.get_by_label("Target").fill("1")
    page.get_by_label("Reach it by").fill(in_days(120).isoformat())
    page.get_by_label("Look at the plan again on").fill(in_days(20).isoformat())
    row = page.get_by_role("group", name="Step 4")
    row.get_by_label("What we ask for").fill(WORDING)
    row.get_by_label("Agency").select_option("DDOT")
    row.get_by_label("By", exact=True).fill(in_days(20).isoformat())
    page.get_by_role("button", name="Adopt the plan and send the asks").click()
    said(page, "The plan was adopted")


def answer(partner: Visit) -> None:
    page = partner.go("/asks/")
    page.get_by_role("link", name=WORDING).click()
    page.get_by_text("Accept, with a date").click()
    page.get_by_label("We promise it by").fill(in_days(18).isoformat())
    page.get_by_role("button", name="Accept", exact=True).click()
    said(page, "You accepted the ask.")


def check(page: Page) -> None:
    page.get_by_text("Record a condition check").click()
    checks = page.get_by_role("region", name="Condition checks")
    checks.get_by_text("Not fixed: as it was").click()
    checks.get_by_role("button", name="Save the check").click()
    expect(page.get_by_role("alert")).to_contain_text("Rate it from 1 to 4.")
    checks.get_by_text("Heavy: a crew is needed").click()
    checks.get_by_role("button", name="Save the check").click()
    said(page, "Your check was written down.")


def write_report(liaison: Visit, street: str) -> None:
    page = liaison.go("/reports/")
    page.get_by_role("button", name="Draft").click()
    said(page, "The report was drafted.")
    expect(page.get_by_role("article").filter(has_text=street)).to_contain_text("1 accepted")
    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("What matters this week").fill("The street lights come.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Sign", exact=True).click()
    said(page, "The report is signed and frozen.")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download PDF").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
