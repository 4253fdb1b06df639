"""What the ledger tells: the timeline of a matter, an ask, a place, a party or an agency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Concat

from wardroom.access.actor import Actor, Scope
from wardroom.access.models import holds_any
from wardroom.kernel.facts import Change, Ref, all_kinds
from wardroom.kernel.paging import page_at
from wardroom.ledger import policy
from wardroom.ledger.gateways import told_elsewhere
from wardroom.ledger.models import About, Entry, Mention

PAGE_ROWS = 50
MOST_COUNTED = 1000


@dataclass(frozen=True)
class TimelineLine:
    """One line: when, who, what, and through which window it came in.

    ``changes`` are the fields that moved, before and after; ``noise`` is what the house
    itself does all day. ``unknown`` is a name in it that nobody has recognised yet.
    """

    entry_id: int
    at: datetime
    actor_name: str
    sentence: str
    window: str
    kind: str
    internal: bool
    noise: bool
    changes: tuple[Change, ...]
    unknown_id: int | None = None
    unknown: str = ""


class Lines(tuple[TimelineLine, ...]):
    """The lines of a page, which also know whose they are and where older ones begin."""

    refs: tuple[Ref, ...] = ()
    older: int | None = None

    @classmethod
    def of(
        cls, lines: Iterable[TimelineLine], refs: tuple[Ref, ...], older: int | None = None
    ) -> Lines:
        """These lines about these things."""
        made = cls(lines)
        made.refs, made.older = refs, older
        return made


@dataclass(frozen=True)
class TimelineRun:
    """Lines that stand together: a run of noise can be folded into one."""

    noise: bool
    lines: tuple[TimelineLine, ...]


@dataclass(frozen=True)
class TimelinePage:
    """A page of a timeline, newest first.

    ``total`` counts up to `MOST_COUNTED` lines, and ``more`` says that there are others.
    ``older`` is what to ask for with ``before`` to see the lines that follow this page.
    """

    lines: Lines
    total: int
    page: int
    pages: int
    more: bool = False
    older: int | None = None

    @property
    def runs(self) -> tuple[TimelineRun, ...]:
        """The same lines, with neighbours that are noise put together."""
        return tuple(
            TimelineRun(noise, tuple(lines))
            for noise, lines in groupby(self.lines, key=lambda line: line.noise)
        )


def timeline(
    actor: Actor,
    *,
    refs: Iterable[Ref],
    page: int = 1,
    before: int | None = None,
    audience: str = "all",
    noise: bool = True,
) -> TimelinePage:
    """The lines about any of these things that the actor may read, the newest written first.

    Staff see the lines of their wards, partners those about asks to their agency that are
    not internal. No refs give no lines. ``audience`` is all, internal or partner; ``noise``
    false leaves out what the house itself does all day. ``before`` continues after the page
    whose ``older`` it was, however many lines there are.
    """
    kept = through_entry(policy.reach(actor))
    if audience == "internal":
        kept &= ~Q(entry__audience="partner")
    elif audience != "all":
        kept &= Q(entry__audience=audience)
    noisy = noisy_kinds()
    if not noise:
        kept &= ~Q(entry__kind__in=noisy)
    if before is not None:
        kept &= Q(entry__lt=before)
    named = tuple(dict.fromkeys(refs))
    ids = _newest(named, kept)
    total = min(len(ids), MOST_COUNTED)
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    shown = ids[on_page]
    older = shown[-1] if shown and ids[-1] != shown[-1] else None
    return TimelinePage(
        lines=Lines.of(lines_with(shown, actor, noisy), named, older),
        total=total,
        page=page,
        pages=pages,
        more=len(ids) > MOST_COUNTED,
        older=older,
    )


def noisy_kinds() -> frozenset[str]:
    """The kinds of fact that a page folds away."""
    return frozenset(name for name, kind in all_kinds().items() if kind.noise)


def _newest(refs: Sequence[Ref], kept: Q) -> list[int]:
    """The numbers of the newest lines, one more than is counted.

    Each thing's own newest lines come straight from the index, so a thing with a hundred
    thousand lines costs no more than one with a thousand.
    """
    parts: list[str] = []
    values: list[Any] = []
    for n, ref in enumerate(refs):
        rows = About.objects.filter(kept, noun=ref.noun, key=ref.key).order_by("-entry_id")
        newest = rows.values_list("entry_id")[: MOST_COUNTED + 1]
        try:
            sql, params = newest.query.sql_with_params()
        except EmptyResultSet:
            return []
        parts.append(f"SELECT entry_id FROM ({sql}) AS part_{n}")  # noqa: S608
        values.extend(params)
    if not parts:
        return []
    union = " UNION ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY entry_id DESC LIMIT {MOST_COUNTED + 1}", values)
        return [row[0] for row in cursor.fetchall()]


def through_entry(scope: Scope) -> Q:
    """A scope over lines as a condition on rows that each belong to one line."""
    inside = Q() if scope.everything else Q(pk__in=[])
    if not scope.everything:
        for path, allowed in scope.any_of:
            inside |= holds_any(f"entry__{path}", allowed)
    for path, closed in scope.none_of:
        inside &= ~holds_any(f"entry__{path}", closed)
    return inside


def lines_with(ids: Sequence[int], actor: Actor, noisy: frozenset[str]) -> list[TimelineLine]:
    """These lines, the newest first, each with the first name in it that is still unknown.

    Where a line's words are kept elsewhere, it reads as far as the actor may read these.
    """
    unknown = Mention.objects.filter(entry=OuterRef("pk"), key="").order_by("pk")
    entries = Entry.objects.filter(pk__in=ids).annotate(
        unknown_id=Subquery(unknown.values("pk")[:1]),
        unknown=Subquery(unknown.values(name=Concat("sign", "text"))[:1]),
    )
    rows = list(entries.order_by("-pk"))
    told = told_elsewhere(rows, actor)
    return [_line(entry, told.get(entry.pk, entry.sentence), noisy) for entry in rows]


def _line(entry: Any, sentence: str, noisy: frozenset[str]) -> TimelineLine:
    return TimelineLine(
        entry_id=entry.pk,
        at=entry.at,
        actor_name=entry.actor_name,
        sentence=sentence,
        window=entry.window,
        kind=entry.kind,
        internal=entry.audience != "partner",
        noise=entry.kind in noisy,
        changes=_changes(entry.body),
        unknown_id=entry.unknown_id,
        unknown=entry.unknown or "",
    )


def _changes(body: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(Change(**change) for change in body.get("changes") or ())
