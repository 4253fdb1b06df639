"""Settling what followed from a line and failed at every try: once more, or not at all."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.ledger.models import Receipt
from wardroom.upkeep import facts, policy


@action(policy.may_keep_house)
def retry_receipt(receipt: Receipt, *, stamp: Stamp) -> Receipt:
    """Have a consequence that failed at every try run again, with all its tries before it.

    Refuses: `wrong_state` where it did not fail. Records: `ConsequenceRetried`.
    """
    _check_failed(receipt)
    receipt.state = Receipt.State.DUE
    receipt.attempts = 0
    receipt.next_try_at = stamp.at
    receipt.save(update_fields=["state", "attempts", "next_try_at"])
    record(facts.ConsequenceRetried(line=receipt.entry_id, follows=receipt.reaction), stamp=stamp)
    return receipt


@action(policy.may_keep_house)
def give_up_receipt(receipt: Receipt, *, reason: str, stamp: Stamp) -> Receipt:
    """Say why a consequence that failed need not happen any more.

    Refuses: `wrong_state` where it did not fail; `no_reason`. Records: `ConsequenceGivenUp`.
    """
    _check_failed(receipt)
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("no_reason", "Say why it need not happen.", field="reason")
    receipt.state = Receipt.State.GIVEN_UP
    receipt.save(update_fields=["state"])
    fact = facts.ConsequenceGivenUp(line=receipt.entry_id, follows=receipt.reaction, reason=reason)
    record(fact, stamp=stamp)
    return receipt


def _check_failed(receipt: Receipt) -> None:
    if receipt.state != Receipt.State.FAILED:
        raise Refused("wrong_state", "Somebody has already dealt with this.")
