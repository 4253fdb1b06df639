"""Everything that ever happened at the place of a location, on one time line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor
from wardroom.city.models import Membership
from wardroom.directory.models import Tenure
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.kernel.facts import all_kinds
from wardroom.kernel.paging import page_at
from wardroom.ledger import policy as ledger_policy
from wardroom.ledger.models import About, Entry
from wardroom.ledger.queries.timeline import lines_with, noisy_kinds, through_entry
from wardroom.problems.models import PersistentLocation
from wardroom.problems.queries.location_files import get_location
from wardroom.problems.rules import stories
from wardroom.problems.rules.stories import Lay, Served, Then
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.policy import reach

PAGE_ROWS = 50
MOST_ON_MAP = 500
Found = tuple[datetime, str, Any]


@dataclass(frozen=True)
class StoryLine:
    """One line of a place's story; ``noun`` and ``key`` say what its page is about."""

    at: datetime
    sort: str
    sentence: str
    by: str
    noun: str = ""
    key: str = ""


@dataclass(frozen=True)
class PlaceStory:
    """A page of a place's story, the newest first, and where the place lay at each time."""

    matter_id: int
    title: str
    ward_code: str
    lines: tuple[StoryLine, ...]
    total: int
    page: int
    pages: int
    then: tuple[Then, ...]


def place_story(
    matter_id: int, actor: Actor, *, on: date, sort: str = "", page: int = 1
) -> PlaceStory:
    """Everything that happened at the place of a location, or one sort of it.

    `NotFound` where the location is out of reach. What the actor may not read is not there.
    """
    location = get_location(matter_id, actor)
    lays, served = _lays(location), _served(location)
    wanted = [sort] if sort in stories.SORTS else list(stories.SORTS)
    ledger = _entries(location, actor, wanted)
    requests = _requests(location, actor) if stories.REQUESTS in wanted else None
    few = [*_moved(lays, wanted, on), *_came(served, wanted, on)]
    total = len(few) + (ledger.count() if ledger is not None else 0)
    total += requests.count() if requests is not None else 0
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    found: list[Found] = [(line.at, "few", line) for line in few]
    if ledger is not None:
        newest = ledger.order_by("-at", "-pk").values_list("at", "pk")[: on_page.stop]
        found += [(at, "entry", pk) for at, pk in newest]
    if requests is not None:
        found += [
            (r.opened_at, "request", r)
            for r in requests.order_by("-opened_at", "-pk")[: on_page.stop]
        ]
    found.sort(key=lambda row: row[0], reverse=True)
    return PlaceStory(
        matter_id=matter_id,
        title=location.matter.title,
        ward_code=location.matter.ward_code,
        lines=_lines(found[on_page], actor),
        total=total,
        page=page,
        pages=pages,
        then=stories.lay_then(lays, served, today=on),
    )


def reported_at(matter_id: int, actor: Actor, *, at: datetime) -> dict[str, Any]:
    """What was reported at a location in 12 months, as GeoJSON points, the newest of them."""
    location = get_location(matter_id, actor)
    rows = _requests(location, actor).filter(
        latitude__isnull=False, opened_at__gt=at - timedelta(days=365), opened_at__lte=at
    )
    newest = rows.order_by("-opened_at", "-pk")[:MOST_ON_MAP]
    return {"type": "FeatureCollection", "features": [_feature(row) for row in newest]}


def _feature(row: ServiceRequest) -> dict[str, Any]:
    point = [round(row.longitude or 0.0, 6), round(row.latitude or 0.0, 6)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {
            "id": row.pk,
            "state": "issue" if row.closed_at is None else "refuse",
            "label": row.service.name,
            "summary": f"Opened {localdate(row.opened_at):%b %-d, %Y}",
            "episodes": 3,
        },
    }


def _requests(location: PersistentLocation, actor: Actor) -> Any:
    rows = ServiceRequest.objects.within(reach(actor)).filter(place_key__in=location.place_keys)
    return rows.filter(service__test_only=False).select_related("service")


