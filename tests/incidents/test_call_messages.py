"""Where a call is sent, how it is tried again, and who learns that it could not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.incidents.calling import (
    MINUTE,
    NIGHT,
    bearer,
    burning,
    by,
    climb,
    fire,
    house,
    on_call,
    seated,
    token_to,
)
from wardroom.incidents import reactions
from wardroom.incidents.actions import (
    add_call_address,
    answer_call_out,
    end_call_address,
    note_call_not_sent,
    take_incident,
)
from wardroom.incidents.models import CallAddress, Incident
from wardroom.incidents.queries import get_address, reached_page
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting
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

__all__ = ["burning"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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


def test_a_call_is_tried_for_longer_than_the_mail_server_is_away(burning: Incident) -> None:
    message = Message.objects.get(key__startswith="call_out:")
    for minute in range(30):
        at = NIGHT + minute * MINUTE
        assert claim_message(message.pk, stamp=house(at)) is not None
        note_try_failed(message.pk, error="no route", stamp=house(at))
    message.refresh_from_db()
    assert message.state == "queued"
