"""Spot checks reject an agency's work; it disputes one finding, is right, and the result stands."""

from __future__ import annotations

import re

import pytest

from tests.stories.office import DIRECTOR, LIAISON2, Office
from wardroom.jobs.routines import tell_findings_daily

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DPW = "dpw@city.example"
PLAN = {
    "title": "Is the work in Ward 2 accepted?",
    "source": "requests",
    "closed_from": "2026-08-01",
    "closed_until": "2026-11-17",
    "ward_code": "2",
    "agency": "DPW",
    "lot": "10-30",
    "checks": "",
}
BAD = 6
NOTE, WORDS = "The bags are still there", "We cleared it; those bags came on the weekend"
REASON = "The photograph of the day shows a clean alley"


def test_rejected_lot_stands_though_one_finding_was_disputed_and_put_right(office: Office) -> None:
    office.clock.strikes("2026-11-18 14:00")
    address = the_director_draws_a_lot_of_one_agency(office)
    office.clock.strikes("2026-11-20 09:00")
    the_liaison_finds_much_of_it_not_fixed(office, address)
    the_director_cannot_end_it_yet(office, address)
    office.clock.strikes("2026-11-20 16:30")
    the_agency_is_told_in_one_letter(office)
    office.clock.strikes("2026-11-24 10:00")
    finding = the_agency_disputes_one_finding(office)
    the_director_upholds_it(office, address)
    the_agency_reads_the_answer(office, finding)
    office.clock.strikes("2026-12-01 09:00")
    the_result_stands(office, address)


def the_director_draws_a_lot_of_one_agency(office: Office) -> str:
    director = office.at_desk(DIRECTOR)
    director.open("/checks/new/")
    director.press("See how it would be shared", PLAN).says("The agency's work passes with at most")
    return director.press("Draw it").address


def the_liaison_finds_much_of_it_not_fixed(office: Office, address: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(f"{address}walks/1/")
    many = len(list(liaison.page.root.all("span", of="route__number")))
    liaison.follow("Begin")
    for n in range(many):
        if n < BAD:
            liaison.press("Not fixed", {"note": NOTE})
        else:
            liaison.press("Fixed")


def the_director_cannot_end_it_yet(office: Office, address: str) -> None:
    page = office.at_desk(DIRECTOR).open(address)
    page.says("DPW may dispute what was found until 5:00 p.m. on Monday, November 30, 2026.")
    page.silent_about("End it and see the result")


def the_agency_is_told_in_one_letter(office: Office) -> None:
    assert tell_findings_daily() == 1
    subject = f"Spot checks: {BAD} findings at work your agency closed"
    (line,) = [line for line in office.worker() if subject in line]
    letter = office.letter(line.partition(":")[0], "Spot checks")
    assert letter.count("Can be disputed until 5:00 p.m. on Monday, November 30, 2026") == BAD
    assert len(set(re.findall(r"/checks/found/\d+/", letter))) == BAD
    assert NOTE not in letter
    assert tell_findings_daily() == 0


def the_agency_disputes_one_finding(office: Office) -> str:
    partner = office.at_desk(DPW)
    partner.open("/")
    page = partner.follow("Found not fixed")
    page.says(f"{BAD} findings", "You may dispute it until")
    first = next(
        a.attrs["href"]
        for a in page.root.all("a")
        if a.attrs["href"].removeprefix("/checks/found/").rstrip("/").isdigit()
    )
    partner.open(first).says("Not fixed", NOTE, "Why this date", "Thanksgiving")
    partner.page.silent_about("Liaison of Ward 2")
    page = partner.press("Dispute it", {"wording": WORDS})
    page.says("Somebody of the office who did not look there answers here.", WORDS)
    return first


def the_director_upholds_it(office: Office, address: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/checks/?state=disputed").says(PLAN["title"], "Disputed")
    director.open(address).says("An agency disputes a finding of this round.", WORDS)
    stop = next(
        a.attrs["href"]
        for row in director.page.root.all("tr")
        if WORDS in row.words
        for a in row.all("a")
    )
    office.at_desk(LIAISON2).open(stop).silent_about("Settle it")
    director.open(stop)
    page = director.press("Settle it", {"instead": "fixed", "reason": REASON})
    page.says("Upheld: Not fixed became fixed.", REASON)


def the_agency_reads_the_answer(office: Office, finding: str) -> None:
    page = office.at_desk(DPW).open(finding)
    page.says("You are right. What holds now: fixed.", REASON)
    page.silent_about("The Director", "Dispute it")


def the_result_stands(office: Office, address: str) -> None:
    director = office.at_desk(DIRECTOR)
    director.open(address).silent_about("may dispute what was found")
    page = director.press("End it and see the result")
    page.says("Does not pass", f"{BAD - 1} not fixed, and the plan allows", "Upheld", WORDS)
    page = office.at_desk(DPW).open("/checks/found/?state=none")
    page.says(f"{BAD - 1} findings", "It could be until").silent_about("You may dispute it")
