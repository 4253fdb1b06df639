"""How the ledger's lines about mail read: their words are those of the message, within reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardroom.access.actor import Actor
from wardroom.kernel.facts import kind_named
from wardroom.ledger.gateways import Line
from wardroom.notices import policy
from wardroom.notices.facts import ReceivedFact
from wardroom.notices.models import Received
from wardroom.notices.rules.receiving import written_by


def mail_sentences(lines: Sequence[Line], actor: Actor) -> Mapping[int, str]:
    """The sentence of each of these lines that is about a message in, for this reader.

    Whatever a line of old holds itself, it says who wrote and what only where the message
    lies within reach today.
    """
    facts = {line.pk: fact for line in lines if (fact := _about_mail(line)) is not None}
    if not facts:
        return {}
    seen = Received.objects.within(policy.received_reach(actor))
    rows = seen.filter(pk__in={fact.received for fact in facts.values()})
    who = {
        pk: f"{written_by(name, address)}: {subject or 'no subject'}"
        for pk, name, address, subject in rows.values_list(
            "pk", "from_name", "from_address", "subject"
        )
    }
    return {
        line: fact.told(who[fact.received]) if fact.received in who else fact.sentence()
        for line, fact in facts.items()
    }


def _about_mail(line: Line) -> ReceivedFact | None:
    try:
        kind = kind_named(line.kind)
    except KeyError:
        return None
    return kind.from_plain(line.body) if issubclass(kind, ReceivedFact) else None
