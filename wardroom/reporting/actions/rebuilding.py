"""Telling a signed report again from its frozen rows, and comparing."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.reporting import facts, policy, rules
from wardroom.reporting.actions.freezing import named
from wardroom.reporting.models import Edition, FrozenRows, Rebuild
from wardroom.reporting.queries import digest_of
from wardroom.reporting.rules import telling
from wardroom.reporting.rules.packing import unpacked
from wardroom.reporting.rules.rebuilding import differences, numbers_in


@action(policy.may_rebuild_report)
def rebuild_report(edition: Edition, *, stamp: Stamp) -> Rebuild:
    """Rebuild a signed report from the rows that were frozen with it, and compare every value.

    The rows are told by the method that the report was signed with, whatever the house counts
    today; rows and signed content must also bear the hashes of that day. Refuses: a draft; a
    report that was signed before rows were kept. Records: `ReportRebuilt`.
    """
    if edition.state != rules.SIGNED:
        raise Refused(
            "wrong_state_draft", "This is still a draft; only a signed report is rebuilt."
        )
    kept = FrozenRows.objects.filter(edition=edition).first()
    if kept is None:
        raise Refused(
            "no_frozen_rows",
            "This report was signed before its rows were kept, so it cannot be rebuilt.",
        )
    rows, sha256 = unpacked(kept.content)
    found = differences(edition.facts, telling.told(rows, edition.method))
    found += ["the frozen rows"] if sha256 != kept.sha256 else []
    found += ["the signed content"] if digest_of(edition) != edition.digest else []
    rebuild = Rebuild.objects.create(
        edition=edition,
        at=stamp.at,
        identical=not found,
        numbers=numbers_in(edition.facts),
        differences=found,
    )
    fact = facts.ReportRebuilt(
        **named(edition), identical=rebuild.identical, numbers=rebuild.numbers
    )
    record(fact, stamp=stamp)
    return rebuild
