"""Everything the office made public between two instants, whoever owns it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.timezone import localtime

from wardroom.calendar.models import PublicWords
from wardroom.engagement.gateways import places_of_others, told_by_others
from wardroom.engagement.models import BodyNotice, Commitment
from wardroom.engagement.rules import commitments as rules
from wardroom.kernel.addresses import by_block
from wardroom.matters.rules.news import EVENT, KEPT, PROMISE, PublicNews

TAKEN_BACK = ("not_made", "opened_in_error")
KEPT_BEFORE = Q(matter__outcome="kept", matter__closed_at__lte=F("public_at"))


def public_news(since: datetime, until: datetime) -> tuple[PublicNews, ...]:
    """What became public between two instants: texts, plans, looks, events and promises."""
    return (
        *told_by_others(since, until),
        *_meetings(since, until),
        *_events(since, until),
        *_promises(since, until),
        *_kept(since, until),
    )


def public_places() -> tuple[PublicNews, ...]:
    """Every place that has a text for the public now."""
    return places_of_others()


def _meetings(since: datetime, until: datetime) -> Iterable[PublicNews]:
    """Meetings of public bodies as their notice announced them, unless they were canceled."""
    rows = BodyNotice.objects.filter(published_at__gte=since, published_at__lt=until)
    rows = rows.exclude(meeting__event__state="cancelled").order_by("pk")
    for row in rows.select_related("meeting__event", "meeting__body__party"):
        meeting = row.meeting
        yield PublicNews(
            kind=EVENT,
            key=f"notice/{row.pk}",
            at=row.published_at,
            local=localtime(row.starts_at),
            text=meeting.body.name,
            ward_code=meeting.body.ward_code,
            where=by_block(meeting.event.place_text),
        )


def _events(since: datetime, until: datetime) -> Iterable[PublicNews]:
    """Events in the public calendar in their public words; a body's meeting has its notice."""
    rows = PublicWords.objects.filter(written_at__gte=since, written_at__lt=until)
    rows = rows.filter(withdrawn_at=None, event__body_meeting=None).exclude(
        Q(event__state="cancelled") | Q(event__matter__restricted=True)
    )
    for row in rows.select_related("event__place").order_by("pk"):
        event = row.event
        yield PublicNews(
            kind=EVENT,
            key=f"event/{event.pk}",
            at=row.written_at,
            local=localtime(event.starts_at),
            text=row.title,
            ward_code=event.ward_code,
            where=by_block(event.place.label if event.place else event.place_text),
        )


def _promises(since: datetime, until: datetime) -> Iterable[PublicNews]:
    """Promises of which the public may read, in the words that were written for it."""
    rows = _public().filter(public_at__gte=since, public_at__lt=until).exclude(KEPT_BEFORE)
    for row in rows.exclude(matter__outcome__in=TAKEN_BACK):
        if row.public_at is not None:
            yield _news(row, PROMISE, row.public_at)


def _kept(since: datetime, until: datetime) -> Iterable[PublicNews]:
    """Promises that were kept; what shows it is the office's own note and stays inside.

    One that the public reads of only afterwards is news on the day on which it does.
    """
    told_at = Case(When(KEPT_BEFORE, then=F("public_at")), default=F("matter__closed_at"))
    rows = _public().filter(matter__outcome="kept").annotate(told_at=told_at)
    for row in rows.filter(told_at__gte=since, told_at__lt=until):
        yield _news(row, KEPT, row.told_at)


def _public() -> QuerySet[Commitment]:
    """Promises with words for the public. Who is named is the office, never a person."""
    rows = Commitment.objects.filter(matter__restricted=False, public_at__isnull=False)
    return rows.select_related("matter", "agency").order_by("pk")


def _news(row: Commitment, kind: str, at: datetime) -> PublicNews:
    return PublicNews(
        kind=kind,
        key=f"{kind}/{row.matter_id}",
        at=at,
        local=localtime(at),
        text=row.public_text,
        ward_code=row.matter.ward_code,
        who=row.agency.name if row.maker == "agency" and row.agency else rules.MAKERS[row.maker],
        due_on=row.due_on,
    )
