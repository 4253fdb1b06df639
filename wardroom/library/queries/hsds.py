"""Services as HSDS has them: the rows of every table as plain values, by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from wardroom.access.models import in_pieces
from wardroom.library.models import (
    CostOption,
    HoursOpen,
    HsdsRow,
    ListedArea,
    ListedLanguage,
    ListedOrganization,
    ListedPhone,
    ListedService,
    Need,
    NeededPaper,
    NeedServed,
    ServiceAtSite,
    Site,
    SiteAddress,
)
from wardroom.library.rules.hsds.cells import Row
from wardroom.library.rules.hsds.tables import TABLES

MODELS: Mapping[str, type[HsdsRow]] = {
    "organization": ListedOrganization,
    "taxonomy_term": Need,
    "service": ListedService,
    "location": Site,
    "service_at_location": ServiceAtSite,
    "address": SiteAddress,
    "phone": ListedPhone,
    "schedule": HoursOpen,
    "service_area": ListedArea,
    "language": ListedLanguage,
    "required_document": NeededPaper,
    "cost_option": CostOption,
    "attribute": NeedServed,
}
AT_ONCE = 400


def plain_rows(
    table: str, ids: Iterable[str] | None = None, *, withdrawn: bool = False
) -> dict[str, Row]:
    """The rows of a table as HSDS has them, by number; all, or only these."""
    model: Any = MODELS[table]
    columns = [column.name for column in TABLES[table].columns]
    rows = model.objects.order_by("pk")
    if not withdrawn:
        rows = rows.filter(withdrawn_at=None)
    if ids is None:
        return {str(row["id"]): _plain(row) for row in rows.values(*columns)}
    wanted = list(ids)
    found: dict[str, Row] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = rows.filter(pk__in=wanted[start : start + AT_ONCE])
        found |= {str(row["id"]): _plain(row) for row in part.values(*columns)}
    return found


def known_rows(given: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Row]]:
    """What the office has of everything that a file names or points to."""
    wanted: dict[str, set[str]] = {name: set(given.get(name, ())) for name in TABLES}
    for name, rows in given.items():
        if isinstance(rows, Mapping):
            for column in TABLES[name].columns:
                if column.to:
                    wanted[column.to] |= {row[column.name] for row in rows.values()} - {None}
    return {name: plain_rows(name, sorted(ids)) for name, ids in wanted.items()}


def every_row(table: str) -> Iterator[Row]:
    """Every row of a table by its number, however many there are; some are read at a time."""
    columns = [column.name for column in TABLES[table].columns]
    for piece in in_pieces(_live(MODELS[table]).values(*columns), by="id"):
        yield from map(_plain, piece)


def every_service() -> Iterator[dict[str, list[Row]]]:
    """Every service with the rows of all tables that belong to it, some services at a time."""
    for piece in in_pieces(_live(ListedService), by="pk", size=AT_ONCE // 2):
        yield rows_of([service.pk for service in piece])


def all_rows() -> dict[str, list[Row]]:
    """Every table whole, for a file of everything."""
    return {name: list(plain_rows(name).values()) for name in TABLES}


def rows_of(services: Sequence[UUID | str]) -> dict[str, list[Row]]:
    """The rows of all tables that belong to these services, in as many questions for one as
    for many."""
    mine = Q(service__in=services)
    at = list(_live(ServiceAtSite).filter(service__in=services).values_list("pk", "location_id"))
    sites, at_sites = {location for _, location in at}, [pk for pk, _ in at]
    here = mine | Q(location__in=sites)
    everywhere = here | Q(service_at_location__in=at_sites)
    owners = _live(ListedOrganization).filter(services__in=services).distinct()
    chosen: dict[str, Any] = {
        "organization": owners,
        "service": _live(ListedService).filter(pk__in=services),
        "location": _live(Site).filter(pk__in=sites),
        "service_at_location": _live(ServiceAtSite).filter(pk__in=at_sites),
        "address": _live(SiteAddress).filter(location__in=sites),
        "phone": _live(ListedPhone).filter(everywhere | Q(organization__services__in=services)),
        "schedule": _live(HoursOpen).filter(everywhere),
        "service_area": _live(ListedArea).filter(mine),
        "language": _live(ListedLanguage).filter(here),
        "required_document": _live(NeededPaper).filter(mine),
        "cost_option": _live(CostOption).filter(mine),
        "attribute": _live(NeedServed).filter(link__in=services),
        "taxonomy_term": _live(Need).filter(served__link__in=services),
    }
    return {name: _unlike(name, rows) for name, rows in chosen.items()}


def services_touched(rows: Iterable[tuple[str, str]]) -> set[UUID]:
    """The services to which something happens when these rows change."""
    by_table: dict[str, list[str]] = {}
    for table, key in rows:
        by_table.setdefault(table, []).append(key)
    found: set[UUID] = set()
    for table, keys in by_table.items():
        for start in range(0, len(keys), AT_ONCE):
            found |= _services_with(table, keys[start : start + AT_ONCE])
    return found


_WAYS: Mapping[str, tuple[str, ...]] = {
    "organization": ("organization",),
    "taxonomy_term": ("attributes__taxonomy_term",),
    "service": ("pk",),
    "location": ("at_sites__location",),
    "service_at_location": ("at_sites",),
    "address": ("at_sites__location__addresses",),
    "phone": ("listedphones", "at_sites__listedphones", "at_sites__location__listedphones"),
    "schedule": ("hoursopens", "at_sites__hoursopens", "at_sites__location__hoursopens"),
    "service_area": ("service_areas",),
    "language": ("languages", "at_sites__location__languages"),
    "required_document": ("required_documents",),
    "cost_option": ("cost_options",),
    "attribute": ("attributes",),
}


def _services_with(table: str, keys: list[str]) -> set[UUID]:
    found: set[UUID] = set()
    for way in _WAYS[table]:
        rows = ListedService.objects.filter(**{f"{way}__in": keys})
        found |= set(rows.values_list("pk", flat=True))
    return found


def _live(model: Any) -> Any:
    return model.objects.filter(withdrawn_at=None)


def _unlike(name: str, rows: Any) -> list[Row]:
    """The rows as plain values, each once, whatever the join made of them."""
    columns = [column.name for column in TABLES[name].columns]
    return list({row["id"]: _plain(row) for row in rows.order_by("pk").values(*columns)}.values())


def _plain(row: Mapping[str, Any]) -> Row:
    return {name: _said(value) for name, value in row.items()}


def _said(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
