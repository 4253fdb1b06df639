"""What follows in hiring: letters to whoever applies, in their language, and to nobody else.

Neither the subject nor the ledger holds a name or an address; the message goes once sent and
is emptied with the application.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from wardroom.access.actor import Stamp
from wardroom.hiring.facts import ApplicationMoved, ApplicationSent, DraftBegun
from wardroom.hiring.models import Application, StageMove
from wardroom.hiring.rules.stages import RECEIVED
from wardroom.hiring.rules.tongues import JobTongue, tongue_of
from wardroom.notices.actions import queue_message
from wardroom.notices.models import Message


def send_draft_link(fact: DraftBegun, *, entry_id: int, stamp: Stamp) -> None:
    """Send the link by which somebody goes on with their application."""
    row = _row(fact.application)
    words = tongue_of(row.language).letters
    text = words.link.format(title=row.posting.title, link=_link(row))
    _queue(row, words.link_subject, text, entry_id=entry_id, key="link", stamp=stamp)


def send_receipt(fact: ApplicationSent, *, entry_id: int, stamp: Stamp) -> None:
    """Send the receipt: the number, when it was sent, and the fingerprint of each part.

    Whoever pressed twice is sent one.
    """
    row = _row(fact.application)
    key = f"application:{row.pk}:receipt"
    if row.sent_at is None or Message.objects.filter(key=key).exists():
        return
    tongue = tongue_of(row.language)
    names = tongue.receipt.parts
    lines = "\n".join(f"{names[part['name']]}: {part['digest']}" for part in row.receipt)
    text = tongue.letters.receipt.format(
        title=row.posting.title,
        number=row.number,
        when=tongue.instant(localtime(row.sent_at)),
        parts=lines,
        link=_link(row),
    )
    subject = tongue.letters.receipt_subject
    _queue(row, subject, text, entry_id=entry_id, key="receipt", stamp=stamp)


def tell_stage(fact: ApplicationMoved, *, entry_id: int, stamp: Stamp) -> None:
    """Tell whoever applied where the application stands now, and what the keeper adds."""
    row = _row(fact.application)
    if fact.to_stage == RECEIVED:
        return
    move = StageMove.objects.get(pk=fact.move)
    words = tongue_of(row.language).letters
    told = [words.stages[fact.to_stage], move.told, _link(row)]
    text = f"{row.posting.title}\n\n" + "\n\n".join(part for part in told if part) + "\n"
    _queue(row, words.stage_subject, text, entry_id=entry_id, key=f"move:{move.pk}", stamp=stamp)


def _row(number: int) -> Application:
    found: Application = Application.objects.select_related("posting", "link").get(pk=number)
    return found


def _queue(
    row: Application, subject: str, text: str, *, entry_id: int, key: str, stamp: Stamp
) -> None:
    if row.emptied_at is not None:
        return
    tongue: JobTongue = tongue_of(row.language)
    queue_message(
        None,
        entry_id=entry_id,
        to_name="",
        to_address=row.email,
        subject=subject.format(title=row.posting.title),
        text=f"{text}\n{tongue.letters.foot}\n",
        key=f"application:{row.pk}:{key}",
        urgent=True,
        stamp=stamp,
    )


def _link(row: Application) -> str:
    path = reverse("job_mine", args=["TOKEN"]).replace("TOKEN", f"{{{{key:{row.link_id}}}}}")
    return f"{settings.SITE}{path}"
