"""Requests that were read before their boundaries were there."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.service_requests import facts, policy
from wardroom.service_requests.actions import rows as table
from wardroom.service_requests.actions.resolving import Locator, Points
from wardroom.service_requests.rules import KINDS

AT_ONCE = 20_000


@action(policy.may_import)
def place_requests(subject: None, *, kind: str, after_id: int, placed: int, stamp: Stamp) -> None:
    """Give requests that lie in no district yet the one that held on their own day.

    A request that has a district of this kind keeps it. One call looks at no more than
    20,000 requests, behind the one with the number ``after_id``; ``placed`` were placed so far.
    Refuses: a kind that requests are not placed in. Records: `RequestsPlaced`, which says
    where to go on.
    """
    if kind not in KINDS:
        raise Refused("bad_kind", f"Requests are placed in {', '.join(KINDS)}.", field="kind")
    waiting = table.unplaced_rows(kind, after_id, AT_ONCE)
    found = []
    if waiting:
        days = [_day(at, zone) for _, _, _, at, zone in waiting]
        points = Points.of([w[1] for w in waiting], [w[2] for w in waiting], days)
        ids, codes = Locator(kind).districts_of(points)
        found = [
            (district, code, row[0])
            for row, district, code in zip(waiting, ids, codes, strict=True)
            if district is not None
        ]
        table.place_rows(kind, found)
    fact = facts.RequestsPlaced(
        district_kind=kind,
        placed=placed + len(found),
        until_id=waiting[-1][0] if waiting else after_id,
        last=len(waiting) < AT_ONCE,
    )
    record(fact, stamp=stamp)


def _day(opened_at: str, zone: str) -> str:
    """The local day of an instant that is written as UTC text."""
    at = datetime.fromisoformat(opened_at).replace(tzinfo=UTC)
    return at.astimezone(ZoneInfo(zone)).date().isoformat()
