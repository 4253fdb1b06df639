"""Whether mail is held since the house was restored, and which messages that keeps back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from wardroom.notices.models import MailHold


@dataclass(frozen=True)
class HoldNote:
    """Since when mail is held, and of which moment the backup was.

    With ``stopped_at`` a person said when the old house stopped, and the worker is about to
    let mail go.
    """

    since: datetime
    taken_at: datetime
    stopped_at: datetime | None = None


def mail_hold() -> HoldNote | None:
    """What holds mail now; None where nothing does."""
    hold = get_mail_hold()
    return HoldNote(hold.since, hold.taken_at, hold.stopped_at) if hold else None


def get_mail_hold() -> MailHold | None:
    """The hold itself, to act on it."""
    return MailHold.objects.filter(released_at=None).order_by("pk").first()


def not_held() -> Q:
    """The messages that may go out: all, or what people write and call since a restoration.

    What the house wrote by itself may have gone out already, in the time that was lost.
    """
    return not_held_by(mail_hold())


def not_held_by(hold: HoldNote | None) -> Q:
    """The same, where it is known already what holds mail."""
    if hold is None:
        return Q()
    return Q(Q(quick=True) | Q(automatic=""), entry__at__gt=hold.since)
