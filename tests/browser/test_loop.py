"""The whole loop in Chromium: from a ranked candidate to a signed report on paper."""

from __future__ import annotations

import re
import subprocess
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenSite, Visit

WARD = "4"
LIAISON = f"liaison{WARD}"
SUMMARY = "One place was taken on; public works promised a day, the street waits for parts."
NEEDS = "A word with the agency that declined."
OBJECTIVE = "Half as many episodes by summer, for the people on this block"


def in_days(days: int) -> date:
    """A day counted from today in the office."""
    return datetime.now(ZoneInfo("America/New_York")).date() + timedelta(days=days)


def said(page: Page, sentence: str) -> None:
    """The page says what was done."""
    expect(page.get_by_role("status")).to_contain_text(sentence)


def decide(page: Page, verdict: str, reason: str, **days: date) -> None:
    """Fill in the decision on a candidate's page and send it."""
    form = page.get_by_role("region", name="Decide")
    form.get_by_text(verdict, exact=False).first.click()
    form.get_by_role("textbox", name="Reason").fill(reason)
    for label, day in days.items():
        form.get_by_role("textbox", name=label.replace("_", " ")).fill(day.isoformat())
    form.get_by_role("button", name="Save the decision").click()


def open_candidate(visit: Visit, place: int) -> str:
    """Open the candidate in this place of the ward's ranked list; its address by street."""
    page = visit.go("/candidates/")
    link = page.get_by_role("table").get_by_role("link", name=re.compile(r"^\d+\. ")).nth(place)
    street = link.inner_text().partition(". ")[2]
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(street)
    visit.wait_for_map()
    return street


def test_loop_from_candidate_to_signed_report(visit: OpenSite, tmp_path: Path) -> None:
    liaison = visit()
    page = liaison.sign_in(LIAISON)
    look_at_list_and_map(liaison)
    watch_one_and_refuse_one(liaison)
    street = open_candidate(liaison, 0)
    look_at_reasons_and_requests(liaison)
    designate(page, street)
    location = page.url.removeprefix(liaison.base)
    adopt_plan(page)

    accept(visit("partner.dpw"))
    counter(visit("partner.ddot"))
    decline(visit("partner.dob"))
    read_answers(liaison, location)
    record_check(page)
    set_next_step(page)

    report = draft_report(liaison, street)
    write_and_sign(page)
    read_on_paper(page, street, tmp_path)
    director = visit("director")
    look_as_director(director, location, street)
    see_message_go_out(director)
    look_from_another_ward(visit("liaison6"), location, report)


def look_at_list_and_map(liaison: Visit) -> None:
    page = liaison.page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Candidates").click()
    liaison.wait_for_map()
    expect(page.locator("[data-map][data-ready]")).to_be_visible()
    expect(page.locator(".map canvas")).to_be_visible()
    rows = page.get_by_role("table").get_by_role("row")
    assert rows.count() >= 5  # the header, and the four places this test needs
    wards = page.get_by_label("Ward", exact=True).get_by_role("option")
    assert wards.all_inner_texts() == [f"Ward {WARD}"], "a liaison may choose another ward"


def watch_one_and_refuse_one(liaison: Visit) -> None:
    page = liaison.page
    watched = open_candidate(liaison, 2)
    decide(page, "Watch it", "Too early to tell.", Look_again_on=in_days(30))
    said(page, "The place comes back to you")
    expect(page.locator(".lead")).to_contain_text("Watched")

    refused = open_candidate(liaison, 2)
    assert refused != watched
    decide(page, "Refuse it", "")
    expect(page.get_by_role("alert")).to_contain_text("Reason")
    decide(page, "Refuse it", "A building site; it ends in spring.")
    said(page, "The reason stays in the place's history")
    expect(page.locator(".lead")).to_contain_text("Refused")

    page = liaison.go("/candidates/")
    expect(page.get_by_role("table")).not_to_contain_text(watched)
    expect(page.get_by_role("table")).not_to_contain_text(refused)
    page.get_by_label("State").select_option(label="Refused")
    expect(page.get_by_role("table")).to_contain_text(refused)


