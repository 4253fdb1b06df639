"""Who may vouch that a step was done, what may be found, and when a plan is looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import Wait, check_not_far

STEP_FINDINGS: Mapping[str, str] = {
    "fixed": "Done: it is as the plan wants it",
    "partly": "Partly done",
    "not_fixed": "Not done",
    "cannot_determine": "Could not tell",
}
VERIFIED: Mapping[str, str] = {
    "fixed": "Seen to be done",
    "partly": "Seen, and only partly done",
    "not_fixed": "Seen, and not done",
    "cannot_determine": "Looked at; nobody could tell",
}
OF_A_PLACE: Mapping[str, str] = {"clean": "fixed", "worse": "not_fixed"}
OLDEST = timedelta(days=30)


def check_finding(finding: str) -> str:
    """What was found, from the list. Refuses: anything else."""
    if finding not in STEP_FINDINGS:
        raise Refused("unknown_finding", "Choose what you found.", field="finding")
    return finding


def check_looked(seen_at: datetime, *, now: datetime, done_at: datetime | None) -> None:
    """Somebody looked already, not long ago, and after the agency had said that it was done."""
    if done_at is None:
        raise Refused("not_done", "The agency has not said that this is done, so wait for that.")
    if seen_at > now:
        raise Refused("seen_in_the_future", "This is in the future.", field="seen_at")
    if seen_at < now - OLDEST:
        raise Refused(
            "seen_too_long_ago",
            "This was more than 30 days ago. Go and look again.",
            field="seen_at",
        )
    if seen_at < done_at:
        raise Refused(
            "seen_before_done",
            "This was before the agency said that it is done. Go and look again.",
            field="seen_at",
        )


def check_review(review_on: date, *, today: date) -> None:
    """A plan that was looked at is looked at again on a day to come."""
    check_not_far(review_on, today=today, field="review_on")
    if review_on <= today:
        raise Refused("review_date_over", "Choose a day after today.", field="review_on")


def plan_waits(state: str, review_on: date) -> Wait | None:
    """The plan of an open matter waits for its owner to look at it again."""
    return Wait("review", review_on) if state == "open" else None
