"""What may be found at a place, and how it is rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from wardroom.kernel.errors import Refused

FINDINGS: Mapping[str, str] = {
    "clean": "Clean: the trouble is gone",
    "partly": "Partly: better, not gone",
    "not_fixed": "Not fixed: as it was",
    "worse": "Worse than before",
    "cannot_determine": "Could not tell",
}
RATINGS: Mapping[int, str] = {
    1: "Clean, nothing to do",
    2: "Light: a few minutes of work",
    3: "Heavy: a crew is needed",
    4: "Hazardous: somebody may be hurt",
}
OLDEST = timedelta(days=30)


def check_seen(seen_at: datetime, *, now: datetime) -> None:
    """Somebody saw it already, and not so long ago that memory fills the gaps."""
    if seen_at > now:
        raise Refused("seen_in_the_future", "This is in the future.", field="seen_at")
    if seen_at < now - OLDEST:
        raise Refused(
            "seen_too_long_ago",
            "This was more than 30 days ago. Go and look again.",
            field="seen_at",
        )


def check_rating(finding: str, rating: int | None) -> None:
    """What was found and how it is rated fit together: clean is 1, trouble is 2 to 4."""
    if finding not in FINDINGS:
        raise Refused("unknown_finding", "Choose what you found.", field="finding")
    if finding == "cannot_determine":
        if rating is not None:
            raise Refused(
                "rated_unseen", "Leave out the rating where you could not tell.", field="rating"
            )
        return
    if rating not in RATINGS:
        raise Refused("rating_missing", "Rate it from 1 to 4.", field="rating")
    if (finding == "clean") != (rating == 1):
        raise Refused(
            "rating_contradicts",
            "Clean goes with rating 1, and trouble with 2 to 4.",
            field="rating",
        )


def clean_in_a_row(findings: Sequence[str]) -> int:
    """How many of the newest checks, newest first, found it clean; could not tell is skipped."""
    count = 0
    for finding in findings:
        if finding == "cannot_determine":
            continue
        if finding != "clean":
            break
        count += 1
    return count


def trend_of(ratings: Sequence[int | None]) -> str:
    """Whether the newest rating is better than, worse than or the same as the one before.

    Ratings come newest first, None where the observer could not tell. Two looks are two
    points: this says what changed, not that it lasts.
    """
    rated = [r for r in ratings if r is not None]
    if len(rated) < 2:
        return "unknown"
    if rated[0] == rated[1]:
        return "same"
    return "better" if rated[0] < rated[1] else "worse"
