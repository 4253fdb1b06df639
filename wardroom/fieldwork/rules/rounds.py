"""What may be found at a place, how it is rated, and what a round of spot checks is made of."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from math import ceil, floor, sqrt
from typing import Any

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


SPOT_FINDINGS: Mapping[str, str] = {
    "fixed": "Fixed",
    "partly": "Partly fixed",
    "not_fixed": "Not fixed",
    "cannot_determine": "Could not tell",
}
REQUESTS, ASKS = "requests", "asks"
SOURCES: Mapping[str, str] = {
    REQUESTS: "Service requests that the city closed",
    ASKS: "Asks that an agency says are done",
}
LOTS: Mapping[str, tuple[float, float]] = {
    "5-20": (0.05, 0.20),
    "10-25": (0.10, 0.25),
    "10-30": (0.10, 0.30),
    "10-40": (0.10, 0.40),
    "20-40": (0.20, 0.40),
}
LONGEST_SPAN, MOST_CHECKS, MOST_STOPS = timedelta(days=123), 400, 40
FEWEST_KNOWN, EVEN_SPREAD = 5, 0.5
DETOUR = 1.3
DRAWN, WALKED, ENDED = "drawn", "walked", "ended"
Cell = tuple[str, str]


@dataclass(frozen=True)
class Wanted:
    """What a round is to check: which closures of which days, and how many checks there are.

    Without ``topics`` every trouble counts. ``lot`` is one of `LOTS`: then one agency's work is
    passed or failed, and the plan says how many checks that takes.
    """

    title: str
    source: str
    closed_from: date
    closed_until: date
    ward_code: str = ""
    agency: str = ""
    topics: tuple[str, ...] = ()
    checks: int | None = None
    lot: str = ""


def check_wanted(wanted: Wanted, *, today: date) -> str:
    """The title of a round that can be drawn, put right.

    Refuses: no title; days that are to come, turned around or too far apart; too few or too
    many checks; a lot without its agency.
    """
    title = " ".join(wanted.title.split())
    if not title or len(title) > 120:
        raise Refused("title_missing", "Give the round a title of 1 to 120 letters.", field="title")
    if wanted.source not in SOURCES:
        raise Refused("unknown_source", "Choose what is checked.", field="source")
    if wanted.closed_until > today:
        raise Refused("closed_later", "These days are not over yet.", field="closed_until")
    if wanted.closed_from > wanted.closed_until:
        raise Refused("turned_around", "The last day comes before the first.", field="closed_until")
    if wanted.closed_until - wanted.closed_from > LONGEST_SPAN:
        raise Refused(
            "span_too_long",
            "Choose four months at most. What was fixed longer ago may have come back since.",
            field="closed_from",
        )
    if wanted.lot:
        _check_lot(wanted)
    elif wanted.checks is None or not 1 <= wanted.checks <= MOST_CHECKS:
        raise Refused(
            "checks_out_of_range",
            f"Say how many checks you can do, from 1 to {MOST_CHECKS}.",
            field="checks",
        )
    return title


def _check_lot(wanted: Wanted) -> None:
    if wanted.lot not in LOTS:
        raise Refused("unknown_lot", "Choose one of the plans listed.", field="lot")
    if not wanted.agency:
        raise Refused(
            "lot_without_agency", "Choose the agency whose work is accepted or not.", field="agency"
        )


def strata_of(cells: Mapping[Cell, int], checks: int) -> Mapping[Cell, Cell]:
    """Which stratum each ward and kind belongs to, so that each stratum can have two checks.

    Half of the checks are left to go where most was closed. Where the checks are too few for
    that, a ward's smallest kinds go together, and where even its wards are too many, everything
    does. An empty word stands for what was put together.
    """
    wards = {ward for ward, _ in cells}
    most = max(checks // 4, min(len(wards), checks // 2))
    if most < len(wards):
        return dict.fromkeys(cells, ("", ""))
    alone = sorted(cells, key=lambda cell: (cells[cell], cell))
    joined: list[Cell] = []
    while len(alone) + len({ward for ward, _ in joined}) > most:
        joined.append(alone.pop(0))
    return {**{cell: cell for cell in alone}, **{cell: (cell[0], "") for cell in joined}}


def spread_of(fixed: int, told: int) -> float:
    """How far apart checks of a kind lie, from earlier ones; where few are known, even odds."""
    if told < FEWEST_KNOWN:
        return EVEN_SPREAD
    share = (fixed + 1) / (told + 2)
    return sqrt(share * (1 - share))


def seed_of(text: str) -> int:
    """The seed that follows from what is drawn, so that nobody can choose one."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:7], 16)


