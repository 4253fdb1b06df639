"""What the public reads of a promise: words written for it, by somebody's own decision."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.engagement import facts, policy
from wardroom.engagement.models import Commitment
from wardroom.engagement.rules import commitments as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.outside import check_for_the_public
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text


@action(policy.may_publish_commitment)
def publish_commitment(matter: Matter, *, public_text: str, stamp: Stamp) -> Commitment:
    """Let the public read of a promise in the news, in words written for everybody.

    The words that were noted inside are never shown. One that was kept is told as kept.
    Refuses: one that is not confirmed, ended otherwise, or restricted; no words; a resident, a
    house, or people who live outside in them.
    Records: `CommitmentPublished`.
    """
    row = _counting(matter)
    if matter.restricted:
        raise Refused("restricted", "This is restricted. It stays inside.")
    text = check_text(
        public_text,
        code="text_missing",
        sentence="Write what the public may read.",
        field="public_text",
        most=500,
    )
    check_for_the_public(text, field="public_text")
    row.public_text, row.public_at, row.public_by = text, stamp.at, stamp.actor.name
    row.save(update_fields=["public_text", "public_at", "public_by"])
    record(facts.CommitmentPublished(**matter_words(matter), public_text=text), stamp=stamp)
    return row


@action(policy.may_publish_commitment)
def withdraw_commitment(matter: Matter, *, stamp: Stamp) -> Commitment:
    """Take a promise out of the news for the public; what stood there stays on record.

    Refuses: one that the public does not read of. Records: `CommitmentWithdrawn`.
    """
    row: Commitment = Commitment.objects.select_for_update(of=("self",), no_key=True).get(
        matter=matter
    )
    if row.public_at is None:
        raise Refused("wrong_state", "The public does not read of this.")
    keep_inside(row, stamp)
    return row


def _counting(matter: Matter) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    row: Commitment = rows.get(matter=matter)
    rules.check_move("publish", row.stage)
    if not rules.is_tellable(row.stage, matter.state, matter.outcome):
        raise Refused("wrong_state", "This promise is closed, and was not kept.")
    return row


def keep_inside(row: Commitment, stamp: Stamp) -> None:
    """Let the public read no more of a promise, if it did."""
    if row.public_at is not None:
        fact = facts.CommitmentWithdrawn(**matter_words(row.matter), public_text=row.public_text)
        row.public_text, row.public_at, row.public_by = "", None, ""
        row.save(update_fields=["public_text", "public_at", "public_by"])
        record(fact, stamp=stamp)
