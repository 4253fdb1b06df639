"""Services for other programs: what HSDS asks of a list, and one whole. Open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wardroom.kernel.errors import NotFound
from wardroom.library.models import ListedService
from wardroom.library.queries.hsds import rows_of
from wardroom.library.rules.hsds.nesting import Nest

PER_PAGE, MOST_A_PAGE = 50, 200


@dataclass(frozen=True)
class Chosen:
    """What a program asks for; what is empty asks for nothing."""

    words: str = ""
    term: UUID | None = None
    taxonomy: UUID | None = None
    organization: UUID | None = None
    modified_after: datetime | None = None


@dataclass(frozen=True)
class Published:
    """A page of services, as the standard writes a page."""

    contents: tuple[dict[str, Any], ...]
    total: int
    page: int
    pages: int

    def to_plain(self) -> dict[str, Any]:
        """The page with the standard's own names."""
        return {
            "total_items": self.total,
            "total_pages": self.pages,
            "page_number": self.page,
            "size": len(self.contents),
            "first_page": self.page == 1,
            "last_page": self.page >= self.pages,
            "empty": not self.contents,
            "contents": list(self.contents),
        }


def published_services(
    chosen: Chosen, *, page: int, per_page: int, full: bool = False
) -> Published:
    """The services that fit, by number; a page past the end is empty."""
    rows = _chosen(chosen)
    total = rows.count()
    start = (page - 1) * per_page
    keys = list(rows.values_list("pk", flat=True)[start : start + per_page])
    contents = tuple(_told(keys, full=full)) if keys else ()
    return Published(contents, total, page, max(1, -(-total // per_page)))


def changed_services(chosen: Chosen) -> Published:
    """Only the number of each service that fits, and when it was changed, all on one page."""
    rows = _chosen(chosen).values_list("pk", "modified_at")
    told = tuple({"id": str(pk), "modified_date": at.isoformat()} for pk, at in rows)
    return Published(told, len(told), 1, 1)


def published_service(service_id: UUID) -> dict[str, Any]:
    """One service with everything that belongs to it; `NotFound` where there is none."""
    if not _chosen(Chosen()).filter(pk=service_id).exists():
        raise NotFound(f"no service {service_id}")
    return next(_told([service_id], full=True))


def _chosen(chosen: Chosen) -> QuerySet[ListedService]:
    rows = ListedService.objects.filter(withdrawn_at=None)
    live = Q(attributes__withdrawn_at=None)
    if chosen.term:
        served = live & Q(attributes__taxonomy_term=chosen.term)
        rows = rows.filter(pk__in=ListedService.objects.filter(served).values("pk"))
    if chosen.taxonomy:
        served = live & Q(attributes__taxonomy_term__taxonomy_id=chosen.taxonomy)
        rows = rows.filter(pk__in=ListedService.objects.filter(served).values("pk"))
    if chosen.organization:
        rows = rows.filter(organization=chosen.organization)
    if chosen.modified_after:
        rows = rows.filter(modified_at__gte=chosen.modified_after)
    for word in chosen.words.split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return rows.order_by("pk")


def _told(keys: list[UUID], *, full: bool) -> Iterator[dict[str, Any]]:
    nest = Nest.of(rows_of(keys))
    for key in keys:
        row = nest.by_id["service"][str(key)]
        yield nest.whole(row) if full else nest.brief(row)
