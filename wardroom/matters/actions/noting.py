"""Writing things down: the capture line, notes, and contacts with people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import Place
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.ledger.rules import Typed
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.tasks import add_task
from wardroom.matters.actions.words import check_there
from wardroom.matters.models import Matter
from wardroom.matters.queries.naming import meant


@action(policy.may_write_note)
def capture_line(
    matter: Matter | None,
    *,
    text: str,
    place: Place | None = None,
    party: Party | None = None,
    ward_code: str = "",
    stamp: Stamp,
) -> Entry:
    """Write one line down as it was typed; a date in it becomes a to-do of the writer.

    A line that begins with called, met or wrote is a contact. Names that are not known stay
    as typed, to be resolved later. Refuses: no words; more than 2,000 characters.
    Records: `NoteWritten` or `ContactLogged`, and `TaskAdded` where it holds a date.
    """
    today = localdate(stamp.at)
    line = rules.captured(text, today=today)
    entry = _write(
        line.text,
        channel=line.channel,
        matter=matter,
        place=place,
        party=party,
        ward_code=ward_code,
        named=line.named,
        amounts=_in_dollars(line.amounts),
        stamp=stamp,
    )
    if line.due_on is not None:
        add_task(
            matter,
            party=get_party_of(stamp.actor),
            wording=line.wording[:300],
            due_on=line.due_on,
            ward_code=ward_code,
            stamp=stamp,
        )
    return entry


@action(policy.may_write_note)
def log_contact(
    matter: Matter | None,
    *,
    channel: str,
    text: str,
    party: Party | None = None,
    place: Place | None = None,
    language: str = "",
    interpreter_used: bool = False,
    ward_code: str = "",
    stamp: Stamp,
) -> Entry:
    """Log a call, a talk, an e-mail or a letter, with whom and what was said.

    Refuses: a channel that is not in the list; no words. Records: `ContactLogged`.
    """
    if channel not in rules.CHANNELS:
        raise Refused("unknown_channel", "Choose how you were in contact.", field="channel")
    line = rules.captured(text, today=localdate(stamp.at))
    return _write(
        line.text,
        channel=channel,
        matter=matter,
        place=place,
        party=party,
        ward_code=ward_code,
        named=line.named,
        amounts=_in_dollars(line.amounts),
        language=language,
        interpreter_used=interpreter_used,
        stamp=stamp,
    )


def _write(
    text: str,
    *,
    channel: str,
    matter: Matter | None,
    place: Place | None,
    party: Party | None,
    ward_code: str,
    named: Iterable[rules.Named],
    amounts: tuple[str, ...] = (),
    language: str = "",
    interpreter_used: bool = False,
    stamp: Stamp,
) -> Entry:
    if matter is not None:
        check_there(matter)
    found = [(name, meant(name, stamp.actor)) for name in named]
    refs = [ref for _, ref in found if ref is not None]
    parties = [int(ref.key) for ref in refs if ref.noun == "party"]
    places = [int(ref.key) for ref in refs if ref.noun == "place"]
    if party is not None:
        parties.insert(0, party.pk)
    said_place = place.pk if place is not None else matter.place_id if matter is not None else None
    words: dict[str, Any] = {
        "text": text,
        "ward_code": matter.ward_code if matter is not None else ward_code,
        "matter_id": matter.pk if matter is not None else None,
        "place_id": said_place if said_place is not None else next(iter(places), None),
        "parties": tuple(dict.fromkeys(parties)),
        "topics": tuple(ref.key for ref in refs if ref.noun == "topic"),
        "amounts": amounts,
    }
    fact: facts.NoteFact
    if channel:
        label = rules.CHANNELS[channel]
        fact = facts.ContactLogged(
            **words,
            channel=channel,
            channel_label=label,
            language=language,
            interpreter_used=interpreter_used,
        )
    else:
        fact = facts.NoteWritten(**words)
    typed = [_typed(name, ref) for name, ref in found]
    return record(fact, mentions=typed, stamp=stamp)


def _in_dollars(amounts: Iterable[Decimal]) -> tuple[str, ...]:
    return tuple(f"{amount:.2f}" for amount in amounts)


def _typed(name: rules.Named, ref: Ref | None) -> Typed:
    return Typed(name.sign, name.text, name.noun, ref.key if ref else "")
