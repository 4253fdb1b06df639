"""An agency stays silent over a weekend and Emancipation Day, until its head is written to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.stories.desk import Desk
from tests.stories.errands import ask_agencies, take_in
from tests.stories.office import DIRECTOR, LIAISON2, ZONE, Office, planted
from wardroom.directory.actions import add_contact_point, add_party, hold_seat
from wardroom.directory.queries import get_agency
from wardroom.jobs.stamps import shell_stamp

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2").address
HALF = PLACE[:-3]
WORKS, HEAD = "desk.dpw@city.example", "head.dpw@city.example"
CLEAR = "Clear the alley"
STEPS = [
    ("Mon 19 Apr", f"{WORKS}: Reminder: {CLEAR}"),
    ("Wed 21 Apr", f"{LIAISON2}: Please call Department of Public Works: {CLEAR}"),
    ("Fri 23 Apr", f"{DIRECTOR}: Department of Public Works is silent: {CLEAR}"),
    ("Tue 27 Apr", f"{HEAD}: For the head of Department of Public Works: {CLEAR}"),
]


def test_silence_climbs_until_somebody_answers(office: Office, settings: Any) -> None:
    settings.QUIET_HOURS = True
    an_agency_has_a_head(office)
    issue = the_agency_is_asked(office)
    each_step_falls_on_a_working_day(office)
    each_step_stands_on_the_file_with_its_day(office, issue)
    everybody_has_it_on_the_list(office)
    late = the_agency_answers(office)
    a_second_answer_is_refused(late, office, issue)
    the_climbing_stops(office)
    a_broken_promise_climbs_anew(office, issue)


def an_agency_has_a_head(office: Office) -> None:
    stamp = shell_stamp()
    head = add_party(None, kind="person", name="The Head of Public Works", stamp=stamp)
    add_contact_point(head, channel="email", value=HEAD, consent=True, stamp=stamp)
    since = office.clock.at.date()
    hold_seat(get_agency("DPW"), title="Head", holder=head, since_on=since, stamp=stamp)


def the_agency_is_asked(office: Office) -> str:
    office.shell("detect")
    office.clock.strikes("2027-04-14 10:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/issues/new/")
    liaison.press("Look up", {"place_text": HALF})
    call = {"spot": liaison.page.choice("spot", PLACE), "said": "Bags again", "anonymous": "on"}
    issue = take_in(liaison, **call, topic_code="trash")
    liaison.page.says(f"Trash, litter and dirty alleys at {PLACE}")
    ask_agencies(liaison, issue, [("DPW", CLEAR, "2027-05-14")])
    assert office.worker() == [f"{WORKS}: Asked of Department of Public Works: {CLEAR}"]
    return issue


def hours(first: str, last: str) -> Iterator[datetime]:
    """Every full hour of these days, nights and days off too."""
    at, end = (datetime.fromisoformat(day).replace(tzinfo=ZONE) for day in (first, last))
    while at < end:
        yield at
        at += timedelta(hours=1)


def sent_in(office: Office, first: str, last: str) -> list[tuple[str, str]]:
    """What the worker sends in these days, each with its day; never at night or on a day off."""
    found = []
    for at in hours(first, last):
        if at < office.clock.at:
            continue
        office.clock.strikes(f"{at:%Y-%m-%d %H:%M}")
        for line in office.an_hour_of_work():
            assert 8 <= at.hour < 17, f"{line} went out at {at}"
            assert at.weekday() < 5, f"{line} went out at {at}"
            found.append((f"{at:%a %-d %b}", line))
    return found


def each_step_falls_on_a_working_day(office: Office) -> None:
    assert sent_in(office, "2027-04-14", "2027-04-28") == STEPS


def each_step_stands_on_the_file_with_its_day(office: Office, issue: str) -> None:
    liaison = office.at_desk(LIAISON2)
    page = liaison.open(issue)
    lines = [li.words for ol in page.root.all("ol", of="timeline") for li in ol.all("li")]
    silence = f"'{CLEAR}' has had no answer since Wednesday, April 14, 2027"
    for words, day in (
        (f"DPW was reminded: {silence}", "Apr 19, 2027"),
        (f"DPW has to be called: {silence}", "Apr 21, 2027"),
        (f"The director was told of DPW: {silence}", "Apr 23, 2027"),
        (f"The head of DPW was written to: {silence}", "Apr 27, 2027"),
    ):
        (line,) = [line for line in lines if words in line]
        assert day in line
        assert "Wardroom" in line


def everybody_has_it_on_the_list(office: Office) -> None:
    office.clock.strikes("2027-04-28 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/day/").says(f"Call Department of Public Works about: {CLEAR}")
    director = office.at_desk(DIRECTOR)
    director.open("/day/").says(f"Department of Public Works has not answered, follow up: {CLEAR}")


def the_agency_answers(office: Office) -> Desk:
    late = office.by_link(WORKS, "Reminder")
    late.page.says("Decline, with a reason")
    head = office.by_link(HEAD, "For the head of")
    head.press("Accept", {"promised_on": "2027-05-05", "text": "A crew comes on Wednesday"})
    head.page.says("Promise now May 5, 2027")
    assert office.worker() == [f"{LIAISON2}: Department of Public Works accepted: {CLEAR}"]
    return late


def a_second_answer_is_refused(late: Desk, office: Office, issue: str) -> None:
    late.press("Decline", {"code": "no_budget", "text": "Nobody is free"}, status=409)
    late.page.says(
        "This is accepted, so it cannot be done now.", "Somebody else may have done it first"
    )
    assert "Nobody is free" in [
        child.text.strip() for area in late.page.root.all("textarea") for child in area.children
    ]
    late.open("/answer/" + late.page.address.split("/")[2] + "/")
    assert "Decline" not in late.page.buttons()
    liaison = office.at_desk(LIAISON2)
    liaison.open(issue).says("Accepted")
    assert not any("declined" in line for line in liaison.page.happened())


def the_climbing_stops(office: Office) -> None:
    assert sent_in(office, "2027-04-28", "2027-05-06") == []


def a_broken_promise_climbs_anew(office: Office, issue: str) -> None:
    assert sent_in(office, "2027-05-06", "2027-05-08") == [
        ("Fri 7 May", f"{WORKS}: Reminder: {CLEAR}")
    ]
    assert "The day you promised is over" in office.letter(WORKS, "Reminder")
    works = office.by_link(WORKS, "Reminder")
    works.press("Report it done", {"disposition": "fixed"})
    assert sent_in(office, "2027-05-08", "2027-05-18") == [
        ("Mon 10 May", f"{LIAISON2}: Department of Public Works says it is done: {CLEAR}")
    ]
