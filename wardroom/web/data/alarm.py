"""What is wrong with the mail, in sentences: shown where somebody can do something about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wardroom.access.actor import Role
from wardroom.kernel.text import how_long
from wardroom.notices.queries import mail_hold, mailbox_health, outbox_health
from wardroom.upkeep.queries import may_look_after_house
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui.words import counted


class Alarm(NamedTuple):
    """A sentence, and the page on which something can be done about it."""

    text: str
    page: str = "Messages out"
    href: str = ""


def mail_alarms(request: HttpRequest) -> tuple[Alarm, ...]:
    """Messages that are held, late or failed, and a mailbox that lets nobody in."""
    actor, at = actor_of(request), stamp_of(request).at
    hold = mail_hold()
    health = outbox_health(actor, at=at, hold=hold)
    here, found = reverse("outbox"), []
    if hold is not None:
        where = ("The house", reverse("the_house")) if may_look_after_house(actor) else ("", "")
        since = _when(hold.since)
        found.append(
            Alarm(
                f"On {since} Wardroom was restored from a backup. {_held(health.waiting)} since "
                "then, because they may have gone out before; so does what comes by the clock: "
                f"digests, reminders, terms. {_way_out(hold.stopped_at)}",
                *where,
            )
        )
    if health.failed:
        one = f"{counted(health.failed, 'message')} could not be sent."
        found.append(Alarm(f"{one} Try again, or set aside with a reason.", href=here))
    if health.late:
        late = counted(health.late, "message")
        span = how_long(timedelta(minutes=health.oldest_minutes))
        words = f"{late} should have gone out; the oldest is {span} late."
        found.append(Alarm(words, href=here))
    box = mailbox_health(actor, at=at)
    if box.alarm and box.failed_at is not None:
        words = f"No mail has come in since {_when(box.failed_at)}: {box.error}"
        found.append(Alarm(words, "Mail in", reverse("mail")))
    return tuple(found)


def _held(number: int) -> str:
    return f"{counted(number, 'message')} {'waits' if number == 1 else 'wait'}"


def _way_out(stopped_at: datetime | None) -> str:
    return "All of it is being let go." if stopped_at else "The director lets it go."


def _when(instant: datetime) -> str:
    return date_format(localtime(instant), "DATETIME_FORMAT")


def directors_alarms(request: HttpRequest) -> tuple[Alarm, ...]:
    """The same for the start page of the director, who keeps the outbox."""
    return mail_alarms(request) if actor_of(request).has(Role.DIRECTOR) else ()
