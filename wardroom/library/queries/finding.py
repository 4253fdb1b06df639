"""Services that fit somebody: by need, open now, near, for their age and ward, in their
language; and one service whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from wardroom.access.actor import Actor
from wardroom.city.rules import metres_between
from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.library import policy
from wardroom.library.models import HoursOpen, ListedService, Need, ServiceAtSite
from wardroom.library.queries.held import office_hours
from wardroom.library.queries.hsds import rows_of
from wardroom.library.queries.telling import (
    HOURS,
    NeedRow,
    SiteRow,
    brief_told,
    costs_told,
    hours_in,
    hours_told,
    languages_told,
    needs_told,
    phones_told,
    site_told,
)
from wardroom.library.rules.eligible import age_words, fits_age, serves_ward
from wardroom.library.rules.freshness import freshness_words, is_stale
from wardroom.library.rules.hours import Hours, Standing, open_words, standing
from wardroom.library.rules.hsds.nesting import Nest

PAGE_ROWS = 20
MOST_CHOICES = 200
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KEPT = frozenset({"assure", "alert", "revise", "close"})
LIVE = ("active", "temporarily closed")
SPOKEN, BY_INTERPRETER = "spoken", "interpreter"


@dataclass(frozen=True)
class Wanted:
    """What somebody needs, and what is asked of a service so that it fits them."""

    words: str = ""
    need: str = ""
    language: str = ""
    age: int | None = None
    ward: str = ""
    point: tuple[float, float] | None = None
    open_now: bool = False


@dataclass(frozen=True)
class ServiceHit:
    """A service that fits, with what decides whether to send somebody there."""

    id: str
    name: str
    organization: str
    alert: str
    closed_for_now: bool
    freshness: str
    stale: bool
    is_open: bool
    open_words: str
    metres: float | None
    where: str
    phone: str
    ages: str
    who: str
    language: str
    needs: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True)
class ServicesFound:
    """A page of services that fit."""

    rows: tuple[ServiceHit, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class ServiceFile:
    """One service with everything the office knows of it."""

    id: str
    name: str
    organization: str
    party_id: int | None
    status: str
    alert: str
    alert_until: date | None
    description: str
    url: str
    email: str
    who: str
    ages: str
    how: str
    cost: tuple[str, ...]
    interpreter: str
    languages: tuple[str, ...]
    papers: tuple[str, ...]
    needs: tuple[NeedRow, ...]
    areas: tuple[str, ...]
    phones: tuple[str, ...]
    hours: tuple[str, ...]
    sites: tuple[SiteRow, ...]
    freshness: str
    stale: bool
    assurer: str
    open_words: str
    is_open: bool
    timeline: TimelinePage
    allowed: frozenset[str]


def need_tree() -> tuple[NeedRow, ...]:
    """Every need, each under what it is a part of."""
    rows = list(Need.objects.filter(withdrawn_at=None).order_by("name", "pk"))
    below: dict[UUID | None, list[Need]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    made: list[NeedRow] = []
    for top in below[None]:
        made.append(_need(top, top.name))
        made += [_need(one, f"{top.name}: {one.name}") for one in below.pop(top.pk, [])]
    below.pop(None)
    deeper = [one for many in below.values() for one in many]
    return (*made, *(_need(one, one.name) for one in deeper))


def find_services(actor: Actor, wanted: Wanted, *, at: datetime, page: int = 1) -> ServicesFound:
    """The services that fit, what is open and near first.

    What is open now comes first, then the nearest, then who speaks the language itself before
    who has an interpreter, then the name.
    """
    if not policy.may_see_services(actor):
        raise NotAllowed
    rows = [r for r in _fitting(wanted) if fits_age(wanted.age, r.minimum_age, r.maximum_age)]
    ids = [row.pk for row in rows]
    local = _local(at)
    open_at = _standings(ids, local)
    near = _metres(ids, wanted.point)
    spoken = _spoken(ids, wanted.language)
    fit = [
        row
        for row in rows
        if _is_for(row, wanted, spoken) and (not wanted.open_now or open_at[row.pk].is_open)
    ]
    fit.sort(
        key=lambda row: (
            row.status != "active",
            not open_at[row.pk].is_open,
            near.get(row.pk, float("inf")) if wanted.point else 0.0,
            spoken.get(row.pk) != SPOKEN if wanted.language else False,
            row.name.casefold(),
            str(row.pk),
        )
    )
    page, pages, on_page = page_at(len(fit), page, PAGE_ROWS)
    shown = fit[on_page]
    nest = Nest.of(rows_of([row.pk for row in shown]))
    hits = tuple(_hit(row, nest, open_at[row.pk], near, spoken, local) for row in shown)
    return ServicesFound(hits, len(fit), page, pages)


def service_file(service_id: UUID, actor: Actor, *, at: datetime) -> ServiceFile:
    """One service whole; `NotFound` where there is none."""
    row = get_listed_service(service_id, actor)
    nest = Nest.of(rows_of([row.pk]))
    told = nest.whole(nest.by_id["service"][str(row.pk)])
    local = _local(at)
    now = _standings([row.pk], local)[row.pk]
    return ServiceFile(
        id=str(row.pk),
        name=row.name,
        organization=row.organization.name,
        party_id=row.organization.party_id,
        status=row.status,
        alert=row.alert,
        alert_until=row.alert_until,
        description=row.description,
        url=row.url,
        email=row.email,
        who=row.eligibility_description,
        ages=age_words(row.minimum_age, row.maximum_age),
        how=row.application_process,
        cost=costs_told(row.fees_description, told),
        interpreter=row.interpretation_services,
        languages=languages_told(told),
        papers=tuple(one["document"] for one in told.get("required_documents", ())),
        needs=needs_told(told),
        areas=tuple(one["name"] for one in told.get("service_areas", ()) if one.get("name")),
        phones=phones_told(told) or phones_told(told.get("organization", {})),
        hours=hours_told(told),
        sites=tuple(site_told(one) for one in told.get("service_at_locations", ())),
        freshness=freshness_words(row.assured_date, today=local.date()),
        stale=is_stale(row.assured_date, today=local.date()),
        assurer=row.assurer_email,
        open_words=open_words(now, local),
        is_open=now.is_open,
        timeline=timeline(actor, refs=[Ref("listing", str(row.pk))]),
        allowed=KEPT if policy.may_keep_services(actor, None) else frozenset(),
    )


def get_listed_service(service_id: UUID | str, actor: Actor) -> ListedService:
    """A service to act on; `NotFound` where there is none, or none for this person."""
    rows = ListedService.objects.select_related("organization").filter(withdrawn_at=None)
    row = rows.filter(pk=service_id).first() if policy.may_see_services(actor) else None
    if row is None:
        raise NotFound(f"no service {service_id}")
    return row


def get_services_to_quiet(*, on: date) -> list[ListedService]:
    """The services whose alert ended before a day, for the worker."""
    return list(ListedService.objects.filter(alert_until__lt=on, withdrawn_at=None))


def get_need(key: UUID | str) -> Need | None:
    """A need by its number; none where there is none."""
    try:
        return Need.objects.filter(pk=UUID(str(key)), withdrawn_at=None).first()
    except ValueError:
        return None


def services_named(keys: Iterable[str], actor: Actor) -> list[tuple[str, str]]:
    """The services of these numbers by name; what is no number of one is left out."""
    if not policy.may_see_services(actor):
        raise NotAllowed
    good = {key for key in keys if NUMBER.fullmatch(key)}
    rows = ListedService.objects.filter(pk__in=good, withdrawn_at=None).order_by("name", "pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def live_services(actor: Actor) -> list[tuple[str, str]]:
    """The first 200 services by name that somebody can be sent to; more are found by a search."""
    if not policy.may_see_services(actor):
        raise NotAllowed
    rows = ListedService.objects.filter(status__in=LIVE, withdrawn_at=None).order_by("name", "pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")[:MOST_CHOICES]]


def _fitting(wanted: Wanted) -> list[ListedService]:
    rows = ListedService.objects.filter(withdrawn_at=None, status__in=LIVE)
    if wanted.need:
        rows = rows.filter(pk__in=_serving(wanted.need))
    for word in wanted.words.split()[:8]:
        rows = rows.filter(_says(word))
    return list(rows.prefetch_related("service_areas").order_by("name", "pk").distinct())


def _serving(need: str) -> QuerySet[Any, Any]:
    try:
        key = UUID(need)
    except ValueError:
        return ListedService.objects.none().values("pk")
    inside = Q(attributes__taxonomy_term=key) | Q(attributes__taxonomy_term__parent=key)
    live = Q(attributes__withdrawn_at=None)
    return ListedService.objects.filter(inside, live).values("pk")


def _says(word: str) -> Q:
    fields = ("name", "alternate_name", "description", "organization__name")
    said = Q()
    for name in fields:
        said |= Q(**{f"{name}__icontains": word})
    needs = Need.objects.filter(
        Q(name__icontains=word) | Q(words__icontains=word) | Q(parent__words__icontains=word)
    )
    served = ListedService.objects.filter(attributes__taxonomy_term__in=needs)
    return said | Q(pk__in=served.values("pk"))


def _is_for(row: ListedService, wanted: Wanted, spoken: Mapping[UUID, str]) -> bool:
    if wanted.language and row.pk not in spoken:
        return False
    areas = [area.name for area in row.service_areas.all() if area.withdrawn_at is None]
    return serves_ward(areas, wanted.ward)


def _local(at: datetime) -> datetime:
    """The time on the city's own clocks."""
    return localtime(at).replace(tzinfo=None)


