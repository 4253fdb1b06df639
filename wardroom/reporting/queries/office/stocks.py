"""The measures of how things stand at the end of a month: plans in force, districts in touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q
from django.db.models.functions import TruncMonth

from wardroom.access.actor import Actor
from wardroom.calendar.queries.events import day_start
from wardroom.city.models import District
from wardroom.engagement.queries.belonging import wards_of_smds
from wardroom.engagement.queries.silence import contacts_seen
from wardroom.matters.models import Matter
from wardroom.matters.policy import reach_inside
from wardroom.plans.models import PlanReview, WorkPlan
from wardroom.problems.models import Spell
from wardroom.reporting.queries.office.parts import MET, Asked, CountedRow
from wardroom.reporting.rules import office_measures as rules

ONE = timedelta(days=1)


@dataclass(frozen=True)
class StandingPlan:
    """A version of a plan: from when it counts, and the days of its reviews in their order."""

    adopted_at: datetime
    reviews: tuple[tuple[datetime, date], ...]

    def review_on(self, at: datetime) -> date:
        """The day of the next look, as it stood at an instant."""
        return [day for said_at, day in self.reviews if said_at < at][-1]


@dataclass(frozen=True)
class Plans:
    """Persistent locations open at the end of each month, and whether a plan held then."""

    actor: Actor
    today: date
    measure: rules.Measure = field(default_factory=lambda: rules.MEASURES["plans"])

    def months(self, firsts: Sequence[date]) -> tuple[rules.MonthFigure, ...]:
        """The share with a plan that holds, at the end of each month and today."""
        told = []
        for first in firsts:
            rows = self._standing(first)
            told.append(
                rules.month_of_counts(
                    first,
                    sum(bool(row.met) for row in rows),
                    len(rows),
                    sampled=False,
                    whole=rules.month_after(first) <= self.today,
                )
            )
        return tuple(told)

    def figure(self, months: Sequence[rules.MonthFigure]) -> rules.Figure:
        """How it stands today."""
        return rules.share_figure(
            months[-1:],
            sampled=False,
            beside=("As it stands today.",),
            why_not="No persistent location is open.",
        )

    def rows(self, asked: Asked, part: slice) -> tuple[list[CountedRow], int]:
        """The locations that were open at the end of the last month asked for."""
        rows = self._standing(asked.until.replace(day=1))
        if asked.only:
            rows = [row for row in rows if row.met is (asked.only == MET)]
        return rows[part], len(rows)

    def _standing(self, first: date) -> list[CountedRow]:
        after = rules.month_after(first)
        end, last = day_start(min(after, self.today + ONE)), min(after - ONE, self.today)
        rows = []
        for spell in self._spells:
            if spell.entered_at >= end or (spell.left_at is not None and spell.left_at < end):
                continue
            matter = spell.location.matter
            plans = [
                plan
                for plan in self._plans.get(matter.pk, ())
                if spell.entered_at <= plan.adopted_at < end
            ]
            review = plans[-1].review_on(end) if plans else None
            about = f"To be looked at {review:%B %-d, %Y}." if review else "No plan since then."
            held = review is not None and review >= last
            key = str(matter.pk)
            rows.append(CountedRow("location", key, matter.title, about, None, held))
        return rows

    @cached_property
    def _spells(self) -> list[Spell]:
        since = day_start(rules.first_months(self.today)[0])
        inside = Matter.objects.within(reach_inside(self.actor)).values("pk")
        rows = Spell.objects.filter(Q(left_at=None) | Q(left_at__gte=since))
        rows = rows.filter(location__matter__in=inside).select_related("location__matter")
        return list(rows.order_by("location__matter__title", "pk"))

    @cached_property
    def _plans(self) -> Mapping[int, list[StandingPlan]]:
        matters = [spell.location.matter_id for spell in self._spells]
        said: dict[int, list[tuple[datetime, date]]] = {}
        looks = PlanReview.objects.filter(plan__matter__in=matters).order_by("reviewed_at", "pk")
        for plan_id, at, day in looks.values_list("plan_id", "reviewed_at", "review_on"):
            said.setdefault(plan_id, []).append((at, day))
        found: dict[int, list[StandingPlan]] = {}
        rows = WorkPlan.objects.filter(matter__in=matters).order_by("matter", "version")
        for pk, matter_id, at, day in rows.values_list(
            "pk", "matter_id", "adopted_at", "review_on"
        ):
            reviews = ((at, day), *said.get(pk, ()))
            found.setdefault(matter_id, []).append(StandingPlan(at, reviews))
        return found


@dataclass(frozen=True)
class Outreach:
    """The single-member districts that the office was in touch with, month by month."""

    actor: Actor
    today: date
    measure: rules.Measure = field(default_factory=lambda: rules.MEASURES["outreach"])

    def months(self, firsts: Sequence[date]) -> tuple[rules.MonthFigure, ...]:
        """The share of districts with a contact in the month or the two before."""
        return tuple(
            rules.month_of_counts(
                first,
                len(self._touched(first) & self._codes(first)),
                len(self._codes(first)),
                sampled=False,
                whole=rules.month_after(first) <= self.today,
            )
            for first in firsts
        )

    def figure(self, months: Sequence[rules.MonthFigure]) -> rules.Figure:
        """How it stands in the month that goes on."""
        return rules.share_figure(
            months[-1:],
            sampled=False,
            beside=(self._languages(),),
            why_not="The boundaries of the single-member districts are not loaded yet.",
        )

    def rows(self, asked: Asked, part: slice) -> tuple[list[CountedRow], int]:
        """The districts of the last month asked for, and whether each was reached."""
        first = asked.until.replace(day=1)
        touched, wards = self._touched(first), wards_of_smds()
        rows = [
            CountedRow("", code, code, f"Ward {ward}" if ward else "", None, code in touched)
            for code in sorted(self._codes(first))
            for ward in [wards.get(code, "")]
        ]
        if asked.only:
            rows = [row for row in rows if row.met is (asked.only == MET)]
        return rows[part], len(rows)

    def _touched(self, first: date) -> frozenset[str]:
        found: set[str] = set()
        for _ in range(rules.REACHED_MONTHS):
            found |= self._by_month.get(first, frozenset())
            first = (first - ONE).replace(day=1)
        return frozenset(found)

    @cached_property
    def _by_month(self) -> Mapping[date, frozenset[str]]:
        since = rules.first_months(self.today)[0] - timedelta(days=31 * rules.REACHED_MONTHS)
        rows = contacts_seen(self.actor).filter(on__gte=since, on__lte=self.today)
        pairs = rows.exclude(smd_code="").order_by().values_list(TruncMonth("on"), "smd_code")
        found: dict[date, set[str]] = {}
        for first, code in pairs.distinct():
            found.setdefault(first, set()).add(code)
        return {first: frozenset(codes) for first, codes in found.items()}

    def _codes(self, first: date) -> frozenset[str]:
        """The districts of a month, by its last day's boundaries; by the oldest before those."""
        on = min(rules.month_after(first) - ONE, self.today)
        editions = self._editions
        held = next((codes for since, codes in editions if since <= on), None)
        return held if held is not None else (editions[-1][1] if editions else frozenset())

    @cached_property
    def _editions(self) -> list[tuple[date, frozenset[str]]]:
        """The districts from a day on, for each time that they were drawn; the newest first."""
        rows = District.objects.filter(
            boundary_set__kind="smd", boundary_set__valid_from__lte=self.today
        )
        found: dict[date, set[str]] = {}
        for since, code in rows.order_by("pk").values_list("boundary_set__valid_from", "code"):
            found.setdefault(since, set()).add(code)
        return [(since, frozenset(found[since])) for since in sorted(found, reverse=True)]

    def _languages(self) -> str:
        since = rules.counted_from(self.today)
        rows = contacts_seen(self.actor).filter(on__gte=since, on__lte=self.today)
        spoken = rows.exclude(language__in=["", "en"]).order_by().values_list("language").distinct()
        many = len(spoken)
        if not many:
            return "No contact of these months was in another language than English."
        named = "1 language" if many == 1 else f"{many} languages"
        return f"In {named} besides English over the last twelve months."
