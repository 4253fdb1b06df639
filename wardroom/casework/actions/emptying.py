"""Taking every word out of an issue whose time is over, with who reported it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.casework.models import (
    Batch,
    BatchItem,
    Complaint,
    Issue,
    Report,
    ReportQuestion,
    ReportRating,
)
from wardroom.casework.queries.shared import (
    lines_told_of_others,
    people_told_of_elsewhere,
    people_who_reported,
    place_told_of_elsewhere,
)
from wardroom.city.actions.emptying import forget_typed_place
from wardroom.city.models import Place
from wardroom.directory.actions.emptying import empty_people
from wardroom.documents.actions import forget_attachments
from wardroom.documents.models import Attachment
from wardroom.fieldwork.actions.emptying import empty_checks
from wardroom.ledger.models import About
from wardroom.matters.actions.emptying import GONE, empty_matter
from wardroom.matters.models import Ask, Matter
from wardroom.notices.actions import empty_messages
from wardroom.notices.queries.going import letters_about
from wardroom.search.actions import unindex_matter
from wardroom.service_requests.actions.emptying import empty_submissions

Things = dict[str, list[str]]


@dataclass(frozen=True)
class Emptied:
    """What went with an issue: hashes of bytes, and things of which no line may tell any more.

    ``shared`` are the lines that tell of another issue, too: they and their letters stay.
    """

    files: tuple[str, ...]
    things: Things
    shared: frozenset[int]


def things_of_issue(matter_id: int) -> Things:
    """What is of an issue and stands in lines and letters under a name of its own, by its noun."""
    complaints = Complaint.objects.filter(matter=matter_id).order_by("pk")
    reports = Report.objects.filter(complaint__matter=matter_id).order_by("pk")
    asks = Ask.objects.filter(matter=matter_id).order_by("pk")
    return {
        "matter": [str(matter_id)],
        "complaint": _keys(complaints),
        "report": _keys(reports),
        "ask": _keys(asks),
    }


def _keys(rows: QuerySet[Any]) -> list[str]:
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def empty_issue(matter: Matter, *, stamp: Stamp) -> Emptied:
    """Leave of a closed issue its number, kind, ward, outcome and days.

    No word of what was reported, by whom, where, what was asked, answered and written, no file
    of it; whoever reported it goes, too, where nothing else names them. What is another's as
    well stays with that one. Called inside the action that disposes of it. Records nothing by
    itself.
    """
    things, house = things_of_issue(matter.pk), replace(stamp, actor=SYSTEM)
    shared = _shared(matter, things)
    bytes_gone: list[str] = []
    for noun, keys in things.items():
        bytes_gone += empty_messages(noun, keys, but=shared, stamp=house)
    documents, digests = forget_attachments(_files(matter, things))
    spots = _places(matter)
    people = _empty_reports(matter) | people_who_reported(matter.pk)
    Issue.objects.filter(matter=matter).update(
        ground_owner="", ground_name="", ground_kind="", end_public_at=None, again_public_at=None
    )
    batches = _empty_batches(matter)
    empty_checks(matter)
    empty_submissions(matter.pk)
    empty_matter(matter, stamp=stamp)
    unindex_matter(str(matter.pk))
    people -= people_told_of_elsewhere(people, matter.pk)
    gone = empty_people(people, stamp=stamp)
    places = [spot.pk for spot in spots if _goes(spot, matter)]
    more = {"place": places, "document": documents, "party": gone, "batch": batches}
    return Emptied(
        files=(*bytes_gone, *digests),
        things=things | {noun: [str(pk) for pk in some] for noun, some in more.items()},
        shared=shared,
    )


def _places(matter: Matter) -> list[Place]:
    """Where an issue is, where those who reported it said that it is, and where it was before."""
    reported = Report.objects.filter(complaint__matter=matter).exclude(place=None)
    own = {matter.place_id, *reported.order_by().values_list("place", flat=True)} - {None}
    lines = About.objects.filter(noun="matter", key=str(matter.pk)).values("entry_id")
    told = About.objects.filter(noun="place", entry__in=lines).order_by()
    own |= {int(key) for key in told.values_list("key", flat=True)}
    return list(Place.objects.filter(pk__in=own).order_by("pk"))


def _goes(place: Place, matter: Matter) -> bool:
    """Take out a place that was only typed; whether it went, which no line elsewhere names."""
    return not place_told_of_elsewhere(place.pk, matter.pk) and forget_typed_place(place)


def _shared(matter: Matter, things: Things) -> frozenset[int]:
    """The lines of an issue, and those that its letters follow from, that are another's, too."""
    lines: set[int] = set()
    for noun, keys in things.items():
        about = About.objects.filter(noun=noun, key__in=keys).order_by()
        lines |= set(about.values_list("entry_id", flat=True))
        lines |= set(letters_about(noun, keys).values_list("entry_id", flat=True))
    return lines_told_of_others(lines, matter.pk)


def _files(matter: Matter, things: Things) -> QuerySet[Attachment]:
    """The files of an issue: none of an ask or a complaint that is another issue's by now."""
    own = Q(matter_key=str(matter.pk)) & ~Q(noun__in=list(things))
    for noun, keys in things.items():
        own |= Q(noun=noun, key__in=keys)
    return Attachment.objects.filter(own)


def _empty_reports(matter: Matter) -> set[int]:
    """Empty all complaints of an issue and the reports they came by; who had reported it."""
    complaints = Complaint.objects.filter(matter=matter)
    reports = Report.objects.filter(complaint__matter=matter)
    people = {
        pk
        for rows in (complaints, reports)
        for pk in rows.exclude(reporter=None).order_by().values_list("reporter", flat=True)
    }
    ReportQuestion.objects.filter(matter=matter).exclude(answer="").update(answer=GONE)
    ReportQuestion.objects.filter(matter=matter).update(text=GONE)
    ReportRating.objects.filter(matter=matter).update(text="")
    reports.update(
        once="",
        said="",
        shown_said="",
        answers={},
        place=None,
        address="",
        shown_address="",
        shown_latitude=None,
        shown_longitude=None,
        reporter=None,
        reporter_typed="",
        media_url="",
        device_id="",
        account_id="",
    )
    complaints.exclude(told_text="").update(told_text=GONE)
    complaints.filter(anonymous=False).update(reporter=None, reporter_typed=GONE)
    complaints.update(said=GONE, request_number="", request=None)
    return people


def _empty_batches(matter: Matter) -> tuple[int, ...]:
    """Empty the rows that batches had of an issue, and a batch of which no issue is left."""
    rows = BatchItem.objects.filter(matter=matter)
    batches = set(rows.order_by().values_list("batch", flat=True))
    rows.update(seen="", after="", changes=[], letters=[], why="", former={}, made={})
    left = BatchItem.objects.filter(batch__in=batches, matter__destroyed_at=None)
    left = left.exclude(matter=matter)
    gone = batches - set(left.order_by().values_list("batch", flat=True))
    Batch.objects.filter(pk__in=gone).update(words={}, said=GONE)
    return tuple(sorted(gone))
