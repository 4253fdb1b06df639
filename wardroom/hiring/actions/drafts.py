"""A draft that survives: what was typed and attached is kept as one goes.

This is bookkeeping of a form that nobody sent yet: no line of the ledger tells of it, and what
is never sent is emptied again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.documents.actions import check_clean, remove_bytes
from wardroom.documents.gateways import keep_content
from wardroom.hiring.models import Answer, Application
from wardroom.hiring.queries.own import application_of
from wardroom.hiring.rules import applying as rules
from wardroom.hiring.rules import stages
from wardroom.hiring.rules.postings import APPLICANT
from wardroom.hiring.rules.resumes import check_resume
from wardroom.kernel.errors import Refused

BOOKKEEPING = "a draft that nobody sent"


@dataclass(frozen=True)
class Filled:
    """What stands in the form, as far as it was filled in; ``answers`` by question."""

    name: str = ""
    phone: str = ""
    lives_here: str = ""
    pasted: str = ""
    answers: Mapping[int, str] | None = None


def save_draft(token: str, *, filled: Filled, stamp: Stamp) -> None:
    """Keep what was typed so far, right or wrong; nothing is asked of it yet.

    Refuses: `key_closed`; an application that was sent; more than fits. Records nothing.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        keep_filled(_draft(token, stamp), filled, stamp)


def attach_resume(token: str, *, name: str, content: bytes, stamp: Stamp) -> None:
    """Keep the file of a resume at once, so that it is safe whatever comes after.

    Refuses: `key_closed`; what `rules.check_resume` refuses; what a scanner found, and any file
    while a scanner that is set gives no answer. Records nothing.
    """
    _draft(token, stamp)
    clean, kind, caution = check_resume(name, content)
    scanned = check_clean(content, field="resume")
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        row, digest = _draft(token, stamp), keep_content(content)
        before = row.file_digest
        row.file_name, row.file_type, row.caution = clean, kind.media_type, caution
        row.file_size, row.file_digest, row.scanned = len(content), digest, scanned
        row.saved_at = stamp.at
        row.save()
    remove_bytes(before)


def take_off_resume(token: str, *, stamp: Stamp) -> None:
    """Take the file off a draft again; what was pasted stays.

    Refuses: `key_closed`; an application that was sent. Records nothing.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        row = _draft(token, stamp)
        before = row.file_digest
        row.file_name = row.file_type = row.file_digest = row.caution = ""
        row.file_size, row.scanned, row.saved_at = 0, False, stamp.at
        row.save()
    remove_bytes(before)


def keep_filled(row: Application, filled: Filled, stamp: Stamp) -> None:
    """Put what was typed into a draft. Refuses: more than fits; nothing is cut."""
    row.name = rules.check_long(filled.name.strip(), field="name", most=rules.MOST_NAME)
    row.phone = rules.check_long(filled.phone.strip(), field="phone", most=rules.MOST_PHONE)
    row.lives_here = filled.lives_here if filled.lives_here in rules.LIVES else ""
    row.pasted = rules.check_long(filled.pasted, field="pasted", most=rules.MOST_PASTED)
    row.saved_at = stamp.at
    row.save()
    asked = {q.pk: q for q in asked_of(row)}
    for number, text in (filled.answers or {}).items():
        if number in asked:
            words = rules.check_long(text, field=f"answer_{number}", most=rules.MOST_ANSWER)
            Answer.objects.update_or_create(
                application=row, question=asked[number], defaults={"text": words}
            )


def asked_of(row: Application) -> Any:
    """The questions that everybody who applies is asked."""
    return row.posting.questions.filter(asked_of=APPLICANT, taken_off_at__isnull=True)


def _draft(token: str, stamp: Stamp) -> Application:
    row = application_of(token, at=stamp.at, lock=transaction.get_connection().in_atomic_block)
    if row.stage != stages.DRAFT:
        raise Refused("already_sent", "This application was sent. Nothing in it can change now.")
    return row
