"""Pictures of a report that was not sent yet: held for three hours, had back by a signed word."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from wardroom.api.limits import caller_of, turn
from wardroom.casework.actions import drop_pictures, hold_picture, hold_until
from wardroom.casework.queries import HeldRow, held_pictures, held_to_send
from wardroom.casework.rules import MOST_PICTURES, SAME_WITHIN
from wardroom.documents.rules import MOST_BYTES
from wardroom.kernel.errors import Refused
from wardroom.kernel.rates import Rate
from wardroom.web.edge import stamp_of
from wardroom.web.rows import number_meant
from wardroom.web.ui.work import LASTS, network_of

OFTEN, OF_A_NETWORK = Rate(60), Rate(200)
SIGNER = Signer(salt="wardroom.web.residents.holding")
MOST_LETTERS = 300


@dataclass(frozen=True)
class Held:
    """The pictures that are attached already: ``word`` has them back, on this form alone.

    ``lost`` says that the page showed some and that they are gone.
    """

    word: str = ""
    draft: str = ""
    until: datetime | None = None
    rows: tuple[HeldRow, ...] = ()
    refused: tuple[Refused, ...] = field(default=())
    lost: bool = False

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
        return Held(lost=bool(word))
    until = datetime.fromisoformat(str(found["until"]))
    if until < at:
        return Held(lost=True)
    draft = _draft(str(found["key"]))
    off = [number for each in request.POST.getlist("drop")[:9] if (number := number_meant(each))]
    if off:
        drop_pictures(draft, ids=off)
    rows = held_pictures(draft, at=at)
    return Held(word, draft, until, rows) if rows else Held(lost=not off)


def pictures_of(held: Held, at: datetime) -> list[tuple[str, bytes]]:
    """The pictures that go with the report, in full."""
    return list(held_to_send(held.draft, at=at))


def was_sent(held: Held, at: datetime) -> None:
    """Hold the pictures of a report that was sent just as long as a second click counts as one."""
    if held.draft:
        hold_until(held.draft, until=at + SAME_WITHIN)


def hold(request: HttpRequest, held: Held) -> Held:
    """Hold the pictures that came with a form that stays open; it says which it could not hold."""
    files = request.FILES.getlist("pictures")
    if not files:
        return held
    rates = {caller_of(request): OFTEN, f"all of {network_of(request)}": OF_A_NETWORK}
    if turn(request, "report_held", rates).wait:
        return replace(held, refused=(Refused("too_often", "", field="pictures"),))
    at = stamp_of(request).at
    if held.until is None:
        key, until = token_urlsafe(24), at + LASTS
        word = SIGNER.sign_object({"key": key, "until": until.isoformat()})
        held = replace(held, word=word, draft=_draft(key), until=until)
    assert held.until is not None
    network = salted_hmac(SIGNER.salt, network_of(request), algorithm="sha256").hexdigest()
    refused = []
    for file in files[: MOST_PICTURES + 1]:
        try:
            file.seek(0)
            content = file.read(MOST_BYTES + 1)
            hold_picture(
                held.draft,
                name=file.name or "picture",
                content=content,
                until=held.until,
                network=network,
            )
        except Refused as no:
            refused.append(no)
            if no.code == "scanner_away":
                break
    return replace(held, rows=held_pictures(held.draft, at=at), refused=tuple(refused))


def small_picture(content: bytes) -> str:
    """A small picture that a page holds itself: no address leads to it."""
    return "data:image/jpeg;base64," + base64.b64encode(content).decode()


def _draft(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
