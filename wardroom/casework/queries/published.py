"""What everybody may read of requests: the mirror and our own reports together, newest first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from wardroom.casework import rules
from wardroom.casework.models import Report
from wardroom.casework.queries.reporting import (
    LISTED,
    PublicReport,
    changed_since,
    changed_until,
    ended_by,
    open_by,
    public_reports,
)
from wardroom.library.queries import PublicTopicRow, public_topic, public_topics
from wardroom.library.rules.asking import Asked
from wardroom.service_requests.queries.published import (
    MirroredService,
    PublishedRequest,
    Wanted,
    mirrored_instants,
    mirrored_requests,
    mirrored_rows,
    mirrored_service,
    mirrored_services,
)

OFFICE = "Mayor's Office of Community Relations"
OTHER = "other"
OWN_GROUP = "Mayor's office"
OWN = "A topic of the Mayor's office, for trouble that stays or comes back."
AS_311 = "What is sent here reaches the Mayor's office and makes no request with 311: call 311."


@dataclass(frozen=True, kw_only=True)
class OfferedService:
    """Something that can be reported: one of our open topics, or a service of the mirror.

    ``topic_code`` is the open topic under which a report of it is taken in; empty where none is.
    """

    code: str
    name: str
    description: str
    kind: str
    group: str
    keywords: str
    topic_code: str
    questions: tuple[Asked, ...]


def offered_services(feeds: tuple[str, ...] = ()) -> tuple[OfferedService, ...]:
    """Everything that can be reported: our open topics first, then what the mirror knows.

    Of other cities' services only those of the ``feeds`` that are named.
    """
    topics = {topic.code: topic for topic in public_topics()}
    own = [_of_topic(topic) for topic in topics.values()]
    mirrored = (_of_mirror(s, topics) for s in mirrored_services(feeds) if s.code not in topics)
    return (*own, *mirrored)


def offered_service(
    code: str, *, feeds: tuple[str, ...] = (), asked: bool = True
) -> OfferedService | None:
    """What can be reported under this code, or none; unless ``asked``, without its questions."""
    topic = public_topic(code, asked=asked)
    if topic is not None:
        return _of_topic(topic)
    service = mirrored_service(code, feeds)
    if service is None:
        return None
    under = public_topic(service.topic_code, asked=asked) or public_topic(OTHER, asked=asked)
    return _of_mirror(service, {under.code: under} if under is not None else {})


def _of_topic(topic: PublicTopicRow) -> OfferedService:
    return OfferedService(
        code=topic.code,
        name=topic.name,
        description=f"{topic.description} {OWN}".strip(),
        kind=topic.kind,
        group=f"{OWN_GROUP}: {topic.group}" if topic.group else OWN_GROUP,
        keywords=topic.keywords,
        topic_code=topic.code,
        questions=topic.questions,
    )


def _of_mirror(service: MirroredService, topics: dict[str, PublicTopicRow]) -> OfferedService:
    topic = topics.get(service.topic_code) or topics.get(OTHER)
    same = topic is not None and topic.code == service.topic_code
    return OfferedService(
        code=service.code,
        name=service.name,
        description=f"{service.name}, as 311 calls it, a service of {service.agency}. {AS_311}",
        kind=topic.kind if topic is not None else "realtime",
        group=f"311: {service.agency}" if service.agency else "311",
        keywords=topic.keywords if topic is not None and same else "",
        topic_code=topic.code if topic is not None else "",
        questions=topic.questions if topic is not None and same else (),
    )


def published_requests(
    wanted: Wanted, *, page: int, size: int, at: datetime
) -> tuple[list[PublishedRequest], bool]:
    """A page of what is wanted, the newest first, and whether there is more behind it."""
    start, most = (page - 1) * size, page * size + 1
    circle = wanted.box is not None and wanted.box.circle is not None
    if start == 0 or circle:
        most *= 2 if circle else 1  # a circle leaves out the corners of its box
        both = _merged(mirrored_requests(wanted, most=most), _reports(wanted, most, at))
        found = [each for each in both if _is_inside(each, wanted)][start:]
        return found[:size], len(found) > size
    rows = _rows(wanted, most, at)[start:]
    return _in_order(rows[:size], at), len(rows) > size


def published_numbered(wanted: Wanted, *, most: int, at: datetime) -> list[PublishedRequest]:
    """The requests with these numbers, the newest first; numbers that are none are left out."""
    own = [letters for text in wanted.numbers if (letters := rules.number_in(text))]
    which = Q(number__in=own) & _within(wanted)
    reports = _own(public_reports(which, most=most, at=at)) if own else []
    return list(_merged(mirrored_requests(wanted, most=most), reports))


def _is_inside(request: PublishedRequest, wanted: Wanted) -> bool:
    return wanted.box is None or wanted.box.holds(request.latitude, request.longitude)


def _rows(wanted: Wanted, most: int, at: datetime) -> list[tuple[bool, int]]:
    """The newest rows that are wanted, each by its key and whether it is a report of ours.

    No number is used here: two feeds may both hold a request with the same number.
    """
    own: list[tuple[datetime, int]] = []
    if not _of_others_alone(wanted):
        reports = Report.objects.filter(_own_matching(wanted, at)).order_by("-received_at", "-id")
        own = list(reports.values_list("received_at", "pk")[:most])
    mirrored = ((came, False, pk) for came, pk in mirrored_instants(wanted, most=most))
    ours = ((came, True, pk) for came, pk in own)
    both = heapq.merge(mirrored, ours, key=lambda row: row[0], reverse=True)
    return [(is_own, pk) for _, is_own, pk in both][:most]


def _in_order(rows: Sequence[tuple[bool, int]], at: datetime) -> list[PublishedRequest]:
    mirrored = [pk for is_own, pk in rows if not is_own]
    own = [pk for is_own, pk in rows if is_own]
    reports = _own(public_reports(Q(pk__in=own), most=len(own), at=at)) if own else []
    return list(_merged(mirrored_rows(mirrored) if mirrored else [], reports))


def _of_others_alone(wanted: Wanted) -> bool:
    """Whether only requests of some agency are asked for, and none of the office."""
    return bool(wanted.agency) and wanted.agency.casefold() != OFFICE.casefold()


def _merged(
    mirrored: Iterable[PublishedRequest], own: Iterable[PublishedRequest]
) -> Iterable[PublishedRequest]:
    return heapq.merge(mirrored, own, key=_requested, reverse=True)


def _requested(request: PublishedRequest) -> datetime:
    return request.requested_at


def _reports(wanted: Wanted, most: int, at: datetime) -> list[PublishedRequest]:
    if _of_others_alone(wanted):
        return []
    return _own(public_reports(_own_matching(wanted, at), most=most, at=at))


def _own_matching(wanted: Wanted, at: datetime) -> Q:
    which = LISTED & _within(wanted)
    spans: dict[str, Any] = {"received_at__gte": wanted.since, "received_at__lte": wanted.until}
    which &= Q(**{name: at for name, at in spans.items() if at is not None})
    if wanted.services:
        which &= Q(service_code__in=wanted.services)
    if len(wanted.statuses) == 1:
        which &= ended_by(at) if "closed" in wanted.statuses else open_by(at)
    for word in wanted.words:
        which &= Q(service_name__icontains=word) | Q(publishes=True, shown_said__icontains=word)
    if wanted.box is not None:
        box = wanted.box
        which &= Q(shown_latitude__gte=box.south, shown_latitude__lte=box.north)
        which &= Q(shown_longitude__gte=box.west, shown_longitude__lte=box.east)
    if wanted.changed_after is not None:
        which &= changed_since(wanted.changed_after, at=at)
    if wanted.changed_before is not None:
        which &= changed_until(wanted.changed_before, at=at)
    return which


def _within(wanted: Wanted) -> Q:
    """The reports of the jurisdictions that are asked for."""
    return Q(jurisdiction__in=wanted.jurisdictions) if wanted.jurisdictions else Q()


def _own(reports: Iterable[PublicReport]) -> list[PublishedRequest]:
    return [
        PublishedRequest(
            number=report.number,
            is_open=report.is_open,
            notes=report.outcome,
            service_name=report.service_name,
            service_code=report.service_code,
            said=report.said,
            agency=OFFICE,
            requested_at=report.received_at,
            updated_at=report.changed_at,
            expected_at=None,
            address=report.address,
            address_id="",
            zip_code="",
            latitude=report.latitude,
            longitude=report.longitude,
            media_url=report.media_url,
            look_on=report.look_on,
            more={"channel": report.channel},
        )
        for report in reports
    ]
