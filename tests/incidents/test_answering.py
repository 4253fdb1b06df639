"""Whoever is called says by the link that they have it, or that they cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import Cast, hire
from tests.ground import Ground
from tests.incidents.calling import (
    MINUTE,
    NIGHT,
    bearer,
    burning,
    by,
    calls,
    climb,
    fire,
    token_for,
)
from wardroom.access.actor import Role
from wardroom.access.gate import guard_pass
from wardroom.incidents.actions import answer_call_out, end_incident
from wardroom.incidents.models import Incident
from wardroom.incidents.queries import call_page, get_due_call_outs
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message

__all__ = ["burning"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_looking_at_the_link_changes_nothing_and_answering_takes_it(
    burning: Incident, liaison7: Cast
) -> None:
    token = token_for(liaison7, NIGHT)
    lines = Entry.objects.count()
    page = call_page(token, at=NIGHT + MINUTE)
    assert (page.answers, page.waits, page.called) == (True, True, "Liaison of Ward 7")
    assert Entry.objects.count() == lines
    answer_call_out(None, token=token, answer="mine", stamp=bearer(NIGHT + 3 * MINUTE))
    burning.refresh_from_db()
    assert burning.taken_by == liaison7.party
    assert burning.taken_at == NIGHT + 3 * MINUTE
    assert calls(burning)[0][3] == "taken"
    line = Entry.objects.get(kind="IncidentTaken")
    assert line.actor_name == "Liaison of Ward 7 by link"
    assert not get_due_call_outs(at=NIGHT + 60 * MINUTE)
    assert not Waiting.objects.filter(noun="call_out").exists()
    assert call_page(token, at=NIGHT + 5 * MINUTE).mine


def test_whoever_cannot_has_the_next_called_at_once(
    burning: Incident, liaison7: Cast, liaison5: Cast
) -> None:
    token = token_for(liaison7, NIGHT)
    stamp = bearer(NIGHT + MINUTE)
    answer_call_out(None, token=token, answer="cannot", stamp=stamp)
    assert [(s, state) for s, _, _, state in calls(burning)] == [(1, "passed"), (2, "open")]
    with pytest.raises(Refused, match="You said that you cannot"):
        answer_call_out(None, token=token, answer="cannot", stamp=stamp)
    answer_call_out(None, token=token, answer="mine", stamp=bearer(NIGHT + 2 * MINUTE))
    late = token_for(liaison5, NIGHT + MINUTE)
    with pytest.raises(Refused, match="Liaison of Ward 7 has it since 2:12"):
        answer_call_out(
            None, token=late, answer="mine", stamp=replace(stamp, at=NIGHT + 4 * MINUTE)
        )
    with pytest.raises(Refused):
        answer_call_out(None, token="no-such-link", answer="mine", stamp=stamp)


def test_a_link_of_somebody_who_left_opens_nothing(
    burning: Incident, liaison7: Cast, director: Cast
) -> None:
    token = token_for(liaison7, NIGHT)
    with guard_pass("a test"):
        liaison7.user.is_active = False
        liaison7.user.save(update_fields=["is_active"])
    with pytest.raises(Refused) as no:
        answer_call_out(None, token=token, answer="mine", stamp=bearer(NIGHT))
    assert no.value.code == "key_closed"
    burning.refresh_from_db()
    assert burning.taken_at is None


def test_who_said_that_they_cannot_is_not_told_that_it_is_off(
    burning: Incident, director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    answer_call_out(None, token=token_for(liaison7, NIGHT), answer="cannot", stamp=bearer(NIGHT))
    end_incident(burning.matter, outcome="opened_in_error", stamp=by(director, NIGHT + MINUTE))
    fact = Entry.objects.get(kind="CallsCalledOff")
    assert fact.body["names"] == ["Liaison of Ward 5"]


def test_the_only_director_who_cannot_is_called_again_a_quarter_of_an_hour_later(
    ground: Ground, director: Cast, staff: Cast
) -> None:
    incident = fire(staff, None)
    for number in range(1, 7):
        at = NIGHT + 15 * (number - 1) * MINUTE
        token = token_for(director, at)
        answer_call_out(None, token=token, answer="cannot", stamp=bearer(at))
        assert not Waiting.objects.filter(noun="call_out").exists()
        assert Message.objects.filter(key__startswith="call_out:").count() == number
        assert not get_due_call_outs(at=at + 14 * MINUTE)
        if number < 6:
            assert [one.step for one in get_due_call_outs(at=at + 15 * MINUTE)] == [number]
            climb(incident, at + 15 * MINUTE)
    incident.refresh_from_db()
    assert incident.exhausted_at == at


def test_two_directors_who_cannot_do_not_chase_each_other(
    ground: Ground, director: Cast, staff: Cast
) -> None:
    other = hire("second", "The Second Director", Role.DIRECTOR)
    incident = fire(staff, None)
    for who in (director, other):
        answer_call_out(None, token=token_for(who, NIGHT), answer="cannot", stamp=bearer(NIGHT))
    assert [state for _, _, _, state in calls(incident)] == ["passed", "passed"]
    climb(incident, NIGHT + 15 * MINUTE)
    assert calls(incident)[2][2:] == ("The Director", "open")


def test_whoever_passes_late_has_it_on_no_list_and_passes_once(
    burning: Incident, liaison7: Cast
) -> None:
    token = token_for(liaison7, NIGHT)
    climb(burning, NIGHT + 5 * MINUTE)
    late = bearer(NIGHT + 6 * MINUTE)
    answer_call_out(None, token=token, answer="cannot", stamp=late)
    waits = Waiting.objects.filter(noun="call_out")
    assert [row.party.name for row in waits] == ["Liaison of Ward 5"]
    assert [state for _, _, _, state in calls(burning)] == ["passed", "open"]
    with pytest.raises(Refused, match="You said that you cannot"):
        answer_call_out(None, token=token, answer="cannot", stamp=late)


def test_the_link_of_somebody_who_left_shows_nothing(burning: Incident, liaison7: Cast) -> None:
    token = token_for(liaison7, NIGHT)
    with guard_pass("a test"):
        liaison7.user.is_active = False
        liaison7.user.save(update_fields=["is_active"])
    with pytest.raises(Refused) as no:
        call_page(token, at=NIGHT)
    assert no.value.code == "key_closed"
