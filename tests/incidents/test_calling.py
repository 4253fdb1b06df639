"""Who is called to an incident, when the next one is, who has it, and who sees it."""

from __future__ import annotations

import pytest

from tests.cast import Cast, hire, on_day
from tests.conftest import NOON
from tests.ground import Ground, open_at
from tests.incidents.calling import MINUTE, NIGHT, burning, by, calls, climb, fire, on_call, seated
from wardroom.access.actor import Role
from wardroom.access.gate import guard_pass
from wardroom.incidents.actions import (
    end_incident,
    open_critical_incident,
    set_severity,
    take_incident,
)
from wardroom.incidents.models import CallOut, Incident
from wardroom.incidents.queries import (
    get_due_call_outs,
    incident_file,
    incident_of_token,
    incident_page,
)
from wardroom.jobs.calling import climb_call_outs
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import MatterLink, Waiting
from wardroom.notices.models import Message

__all__ = ["burning"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_whoever_is_on_call_is_called_in_the_same_commit(burning: Incident, liaison7: Cast) -> None:
    assert calls(burning) == [(1, "on_call", "Liaison of Ward 7", "open")]
    call = burning.call_outs.get()
    assert call.due_at == NIGHT + 5 * MINUTE
    message = Message.objects.get(key__startswith="call_out:")
    assert (message.quick, message.due_at, message.to_address) == (True, NIGHT, liaison7.email)
    assert message.subject == "CALL-OUT: Fire, 1300 block of Maple Street NE"
    assert "Without an answer somebody else is called at 2:15 a.m." in message.text
    assert Waiting.objects.get(noun="call_out").party == liaison7.party
    assert burning.matter.owner.name == "Liaison of Ward 5"


def test_each_step_is_called_once_until_nobody_is_left(burning: Incident, director: Cast) -> None:
    at = NIGHT
    with pytest.raises(Refused, match="No step is due"):
        climb(burning, NIGHT + 4 * MINUTE)
    while get_due_call_outs(at=at + 15 * MINUTE):
        at += 15 * MINUTE
        climb(burning, at)
        with pytest.raises(Refused, match="No step is due"):
            climb(burning, at)
    assert [(step, who) for step, _, who, _ in calls(burning)] == [
        (1, "Liaison of Ward 7"),
        (2, "Liaison of Ward 5"),
        *((step, "The Director") for step in range(3, 9)),
    ]
    burning.refresh_from_db()
    assert burning.exhausted_at == at
    assert Waiting.objects.get(noun="nobody_took").party == director.party
    assert Entry.objects.filter(kind="CallOutsExhausted").count() == 1
    assert Message.objects.filter(key__startswith="call_out:").count() == 8
    take_incident(burning, stamp=by(director, at + MINUTE))
    assert not Waiting.objects.filter(noun__in=["nobody_took", "call_out"]).exists()


def test_a_gap_in_the_rota_is_said_and_stood_in_for(
    ground: Ground, director: Cast, liaison5: Cast, staff: Cast
) -> None:
    seated(liaison5, "5")
    incident = fire(staff, ground.wards["5"])
    call = incident.call_outs.get()
    assert (call.party, call.role) == (liaison5.party, "liaison")
    assert call.why == "Nobody is on call, so the liaison of the ward is"
    assert call.why in Entry.objects.get(kind="CallOutMade").sentence
    nowhere = fire(staff, None)
    assert nowhere.call_outs.get().party == director.party


def test_whoever_is_on_call_and_opens_it_has_it(
    ground: Ground, director: Cast, liaison7: Cast, liaison5: Cast
) -> None:
    on_call(director, on_call=liaison7)
    own = fire(liaison7, ground.wards["5"])
    assert (own.taken_by, own.call_outs.count()) == (liaison7.party, 0)
    mine = fire(liaison5, ground.wards["5"], mine=True)
    assert mine.taken_by == liaison5.party
    assert Message.objects.count() == 0


def test_a_second_tap_opens_nothing(ground: Ground, staff: Cast, director: Cast) -> None:
    fire(staff, None, token="tapped")
    with pytest.raises(Refused) as no:
        fire(staff, None, token="tapped")
    assert no.value.code == "already_open"
    assert Incident.objects.count() == 1


def test_what_is_over_calls_nobody(burning: Incident, liaison5: Cast) -> None:
    end_incident(burning.matter, outcome="nothing_needed", stamp=by(liaison5))
    assert not get_due_call_outs(at=NIGHT + 60 * MINUTE)
    with pytest.raises(Refused, match="No step is due"):
        climb(burning, NIGHT + 60 * MINUTE)
    with pytest.raises(Refused, match="This incident is over"):
        take_incident(burning, stamp=by(liaison5))


def test_whoever_was_called_sees_it_in_another_ward_and_no_other_does(
    burning: Incident, liaison7: Cast, partner_dpw: Cast, auditor: Cast
) -> None:
    liaison7 = on_day(liaison7, NOON.date())
    file = incident_file(burning.matter_id, liaison7.actor, at=NOON)
    assert "take_incident" in file.allowed
    assert any("was called" in line.sentence for line in file.timeline.lines)
    assert [row.id for row in incident_page(liaison7.actor).rows] == [burning.matter_id]
    assert "take_incident" not in incident_file(burning.matter_id, auditor.actor, at=NOON).allowed
    with pytest.raises(NotFound):
        incident_file(burning.matter_id, partner_dpw.actor, at=NOON)
    with pytest.raises(NotAllowed):
        take_incident(burning, stamp=by(auditor))
    take_incident(burning, stamp=by(liaison7))
    assert "set_severity" in incident_file(burning.matter_id, liaison7.actor, at=NOON).allowed


def test_a_liaison_who_was_not_called_sees_nothing(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast
) -> None:
    incident = fire(staff, ground.wards["5"])
    assert incident_page(liaison7.actor).total == 0
    with pytest.raises(NotFound):
        incident_file(incident.matter_id, liaison7.actor, at=NOON)
    with pytest.raises(NotAllowed):
        take_incident(incident, stamp=by(liaison7))


def test_an_exercise_stands_in_no_other_list(ground: Ground, director: Cast, staff: Cast) -> None:
    fire(staff, None, exercise=True)
    assert incident_page(director.actor, state="").total == 0
    [row] = incident_page(director.actor, state="exercise").rows
    assert row.title == "EXERCISE: Fire, 1300 block of Maple Street NE"
    assert Message.objects.get().text.startswith("THIS IS AN EXERCISE.")


def test_the_clock_climbs_what_is_due_and_nothing_else(
    burning: Incident, ground: Ground, staff: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = fire(staff, ground.wards["7"])
    CallOut.objects.filter(incident=later)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 5 * MINUTE)
    assert climb_call_outs() == 2
    assert climb_call_outs() == 0
    assert [len(calls(one)) for one in (burning, later)] == [2, 2]
    assert Message.objects.filter(state="sent").count() == 4


def test_what_told_of_it_is_linked(
    ground: Ground, director: Cast, liaison5: Cast, staff: Cast
) -> None:
    source = open_at(ground, liaison5, "5", kind="issue")
    incident = fire(staff, ground.wards["5"], source=source)
    assert incident.came_from == f"matter:{source.pk}"
    link = MatterLink.objects.get()
    assert {link.of_id, link.to_id} == {incident.matter_id, source.pk}


def test_a_graver_incident_brings_the_next_call_forward(
    ground: Ground,
    director: Cast,
    liaison7: Cast,
    liaison5: Cast,
    staff: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nine = NIGHT + 410 * MINUTE
    monkeypatch.setattr("wardroom.incidents.actions.calling._next_morning", lambda at: nine)
    on_call(director, on_call=liaison7, backup=liaison5)
    incident = open_critical_incident(None, kind_code="other", ward=None, stamp=by(staff))
    assert incident.call_outs.get().due_at == nine
    at = NIGHT + 3 * MINUTE
    set_severity(incident, severity=1, reason="Somebody died", stamp=by(director, at))
    call = incident.call_outs.get()
    assert call.due_at == at + 5 * MINUTE
    line = Entry.objects.get(kind="SeveritySet").sentence
    assert line.endswith("Without an answer somebody else is called in 5 minutes")
    set_severity(incident, severity=2, reason="Nobody died", stamp=by(director, at + MINUTE))
    call.refresh_from_db()
    assert call.due_at == at + 5 * MINUTE
    assert climb(incident, at + 5 * MINUTE) is not None


def test_whoever_opens_it_in_another_ward_sees_it_and_a_second_tap_leads_there(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast
) -> None:
    seated(liaison7, "7")
    incident = fire(liaison5, ground.wards["7"], token="tapped")
    liaison5 = on_day(liaison5, NOON.date())
    assert incident_of_token("tapped", liaison5.actor) == incident.matter_id
    file = incident_file(incident.matter_id, liaison5.actor, at=NOON)
    assert "take_incident" in file.allowed
    assert "end_incident" not in file.allowed
    other = fire(liaison7, ground.wards["7"])
    with pytest.raises(NotFound):
        incident_file(other.matter_id, liaison5.actor, at=NOON)


def test_whose_sign_in_ended_at_midnight_is_not_called_at_night(
    ground: Ground, director: Cast, liaison7: Cast, liaison5: Cast, staff: Cast
) -> None:
    on_call(director, on_call=liaison7, backup=liaison5)
    with guard_pass("a test"):
        liaison7.user.ends_on = NOON.date()
        liaison7.user.save(update_fields=["ends_on"])
    incident = fire(staff, None)
    assert calls(incident)[0][2] == "Liaison of Ward 5"


def test_a_former_director_keeps_nothing_on_the_list(burning: Incident, director: Cast) -> None:
    other = hire("second", "The Second Director", Role.DIRECTOR)
    at = NIGHT
    while get_due_call_outs(at=at + 15 * MINUTE):
        at += 15 * MINUTE
        climb(burning, at)
    assert Waiting.objects.filter(noun="nobody_took").count() == 2
    with guard_pass("a test"):
        other.user.is_active = False
        other.user.save(update_fields=["is_active"])
    burning.refresh_from_db()
    take_incident(burning, stamp=by(director, at + MINUTE))
    assert not Waiting.objects.filter(noun="nobody_took").exists()
