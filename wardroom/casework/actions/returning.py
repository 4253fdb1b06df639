"""What comes back: which issue a report belongs to now, and a return that counts once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.casework import rules
from wardroom.casework.actions.placing import topic_named
from wardroom.casework.models import Issue
from wardroom.casework.queries.chains import meant_by
from wardroom.city.models import Place
from wardroom.library.models import Topic
from wardroom.matters.actions import note_return
from wardroom.matters.actions.linking import put_link
from wardroom.matters.models import Matter


def issue_meant(onto: Matter) -> Matter:
    """The issue that a report about this one belongs to now, locked and as it is by now.

    One that was joined to another means the other; a closed one whose return is open means
    the return, so that two people who report it at once speak of one return.
    """
    _held(onto.pk)  # two people who report it at once come here one after the other
    while True:
        found = meant_by(onto.pk)
        matter = _held(found.pk)
        if (matter.state, matter.merged_into_id) == (found.state, found.merged_into_id):
            return matter


def _held(key: int) -> Matter:
    matter: Matter = Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
    return matter


def topic_closed_at(
    code: str, place: Place | None, received: datetime
) -> tuple[Topic | None, int | None]:
    """The topic with this code, and which issue of it was closed last at this place.

    An issue counts only where the closing is recent enough.
    Refuses: a topic that is not in the list.
    """
    if place is None or not code:
        return topic_named(code), None
    closed = Matter.objects.filter(
        place=place, kind="issue", state="closed", issue__topic=OuterRef("pk"), merged_into=None
    ).order_by("-closed_at", "-pk")
    topic = topic_named(code, last_id=Subquery(closed.values("pk")[:1]))
    last_id: int | None = getattr(topic, "last_id", None)
    if topic is None or last_id is None:
        return topic, None
    closed_at = Matter.objects.filter(pk=last_id).values_list("closed_at", flat=True).first()
    soon = closed_at is not None and rules.counts_as_return(
        localdate(closed_at), reported_on=localdate(received), days=topic.recurrence_days
    )
    return topic, last_id if soon else None


def count_return(issue: Issue, former_id: int, received: datetime, stamp: Stamp) -> None:
    """Say that an issue is the return of a closed one, from the day that one was reported first.

    It counts against the closing once: not where a return of it is open already.
    """
    former = _held(former_id)
    counted = former.state == "open" or meant_by(former_id).state == "open"
    before = Issue.objects.filter(matter=former).first()
    issue.return_of = former
    issue.first_reported_at = before.first_reported_at if before else received
    if issue.topic is None and before is not None:
        issue.topic = before.topic
    days = (localdate(received) - localdate(former.closed_at or received)).days
    if not counted:
        note_return(former, again_id=issue.matter.pk, days=max(0, days), stamp=stamp)
    put_link(issue.matter, former, "recurrence", stamp=stamp)
