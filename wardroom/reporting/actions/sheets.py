"""A memo or a note of an event, kept as a person edited it."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions.words import event_words
from wardroom.calendar.models import Event
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.reporting import facts, policy
from wardroom.reporting.models import KeptSheet
from wardroom.reporting.queries.sheets import sheet_for_all
from wardroom.reporting.rules.sheets import KINDS, OF_EVENTS, edited, kept_parts

MOST_LETTERS = 6_000


@action(policy.may_keep_sheet)
def keep_sheet(event: Event, *, kind: str, texts: Mapping[str, str], stamp: Stamp) -> KeptSheet:
    """Keep the memo or the note of an event as you edited it; those before it stay on record.

    ``texts`` are the sentences of its parts by their place in it, a line each; a part that is
    not among them stays as it is. What is restricted is not kept: others read it too.
    Refuses: a sheet that is not of an event; too many words. Records: `MeetingSheetKept`.
    """
    if kind not in OF_EVENTS:
        raise Refused("unknown_sheet", "This cannot be edited.")
    if sum(map(len, texts.values())) > MOST_LETTERS:
        raise Refused("too_long", "This is more than two pages. Shorten it.")
    made = edited(sheet_for_all(kind, event, stamp.actor, at=stamp.at), texts)
    row = KeptSheet.objects.create(
        kind=kind,
        event=event,
        version=KeptSheet.objects.filter(kind=kind, event=event).count() + 1,
        parts=kept_parts(made),
        kept_at=stamp.at,
        kept_by=stamp.actor.name,
    )
    fact = facts.MeetingSheetKept(
        **event_words(event), sheet_label=KINDS[kind], version=row.version
    )
    record(fact, stamp=stamp)
    return row
