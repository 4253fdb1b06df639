"""What lists of papers, promises and notices share: a page of rows in an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wardroom.kernel.paging import page_at

PAGE_ROWS = 25


@dataclass(frozen=True)
class Chosen:
    """The rows of one page, with how many there are in all."""

    rows: tuple[Any, ...]
    total: int
    page: int
    pages: int
    sort: str


def chosen(
    rows: QuerySet[Any], *, sorts: Mapping[str, tuple[Any, ...]], sort: str, page: int
) -> Chosen:
    """A page of rows in the order asked for, or in the first there is; the last page at most."""
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in sorts else next(iter(sorts))
    found = rows.order_by(*sorts[sort])[on_page]
    return Chosen(tuple(found), total, page, pages, sort)
