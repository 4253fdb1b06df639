"""The agency says done, nobody looked, and eight days later the trouble is there again."""

from __future__ import annotations

import re
from email.message import Message

import pytest
from django.core import mail

from tests.stories.desk import Desk
from tests.stories.errands import ask_agencies, look_up, number_of, take_in, tell_and_close
from tests.stories.office import DIRECTOR, LIAISON2, Office, planted
from wardroom.access.actor import SYSTEM
from wardroom.casework.queries import issue_file

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2").address
WORKS = "desk.dpw@city.example"
FIRST, SECOND, THIRD, FOURTH, FIFTH = (
    f"{word}@resident.example" for word in ("first", "second", "third", "fourth", "fifth")
)
SAID = "Bags and a mattress behind the house"
HAUL = "Haul the bags away"
GONE = "The city hauled everything away on Thursday."
UNSEEN = "Nobody from the office went to look. Say fixed only if you know it."
REALLY = "We went and looked: the alley is clean, and a crew comes each week."


def test_false_closure_comes_back_and_is_counted(office: Office) -> None:
    first = it_is_closed_on_the_agencys_word(office)
    again = it_comes_back_eight_days_later(office, first)
    more = two_more_call_and_one_is_somewhere_else(office, again)
    a_person_of_the_office_looks(office, again)
    all_are_told_at_once(office, again)
    a_wrong_join_is_taken_back_a_month_later(office, again, more)
    the_file_tells_it_in_order(office, first, again)


def call(desk: Desk, who: str, said: str, *, onto: str = "", topic: str = "trash") -> str:
    """A resident writes in; the liaison takes it in at the place."""
    look_up(desk, PLACE)
    given = {"said": said, "channel": "email", "name_": f"Resident {who}", "email": who}
    given |= {"consent": "on", "topic_code": topic}
    if onto:
        given["onto"] = desk.page.choice("onto", onto)
    joins = onto.startswith("Open")
    return take_in(desk, begins="Added to" if joins else "Taken in as", **given)


def letters_to(address: str) -> list[Message]:
    """Every letter to somebody, the oldest first."""
    return [m.message() for m in mail.outbox if address in m.to[0]]


def it_is_closed_on_the_agencys_word(office: Office) -> str:
    office.shell("detect")
    office.clock.strikes("2026-11-18 14:00")
    liaison = office.at_desk(LIAISON2)
    issue = call(liaison, FIRST, SAID)
    ask_agencies(liaison, issue, [("DPW", HAUL, "2026-11-20")])
    office.clock.strikes("2026-11-18 14:30")
    title = f"Trash, litter and dirty alleys at {PLACE}"
    assert sorted(office.some_minutes_of_work()) == [
        f"{WORKS}: Asked of Department of Public Works: {HAUL}",
        f"{FIRST}: We have your report: {title}",
    ]
    works = office.by_link(WORKS, HAUL)
    works.press("Accept", {"promised_on": "2026-11-19"})
    office.clock.strikes("2026-11-19 15:00")
    works.press("Report it done", {"disposition": "fixed"})
    office.clock.strikes("2026-11-19 16:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(issue).says(
        "Agency says done DPW, Nov 19",
        "We saw Nobody looked",
        "Next Nov 26, 2026 (in 7 days) Go and look: the agency says it is done",
    )
    closing = {"outcome": "fixed", "text": GONE}
    tell_and_close(liaison, issue, **closing, written_to=[FIRST], doubts=[UNSEEN])
    liaison.page.says("Closed Nov 19, 2026: Fixed", "We saw Nobody looked")
    liaison.page.says("Residents told 1 letter waits", "The letter to them waits to go out")
    office.clock.strikes("2026-11-19 16:05")
    assert f"{FIRST}: What became of your report: {title}" in office.some_minutes_of_work()
    assert GONE in str(letters_to(FIRST)[-1])
    liaison.open(issue).says("Residents told 1 of 1")
    return issue


def it_comes_back_eight_days_later(office: Office, first: str) -> str:
    office.clock.strikes("2026-11-27 10:00")
    liaison = office.at_desk(LIAISON2)
    look_up(liaison, PLACE).says("Closed Nov 19, 2026: it came back", f"Resident {FIRST}", SAID)
    again = call(liaison, SECOND, "The bags were never gone", onto="Closed Nov 19, 2026")
    assert again != first
    liaison.page.says("This is the return of", "No agency has been asked yet.")
    liaison.open(first).says("Closed Nov 19, 2026: Fixed", "Came back Nov 27")
    (came_back,) = liaison.open("/issues/?state=all&back=yes").rows()
    assert f"W-{number_of(first)}, Trash, litter and dirty alleys" in came_back
    assert "Closed Came back" in came_back
    file = issue_file(int(number_of(again)), SYSTEM)
    assert str(file.first_reported_on) == "2026-11-18"
    assert str(file.return_of) == number_of(first)
    ask_agencies(liaison, again, [("DPW", HAUL, "2026-12-02")])
    office.clock.strikes("2026-11-27 10:30")
    assert f"{WORKS}: Asked of Department of Public Works: {HAUL}" in office.some_minutes_of_work()
    works = office.by_link(WORKS, HAUL)
    works.press("Accept", {"promised_on": "2026-12-01"})
    office.clock.strikes("2026-12-01 15:00")
    works.press("Report it done", {"disposition": "fixed", "text": "A crew comes each week now"})
    return again


