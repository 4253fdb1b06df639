"""One persistent location, whole: its four parts, its tests, its times, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.fieldwork.queries import ChecksView, checks_allowed, checks_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.queries import (
    AskRow,
    MatterHeader,
    asks_of,
    matter_allowed,
    matter_header,
)
from wardroom.matters.rules import LIVE, kind_of
from wardroom.plans.queries import PlanView, plan_allowed, plan_of
from wardroom.problems import policy
from wardroom.problems.models import PersistentLocation, Spell
from wardroom.problems.queries.candidate_files import DecisionRow, decisions_about
from wardroom.problems.queries.episodes import EpisodeView
from wardroom.problems.queries.evidence import (
    evidence_of,
    exit_numbers,
    expected_a_year,
    rule_now,
)
from wardroom.problems.queries.locations import located, reached, staged
from wardroom.problems.rules import files
from wardroom.problems.rules.locations import LocationRule, Test, exit_test


@dataclass(frozen=True)
class SpellRow:
    """One time that the office worked on a location, from its entry to its exit.

    ``entry_test`` and ``exit_test`` are as they stood; none where nobody decided by one.
    """

    number: int
    entry: str
    entered_at: datetime
    entry_reason: str
    entered_by: str
    entry_test: Test | None
    nomination_id: int | None
    candidate_id: int | None
    left_at: datetime | None
    outcome: str
    outcome_label: str
    exit_reason: str
    left_by: str
    exit_test: Test | None
    against_test: bool
    watch_until: date | None


@dataclass(frozen=True)
class AnalysisView:
    """What people make of the trouble: the answers in order, with who wrote them last."""

    version: int
    answers: tuple[tuple[str, str, str], ...]
    written_by: str
    written_at: datetime | None
    is_of_now: bool

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written any of it."""
        return not any(text for _, _, text in self.answers)

    @property
    def texts(self) -> dict[str, str]:
        """The answers by the names of their questions."""
        return {name: text for name, _, text in self.answers}


@dataclass(frozen=True)
class AnalysisFile:
    """The analysis of one location by itself, and what the actor may do."""

    matter_id: int
    title: str
    analysis: AnalysisView
    allowed: frozenset[str]


@dataclass(frozen=True)
class LocationFile:
    """Where one persistent location stands.

    ``parts`` are the four parts of the work, ``spells`` the times it was open, the newest
    first. ``exit_test`` is as of now, none where the file is closed; ``lately`` are the episodes
    that it counts. ``expected`` is what an ordinary place has in a year.
    """

    matter: MatterHeader
    reached: tuple[str, ...]
    standing: str
    parts: tuple[files.Part, ...]
    spells: tuple[SpellRow, ...]
    analysis: AnalysisView
    exit_test: Test | None
    rule: LocationRule
    topics: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    radius_m: int
    place_key: int
    decision: DecisionRow | None
    candidate_id: int | None
    months: tuple[tuple[str, int], ...]
    lately: tuple[EpisodeView, ...]
    expected: float | None
    plan: PlanView | None
    asks: tuple[AskRow, ...]
    checks: ChecksView
    timeline: TimelinePage
    allowed: frozenset[str]


def get_location(matter_id: int, actor: Actor) -> PersistentLocation:
    """One persistent location, to act on it; `NotFound` where it is out of reach."""
    related = ("matter__owner", "matter__place", "place", "decision__candidate")
    rows = staged(located(actor).filter(matter_id=matter_id)).select_related(*related)
    location: PersistentLocation | None = rows.first()
    if location is None:
        raise NotFound(f"no persistent location {matter_id}")
    return location