def look_at_reasons_and_requests(liaison: Visit) -> None:
    page = liaison.page
    expect(page.locator(".lead")).to_contain_text(f"in Ward {WARD}")
    why = page.get_by_role("region", name="Why it is here").get_by_role("listitem")
    assert why.count() >= 3
    expected = r"It had \d+ episodes? in the last 12 months; .+ to be expected, going by"
    assert re.search(expected, " ".join(why.all_inner_texts()))
    expect(page.get_by_role("region", name="How sure")).to_contain_text("this sure turn out")
    behind = page.get_by_role("region", name="The requests behind it")
    behind.get_by_role("table").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="As the city has it")).to_be_visible()
    page.go_back()
    liaison.wait_for_map()


def designate(page: Page, street: str) -> None:
    decide(
        page,
        "Designate it",
        "It keeps coming back, and no agency ends it alone.",
        Next_date=in_days(7),
    )
    said(page, "Designated. Now write its work plan.")
    expect(page.get_by_role("heading", level=1)).to_contain_text(street)


def adopt_plan(page: Page) -> None:
    page.get_by_role("link", name="Write the work plan").first.click()
    page.get_by_label("Objective").fill(OBJECTIVE)
    page.get_by_label("Measure").fill("Episodes a month")
    page.get_by_label("Now").fill("4")
    page.get_by_label("Target").fill("2")
    page.get_by_label("Reach it by").fill(in_days(150).isoformat())
    page.get_by_label("Look at the plan again on").fill(in_days(30).isoformat())
    steps = (
        ("DPW", "Clear the alley every week"),
        ("DDOT", "Mend the street light here"),
        ("DOB", "Inspect the empty house"),
    )
    for number, (agency, wording) in enumerate(steps, start=1):
        row = page.get_by_role("group", name=f"Step {number}")
        row.get_by_label("What we ask for").fill(wording)
        row.get_by_label("Agency").select_option(agency)
        row.get_by_label("By", exact=True).fill(in_days(21).isoformat())
    page.get_by_role("button", name="Adopt the plan and send the asks").click()
    said(page, "The plan was adopted and its asks were sent.")
    plan = page.get_by_role("region", name="Work plan")
    expect(plan).to_contain_text(OBJECTIVE)
    expect(plan.get_by_text("Waiting for an answer")).to_have_count(3)


def open_ask(partner: Visit, wording: str) -> Page:
    page = partner.go("/")
    expect(page.get_by_role("heading", name="Waiting for your answer")).to_be_visible()
    page.get_by_role("link", name=wording).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(wording)
    return page


def accept(partner: Visit) -> None:
    page = open_ask(partner, "Clear the alley every week")
    page.get_by_text("Accept, with a date").click()
    page.get_by_label("We promise it by").fill(in_days(20).isoformat())
    page.get_by_role("button", name="Accept", exact=True).click()
    said(page, "You accepted the ask.")
    expect(page.locator(".lead")).to_contain_text("Accepted")
    assert page.request.get(partner.base + "/candidates/").status == 403


def counter(partner: Visit) -> None:
    page = open_ask(partner, "Mend the street light here")
    page.get_by_text("Offer another date").click()
    page.get_by_label("We could do it by").fill(in_days(45).isoformat())
    page.get_by_label("Why that day").fill("The parts come in next month.")
    page.get_by_role("button", name="Offer this date").click()
    said(page, "You offered another date.")


def decline(partner: Visit) -> None:
    page = open_ask(partner, "Inspect the empty house")
    page.get_by_text("Decline, with a reason").click()
    button = page.get_by_role("button", name="Decline", exact=True)
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Choose “Reason”.")
    page.get_by_label("Reason", exact=True).select_option(label="The owner is private")
    button.click()
    said(page, "You declined the ask.")


