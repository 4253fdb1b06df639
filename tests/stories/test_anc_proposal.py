"""A commission's proposal from the day it came to both deadlines, and to a written decision."""

from __future__ import annotations

import pytest

from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LETTER = "Write down a letter that went out"
PAPER = {
    "kind": "anc_proposal",
    "ward_code": "2",
    "anc_code": "ANC 2b",
    "title": "Close the alley behind the market to trucks at night",
    "concerns": "Trucks idle under bedrooms from ten in the evening\n\nThe alley light is out\n",
    "voted_on": "2026-11-12",
    "yes": "7",
    "no": "1",
    "received_on": "2026-11-18",
    "next_on": "2026-11-20",
}


def test_an_anc_proposal_from_receipt_to_both_deadlines(office: Office) -> None:
    paper = the_paper_is_taken_in_and_its_clocks_run(office)
    the_acknowledgment_stops_the_first_clock(office, paper)
    the_second_clock_waits_in_my_day(office, paper)
    no_decision_goes_out_with_a_concern_unanswered(office, paper)
    each_concern_is_answered_and_the_decision_goes_out(office, paper)
    the_paper_is_closed(office, paper)
    nobody_else_reads_it(office, paper)


def the_paper_is_taken_in_and_its_clocks_run(office: Office) -> str:
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/ancs/")
    liaison.follow("ANC papers").says("No paper fits these filters")
    liaison.follow("Add an ANC paper")
    letter = {**PAPER, "voted_on": "", "yes": ""}
    liaison.press("Take it in", letter, status=422).says("Log a commissioner's own letter")
    liaison.press("Take it in", {**PAPER, "anc_code": "7"}, status=422).says("such as 5B or 3/4G")
    liaison.press("Take it in", {**PAPER, "no": "7"}, status=422).says("for it than against")
    page = liaison.press("Take it in", PAPER)
    page.says("The paper was taken in, and its clocks run.")
    page.says("Voted Nov 12, 2026: 7 for it, 1 against, 0 abstaining", "ANC 2B")
    page.says("Acknowledge the proposal in writing", "Nov 28, 2026", "D.C. Code 1-309.10(h)(1)")
    page.says("Send the commission a status report on its proposal", "Jan 17, 2027")
    page.says("Concerns, 0 of 2 answered", "2. The alley light is out")
    return page.address


def the_acknowledgment_stops_the_first_clock(office: Office, paper: str) -> None:
    office.clock.strikes("2026-11-24 10:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(paper)
    sent = {"letter": "acknowledgment", "sent_on": "2026-11-24"}
    said = {**sent, "text": "We have it and look into both points"}
    liaison.press(LETTER, said, untick=["to_commission"], status=422).says(
        "The letter goes to the commission as a body."
    )
    page = liaison.press(LETTER, {**said, "to_commission": "on"})
    page.says(
        "Done Nov 24, 2026",
        "Answer each concern: Dec 8, 2026",
        "Acknowledgment sent to ANC 2B on Tuesday, November 24, 2026",
    )
    liaison.open("/commissions/").says("0 of 2", "Jan 17, 2027")


def the_second_clock_waits_in_my_day(office: Office, paper: str) -> None:
    office.clock.strikes("2027-01-15 09:00")
    office.at_desk(LIAISON2).open("/day/").says("Send the commission a status report")


def no_decision_goes_out_with_a_concern_unanswered(office: Office, paper: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(paper)
    decision = {
        "letter": "decision", "sent_on": "2027-01-15", "text": "Our findings",
        "to_councilmember": "on",
    }  # fmt: skip
    liaison.press(LETTER, decision, status=422).says("2 concerns have no finding yet")


def each_concern_is_answered_and_the_decision_goes_out(office: Office, paper: str) -> None:
    liaison = office.at_desk(LIAISON2)
    page = liaison.open(paper)
    concerns = [a for f in page.root.all("form") if "concerns" in (a := f.attrs.get("action", ""))]
    for address, finding, text in zip(
        concerns,
        ("partly", "accepted"),
        ("DDOT posts the alley from eleven on; ten needs a hearing", "DDOT replaced the light"),
        strict=True,
    ):
        liaison.open(paper)
        liaison.press("Save the answer", {"finding": finding, "text": text}, at=address)
    page = liaison.open(paper).says("Concerns, 2 of 2 answered", "We follow it in part")
    page.says("We follow it in part. DDOT posts the alley", "Send the decision")
    decision = {
        "letter": "decision", "sent_on": "2027-01-15", "text": "The findings on both concerns",
    }  # fmt: skip
    liaison.press(LETTER, decision, untick=["to_councilmember"], status=422).says(
        "a copy to the councilmember of the ward"
    )
    page = liaison.press(LETTER, {**decision, "to_councilmember": "on"})
    page.says("with a copy to the councilmember of the ward", "Done Jan 15, 2027")
    page.silent_about("Change the answer")


def the_paper_is_closed(office: Office, paper: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(paper)
    page = liaison.press(
        "Say what came of it", {"outcome": "partly_followed", "text": "The hearing is set"}
    )
    page.says("Followed in part, with findings since Jan 15, 2027")
    liaison.open("/commissions/?state=closed").says("Followed in part")


def nobody_else_reads_it(office: Office, paper: str) -> None:
    office.at_desk(LIAISON7).open(paper, status=404)
    office.at_desk("dpw@city.example").open(paper, status=404)
    office.at_desk(DIRECTOR).open(paper).says("Close the alley")
