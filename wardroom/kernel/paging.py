"""Which rows of a long list stand on one page of it."""

from __future__ import annotations


def page_at(total: int, asked: int, rows: int) -> tuple[int, int, slice]:
    """The page that is shown, how many there are, and its rows: the last page at most."""
    pages = max(1, -(-total // rows))
    page = min(max(1, asked), pages)
    return page, pages, slice((page - 1) * rows, page * rows)
