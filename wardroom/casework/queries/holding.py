"""What the public form holds of a report that was not sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.casework.models import HeldPicture


@dataclass(frozen=True)
class HeldRow:
    """A picture that is held: its name, and the bytes to show and to send."""

    id: int
    name: str
    thumbnail: bytes
    content: bytes


def held_pictures(draft: str, *, at: datetime) -> tuple[HeldRow, ...]:
    """The pictures of a draft whose time is not over, in the order they came."""
    if not draft:
        return ()
    rows = HeldPicture.objects.filter(draft=draft, until__gte=at).order_by("pk")
    return tuple(HeldRow(r.pk, r.name, bytes(r.thumbnail), bytes(r.content)) for r in rows)
