"""Taking the words out of letters and links that belong to something which is disposed of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import QuerySet

from wardroom.access.actor import Stamp
from wardroom.documents.actions import forget_document, store_document
from wardroom.documents.models import Document
from wardroom.kernel.facts import Ref
from wardroom.notices.models import Key, Message, Received
from wardroom.notices.queries.findable import MAIL
from wardroom.notices.queries.going import answers_that_go, letters_about
from wardroom.notices.rules.receiving import NOBODY
from wardroom.search.actions import unindex_things

REMOVED = b"This message was removed.\n"


def empty_messages(
    noun: str, keys: Sequence[str], *, but: Collection[int] = (), stamp: Stamp
) -> tuple[str, ...]:
    """Leave of every letter about these things that it was sent: no word, nor to whom.

    So of what came back in answer, with its files, unless it lies on something else, which
    keeps it: the caller takes the bytes of the hashes that are given off the disk once that is
    committed. Nobody finds it any more, and their links open nothing. Called inside the action
    that disposes of the things; a letter that still waits does not go. One that follows from a
    line in ``but`` is another's as well, and stays as it is.
    """
    rows = letters_about(noun, keys, but=but)
    answers = list(answers_that_go(noun, keys, but=but).select_related("raw").order_by("pk"))
    rows.filter(state=Message.State.QUEUED).update(state=Message.State.RECALLED)
    gone = (*_forget_enclosures(rows), *_forget_files(answers, stamp))
    rows.update(
        to_name="",
        to_address=NOBODY,
        subject="",
        text="",
        calendar="",
        calendar_method="",
        references="",
        on_list="",
        unsubscribe="",
        error="",
    )
    for mail in answers:
        _forget_words(mail)
    unindex_things([Ref(MAIL, str(mail.pk)) for mail in answers])
    links = Key.objects.filter(noun=noun, key__in=keys)
    links.update(holder="")
    links.filter(revoked_at=None).update(revoked_at=stamp.at)
    return gone


def _forget_words(mail: Received) -> None:
    """Nothing follows any more from mail that says nothing."""
    mail.from_name = mail.from_address = mail.to_addresses = ""
    mail.subject = mail.text = mail.left_out = mail.reason = ""
    if mail.state == Received.State.WAITING:
        mail.state = Received.State.SET_ASIDE
    mail.save()


def _forget_enclosures(letters: QuerySet[Message]) -> tuple[str, ...]:
    """Take the files out of letters, and off the house where nothing else has them."""
    files = Document.objects.filter(
        pk__in=list(letters.exclude(enclosures=None).values_list("enclosures", flat=True))
    )
    along = list(files.order_by("pk"))
    for letter in letters.exclude(enclosures=None).distinct():
        letter.enclosures.clear()
    return tuple(digest for file in along for digest in forget_document(file))


def _forget_files(answers: Iterable[Received], stamp: Stamp) -> tuple[str, ...]:
    gone: list[str] = []
    for mail in answers:
        files = [mail.raw, *mail.enclosures.order_by("pk")]
        mail.enclosures.clear()
        mail.raw = store_document(
            None, name="removed.txt", media_type="text/plain", content=REMOVED, stamp=stamp
        )
        mail.save(update_fields=["raw"])
        for file in files:
            gone += forget_document(file)
    return tuple(gone)
