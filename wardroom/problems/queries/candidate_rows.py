"""A candidate as lists show it, and the numbers that its reasons speak about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wardroom.problems import rules
from wardroom.problems.models import Candidate
from wardroom.problems.rules import Measured, Reporting, Terms, Weights


@dataclass(frozen=True)
class CandidateRow:
    """A candidate as lists show it.

    ``q_value`` is None where it was not weighed, and it is ``flagged`` where that is small
    enough. Severity, what is past due and what it would be if all reported alike stand beside
    the evidence and change it not; the latter is None where that was not counted.
    """

    id: int
    rank: int
    ward_rank: int
    label: str
    ward_code: str
    topics: tuple[str, ...]
    agencies: tuple[str, ...]
    episodes: int
    expected: float
    active_months: int
    reporters: int | None
    returns: int
    score: float
    p_value: float | None
    q_value: float | None
    flagged: bool
    excess_a_month: float
    course: str
    severity: int
    overdue: int
    busy_episodes: int
    stuck_months: int
    open_since: str
    summary: str
    sentence: str
    state: str
    latitude: float
    longitude: float
    radius_m: int
    reporting: Reporting | None
    even_excess: float | None
    busy_rank: int | None
    even_busy_rank: int | None

    def terms(self, weights: Weights) -> Terms:
        """What the office's own order adds up for it."""
        return rules.terms_of(
            weights,
            excess=self.excess_a_month,
            even_excess=self.even_excess,
            severity=self.severity,
            overdue=self.overdue,
        )


def row_of(candidate: Any, on: date) -> CandidateRow:
    """A candidate with its state on a day."""
    measured = measured_of(candidate)
    stuck = candidate.numbers.get("stuck_case")
    return CandidateRow(
        id=candidate.pk,
        rank=candidate.rank,
        ward_rank=candidate.ward_rank,
        label=candidate.place.label,
        ward_code=candidate.ward_code,
        topics=tuple(topic["name"] for topic in candidate.topics),
        agencies=tuple(candidate.agencies),
        episodes=candidate.episodes,
        expected=candidate.expected,
        active_months=candidate.active_months,
        reporters=candidate.reporters,
        returns=candidate.returns,
        score=candidate.score,
        p_value=candidate.p_value,
        q_value=candidate.q_value,
        flagged=candidate.flagged,
        excess_a_month=candidate.excess_a_month,
        course=candidate.course,
        severity=candidate.severity,
        overdue=candidate.overdue,
        busy_episodes=candidate.busy_episodes,
        stuck_months=candidate.stuck_months,
        open_since=stuck["opened_on"] if stuck else "",
        summary=rules.summary_of(candidate.episodes, candidate.expected, candidate.active_months),
        sentence=rules.told_in_a_sentence(measured),
        state=rules.state_of(
            candidate.verdict,
            look_again_on=candidate.look_again_on,
            location_is_open=candidate.location_is_open,
            on=on,
        ),
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        radius_m=candidate.radius_m,
        reporting=measured.reporting,
        even_excess=candidate.even_excess,
        busy_rank=candidate.busy_rank,
        even_busy_rank=candidate.even_busy_rank,
    )


def measured_of(candidate: Candidate) -> Measured:
    """The numbers that a candidate's reasons speak about."""
    return Measured(
        method=candidate.detection.method,
        episodes=candidate.episodes,
        expected=candidate.expected,
        q_value=candidate.q_value,
        flagged=candidate.flagged,
        excess_a_month=candidate.excess_a_month,
        course=candidate.course,
        window=candidate.window,
        active_months=candidate.active_months,
        returns=candidate.returns,
        reporters=candidate.reporters,
        agencies=candidate.agencies,
        topics=candidate.topics,
        severity=candidate.severity,
        overdue=candidate.overdue,
        numbers=candidate.numbers,
        reporting=reporting_of(candidate),
    )


def reporting_of(candidate: Candidate) -> Reporting | None:
    """How readily people report around it; None where that was not counted."""
    rate = candidate.rate
    if rate is None or candidate.even_excess is None:
        return None
    return Reporting(
        label=rules.district_named(rate.kind, rate.code),
        relative=rate.relative,
        lower=rate.lower,
        upper=rate.upper,
        repeats=rate.repeats,
        excess=candidate.even_excess,
        low=candidate.even_low or 0.0,
        high=candidate.even_high or 0.0,
        rank=candidate.rank if candidate.flagged else None,
        even_rank=candidate.even_rank,
    )
