"""Sheets for one's pocket: a memo before, a note after, and the ledger of a walk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.queries import with_seals_closed
from wardroom.calendar.models import Event
from wardroom.calendar.queries import get_event
from wardroom.engagement.queries.policies import get_policy_watch
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.matters.models import Matter
from wardroom.reporting import policy
from wardroom.reporting.models import KeptSheet
from wardroom.reporting.queries.residents import names_of_residents_in
from wardroom.reporting.queries.sheets.briefs import brief
from wardroom.reporting.queries.sheets.memos import memo
from wardroom.reporting.queries.sheets.notes import note_of_event, note_of_walk
from wardroom.reporting.queries.sheets.policies import policy_memo
from wardroom.reporting.queries.sheets.walked import ledger
from wardroom.reporting.rules.sheets import (
    BRIEF,
    LEDGER,
    MEETING,
    MEMO,
    OF_EVENTS,
    POLICY,
    WALK,
    Sheet,
    parts_kept,
    plain,
    with_words_of,
    without,
)
from wardroom.service_requests.models import Feed

Maker = Callable[..., tuple[Sheet, str]]
MAKERS: dict[str, Maker] = {
    MEMO: memo,
    MEETING: note_of_event,
    WALK: note_of_walk,
    LEDGER: ledger,
    BRIEF: brief,
    POLICY: policy_memo,
}


def sheet(kind: str, key: int, actor: Actor, *, at: datetime, fresh: bool = False) -> Sheet:
    """A memo, a note or a ledger, for the office; no resident's name is in it.

    One that somebody edited and kept is shown as they kept it, unless a ``fresh`` draft is
    asked for. What was kept on a policy tells of all wards: who sees some gets a draft of those.
    `NotFound` for a kind that there is not, and for whatever it is about out of reach.
    """
    if kind not in MAKERS or not actor.is_staff:
        raise NotFound(f"no sheet {kind} {key}")
    made, ward_code = MAKERS[kind](key, actor, at=at)
    made = made if fresh or not _reads_kept(kind, actor) else _kept(made)
    schematic = Feed.objects.filter(schematic=True).exists()
    named = without(made, names_of_residents_in(ward_code).left_out_of)
    return replace(named, schematic=schematic)


def sheet_for_all(
    kind: str, event: Event, actor: Actor, *, at: datetime, fresh: bool = False
) -> Sheet:
    """What may be kept of an event's sheet: nothing restricted but the event's own matter.

    Whoever reaches the event reads what is kept, and reaches its matter too.
    """
    reader = with_seals_closed(actor, but=f"matter:{event.matter_id}")
    return sheet(kind, event.pk, reader, at=at, fresh=fresh)


def memo_for_all(matter: Matter, actor: Actor, *, at: datetime) -> Sheet:
    """The memo on a policy with the numbers of now, and the words of the one that was kept."""
    made = sheet(POLICY, matter.pk, actor, at=at, fresh=True)
    row = _newest(made)
    return made if row is None else with_words_of(made, parts_kept(row.parts))


def may_edit(kind: str, key: int, actor: Actor) -> bool:
    """Whether somebody may edit such a sheet and keep it: of an event, or on a policy."""
    if kind == POLICY:
        matter = get_policy_watch(key, actor)
        return matter.state == "open" and policy.may_keep_policy_memo(actor, matter)
    return kind in OF_EVENTS and policy.may_keep_sheet(actor, get_event(key, actor))


def get_event_to_edit(kind: str, key: int, actor: Actor) -> Event:
    """The event whose memo or note is to be kept. `NotFound` out of reach, else `NotAllowed`."""
    if kind not in OF_EVENTS:
        raise NotFound(f"no sheet {kind} can be edited")
    event = get_event(key, actor)
    if not policy.may_keep_sheet(actor, event):
        raise NotAllowed
    return event


def get_policy_to_write_on(key: int, actor: Actor) -> Matter:
    """The policy whose memo is to be written. `NotFound` out of reach, else `NotAllowed`."""
    matter = get_policy_watch(key, actor)
    if not policy.may_keep_policy_memo(actor, matter):
        raise NotAllowed
    return matter


def sheet_pdf(kind: str, key: int, actor: Actor, *, at: datetime) -> tuple[str, bytes]:
    """The same on paper: a file name and a tagged PDF."""
    from wardroom.reporting.gateways.paper import typeset

    made = sheet(kind, key, actor, at=at)
    return f"{_name(made)}.pdf", typeset(plain(made), template="sheet")


def sheet_word(kind: str, key: int, actor: Actor, *, at: datetime) -> tuple[str, bytes]:
    """The same as a Word file."""
    from wardroom.reporting.gateways.word import written_sheet

    made = sheet(kind, key, actor, at=at)
    return f"{_name(made)}.docx", written_sheet(plain(made))


def _reads_kept(kind: str, actor: Actor) -> bool:
    return kind in OF_EVENTS or (kind == POLICY and policy.may_read_policy_memo(actor))


def _newest(made: Sheet) -> KeptSheet | None:
    about = {"matter_id" if made.kind == POLICY else "event_id": made.key}
    rows: QuerySet[KeptSheet] = KeptSheet.objects.filter(kind=made.kind, **about)
    return rows.order_by("-version").first()


def _kept(made: Sheet) -> Sheet:
    """The newest version that was kept, where there is one."""
    row = _newest(made)
    if row is None:
        return made
    return replace(
        made,
        parts=parts_kept(row.parts),
        as_of=localdate(row.kept_at),
        kept_by=row.kept_by,
        version=row.version,
    )


def _name(made: Sheet) -> str:
    return f"{made.kind_label.lower().replace(' ', '-')}-{made.key}-{made.as_of.isoformat()}"


__all__ = [
    "get_event_to_edit",
    "get_policy_to_write_on",
    "may_edit",
    "memo_for_all",
    "sheet",
    "sheet_for_all",
    "sheet_pdf",
    "sheet_word",
]
