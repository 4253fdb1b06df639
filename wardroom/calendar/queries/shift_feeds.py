"""Shifts as a calendar feed tells them: one's own, or the whole office's with the names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from wardroom.calendar.models import Shift
from wardroom.calendar.queries.duty import holder_of, turn_of
from wardroom.calendar.queries.events import city_zone
from wardroom.calendar.rules import PLANNED
from wardroom.calendar.rules.feeds import FeedEvent, span_of_feed
from wardroom.calendar.rules.shifts import duty_words


def shift_events(*, at: datetime, user_id: int | None = None) -> Iterator[FeedEvent]:
    """The standing shifts of a feed's days, by time; one that is given away leaves the feed.

    A gap is among those of the whole office, so that whoever reads the feed sees it.
    """
    first, last = span_of_feed(localdate(at))
    rows = Shift.objects.filter(cleared_at__isnull=True, on_date__gte=first, on_date__lt=last)
    if user_id is not None:
        rows = rows.filter(user=user_id)
    for row in rows.select_related("user").order_by("on_date", "starts", "pk"):
        yield _told(row, named=user_id is None)


def _told(row: Shift, *, named: bool) -> FeedEvent:
    turn, zone = turn_of(row), city_zone()
    user = holder_of(row)
    who = user.name if user is not None else "Nobody"
    return FeedEvent(
        key=-row.pk,  # numbers of events are above zero, so no two things have one name
        planned_at=row.placed_at,
        changed_at=row.changed_at,
        version=row.version,
        title=f"{duty_words(turn)}: {who}" if named else duty_words(turn),
        starts_at=turn.begins_at(zone),
        ends_at=turn.ends_at(zone),
        state=PLANNED,
        kind=row.role,
        address=f"{settings.SITE}/on-call/",
        ward_code=row.ward_code,
    )