def read_answers(liaison: Visit, location: str) -> None:
    page = liaison.go(location)
    plan = page.get_by_role("region", name="Work plan")
    for answer in ("Accepted", "Other date offered", "Declined"):
        expect(plan.get_by_text(answer, exact=True)).to_be_visible()
    plan.get_by_role("link", name="Mend the street light here").click()
    page.get_by_role("link", name="The ask itself").click()
    expect(page.get_by_role("main")).to_contain_text("The parts come in next month.")
    page.get_by_text("Agree to the date offered").click()
    page.get_by_role("button", name="Agree", exact=True).click()
    said(page, "You agreed to the date.")
    liaison.go(location)
    expect(plan.get_by_text("Accepted", exact=True)).to_have_count(2)


def record_check(page: Page) -> None:
    page.get_by_text("Record a condition check").click()
    checks = page.get_by_role("region", name="Condition checks")
    checks.get_by_text("Partly: better, not gone").click()
    checks.get_by_text("Light: a few minutes of work").click()
    checks.get_by_label("Note").fill("Half of it is cleared.")
    checks.get_by_role("button", name="Save the check").click()
    said(page, "Your check was written down.")
    expect(checks).to_contain_text("Half of it is cleared.")


def set_next_step(page: Page) -> None:
    page.locator("summary", has_text="Set the next step").click()
    panel = page.get_by_role("complementary")
    panel.get_by_label("Next date").fill(in_days(10).isoformat())
    panel.get_by_label("Next step").fill("Walk the block with public works")
    panel.get_by_role("button", name="Save", exact=True).click()
    said(page, "The next step was saved.")


def see_message_go_out(director: Visit) -> None:
    """The worker told the agency; the director sees the message and what became of it."""
    until = time.monotonic() + 30
    sent = re.compile("Clear the alley every week")
    page = director.go("/data/messages/?state=sent")
    while not page.get_by_role("row").filter(has_text=sent).count():
        assert time.monotonic() < until, page.get_by_role("main").inner_text()
        time.sleep(0.5)
        page.reload()


def draft_report(liaison: Visit, street: str) -> str:
    page = liaison.go("/reports/")
    page.get_by_role("button", name="Draft").click()
    said(page, "The report was drafted.")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Ward {WARD}")
    place = page.get_by_role("article").filter(has_text=street)
    expect(place).to_have_count(1)
    expect(place).to_contain_text("2 accepted, 1 declined")
    expect(place).to_contain_text("2 of 4 on")
    expect(place).to_contain_text("Walk the block with public works")
    expect(page.get_by_role("main")).to_contain_text("Candidates")
    return page.url.removeprefix(liaison.base)


def write_and_sign(page: Page) -> None:
    report = page.url
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("What matters this week").fill(SUMMARY)
    page.get_by_label("Decisions and help needed").fill(NEEDS)
    page.get_by_role("button", name="Save", exact=True).click()
    said(page, "Your words were saved.")
    expect(page.get_by_role("main")).to_contain_text(SUMMARY)
    page.get_by_role("button", name="Sign", exact=True).click()
    said(page, "The report is signed and frozen.")
    expect(page.get_by_text("Fingerprint")).to_be_visible()
    expect(page.get_by_role("link", name="Write", exact=True)).to_have_count(0)
    assert page.request.get(report + "write/").status == 403


def read_on_paper(page: Page, street: str, folder: Path) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download PDF").click()
    path = folder / "report.pdf"
    waiting.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-")
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    paper = " ".join(done.stdout.split())
    for text in (f"Ward {WARD}", street, SUMMARY, NEEDS):
        assert text in paper, paper


def look_as_director(director: Visit, location: str, street: str) -> None:
    page = director.go("/")
    first_ward = page.get_by_role("link", name="Ward 1", exact=True)
    table = page.get_by_role("table").filter(has=first_ward)
    for ward in "12345678":
        expect(table.get_by_role("link", name=f"Ward {ward}", exact=True)).to_be_visible()
    table.get_by_role("link", name=f"Ward {WARD}", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Ward {WARD}")
    page = director.go(location)
    expect(page.get_by_role("heading", level=1)).to_contain_text(street)


def look_from_another_ward(stranger: Visit, location: str, report: str) -> None:
    for address in (location, report, report + "report.pdf"):
        assert stranger.page.request.get(stranger.base + address).status == 404
    page = stranger.go(location)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
