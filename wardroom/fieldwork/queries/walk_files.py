"""Walks as people read them: the list, one walk with all that came in, and its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from wardroom.access.actor import Actor
from wardroom.calendar.queries.events import EventRow, event_row
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import Walk, WalkLine, WalkPhoto, WalkStop
from wardroom.fieldwork.queries.standings import asks_to_repeat, counted_line, standing_lines
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at

PER_PAGE = 25


@dataclass(frozen=True)
class WalkListRow:
    """One walk in the list; ``conflicts`` counts what waits for a person."""

    id: int
    title: str
    ward_code: str
    walk_on: date
    standing: str
    stops: int
    seen: int
    drawn_by: str
    kept: int


@dataclass(frozen=True)
class WalkList:
    rows: tuple[WalkListRow, ...]
    total: int
    page: int
    pages: int
    allowed: frozenset[str]


@dataclass(frozen=True)
class PhotoRow:
    """A photograph; without a thumbnail where no picture could be made anew of it."""

    id: int
    document_id: int
    withheld: bool
    shown: bool
    kind: str


@dataclass(frozen=True)
class LineRow:
    """One line as a phone handed it in, and what became of it."""

    id: int
    stop_position: int
    observer_name: str
    observer_id: int
    kind: str
    finding: str
    label: str
    rating: int | None
    note: str
    topic_code: str
    seen_at: datetime
    device_at: datetime
    received_at: datetime
    skew: int
    state: str
    remark: str
    matter_id: int | None
    clashes: int
    late: bool
    corrected: bool
    counts: bool
    photos: tuple[PhotoRow, ...]


@dataclass(frozen=True)
class WalkStopRow:
    """One stop with what was found there, newest last."""

    id: int
    position: int
    reason: str
    reason_label: str
    matter_id: int | None
    matter_kind: str
    label: str
    what: str
    latitude: float
    longitude: float
    leg: float
    lines: tuple[LineRow, ...]
    troubles: tuple[LineRow, ...]
    conflict: bool
    counted: LineRow | None
    settled_by: str
    settled_why: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class AgainRow:
    """An ask that can be asked again because the walk found otherwise."""

    ask_id: int
    wording: str
    party_name: str
    stop: int
    label: str


@dataclass(frozen=True)
class WalkFile:
    """One walk as its page shows it."""

    row: WalkListRow
    start_label: str
    meets: EventRow | None
    metres: int
    minutes: int
    seed: int
    text: str
    random: int
    stops: tuple[WalkStopRow, ...]
    again: tuple[AgainRow, ...]
    loose_photos: tuple[PhotoRow, ...]
    ended_at: datetime | None
    ended_by: str
    who_came: tuple[str, ...]
    skewed: tuple[tuple[str, int], ...]
    allowed: frozenset[str]


def walk_list(
    actor: Actor, *, ward: str | None = None, standing: str = "", page: int = 1
) -> WalkList:
    """The walks within reach, the newest day first."""
    rows = _walks(actor)
    if ward:
        rows = rows.filter(ward_code=ward)
    if standing == rules.OVER:
        rows = rows.filter(ended_at__isnull=False)
    elif standing == rules.UNDER_WAY:
        rows = rows.filter(ended_at__isnull=True, has_lines=True)
    elif standing == rules.PLANNED:
        rows = rows.filter(ended_at__isnull=True, has_lines=False)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PER_PAGE)
    shown = list(rows.order_by("-walk_on", "-pk")[on_page])
    counts = _counts([walk.pk for walk in shown], actor)
    return WalkList(
        rows=tuple(_row(walk, *counts.get(walk.pk, (0, 0, 0))) for walk in shown),
        total=total,
        page=page,
        pages=pages,
        allowed=frozenset({"draw_walk"} if policy.may_plan_round(actor) else ()),
    )


def walk_file(walk_id: int, actor: Actor) -> WalkFile:
    """One walk within reach, with its stops, what came in, and what waits for a person."""
    walk = _walks(actor).filter(pk=walk_id).first()
    if walk is None:
        raise NotFound(f"no walk {walk_id}")
    return _file(walk, actor)


def _file(walk: Any, actor: Actor) -> WalkFile:
    stops = list(
        WalkStop.objects.within(policy.reach_of_walk_stops(actor))
        .filter(walk=walk)
        .select_related("walk", "matter")
        .order_by("position")
    )
    lines = _lines(walk, actor)
    standing = standing_lines(walk.pk)
    rows = tuple(
        _stop(stop, [line for line in lines if line.stop_id == stop.pk], standing, actor)
        for stop in stops
    )
    seen = sum(1 for row in rows if row.lines or row.troubles)
    kept = sum(1 for line in lines if _waits(line)) + sum(row.conflict for row in rows)
    again = asks_to_repeat(walk, actor)
    return WalkFile(
        row=_row(walk, len(rows), seen, kept),
        start_label=walk.start_label,
        meets=event_row(walk.event) if walk.event is not None else None,
        metres=walk.metres,
        minutes=rules.walking_minutes(walk.metres, len(rows)),
        seed=walk.seed,
        text=walk.text,
        random=sum(stop.reason == rules.RANDOM for stop in stops),
        stops=rows,
        again=tuple(
            AgainRow(
                row.ask.pk, row.ask.wording, row.ask.party.name, row.stop.position,
                rules.SPOT_FINDINGS[row.line.finding],
            )
            for row in again
        ),
        loose_photos=tuple(
            _photo(photo) for photo in _photos(walk, line__isnull=True)
        ),
        ended_at=walk.ended_at,
        ended_by=walk.ended_by,
        who_came=tuple(walk.who_came.splitlines()),
        skewed=_skewed(lines),
        allowed=_allowed(walk, actor, any_lines=bool(lines)),
    )  # fmt: skip


def _walks(actor: Actor) -> Any:
    any_line = WalkLine.objects.filter(walk=OuterRef("pk"))
    rows = Walk.objects.within(policy.reach_of_walks(actor)).select_related(
        "drawn_by", "event__place"
    )
    return rows.annotate(has_lines=Exists(any_line))


def _counts(walk_ids: list[int], actor: Actor) -> Mapping[int, tuple[int, int, int]]:
    """The stops of each walk, those where somebody was, and what waits for a person."""
    stops = WalkStop.objects.within(policy.reach_of_walk_stops(actor)).filter(walk__in=walk_ids)
    counted = {
        walk_id: (number, seen)
        for walk_id, number, seen in stops.order_by("walk")
        .values("walk")
        .annotate(
            number=Count("pk", distinct=True),
            seen=Count("pk", distinct=True, filter=Q(lines__isnull=False)),
        )
        .values_list("walk", "number", "seen")
    }
    lines = WalkLine.objects.within(policy.reach_of_walk_lines(actor)).filter(walk__in=walk_ids)
    waits = lines.exclude(state=rules.APPLIED).order_by("walk").values("walk")
    kept = dict(waits.annotate(number=Count("pk")).values_list("walk", "number"))
    return {pk: (*counted.get(pk, (0, 0)), kept.get(pk, 0)) for pk in walk_ids}


def _row(walk: Any, stops: int, seen: int, kept: int) -> WalkListRow:
    return WalkListRow(
        id=walk.pk,
        title=walk.title,
        ward_code=walk.ward_code,
        walk_on=walk.walk_on,
        standing=rules.walk_standing(seen=walk.has_lines, over=walk.ended_at is not None),
        stops=stops,
        seen=seen,
        drawn_by=walk.drawn_by.name,
        kept=kept,
    )


def _lines(walk: Walk, actor: Actor) -> list[Any]:
    rows = WalkLine.objects.within(policy.reach_of_walk_lines(actor)).filter(walk=walk)
    lines = list(
        rows.select_related("observer", "stop", "walk").order_by("device_at", "number", "pk")
    )
    photos: dict[int, list[PhotoRow]] = {}
    for photo in _photos(walk, line__isnull=False):
        photos.setdefault(photo.line_id, []).append(_photo(photo))
    for line in lines:
        line.shown_photos = tuple(photos.get(line.pk, ()))
    return lines


def _photos(walk: Walk, **where: Any) -> Iterable[Any]:
    rows = WalkPhoto.objects.filter(walk=walk, **where).select_related("document")
    return rows.prefetch_related("document__renditions").order_by("pk")


def _photo(photo: Any) -> PhotoRow:
    shown = any(r.variant == "thumbnail" for r in photo.document.renditions.all())
    kind = photo.document.media_type.rpartition("/")[2].upper()
    return PhotoRow(photo.pk, photo.document_id, photo.withheld, shown, kind)


def _waits(line: Any) -> bool:
    return line.state != rules.APPLIED or bool(line.clashes)


def _stop(
    stop: Any, lines: list[Any], standing: Mapping[int, tuple[WalkLine, ...]], actor: Actor
) -> WalkStopRow:
    stands = standing.get(stop.pk, ())
    counted = counted_line(stop, stands)
    conflict = counted is None and bool(stands)
    last = {line.pk for line in stands}
    rows = [_line(line, last, counted.pk if counted else None) for line in lines]
    may_settle = conflict and policy.may_settle_stop(actor, stop)
    return WalkStopRow(
        id=stop.pk,
        position=stop.position,
        reason=stop.reason,
        reason_label=rules.REASONS[stop.reason],
        matter_id=stop.matter_id,
        matter_kind=stop.matter.kind if stop.matter is not None else "",
        label=stop.label,
        what=stop.what,
        latitude=stop.latitude,
        longitude=stop.longitude,
        leg=stop.leg,
        lines=tuple(row for row in rows if row.kind == rules.FINDING),
        troubles=tuple(row for row in rows if row.kind == rules.TROUBLE),
        conflict=conflict,
        counted=next((row for row in rows if row.counts), None),
        settled_by=stop.settled_by if counted and counted.pk == stop.settled_as_id else "",
        settled_why=stop.settled_why,
        allowed=frozenset({"settle_stop"} if may_settle else ()),
    )


def _line(line: Any, last: set[int], counted: int | None) -> LineRow:
    random = line.stop.reason == rules.RANDOM
    over = line.walk.ended_at
    finding = line.kind == rules.FINDING
    return LineRow(
        id=line.pk,
        stop_position=line.stop.position,
        observer_name=line.observer.name,
        observer_id=line.observer_id,
        kind=line.kind,
        finding=line.finding,
        label=rules.finding_words(line.finding, random=random) if finding else "New trouble",
        rating=line.rating,
        note=line.note,
        topic_code=line.topic_code,
        seen_at=line.seen_at,
        device_at=line.device_at,
        received_at=line.received_at,
        skew=line.skew,
        state=line.state,
        remark=line.remark,
        matter_id=line.matter_id,
        clashes=len(line.clashes),
        late=over is not None and line.received_at > over,
        corrected=finding and line.state == rules.APPLIED and line.pk not in last,
        counts=line.pk == counted,
        photos=line.shown_photos,
    )


def _skewed(lines: list[Any]) -> tuple[tuple[str, int], ...]:
    """Whose phone had a clock far from ours, and by how many minutes at most."""
    worst: dict[str, int] = {}
    for line in lines:
        if abs(line.skew) >= rules.LARGE_SKEW.total_seconds():
            name = line.observer.name
            if abs(line.skew) > abs(worst.get(name, 0)):
                worst[name] = line.skew
    return tuple((name, round(skew / 60)) for name, skew in sorted(worst.items()))


def _allowed(walk: Walk, actor: Actor, *, any_lines: bool) -> frozenset[str]:
    if not policy.may_take_walk(actor, walk):
        return frozenset()
    if walk.ended_at is not None:
        return frozenset({"take_walk", "withhold_photo"} if any_lines else ())
    return frozenset({"take_walk", "withhold_photo", *(["end_walk"] if any_lines else [])})
