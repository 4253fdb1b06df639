"""Sheets for one's pocket: a memo before, a note after, and the ledger of a walk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.reporting.queries.residents import names_of_residents_in
from wardroom.reporting.queries.sheets.memos import memo
from wardroom.reporting.queries.sheets.notes import note_of_event, note_of_walk
from wardroom.reporting.queries.sheets.walked import ledger
from wardroom.reporting.rules.sheets import LEDGER, MEETING, MEMO, WALK, Sheet, plain, without
from wardroom.service_requests.models import Feed

Maker = Callable[..., tuple[Sheet, str]]
MAKERS: dict[str, Maker] = {
    MEMO: memo,
    MEETING: note_of_event,
    WALK: note_of_walk,
    LEDGER: ledger,
}


def sheet(kind: str, key: int, actor: Actor, *, at: datetime) -> Sheet:
    """A memo, a note or a ledger, for the office; no resident's name is in it.

    `NotFound` for a kind that there is not, and for whatever it is about out of reach.
    """
    if kind not in MAKERS or not actor.is_staff:
        raise NotFound(f"no sheet {kind} {key}")
    made, ward_code = MAKERS[kind](key, actor, at=at)
    schematic = Feed.objects.filter(schematic=True).exists()
    named = without(made, names_of_residents_in(ward_code).left_out_of)
    return Sheet(**{**vars(named), "schematic": schematic})


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


def _name(made: Sheet) -> str:
    return f"{made.kind_label.lower().replace(' ', '-')}-{made.key}-{made.as_of.isoformat()}"


__all__ = ["sheet", "sheet_pdf", "sheet_word"]
