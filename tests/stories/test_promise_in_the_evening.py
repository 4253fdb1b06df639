"""An evening meeting where a promise is made, confirmed, changed, kept and told."""

from __future__ import annotations

import pytest

from tests.stories.desk import Page
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CHANGED = "The words or the day changed"
HEARD = {
    "ward_code": "2",
    "wording": "We will put two more cans on the corner before winter",
    "maker": "agency",
    "maker_name": "The deputy director of DPW",
    "made_to": "ANC 2B",
    "said_on": "2026-11-18",
    "where": "the commission's November meeting",
    "agency_code": "DPW",
    "due_on": "2027-01-15",
    "next_on": "2026-11-20",
}


def test_a_promise_made_in_the_evening_is_kept_and_told(office: Office) -> None:
    promise = it_is_written_down_as_it_was_said(office)
    the_liaison_cannot_confirm_it(office, promise)
    the_director_confirms_it(office, promise)
    two_weeks_of_silence_are_a_list(office)
    it_changes_and_somebody_is_told(office, promise)
    it_is_kept_with_what_shows_it(office, promise)
    nobody_else_reads_it(office, promise)


def it_is_written_down_as_it_was_said(office: Office) -> str:
    office.clock.strikes("2026-11-18 21:30")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/asks/")
    liaison.follow("Commitments").says("No promise fits these filters")
    liaison.follow("Write down a promise")
    liaison.press("Write it down", {**HEARD, "made_to": ""}, status=422).says("Fill in “To whom”.")
    early = {**HEARD, "due_on": "2026-11-01"}
    liaison.press("Write it down", early, status=422).says("cannot be due before it was promised")
    page = liaison.press("Write it down", HEARD)
    page.says("Written down. The director confirms it.", "Heard, waits for the director")
    page.says(
        "Not yet. The director confirms it; it does not count before.",
        "Said Nov 18, 2026, the commission's November",
    )
    return page.address


def the_liaison_cannot_confirm_it(office: Office, promise: str) -> None:
    liaison = office.at_desk(LIAISON2)
    assert not {"Confirm it", "It was kept"} & set(liaison.open(promise).buttons())


def the_director_confirms_it(office: Office, promise: str) -> None:
    office.clock.strikes("2026-11-20 09:00")
    director = office.at_desk(DIRECTOR)
    director.open("/commitments/?state=heard")
    director.follow(HEARD["wording"])
    page = director.press("Confirm it", {"next_on": "2026-12-04"})
    page.says("Confirmed. It counts now.", "Ask how far it is")


def two_weeks_of_silence_are_a_list(office: Office) -> None:
    office.clock.strikes("2026-12-03 09:00")
    silent = office.at_desk(LIAISON2).open("/commitments/?state=silent")
    silent.says("No promise fits these filters")
    office.clock.strikes("2026-12-04 09:00")
    silent = office.at_desk(LIAISON2).open("/commitments/?state=silent")
    silent.says(HEARD["wording"], "14 days ago", "Silent")