def _entries(location: PersistentLocation, actor: Actor, wanted: Sequence[str]) -> Any:
    """The lines of the ledger about the place or its file, as far as the actor may read them."""
    if not any(sort in wanted for sort in stories.FROM_LEDGER):
        return None
    names = [
        name
        for name, kind in all_kinds().items()
        if not kind.noise and stories.sort_of(name, kind.__module__) in wanted
    ]
    here = Q(noun="place", key=str(location.place_id)) | Q(
        noun="matter", key=str(location.matter_id)
    )
    about = About.objects.filter(here, through_entry(ledger_policy.reach(actor)))
    return Entry.objects.filter(pk__in=about.values("entry"), kind__in=names)


def _lines(found: Sequence[Found], actor: Actor) -> tuple[StoryLine, ...]:
    ids = [thing for _, word, thing in found if word == "entry"]
    told = {line.entry_id: line for line in lines_with(ids, actor, noisy_kinds())} if ids else {}
    kinds = all_kinds()
    lines = []
    for at, word, thing in found:
        if word == "few":
            lines.append(thing)
        elif word == "request":
            lines.append(_request_line(thing))
        else:
            line = told[thing]
            sort = stories.sort_of(line.kind, kinds[line.kind].__module__)
            lines.append(
                StoryLine(at, sort, line.sentence, line.actor_name, "line", str(line.entry_id))
            )
    return tuple(lines)


def _request_line(row: ServiceRequest) -> StoryLine:
    ended = f", closed {localdate(row.closed_at):%b %-d, %Y}" if row.closed_at else ", still open"
    sentence = f"Reported: {row.service.name}{ended}"
    by = f"{row.external_id} · {row.agency_code}"
    return StoryLine(row.opened_at, stories.REQUESTS, sentence, by, "request", str(row.pk))


def _lays(location: PersistentLocation) -> tuple[Lay, ...]:
    rows = Membership.objects.filter(
        place=location.place_id, district__boundary_set__kind__in=list(stories.KINDS)
    ).order_by("district__boundary_set__valid_from", "pk")
    columns = ("kind", "valid_from", "valid_until")
    named = [f"district__boundary_set__{name}" for name in columns]
    return tuple(
        Lay(kind, code, since, until)
        for code, kind, since, until in rows.values_list("district__code", *named)
    )


def _served(location: PersistentLocation) -> tuple[Served, ...]:
    wards = Membership.objects.filter(
        place=location.place_id, district__boundary_set__kind="ward"
    ).values("district__code")
    rows = Tenure.objects.filter(
        seat__title=LIAISON_SEAT, seat__organisation__agency=False, seat__ward_code__in=wards
    ).order_by("since_on", "pk")
    columns = ("seat__ward_code", "party__name", "since_on", "until_on")
    return tuple(Served(*row) for row in rows.values_list(*columns))


def _moved(lays: Sequence[Lay], wanted: Sequence[str], on: date) -> list[StoryLine]:
    if stories.BOUNDARIES not in wanted:
        return []
    return [
        StoryLine(
            _start(lay.from_on),
            stories.BOUNDARIES,
            f"From this day on the place lies in {stories.KINDS[lay.kind]} {lay.code}",
            f"Boundaries in force from {lay.from_on:%b %-d, %Y}",
            lay.kind,
            lay.code,
        )
        for lay in lays
        if lay.from_on <= on
    ]


def _came(served: Sequence[Served], wanted: Sequence[str], on: date) -> list[StoryLine]:
    if stories.LIAISONS not in wanted:
        return []
    began = [(s.from_on, f"{s.name} became liaison of Ward {s.ward_code}") for s in served]
    ended = [
        (s.until_on, f"{s.name} was liaison of Ward {s.ward_code} until this day")
        for s in served
        if s.until_on
    ]
    return [
        StoryLine(_start(day), stories.LIAISONS, sentence, "The directory")
        for day, sentence in (*began, *ended)
        if day <= on
    ]


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
