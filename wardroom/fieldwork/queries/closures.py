"""What was closed in some days: requests of the mirror, or asks that an agency says are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor
from wardroom.fieldwork.models import SpotCheck
from wardroom.fieldwork.rules import REQUESTS, Cell, Wanted
from wardroom.library.queries import topic_of_services
from wardroom.matters.models import Ask
from wardroom.matters.policy import reach_of_asks
from wardroom.service_requests.queries import RequestFilters, closed_in, closed_spots


@dataclass(frozen=True)
class Closures:
    """The numbers of all that was closed, rising, each with its ward and kind."""

    numbers: list[int]
    cell_of: list[Cell]
    kinds: Mapping[str, str]

    @cached_property
    def cells(self) -> Mapping[Cell, int]:
        """How many were closed in each ward and kind."""
        return Counter(self.cell_of)


@dataclass(frozen=True)
class Spot:
    """Where something that was closed is to be looked at; ``wording`` is what was asked for."""

    place_key: int
    label: str
    latitude: float
    longitude: float
    ward_code: str
    agency: str
    closed_on: date
    wording: str = ""


def closures(wanted: Wanted, actor: Actor) -> Closures:
    """All that was closed in these days within reach; few statements, however much it is.

    The kind of a request is its topic, and that of an ask the agency that was asked.
    """
    if wanted.source != REQUESTS:
        rows = list(_asks(wanted, actor).values_list("pk", "ward_code", "asked_agency"))
        return Closures(
            [pk for pk, _, _ in rows],
            [(ward, agency) for _, ward, agency in rows],
            {agency: agency for _, _, agency in rows},
        )
    topics = topic_of_services()
    chosen = {
        service: topic
        for service, topic in topics.items()
        if topic.code in wanted.topics or not (wanted.topics or topic.routine)
    }
    filters = RequestFilters(
        ward=wanted.ward_code or None,
        agency=wanted.agency or None,
        closed_from=wanted.closed_from,
        closed_until=wanted.closed_until,
    )
    found = [row for row in closed_in(actor, filters) if row[2] in chosen]
    return Closures(
        [number for number, _, _ in found],
        [(ward, chosen[service].code) for _, ward, service in found],
        {topic.code: topic.name for topic in chosen.values()},
    )


def spots(wanted: Wanted, actor: Actor, numbers: Iterable[int]) -> Mapping[int, Spot]:
    """Where these lie, and nothing of what the agency says came of them."""
    if wanted.source == REQUESTS:
        return {
            number: Spot(
                place_key=r.place_key,
                label=r.address,
                latitude=r.latitude,
                longitude=r.longitude,
                ward_code=r.ward_code,
                agency=r.agency_code,
                closed_on=localdate(r.closed_at),
            )
            for number, r in closed_spots(actor, numbers).items()
        }
    rows = _asks(wanted, actor).filter(pk__in=list(numbers)).select_related("matter__place")
    return {ask.pk: _spot(ask) for ask in rows}


def earlier_checks(kinds: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    """How many were fixed of how many that somebody could tell, by kind, in all rounds so far."""
    told = SpotCheck.objects.filter(stands=True, stop__kind_code__in=sorted(kinds))
    by_kind = told.exclude(finding="cannot_determine").order_by().values("stop__kind_code")
    rows = by_kind.annotate(fixed=Count("pk", filter=Q(finding="fixed")), told=Count("pk"))
    return {row["stop__kind_code"]: (row["fixed"], row["told"]) for row in rows}


def _spot(ask: Any) -> Spot:
    place = ask.matter.place
    return Spot(
        place_key=place.key,
        label=place.label,
        latitude=place.latitude,
        longitude=place.longitude,
        ward_code=ask.ward_code,
        agency=ask.asked_agency,
        closed_on=localdate(ask.done_at),
        wording=ask.wording,
    )


def _asks(wanted: Wanted, actor: Actor) -> Any:
    """The asks of these days; none of a restricted matter, whoever draws."""
    rows = Ask.objects.within(reach_of_asks(actor)).filter(
        kind="referral",
        state="done",
        done_at__gte=_begin(wanted.closed_from),
        done_at__lt=_begin(wanted.closed_until + timedelta(days=1)),
        matter__restricted=False,
        matter__place__latitude__isnull=False,
    )
    equal = {"ward_code": wanted.ward_code, "asked_agency": wanted.agency}
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    return rows.exclude(ward_code="").order_by("pk")


def _begin(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
