"""Taking every word out of a request for records whose time is over."""

from __future__ import annotations

from dataclasses import replace

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.documents.actions import forget_document
from wardroom.documents.models import Document
from wardroom.matters.actions.waiting import end_wait
from wardroom.notices.actions import empty_messages
from wardroom.records import rules
from wardroom.records.models import FoundRecord, RecordsRequest, Redaction, Release

GONE = "(destroyed)"


def empty_request(request: RecordsRequest, *, stamp: Stamp) -> tuple[str, ...]:
    """Leave of a request its number and its days: no word of who asked, what was found and given.

    The hashes of the bytes that are left to take off the disk; called inside the action that
    disposes of it. Records nothing by itself.
    """
    found = FoundRecord.objects.filter(request=request)
    releases = Release.objects.filter(request=request)
    files = [
        *Document.objects.filter(pk__in=found.exclude(document=None).values("document")),
        *Document.objects.filter(pk__in=releases.exclude(package=None).values("package")),
    ]
    Redaction.objects.filter(record__in=found).update(reason=GONE)
    found.exclude(reason="").update(reason=GONE)
    found.update(title="", text="", document=None)
    request.searches.update(terms=[])
    releases.update(words="", package=None)
    RecordsRequest.objects.filter(pk=request.pk).update(
        name=GONE,
        email="",
        post="",
        words="",
        why_due={},
        extended_for=GONE if request.extended_at is not None else "",
        appeal_why=None,
        appeal_words="",
        destroyed_at=stamp.at,
    )
    end_wait(rules.NOUN, str(request.pk))
    answers = empty_messages(rules.NOUN, [str(request.pk)], stamp=replace(stamp, actor=SYSTEM))
    gone = [digest for file in files for digest in forget_document(file)]
    return (*gone, *answers)
