"""The latest ranking as lists, maps and files show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.queries import open_matters_at
from wardroom.problems import policy, rules
from wardroom.problems.models import Candidate, Decision, Detection, PersistentLocation
from wardroom.problems.queries.episodes import EpisodeView, episodes_at
from wardroom.problems.rules import Measured

PAGE_ROWS = 25
MOST_ON_MAP = 2000
ON_MAP = (
    "pk", "rank", "episodes", "expected", "active_months", "place__label", "place__latitude",
    "place__longitude", "verdict", "look_again_on", "location_is_open",
)  # fmt: skip
SORTS: dict[str, Any] = {
    "rank": F("rank").asc(),
    "episodes": F("episodes").asc(),
    "ratio": F("ratio").asc(),
    "months": F("active_months").asc(),
}


@dataclass(frozen=True)
class CandidateRow:
    """A candidate as lists show it; ``score`` is the chance that its rate is over twice."""

    id: int
    rank: int
    ward_rank: int
    label: str
    ward_code: str
    topics: tuple[str, ...]
    agencies: tuple[str, ...]
    episodes: int
    expected: float
    ratio: float
    active_months: int
    reporters: int | None
    returns: int
    score: float
    summary: str
    state: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class CandidatePage:
    """A page of the ranked list."""

    rows: tuple[CandidateRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    data_as_of: datetime | None
    ran_at: datetime | None


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
class CandidateFile:
    """One candidate with its reasons, its numbers and the requests behind them."""

    row: CandidateRow
    reasons: tuple[str, ...]
    months: tuple[tuple[str, int], ...]
    numbers: tuple[NumberRow, ...]
    episodes: tuple[EpisodeView, ...]
    place_key: int
    place_id: int
    decisions: tuple[DecisionRow, ...]
    method: str
    data_as_of: datetime
    ran_at: datetime
    timeline: TimelinePage
    allowed: frozenset[str]


@dataclass(frozen=True)
class Past:
    """The candidates of an earlier instant: those of then, or those decided since a day."""

    at: datetime
    decided_from: date | None = None


def latest_detection(*, at: datetime | None = None) -> Detection | None:
    """The ranking that holds now, or over the data of an instant: the newest, no look back."""
    newest = Detection.objects.order_by("-data_as_of", "-ran_at", "-pk")
    if at is not None:
        newest = newest.filter(data_as_of__lt=at)
    latest: Detection | None = newest.first()
    return latest


def get_candidate(candidate_id: int, actor: Actor) -> Candidate:
    """One candidate, to decide about it; `NotFound` where it is out of reach."""
    candidate: Candidate | None = _seen(actor).filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound(f"no candidate {candidate_id}")
    return candidate


def candidate_page(
    actor: Actor,
    *,
    on: date,
    ward: str | None = None,
    decided: str = rules.UNDECIDED,
    topic: str | None = None,
    past: Past | None = None,
    sort: str = "rank",
    page: int = 1,
) -> CandidatePage:
    """The candidates of the latest ranking within reach; ``on`` is today.

    ``decided`` is undecided, watch, refuse, designate or all. ``past`` asks for those of an
    earlier instant, or for those decided from a day until then, whatever their ranking.
    Sorts by rank, episodes, ratio or months, with a minus for the largest first.
    """
    on = localdate(past.at) if past else on
    detection = latest_detection(at=past.at if past else None)
    chosen = _chosen(actor, detection, on=on, ward=ward, decided=decided, topic=topic, past=past)
    total = chosen.count()
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE_ROWS
    sort = sort if sort.removeprefix("-") in SORTS else "rank"
    order = SORTS[sort.removeprefix("-")].copy()
    if sort.startswith("-"):
        order.reverse_ordering()
    rows = chosen.select_related("place").order_by(order, "rank")[start : start + PAGE_ROWS]
    return CandidatePage(
        rows=tuple(_row(candidate, on) for candidate in rows),
        total=total,
        page=page,
        pages=pages,
        sort=sort,
        data_as_of=detection.data_as_of if detection else None,
        ran_at=detection.ran_at if detection else None,
    )


def candidate_rows(
    actor: Actor, *, on: date, ward: str | None = None, detection: Detection | None = None
) -> tuple[CandidateRow, ...]:
    """Every candidate of a ranking within reach, in rank order; of the latest one unless given."""
    ranking = detection or latest_detection()
    rows = _chosen(actor, ranking, on=on, ward=ward, decided=rules.ALL, topic=None)
    return tuple(_row(c, on) for c in rows.select_related("place").order_by("rank"))


def candidate_map(
    actor: Actor,
    *,
    on: date,
    ward: str | None = None,
    decided: str = rules.UNDECIDED,
    topic: str | None = None,
    past: Past | None = None,
) -> dict[str, Any]:
    """The same candidates as GeoJSON points, the highest ranked two thousand at most."""
    on = localdate(past.at) if past else on
    ranking = latest_detection(at=past.at if past else None)
    chosen = _chosen(actor, ranking, on=on, ward=ward, decided=decided, topic=topic, past=past)
    rows = chosen.order_by("rank").values_list(*ON_MAP)[:MOST_ON_MAP]
    return {"type": "FeatureCollection", "features": [_feature(row, on) for row in rows]}


def _feature(row: tuple[Any, ...], on: date) -> dict[str, Any]:
    """One candidate on the map, from the columns of `ON_MAP` alone: there are many of them."""
    (
        key, rank, episodes, expected, active_months, label, latitude, longitude,
        verdict, look_again_on, location_is_open,
    ) = row  # fmt: skip
    state = rules.state_of(
        verdict, look_again_on=look_again_on, location_is_open=location_is_open, on=on
    )
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(longitude, 6), round(latitude, 6)],
        },
        "properties": {
            "id": key,
            "rank": rank,
            "label": label,
            "state": state,
            "episodes": episodes,
            "summary": rules.summary_of(episodes, expected, active_months),
        },
    }


def candidate_file(candidate_id: int, actor: Actor, *, on: date) -> CandidateFile:
    """One candidate, whole; `NotFound` where it is out of reach."""
    candidate: Any = _with_state(_seen(actor)).filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound(f"no candidate {candidate_id}")
    row = _row(candidate, on)
    detection = candidate.detection
    measured = _measured(candidate)
    may = policy.may_decide(actor, candidate) and row.state != rules.DESIGNATE
    return CandidateFile(
        row=row,
        reasons=rules.reasons_for(measured),
        months=rules.months_named(candidate.numbers["last_month"], candidate.months),
        numbers=tuple(NumberRow(*number) for number in rules.numbers_shown(measured)),
        episodes=episodes_at(candidate.place.key, actor, until=detection.data_as_of),
        place_key=candidate.place.key,
        place_id=candidate.place_id,
        decisions=decisions_about(candidate.place_id, actor),
        method=detection.method,
        data_as_of=detection.data_as_of,
        ran_at=detection.ran_at,
        timeline=timeline(
            actor,
            refs=[Ref("place", str(candidate.place_id)), Ref("candidate", str(candidate.pk))],
        ),
        allowed=frozenset({"decide_candidate"} if may else ()),
    )


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
            matter_id=d.location.matter_id if hasattr(d, "location") else None,
        )
        for d in rows.select_related("decided_by", "location").order_by("-decided_at", "-pk")
    )


def undecided_candidates(
    *, on: date, detection: Detection | None = None, at: datetime | None = None
) -> ScopedQuerySet:
    """The candidates of a ranking that wait for a decision, or did at an instant, unscoped."""
    ranking = detection or latest_detection(at=at)
    rows = Candidate.objects.filter(detection=ranking) if ranking else Candidate.objects.none()
    return _in_state(_with_state(rows, at=at), rules.UNDECIDED, on)


def decided_candidates(*, since: datetime, at: datetime) -> ScopedQuerySet:
    """The candidates decided about in a span, each place by its last decision, unscoped."""
    made = Decision.objects.filter(decided_at__gte=since, decided_at__lt=at)
    last = made.filter(place=OuterRef("place")).order_by("-decided_at", "-pk").values("pk")[:1]
    last_ones = made.filter(candidate__isnull=False, pk=Subquery(last))
    rows: ScopedQuerySet = Candidate.objects.filter(pk__in=last_ones.values("candidate"))
    return rows


def _seen(actor: Actor) -> ScopedQuerySet:
    related = ("place", "ward", "detection")
    return Candidate.objects.within(policy.reach(actor)).select_related(*related)


def _chosen(
    actor: Actor,
    detection: Detection | None,
    *,
    on: date,
    ward: str | None,
    decided: str,
    topic: str | None,
    past: Past | None = None,
) -> ScopedQuerySet:
    rows = Candidate.objects.within(policy.reach(actor))
    if past is not None and past.decided_from is not None:
        since = make_aware(datetime.combine(past.decided_from, time()))
        rows = rows.filter(pk__in=decided_candidates(since=since, at=past.at).values("pk"))
        decided = rules.ALL
    elif detection is None:
        return _with_state(Candidate.objects.none())
    else:
        rows = rows.filter(detection=detection)
    if ward:
        rows = rows.filter(ward_code=ward)
    if topic:
        as_text = Cast("topics", TextField())
        rows = rows.alias(topic_text=as_text).filter(topic_text__contains=f'"code": "{topic}"')
    return _in_state(_with_state(rows, at=past.at if past else None), decided, on)


def _with_state(rows: ScopedQuerySet, *, at: datetime | None = None) -> ScopedQuerySet:
    newest = Decision.objects.filter(place=OuterRef("place")).order_by("-decided_at", "-pk")
    here = PersistentLocation.objects.filter(place=OuterRef("place"))
    if at is None:
        open_here = here.filter(matter__state="open")
    else:
        newest = newest.filter(decided_at__lt=at)
        open_here = here.filter(matter__in=list(open_matters_at(at)))
    annotated: ScopedQuerySet = rows.annotate(
        verdict=Subquery(newest.values("verdict")[:1]),
        look_again_on=Subquery(newest.values("look_again_on")[:1]),
        location_is_open=Exists(open_here),
    )
    return annotated


def _in_state(rows: ScopedQuerySet, decided: str, on: date) -> ScopedQuerySet:
    closed = Q(location_is_open=False)
    watched = closed & Q(verdict=rules.WATCH, look_again_on__gt=on)
    refused = closed & Q(verdict=rules.REFUSE)
    if decided == rules.ALL:
        return rows
    if decided == rules.DESIGNATE:
        return rows.filter(location_is_open=True)
    if decided == rules.WATCH:
        return rows.filter(watched)
    if decided == rules.REFUSE:
        return rows.filter(refused)
    over = Q(verdict=rules.WATCH, look_again_on__lte=on) | Q(verdict=rules.DESIGNATE)
    return rows.filter(closed & (Q(verdict=None) | over))


def _row(candidate: Any, on: date) -> CandidateRow:
    measured = _measured(candidate)
    return CandidateRow(
        id=candidate.pk,
        rank=candidate.rank,
        ward_rank=candidate.ward_rank,
        label=candidate.place.label,
        ward_code=candidate.ward_code,
        topics=tuple(measured.topics),
        agencies=tuple(candidate.agencies),
        episodes=candidate.episodes,
        expected=candidate.expected,
        ratio=candidate.ratio,
        active_months=candidate.active_months,
        reporters=candidate.reporters,
        returns=candidate.returns,
        score=candidate.score,
        summary=rules.summary_of(candidate.episodes, candidate.expected, candidate.active_months),
        state=rules.state_of(
            candidate.verdict,
            look_again_on=candidate.look_again_on,
            location_is_open=candidate.location_is_open,
            on=on,
        ),
        latitude=candidate.place.latitude,
        longitude=candidate.place.longitude,
    )


def _measured(candidate: Candidate) -> Measured:
    return Measured(
        episodes=candidate.episodes,
        expected=candidate.expected,
        ratio=candidate.ratio,
        score=candidate.score,
        active_months=candidate.active_months,
        returns=candidate.returns,
        reporters=candidate.reporters,
        agencies=candidate.agencies,
        topics=[topic["name"] for topic in candidate.topics],
        numbers=candidate.numbers,
    )
