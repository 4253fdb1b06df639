"""The page of a list: filters, one table with sorting and paging, and a button to add one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, paging, table
from wardroom.web.ui.words import counted


class Found(Protocol):
    """A page of rows as queries give it."""

    @property
    def rows(self) -> Sequence[Any]: ...
    @property
    def total(self) -> int: ...
    @property
    def page(self) -> int: ...
    @property
    def pages(self) -> int: ...


@dataclass(frozen=True)
class ListWords:
    """What a list is called, what one of its rows is, and what stands there when it is empty.

    ``plural`` is what several rows are where that is not the noun with an s.
    """

    title: str
    noun: str
    empty: str
    crumbs: tuple[Crumb, ...]
    plural: str = ""


def list_page(
    request: HttpRequest,
    template: str,
    words: ListWords,
    found: Found,
    *,
    chosen: Sequence[Any],
    columns: Sequence[Column],
    cells: Callable[[Any], Sequence[Cell]],
    **more: Any,
) -> HttpResponse:
    """A list in its template; ``chosen`` are its filters, ``cells`` draws one row."""
    state = request.GET
    return page(
        request,
        template,
        title=words.title,
        crumbs=words.crumbs,
        filters=filters.bar(state, *chosen, keep=("sort",)),
        table=table(
            counted(found.total, words.noun, words.plural),
            columns,
            [cells(row) for row in found.rows],
            empty=words.empty,
            state=state,
            sort=getattr(found, "sort", ""),
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
        **more,
    )
