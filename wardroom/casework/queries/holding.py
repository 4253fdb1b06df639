"""What the public form holds of a report that was not sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from wardroom.casework.models import HeldPicture


@dataclass(frozen=True)
class HeldRow:
    """A picture that is held: its name, and a small one to show."""

    id: int
    name: str
    thumbnail: bytes


def held_pictures(draft: str, *, at: datetime) -> tuple[HeldRow, ...]:
    """The pictures of a draft whose time is not over, in the order they came."""
    if not draft:
        return ()
    rows = _of(draft, at).values_list("pk", "name", "thumbnail")
    return tuple(HeldRow(number, name, bytes(small)) for number, name, small in rows)


def held_to_send(draft: str, *, at: datetime) -> tuple[tuple[str, bytes], ...]:
    """The same pictures in full, each with its name: read only where a report is sent."""
    if not draft:
        return ()
    rows = _of(draft, at).values_list("name", "content")
    return tuple((name, bytes(content)) for name, content in rows)


def _of(draft: str, at: datetime) -> QuerySet[HeldPicture]:
    rows: QuerySet[HeldPicture] = HeldPicture.objects.filter(draft=draft, until__gte=at)
    return rows.order_by("pk")
