"""Checking that the ledger is whole, and keeping what was found."""

from __future__ import annotations

from django.db import transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.ledger.actions import record
from wardroom.ledger.queries import Verified
from wardroom.upkeep import facts, policy
from wardroom.upkeep.gateways.database import has_own_log
from wardroom.upkeep.models import EMPTIED, LastLook
from wardroom.upkeep.rules import Finding, Standing


@action(policy.may_keep_house)
def ask_ledger_check(_: None, *, stamp: Stamp) -> None:
    """Have the ledger checked now; the worker walks it and writes down what it finds.

    Refuses: nothing. Records: `LedgerCheckAsked`.
    """
    record(facts.LedgerCheckAsked(), stamp=stamp)


@action(policy.may_note_checks)
def note_ledger_check(_: None, *, found: Verified, stamp: Stamp) -> None:
    """Write down what a walk along the ledger found; the walk itself holds nobody up.

    Refuses: nothing. Records: `LedgerChecked`.
    """
    broken = found.broken.sentence if found.broken else ""
    fact = facts.LedgerChecked(lines=found.lines, head=found.head, broken=broken)
    record(fact, stamp=stamp)


def keep_looks(found: tuple[Finding, ...], *, stamp: Stamp) -> None:
    """Keep what the checks found that ask other machines, for pages that cannot wait."""
    with transaction.atomic(), guard_pass("a look outside"):
        for one in found:
            LastLook.objects.update_or_create(
                code=one.code,
                defaults={
                    "standing": one.standing.value,
                    "sentence": one.sentence[:500],
                    "advice": one.advice[:500],
                    "at": stamp.at,
                },
            )


def keep_emptied(done: bool, *, stamp: Stamp) -> None:
    """Keep when the log of the database was last emptied, or first could not be."""
    if has_own_log() and (done or not LastLook.objects.filter(code=EMPTIED).exists()):
        standing, said = (Standing.FINE, "Emptied.") if done else (Standing.LOOK, "Not emptied.")
        keep_looks((Finding(EMPTIED, standing, said),), stamp=stamp)
