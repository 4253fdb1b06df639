"""What stands in the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from wardroom.access.actor import Actor, Role, Scope
from wardroom.access.models import ScopedQuerySet, holds_any
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.notices import policy
from wardroom.notices.gateways import hours
from wardroom.notices.models import Message
from wardroom.notices.queries.holding import HoldNote, not_held, not_held_by
from wardroom.notices.rules import ALARM_MINUTES, open_moment

PAGE_ROWS = 50
LONG = timedelta(minutes=5)
State = Message.State
DEAD = (State.FAILED, State.BOUNCED)
AUDIENCE = "entry__audience"
# Said besides, so that the index of the few lines that are kept apart is found.
NEVER_FOR_ALL = ~Q(**{AUDIENCE: "internal"}) & ~Q(**{AUDIENCE: "partner"})


@dataclass(frozen=True)
class OutboxRow:
    """One message out and what became of it; its words only where a person wrote them."""

    id: int
    to_name: str
    to_address: str
    subject: str
    message_id: str
    thread: str
    state: str
    urgent: bool
    attempts: int
    due_at: datetime
    queued_at: datetime
    next_try_at: datetime
    sent_at: datetime | None
    error: str
    said: str
    allowed: frozenset[str]

    @property
    def goes_out_at(self) -> datetime | None:
        """When it goes out, where it waits for working hours."""
        waits = self.state == State.QUEUED and not self.urgent
        return self.due_at if waits and self.due_at - self.queued_at >= LONG else None


@dataclass(frozen=True)
class OutboxPage:
    """A page of the outbox, newest first, with the counts of each state."""

    rows: tuple[OutboxRow, ...]
    total: int
    page: int
    pages: int
    waiting: int
    failed: int
    bounced: int


def outbox_page(actor: Actor, *, state: str | None = None, page: int = 1) -> OutboxPage:
    """The messages out, with their delivery state; empty for those who may not read it.

    ``state`` may be ``dead`` for what failed or came back and nobody has dealt with yet.
    """
    scope, rows = policy.reach(actor), Message.objects.all()
    seen = rows.within(scope)
    states = DEAD if state == "dead" else (state,) if state else ()
    wanted = Q(state__in=states) if states else Q()
    of = {s: Count("pk", filter=Q(state=s)) for s in (State.QUEUED, State.FAILED, State.BOUNCED)}
    counts = seen.filter(state__in=list(of)).aggregate(
        **{str(name): count for name, count in of.items()}
    )
    if states and set(states) <= set(of):
        total = sum(counts[str(name)] for name in states)
    else:
        total = _counted(rows.filter(wanted), scope)
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    shown = seen.filter(wanted).select_related("entry").order_by("-queued_at", "-id")[on_page]
    return OutboxPage(
        rows=tuple(_row(m, actor) for m in shown),
        total=total,
        page=page,
        pages=pages,
        waiting=counts["queued"],
        failed=counts["failed"],
        bounced=counts["bounced"],
    )


def _counted(rows: ScopedQuerySet, scope: Scope) -> int:
    """How many rows are inside; where all is open but a little, only that is looked at."""
    if not scope.everything or not scope.none_of:
        return rows.within(scope).count()
    closed = [
        rows.filter(holds_any(path, values), NEVER_FOR_ALL if path == AUDIENCE else Q())
        for path, values in scope.none_of
    ]
    numbers = [part.order_by().values("pk") for part in closed]
    return rows.count() - numbers[0].union(*numbers[1:]).count()


@dataclass(frozen=True)
class OutboxHealth:
    """Whether anything is stuck. ``late`` counts what should have gone out long ago."""

    waiting: int
    late: int
    failed: int
    oldest_due_at: datetime | None
    oldest_minutes: int
    minutes: int

    @property
    def alarm(self) -> bool:
        """Whether a person has to look."""
        return bool(self.late or self.failed)


def outbox_health(
    actor: Actor, *, at: datetime, hold: HoldNote | None = None, minutes: int = ALARM_MINUTES
) -> OutboxHealth:
    """How old the oldest message is that should be out by now, and what failed.

    What waits for the morning, or for the seconds in which it may be taken back, is not late, and
    neither is what ``hold`` keeps back since a restoration.
    """
    seen = Message.objects.within(policy.reach(actor)).filter(
        state__in=(State.QUEUED, State.FAILED)
    )
    queued = Q(state=Message.State.QUEUED)
    goes = queued & not_held_by(hold)
    told = seen.aggregate(
        waiting=Count("pk", filter=queued),
        late=Count("pk", filter=goes & Q(due_at__lt=at - timedelta(minutes=minutes))),
        failed=Count("pk", filter=Q(state=Message.State.FAILED)),
        oldest=Min("due_at", filter=goes & Q(due_at__lte=at)),
    )
    oldest = told["oldest"]
    age = int((at - oldest).total_seconds() // 60) if oldest else 0
    return OutboxHealth(told["waiting"], told["late"], told["failed"], oldest, age, minutes)


def thread_messages(threads: Iterable[str], actor: Actor) -> tuple[OutboxRow, ...]:
    """What went out on these threads, newest first, each with its delivery state."""
    seen = Message.objects.within(policy.thread_reach(actor)).filter(thread__in=list(threads))
    rows = seen.select_related("entry").order_by("-queued_at", "-pk")[:PAGE_ROWS]
    return tuple(_row(m, actor) for m in rows)


def next_hours(at: datetime) -> datetime | None:
    """When mail written now goes out, where it waits for working hours; None where it does not."""
    calendar = hours()
    opens = open_moment(at, calendar) if calendar else at
    return opens if opens > at else None


def get_message(message_id: int, actor: Actor) -> Message:
    """One message, to act on it; `NotFound` where it is out of reach."""
    message = Message.objects.within(policy.reach(actor)).filter(pk=message_id).first()
    if message is None:
        raise NotFound(f"no message {message_id}")
    found: Message = message
    return found


def address_of_message(message_id: int) -> str:
    """To which address a message went, for what follows from it: its lines may not say."""
    rows = Message.objects.filter(pk=message_id).values_list("to_address", flat=True)
    return next(iter(rows), "")


def get_messages_after(
    kind: str, complaints: Iterable[str], *, since: datetime
) -> tuple[Message, ...]:
    """The messages that follow from such lines about these complaints since an instant."""
    rows = Message.objects.filter(
        entry__kind=kind,
        entry__at__gte=since,
        entry__about__noun="complaint",
        entry__about__key__in=list(complaints),
    )
    return tuple(rows.select_related("entry").order_by("pk"))


def due_messages(*, at: datetime, most: int, quick: bool = False) -> tuple[int, ...]:
    """The messages whose next try has come, the quick ones first, then the oldest; for the worker.

    With ``quick`` those alone.
    """
    rows = Message.objects.filter(not_held(), state=Message.State.QUEUED, next_try_at__lte=at)
    rows = rows.filter(quick=True) if quick else rows
    return tuple(rows.order_by("-quick", "next_try_at", "id").values_list("pk", flat=True)[:most])


def _row(message: Message, actor: Actor) -> OutboxRow:
    return OutboxRow(
        id=message.pk,
        to_name=message.to_name,
        to_address="" if _is_hidden(message, actor) else message.to_address,
        subject=message.subject,
        message_id=message.message_id,
        thread=message.thread,
        state=message.state,
        urgent=message.urgent,
        attempts=message.attempts,
        due_at=message.due_at,
        queued_at=message.queued_at,
        next_try_at=message.next_try_at,
        sent_at=message.sent_at,
        error=message.error,
        said="" if message.automatic else message.text,
        allowed=_allowed(message, actor),
    )


def _is_hidden(message: Message, actor: Actor) -> bool:
    """Where somebody is called at night is read by the directors alone, here too."""
    return bool(message.quick) and not actor.has(Role.DIRECTOR, Role.SYSTEM)


def _allowed(message: Message, actor: Actor) -> frozenset[str]:
    found = set()
    state = Message.State
    if policy.may_retry_message(actor, message):
        if message.state == state.FAILED:
            found |= {"retry_message", "set_message_aside"}
        if message.state == state.BOUNCED:
            found.add("set_message_aside")
    untried = message.state == state.QUEUED and not message.attempts
    if untried and policy.may_recall_message(actor, message):
        found.add("recall_message")
    long = message.due_at - message.queued_at >= LONG and not message.urgent
    if untried and long and policy.may_hurry_message(actor, message):
        found.add("hurry_message")
    return frozenset(found)
