"""The way from a number to its rows: a screen's name and filters as an address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse


def rows_address(screen: str, filters: Iterable[tuple[str, str]]) -> str:
    """The address of the list that shows the rows behind a number."""
    query = urlencode([(name, value) for name, value in filters if value])
    return f"{reverse(screen)}?{query}" if query else reverse(screen)
