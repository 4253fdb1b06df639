"""The office as it is built: units under units, and positions with their part of a job."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from wardroom.kernel.errors import Refused

EXISTING, PROPOSED, DROPPED, CLOSED = "existing", "proposed", "dropped", "closed"
STATUSES: Mapping[str, str] = {
    EXISTING: "Existing",
    PROPOSED: "Proposed",
    DROPPED: "Proposal dropped",
    CLOSED: "Closed",
}
VACANT, APPOINTED = "vacant", "appointed"
SORTS: Mapping[str, str] = {
    APPOINTED: "Appointed",
    "detail": "On detail",
    "volunteer": "Volunteer",
    "fixed_term": "For a fixed term",
    VACANT: "Vacant",
}
# Whoever is lent or helps adds hours for a time, and fills no job.
FILLS = frozenset({APPOINTED, "fixed_term"})
DEEPEST = 6


def called(title: str, ward_code: str) -> str:
    """A position in words: its title, and its ward where it has one."""
    return f"{title}, Ward {ward_code}" if ward_code else title


def check_fte(fte: Decimal) -> None:
    """A position is a whole job or a part of one. Refuses: `fte_off`."""
    if not 0 < fte <= 1:
        raise Refused("fte_off", "Give the part of a full-time job, such as 1 or 0.5.", field="fte")


def check_under(unit: int, above: int | None, parents: Mapping[int, int | None]) -> None:
    """A unit stands under another that is not its own part, and not too deep.

    Refuses: `under_itself`, `too_deep`.
    """
    steps, at = 0, above
    while at is not None:
        if at == unit:
            raise Refused("under_itself", "A unit cannot stand under its own part.", field="parent")
        steps, at = steps + 1, parents.get(at)
        if steps >= DEEPEST:
            raise Refused("too_deep", f"Keep to {DEEPEST} levels of units.", field="parent")
