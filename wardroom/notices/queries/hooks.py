"""Webhooks as lists and pages show them, with what became of each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from wardroom.access.actor import Actor
from wardroom.access.queries.lists import part_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import After
from wardroom.notices import policy
from wardroom.notices.models import Hook, HookDelivery
from wardroom.notices.queries.holding import get_mail_hold

ROWS = 25
MOVES = frozenset({"end_hook", "replay_hook"})


@dataclass(frozen=True)
class HookRow:
    """A webhook in the list: where it goes, what of, and how it stands."""

    id: int
    name: str
    holder: str
    address: str
    kinds: tuple[str, ...]
    line: int
    waiting: int
    dead: int
    failures: int
    rests_until: datetime | None
    made_at: datetime
    ended_at: datetime | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class HookPage:
    """A page of webhooks."""

    rows: tuple[HookRow, ...]
    total: int
    page: int
    pages: int
    following: After | None = None


@dataclass(frozen=True)
class DeliveryRow:
    """One line that a webhook sends, and what became of it."""

    id: int
    line: int
    entry_id: int
    kind: str
    state: str
    attempts: int
    next_try_at: datetime
    sent_at: datetime | None
    status: int
    error: str


@dataclass(frozen=True)
class DeliveryPage:
    """A page of what a webhook sends, the newest line first."""

    rows: tuple[DeliveryRow, ...]
    total: int
    page: int
    pages: int
    following: After | None = None


def hook_page(actor: Actor, *, live: bool = True, page: int | After = 1) -> HookPage:
    """The webhooks within reach, the newest first."""
    rows = Hook.objects.within(policy.hook_reach(actor)).filter(ended_at__isnull=live)
    part = part_of(rows, ("-made_at", "-pk"), page=page, size=ROWS, shown=_counted(rows))
    shown = tuple(_row(row, actor) for row in part.rows)
    return HookPage(shown, part.total, part.page, part.pages, part.following)


def hook_row(hook_id: int, actor: Actor) -> HookRow:
    """One webhook; `NotFound` where it is out of reach."""
    rows = Hook.objects.within(policy.hook_reach(actor)).filter(pk=hook_id)
    row = _counted(rows).first()
    if row is None:
        raise NotFound(f"no webhook {hook_id}")
    return _row(row, actor)


def get_hook(hook_id: int, actor: Actor) -> Hook:
    """One webhook, to act on it; `NotFound` where it is out of reach."""
    row: Hook | None = Hook.objects.within(policy.hook_reach(actor)).filter(pk=hook_id).first()
    if row is None:
        raise NotFound(f"no webhook {hook_id}")
    return row


def delivery_page(
    hook_id: int, actor: Actor, *, state: str = "", page: int | After = 1
) -> DeliveryPage:
    """What a webhook sends, the newest line first; `NotFound` where it is out of reach."""
    get_hook(hook_id, actor)
    rows = HookDelivery.objects.filter(hook=hook_id, **({"state": state} if state else {}))
    told = rows.select_related("entry")
    part = part_of(rows, ("-line", "-pk"), page=page, size=ROWS, shown=told)
    shown = tuple(
        DeliveryRow(
            id=row.pk,
            line=row.line,
            entry_id=row.entry_id,
            kind=row.entry.kind,
            state=row.state,
            attempts=row.attempts,
            next_try_at=row.next_try_at,
            sent_at=row.sent_at,
            status=row.status,
            error=row.error,
        )
        for row in part.rows
    )
    return DeliveryPage(shown, part.total, part.page, part.pages, part.following)


def due_deliveries(*, at: datetime, most: int) -> tuple[tuple[int, int], ...]:
    """What should be sent now, as delivery and webhook, the oldest line first.

    Nothing while mail is held: the other program may have heard of it already.
    """
    if get_mail_hold() is not None:
        return ()
    rows = HookDelivery.objects.filter(state="due", next_try_at__lte=at, hook__ended_at=None)
    rows = rows.filter(Q(hook__rests_until=None) | Q(hook__rests_until__lte=at))
    return tuple(rows.order_by("next_try_at", "line").values_list("pk", "hook_id")[:most])


def _counted(rows: Any) -> Any:
    return rows.select_related("holder").annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state="due")),
        dead=Count("deliveries", filter=Q(deliveries__state="dead")),
    )


def _row(row: Any, actor: Actor) -> HookRow:
    live = row.ended_at is None and policy.may_keep_hook(actor, row)
    return HookRow(
        id=row.pk,
        name=row.name,
        holder=row.holder.name,
        address=row.address,
        kinds=tuple(row.kinds),
        line=row.position,
        waiting=row.waiting,
        dead=row.dead,
        failures=row.failures,
        rests_until=row.rests_until,
        made_at=row.made_at,
        ended_at=row.ended_at,
        allowed=MOVES if live else frozenset(),
    )
