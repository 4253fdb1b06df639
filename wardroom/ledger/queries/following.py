"""The ledger line by line, in the order of the commits, for programs that follow it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.kernel.facts import Ref
from wardroom.ledger import policy
from wardroom.ledger.models import About, Link
from wardroom.ledger.queries.timeline import lines_with, noisy_kinds, through_entry

LINES_A_PAGE = 100


@dataclass(frozen=True)
class FollowedLine:
    """One line: its place in the chain, what it says, and what it is about."""

    line: int
    entry_id: int
    at: datetime
    kind: str
    actor_name: str
    sentence: str
    about: tuple[Ref, ...]


@dataclass(frozen=True)
class FollowedPage:
    """The lines after one, the oldest first; ``end`` is where to go on, also past unseen ones."""

    rows: tuple[FollowedLine, ...]
    end: int
    more: bool


def lines_after(actor: Actor, *, line: int, most: int = LINES_A_PAGE) -> FollowedPage:
    """The lines after a place in the chain that the actor may read, none left out.

    The number of another matter than the line's own is not told: it may be out of reach.
    """
    seen = Link.objects.filter(position__gt=line).filter(through_entry(policy.reach(actor)))
    found = list(seen.order_by("position").values_list("position", "entry_id")[: most + 1])
    more, found = len(found) > most, found[:most]
    places = {entry: position for position, entry in found}
    told = {one.entry_id: one for one in lines_with(list(places), actor, noisy_kinds())}
    about = _about(list(places))
    rows = tuple(
        FollowedLine(
            line=position,
            entry_id=entry,
            at=told[entry].at,
            kind=told[entry].kind,
            actor_name=told[entry].actor_name,
            sentence=told[entry].sentence,
            about=tuple(about[entry]),
        )
        for entry, position in places.items()
    )
    return FollowedPage(rows, rows[-1].line if rows else line, more)


def _about(entries: list[int]) -> dict[int, list[Ref]]:
    rows = About.objects.filter(entry__in=entries, added_by=None).order_by("pk")
    found: dict[int, list[Ref]] = defaultdict(list)
    columns = ("entry_id", "noun", "key", "entry__matter_key")
    for entry, noun, key, matter in rows.values_list(*columns):
        if noun != "matter" or key == matter:
            found[entry].append(Ref(noun, key))
    return found
