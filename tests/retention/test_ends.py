"""From which day the time of a record runs: the real end, not the day it was due."""

from __future__ import annotations

import importlib
from datetime import date, timedelta

import pytest
from django.apps import apps

from tests.cast import Cast
from tests.conftest import NOON
from tests.hiring.jobs import CANARY
from tests.hiring.test_keeping import later
from tests.hiring.test_keeping import over as hired
from tests.records.asking import asked, follow
from tests.retention.keeping import TODAY, adopted, held, over
from tests.retention.test_disposal import prepared, states
from wardroom.access.gate import guard_pass
from wardroom.hiring.actions import dispose_hiring
from wardroom.hiring.models import Application, Posting
from wardroom.kernel.errors import Refused
from wardroom.matters.models import Matter
from wardroom.records.actions import note_appeal, uphold_answer, withdraw_request
from wardroom.records.models import FoundRecord, RecordsRequest
from wardroom.retention import rules
from wardroom.retention.actions import approve_disposal, disposing, lift_hold
from wardroom.retention.actions.destroying import DESTROYERS
from wardroom.retention.queries.elsewhere import is_held
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules import DESTROYED, HELD, LEFT
from wardroom.retention.rules.classes import REQUESTS

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SHELF = SHELVES[REQUESTS]
migration = importlib.import_module("wardroom.records.migrations.0004_day_of_the_end")


def ends(request: RecordsRequest) -> date:
    return SHELF.unit(RecordsRequest.objects.get(pk=request.pk)).ended_on


def overdue(officer: Cast) -> RecordsRequest:
    """A request that was due years ago and is open still."""
    request, due = asked(), TODAY - timedelta(days=400)
    with guard_pass("it came long ago"):
        RecordsRequest.objects.filter(pk=request.pk).update(received_on=due, due_on=due)
    return RecordsRequest.objects.get(pk=request.pk)


def test_withdrawn_request_ends_on_the_day_it_was_withdrawn(records_officer: Cast) -> None:
    request = overdue(records_officer)
    withdraw_request(request, stamp=records_officer.stamp)
    assert ends(request) == TODAY
    assert not SHELF.ended(TODAY - timedelta(days=1)).exists()
    assert SHELF.ended(TODAY).get().pk == request.pk
    held(records_officer, from_on=TODAY - timedelta(days=30))
    adopted(records_officer, months=1)


def test_upheld_request_ends_on_the_day_its_appeal_was_decided(
    records_officer: Cast, director: Cast
) -> None:
    request = overdue(records_officer)
    note_appeal(request, appealed_on=request.due_on, stamp=records_officer.stamp)
    with guard_pass("the appeal came long ago"):
        RecordsRequest.objects.filter(pk=request.pk).update(
            answered_at=NOON - timedelta(days=390), appeal_due_on=TODAY - timedelta(days=380)
        )
    request.refresh_from_db()
    uphold_answer(request, reason="It was right", stamp=director.stamp)
    assert ends(request) == TODAY
    assert not SHELF.ended(TODAY - timedelta(days=1)).exists()
    assert SHELF.ended(TODAY).exists()


def test_old_rows_take_the_day_from_their_lines(records_officer: Cast) -> None:
    request = overdue(records_officer)
    withdraw_request(request, stamp=records_officer.stamp)
    unknown = over(ended_on=None)
    with guard_pass("it is from before"):
        RecordsRequest.objects.update(ended_on=None)
        assert not SHELF.ended(TODAY).exists(), "without a day nothing goes"
        migration.fill(apps, None)
    assert list(SHELF.ended(TODAY)) == [request]
    assert ends(request) == TODAY
    unknown.refresh_from_db()
    assert unknown.ended_on is None