def packed(numbers: Sequence[int]) -> bytes:
    """Rising numbers in little room."""
    steps = [b - a for a, b in pairwise([0, *numbers])]
    return zlib.compress(json.dumps(steps, separators=(",", ":")).encode())


def unpacked(kept: bytes) -> list[int]:
    """The numbers again."""
    return list(accumulate(json.loads(zlib.decompress(kept))))


def check_spot_rating(finding: str, rating: int | None) -> None:
    """What was found, and how bad it is where somebody said so; fixed is 1, trouble 2 to 4."""
    if finding not in SPOT_FINDINGS:
        raise Refused("unknown_finding", "Choose what you found.", field="finding")
    if rating is None:
        return
    if finding == "cannot_determine":
        raise Refused(
            "rated_unseen", "Leave out the rating where you could not tell.", field="rating"
        )
    if rating not in RATINGS:
        raise Refused("unknown_rating", "Rate it from 1 to 4, or not at all.", field="rating")
    if (finding == "fixed") != (rating == 1):
        raise Refused(
            "rating_contradicts",
            "Fixed goes with rating 1, and trouble with 2 to 4.",
            field="rating",
        )


def lot_passes(not_fixed: int, unclear: int, most: int) -> bool | None:
    """Whether a lot passes; None where those that nobody could tell would decide it."""
    if not_fixed > most:
        return False
    return True if not_fixed + unclear <= most else None


def standing_of(*, looked: int, ended: bool) -> str:
    """Where a round stands: drawn, being walked, or over."""
    if ended:
        return ENDED
    return WALKED if looked else DRAWN


CLEAR_WIDTH = 0.30
CANNOT_TELL = "cannot tell yet"


def percent(share: float, *, up: bool = False) -> str:
    """A share in whole percent, to the careful side."""
    return f"{ceil(share * 100 - 1e-9) if up else floor(share * 100 + 1e-9)}%"


def result_range(figures: Mapping[str, Any]) -> tuple[float, float]:
    """What the share may be, whatever is true of those that nobody could tell."""
    if figures["cannot_determine"]:
        return figures["worst"]["lower"], figures["best"]["upper"]
    return figures["told"]["lower"], figures["told"]["upper"]


def is_clear(figures: Mapping[str, Any]) -> bool:
    """Whether the checks say enough to name a share."""
    lower, upper = result_range(figures)
    return figures["told"]["value"] is not None and upper - lower <= CLEAR_WIDTH


def result_words(figures: Mapping[str, Any]) -> str:
    """What a round says in a sentence; cannot tell yet where its checks are too few."""
    told = figures["told"]
    lower, upper = result_range(figures)
    between = f"between {percent(lower)} and {percent(upper, up=True)}"
    if told["value"] is None:
        return "Cannot tell yet: nobody could tell at any stop."
    of = f"{told['of'] - told['unseen']:,} closed"
    if not is_clear(figures):
        return f"Cannot tell yet: of {of}, {between} are really fixed. More checks narrow it."
    if figures["fixed"] == figures["looked"]:
        return (
            f"All {figures['looked']:,} looked at were fixed. That says that of {of} at least "
            f"{percent(lower)} are."
        )
    if not figures["fixed"]:
        return (
            f"None of {figures['looked']:,} looked at was fixed. That says that of {of} at most "
            f"{percent(upper, up=True)} are."
        )
    return f"About {told['value']:.0%} of {of} are really fixed, most likely {between}."


def lot_words(lot: Mapping[str, Any]) -> str:
    """Whether an agency's work passes, in words."""
    found = f"{lot['not_fixed']} not fixed, and the plan allows {lot['most']}"
    if lot["passes"] is None:
        return f"Cannot tell yet: {found}, but where nobody could tell would decide it."
    return f"{'Passes' if lot['passes'] else 'Does not pass'}: {found}."
