"""Places that somebody nominated, as a list and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.problems import policy, rules
from wardroom.problems.models import Decision, LocationRule, Nomination, PersistentLocation
from wardroom.problems.queries.candidate_files import DecisionRow, decisions_about
from wardroom.problems.queries.evidence import NUMBERS, rule_now
from wardroom.problems.rules.locations import SOURCES, Test
from wardroom.problems.rules.locations import LocationRule as Numbers

PAGE_ROWS, MOST_KEPT = 25, 50


@dataclass(frozen=True)
class NominationRow:
    """A nomination as lists show it: who, why, how the test stood, and what became of it."""

    id: int
    label: str
    place_id: int
    ward_code: str
    source: str
    source_label: str
    nominated_by: str
    voted_on: date | None
    reason: str
    topics: tuple[str, ...]
    test: Test
    state: str
    nominated_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class NominationPage:
    """A page of nominations, the newest first."""

    rows: tuple[NominationRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class NominationFile:
    """One nomination with the decisions about its place, and what the actor may do."""

    row: NominationRow
    latitude: float | None
    longitude: float | None
    radius_m: int
    place_key: int
    decisions: tuple[DecisionRow, ...]
    matter_id: int | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class RuleRow:
    """The numbers of the tests with who set them, when and why."""

    numbers: Numbers
    set_by: str
    set_at: datetime
    reason: str


@dataclass(frozen=True)
class RulePage:
    """The numbers that hold, the earlier ones, newest first, and what the actor may do."""

    now: Numbers
    history: tuple[RuleRow, ...]
    allowed: frozenset[str]


def nomination_page(
    actor: Actor, *, on: date, ward: str | None = None, state: str = "undecided", page: int = 1
) -> NominationPage:
    """The nominations within reach; ``state`` is undecided, watch, refuse, designate or all."""
    rows = _decided(_seen(actor))
    if ward:
        rows = rows.filter(ward_code=ward)
    rows = _in_state(rows, state, on)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    shown = rows.select_related("place", "recorded_by").order_by("-nominated_at", "-pk")
    return NominationPage(
        rows=tuple(_row(n, on) for n in shown[on_page]),
        total=total,
        page=page,
        pages=pages,
    )


def get_nomination(nomination_id: int, actor: Actor) -> Nomination:
    """One nomination, to decide about it; `NotFound` where it is out of reach."""
    row: Nomination | None = _seen(actor).filter(pk=nomination_id).first()
    if row is None:
        raise NotFound(f"no nomination {nomination_id}")
    return row


def nomination_file(nomination_id: int, actor: Actor, *, on: date) -> NominationFile:
    """One nomination, whole; `NotFound` where it is out of reach."""
    found = _decided(_seen(actor)).select_related("place", "recorded_by")
    nomination: Any = found.filter(pk=nomination_id).first()
    if nomination is None:
        raise NotFound(f"no nomination {nomination_id}")
    row = _row(nomination, on)
    decisions = decisions_about(nomination.place_id, actor)
    may = policy.may_decide(actor, nomination) and row.state != rules.DESIGNATE
    return NominationFile(
        row=row,
        latitude=nomination.place.latitude,
        longitude=nomination.place.longitude,
        radius_m=nomination.radius_m,
        place_key=nomination.place.key,
        decisions=decisions,
        matter_id=next((d.matter_id for d in decisions if d.matter_id), None),
        allowed=frozenset({"decide_nomination"} if may else ()),
    )


def rule_page(actor: Actor) -> RulePage:
    """The numbers of both tests and their history, the latest fifty."""
    kept = LocationRule.objects.select_related("set_by").order_by("-set_at", "-pk")[:MOST_KEPT]
    rows = tuple(
        RuleRow(
            Numbers(**{name: getattr(row, name) for name in NUMBERS}),
            row.set_by.name,
            row.set_at,
            row.reason,
        )
        for row in kept
    )
    may = policy.may_set_location_rule(actor, None)
    return RulePage(
        now=rows[0].numbers if rows else rule_now(),
        history=rows,
        allowed=frozenset({"set_location_rule"} if may else ()),
    )


def _seen(actor: Actor) -> Any:
    return Nomination.objects.within(policy.reach(actor))


def _decided(rows: Any) -> Any:
    """With what was decided about the place since it was nominated."""
    since = Decision.objects.filter(
        place=OuterRef("place"), decided_at__gte=OuterRef("nominated_at")
    ).order_by("-decided_at", "-pk")
    here = PersistentLocation.objects.filter(place=OuterRef("place"), matter__state="open")
    return rows.annotate(
        verdict=Subquery(since.values("verdict")[:1]),
        look_again_on=Subquery(since.values("look_again_on")[:1]),
        location_is_open=Exists(here),
    )


def _in_state(rows: Any, state: str, on: date) -> Any:
    watched = Q(verdict=rules.WATCH, look_again_on__gt=on)
    designated = Q(verdict=rules.DESIGNATE) | Q(location_is_open=True)
    if state == rules.WATCH:
        return rows.filter(watched, location_is_open=False)
    if state == rules.REFUSE:
        return rows.filter(verdict=rules.REFUSE, location_is_open=False)
    if state == rules.DESIGNATE:
        return rows.filter(designated)
    if state == rules.ALL:
        return rows
    over = Q(verdict=rules.WATCH, look_again_on__lte=on)
    return rows.filter(Q(verdict=None) | over, location_is_open=False)


def _row(n: Any, on: date) -> NominationRow:
    test = Test.from_plain(n.test)
    if test is None:
        raise LookupError("a nomination keeps its entry test")
    return NominationRow(
        id=n.pk,
        label=n.place.label,
        place_id=n.place_id,
        ward_code=n.ward_code,
        source=n.source,
        source_label=SOURCES[n.source],
        nominated_by=n.nominated_by,
        voted_on=n.voted_on,
        reason=n.reason,
        topics=tuple(topic["name"] for topic in n.topics),
        test=test,
        state=_state(n, on),
        nominated_at=n.nominated_at,
        recorded_by=n.recorded_by.name,
    )


def _state(n: Any, on: date) -> str:
    """As of a candidate, except that a designation settles a nomination for good."""
    if n.verdict == rules.DESIGNATE:
        return rules.DESIGNATE
    return rules.state_of(
        n.verdict, look_again_on=n.look_again_on, location_is_open=n.location_is_open, on=on
    )
