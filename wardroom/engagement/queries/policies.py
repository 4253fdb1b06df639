"""Policies that are watched: the list, and what was said of one, ward by ward."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import Count, QuerySet

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import PolicyEntry
from wardroom.engagement.queries.listing import Chosen, chosen
from wardroom.engagement.rules import policies as rules
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.matters.models import Matter

MOST_WORDS = 8
SORTS: Mapping[str, tuple[str, ...]] = {
    "newest": ("-opened_at", "-pk"),
    "due": ("next_on", "pk"),
    "-due": ("-next_on", "-pk"),
}
NEWEST_LINE: Mapping[str, tuple[str, ...]] = {"newest": ("-heard_on", "-pk")}
K = TypeVar("K")


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
    counts: Mapping[str, int]
    words: str


@dataclass(frozen=True)
class AboutSaid:
    """What was said about one side of a policy: how much by ward, and by tenor."""

    about: str
    wards: Mapping[str, int]
    tenors: Mapping[str, int]

    @property
    def total(self) -> int:
        """How much in all."""
        return sum(self.wards.values())


@dataclass(frozen=True)
class SaidRow:
    """One thing that was said. There is no name."""

    ward_code: str
    tenor: str
    text: str
    channel: str
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
    abouts: tuple[AboutSaid, ...]
    channels: Mapping[str, int]
    said: Chosen
    total: int
    months: tuple[tuple[str, int], ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class _Tally:
    """How much of one tenor came in one ward, on one day, in one way."""

    ward_code: str
    tenor: str
    channel: str
    heard_on: date
    about: str
    number: int


def policy_page(actor: Actor, *, state: str = "open", sort: str = "", page: int = 1) -> Chosen:
    """The policies that are watched, or were: ``state`` is open, closed, or empty for all."""
    if not actor.is_staff:
        raise NotAllowed
    rows = _watched(actor).filter(state=state) if state else _watched(actor)
    found = chosen(rows, sorts=SORTS, sort=sort, page=page)
    said = _said(actor).filter(matter__in=[row.pk for row in found.rows]).order_by()
    many = dict(said.values_list("matter").annotate(n=Count("pk")))
    made = (
        PolicyRow(row.pk, row.title, row.state == "open", row.next_on, many.get(row.pk, 0))
        for row in found.rows
    )
    return replace(found, rows=tuple(made))


def get_policy_watch(matter_id: int, actor: Actor) -> Matter:
    """A policy to act on; `NotFound` where there is none for this person."""
    found: Matter | None = _watched(actor).select_related("owner").filter(pk=matter_id).first()
    if found is None:
        raise NotFound(f"no policy {matter_id}")
    return found


def policy_file(
    matter_id: int,
    actor: Actor,
    *,
    on: date,
    ward: str = "",
    tenor: str = "",
    about: str = "",
    page: int = 1,
) -> PolicyFile:
    """One policy with what was said about it; each ward against its own weeks.

    ``ward``, ``tenor`` and ``about`` narrow the lines that are shown, and no count.
    """
    matter = get_policy_watch(matter_id, actor)
    entries = _said(actor).filter(matter=matter)
    tallies = _tallies(entries)
    narrowed = {"ward_code": ward, "tenor": tenor, "about": about}
    lines = entries.filter(**{column: code for column, code in narrowed.items() if code})
    return PolicyFile(
        id=matter.pk,
        title=matter.title,
        open=matter.state == "open",
        owner_name=matter.owner.name,
        next_on=matter.next_on,
        next_step=matter.next_step,
        wards=_wards(tallies, on),
        abouts=_abouts(tallies),
        channels=_counted((t.channel, t.number) for t in tallies),
        said=_lines(lines, page),
        total=sum(t.number for t in tallies),
        months=_months(tallies, on),
        allowed=_allowed(matter, actor),
    )


def words_used(matter_id: int, actor: Actor) -> tuple[str, ...]:
    """The words by which what is said about a policy was summed up so far, most used first."""
    rows = _said(actor).filter(matter=matter_id).exclude(about="").order_by()
    counted = rows.values_list("about").annotate(n=Count("pk")).order_by("-n", "about")
    return tuple(about for about, _ in counted[:MOST_WORDS])


def may_watch_policies(actor: Actor) -> bool:
    """Whether the actor begins to watch a policy."""
    return policy.may_watch_policy(actor, None)


def _allowed(matter: Matter, actor: Actor) -> frozenset[str]:
    if matter.state != "open":
        return frozenset()
    moves = {
        "say": policy.may_note_policy_entry(actor, matter),
        "end": policy.may_watch_policy(actor, matter),
    }
    return frozenset(move for move, may in moves.items() if may)


def _counted(pairs: Iterable[tuple[K, int]]) -> Counter[K]:
    """What belongs to the same key, added up."""
    counts: Counter[K] = Counter()
    for key, number in pairs:
        counts[key] += number
    return counts


def _tallies(entries: QuerySet[PolicyEntry]) -> list[_Tally]:
    columns = ("ward_code", "tenor", "channel", "heard_on", "about")
    counted = entries.order_by().values_list(*columns).annotate(n=Count("pk"))
    return [_Tally(*row) for row in counted]


def _wards(tallies: Iterable[_Tally], on: date) -> tuple[WardSaid, ...]:
    by_ward: dict[str, list[_Tally]] = defaultdict(list)
    for tally in tallies:
        by_ward[tally.ward_code].append(tally)
    return tuple(_ward(code, many, on) for code, many in sorted(by_ward.items()))


def _abouts(tallies: Iterable[_Tally]) -> tuple[AboutSaid, ...]:
    """What it was about, the most said first; what has no word for it comes last."""
    by_about: dict[str, list[_Tally]] = defaultdict(list)
    for tally in tallies:
        by_about[tally.about].append(tally)
    found = [
        AboutSaid(
            about=about,
            wards=dict(sorted(_counted((t.ward_code, t.number) for t in many).items())),
            tenors=_counted((t.tenor, t.number) for t in many),
        )
        for about, many in by_about.items()
    ]
    return tuple(sorted(found, key=lambda row: (not row.about, -row.total, row.about)))


def _ward(code: str, tallies: list[_Tally], on: date) -> WardSaid:
    since = min(t.heard_on for t in tallies)
    counts = _counted((t.tenor, t.number) for t in tallies)
    charts = [
        _chart(
            tenor, _counted((t.heard_on, t.number) for t in tallies if t.tenor == tenor), since, on
        )
        for tenor in rules.TENORS
    ]
    return WardSaid(
        ward_code=code,
        counts={tenor: counts[tenor] for tenor in rules.TENORS},
        words=rules.ward_words(charts),
    )


def _chart(tenor: str, days: Mapping[date, int], since: date, on: date) -> rules.Charted:
    """The weeks of a tenor; the chart is asked only where there is enough to ask about."""
    weeks = rules.weeks_of(days, since=since, today=on)
    if not weeks.enough:
        return rules.Charted(tenor, weeks)
    from wardroom.engagement.gateways.trends import weekly_signals

    signals = weekly_signals(weeks.counts, baseline=rules.BASELINE_WEEKS)
    return rules.Charted(tenor, weeks, signals)


def _months(tallies: Iterable[_Tally], on: date) -> tuple[tuple[str, int], ...]:
    """How much was said in each of the last 12 months, the newest last."""
    counts = _counted((f"{t.heard_on:%Y-%m}", t.number) for t in tallies)
    last = on.year * 12 + on.month - 1
    names = [f"{n // 12}-{n % 12 + 1:02}" for n in range(last - 11, last + 1)]
    return tuple((name, counts[name]) for name in names)


def _lines(entries: QuerySet[PolicyEntry], page: int) -> Chosen:
    found = chosen(entries, sorts=NEWEST_LINE, sort="newest", page=page)
    rows = (SaidRow(e.ward_code, e.tenor, e.text, e.channel, e.heard_on) for e in found.rows)
    return replace(found, rows=tuple(rows))


def _watched(actor: Actor) -> QuerySet[Matter]:
    """All of the office reads which policies are watched, but for what is sealed."""
    rows: QuerySet[Matter] = Matter.objects.filter(kind=rules.POLICY_WATCH)
    if not actor.is_staff:
        return rows.none()
    return rows.exclude(pk__in=actor.reach.sealed_ids("matter"))


def _said(actor: Actor) -> QuerySet[PolicyEntry]:
    found: QuerySet[PolicyEntry] = PolicyEntry.objects.within(policy.said_reach(actor))
    return found
