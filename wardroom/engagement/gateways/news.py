"""What the other storeys tell this one: what they made public, by registration at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from wardroom.matters.rules.news import PublicNews

Source = Callable[[datetime, datetime], Iterable[PublicNews]]
Standing = Callable[[], Iterable[PublicNews]]
_SOURCES: list[Source] = []
_STANDING: list[Standing] = []


def gather_news_with(source: Source) -> None:
    """Ask this, too, what became public between two instants."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def show_places_with(standing: Standing) -> None:
    """Ask this, too, which places have a text for the public now."""
    if standing not in _STANDING:
        _STANDING.append(standing)


def told_by_others(since: datetime, until: datetime) -> tuple[PublicNews, ...]:
    """All that others made public between two instants."""
    return tuple(news for source in _SOURCES for news in source(since, until))


def places_of_others() -> tuple[PublicNews, ...]:
    """All places that others have a text for the public about."""
    return tuple(news for standing in _STANDING for news in standing())
