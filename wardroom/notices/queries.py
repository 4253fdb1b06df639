"""What stands in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.notices import policy
from wardroom.notices.models import Message

PAGE_ROWS = 50


@dataclass(frozen=True)
class OutboxRow:
    """One message out and what became of it."""

    id: int
    to_name: str
    to_address: str
    subject: str
    message_id: str
    state: str
    attempts: int
    queued_at: datetime
    next_try_at: datetime
    sent_at: datetime | None
    error: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class OutboxPage:
    """A page of the outbox, newest first, with the counts of each state."""

    rows: tuple[OutboxRow, ...]
    total: int
    page: int
    pages: int
    waiting: int
    failed: int


def outbox_page(actor: Actor, *, state: str | None = None, page: int = 1) -> OutboxPage:
    """The messages out, with their delivery state; empty for those who may not read it."""
    seen = Message.objects.within(policy.reach(actor))
    chosen = seen.filter(state=state) if state else seen
    total = chosen.count()
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE_ROWS
    rows = chosen.order_by("-queued_at", "-id")[start : start + PAGE_ROWS]
    return OutboxPage(
        rows=tuple(_row(m, actor) for m in rows),
        total=total,
        page=page,
        pages=pages,
        waiting=seen.filter(state=Message.State.QUEUED).count(),
        failed=seen.filter(state=Message.State.FAILED).count(),
    )


def get_message(message_id: int, actor: Actor) -> Message:
    """One message, to act on it; `NotFound` where it is out of reach."""
    message = Message.objects.within(policy.reach(actor)).filter(pk=message_id).first()
    if message is None:
        raise NotFound(f"no message {message_id}")
    found: Message = message
    return found


def due_messages(*, at: datetime, most: int) -> tuple[int, ...]:
    """The messages whose next try has come, oldest first; for the worker."""
    rows = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=at)
    return tuple(rows.order_by("next_try_at", "id").values_list("pk", flat=True)[:most])


def _row(message: Message, actor: Actor) -> OutboxRow:
    failed = message.state == Message.State.FAILED
    may = failed and policy.may_retry_message(actor, message)
    return OutboxRow(
        id=message.pk,
        to_name=message.to_name,
        to_address=message.to_address,
        subject=message.subject,
        message_id=message.message_id,
        state=message.state,
        attempts=message.attempts,
        queued_at=message.queued_at,
        next_try_at=message.next_try_at,
        sent_at=message.sent_at,
        error=message.error,
        allowed=frozenset({"retry_message"} if may else ()),
    )
