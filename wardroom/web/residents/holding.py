"""Pictures of a report that was not sent yet: held for two hours, had back by a signed word."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from wardroom.casework.actions import drop_pictures, hold_picture
from wardroom.casework.queries import HeldRow, held_pictures
from wardroom.casework.rules import MOST_PICTURES
from wardroom.documents.rules import MOST_BYTES
from wardroom.kernel.errors import Refused
from wardroom.web.edge import stamp_of
from wardroom.web.rows import number_meant
from wardroom.web.ui.work import network_of

LASTS = timedelta(hours=2)
OFTEN = {"report_held": "60/h/ip,200/h/key"}
SIGNER = Signer(salt="wardroom.web.residents.holding")
MOST_LETTERS = 300


@dataclass(frozen=True)
class Held:
    """The pictures that are attached already: ``word`` has them back, on this form alone."""

    word: str = ""
    draft: str = ""
    until: datetime | None = None
    rows: tuple[HeldRow, ...] = ()
    refused: tuple[Refused, ...] = field(default=())

    @property
    def shown(self) -> list[tuple[int, str, str]]:
        """Each with its number, its name and a small picture that the page itself holds."""
        return [(row.id, row.name, small_picture(row.thumbnail)) for row in self.rows]


def held_for(request: HttpRequest) -> Held:
    """What is held for this form; pictures that its sender takes off are held no longer."""
    word = request.POST.get("kept", "")[:MOST_LETTERS]
    at = stamp_of(request).at
    try:
        found: Any = SIGNER.unsign_object(word) if word else None
    except BadSignature:
        found = None
    if not isinstance(found, Mapping):
        return Held()
    until = datetime.fromisoformat(str(found["until"]))
    if until < at:
        return Held()
    draft = _draft(str(found["key"]))
    off = [number for each in request.POST.getlist("drop")[:9] if (number := number_meant(each))]
    if off:
        drop_pictures(draft, ids=off)
    return Held(word, draft, until, held_pictures(draft, at=at))


def hold(request: HttpRequest, held: Held) -> Held:
    """Hold the pictures that came with a form that stays open; it says which it could not hold."""
    files = request.FILES.getlist("pictures")
    if not files:
        return held
    if not consume(
        request, app="wardroom", action="report_held", key=network_of(request), config=OFTEN
    ):
        return replace(held, refused=(Refused("too_often", "", field="pictures"),))
    at = stamp_of(request).at
    if held.until is None:
        key, until = token_urlsafe(24), at + LASTS
        word = SIGNER.sign_object({"key": key, "until": until.isoformat()})
        held = Held(word, _draft(key), until)
    assert held.until is not None
    refused = []
    for file in files[: MOST_PICTURES + 1]:
        file.seek(0)
        content = file.read(MOST_BYTES + 1)
        try:
            hold_picture(held.draft, name=file.name or "picture", content=content, until=held.until)
        except Refused as no:
            refused.append(no)
    return replace(held, rows=held_pictures(held.draft, at=at), refused=tuple(refused))


def small_picture(content: bytes) -> str:
    """A small picture that a page holds itself: no address leads to it."""
    return "data:image/jpeg;base64," + base64.b64encode(content).decode()


def _draft(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