def _standings(ids: Sequence[UUID], local: datetime) -> dict[UUID, Standing]:
    """How each service stands; its own hours count before those of its sites."""
    own: dict[UUID, list[Hours]] = defaultdict(list)
    sites: dict[UUID, list[Hours]] = defaultdict(list)
    mine = Q(service__in=ids) | Q(service_at_location__service__in=ids)
    there = Q(location__at_sites__service__in=ids)
    columns = ("service", "service_at_location__service", "location__at_sites__service")
    for row in HoursOpen.objects.filter(mine | there, withdrawn_at=None).values(
        "id", *HOURS, *columns
    ):
        for path in columns[:2]:
            if row[path]:
                own[row[path]].append(hours_in(row))
        if row[columns[2]] and not (row[columns[0]] or row[columns[1]]):
            sites[row[columns[2]]].append(hours_in(row))
    calendar = office_hours()
    holidays = calendar.holidays if calendar else {}
    return {pk: standing(own.get(pk) or sites.get(pk, []), local, holidays) for pk in ids}


def _metres(ids: Sequence[UUID], point: tuple[float, float] | None) -> dict[UUID, float]:
    if point is None:
        return {}
    near: dict[UUID, float] = {}
    rows = ServiceAtSite.objects.filter(service__in=ids, withdrawn_at=None)
    for service, latitude, longitude in rows.values_list(
        "service", "location__latitude", "location__longitude"
    ):
        if latitude is not None and longitude is not None:
            away = metres_between(*point, latitude, longitude)
            near[service] = min(away, near.get(service, away))
    return near


