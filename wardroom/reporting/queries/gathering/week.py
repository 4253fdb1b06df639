"""All that one ward's report of one week is told from."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max

from wardroom.city.models import BoundarySet, District
from wardroom.directory.queries import liaison_of
from wardroom.matters.queries import asks_at, deadlines_at, matters_moved, open_ids_at
from wardroom.problems.models import Detection
from wardroom.reporting.models import Measurement
from wardroom.reporting.queries.gathering.around import events_told, improvements_told, walks_told
from wardroom.reporting.queries.gathering.asked import asks_told, worth_a_look
from wardroom.reporting.queries.gathering.measured import figures_measured, signals_measured
from wardroom.reporting.queries.gathering.mirrored import requests_told
from wardroom.reporting.queries.gathering.placed import places_told
from wardroom.reporting.queries.residents import without_residents
from wardroom.reporting.rules import Week
from wardroom.service_requests.models import Feed, ImportRun


def as_of_for(end_at: datetime, at: datetime) -> datetime:
    """Up to when a week or month that ends then is counted, where it is drafted at an instant."""
    return min(at, end_at).astimezone(ZoneInfo(settings.TIME_ZONE))


def gathered(
    ward_code: str, week: Week, *, as_of: datetime, ranking: Detection | None
) -> dict[str, Any]:
    """All facts of one ward's week as plain values, ready to be frozen."""
    still = open_ids_at(as_of, ward=ward_code)
    came, went = matters_moved(week.start_at, as_of, ward=ward_code)
    kept = Measurement.objects.filter(data_as_of__lte=as_of).order_by("-data_as_of", "-pk")
    measurement = kept.defer("funnels").first()
    places = places_told(ward_code, week, as_of, ranking)
    locations = {row["matter_id"] for row in places["locations"]}
    asks = asks_at(as_of, ward=ward_code, among=worth_a_look(ward_code, week, locations))
    told = {
        "head": _head(ward_code, week, as_of),
        "requests": requests_told(ward_code, week, as_of),
        "places": places,
        "asks": asks_told(asks, still, week, as_of, locations=locations),
        "matters": {"came": list(came), "went": list(went), "open": sorted(still)},
        "deadlines": [
            {
                "ask_id": clock.ask_id,
                "matter_id": clock.matter_id,
                "wording": clock.wording,
                "title": clock.title,
                "due_on": clock.due_on.isoformat(),
                "citation": clock.citation,
            }
            for clock in deadlines_at(as_of, ward=ward_code)
        ],
        "events": events_told(ward_code, week.starts_on, week.ends_on),
        "walks": walks_told(ward_code, week.starts_on, as_of, under_way=True),
        "ahead": events_told(
            ward_code, week.ends_on + timedelta(days=1), week.ends_on + timedelta(days=7)
        ),
        "improvements": improvements_told(ward_code, week.start_at, as_of),
        "measured": figures_measured(measurement, ward_code),
        "signals": signals_measured(measurement, ward_code, as_of=as_of),
    }
    return without_residents(told)


def sources_of(
    week: Week, ranking: Detection | None, measured: dict[str, Any] | None
) -> list[dict[str, str]]:
    """What the numbers were read from: feeds, the latest files, boundaries, ranking, measures."""
    sources = []
    for feed in Feed.objects.order_by("code"):
        run = feed.runs.filter(state=ImportRun.State.DONE).order_by("-started_at").first()
        if run is not None:
            text = f"{run.file_name}, read {_day(run.started_at):%B %-d, %Y}, {run.digest[:12]}"
            sources.append({"name": feed.name, "text": text})
    for kept in BoundarySet.objects.filter(kind="ward", valid_from__lte=week.ends_on).order_by(
        "-valid_from"
    )[:1]:
        text = f"{kept.source}, in force from {kept.valid_from:%B %-d, %Y}, {kept.digest[:12]}"
        sources.append({"name": "Ward boundaries", "text": text})
    if measured is not None:
        day = _day(datetime.fromisoformat(measured["data_as_of"]))
        text = f"{measured['method']}, data up to {day:%B %-d, %Y}"
        sources.append({"name": "Measures", "text": text})
    if ranking is not None:
        text = f"{ranking.method}, data up to {_day(ranking.data_as_of):%B %-d, %Y}"
        sources.append({"name": "Ranking of candidates", "text": text})
    return sources


def _head(ward_code: str, week: Week, as_of: datetime) -> dict[str, Any]:
    sets = BoundarySet.objects.filter(kind="ward", valid_from__lte=week.ends_on)
    boundary = sets.order_by("-valid_from").first()
    ward = District.objects.filter(boundary_set=boundary, code=ward_code).only("name").first()
    run = ImportRun.objects.filter(state=ImportRun.State.DONE).aggregate(m=Max("data_as_of"))
    schematic = bool(boundary and boundary.schematic)
    return {
        "ward_code": ward_code,
        "ward_name": ward.name if ward else f"Ward {ward_code}",
        "liaison": liaison_of(ward_code, on=_day(as_of)),
        "week": week.name,
        "starts_on": week.starts_on.isoformat(),
        "ends_on": week.ends_on.isoformat(),
        "as_of": as_of.isoformat(),
        "today": _day(as_of).isoformat(),
        "data_as_of": min(run["m"], as_of).isoformat() if run["m"] else "",
        "schematic": schematic or Feed.objects.filter(schematic=True).exists(),
    }


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
