"""One candidate, whole: why it is here, how sure that is, and the requests behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.problems import policy, rules
from wardroom.problems.models import Candidate, Decision
from wardroom.problems.queries.candidate_rows import CandidateRow, measured_of, row_of
from wardroom.problems.queries.candidates import newest_detections, seen_by, with_state
from wardroom.problems.queries.episodes import EpisodeView, episodes_at

YEAR = 12


@dataclass(frozen=True)
class NumberRow:
    """A number of a candidate with what it means."""

    code: str
    label: str
    shown: str
    definition: str


@dataclass(frozen=True)
class DecisionRow:
    """What was decided about a place, and the matter that came of it."""

    verdict: str
    reason: str
    decided_by: str
    decided_on: date
    look_again_on: date | None
    matter_id: int | None


@dataclass(frozen=True)
class Standing:
    """Where a candidate stands among the places that are sure enough to be on the list.

    The ward's numbers are 0 where it lies in none.
    """

    rank: int
    of: int
    ward_rank: int
    of_ward: int


@dataclass(frozen=True)
class CandidateFile:
    """One candidate with its reasons, its numbers and the requests behind them.

    ``expected_a_month`` is the level of an ordinary place like it, for the picture, and None
    where the months show the reports of one case. ``standing`` is None where it is not sure
    enough to be on the list. ``now_id`` is the same place in the ranking that holds now, none
    where it is not there; ``holds`` where that is this very one.
    """

    row: CandidateRow
    standing: Standing | None
    how_sure: str
    reasons: tuple[str, ...]
    months: tuple[tuple[str, int], ...]
    expected_a_month: float | None
    numbers: tuple[NumberRow, ...]
    episodes: tuple[EpisodeView, ...]
    place_key: int
    place_id: int
    decisions: tuple[DecisionRow, ...]
    method: str
    method_text: str
    data_as_of: datetime
    ran_at: datetime
    holds: bool
    now_id: int | None
    timeline: TimelinePage
    allowed: frozenset[str]


def candidate_file(candidate_id: int, actor: Actor, *, on: date) -> CandidateFile:
    """One candidate, whole; `NotFound` where it is out of reach."""
    candidate: Any = with_state(seen_by(actor)).filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound(f"no candidate {candidate_id}")
    row, measured = row_of(candidate, on), measured_of(candidate)
    detection = candidate.detection
    may = policy.may_decide(actor, candidate) and row.state != rules.DESIGNATE
    now_id = _now(candidate.place_id, actor)
    of_one_case = candidate.q_value is None and candidate.stuck_months
    return CandidateFile(
        row=row,
        standing=_standing(candidate) if candidate.flagged else None,
        how_sure=rules.how_sure(measured),
        reasons=rules.reasons_for(measured),
        months=rules.months_named(candidate.numbers["last_month"], candidate.months),
        expected_a_month=None if of_one_case else candidate.expected / YEAR,
        numbers=tuple(NumberRow(*number) for number in rules.numbers_shown(measured)),
        episodes=episodes_at(
            candidate.numbers.get("place_keys") or [candidate.place.key],
            [topic["code"] for topic in candidate.topics],
            actor,
            until=detection.data_as_of,
        ),
        place_key=candidate.place.key,
        place_id=candidate.place_id,
        decisions=decisions_about(candidate.place_id, actor),
        method=detection.method,
        method_text="" if measured.by_first_method else rules.METHOD_TEXT,
        data_as_of=detection.data_as_of,
        ran_at=detection.ran_at,
        holds=now_id == candidate.pk,
        now_id=now_id,
        timeline=timeline(
            actor,
            refs=[Ref("place", str(candidate.place_id)), Ref("candidate", str(candidate.pk))],
        ),
        allowed=frozenset({"decide_candidate"} if may else ()),
    )


def _standing(candidate: Candidate) -> Standing:
    """Its place among those of its ranking that are sure enough, in the city and in its ward."""
    listed = Candidate.objects.filter(detection_id=candidate.detection_id, flagged=True)
    before = Q(rank__lte=candidate.rank)
    here = Q(ward_code=candidate.ward_code) & ~Q(ward_code="")
    found = listed.aggregate(
        above=Count("pk", filter=before),
        of=Count("pk"),
        above_here=Count("pk", filter=here & before),
        of_ward=Count("pk", filter=here),
    )
    return Standing(found["above"], found["of"], found["above_here"], found["of_ward"])


def _now(place_id: int, actor: Actor) -> int | None:
    """The candidate at a place in the ranking that holds now."""
    rows = Candidate.objects.within(policy.reach(actor))
    rows = rows.filter(detection__in=newest_detections().values("pk")[:1], place_id=place_id)
    return rows.values_list("pk", flat=True).first()


def decisions_about(place_id: int, actor: Actor) -> tuple[DecisionRow, ...]:
    """Every decision about a place within reach, the newest first."""
    rows = Decision.objects.within(policy.reach(actor)).filter(place_id=place_id)
    return tuple(
        DecisionRow(
            verdict=d.verdict,
            reason=d.reason,
            decided_by=d.decided_by.name,
            decided_on=localdate(d.decided_at),
            look_again_on=d.look_again_on,
            matter_id=d.spell.location.matter_id if hasattr(d, "spell") else None,
        )
        for d in rows.select_related("decided_by", "spell__location").order_by("-decided_at", "-pk")
    )