def location_file(matter_id: int, actor: Actor, *, at: datetime) -> LocationFile:
    """One persistent location, whole, as of an instant; `NotFound` where it is out of reach."""
    location: Any = get_location(matter_id, actor)
    matter, place = location.matter, location.place
    decisions = decisions_about(place.pk, actor)
    plan, asks = plan_of(matter.pk, actor), asks_of(matter.pk, actor)
    checks = checks_of(matter.pk, actor)
    spells = spells_of(location)
    now, expected, rule = spells[0] if spells else None, expected_a_year(place.pk), rule_now()
    found = evidence_of(location, actor, until=at)
    analysis = _analysis(location, now)
    since = spells[1].left_at if len(spells) > 1 else None
    numbers = exit_numbers(location, found, since=since, rule=rule, expected=expected)
    test = exit_test(numbers, rule)
    refs = [Ref("matter", str(matter.pk)), Ref("place", str(place.pk))]
    return LocationFile(
        matter=matter_header(matter, actor),
        reached=reached(location),
        standing=files.standing_of(
            is_open=matter.state == "open",
            outcome=matter.outcome,
            watch_until=now.watch_until if now else None,
            on=localdate(at),
        ),
        parts=files.parts_of(_now(matter, spells, analysis, plan, asks, checks, test)),
        spells=spells,
        analysis=analysis,
        exit_test=test if matter.state == "open" else None,
        rule=rule,
        topics=tuple(topic["name"] for topic in location.topics),
        latitude=place.latitude,
        longitude=place.longitude,
        radius_m=location.radius_m,
        place_key=place.key,
        decision=next((d for d in decisions if d.matter_id == matter.pk), None),
        candidate_id=next((s.candidate_id for s in spells if s.candidate_id), None),
        months=found.months,
        lately=found.since(localdate(at) - timedelta(days=rule.quiet_days)),
        expected=expected,
        plan=plan,
        asks=asks,
        checks=checks,
        timeline=timeline(actor, refs=refs),
        allowed=matter_allowed(matter, actor)
        | plan_allowed(matter, actor)
        | checks_allowed(matter, actor)
        | _allowed(location, actor),
    )


def analysis_file(matter_id: int, actor: Actor) -> AnalysisFile:
    """The analysis of one persistent location, to be written; `NotFound` out of reach."""
    location: Any = get_location(matter_id, actor)
    return AnalysisFile(
        matter_id=matter_id,
        title=location.matter.title,
        analysis=_analysis(location, None),
        allowed=_allowed(location, actor),
    )


def spells_of(location: PersistentLocation) -> tuple[SpellRow, ...]:
    """The times that the office worked on a location, the newest first."""
    rows = location.spells.select_related("decision").order_by("-number")
    outcomes = kind_of("persistent_location").outcomes
    return tuple(_spell(row, outcomes.get(row.outcome, "")) for row in rows)


def _spell(row: Spell, outcome_label: str) -> SpellRow:
    decision = row.decision
    return SpellRow(
        number=row.number,
        entry=row.entry,
        entered_at=row.entered_at,
        entry_reason=row.entry_reason,
        entered_by=row.entered_by,
        entry_test=Test.from_plain(decision.test) if decision else None,
        nomination_id=decision.nomination_id if decision else None,
        candidate_id=decision.candidate_id if decision else None,
        left_at=row.left_at,
        outcome=row.outcome,
        outcome_label=outcome_label,
        exit_reason=row.exit_reason,
        left_by=row.left_by,
        exit_test=Test.from_plain(row.exit_test),
        against_test=row.against_test,
        watch_until=row.watch_until,
    )


def _now(
    matter: Any,
    spells: tuple[SpellRow, ...],
    analysis: AnalysisView,
    plan: PlanView | None,
    asks: tuple[AskRow, ...],
    checks: ChecksView,
    test: Test,
) -> files.FileNow:
    since = spells[0].entered_at if spells else matter.opened_at
    left_at = spells[1].left_at if len(spells) > 1 else None
    answered = [name for name, _, text in analysis.answers if text and analysis.is_of_now]
    return files.FileNow(
        looks=sum(left_at is None or row.seen_at >= left_at for row in checks.rows),
        answered=frozenset(answered),
        planned=plan is not None and plan.adopted_on >= localdate(since),
        live_asks=sum(ask.state in LIVE for ask in asks),
        exit_met=test.met,
        closed=matter.state == "closed",
        again=len(spells) > 1,
    )


def _analysis(location: Any, spell: SpellRow | None) -> AnalysisView:
    row = location.analyses.select_related("written_by").order_by("-version").first()
    return AnalysisView(
        version=row.version if row else 0,
        answers=tuple(
            (name, label, getattr(row, name) if row else "")
            for name, (label, _) in files.QUESTIONS.items()
        ),
        written_by=row.written_by.name if row else "",
        written_at=row.written_at if row else None,
        is_of_now=row is not None and (spell is None or row.written_at >= spell.entered_at),
    )


def _allowed(location: Any, actor: Actor) -> frozenset[str]:
    if not policy.may_run_location(actor, location):
        return frozenset()
    if location.matter.state == "open":
        return frozenset({"exit_location", "write_analysis"})
    return frozenset({"reopen_location"})
