"""What a monthly report to an ANC is told from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.timezone import localdate

from wardroom.access.models import Seal
from wardroom.city.models import BoundarySet, District, Membership
from wardroom.city.queries import AreaRow, area_row
from wardroom.city.rules import ward_of_area
from wardroom.directory.queries import liaison_of
from wardroom.engagement.models import CommissionPaper
from wardroom.fieldwork.models import SpotCheck
from wardroom.matters.models import Ask
from wardroom.matters.queries import asks_at, deadlines_at, open_matters_at
from wardroom.problems.models import PersistentLocation
from wardroom.problems.queries import latest_detection
from wardroom.problems.rules import stages_reached
from wardroom.reporting.queries.gathering.around import walks_told
from wardroom.reporting.queries.gathering.coming_up import coming_up
from wardroom.reporting.queries.gathering.placed import episodes_of, first_plans, last_checks
from wardroom.reporting.queries.residents import names_of_residents_in
from wardroom.reporting.rules.months import Month
from wardroom.service_requests.models import Feed, ImportRun, ServiceRequest

NOTICES = "dc-anc"


def month_of_area(
    area: str, month: Month, *, as_of: datetime, drafted_at: datetime
) -> dict[str, Any]:
    """The requests of each SMD, the locations, and the clocks of one ANC in one month."""
    last = min(month.ends_on, localdate(as_of))
    row = area_row("anc", area, on=last)
    smds = smds_of(row.code, on=last)
    run = ImportRun.objects.filter(state=ImportRun.State.DONE).aggregate(m=Max("data_as_of"))
    boundary = BoundarySet.objects.filter(districts=row.district_id).first()
    ward = ward_of_area(row.code)
    return {
        "head": {
            "area": row.code,
            "month": month.name,
            "liaison": liaison_of(ward, on=last),
            "starts_on": month.starts_on.isoformat(),
            "ends_on": month.ends_on.isoformat(),
            "as_of": as_of.isoformat(),
            "data_as_of": min(run["m"], as_of).isoformat() if run["m"] else "",
            "schematic": bool(boundary and boundary.schematic)
            or Feed.objects.filter(schematic=True).exists(),
            "boundary": f"{boundary.source}, in force from {boundary.valid_from:%B %-d, %Y},"
            f" {boundary.digest[:12]}"
            if boundary
            else "",
        },
        "smds": _requests_of(smds, month, as_of),
        "locations": locations_told(row, ward, as_of),
        "notices": _notices(row, as_of),
        "walks": walks_told(ward, month.starts_on, min(month.end_at, as_of)),
        "ahead": coming_up(ward, row.district_id, month, at=drafted_at),
    }


def sources_of_month(rows: dict[str, Any]) -> list[dict[str, str]]:
    """The latest file of each feed, and the boundaries."""
    sources = []
    for feed in Feed.objects.order_by("code"):
        run = feed.runs.filter(state=ImportRun.State.DONE).order_by("-started_at").first()
        if run is not None:
            text = f"read {localdate(run.started_at):%B %-d, %Y}, {run.digest[:12]}"
            sources.append({"name": feed.name, "text": text})
    return [*sources, {"name": "Boundaries", "text": rows["head"]["boundary"]}]


def smds_of(anc: str, *, on: date) -> list[District]:
    """The single-member districts of an ANC that hold on a day, by their codes."""
    rows = District.objects.filter(
        boundary_set__kind="smd", boundary_set__valid_from__lte=on, code__istartswith=anc
    ).filter(Q(boundary_set__valid_until=None) | Q(boundary_set__valid_until__gt=on))
    return list(rows.defer("shape", "outline").order_by("code"))


def _requests_of(smds: list[District], month: Month, as_of: datetime) -> list[dict[str, Any]]:
    """The requests of each SMD, opened, closed and seen fixed in a month, and past due.

    All of them are read together: a look for each SMD and number would read the city's requests
    many times over. A code may have stood for other boundaries when a request was placed.
    """
    codes = [smd.code for smd in smds]
    same = District.objects.filter(boundary_set__kind="smd", code__in=codes).order_by("pk")
    code_of = dict(same.values_list("pk", "code"))
    rows = ServiceRequest.objects.filter(smd__in=list(code_of))
    end = min(month.end_at, as_of)
    opened = Q(opened_at__gte=month.start_at, opened_at__lt=end)
    closed = Q(closed_at__gte=month.start_at, closed_at__lt=end)
    told: dict[str, dict[str, Any]] = {
        code: {"code": code, "opened": [], "closed": [], "verified": [], "past_due": []}
        for code in codes
    }
    closed_in: dict[int, str] = {}
    for pk, smd, opened_at, closed_at in (
        rows.filter(opened | closed)
        .order_by("pk")
        .values_list("pk", "smd_id", "opened_at", "closed_at")
    ):
        if month.start_at <= opened_at < end:
            told[code_of[smd]]["opened"].append(pk)
        if closed_at is not None and month.start_at <= closed_at < end:
            told[code_of[smd]]["closed"].append(pk)
            closed_in[pk] = code_of[smd]
    for pk, smd in rows.standing("overdue", at=end).order_by("pk").values_list("pk", "smd_id"):
        told[code_of[smd]]["past_due"].append(pk)
    for pk in _seen_fixed(month, as_of):
        if pk in closed_in:
            told[closed_in[pk]]["verified"].append(pk)
    return [told[code] for code in codes]


def _seen_fixed(month: Month, as_of: datetime) -> list[int]:
    """What spot checks of rounds that had ended found fixed of what was closed since a month."""
    seen = SpotCheck.objects.filter(stands=True, finding="fixed", seen_at__lt=as_of)
    seen = seen.filter(stop__round__ended_at__lt=as_of)
    seen = seen.filter(stop__request__closed_at__gte=month.start_at)
    return list(seen.order_by("stop__request").values_list("stop__request", flat=True))


def locations_told(area: AreaRow, ward: str, as_of: datetime) -> list[dict[str, Any]]:
    """The locations of the ANC that were open, with the words that are for the public."""
    here = Membership.objects.filter(district=area.district_id).values("place")
    sealed = Seal.objects.filter(noun="matter").values_list("key", flat=True)
    rows = PersistentLocation.objects.filter(matter__place__in=here).select_related("matter")
    rows = rows.exclude(matter__in=[int(key) for key in sealed])
    wards = {row.matter.ward_code for row in rows}
    still = {key: then for code in wards for key, then in open_matters_at(as_of, ward=code).items()}
    mine = [row for row in rows.order_by("pk") if row.matter_id in still]
    matters = [row.matter_id for row in mine]
    planned, checked = first_plans(matters, as_of), last_checks(matters, as_of)
    agreed = _agreed(wards, as_of)
    episodes = episodes_of([row.place_id for row in mine], latest_detection(at=as_of))
    names = names_of_residents_in("")
    return [
        {
            "matter_id": row.matter_id,
            "public_text": names.left_out_of(row.matter.public_text),
            "topics": " ".join(str(topic) for topic in row.topics),
            "episodes": episodes.get(row.place_id, 0),
            "stage": stages_reached(
                planned=row.matter_id in planned,
                answered=row.matter_id in agreed,
                checked=_is_after(checked.get(row.matter_id), planned.get(row.matter_id)),
            )[-1],
        }
        for row in mine
    ]


def _agreed(wards: Iterable[str], as_of: datetime) -> set[int]:
    asks = (ask for code in wards for ask in asks_at(as_of, ward=code).values())
    return {ask.matter_id for ask in asks if ask.state in ("accepted", "done")}


def _is_after(seen: datetime | None, planned: datetime | None) -> bool:
    return seen is not None and planned is not None and seen >= planned


def _notices(area: AreaRow, as_of: datetime) -> list[dict[str, Any]]:
    """The clocks of the ANC rules on matters at places in the ANC, and on its own papers."""
    here = Membership.objects.filter(district=area.district_id).values("place")
    rows = Ask.objects.filter(kind="legal_deadline", rule_code__startswith=NOTICES)
    own = CommissionPaper.objects.filter(
        anc_code__iexact=area.code, matter__restricted=False
    ).values("matter")
    rows = rows.filter(Q(matter__place__in=here) | Q(matter__in=own))
    known = {ask.pk: ask.why_due or {} for ask in rows}
    return [
        {
            "ask_id": clock.ask_id,
            "matter_id": clock.matter_id,
            "name": known[clock.ask_id].get("name", "Clock"),
            "due_on": clock.due_on.isoformat(),
            "citation": clock.citation,
        }
        for clock in (deadlines_at(as_of) if known else ())
        if clock.ask_id in known
    ]
