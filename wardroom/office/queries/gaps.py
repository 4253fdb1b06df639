"""The gaps of the next 30 days, and in whose list they belong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.calendar.queries.duty import Gap
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.matters.models import Waiting
from wardroom.office.queries.coverage import all_gaps

AHEAD = timedelta(days=30)
GAP_NOUN = "gap"


@dataclass(frozen=True)
class GapNote:
    """What stands in one person's list: how many gaps, the first day, and the first in words."""

    party: Party
    due_on: date
    title: str


def notes_of(*, on: date) -> Mapping[str, GapNote]:
    """Who has gaps in their list, by key: directors all of them, a liaison those of the ward."""
    found = all_gaps(on, on + AHEAD)
    notes = {}
    for director in get_directors(on=on) if found else ():
        notes[str(director.pk)] = _note(director, found)
    for ward in sorted({gap.ward_code for gap in found} - {""}):
        liaison = get_liaison_of(ward, on=on)
        if liaison is not None and str(liaison.pk) not in notes:
            notes[str(liaison.pk)] = _note(
                liaison, tuple(gap for gap in found if gap.ward_code == ward)
            )
    return notes


def gaps_have_changed(*, on: date) -> bool:
    """Whether the lists say something else than the gaps of the next 30 days."""
    wanted = {key: (note.due_on, note.title) for key, note in notes_of(on=on).items()}
    rows = Waiting.objects.filter(noun=GAP_NOUN).order_by("pk")
    return wanted != {row.key: (row.due_on, row.title) for row in rows}


def _note(party: Party, found: tuple[Gap, ...]) -> GapNote:
    more = {1: "", 2: ", and 1 more gap"}.get(len(found), f", and {len(found) - 1} more gaps")
    return GapNote(party, found[0].on_date, f"{found[0].words}{more}")
