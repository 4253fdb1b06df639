"""What it means how often the judge was wrong on plans that nobody made. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

AS_IT_SHOULD_BE = (0.03, 0.07)
RIGHT, OFTEN, SELDOM = "right", "too often", "seldom"
SENTENCES = {
    RIGHT: "That is as it should be.",
    OFTEN: "That is too often. Read “worked” with care: it is said here where nothing was done.",
    SELDOM: "That is less than it may be. Nothing is called a success that is none, but a plan"
    " that helps a little is overlooked more often.",
}
TOO_LITTLE = (
    "There is too little data yet: it takes two years of requests, and three times as many"
    " places without a plan as a plan would have."
)


@dataclass(frozen=True)
class AlarmRow:
    """Plans of one size that nobody made: how many of them looked helped, with the interval.

    ``stands`` says whether that is right, too often, or seldom.
    """

    size: int
    plans: int
    rate: float
    low: float
    high: float
    held: float
    stands: str

    @property
    def of_100(self) -> str:
        """How many of 100 looked helped."""
        return in_a_hundred(self.rate)

    @property
    def sentence(self) -> str:
        """What it means."""
        return SENTENCES[self.stands]


def alarm_rows(figures: Sequence[Mapping[str, Any]]) -> tuple[AlarmRow, ...]:
    """The kept figures, each with what it means."""
    return tuple(
        AlarmRow(
            size=row["size"],
            plans=row["plans"],
            rate=row["rate"],
            low=row["low"],
            high=row["high"],
            held=row["held"],
            stands=how_it_stands(row["rate"]),
        )
        for row in figures
    )


def in_a_hundred(rate: float) -> str:
    """A rate as a number of 100, to one place."""
    return f"{100 * rate:.1f}".removesuffix(".0")


def how_it_stands(rate: float) -> str:
    """Whether a rate of false alarms is right: 5 in 100 is meant, and 3 to 7 will do."""
    least, most = AS_IT_SHOULD_BE
    if least <= rate <= most:
        return RIGHT
    return OFTEN if rate > most else SELDOM


def quarter_begins(day: date) -> date:
    """The first day of the quarter that a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
