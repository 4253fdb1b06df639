"""E-mail with residents and agencies: given to its matter, answered, or made a complaint."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy, rules
from wardroom.casework.models import Complaint
from wardroom.casework.queries.letters import Recipient, recipients_of, threads_of
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.documents.actions import check_clean, keep_upload, store_document
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import HIRING
from wardroom.ledger.actions import record
from wardroom.matters import policy as matters_policy
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.actions.words import check_there, matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text, mail_waits
from wardroom.notices.actions import (
    keep_mail,
    note_mail_read,
    place_mail,
    set_mail_aside,
    write_message,
)
from wardroom.notices.actions.mail import file_mail
from wardroom.notices.gateways import read_mail
from wardroom.notices.models import Message, Received
from wardroom.notices.queries import is_known_mail
from wardroom.notices.rules import MOST_BYTES, MOST_FILE_NAME, TOO_LARGE, mail_title, one_line
from wardroom.notices.rules.receiving import File

MOST_LETTERS = 10_000
# A line of a head goes on where the next one begins with a blank.
NEW_LINE = re.compile(rb"(?:\r\n|\r|\n)(?![ \t])")
OF_A_HEAD = re.compile(rb"[!-9;-~]+[ \t]*:")
# What says how a body is wrapped that is not kept.
WRAPS = re.compile(rb"(?i)content-|mime-version:")
NOT_WHOLE = b"The check for viruses found something in this message. Only its head was kept."


def take_mail(
    raw: bytes,
    *,
    recipient: str = "",
    sender: str | None = None,
    whole: int = 0,
    stamp: Stamp,
) -> Received | None:
    """Keep a message that came in, with its files; None where it was kept before.

    The files are kept first, each in a commit of its own, so that nobody waits while pictures
    are made anew; a message that breaks off there is taken whole the next time.
    ``whole`` is its size where only its head was handed in.
    Where a scanner is set and finds something in a file, that file is left out and only the
    head of the message is kept beside its words; where that is not clean either, a sentence in
    its place. Where it is away, the message waits outside.
    Refuses: `empty_file` where there is nothing at all; `scanner_away`.
    """
    mail = read_mail(raw, recipient=recipient, sender=sender)
    if is_known_mail(mail.fingerprint):
        return None
    kept: list[Document] = []
    whole_is_clean = _is_clean(raw)
    left_out = [TOO_LARGE] if whole > MOST_BYTES else []
    for file in mail.files:
        try:
            kept.append(_keep(file, stamp))
        except Refused as no:
            if no.code == "scanner_away":
                raise
            whole_is_clean &= no.code != "scanner_found"
            left_out.append(f"{one_line(file.name, most=MOST_FILE_NAME)}: {no.sentence}")
    name = f"mail-{mail.fingerprint[:12]}.eml"
    content = raw if whole_is_clean else _head_of(raw)
    kept_whole = store_document(
        None, name=name, media_type="message/rfc822", content=content, stamp=stamp
    )
    try:
        return receive_message(
            None, mail=mail, raw=kept_whole, documents=kept, left_out=left_out, stamp=stamp
        )
    except Refused as no:
        if no.code != "already_received":
            raise
        return None


def _keep(file: File, stamp: Stamp) -> Document:
    """Keep a file that came by mail; whoever sent it chose its name, so no line gives it."""
    check_clean(file.content)
    return keep_upload(None, name=file.name, content=file.content, told=False, stamp=stamp)


def _is_clean(raw: bytes) -> bool:
    """Whether nothing was found in a message as a whole. Refuses: `scanner_away`."""
    try:
        check_clean(raw)
    except Refused as no:
        if no.code != "scanner_found":
            raise
        return False
    return True


def _head_of(raw: bytes) -> bytes:
    """The head of a message in which a scanner found something, and why there is no more.

    It ends with the first line that is none of a head, blank or not; where a scanner finds
    something in it too, nothing of it is kept. Refuses: `scanner_away`.
    """
    lines = takewhile(OF_A_HEAD.match, NEW_LINE.split(raw))
    head = [*(line for line in lines if not WRAPS.match(line)), b"Content-Type: text/plain", b""]
    kept = b"\r\n".join([*head, NOT_WHOLE, b""])
    return kept if _is_clean(kept) else NOT_WHOLE


@action(policy.may_receive_message)
def receive_message(
    _: None,
    *,
    mail: Any,
    raw: Document,
    documents: list[Document],
    left_out: list[str],
    stamp: Stamp,
) -> Received:
    """Take a message in: it goes to its matter, whose owner is told, or waits for a person.

    Refuses: `already_received`. Records: what `keep_mail` records.
    """
    received = keep_mail(
        None, mail=mail, raw=raw, documents=documents, left_out=left_out, stamp=stamp
    )
    _file(received)
    keep_mail_waiting(received, stamp=stamp)
    return received


@action(policy.may_place_message)
def place_message(received: Received, *, matter: Matter, stamp: Stamp) -> Received:
    """Say to which matter a message belongs; its owner is told that somebody wrote.

    Refuses: a matter out of the actor's reach, or destroyed; what `place_mail` refuses.
    Records: `MailPlaced`.
    """
    if not matters_policy.may_see_inside(stamp.actor, matter):
        raise Refused("no_such_matter", "There is no such matter that you can see.", field="into")
    now = Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=matter.pk)
    check_there(now)
    thread = f"matter:{now.pk}"
    placed = place_mail(received, thread=thread, ward_code=now.ward_code, stamp=stamp)
    keep_mail_waiting(placed, stamp=stamp)
    return placed


@action(policy.may_place_message)
def put_mail_aside(received: Received, *, reason: str, stamp: Stamp) -> Received:
    """Say why nothing follows from a message that waits; it stays to be found.

    Refuses: what `set_mail_aside` refuses. Records: `MailSetAside`.
    """
    done = set_mail_aside(received, reason=reason, stamp=stamp)
    keep_mail_waiting(done, stamp=stamp)
    return done


@action(policy.may_place_message)
def mark_mail_read(received: Received, *, stamp: Stamp) -> Received:
    """Say that you have read what somebody wrote, and nothing more has to follow.

    Refuses: what `note_mail_read` refuses. Records: `MailRead`.
    """
    done = note_mail_read(received, stamp=stamp)
    keep_mail_waiting(done, stamp=stamp)
    return done


@action(policy.may_place_message)
def take_mail_in(received: Received, *, take: Callable[[], Complaint], stamp: Stamp) -> Complaint:
    """Make a message a complaint: it is taken in, and the message goes to its matter.

    ``take`` takes it in as the form says. Refuses: one that is on a matter already; what
    `take_in` and `place_mail` refuse; nothing is kept then. Records: what they record, and
    `MailRead`.
    """
    if received.state == Received.State.THREADED:
        raise Refused("already_there", "This message has already been placed. See its matter.")
    complaint = take()
    placed = place_message(received, matter=complaint.matter, stamp=stamp)
    done = note_mail_read(placed, answered=True, stamp=stamp)
    keep_mail_waiting(done, stamp=stamp)
    return complaint


@action(policy.may_write_to_person)
def write_to_person(
    matter: Matter,
    *,
    to_address: str,
    subject: str,
    text: str,
    answers: Received | None = None,
    stamp: Stamp,
) -> Message:
    """Write an e-mail to somebody of a matter; for 30 seconds it can be taken back.

    It goes to who reported it, wrote about it, or was asked, and to nobody else. What it
    answers counts as read, with what the same person wrote before.
    Refuses: `unknown_recipient`; `other_matter` where it answers mail that is not of this
    matter; no words; what `write_message` refuses.
    Records: `PersonWrittenTo`, `MessageQueued`, and `MailRead` where it answers.
    """
    to = _recipient(matter, to_address, stamp)
    answered = _answered(matter, to, answers)
    subject = check_text(
        one_line(subject),
        code="subject_missing",
        sentence="Say in a few words what it is about.",
        field="subject",
        most=180,
    )
    words = check_text(
        text, code="text_missing", sentence="Write the message.", field="text", most=MOST_LETTERS
    )
    fact = facts.PersonWrittenTo(
        **matter_words(matter),
        to_name=to.name,
        to_address=to.address,
        subject=subject,
        text=words,
    )
    entry = record(fact, stamp=stamp)
    message = write_message(
        None,
        entry_id=entry.pk,
        to_name=rules.name_to_write(to.name),
        to_address=to.address,
        subject=subject,
        text=f"{words}\n\n{stamp.actor.name}\nNumber: W-{matter.pk}\n",
        thread=to.thread,
        stamp=stamp,
    )
    for mail in answered:
        keep_mail_waiting(note_mail_read(mail, answered=True, stamp=stamp), stamp=stamp)
    return message


def keep_mail_waiting(received: Received, *, stamp: Stamp) -> None:
    """What a message in wants of the office: its matter's owner reads it, or somebody places it.

    An answer to a letter of a hiring is read on the pages of that hiring, and no list names it.
    """
    answered = received.answers.entry if received.answers is not None else None
    apart = answered is not None and answered.audience == HIRING
    wait = (
        None
        if apart
        else mail_waits(
            received.state,
            is_read=received.read_at is not None,
            received_on=localdate(received.received_at),
        )
    )
    matter = _matter_of(received.thread or received.like)
    wait_for(
        "mail",
        str(received.pk),
        wait,
        party=_reader(matter, stamp) if wait is not None else None,
        title=mail_title(received.from_name, received.from_address, received.subject),
        matter=matter,
        ward_code=matter.ward_code if matter is not None else "",
        place_label=matter.place.label if matter is not None and matter.place else "",
        stamp=stamp,
    )


def _file(received: Received) -> None:
    """Put a message where its matter is; a number that no matter has names none."""
    if not received.about.startswith("matter:"):
        return
    matter = _matter_of(received.about)
    if matter is not None:
        file_mail(received, about=f"matter:{matter.pk}", ward_code=matter.ward_code)
    elif not received.thread:
        file_mail(received, about="", ward_code="")


def _reader(matter: Matter | None, stamp: Stamp) -> Party | None:
    if matter is not None:
        return matter.owner
    return next(iter(get_directors(on=localdate(stamp.at))), None)


def _matter_of(thread: str) -> Matter | None:
    """The matter of a thread; of one that was joined to another, the other; of a gone one none."""
    noun, _, key = thread.partition(":")
    if noun != "matter" or not (key.isascii() and key.isdigit()):
        return None
    rows = Matter.objects.select_related("owner", "place", "merged_into__owner")
    matter: Matter | None = rows.filter(pk=int(key), destroyed_at=None).first()
    if matter is not None and matter.merged_into is not None:
        return matter.merged_into
    return matter


def _recipient(matter: Matter, to_address: str, stamp: Stamp) -> Recipient:
    for one in recipients_of(matter, stamp.actor):
        if one.address.casefold() == to_address.strip().casefold():
            return one
    raise Refused(
        "unknown_recipient", "Choose somebody who is part of this matter.", field="to_address"
    )


def _answered(matter: Matter, to: Recipient, answers: Received | None) -> list[Received]:
    rows = Received.objects.filter(
        thread=to.thread,
        from_address__iexact=to.address,
        state=Received.State.THREADED,
        read_at=None,
    )
    found = list(rows.order_by("pk"))
    if answers is not None and answers.pk not in {mail.pk for mail in found}:
        if answers.thread not in threads_of(matter) or answers.state != Received.State.THREADED:
            raise Refused("other_matter", "The mail that this answers is not of this matter.")
        found.append(answers)
    return found
