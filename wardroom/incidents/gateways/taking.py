"""From the bytes of an alert to what the office knows of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.incidents.actions import take_alert
from wardroom.incidents.gateways.reading import read_alert
from wardroom.incidents.gateways.touching import drawn_outline, touched_by
from wardroom.incidents.models import Alert
from wardroom.incidents.rules import Message
from wardroom.kernel.errors import Refused


@dataclass(frozen=True)
class TakenIn:
    """What became of an alert that was handed in; ``new`` where it was not here before."""

    draft_id: int
    state: str
    title: str
    new: bool


def take_in(content: bytes, *, way_in: str, stamp: Stamp) -> TakenIn:
    """Take in a CAP message; the same one again changes nothing.

    Refuses: what `read_alert` refuses.
    """
    return take_message(read_alert(content), content, way_in=way_in, stamp=stamp)


def take_message(message: Message, content: bytes, *, way_in: str, stamp: Stamp) -> TakenIn:
    """The same for a message that was read already."""
    known = _known(message)
    if known is not None:
        return known
    try:
        alert = take_alert(
            None,
            message=message,
            content=content,
            touched=touched_by(message.areas, localdate(stamp.at)),
            outline=drawn_outline(message.areas),
            way_in=way_in,
            stamp=stamp,
        )
    except (IntegrityError, Refused) as no:
        if isinstance(no, Refused) and no.code != "already_taken":
            raise
        known = _known(message)
        if known is None:
            raise
        return known
    return TakenIn(alert.draft_id, alert.draft.state, alert.draft.title, new=True)


def _known(message: Message) -> TakenIn | None:
    rows = Alert.objects.filter(
        identifier=message.identifier, sender=message.sender, sent_at=message.sent
    )
    alert = rows.select_related("draft").first()
    if alert is None:
        return None
    return TakenIn(alert.draft_id, alert.draft.state, alert.draft.title, new=False)
