"""Mail in: what waits for a person, one message whole, and what was written on a thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.documents.gateways import read_content
from wardroom.documents.queries import Served
from wardroom.documents.rules import SERVED
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.notices import policy
from wardroom.notices.gateways import raw_headers
from wardroom.notices.models import Mailbox, Received
from wardroom.notices.rules import ALARM_MINUTES
from wardroom.notices.rules.reading import said_and_quoted
from wardroom.notices.rules.receiving import HOWS

PAGE_ROWS = 25
MOST_LETTERS = 50
OPEN = "unread"


@dataclass(frozen=True)
class FileRow:
    """One file that came with a message."""

    document_id: int
    name: str
    size: int


@dataclass(frozen=True)
class MailRow:
    """One message in, and what became of it."""

    id: int
    from_name: str
    from_address: str
    subject: str
    said: str
    quoted: str
    state: str
    reason: str
    thread: str
    like: str
    how: str
    received_at: datetime
    read_at: datetime | None
    read_by: str
    left_out: tuple[str, ...]
    files: tuple[FileRow, ...]
    allowed: frozenset[str]

    @property
    def who(self) -> str:
        """Whoever wrote, as a person says it."""
        return self.from_name or self.from_address or "Somebody who gave no address"


@dataclass(frozen=True)
class MailPage:
    """A page of mail in, the oldest that waits first, else the newest."""

    rows: tuple[MailRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class MailFile:
    """One message in, whole."""

    row: MailRow
    to_addresses: tuple[str, ...]
    said_at: datetime | None
    size: int
    headers: str
    answers: str
    raw_id: int


@dataclass(frozen=True)
class MailboxHealth:
    """Whether mail comes in; without a mailbox that is looked into there is nothing to say."""

    name: str = ""
    failed_at: datetime | None = None
    error: str = ""
    alarm: bool = False


def mail_page(actor: Actor, *, state: str = "waiting", page: int = 1) -> MailPage:
    """The mail in of one state, ``unread`` for what lies unread on a thread, or with ``""`` all."""
    rows = _seen(actor)
    if state == OPEN:
        rows = rows.filter(state=Received.State.THREADED, read_at=None)
    elif state:
        rows = rows.filter(state=state)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    order = ("received_at", "pk") if state in ("waiting", OPEN) else ("-received_at", "-pk")
    return MailPage(_rows_with_files(rows, order, on_page, actor), total, page, pages)


def mail_file(received_id: int, actor: Actor) -> MailFile:
    """One message in with its text, files and head; `NotFound` where it is out of reach."""
    received = get_mail(received_id, actor)
    return MailFile(
        row=_row(received, _files(received), actor),
        to_addresses=tuple(a for a in received.to_addresses.split("\n") if a),
        said_at=received.said_at,
        size=received.size,
        headers=raw_headers(read_content(received.raw.digest)),
        answers=received.answers.subject if received.answers is not None else "",
        raw_id=received.raw.pk,
    )


def mail_document(received_id: int, document_id: int, actor: Actor) -> Served:
    """One file of a message, or the message as it came; `NotFound` where it is out of reach."""
    received = get_mail(received_id, actor)
    if document_id == received.raw_id:
        return Served(
            f"mail-{received.pk}.eml", "message/rfc822", read_content(received.raw.digest)
        )
    document = received.enclosures.filter(pk=document_id).first()
    if document is None:
        raise NotFound(f"no file {document_id} in mail {received_id}")
    known = document.media_type if document.media_type in SERVED else "application/octet-stream"
    return Served(document.name, known, read_content(document.digest))


def get_mail(received_id: int, actor: Actor) -> Received:
    """One message in, to act on it; `NotFound` where it is out of reach."""
    rows = _seen(actor).select_related("raw", "answers")
    received: Received | None = rows.filter(pk=received_id).first()
    if received is None:
        raise NotFound(f"no mail {received_id}")
    return received


def thread_mail(threads: Iterable[str], actor: Actor) -> tuple[MailRow, ...]:
    """What came in on these threads, the newest first, as far as the asker may read it."""
    rows = _seen(actor).filter(thread__in=list(threads)).exclude(state=Received.State.BOUNCE)
    return _rows_with_files(rows, ("-received_at", "-pk"), slice(MOST_LETTERS), actor)


def seen_mail_ids(actor: Actor, ids: Iterable[int]) -> frozenset[int]:
    """Which of these messages in the asker may read."""
    wanted = list(ids)
    return frozenset(
        _seen(actor).filter(pk__in=wanted).values_list("pk", flat=True) if wanted else ()
    )


def is_known_mail(fingerprint: str) -> bool:
    """Whether a message was received before; for whoever hands mail in."""
    return Received.objects.filter(fingerprint=fingerprint).exists()


def mailbox_health(actor: Actor, *, at: datetime, minutes: int = ALARM_MINUTES) -> MailboxHealth:
    """Whether the mailbox could be looked into lately; an alarm where it could not for long."""
    if not policy.may_see_mailbox(actor):
        return MailboxHealth()
    row = Mailbox.objects.filter(Q(failed_at__isnull=False)).order_by("failed_at").first()
    if row is None or row.failed_at is None:
        return MailboxHealth()
    long = row.failed_at <= at - timedelta(minutes=minutes)
    return MailboxHealth(row.name, row.failed_at, row.error, long)


def _seen(actor: Actor) -> ScopedQuerySet:
    rows: ScopedQuerySet = Received.objects.within(policy.received_reach(actor))
    return rows


def _rows_with_files(
    rows: ScopedQuerySet, order: tuple[str, ...], some: slice, actor: Actor
) -> tuple[MailRow, ...]:
    """Some of these messages in their order, with the files of each; one statement for both.

    What is written in a message comes with its first file alone: it may be long.
    """
    chosen = Received.objects.filter(pk__in=rows.order_by(*order).values("pk")[some])
    held = Received.enclosures.through.objects.filter(received=OuterRef("pk"))
    first = Subquery(held.order_by("document").values("document")[:1])
    named = ("pk", "name", "size")
    each = chosen.annotate(**{f"file_{name}": F(f"enclosures__{name}") for name in named})
    words = Case(
        When(Q(file_pk=None) | Q(file_pk=first), then=F("text")),
        default=Value(""),
        output_field=TextField(),
    )
    found: dict[int, tuple[Received, list[FileRow]]] = {}
    for message in each.annotate(words=words).defer("text").order_by(*order, "file_pk"):
        if message.pk not in found:
            message.text = message.words
        _, files = found.setdefault(message.pk, (message, []))
        if message.file_pk is not None:
            files.append(FileRow(message.file_pk, message.file_name, message.file_size))
    return tuple(_row(message, files, actor) for message, files in found.values())


def _files(received: Received) -> list[FileRow]:
    return [FileRow(d.pk, d.name, d.size) for d in received.enclosures.order_by("pk")]


def _row(received: Received, files: Iterable[FileRow], actor: Actor) -> MailRow:
    said, quoted = said_and_quoted(received.text)
    return MailRow(
        id=received.pk,
        from_name=received.from_name,
        from_address=received.from_address,
        subject=received.subject,
        said=said,
        quoted=quoted,
        state=received.state,
        reason=received.reason,
        thread=received.thread,
        like=received.like,
        how=HOWS.get(received.how, ""),
        received_at=received.received_at,
        read_at=received.read_at,
        read_by=received.read_by,
        left_out=tuple(line for line in received.left_out.split("\n") if line),
        files=tuple(files),
        allowed=_allowed(received, actor),
    )


def _allowed(received: Received, actor: Actor) -> frozenset[str]:
    state = Received.State
    if not policy.may_sort_mail(actor, received) or received.state == state.BOUNCE:
        return frozenset()
    moves = {"place_message"}
    if received.state == state.WAITING:
        moves |= {"put_mail_aside"}
    if received.state != state.THREADED:
        moves |= {"take_mail_in"}
    elif received.read_at is None:
        moves |= {"mark_mail_read"}
    return frozenset(moves)