def test_hiring_lasts_until_it_was_decided_and_ended(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting = hired(director, liaison5)
    with guard_pass("who applied wrote months before"):
        long_ago = NOON - timedelta(days=60)
        Application.objects.update(begun_at=long_ago, saved_at=long_ago)
    hold = held(records_officer, class_code="hirings", from_on=TODAY - timedelta(days=5))
    officer = later(records_officer.stamp, 40)
    with pytest.raises(Refused, match="must be kept"):
        dispose_hiring(posting, stamp=officer)
    lift_hold(hold, reason="It is over", stamp=director.stamp)
    dispose_hiring(posting, stamp=officer)


def test_hold_finds_every_word_that_a_hiring_loses(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    posting = hired(director, liaison5)
    row = Application.objects.get()
    with guard_pass("what was sent goes, what the panel wrote stays"):
        Application.objects.update(pasted="", name="", email="", phone="")
        row.answers.all().update(text="")
        Posting.objects.update(ended_for="They were Wintersage", moved_for="Because of Larkmoor")
    for words in (
        f"Knows {CANARY}",
        f"{CANARY} is new",
        f"Dear {CANARY}",
        "Wintersage",
        "Larkmoor",
    ):
        hold = held(records_officer, words=words)
        assert is_held("hirings", str(posting.pk)), words
        lift_hold(hold, reason="It is over", stamp=director.stamp)
    for who in (liaison5.actor.name, row.file_name):
        hold = held(records_officer, person=who)
        assert is_held("hirings", str(posting.pk)), who
        lift_hold(hold, reason="It is over", stamp=director.stamp)
    held(records_officer, words="Nowhere at all")
    assert not is_held("hirings", str(posting.pk))


def test_what_is_held_keeps_nothing_else_of_its_class_from_going(
    records_officer: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_ROWS", 3)
    adopted(records_officer)
    old = [over(years=9, name="Held Person") for _ in range(4)]
    free = [over(years=8) for _ in range(4)]
    held(records_officer, person="Held Person")
    disposal = prepared(records_officer)
    found = states(disposal)
    assert [key for key, state in found.items() if state == "listed"] == [
        str(row.pk) for row in free[:3]
    ]
    assert [key for key, state in found.items() if state == HELD] == [
        str(row.pk) for row in old[:3]
    ]


def test_record_that_cannot_go_keeps_no_other_and_no_later_list(
    records_officer: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(records_officer)
    stuck, free = over(years=9), over(years=8)
    empties = DESTROYERS[REQUESTS]

    def breaks(thing: RecordsRequest, stamp: object) -> object:
        if thing.pk == stuck.pk:
            raise Refused("still_due", "Something is still to follow.")
        return empties(thing, stamp)  # type: ignore[arg-type]

    monkeypatch.setattr(disposing, "DESTROYERS", {REQUESTS: breaks})
    disposal = prepared(records_officer)
    approve_disposal(disposal, stamp=director.stamp)
    follow()
    assert states(disposal) == {str(stuck.pk): LEFT, str(free.pk): DESTROYED}
    disposal.refresh_from_db()
    assert disposal.state == "done"
    monkeypatch.undo()
    assert states(prepared(records_officer)) == {str(stuck.pk): "listed"}


@pytest.mark.parametrize("unit", ["matter:999999", "ghost:1", "matter:x", "records_request:77"])
def test_hold_over_a_record_that_is_not_there_is_refused(records_officer: Cast, unit: str) -> None:
    with pytest.raises(Refused) as no:
        held(records_officer, unit=unit)
    assert (no.value.code, no.value.field) == ("not_there", "unit")


def test_hold_over_an_issue_keeps_the_requests_with_copies_of_it(
    records_officer: Cast, matter: Matter
) -> None:
    adopted(records_officer)
    copy, other = over(), over()
    with guard_pass("it was found then"):
        FoundRecord.objects.create(
            request=copy, number=1, noun="matter", key=str(matter.pk), title="x",
            said_at=NOON, text="words",
        )  # fmt: skip
    held(records_officer, unit=f"matter:{matter.pk}")
    assert states(prepared(records_officer)) == {str(copy.pk): HELD, str(other.pk): "listed"}
