"""Webhooks: set up and ended, which lines they send, and what became of each.

Which lines a webhook sends is read from the chain of the ledger, which is in the order of the
commits: a worker that is killed costs delay, and loses nothing. A line is looked at with the
holder's sight of that moment, and again when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import all_kinds
from wardroom.ledger.actions import record
from wardroom.ledger.models import About, Link
from wardroom.ledger.policy import reach
from wardroom.ledger.queries import noisy_kinds
from wardroom.ledger.queries.timeline import through_entry
from wardroom.notices import facts, policy
from wardroom.notices.gateways.hooks import (
    Posting,
    Receipt,
    hook_secret,
    inside_allowed,
    new_nonce,
)
from wardroom.notices.models import Hook, HookDelivery
from wardroom.notices.rules import hooks as rules

BOOKKEEPING = "what a webhook sends"
LINES_AT_ONCE = 500
State = HookDelivery.State


class MadeHook(NamedTuple):
    """A webhook that was set up, and the secret by which its receiver checks what comes."""

    hook: Hook
    secret: str


@action(policy.may_make_hook)
def make_hook(
    holder: User, *, name: str, address: str, kinds: Sequence[str] = (), stamp: Stamp
) -> MadeHook:
    """Send other programs word of new lines that you may read, from now on.

    Refuses: no name; an address that it may not have; a kind that is none; too many webhooks.
    Records: `HookMade`.
    """
    name = " ".join(name.split())[:120]
    if not name:
        raise Refused("name_missing", "Say what the webhook is for.", field="name")
    address = rules.check_hook_address(address, inside=inside_allowed())
    wanted = rules.checked_kinds(kinds, all_kinds())
    if Hook.objects.filter(holder=holder, ended_at=None).count() >= rules.MOST_HOOKS:
        raise Refused("too_many", f"Keep {rules.MOST_HOOKS} webhooks at most; end one first.")
    hook = Hook.objects.create(
        holder=holder,
        name=name,
        address=address,
        kinds=wanted,
        nonce=new_nonce(),
        position=_end_of_chain(),
        made_at=stamp.at,
    )
    fact = facts.HookMade(hook_id=hook.pk, hook_name=name, kinds=tuple(wanted))
    record(fact, stamp=stamp)
    return MadeHook(hook, hook_secret(hook.pk, hook.nonce))


@action(policy.may_keep_hook)
def end_hook(hook: Hook, *, stamp: Stamp) -> Hook:
    """End a webhook: nothing is sent there any more, and what waits is dropped.

    Refuses: one that was ended. Records: `HookEnded`.
    """
    _check_live(hook)
    hook.ended_at = stamp.at
    hook.save(update_fields=["ended_at"])
    record(facts.HookEnded(hook_id=hook.pk, hook_name=hook.name), stamp=stamp)
    return hook


@action(policy.may_keep_hook)
def replay_hook(hook: Hook, *, from_line: int, stamp: Stamp) -> Hook:
    """Send all lines from one on again; what was sent before keeps its number.

    Refuses: one that was ended; a line that is not there yet. Records: `HookReplayed`.
    """
    _check_live(hook)
    if not 1 <= from_line <= max(_end_of_chain(), 1):
        raise Refused("no_such_line", "There is no such line yet.", field="from_line")
    again = {"state": State.DUE, "attempts": 0, "next_try_at": stamp.at, "error": ""}
    hook.deliveries.filter(line__gte=from_line).update(**again)
    hook.position = min(hook.position, from_line - 1)
    _let_go_on(hook)
    fact = facts.HookReplayed(
        hook_id=hook.pk, hook_name=hook.name, from_line=from_line, alone=False
    )
    record(fact, stamp=stamp)
    return hook


@action(policy.may_keep_hook)
def replay_delivery(hook: Hook, *, delivery_id: int, stamp: Stamp) -> HookDelivery:
    """Send one line again, that was given up or that the other side lost.

    Refuses: a webhook that was ended; a line that it did not send. Records: `HookReplayed`.
    """
    _check_live(hook)
    row = hook.deliveries.filter(pk=delivery_id).first()
    if row is None:
        raise Refused("no_such_line", "This webhook did not send that.", field="delivery")
    row.state, row.attempts, row.next_try_at, row.error = State.DUE, 0, stamp.at, ""
    row.save()
    _let_go_on(hook)
    fact = facts.HookReplayed(hook_id=hook.pk, hook_name=hook.name, from_line=row.line, alone=True)
    record(fact, stamp=stamp)
    return row


def gather_lines(*, stamp: Stamp) -> int:
    """Put the new lines that each webhook may send among what is due; returns how many.

    It refuses and records nothing: what is due follows from the ledger. Each webhook is one
    commit, which moves its position along with what was found.
    """
    end = _end_of_chain()
    behind = Hook.objects.filter(ended_at=None, position__lt=end).order_by("pk")
    return sum(_gather(pk, stamp) for pk in list(behind.values_list("pk", flat=True)))


def claim_delivery(delivery_id: int, *, stamp: Stamp) -> Posting | None:
    """Take one delivery to send it; none where it is not due, or may not be read any more.

    The try is counted in a commit of its own, so that a worker that dies is counted too.
    It refuses and records nothing.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        row = _taken(delivery_id)
        if row is None or row.next_try_at > stamp.at or row.hook.ended_at is not None:
            return None
        if not _still_read(row, stamp):
            _finish(row, State.DEAD, "Its holder may not read this line any more.")
            return None
        if row.attempts >= rules.MOST_TRIES:
            _finish(row, State.DEAD, row.error or "The worker died at every try.")
            return None
        row.attempts += 1
        row.next_try_at = stamp.at + timedelta(seconds=rules.wait_of(row.attempts))
        row.save(update_fields=["attempts", "next_try_at"])
        return _posting(row, stamp)


