"""What follows: letters to whoever asked, in their language, and the papers of an answer.

Neither the ledger nor a subject says who asked.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from wardroom.access.actor import Stamp
from wardroom.documents.actions import store_document
from wardroom.notices.actions import note_nobody_to_tell, queue_message
from wardroom.records.actions.releasing import file_release
from wardroom.records.facts import RecordsAsked, RecordsReleased, ReleaseFiled, RequestExtended
from wardroom.records.models import RecordsRequest, Release
from wardroom.records.queries.papers import release_package
from wardroom.records.rules import NOUN
from wardroom.records.rules.tongues import tongue_of


def send_records_receipt(fact: RecordsAsked, *, entry_id: int, stamp: Stamp) -> None:
    """Send the number of a request, the day its answer is due, and the link to how it stands."""
    row = _row(fact.request)
    words = tongue_of(row.language)
    text = words.letters.receipt.format(number=row.pk, day=words.day(fact.due_on), link=_link(row))
    _queue(row, words.letters.receipt_subject, text, "receipt", entry_id, stamp)


def tell_longer(fact: RequestExtended, *, entry_id: int, stamp: Stamp) -> None:
    """Send the written notice that the law wants where an answer takes longer."""
    row = _row(fact.request)
    words = tongue_of(row.language)
    text = words.letters.longer.format(
        reason=fact.reason, day=words.day(fact.due_on), link=_link(row)
    )
    _queue(row, words.letters.longer_subject, text, "longer", entry_id, stamp)


def make_release(
    fact: RecordsReleased, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Make the papers of an answer and put them on file; a second call makes no second ones.

    They are made first, for nothing of the answer changes any more and typesetting takes a
    while. What is left for the commit is to put them on file.
    """
    release = Release.objects.select_related("request").get(pk=fact.release)
    if release.package_id is not None:
        return None
    name, content = release_package(release)

    def file_papers() -> None:
        if Release.objects.filter(pk=release.pk, package=None).exists():
            document = store_document(
                None, name=name, media_type="application/zip", content=content, stamp=stamp
            )
            file_release(release, package=document, stamp=stamp)

    return file_papers


def tell_answered(fact: ReleaseFiled, *, entry_id: int, stamp: Stamp) -> None:
    """Tell whoever asked that the answer is there, with the link to its papers."""
    row = _row(fact.request)
    words = tongue_of(row.language)
    text = words.letters.answer.format(outcome=words.stands.outcomes[row.outcome], link=_link(row))
    key = f"answer:{fact.release}"
    _queue(row, words.letters.answer_subject, text, key, entry_id, stamp)


def _row(number: int) -> RecordsRequest:
    found: RecordsRequest = RecordsRequest.objects.select_related("link").get(pk=number)
    return found


def _queue(
    row: RecordsRequest, subject: str, text: str, key: str, entry_id: int, stamp: Stamp
) -> None:
    subject = subject.format(number=row.pk)
    if not row.email:
        note_nobody_to_tell(
            None,
            entry_id=entry_id,
            to_name=f"whoever made records request {row.pk}, by letter",
            subject=subject,
            stamp=stamp,
        )
        return
    queue_message(
        None,
        entry_id=entry_id,
        to_name="",
        to_address=row.email,
        subject=subject,
        text=f"{text}\n\n{tongue_of(row.language).letters.foot}\n",
        key=f"{NOUN}:{row.pk}:{key}",
        urgent=True,
        stamp=stamp,
    )


def _link(row: RecordsRequest) -> str:
    path = reverse("records_mine", args=["TOKEN"])
    return f"{settings.SITE}{path.replace('TOKEN', f'{{{{key:{row.link_id}}}}}')}"
