"""The way from a number to its rows: a screen's name and filters as an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from wardroom.access.actor import Actor, Role
from wardroom.kernel.text import instant_in
from wardroom.matters.rules import kind_of

AS_OF = "as_of"


def rows_address(screen: str, filters: Iterable[tuple[str, str]]) -> str:
    """The address of the list that shows the rows behind a number."""
    query = urlencode([(name, value) for name, value in filters if value])
    return f"{reverse(screen)}?{query}" if query else reverse(screen)


def as_of_given(state: Mapping[str, str]) -> datetime | None:
    """The earlier instant whose rows an address asks for, or none for those of now."""
    return instant_in(state.get(AS_OF, ""))


def as_of_words(at: datetime | None) -> str:
    """What a list says on top when it shows an earlier instant."""
    if at is None:
        return ""
    return f", counted up to {date_format(timezone.localtime(at), 'M j, Y, g:i A')}"


def matter_address(kind: str, matter_id: int | str) -> str:
    """The page of a matter: each kind has its own."""
    return reverse(kind_of(kind).page, args=[matter_id])


def own_ward(actor: Actor) -> str:
    """The ward of a liaison who has one of their own: what they write down belongs to it."""
    own = actor.reach.wards - actor.reach.covers
    return next(iter(own)) if len(own) == 1 and not actor.reach.city else ""


def takes_in(actor: Actor) -> bool:
    """Whether this person takes complaints in, so that a page leads to the intake."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def number_meant(text: str) -> int | None:
    """The number of a thing as people write it, W-412 or 412; none where it is none."""
    text = text.strip().upper().removeprefix("W-")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
