"""The latest ranking as lists, maps and files show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.matters.queries import open_matters_at
from wardroom.problems import policy, rules
from wardroom.problems.models import Candidate, Decision, Detection, PersistentLocation
from wardroom.problems.queries.candidate_rows import CandidateRow, row_of
from wardroom.problems.queries.ordering import (
    OFFICE,
    Evening,
    evening_of,
    ordered,
    sort_given,
)
from wardroom.problems.queries.weights import WeightsRow, office_weights

PAGE_ROWS = 25
MOST_ON_MAP = 2000
ON_MAP = (
    "pk", "rank", "episodes", "expected", "active_months", "place__label", "latitude",
    "longitude", "verdict", "look_again_on", "location_is_open",
)  # fmt: skip


@dataclass(frozen=True)
class CandidatePage:
    """A page of the ranked list.

    ``evening`` says what it would be if all districts reported alike, where that was counted;
    ``weights`` are those of the office's own order, where it is shown.
    """

    rows: tuple[CandidateRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    data_as_of: datetime | None
    ran_at: datetime | None
    left_out: int
    method: str
    evening: Evening | None = None
    weights: WeightsRow | None = None


@dataclass(frozen=True)
class Chosen:
    """Which candidates: of which list and ward, in which state, with which trouble.

    ``listed`` is ordinary (out of the ordinary), busiest or stuck; ``sure`` False takes in
    those of the first list that are not sure enough to be put before a person. ``decided`` is
    undecided, watch, refuse, designate or all.
    """

    listed: str = rules.ORDINARY
    sure: bool = True
    ward: str | None = None
    decided: str = rules.UNDECIDED
    topic: str | None = None


@dataclass(frozen=True)
class Past:
    """The candidates of an earlier instant: those of then, or those decided since a day."""

    at: datetime
    decided_from: date | None = None


EVERYWHERE = Chosen()


def latest_detection(*, at: datetime | None = None) -> Detection | None:
    """The ranking that holds now, or over the data of an instant: the newest, no look back.

    Of an instant only one that nothing takes over: what a report counts there must stay.
    """
    newest = newest_detections()
    if at is not None:
        newest = newest.filter(data_as_of__lt=at, kept_fresh=False)
    latest: Detection | None = newest.first()
    return latest


def newest_detections() -> QuerySet[Detection]:
    """The rankings, the newest first; of those that were kept fresh in a day the last alone."""
    rows = Detection.objects.filter(carried_into=None)
    return rows.order_by("-data_as_of", "-ran_at", "-pk")


def get_candidate(candidate_id: int, actor: Actor) -> Candidate:
    """One candidate, to decide about it; `NotFound` where it is out of reach."""
    candidate: Candidate | None = seen_by(actor).filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound(f"no candidate {candidate_id}")
    return candidate


def candidate_page(
    actor: Actor,
    *,
    on: date,
    chosen: Chosen = EVERYWHERE,
    past: Past | None = None,
    sort: str = "",
    page: int = 1,
) -> CandidatePage:
    """The candidates of the latest ranking within reach; ``on`` is today.

    ``past`` asks for those of an earlier instant, or for those decided from a day until then,
    whatever their ranking. Sorts by one of `ordering.SORTS`, with a minus for the
    largest first; without one, as the list is meant to be read.
    """
    on = localdate(past.at) if past else on
    detection = latest_detection(at=past.at if past else None)
    rows = _chosen(actor, detection, on=on, chosen=chosen, past=past)
    total, evening = evening_of(rows, chosen.listed)
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort_given(sort, chosen.listed)
    weights = office_weights() if sort.removeprefix("-") == OFFICE else None
    shown = ordered(rows.select_related("place", "detection", "rate"), sort, weights)
    return CandidatePage(
        rows=tuple(row_of(candidate, on) for candidate in shown[on_page]),
        total=total,
        page=page,
        pages=pages,
        sort=sort,
        data_as_of=detection.data_as_of if detection else None,
        ran_at=detection.ran_at if detection else None,
        left_out=detection.left_out if detection else 0,
        method=detection.method if detection else "",
        evening=evening,
        weights=weights,
    )


def candidate_rows(
    actor: Actor, *, on: date, ward: str | None = None, detection: Detection | None = None
) -> tuple[CandidateRow, ...]:
    """Every place that a ranking weighed and kept, within reach; the latest unless given."""
    ranking = detection or latest_detection()
    chosen = Chosen(sure=False, ward=ward, decided=rules.ALL)
    rows = _chosen(actor, ranking, on=on, chosen=chosen)
    return tuple(
        row_of(c, on) for c in rows.select_related("place", "detection", "rate").order_by("rank")
    )


def candidate_map(
    actor: Actor,
    *,
    on: date,
    chosen: Chosen = EVERYWHERE,
    past: Past | None = None,
) -> dict[str, Any]:
    """The same candidates as GeoJSON points, the highest ranked two thousand at most."""
    on = localdate(past.at) if past else on
    ranking = latest_detection(at=past.at if past else None)
    places = _chosen(actor, ranking, on=on, chosen=chosen, past=past)
    rows = places.order_by("rank").values_list(*ON_MAP)[:MOST_ON_MAP]
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


def undecided_candidates(
    *, on: date, detection: Detection | None = None, at: datetime | None = None
) -> ScopedQuerySet:
    """Those out of the ordinary that wait for a decision, or did at an instant, unscoped."""
    ranking = detection or latest_detection(at=at)
    rows = Candidate.objects.filter(detection=ranking) if ranking else Candidate.objects.none()
    return _in_state(_on_list(with_state(rows, at=at), rules.ORDINARY), rules.UNDECIDED, on)


def decided_candidates(*, since: datetime, at: datetime) -> ScopedQuerySet:
    """The candidates decided about in a span, each place by its last decision, unscoped."""
    made = Decision.objects.filter(decided_at__gte=since, decided_at__lt=at)
    last = made.filter(place=OuterRef("place")).order_by("-decided_at", "-pk").values("pk")[:1]
    last_ones = made.filter(candidate__isnull=False, pk=Subquery(last))
    rows: ScopedQuerySet = Candidate.objects.filter(pk__in=last_ones.values("candidate"))
    return rows


def seen_by(actor: Actor) -> ScopedQuerySet:
    """The candidates within reach, of every ranking."""
    related = ("place", "ward", "detection", "rate")
    return Candidate.objects.within(policy.reach(actor)).select_related(*related)


def _chosen(
    actor: Actor,
    detection: Detection | None,
    *,
    on: date,
    chosen: Chosen,
    past: Past | None = None,
) -> ScopedQuerySet:
    rows, decided = Candidate.objects.within(policy.reach(actor)), chosen.decided
    if past is not None and past.decided_from is not None:
        since = make_aware(datetime.combine(past.decided_from, time()))
        rows = rows.filter(pk__in=decided_candidates(since=since, at=past.at).values("pk"))
        decided = rules.ALL
    elif detection is None:
        return with_state(Candidate.objects.none())
    else:
        rows = rows.filter(detection=detection)
    if chosen.ward:
        rows = rows.filter(ward_code=chosen.ward)
    if chosen.topic:
        as_text, named = Cast("topics", TextField()), f'"code": "{chosen.topic}"'
        rows = rows.alias(topic_text=as_text).filter(topic_text__contains=named)
    rows = with_state(rows, at=past.at if past else None)
    return _in_state(_on_list(rows, chosen.listed, sure=chosen.sure), decided, on)


def _on_list(rows: ScopedQuerySet, listed: str, *, sure: bool = True) -> ScopedQuerySet:
    """Those of one list. A place that somebody decided about stays on the first, sure or not."""
    if listed == rules.BUSIEST:
        return rows.filter(busy_episodes__gt=0)
    if listed == rules.STUCK:
        return rows.filter(stuck_months__gt=0)
    put_forward = Q(flagged=True) | Q(verdict__isnull=False) | Q(location_is_open=True)
    return rows.filter(put_forward if sure else put_forward | Q(q_value__isnull=False))


def with_state(rows: ScopedQuerySet, *, at: datetime | None = None) -> ScopedQuerySet:
    """With what was decided about each place, now or by an instant."""
    newest = Decision.objects.filter(place=OuterRef("place")).order_by("-decided_at", "-pk")
    here = PersistentLocation.objects.filter(place=OuterRef("place"))
    if at is None:
        joined = Q(matter__merged_into__state="open")
        open_here = here.filter(Q(matter__state="open") | joined)
    else:
        newest = newest.filter(decided_at__lt=at)
        every = list(PersistentLocation.objects.values_list("matter", flat=True))
        open_here = here.filter(matter__in=list(open_matters_at(at, among=every)))
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
