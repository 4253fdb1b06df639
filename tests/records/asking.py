"""Makers of requests for records, each through the house's own actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import NOBODY, Stamp, Window
from wardroom.documents.actions import store_document
from wardroom.documents.models import Document
from wardroom.ledger.reactions import deliver_receipt, due_receipts, register_reactions
from wardroom.matters.actions import capture_line
from wardroom.notices.actions import keep_mail
from wardroom.notices.models import Received
from wardroom.notices.rules import Mail
from wardroom.reactions import FOLLOWS
from wardroom.records.actions import (
    ask_for_records,
    decide_record,
    look_for_records,
    redact_words,
)
from wardroom.records.models import FoundRecord, RecordsRequest
from wardroom.records.rules import KINDS, RELEASE

VISITOR = Stamp(actor=NOBODY, at=NOON, window=Window.WEB)
TODAY = NOON.date()
CANARY, MAIL, PHONE = "Wilhelmina Quillfeather", "w.quill@example.net", "202-555-0163"
PRIVACY, WHY = "(a)(2)", "It names somebody who complained."
RAW = b"From: somebody\r\n\r\nwords\r\n"


def asked(**given: Any) -> RecordsRequest:
    """A request that came in on the website."""
    words: dict[str, Any] = {
        "name": "Ada Reporter",
        "email": "ada@example.net",
        "words": "Everything about the alley behind Quill Street since May.",
        "language": "en",
    }
    return ask_for_records(None, **{**words, **given}, stamp=VISITOR)


def note_complaint(who: Cast, text: str = "") -> None:
    """A line on the timeline that names somebody who complained, with how to reach them."""
    said = text or f"{CANARY} called about the alley: rats again. Reach: {MAIL} or {PHONE}."
    capture_line(None, text=said, stamp=who.stamp)


def mail_in(text: str, *, enclosed: Iterable[Document] = (), **given: Any) -> Received:
    """A message that came in and that nobody placed yet."""
    words: dict[str, Any] = {
        "fingerprint": f"{abs(hash(text)):064x}"[:64],
        "message_id": f"<{abs(hash(text))}@example.net>",
        "from_name": CANARY,
        "from_address": MAIL,
        "subject": f"The alley, from {CANARY}",
        "text": text,
        "size": len(text),
    }
    raw = store_document(
        None, name="a.eml", media_type="message/rfc822", content=RAW + text.encode(), stamp=HOUSE
    )
    mail = Mail(**{**words, **given})
    return keep_mail(None, mail=mail, raw=raw, documents=enclosed, stamp=HOUSE)


def searched(
    request: RecordsRequest, who: Cast, words: str = "alley", **given: Any
) -> tuple[FoundRecord, ...]:
    """What a search of the last year on every shelf found."""
    where: dict[str, Any] = {
        "from_on": TODAY - timedelta(days=365),
        "until_on": TODAY,
        "kinds": list(KINDS),
    }
    look_for_records(request, words=words, **{**where, **given}, stamp=who.stamp)
    return tuple(request.records.order_by("number"))


def cleared(request: RecordsRequest, who: Cast, *names: str) -> RecordsRequest:
    """Everything that was found goes out, without these words."""
    for found in request.records.order_by("number"):
        for words in names:
            if words.casefold() in found.text.casefold():
                redact_words(found, words=words, code=PRIVACY, reason=WHY, stamp=who.stamp)
        decide_record(found, decision=RELEASE, stamp=who.stamp)
    return RecordsRequest.objects.get(pk=request.pk)


def found_for(who: Cast) -> int:
    """The number of a request, with the matters that were found for it."""
    request = asked()
    searched(request, who, "alley, street", kinds=["matter"])
    return request.pk


def follow() -> None:
    """Let everything follow that follows."""
    register_reactions(FOLLOWS)
    while due := due_receipts(at=NOON, most=100):
        for receipt in due:
            assert deliver_receipt(receipt, stamp=HOUSE)


def day(text: str) -> date:
    """A day as it is written."""
    return date.fromisoformat(text)
