"""What is wrong with the mail, in sentences: shown where somebody can do something about it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wardroom.access.actor import Role
from wardroom.notices.queries import mailbox_health, outbox_health
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui.words import counted


def mail_alarms(request: HttpRequest) -> tuple[str, ...]:
    """Messages that are late or failed, and a mailbox that lets nobody in."""
    actor, at = actor_of(request), stamp_of(request).at
    health = outbox_health(actor, at=at)
    found = []
    if health.failed:
        one = f"{counted(health.failed, 'message')} could not be sent."
        found.append(f"{one} Try again, or set aside with a reason.")
    if health.late:
        late = counted(health.late, "message")
        found.append(
            f"{late} should have gone out; the oldest is {health.oldest_minutes:,} minutes late."
        )
    box = mailbox_health(actor, at=at)
    if box.alarm and box.failed_at is not None:
        since = date_format(localtime(box.failed_at), "DATETIME_FORMAT")
        found.append(f"No mail has come in since {since}: {box.error}")
    return tuple(found)


def directors_alarms(request: HttpRequest) -> tuple[str, ...]:
    """The same for the start page of the director, who keeps the outbox."""
    return mail_alarms(request) if actor_of(request).has(Role.DIRECTOR) else ()