def it_changes_and_somebody_is_told(office: Office, promise: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(promise)
    other = {"due_on": "2027-02-01", "why": "The cans come late"}
    liaison.press(CHANGED, other, status=422).says("Fill in “Who was told”.")
    page = liaison.press(CHANGED, {**other, "told": "ANC 2B, by mail"})
    page.says("What it was before", "by Jan 15, 2027", "Told: ANC 2B, by mail")
    page.says("Feb 1, 2027")
    liaison.open("/commitments/?state=silent").says("No promise fits these filters")


def it_is_kept_with_what_shows_it(office: Office, promise: str) -> None:
    office.clock.strikes("2027-02-02 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/commitments/?state=overdue")
    liaison.follow(HEARD["wording"])
    kept = {"evidence": "Two new cans stand on the corner", "told": "ANC 2B, at its meeting"}
    page = liaison.press("It was kept", kept)
    page.says("Closed: kept.", "Two new cans stand on the corner", "ANC 2B, at its meeting")
    liaison.open("/commitments/?state=kept").says(HEARD["wording"], "Kept")


def nobody_else_reads_it(office: Office, promise: str) -> None:
    office.at_desk(LIAISON7).open(promise, status=404)
    office.at_desk("dpw@city.example").open(promise, status=404)


MEETING = {
    "kind": "meeting",
    "title": "The market hall evening",
    "on": "2026-11-19",
    "starts": "18:30",
    "ends": "20:00",
    "ward_code": "2",
    "place_text": "Market hall",
}
LIMITS = {
    "may_promise": "A visit within a week",
    "may_not_promise": "Money, or a day for another agency",
}
SAID = "We will bring DPW to the alley before the holidays"


def test_a_meeting_from_assignment_to_a_promise_that_was_kept(office: Office) -> None:
    event = it_is_planned(office)
    somebody_speaks_for_the_mayor(office, event)
    the_brief_is_read_and_edited(office, event)
    lines_are_written_while_they_are_said(office, event)
    the_note_is_drafted_before_one_is_home(office, event)
    the_promise_is_confirmed_kept_and_told(office)


def it_is_planned(office: Office) -> str:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/calendar/new/")
    liaison.press("See what else they have", MEETING).says("Nothing is in the way")
    page = liaison.press("Plan it", MEETING)
    return page.says("It is in the calendar.").address


def somebody_speaks_for_the_mayor(office: Office, event: str) -> None:
    director = office.at_desk(DIRECTOR)
    page = director.open(event)
    page.says("Who could speak, the best first", "Works in this ward", "Works for the whole city")
    who = offered(page, "Liaison of Ward 2")
    director.press("Ask them", {"party": who, **LIMITS, "may_promise": ""}, status=422)
    director.press("Ask them", {"party": who, **LIMITS}).says(
        "No answer yet", LIMITS["may_promise"]
    )
    assert [line.partition(":")[0] for line in office.worker()] == [LIAISON2]
    liaison = office.at_desk(LIAISON2)
    liaison.open(event)
    liaison.press("I speak there").says("You speak for the Mayor there.", "Said yes")


def offered(page: Page, words: str) -> str:
    """The value of what a list on the page offers under these words."""
    found = [
        option.attrs["value"]
        for option in page.root.all("option")
        if "".join(child.text for child in option.children).strip() == words
    ]
    return found[-1]


def the_brief_is_read_and_edited(office: Office, event: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(event)
    page = liaison.follow("Briefing memo")
    page.says("What they will raise", *LIMITS.values(), "What was promised before")
    liaison.follow("Edit and keep it")
    page = liaison.press("Keep it", {"part_1": "The alley is on our list"})
    page.says("Kept as you wrote it.", "The alley is on our list", "version 1")


def lines_are_written_while_they_are_said(office: Office, event: str) -> None:
    office.clock.strikes("2026-11-19 19:10")
    liaison = office.at_desk(LIAISON2)
    liaison.open(event)
    liaison.follow("At the meeting").says(LIMITS["may_not_promise"])
    liaison.press("Write it down", {"text": " "}, status=422).says("Fill in")
    liaison.press("Write it down", {"text": SAID}).says("A promise: the director confirms it.")
    liaison.press("Write it down", {"text": "They asked for a light at the gate"})
    liaison.press("Write it down", {"text": "We will paint the crosswalk by January 22"})
    liaison.press("Write it down", {"text": "Forty people came"}).says("Promise heard", SAID)
    liaison.open("/commitments/?state=heard")
    liaison.follow("We will paint the crosswalk by January 22").says("Jan 22, 2027")


def the_note_is_drafted_before_one_is_home(office: Office, event: str) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(event)
    page = liaison.follow("After-action note")
    page.says("What was promised", SAID, "heard, not confirmed", "They asked for a light", "Forty")


def the_promise_is_confirmed_kept_and_told(office: Office) -> None:
    office.clock.strikes("2026-11-20 09:00")
    director = office.at_desk(DIRECTOR)
    director.open("/commitments/?state=heard")
    director.follow(SAID).says("The market hall evening")
    director.press("Confirm it", {"next_on": "2026-12-04"}).says("Confirmed. It counts now.")
    office.clock.strikes("2026-12-18 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/commitments/?state=overdue").says("No promise fits these filters")
    liaison.open("/commitments/")
    liaison.follow(SAID)
    kept = {"evidence": "DPW swept the alley", "told": "The people of the market hall, by mail"}
    liaison.press("It was kept", kept).says("Closed: kept.", kept["told"])
