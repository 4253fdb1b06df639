"""Which rows of a long list stand on one page of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class After:
    """The row that was read last, by what its list is ordered by; empty for the beginning."""

    key: tuple[Any, ...] = ()


class OtherList(ValueError):
    """The row that was read last is ordered by other things than this list, as of late maybe."""


def page_at(total: int, asked: int, rows: int) -> tuple[int, int, slice]:
    """The page that is shown, how many there are, and its rows: the last page at most."""
    pages = max(1, -(-total // rows))
    page = min(max(1, asked), pages)
    return page, pages, slice((page - 1) * rows, page * rows)
