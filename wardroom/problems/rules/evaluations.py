"""What the test of a plan needs before it may be registered, and when a verdict is due. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from wardroom.analysis.definitions import Definition
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day

FEWEST_MONTHS, MOST_MONTHS, USUAL_MONTHS = 3, 36, 12
FURTHEST_START = 366
DAYS = ("data_until", "starts_on", "verdict_on")
LONGEST_TITLE, LONGEST_WHY = 120, 500
RUNNING, DUE, JUDGED, WITHDRAWN = "running", "due", "judged", "withdrawn"
AHEAD = "ahead"
STANDS = (RUNNING, DUE, JUDGED, WITHDRAWN)
USUAL_RADIUS_M = 35.0
LOT_RULE = (
    "the places that a lot made wait, in groups of places alike in their count before; of all of"
    " them {at_once} come first"
)
DEFINITIONS = (
    Definition(
        "Effect",
        1,
        "Episodes that came at the places after the start, for each one that was to be expected:"
        " what came in the 12 months before, moved as it moved at places that had been as bad.",
        "Studentized randomization within strata of the count before.",
    ),
    Definition(
        "Interval",
        1,
        "With the same data and other luck, nine of ten such intervals would hold the true"
        " effect. It worked where the whole interval is at least a tenth fewer.",
        "The draws turned round.",
    ),
    Definition(
        "False alarms",
        1,
        "600 made-up plans of the same size on places where nothing was done, judged the same"
        " way: how many of 100 would have looked helped. About 5 is as it should be.",
        "A/A test on this office's own data.",
    ),
    Definition(
        "Ring",
        1,
        "The same effect between 75 and 250 meters around the places. Over 1, trouble may have"
        " moved next door.",
        "Bowers and Johnson 2003, as a ratio.",
    ),
)


@dataclass(frozen=True)
class PlaceDraft:
    """One location of an evaluation that is to be registered: where, how wide, and what counts."""

    location_id: int
    ward_code: str
    latitude: float
    longitude: float
    radius_m: float
    topics: tuple[str, ...]
    before: int


@dataclass(frozen=True)
class EvaluationDraft:
    """An evaluation before it is registered."""

    title: str
    places: tuple[PlaceDraft, ...]
    data_until: date
    starts_on: date
    verdict_on: date
    at_once: int | None = None

    def as_plain(self) -> dict[str, Any]:
        """All of it as plain values, to be kept."""
        plain = asdict(self)
        for day in DAYS:
            plain[day] = plain[day].isoformat()
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> EvaluationDraft:
        """A draft that was kept."""
        places = tuple(
            PlaceDraft(**{**place, "topics": tuple(place["topics"])}) for place in plain["places"]
        )
        days = {day: date.fromisoformat(plain[day]) for day in DAYS}
        return cls(**{**plain, **days, "places": places})

    @property
    def ward_code(self) -> str:
        """The ward of all its places; empty where they lie in several, or in none."""
        codes = {place.ward_code for place in self.places}
        return codes.pop() if len(codes) == 1 else ""

    @property
    def months(self) -> int:
        """How many whole months there are between its start and its verdict."""
        return whole_months(self.starts_on, self.verdict_on)


def first_whole_month(day: date) -> int:
    """The running number of the first month that begins on a day or after it."""
    return day.year * 12 + day.month - 1 + (day.day > 1)


def whole_months(starts_on: date, verdict_on: date) -> int:
    """The months that begin after a start and are over by the day of the verdict."""
    return max(verdict_on.year * 12 + verdict_on.month - 1 - first_whole_month(starts_on), 0)


def month_begins_on(number: int) -> date:
    """The first day of a month by its running number."""
    return date(number // 12, number % 12 + 1, 1)


def check_draft(draft: EvaluationDraft, *, today: date) -> str:
    """The title, trimmed. Refuses what no fair test can follow from, at the field it is about."""
    title = draft.title.strip()
    if not title:
        raise Refused("title_missing", "Give it a name that says what is tried.", field="title")
    if len(title) > LONGEST_TITLE:
        raise Refused("title_too_long", f"Keep it within {LONGEST_TITLE} letters.", field="title")
    if not draft.places:
        raise Refused("places_missing", "Choose at least one location.", field="places")
    check_days(draft, today=today)
    if draft.at_once is not None and not 1 <= draft.at_once < len(draft.places):
        raise Refused(
            "lot_needless",
            f"A draw needs some that wait: of {len(draft.places)} chosen, fewer can come first, "
            "and at least 1.",
            field="at_once",
        )
    return title


def check_days(draft: EvaluationDraft, *, today: date) -> None:
    """A start that is still to come, and a verdict neither too soon nor too late.

    Refuses: any other.
    """
    if draft.starts_on <= draft.data_until:
        raise Refused(
            "starts_too_soon",
            f"The requests are known up to {long_day(draft.data_until)}. A test is registered "
            "before anybody can know how it goes: start after that day.",
            field="starts_on",
        )
    if draft.starts_on < today:
        raise Refused(
            "starts_too_soon", "This day is over. Start today or later.", field="starts_on"
        )
    if (draft.starts_on - today).days > FURTHEST_START:
        raise Refused("starts_too_late", "Start within a year from now.", field="starts_on")
    first = first_whole_month(draft.starts_on)
    if draft.months < FEWEST_MONTHS:
        soonest = month_begins_on(first + FEWEST_MONTHS)
        raise Refused(
            "verdict_too_soon",
            f"Give it three whole months: the verdict can be due from {long_day(soonest)} on.",
            field="verdict_on",
        )
    if draft.months > MOST_MONTHS:
        raise Refused(
            "verdict_too_late", "The verdict is due within three years.", field="verdict_on"
        )


def check_why(reason: str) -> str:
    """Why an evaluation is withdrawn, trimmed."""
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing", "Say why it is withdrawn.", field="reason")
    if len(reason) > LONGEST_WHY:
        raise Refused("reason_too_long", f"Keep it within {LONGEST_WHY} letters.", field="reason")
    return reason


def standing(*, withdrawn: bool, judged: bool, verdict_on: date, on: date) -> str:
    """Whether an evaluation is running, due, judged or withdrawn on a day."""
    if withdrawn:
        return WITHDRAWN
    if judged:
        return JUDGED
    return DUE if verdict_on <= on else RUNNING


def reading_due(
    *, months: int, over: int, read: int, verdict_on: date, on: date
) -> tuple[int, bool] | None:
    """The months to read now and whether that is an interim look; none where nothing is due.

    ``over`` are the whole months since the start that the data hold; ``read`` those looked at
    last. Each is looked at once, and the verdict is given once, on its day or after.
    """
    over = min(over, months)
    if over == months and on >= verdict_on:
        return months, False
    return (over, True) if over > read else None