def note_delivery(delivery_id: int, *, receipt: Receipt, stamp: Stamp) -> None:
    """Note what the other side said; after the last try that failed the line is given up.

    After a failure the whole webhook rests a while. It refuses and records nothing.
    """
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        # The webhook first, as who has lines sent again takes it too.
        hook = Hook.objects.select_for_update().get(deliveries=delivery_id)
        row = _taken(delivery_id)
        if row is None:
            return
        row.status = receipt.status
        if receipt.taken:
            row.sent_at = stamp.at
            _finish(row, State.SENT, "")
            hook.failures, hook.rests_until = 0, None
        else:
            last = row.attempts >= rules.MOST_TRIES
            _finish(row, State.DEAD if last else State.DUE, receipt.error)
            hook.failures += 1
            hook.rests_until = stamp.at + timedelta(seconds=rules.wait_of(hook.failures))
        hook.save(update_fields=["failures", "rests_until"])


def _gather(hook_id: int, stamp: Stamp) -> int:
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        hook = Hook.objects.select_for_update().select_related("holder").get(pk=hook_id)
        links = Link.objects.filter(position__gt=hook.position).order_by("position")
        last = list(links.values_list("position", flat=True)[:LINES_AT_ONCE])[-1:]
        if not last or hook.ended_at is not None:
            return 0
        actor = actor_for(hook.holder, on=localdate(stamp.at))
        mine = links.filter(position__lte=last[0]).filter(through_entry(reach(actor)))
        if hook.kinds:
            mine = mine.filter(entry__kind__in=hook.kinds)
        else:
            mine = mine.exclude(entry__kind__in=noisy_kinds())
        rows = [
            HookDelivery(hook=hook, entry_id=entry, line=position, next_try_at=stamp.at)
            for entry, position in mine.values_list("entry_id", "position")
        ]
        HookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
        hook.position = last[0]
        hook.save(update_fields=["position"])
    return len(rows)


def _taken(delivery_id: int) -> HookDelivery | None:
    rows = HookDelivery.objects.select_for_update(of=("self",))
    rows = rows.select_related("hook__holder", "entry")
    return rows.filter(pk=delivery_id, state=State.DUE).first()


def _still_read(row: HookDelivery, stamp: Stamp) -> bool:
    actor = actor_for(row.hook.holder, on=localdate(stamp.at))
    return Link.objects.filter(entry=row.entry_id).filter(through_entry(reach(actor))).exists()


def _posting(row: HookDelivery, stamp: Stamp) -> Posting:
    hook, entry = row.hook, row.entry
    about = About.objects.filter(entry=entry, added_by=None).order_by("pk")
    # Another matter in it may be out of the holder's reach: its number stays inside too.
    about = about.exclude(Q(noun="matter") & ~Q(key=entry.matter_key))
    body = rules.payload(
        kind=entry.kind,
        at=entry.at,
        line=row.line,
        entry_id=entry.pk,
        about=about.values_list("noun", "key"),
        site=settings.SITE,
    )
    message, sent_at = rules.message_id(hook.pk, entry.pk), int(stamp.at.timestamp())
    signed = rules.signature(
        hook_secret(hook.pk, hook.nonce), message=message, sent_at=sent_at, body=body
    )
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Wardroom",
        "webhook-id": message,
        "webhook-timestamp": str(sent_at),
        "webhook-signature": signed,
    }
    return Posting(hook.address, body, headers)


def _finish(row: HookDelivery, state: str, error: str) -> None:
    row.state, row.error = state, error
    row.save(update_fields=["state", "error", "status", "sent_at"])


def _let_go_on(hook: Hook) -> None:
    hook.failures, hook.rests_until = 0, None
    hook.save(update_fields=["failures", "rests_until", "position"])


def _check_live(hook: Hook) -> None:
    if hook.ended_at is not None:
        raise Refused("already_ended", f"The webhook “{hook.name}” was ended already.")


def _end_of_chain() -> int:
    newest: Any = Link.objects.order_by("-position").values_list("position", flat=True).first()
    return int(newest or 0)
