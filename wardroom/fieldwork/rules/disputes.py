"""How long an agency may dispute a finding, and how a dispute may be settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wardroom.kernel.business_time import Calendar, Clock, Due, due_date
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day

DISPUTE_DAYS = 5
LONGEST_DISPUTE = 500
OPEN, UPHELD, DISMISSED = "open", "upheld", "dismissed"
BETTER: Mapping[str, tuple[str, ...]] = {
    "partly": ("fixed", "cannot_determine"),
    "not_fixed": ("fixed", "partly", "cannot_determine"),
}
DISPUTED = "The agency disputes this finding. Somebody else of the office settles it."
SETTLED = "The agency disputed this finding, and it was settled. What was settled stands."


def disputable_until(seen_at: datetime, calendar: Calendar) -> Due:
    """Until when an agency may dispute what was found at an instant."""
    return due_date(seen_at, days=DISPUTE_DAYS, clock=Clock.BUSINESS, calendar=calendar)


def check_dispute(finding: str, *, now: datetime, due: Due) -> None:
    """Something was found that can be disputed, and it is not too late."""
    if finding not in BETTER:
        raise Refused(
            "nothing_to_dispute", "Only what was found partly or not fixed can be disputed."
        )
    if now > due.due_at:
        raise Refused(
            "dispute_too_late",
            f"This could be disputed until {when(due)}. Now the finding stands.",
        )


def check_settlement(finding: str, *, upheld: bool, instead: str) -> None:
    """Where a dispute is upheld, what is true instead is said, and is better than before."""
    if upheld and instead not in BETTER[finding]:
        raise Refused(
            "not_better", "Choose what is true instead of what was found.", field="instead"
        )
    if not upheld and instead:
        raise Refused(
            "dismissed_changes_nothing",
            "Where you dismiss it, the finding stays as it is.",
            field="instead",
        )


def when(due: Due) -> str:
    """The last moment, in words."""
    half = "p.m." if due.due_at.hour >= 12 else "a.m."
    return f"{due.due_at:%-I:%M} {half} on {long_day(due.due_on)}"


def state_of(*, settled: bool, upheld: bool) -> str:
    """Where a dispute stands."""
    if not settled:
        return OPEN
    return UPHELD if upheld else DISMISSED
