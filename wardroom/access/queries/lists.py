"""Long lists in parts: by the number of a page for people, and from a row on for programs.

From a row on costs the same however deep in a list that row stands, and rows that come in or
leave meanwhile neither repeat another nor hide one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from wardroom.kernel.paging import After, OtherList, page_at

NAME = "after_{}"


@dataclass(frozen=True)
class Part:
    """The rows of one page, how many there are in all, and from where the list goes on."""

    rows: list[Any]
    total: int
    page: int
    pages: int
    following: After | None = None


@dataclass(frozen=True)
class _Term:
    """One thing that a list is ordered by, and where rows without it stand."""

    name: str
    by: Any
    descending: bool
    empty_last: bool
    may_be_empty: bool

    @property
    def order(self) -> OrderBy:
        where = {"nulls_last": True} if self.empty_last else {"nulls_first": True}
        return OrderBy(
            F(self.name), descending=self.descending, **(where if self.may_be_empty else {})
        )

    def same(self, value: Any) -> Q:
        """The rows that hold this very value."""
        return Q(**{f"{self.name}__isnull": True} if value is None else {self.name: value})

    def beyond(self, value: Any, *, or_same: bool = False) -> Q:
        """The rows that come after this value."""
        if value is None:
            return Q() if or_same and not self.empty_last else self._none_behind(or_same)
        verb = ("lt" if self.descending else "gt") + ("e" if or_same else "")
        found = Q(**{f"{self.name}__{verb}": value})
        if self.may_be_empty and self.empty_last:
            found |= Q(**{f"{self.name}__isnull": True})
        return found

    def _none_behind(self, or_same: bool) -> Q:
        if self.empty_last:
            return Q(**{f"{self.name}__isnull": True}) if or_same else Q(pk__in=[])
        return Q(**{f"{self.name}__isnull": False})


def part_of(
    rows: Any, order: Sequence[Any], *, page: int | After, size: int, shown: Any = None
) -> Part:
    """One page of a list in an order that is total; ``shown`` are its rows with all they need.

    ``page`` is the number of a page, the last at most, or the row that was read last.
    """
    total = rows.count()
    shown = rows if shown is None else shown
    if not isinstance(page, After):
        page, pages, cut = page_at(total, page, size)
        return Part(list(shown.order_by(*order)[cut]), total, page, pages)
    terms = [_term(shown, n, by) for n, by in enumerate(order)]
    named = shown.annotate(**{term.name: term.by for term in terms})
    if page.key:
        named = named.filter(_after(terms, page.key))
    found = list(named.order_by(*(term.order for term in terms))[: size + 1])
    more = len(found) > size
    last = tuple(getattr(found[size - 1], term.name) for term in terms) if more else ()
    return Part(found[:size], total, 1, -(-total // size) or 1, After(last) if more else None)


def _after(terms: Sequence[_Term], key: Sequence[Any]) -> Q:
    """Behind the row with this key: later by the first term, or as late and later by the next."""
    if len(terms) != len(key):
        raise OtherList("This key is of another list.")
    ways, same = [], Q()
    for term, value in zip(terms, key, strict=True):
        ways.append(same & term.beyond(value))
        same &= term.same(value)
    # Said twice, so that an index finds where to begin.
    return terms[0].beyond(key[0], or_same=True) & reduce(or_, ways)


def _term(rows: Any, number: int, by: Any) -> _Term:
    ordering = by if isinstance(by, OrderBy) else None
    expression = ordering.expression if ordering else F(str(by).removeprefix("-"))
    descending = ordering.descending if ordering else str(by).startswith("-")
    # Where nothing is said, PostgreSQL takes what is empty for the largest, SQLite for the least.
    empty_last = (connection.vendor == "postgresql") != descending
    if ordering and (ordering.nulls_last or ordering.nulls_first):
        empty_last = bool(ordering.nulls_last)
    return _Term(
        name=NAME.format(number),
        by=expression,
        descending=descending,
        empty_last=empty_last,
        may_be_empty=_may_be_empty(rows.model, expression),
    )


def _may_be_empty(model: Any, by: Any) -> bool:
    if not isinstance(by, F):
        return True
    path: str = cast(Any, by).name
    for name in path.split("__"):
        if name == "pk":
            return False
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:  # something that was worked out
            return True
        if field.null:
            return True
        model = field.related_model
    return False
