"""What follows from a line, delivered once: due with the line, done in one commit, or failed.

`wardroom.reactions` names what follows from which fact and registers it here. `record`
writes one receipt, due, for each reaction in the same commit as the fact. A worker later
runs the reaction and marks its receipt in one commit: a killed worker leaves the receipt
due, so nothing is lost, and a second worker finds it done, so nothing happens twice.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass, unit_of_work
from wardroom.kernel.facts import Fact, kind_named
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.rules import MOST_ATTEMPTS, wait_after

logger = logging.getLogger(__name__)
BOOKKEEPING = "a receipt of the ledger"


class Follow(Protocol):
    """A reaction: it reads the fact and calls actions, which pass the gate as always.

    One that counts first only reads, and gives back what is left to do in the commit.
    """

    def __call__(
        self, fact: Any, *, entry_id: int, stamp: Stamp
    ) -> Callable[[], object] | None: ...


@dataclass(frozen=True)
class Reaction:
    """One thing that follows from one kind of fact.

    One that takes seconds ``counts_first``, before the commit, so that nobody waits for it
    with a change of their own.
    """

    name: str
    follow: Follow
    counts_first: bool = False


_BY_KIND: dict[str, tuple[Reaction, ...]] = {}
_LISTENERS: list[Callable[[int], None]] = []


def register_reactions(by_fact: Mapping[type[Fact], Iterable[Reaction]]) -> None:
    """Take over the house's one list; a later call replaces the earlier one."""
    _BY_KIND.clear()
    for fact, reactions in by_fact.items():
        _BY_KIND[fact.__name__] = tuple(reactions)


def reactions_to(kind: str) -> tuple[Reaction, ...]:
    """What follows from a kind of fact."""
    return _BY_KIND.get(kind, ())


def on_due(listener: Callable[[int], None]) -> None:
    """Call this with an entry's number once its commit stands and receipts are due."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def open_receipts(entries: Sequence[Entry]) -> None:
    """Write the due receipts of lines just recorded, and tell the listeners on commit."""
    due = [
        Receipt(entry=entry, reaction=reaction.name, next_try_at=entry.at)
        for entry in entries
        for reaction in reactions_to(entry.kind)
    ]
    if due:
        Receipt.objects.bulk_create(due)
    for entry_id in dict.fromkeys(receipt.entry_id for receipt in due):
        for listener in _LISTENERS:
            transaction.on_commit(_told(listener, entry_id), robust=True)


def _told(listener: Callable[[int], None], entry_id: int) -> Callable[[], None]:
    # With a name of its own: Django tells by it what went wrong after a commit.
    def tell() -> None:
        listener(entry_id)

    return tell


def due_receipts(*, at: datetime, most: int, entry_id: int | None = None) -> tuple[int, ...]:
    """The receipts whose reaction should be tried now, oldest first."""
    rows = Receipt.objects.filter(state=Receipt.State.DUE, next_try_at__lte=at)
    if entry_id is not None:
        rows = rows.filter(entry_id=entry_id)
    return tuple(rows.order_by("next_try_at", "id").values_list("pk", flat=True)[:most])


def due_moments(receipts: Iterable[int], *, until: datetime) -> dict[int, datetime]:
    """When those of these receipts fell due whose line was written by an instant.

    One that was tried after it fell due with its line.
    """
    rows = Receipt.objects.filter(pk__in=list(receipts), entry__at__lte=until).order_by()
    found = rows.values_list("pk", "next_try_at", "entry__at")
    return {receipt: due if due <= until else at for receipt, due, at in found}


def waits_from_before(until: datetime) -> bool:
    """Whether something that follows from a line of before an instant is still to be done."""
    return Receipt.objects.filter(state=Receipt.State.DUE, entry__at__lte=until).exists()


def deliver_receipt(receipt_id: int, *, stamp: Stamp, now: datetime | None = None) -> bool:
    """Run the reaction of one due receipt; true where it was run and marked done.

    The attempt is counted in a commit of its own, so that a reaction which kills its worker
    runs out of attempts too. Then the reaction and its mark are one commit; only what a
    reaction counts first goes before it. What raises is rolled back and tried again later, at
    most `MOST_ATTEMPTS` times; then it stands as failed for a person to see. Where the moment of
    the stamp is over, ``now`` is the clock by which the next try is counted.
    """
    if not _count_attempt(receipt_id, now or stamp.at):
        return False
    try:
        rest = _begun(receipt_id, stamp)
        with unit_of_work():
            receipt = _take(receipt_id)
            if receipt is None:
                return False
            rest()
            with guard_pass(BOOKKEEPING):
                receipt.state = Receipt.State.DONE
                receipt.done_at = stamp.at
                receipt.error = ""
                receipt.save()
    except Exception as error:
        logger.exception("receipt %s failed", receipt_id)
        _note_failure(receipt_id, error)
        return False
    return True


def _count_attempt(receipt_id: int, now: datetime) -> bool:
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        receipt = _take(receipt_id)
        if receipt is None or receipt.next_try_at > now:
            return False
        if receipt.attempts >= MOST_ATTEMPTS:
            receipt.state = Receipt.State.FAILED
            receipt.error = receipt.error or "the worker died at every attempt"
            receipt.save()
            return False
        receipt.attempts += 1
        receipt.next_try_at = now + timedelta(seconds=wait_after(receipt.attempts))
        receipt.save()
    return True


def _take(receipt_id: int) -> Receipt | None:
    skips = transaction.get_connection().features.has_select_for_update_skip_locked
    return (
        Receipt.objects.select_for_update(skip_locked=skips, of=("self",))
        .select_related("entry")
        .filter(pk=receipt_id, state=Receipt.State.DUE)
        .first()
    )


def _begun(receipt_id: int, stamp: Stamp) -> Callable[[], object]:
    """What is left for the commit: the end of a reaction that counts first, all of another."""
    receipt = Receipt.objects.select_related("entry").get(pk=receipt_id)
    entry = receipt.entry
    reaction = next((r for r in reactions_to(entry.kind) if r.name == receipt.reaction), None)
    if reaction is None:
        raise LookupError(f"{receipt.reaction} is no longer in the list of reactions")
    fact = kind_named(entry.kind).from_plain(entry.body)
    follow = functools.partial(reaction.follow, fact, entry_id=entry.pk, stamp=stamp)
    return (follow() or _nothing) if reaction.counts_first else follow


def _nothing() -> None:
    """What is left of a reaction that found nothing to do."""


def _note_failure(receipt_id: int, error: Exception) -> None:
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        receipt = Receipt.objects.select_for_update().get(pk=receipt_id)
        if receipt.state != Receipt.State.DUE:
            return
        receipt.error = f"{type(error).__name__}: {error}"[:2000]
        if receipt.attempts >= MOST_ATTEMPTS:
            receipt.state = Receipt.State.FAILED
        receipt.save()
