"""Everything that was written down about one thing: by whom, of which kind, on which days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Window
from django.utils.timezone import make_aware

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger import policy
from wardroom.ledger.models import About, Entry
from wardroom.ledger.queries.timeline import (
    Lines,
    TimelineLine,
    lines_with,
    noisy_kinds,
    through_entry,
)
from wardroom.ledger.rules import kind_in_words

PAGE_ROWS = 100
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class History:
    """A page of everything about one thing, the newest first; ``older`` continues."""

    lines: Lines
    total: int
    older: int | None


@dataclass(frozen=True)
class HistoryChoices:
    """Who wrote about a thing, and what kinds of lines there are."""

    people: Choices
    kinds: Choices


@dataclass(frozen=True)
class LineFile:
    """One line, and what it is about as far as it has a page."""

    line: TimelineLine
    about: tuple[Ref, ...]


def history_choices(actor: Actor, *, ref: Ref) -> HistoryChoices:
    """By whom and of which kind the lines about one thing are that the actor may read."""
    told = _about(actor, ref).values_list("entry__actor_name", "entry__kind").distinct()
    rows = list(told.order_by())
    return HistoryChoices(
        people=tuple((name, name) for name in sorted({name for name, _ in rows})),
        kinds=tuple((kind, kind_in_words(kind)) for kind in sorted({kind for _, kind in rows})),
    )


def history(
    actor: Actor,
    *,
    ref: Ref,
    person: str = "",
    kind: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
    before: int | None = None,
) -> History:
    """All lines about one thing that the actor may read; staff only.

    ``person`` is a name as the lines have it, ``kind`` a kind of fact, the days are the
    office's own, the last one included. ``before`` continues after an earlier page.
    """
    rows = _about(actor, ref)
    wanted = _wanted(person, kind, from_on, until_on)
    all_of_them = Window(Count("pk"))
    found = rows.filter(wanted).order_by("-entry_id").values_list("entry_id", all_of_them)
    if before is not None:
        total = rows.filter(wanted).count()
        ids = [pk for pk, _ in found.filter(entry__lt=before)[: PAGE_ROWS + 1]]
    else:
        newest = list(found[: PAGE_ROWS + 1])
        total = newest[0][1] if newest else 0
        ids = [pk for pk, _ in newest]
    older = ids[PAGE_ROWS - 1] if len(ids) > PAGE_ROWS else None
    lines = lines_with(ids[:PAGE_ROWS], actor, noisy_kinds())
    return History(
        lines=Lines.of(lines, (ref,), older),
        total=total,
        older=older,
    )


def latest_of(
    actor: Actor, *, refs: Iterable[Ref], kinds: Iterable[str], limit: int = 5
) -> tuple[TimelineLine, ...]:
    """The newest lines of some kinds about any of these things that the actor may read."""
    about = Q(pk__in=[])
    for ref in refs:
        about |= Q(noun=ref.noun, key=ref.key)
    rows = About.objects.filter(through_entry(policy.reach(actor)), about)
    rows = rows.filter(entry__kind__in=list(kinds)).order_by("-entry_id")
    ids = list(rows.values_list("entry_id", flat=True).distinct()[:limit])
    return tuple(lines_with(ids, actor, noisy_kinds())) if ids else ()


def newest_of_each(
    actor: Actor, noun: str, keys: Iterable[str], *, kinds: Iterable[str]
) -> dict[str, datetime]:
    """When the newest line of some kinds about each of these things was written, if any."""
    rows = About.objects.filter(
        through_entry(policy.reach(actor)),
        noun=noun,
        key__in=list(keys),
        entry__kind__in=list(kinds),
    )
    return dict(rows.order_by().values_list("key").annotate(at=Max("entry__at")))


def line_file(actor: Actor, entry_id: int) -> LineFile:
    """One line with what it is about; `NotFound` where the actor may not read it."""
    seen = Entry.objects.within(policy.reach(actor)).filter(pk=entry_id).exists()
    if not seen or not actor.is_staff:
        raise NotFound(f"no line {entry_id}")
    about = About.objects.filter(entry_id=entry_id).order_by("pk").values_list("noun", "key")
    return LineFile(
        line=lines_with([entry_id], actor, noisy_kinds())[0],
        about=tuple(Ref(*pair) for pair in about),
    )


def _about(actor: Actor, ref: Ref) -> Any:
    rows = About.objects.filter(through_entry(policy.reach(actor)), noun=ref.noun, key=ref.key)
    return rows if actor.is_staff else rows.none()


def _wanted(person: str, kind: str, from_on: date | None, until_on: date | None) -> Q:
    wanted = Q()
    if person:
        wanted &= Q(entry__actor_name=person)
    if kind:
        wanted &= Q(entry__kind=kind)
    if from_on is not None:
        wanted &= Q(entry__at__gte=_begin_of(from_on))
    if until_on is not None:
        wanted &= Q(entry__at__lt=_begin_of(until_on + timedelta(days=1)))
    return wanted


def _begin_of(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