def two_more_call_and_one_is_somewhere_else(office: Office, again: str) -> str:
    office.clock.strikes("2026-12-01 16:00")
    liaison = office.at_desk(LIAISON2)
    assert call(liaison, THIRD, "It stinks", onto="Open: one more voice") == again
    liaison.page.says(f"Resident {SECOND}", f"Resident {THIRD}")
    other = call(liaison, FOURTH, "A mattress in the alley", topic="")
    assert other != again
    liaison.press("Join them", {"into": f"W-{number_of(again)}"}).says("Joined.")
    wrong = call(liaison, FIFTH, "Rats under the porch", topic="rodents")
    liaison.press("Join them", {"into": f"W-{number_of(again)}"})
    liaison.open(again).says(f"Resident {FOURTH}", f"Resident {FIFTH}")
    office.clock.strikes("2026-12-01 16:30")
    office.some_minutes_of_work()
    return wrong


def a_person_of_the_office_looks(office: Office, again: str) -> None:
    office.clock.strikes("2026-12-02 09:00")
    director = office.at_desk(DIRECTOR)
    director.open(again).says("We saw Nobody looked")
    seen = {"seen_at": "2026-12-02T08:15", "finding": "clean", "rating": "1"}
    director.press("Save the check", seen).says("Seen by The Director.")


def all_are_told_at_once(office: Office, again: str) -> None:
    office.clock.strikes("2026-12-02 10:00")
    before = len(letters_to(FIRST))
    liaison = office.at_desk(LIAISON2)
    callers = (SECOND, THIRD, FOURTH, FIFTH)
    tell_and_close(liaison, again, outcome="fixed", text=REALLY, written_to=callers)
    liaison.page.says("Closed Dec 2, 2026: Fixed", "Residents told 4 letters wait")
    office.clock.strikes("2026-12-02 10:05")
    sent = [line for line in office.some_minutes_of_work() if "What became" in line]
    assert sorted(line.partition(":")[0] for line in sent) == [FIFTH, FOURTH, SECOND, THIRD]
    liaison.open(again).says("Residents told 4 of 4")
    assert len(letters_to(FIRST)) == before
    threads = set()
    for who in (SECOND, THIRD, FOURTH, FIFTH):
        first, *_, told = letters_to(who)
        assert "We have your report" in str(first["Subject"])
        assert REALLY in str(told)
        assert told["In-Reply-To"] == first["Message-ID"]
        assert not any(
            other in str(told) for other in (SECOND, THIRD, FOURTH, FIFTH) if other != who
        )
        threads.add(told["In-Reply-To"])
    assert len(threads) == 4


def a_wrong_join_is_taken_back_a_month_later(office: Office, again: str, wrong: str) -> None:
    office.clock.strikes("2027-01-04 09:00")
    liaison = office.at_desk(LIAISON2)
    liaison.open(wrong).says(f"Joined to W-{number_of(again)}, which stays open.")
    liaison.press("Take it back", {"reason": "Those were rats, not bags"})
    liaison.page.says("It is a separate issue again.", f"Resident {FIFTH}", "Not told yet")
    liaison.open(again).silent_about("Rats under the porch").says("Closed Dec 2, 2026: Fixed")
    none = "No rats were found."
    tell_and_close(liaison, wrong, outcome="no_action", text=none, written_to=[FIFTH])
    office.clock.strikes("2027-01-04 09:05")
    (sent,) = [line for line in office.some_minutes_of_work() if "What became" in line]
    assert sent.startswith(FIFTH)
    assert none in str(letters_to(FIFTH)[-1])


def the_file_tells_it_in_order(office: Office, first: str, again: str) -> None:
    liaison = office.at_desk(LIAISON2)
    for address, sentences in (
        (
            first,
            (
                f"Resident {FIRST} reported this (E-mail): {SAID}",
                "DPW says 'Haul the bags away' is done: Fixed",
                f"Resident {FIRST} was told by e-mail: {GONE}",
                "was closed: Fixed",
                f"came back, 8 days later: taken up as W-{number_of(again)}",
            ),
        ),
        (
            again,
            (
                "is the return of",
                f"Resident {SECOND} reported this",
                f"Resident {THIRD} reported this too",
                "was joined to",
                f"The complaint of Resident {FOURTH} came over from",
                "The Director looked on Wednesday, December 2, 2026",
                "4 people were told",
                "was closed: Fixed",
                "is separate from",
                f"The complaint of Resident {FIFTH} came back from",
            ),
        ),
    ):
        happened = liaison.open(address).happened()
        told = iter(happened)
        for words in sentences:
            found = any(re.search(re.escape(words), line) for line in told)
            assert found, f"“{words}” is not told in its place: {happened}"
