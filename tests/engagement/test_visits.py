"""A request for the Mayor on the database: what becomes of its tasks where nobody goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.access.actor import NOBODY
from wardroom.calendar.actions import cancel_event
from wardroom.directory.actions import add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.engagement.actions import (
    RequestDraft,
    ask_for_visit,
    decide_event_request,
    end_event_request,
    finish_event_tasks,
    follow_cancelled_visit,
    revise_run_line,
    strike_run_line,
    take_event_request,
    write_run_line,
)
from wardroom.engagement.models import EventRequest, RunLine
from wardroom.engagement.queries.visits import event_request_file
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.matters.actions import add_task
from wardroom.matters.models import Ask, Matter, Waiting

pytestmark = [pytest.mark.django_db]
SOON = NOON + timedelta(days=12)


STRANGER = replace(HOUSE, actor=NOBODY)
DRAFT = RequestDraft(
    title="Opening of the hall",
    asked_name="The market",
    wanted="mayor",
    starts_at=SOON,
    ends_at=SOON + timedelta(hours=2),
)


def asked(ground: Ground, who: Cast) -> EventRequest:
    """Somebody in Ward 5 asks for the Mayor."""
    return take_event_request(
        None, draft=DRAFT, owner=who.party, ward=ground.wards["5"], stamp=who.stamp
    )


def states(row: EventRequest) -> set[str]:
    return set(Ask.objects.filter(matter=row.matter).values_list("state", flat=True))


def test_event_that_the_calendar_canceled_closes_its_request_and_its_tasks(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    row = asked(ground, liaison5)
    row = decide_event_request(row.matter, decision="accepted", stamp=director.stamp)
    with pytest.raises(Refused, match="still has this event"):
        follow_cancelled_visit(row.matter, stamp=director.stamp)
    assert row.event is not None
    cancel_event(row.event, reason="A storm", stamp=director.stamp)
    sweep()
    row.matter.refresh_from_db()
    assert (row.matter.outcome, states(row)) == ("called_off", {"withdrawn"})
    sweep()


def test_tasks_of_an_event_are_ticked_off_at_once(
    ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    row = asked(ground, liaison5)
    row = decide_event_request(row.matter, decision="accepted", stamp=director.stamp)
    file = event_request_file(row.matter_id, liaison5.actor)
    first, *rest = (task.id for task in file.open_tasks)
    assert rest
    assert "finish_event_tasks" in file.allowed
    with pytest.raises(NotAllowed):
        finish_event_tasks(row.matter, tasks=[first], stamp=liaison7.stamp)
    for chosen in ([], [first, 0]):
        with pytest.raises(Refused, match="Choose from the tasks") as no:
            finish_event_tasks(row.matter, tasks=chosen, stamp=liaison5.stamp)
        assert no.value.field == "tasks"
    finish_event_tasks(row.matter, tasks=rest, stamp=liaison5.stamp)
    left = event_request_file(row.matter_id, liaison5.actor)
    assert [task.id for task in left.open_tasks] == [first]
    finish_event_tasks(row.matter, tasks=[first], stamp=liaison5.stamp)
    assert "finish_event_tasks" not in event_request_file(row.matter_id, liaison5.actor).allowed


def test_declined_request_leaves_nothing_to_do(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    row = asked(ground, liaison5)
    add_task(
        row.matter,
        party=liaison5.party,
        wording="Ask how many come",
        due_on=NOON.date(),
        stamp=liaison5.stamp,
    )
    decide_event_request(
        row.matter, decision="declined", words="The day is full", stamp=director.stamp
    )
    row.matter.refresh_from_db()
    assert (row.matter.outcome, states(row)) == ("declined", {"withdrawn"})


def test_stranger_asks_once_and_the_director_decides(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    ward, house = ground.wards["5"], add_party(None, kind="organisation", name="Us", stamp=HOUSE)
    since, holder = NOON.date(), liaison5.party
    hold_seat(house, title=LIAISON_SEAT, holder=holder, since_on=since, ward_code="5", stamp=HOUSE)
    row = ask_for_visit(ward, draft=DRAFT, email="ruth@example.org", stamp=STRANGER)
    again = ask_for_visit(ward, draft=DRAFT, email="ruth@example.org ", stamp=STRANGER)
    assert again == row
    assert EventRequest.objects.count() == 1
    assert row.matter.owner == liaison5.party
    assert event_request_file(row.matter_id, director.actor).source_label.startswith("Written on")
    said = [e.sentence for e in Entry.objects.filter(kind="EventRequested").order_by("pk")]
    assert ["once more" in line for line in said] == [False, True]
    assert all(line.endswith("(on the public page)") for line in said)
    waits = Waiting.objects.get(noun="event_request", key=str(row.matter_id))
    assert (waits.party, waits.reason) == (director.party, "visit")
    decide_event_request(row.matter, decision="declined", words="Full", stamp=director.stamp)
    assert not Waiting.objects.filter(matter=row.matter).exists()


def test_other_words_are_another_request_and_one_person_cannot_fill_the_house(
    ground: Ground, liaison5: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(draft: RequestDraft = DRAFT, ward: str = "5", who: str = "ruth") -> EventRequest:
        email = f"{who}@example.org"
        return ask_for_visit(ground.wards[ward], draft=draft, email=email, stamp=STRANGER)

    first = ask()
    others: tuple[dict[str, Any], ...] = (
        {"where": "14 Elm St"}, {"language_needs": "ASL"}, {"title": "The fair"},
    )  # fmt: skip
    for changes in others:
        assert ask(replace(DRAFT, **changes)).pk != first.pk
    monkeypatch.setattr("wardroom.engagement.rules.visits.MOST_OF_ONE", 4)
    with pytest.raises(Refused, match="Too many"):
        ask(replace(DRAFT, title="A fifth"))
    monkeypatch.setattr("wardroom.engagement.rules.visits.MOST_A_DAY", 4)
    with pytest.raises(Refused, match="Too many"):
        ask(who="ada")
    assert ask() == first
    assert ask(ward="7", who="ada").matter.ward_code == "7"


def test_request_that_ends_undecided_waits_for_nobody(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    row = asked(ground, liaison5)
    assert Waiting.objects.filter(matter=row.matter, noun="event_request").exists()
    end_event_request(row.matter, outcome="opened_in_error", stamp=liaison5.stamp)
    assert not Waiting.objects.filter(matter=row.matter).exists()


def test_request_for_the_whole_city_is_the_directors_and_a_bad_one_is_nobodys(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    row = ask_for_visit(None, draft=DRAFT, phone="202-555-0123", stamp=STRANGER)
    assert (row.matter.owner, row.contact) == (director.party, "202-555-0123")
    bad: tuple[tuple[RequestDraft, dict[str, str], str], ...] = (
        (DRAFT, {}, "an e-mail address or a phone"),
        (DRAFT, {"email": "ruth"}, "e-mail"),
        (replace(DRAFT, asked_name=" "), {"phone": "202-555-0123"}, "Say who asks"),
        (replace(DRAFT, title=" "), {"email": "ruth@example.org"}, "title"),
        (replace(DRAFT, starts_at=NOON), {"phone": "202-555-0123"}, "is over"),
        (replace(DRAFT, ends_at=NOON), {"phone": "202-555-0123"}, "before it starts"),
    )
    for draft, reached, said in bad:
        with pytest.raises(Refused, match=said):
            ask_for_visit(ground.wards["5"], draft=draft, **reached, stamp=STRANGER)
    assert Matter.objects.filter(kind="event_request").count() == 1


def line_of_the_run(ground: Ground, who: Cast, director: Cast) -> RunLine:
    row = asked(ground, who)
    decide_event_request(row.matter, decision="accepted", stamp=director.stamp)
    row.refresh_from_db()
    assert row.event is not None
    return write_run_line(
        row.event, starts_at=SOON, minutes=10, text="Doors", owner="The hall", stamp=who.stamp
    )


def test_changed_line_of_the_run_keeps_how_it_was_on_record(
    ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    line = line_of_the_run(ground, liaison5, director)
    seen = version_of({"at": SOON, "minutes": 10, "text": "Doors", "owner": "The hall"})
    words: dict[str, Any] = {
        "minutes": 15,
        "text": "Doors open",
        "owner": "The ushers",
        "seen": seen,
    }
    later = SOON + timedelta(minutes=5)
    with pytest.raises(NotAllowed):
        revise_run_line(line, starts_at=later, **words, stamp=liaison7.stamp)
    revise_run_line(line, starts_at=later, **words, stamp=liaison5.stamp)
    line.refresh_from_db()
    assert (line.offset, line.minutes, line.text, line.owner) == (5, 15, "Doors open", "The ushers")
    told = Entry.objects.filter(kind="RunLineRevised").latest("pk")
    assert "Doors open (The ushers)" in told.sentence
    assert "10 min: Doors (The hall)" in told.sentence


def test_line_of_the_run_is_not_changed_over_somebody_elses_change_or_once_struck(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    line = line_of_the_run(ground, liaison5, director)
    seen = version_of({"at": SOON, "minutes": 10, "text": "Doors", "owner": "The hall"})

    def revise(text: str, version: str = "") -> str:
        words: dict[str, Any] = {"minutes": 10, "text": text, "owner": "The hall", "seen": version}
        try:
            revise_run_line(line, starts_at=SOON, **words, stamp=liaison5.stamp)
        except Refused as no:
            return no.code
        return "done"

    assert revise("Doors") == "nothing_new"
    assert revise("Gates", seen) == "done"
    assert revise("Both doors", seen) == "stale"
    strike_run_line(line, stamp=liaison5.stamp)
    assert revise("Both doors") == "already_struck"
