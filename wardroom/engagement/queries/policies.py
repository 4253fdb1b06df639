"""Policies that are watched: the list, and what was said of one, ward by ward."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from wardroom.access.actor import Actor
from wardroom.engagement import policy, rules
from wardroom.engagement.models import PolicyEntry
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.matters.models import Matter

LAST = 25


@dataclass(frozen=True)
class PolicyRow:
    """A policy in the list, with how much was said of it within reach."""

    id: int
    title: str
    open: bool
    next_on: date | None
    said: int


@dataclass(frozen=True)
class WardSaid:
    """What was said in a ward: counts by tenor, and what its own weeks say of now."""

    ward_code: str
    counts: dict[str, int]
    total: int
    words: str


@dataclass(frozen=True)
class SaidRow:
    """One thing that was said. There is no name."""

    ward_code: str
    tenor: str
    text: str
    heard_on: date


@dataclass(frozen=True)
class PolicyFile:
    """One policy with what was said about it within reach."""

    id: int
    title: str
    open: bool
    owner_name: str
    next_on: date | None
    next_step: str
    wards: tuple[WardSaid, ...]
    last: tuple[SaidRow, ...]
    total: int
    months: tuple[tuple[str, int], ...]
    allowed: frozenset[str]


def policy_list(actor: Actor) -> tuple[PolicyRow, ...]:
    """Every policy that is or was watched, open ones first."""
    rows = list(_watched(actor).order_by("-state", "-opened_at", "-pk"))
    said = dict(
        _said(actor)
        .filter(matter__in=rows)
        .values_list("matter")
        .annotate(n=Count("pk"))
        .order_by("matter")
    )
    return tuple(
        PolicyRow(row.pk, row.title, row.state == "open", row.next_on, said.get(row.pk, 0))
        for row in rows
    )


def get_policy_watch(matter_id: int, actor: Actor) -> Matter:
    """A policy to act on; `NotFound` where there is none for this person."""
    row = _watched(actor).select_related("owner").filter(pk=matter_id).first()
    if row is None:
        raise NotFound(f"no policy {matter_id}")
    found: Matter = row
    return found


def policy_file(matter_id: int, actor: Actor, *, on: date) -> PolicyFile:
    """One policy with what was said about it; each ward against its own weeks."""
    matter = get_policy_watch(matter_id, actor)
    entries = list(_said(actor).filter(matter=matter).order_by("-heard_on", "-pk"))
    by_ward: dict[str, list[PolicyEntry]] = defaultdict(list)
    for entry in entries:
        by_ward[entry.ward_code].append(entry)
    moves = {"say"} if policy.may_note_policy_entry(actor, matter) else set()
    moves |= {"end"} if policy.may_watch_policy(actor, matter) else set()
    return PolicyFile(
        id=matter.pk,
        title=matter.title,
        open=matter.state == "open",
        owner_name=matter.owner.name,
        next_on=matter.next_on,
        next_step=matter.next_step,
        wards=tuple(_ward(code, many, on) for code, many in sorted(by_ward.items())),
        last=tuple(SaidRow(e.ward_code, e.tenor, e.text, e.heard_on) for e in entries[:LAST]),
        total=len(entries),
        months=_months(entries, on),
        allowed=frozenset(moves if matter.state == "open" else ()),
    )


def may_watch_policies(actor: Actor) -> bool:
    """Whether the actor begins to watch a policy."""
    return policy.may_watch_policy(actor, None)


def _ward(code: str, entries: list[PolicyEntry], on: date) -> WardSaid:
    weeks = rules.weeks_of([entry.heard_on for entry in entries], today=on)
    counts = Counter(entry.tenor for entry in entries)
    return WardSaid(
        ward_code=code,
        counts={tenor: counts[tenor] for tenor in rules.TENORS},
        total=len(entries),
        words=rules.signal_words(weeks, _signals(weeks)),
    )


def _months(entries: list[PolicyEntry], on: date) -> tuple[tuple[str, int], ...]:
    """How much was said in each of the last 12 months, the newest last."""
    counts = Counter(f"{entry.heard_on:%Y-%m}" for entry in entries)
    last = on.year * 12 + on.month - 1
    names = [f"{n // 12}-{n % 12 + 1:02}" for n in range(last - 11, last + 1)]
    return tuple((name, counts[name]) for name in names)


def _signals(weeks: rules.Weeks) -> tuple[tuple[int, bool], ...]:
    """The chart is asked only where there is enough to ask about."""
    if not weeks.enough:
        return ()
    from wardroom.engagement.gateways.trends import weekly_signals

    return weekly_signals(weeks.counts, baseline=rules.BASELINE_WEEKS)


def _watched(actor: Actor) -> QuerySet[Matter]:
    """All of the office reads which policies are watched, but for what is sealed."""
    if not actor.is_staff:
        raise NotAllowed
    rows: QuerySet[Matter] = Matter.objects.filter(kind=rules.POLICY_WATCH)
    return rows.exclude(pk__in=actor.reach.sealed_ids("matter"))


def _said(actor: Actor) -> QuerySet[PolicyEntry]:
    found: QuerySet[PolicyEntry] = PolicyEntry.objects.within(policy.said_reach(actor))
    return found