def _spoken(ids: Sequence[UUID], language: str) -> dict[UUID, str]:
    """In which of these the language is spoken, or an interpreter comes."""
    if not language:
        return {}
    name = LANGUAGES.get(language, language)
    rows = ListedService.objects.filter(pk__in=ids)
    said = Q(languages__code__istartswith=language) | Q(languages__name__iexact=name)
    there = Q(at_sites__location__languages__code__istartswith=language)
    found = dict.fromkeys(
        rows.exclude(interpretation_services="").values_list("pk", flat=True), BY_INTERPRETER
    )
    return found | dict.fromkeys(rows.filter(said | there).values_list("pk", flat=True), SPOKEN)


def _hit(
    row: ListedService,
    nest: Nest,
    now: Standing,
    near: Mapping[UUID, float],
    spoken: Mapping[UUID, str],
    local: datetime,
) -> ServiceHit:
    told = nest.whole(nest.by_id["service"][str(row.pk)])
    brief = brief_told(told)
    return ServiceHit(
        id=str(row.pk),
        name=row.name,
        organization=brief.organization,
        alert=row.alert,
        closed_for_now=row.status != "active",
        freshness=freshness_words(row.assured_date, today=local.date()),
        stale=is_stale(row.assured_date, today=local.date()),
        is_open=now.is_open,
        open_words=open_words(now, local),
        metres=near.get(row.pk),
        where=brief.where,
        phone=brief.phone,
        ages=age_words(row.minimum_age, row.maximum_age),
        who=row.eligibility_description,
        language=spoken.get(row.pk, ""),
        needs=tuple(need.name for need in needs_told(told)),
        papers=brief.bring,
    )


def _need(row: Need, label: str) -> NeedRow:
    return NeedRow(str(row.pk), row.name, str(row.parent_id or ""), label)
