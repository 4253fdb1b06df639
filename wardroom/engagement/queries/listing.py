"""What lists of papers, promises and notices share: a page of rows in an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wardroom.access.queries.lists import part_of
from wardroom.kernel.paging import After

PAGE_ROWS = 25


@dataclass(frozen=True)
class Chosen:
    """The rows of one page, with how many there are in all."""

    rows: tuple[Any, ...]
    total: int
    page: int
    pages: int
    sort: str
    following: After | None = None


def chosen(
    rows: QuerySet[Any], *, sorts: Mapping[str, tuple[Any, ...]], sort: str, page: int | After
) -> Chosen:
    """A page of rows in the order asked for, or in the first there is; the last page at most."""
    sort = sort if sort in sorts else next(iter(sorts))
    part = part_of(rows, sorts[sort], page=page, size=PAGE_ROWS)
    return Chosen(tuple(part.rows), part.total, part.page, part.pages, sort, part.following)
