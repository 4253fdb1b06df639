"""Who is called to an incident, when the next one is, and who has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from tests.cast import HOUSE, Cast, hire, on_day
from tests.conftest import NOON
from tests.ground import Ground, open_at
from wardroom.access.actor import NOBODY, SYSTEM, Role, Stamp, Window
from wardroom.access.gate import guard_pass
from wardroom.calendar.actions import ShiftPlan, place_shifts
from wardroom.calendar.rules.shifts import Turn
from wardroom.city.models import District
from wardroom.directory.actions import add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.incidents import reactions
from wardroom.incidents.actions import (
    add_call_address,
    answer_call_out,
    climb_call_out,
    end_call_address,
    end_incident,
    note_call_not_sent,
    open_critical_incident,
    set_severity,
    take_incident,
)
from wardroom.incidents.models import CallAddress, CallOut, Incident
from wardroom.incidents.queries import (
    call_page,
    get_address,
    get_due_call_outs,
    incident_file,
    incident_of_token,
    incident_page,
    reached_page,
)
from wardroom.jobs.calling import climb_call_outs
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import MatterLink, Waiting
from wardroom.notices.actions import (
    claim_message,
    give_up_message,
    mark_address_bounced,
    mark_message_sent,
    note_try_failed,
)
from wardroom.notices.actions.outbox import told
from wardroom.notices.facts import MessageFailed
from wardroom.notices.models import Message
from wardroom.notices.queries import due_messages, outbox_page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NIGHT = datetime.fromisoformat("2026-11-19T02:10:00-05:00")
MINUTE = timedelta(minutes=1)


def by(who: Cast, at: datetime = NIGHT) -> Stamp:
    return replace(who.stamp, at=at)


def bearer(at: datetime) -> Stamp:
    return Stamp(actor=NOBODY, at=at, window=Window.WEB)


def seated(who: Cast, ward: str) -> None:
    """Let somebody hold the seat of a ward's liaison."""
    office = add_party(None, kind="organisation", name="The office", stamp=HOUSE)
    since = NOON.date() - timedelta(days=90)
    hold_seat(
        office, title=LIAISON_SEAT, holder=who.party, since_on=since, ward_code=ward, stamp=HOUSE
    )


def house(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.WORKER)


def on_call(director: Cast, **held: Cast) -> None:
    """The night from the 18th to the 19th, by role."""
    day = NOON.date()
    turns = {
        Turn(role, "", day, time(20), day + timedelta(days=1), time(8)): who.user.pk
        for role, who in held.items()
    }
    lanes = frozenset({(role, "") for role in held})
    plan = ShiftPlan("1", "the rota", day, day, lanes, turns)
    place_shifts(None, plan=plan, stamp=director.stamp)


