"""Taking, answering and calling the next at the same moment: one of them stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.incidents.calling import (
    MINUTE,
    NIGHT,
    bearer,
    burning,
    by,
    calls,
    house,
    token_for,
)
from tests.matters.test_same_time import race
from wardroom.incidents.actions import answer_call_out, climb_call_out, take_incident
from wardroom.incidents.models import CallOut, Incident
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message

__all__ = ["burning"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
DUE = NIGHT + 5 * MINUTE


def test_one_of_two_who_take_it_at_once_has_it(
    burning: Incident, liaison7: Cast, liaison5: Cast, director: Cast
) -> None:
    token = token_for(liaison7, NIGHT)
    said = race(
        lambda: answer_call_out(None, token=token, answer="mine", stamp=bearer(DUE)),
        lambda: take_incident(burning, stamp=by(liaison5, DUE)),
        lambda: take_incident(burning, stamp=by(director, DUE)),
    )
    assert sorted(said) == ["already_taken", "already_taken", "done"]
    assert Entry.objects.filter(kind="IncidentTaken").count() == 1


def test_two_workers_make_one_step(burning: Incident) -> None:
    said = race(*[lambda: climb_call_out(burning, stamp=house(DUE))] * 3)
    assert sorted(said) == ["done", "not_due", "not_due"]
    assert [step for step, *_ in calls(burning)] == [1, 2]
    assert Message.objects.filter(key__startswith="call_out:").count() == 2


def test_taking_it_races_the_next_step_and_nobody_is_called_after(
    burning: Incident, liaison7: Cast
) -> None:
    token = token_for(liaison7, NIGHT)
    said = race(
        lambda: answer_call_out(None, token=token, answer="mine", stamp=bearer(DUE)),
        lambda: climb_call_out(burning, stamp=house(DUE)),
    )
    assert said[0] == "done"
    assert said[1] in {"done", "not_due"}
    assert len(calls(burning)) == (2 if said[1] == "done" else 1)
    assert not CallOut.objects.filter(state="open").exists()
    late = DUE + timedelta(hours=1)
    assert race(lambda: climb_call_out(burning, stamp=house(late))) == ["not_due"]
