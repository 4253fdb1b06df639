"""What is said of a service as its form shows it, and the rows that say it line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict

from wardroom.access.actor import Actor
from wardroom.library.models import (
    HoursOpen,
    ListedLanguage,
    ListedPhone,
    ListedService,
    NeedServed,
    ServiceAtSite,
)
from wardroom.library.queries.finding import get_listed_service
from wardroom.library.queries.telling import ADDRESS, hours_in, phone_told
from wardroom.library.rules.by_hand import COLUMNS, ServiceDraft
from wardroom.library.rules.hours import begins, in_words


class Lines(NamedTuple):
    """Rows of a service, and the line that each is told by."""

    rows: Callable[[ListedService], Iterable[Any]]
    line: Callable[[Any], str]


def _of_service(model: Any, link: str = "service") -> Callable[[ListedService], QuerySet[Any]]:
    def rows(service: ListedService) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(**{link: service, "withdrawn_at": None})
        return found.order_by("pk")

    return rows


def _plain(row: Model) -> Mapping[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if value is not None}


def _places(service: ListedService) -> QuerySet[ServiceAtSite]:
    rows = ServiceAtSite.objects.filter(service=service, withdrawn_at=None)
    return rows.select_related("location").prefetch_related("location__addresses").order_by("pk")


def _hours(service: ListedService) -> list[HoursOpen]:
    rows = HoursOpen.objects.filter(service=service, withdrawn_at=None)
    return sorted(rows.order_by("pk"), key=lambda row: begins(hours_in(_plain(row))))


def _place_line(row: ServiceAtSite) -> str:
    for address in row.location.addresses.all():
        if address.withdrawn_at is None and address.address_type == "physical":
            return ", ".join(getattr(address, n) for n in ADDRESS if getattr(address, n))
    return row.location.name or row.location.url or "A place without an address"


LINES: Mapping[str, Lines] = {
    "needs": Lines(_of_service(NeedServed, "link"), lambda row: str(row.taxonomy_term_id)),
    "places": Lines(_places, _place_line),
    "hours": Lines(_hours, lambda row: in_words([hours_in(_plain(row))])[0]),
    "phones": Lines(_of_service(ListedPhone), lambda row: phone_told(_plain(row))),
    "languages": Lines(_of_service(ListedLanguage), lambda row: row.code or row.name),
}


def draft_of(service: ListedService) -> ServiceDraft:
    """What is said of a service now, as its form shows it."""
    said: dict[str, Any] = {
        name: tuple(dict.fromkeys(lines.line(row) for row in lines.rows(service)))
        for name, lines in LINES.items()
    }
    return ServiceDraft(
        organization=service.organization.name,
        assured_date=service.assured_date,
        **{name: getattr(service, name) for name in COLUMNS},
        **said,
    )


def service_draft(service_id: UUID, actor: Actor) -> ServiceDraft:
    """What is said of a service now; `NotFound` where there is none for this person."""
    return draft_of(get_listed_service(service_id, actor))
