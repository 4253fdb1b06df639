"""Signing what the ledger came to."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger import facts, policy
from wardroom.ledger.actions.writing import record
from wardroom.ledger.gateways import origin, signed
from wardroom.ledger.models import Link, TreeHead
from wardroom.ledger.queries.heads import edge_of
from wardroom.ledger.rules import Head


@action(policy.may_sign_ledger)
def sign_ledger(_: None, *, day: date, stamp: Stamp) -> TreeHead:
    """Sign what the ledger came to, once a day, so that nobody rewrites it unseen.

    Whoever keeps a signed head outside of this machine can show later that the lines before
    it are still the ones that were there. The tree goes on from the last head.
    Refuses: `already_signed` for the day; `nothing_to_sign`. Records: `LedgerSigned`.
    """
    if TreeHead.objects.filter(day=day).exists():
        raise Refused("already_signed", f"The ledger was signed for {day:%B %-d, %Y} already.")
    last = TreeHead.objects.order_by("-size").first()
    edge = edge_of(last)
    new = Link.objects.filter(position__gt=edge.size).order_by("position")
    for digest in new.values_list("digest", flat=True).iterator(chunk_size=5000):
        edge.add(bytes.fromhex(digest))
    if not edge.size:
        raise Refused("nothing_to_sign", "The ledger has no lines yet.")
    head = signed(Head(origin(), edge.size, edge.root(), day))
    try:
        with transaction.atomic():
            row = TreeHead.objects.create(
                day=day,
                at=stamp.at,
                size=edge.size,
                root=edge.root().hex(),
                note=head.note,
                edge=[[height, part.hex()] for height, part in edge.parts],
            )
    except IntegrityError:
        raise Refused("already_signed", "Another worker signed the ledger just now.") from None
    record(facts.LedgerSigned(day=day, size=row.size, root=row.root), stamp=stamp)
    return row