def fire(who: Cast, ward: District | None, **more: object) -> Incident:
    return open_critical_incident(
        None,
        kind_code="fire",
        where_text="1300 block of Maple Street NE",
        ward=ward,
        stamp=by(who),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def burning(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast
) -> Incident:
    """A fire in Ward 5; Ward 7's liaison is on call, and Ward 5's is the backup."""
    seated(liaison5, "5")
    on_call(director, on_call=liaison7, backup=liaison5)
    return fire(staff, ground.wards["5"])


def calls(incident: Incident) -> list[tuple[int, str, str, str]]:
    rows = CallOut.objects.filter(incident=incident).order_by("step").select_related("party")
    return [(row.step, row.rung, row.party.name, row.state) for row in rows]


def token_for(who: Cast, at: datetime) -> str:
    """The token of the newest link that was sent to somebody."""
    return token_to(who.email, at)


def token_to(address: str, at: datetime) -> str:
    found = Message.objects.filter(to_address=address, key__startswith="call_out:").latest("pk")
    letter = claim_message(found.pk, stamp=house(max(at, found.next_try_at)))
    assert letter is not None
    return letter.text.partition("/call/")[2].partition("/")[0]


def climb(incident: Incident, at: datetime) -> CallOut | None:
    incident.refresh_from_db()
    return climb_call_out(incident, stamp=house(at))


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


def test_calls_go_to_call_addresses_the_short_ones_in_160_letters(
    ground: Ground, director: Cast, liaison5: Cast, staff: Cast
) -> None:
    for kind, value in (("email", "home@example.org"), ("short", "2025550147@text.example")):
        add_call_address(liaison5.party, kind=kind, value=value, stamp=liaison5.stamp)
    seated(liaison5, "5")
    fire(staff, ground.wards["5"])
    found = {m.to_address: m for m in Message.objects.all()}
    assert set(found) == {"home@example.org", "2025550147@text.example"}
    short = found["2025550147@text.example"]
    letter = claim_message(short.pk, stamp=house(NIGHT))
    assert letter is not None
    assert len(letter.text) <= 160
    assert letter.text.startswith("CALL-OUT Fire, ")
    assert short.subject == "CALL-OUT"


def test_call_addresses_are_for_the_director_and_that_person(
    director: Cast, liaison5: Cast, liaison7: Cast, auditor: Cast
) -> None:
    row = add_call_address(
        liaison5.party, kind="email", value="home@example.org", stamp=liaison5.stamp
    )
    assert "home@example.org" not in str(list(Entry.objects.values_list("body", "sentence")))
    own = [p.name for p in reached_page(liaison7.actor, at=NOON)]
    assert own == ["Liaison of Ward 7"]
    everybody = {p.name: p.rows for p in reached_page(director.actor, at=NOON)}
    assert everybody["Liaison of Ward 5"][0].value == "home@example.org"
    for who in (liaison7, auditor):
        with pytest.raises(NotFound):
            get_address(row.pk, who.actor)
        with pytest.raises(NotAllowed):
            add_call_address(liaison5.party, kind="email", value="x@example.org", stamp=who.stamp)
    with pytest.raises(Refused, match="there already"):
        add_call_address(
            liaison5.party, kind="email", value="Home@example.org", stamp=director.stamp
        )
    with pytest.raises(Refused, match="not an e-mail address"):
        add_call_address(liaison5.party, kind="short", value="2025550147", stamp=liaison5.stamp)
    end_call_address(row, stamp=director.stamp)
    assert CallAddress.objects.get().ended_at == NOON


def test_a_call_goes_before_all_other_mail_and_is_tried_again_a_minute_later(
    burning: Incident, liaison7: Cast
) -> None:
    message = Message.objects.get(key__startswith="call_out:")
    first = due_messages(at=NIGHT, most=1)
    assert first == (message.pk,) == due_messages(at=NIGHT, most=5, quick=True)
    assert claim_message(message.pk, stamp=house(NIGHT)) is not None
    assert claim_message(message.pk, stamp=house(NIGHT + timedelta(seconds=59))) is None
    assert claim_message(message.pk, stamp=house(NIGHT + MINUTE)) is not None


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


def test_no_line_outbox_row_or_link_tells_where_somebody_is_called(
    ground: Ground,
    director: Cast,
    liaison5: Cast,
    staff: Cast,
    auditor: Cast,
    records_officer: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "2025550147@text.example"
    add_call_address(liaison5.party, kind="short", value=address, stamp=liaison5.stamp)
    seated(liaison5, "5")
    incident = fire(staff, ground.wards["5"])
    message = Message.objects.get()
    token = token_to(address, NIGHT)
    note_try_failed(message.pk, error=f"450 <{address.upper()}> is busy", stamp=house(NIGHT))
    mark_message_sent(message, stamp=house(NIGHT))
    mark_address_bounced(message, hard=True, reason=f"550 {address} is gone", stamp=house(NIGHT))
    give_up_message(message, reason=f"550 {address} is gone", stamp=house(NIGHT))
    answer_call_out(None, token=token, answer="cannot", stamp=bearer(NIGHT + MINUTE))
    incident.refresh_from_db()
    take_incident(incident, stamp=by(director, NIGHT + 2 * MINUTE))
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 3 * MINUTE)
    sweep()
    assert Message.objects.filter(to_address=address).count() == 2
    lines = str(list(Entry.objects.values_list("body", "sentence"))).lower()
    assert "E-mail sent to Liaison of Ward 5: CALL-OUT".lower() in lines
    assert address not in lines
    for who in (auditor, records_officer, staff):
        assert address not in str(outbox_page(who.actor).rows).lower()
    assert outbox_page(records_officer.actor).total == 3
    assert address in str(outbox_page(director.actor).rows)


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


def test_one_address_of_many_is_told_once_and_when_it_was_taken(
    burning: Incident,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for who in (liaison5, liaison7):
        add_call_address(who.party, kind="email", value="duty@example.org", stamp=who.stamp)
    climb(burning, NIGHT + 5 * MINUTE)
    burning.refresh_from_db()
    take_incident(burning, stamp=by(director, NIGHT + 6 * MINUTE))
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 40 * MINUTE)
    sweep()
    told = Message.objects.get(subject="Call-out: somebody has it")
    assert told.to_address == "duty@example.org"
    assert told.text.startswith("The Director has it since 2:16 a.m.")


def test_a_call_that_cannot_be_sent_stands_on_the_directors_list_until_somebody_has_it(
    burning: Incident, director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = Message.objects.get(key__startswith="call_out:")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 3 * MINUTE)
    house = replace(HOUSE, at=NIGHT + 2 * MINUTE)
    give_up_message(message, reason="the mail server does not answer", stamp=house)
    sweep()
    told = Entry.objects.get(kind="CallNotSent")
    assert message.to_address not in told.sentence
    row = Waiting.objects.get(noun="call_unsent")
    assert (row.party_id, row.matter_id) == (director.party.pk, burning.matter_id)
    assert row.title.startswith("Liaison of Ward")
    take_incident(burning, stamp=by(liaison5, NIGHT + 4 * MINUTE))
    assert not Waiting.objects.filter(noun="call_unsent").exists()
    call_out = burning.call_outs.get()
    with pytest.raises(Refused, match="any more"):
        note_call_not_sent(burning, call_out=call_out, stamp=house)
    give_up_message(message, reason="again", stamp=house)
    sweep()
    assert Entry.objects.filter(kind="CallNotSent").count() == 1


def test_each_call_that_was_not_sent_has_a_line_of_its_own(
    burning: Incident, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    climb(burning, NIGHT + 5 * MINUTE)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 7 * MINUTE)
    for message in Message.objects.filter(key__startswith="call_out:").order_by("pk"):
        give_up_message(message, reason="no", stamp=replace(HOUSE, at=NIGHT + 6 * MINUTE))
        sweep()
    rows = Waiting.objects.filter(noun="call_unsent", party=director.party).order_by("pk")
    assert [row.title.partition(":")[0] for row in rows] == [
        "Liaison of Ward 7",
        "Liaison of Ward 5",
    ]


def test_a_call_that_reaches_one_of_two_addresses_has_arrived(
    ground: Ground, director: Cast, liaison7: Cast, staff: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_call(director, on_call=liaison7)
    for value in ("one@example.org", "two@example.org"):
        add_call_address(liaison7.party, kind="email", value=value, stamp=liaison7.stamp)
    fire(staff, ground.wards["5"])
    first, *others = Message.objects.filter(key__startswith="call_out:").order_by("pk")
    assert others
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 3 * MINUTE)
    house = replace(HOUSE, at=NIGHT + 2 * MINUTE)
    give_up_message(first, reason="no", stamp=house)
    sweep()
    assert not Waiting.objects.filter(noun="call_unsent").exists()
    for message in Message.objects.filter(key__startswith="call_out:").exclude(pk=first.pk):
        give_up_message(message, reason="no", stamp=house)
    sweep()
    assert Waiting.objects.filter(noun="call_unsent").count() == 1


def test_who_took_it_between_the_look_and_the_line_fails_no_consequence(
    burning: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_: object, **__: object) -> None:
        raise Refused("not_needed", "Nobody is called to this incident any more.")

    monkeypatch.setattr(reactions, "note_call_not_sent", too_late)
    message = Message.objects.get(key__startswith="call_out:")
    fact = MessageFailed(**told(message), reason="no")
    stamp = replace(HOUSE, at=NIGHT)
    reactions.note_call_unsent(fact, entry_id=message.entry_id, stamp=stamp)
    assert not Waiting.objects.filter(noun="call_unsent").exists()


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


def test_a_call_is_tried_for_longer_than_the_mail_server_is_away(burning: Incident) -> None:
    message = Message.objects.get(key__startswith="call_out:")
    for minute in range(30):
        at = NIGHT + minute * MINUTE
        assert claim_message(message.pk, stamp=house(at)) is not None
        note_try_failed(message.pk, error="no route", stamp=house(at))
    message.refresh_from_db()
    assert message.state == "queued"


def test_whose_sign_in_ended_at_midnight_is_not_called_at_night(
    ground: Ground, director: Cast, liaison7: Cast, liaison5: Cast, staff: Cast
) -> None:
    on_call(director, on_call=liaison7, backup=liaison5)
    with guard_pass("a test"):
        liaison7.user.ends_on = NOON.date()
        liaison7.user.save(update_fields=["ends_on"])
    incident = fire(staff, None)
    assert calls(incident)[0][2] == "Liaison of Ward 5"


def test_the_link_of_somebody_who_left_shows_nothing(burning: Incident, liaison7: Cast) -> None:
    token = token_for(liaison7, NIGHT)
    with guard_pass("a test"):
        liaison7.user.is_active = False
        liaison7.user.save(update_fields=["is_active"])
    with pytest.raises(Refused) as no:
        call_page(token, at=NIGHT)
    assert no.value.code == "key_closed"


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
