"""The way of an application: its stages, who may be told what, and what a score is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardroom.hiring.rules.postings import FIRST, POINTS
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day

DRAFT, RECEIVED, SCREENING, INTERVIEW = "draft", "received", "screening", "interview"
OFFER, SUITABILITY, APPOINTED = "offer", "suitability", "appointed"
NOT_SELECTED, OFFER_ENDED, WITHDRAWN = "not_selected", "offer_ended", "withdrawn"
STAGES: Mapping[str, str] = {
    RECEIVED: "Received",
    SCREENING: "Screening",
    INTERVIEW: "Interview",
    OFFER: "Conditional offer",
    SUITABILITY: "Suitability screening",
    APPOINTED: "Appointed",
    NOT_SELECTED: "Not selected",
    OFFER_ENDED: "Offer ended",
    WITHDRAWN: "Withdrawn by the applicant",
}
MOVES: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({RECEIVED}),
    RECEIVED: frozenset({SCREENING, INTERVIEW, NOT_SELECTED, WITHDRAWN}),
    SCREENING: frozenset({INTERVIEW, OFFER, NOT_SELECTED, WITHDRAWN}),
    INTERVIEW: frozenset({OFFER, NOT_SELECTED, WITHDRAWN}),
    OFFER: frozenset({SUITABILITY, OFFER_ENDED, WITHDRAWN}),
    SUITABILITY: frozenset({APPOINTED, OFFER_ENDED, WITHDRAWN}),
    APPOINTED: frozenset(),
    NOT_SELECTED: frozenset({SCREENING}),
    OFFER_ENDED: frozenset(),
    WITHDRAWN: frozenset(),
}
# Appointing has a move of its own, and withdrawing is the applicant's.
BY_KEEPER = frozenset({SCREENING, INTERVIEW, OFFER, SUITABILITY, NOT_SELECTED, OFFER_ENDED})
BEFORE_OFFER = frozenset({RECEIVED, SCREENING, INTERVIEW})
OVER = frozenset({APPOINTED, NOT_SELECTED, OFFER_ENDED, WITHDRAWN})
AFTER_OFFER = frozenset({SUITABILITY, APPOINTED, OFFER_ENDED})
CLEARED, NOT_CLEARED = "cleared", "not_cleared"
RESULTS: Mapping[str, str] = {CLEARED: "Suitable", NOT_CLEARED: "Not suitable"}


def check_move(stage: str, to: str) -> None:
    """Whether an application may go from one stage to another. Refuses: any other way."""
    if to not in MOVES[stage]:
        here, there = STAGES.get(stage, "A draft"), STAGES.get(to, to)
        raise Refused("wrong_state", f"{here} does not lead to {there.lower()}.", field="to")


def keeper_moves(stage: str) -> tuple[tuple[str, str], ...]:
    """Where the keeper may take an application from here, each with its words."""
    return tuple((to, STAGES[to]) for to in STAGES if to in MOVES[stage] & BY_KEEPER)


def check_result(stage: str, result: str) -> str:
    """What the suitability screening found: the result alone, and only after an offer.

    Refuses: a screening that did not begin, because no conditional offer was made; no result.
    """
    if stage != SUITABILITY:
        sentence = "Suitability is screened only after a conditional offer."
        raise Refused("wrong_state", sentence)
    if result not in RESULTS:
        raise Refused("unknown_result", "Choose what was found.", field="result")
    return result


def early_offer(last_day: date | None, unscreened: int) -> str:
    """Why an offer would be early, in a sentence; nothing where it is not."""
    found = []
    if last_day is not None:
        found.append(f"The posting takes applications until {long_day(last_day)}.")
    if unscreened == 1:
        found.append("1 other application was not screened.")
    elif unscreened:
        found.append(f"{unscreened} other applications were not screened.")
    return " ".join(found)


@dataclass(frozen=True)
class Given:
    """The points of one member for one application: by question, and the most of each."""

    member: int
    points: Mapping[int, int]


def check_points(points: Mapping[int, int], most: Mapping[int, int]) -> None:
    """A score answers every question of the panel. Refuses: one left out; points off."""
    for question, highest in most.items():
        if not 0 <= points.get(question, -1) <= highest:
            sentence = f"Give 0 to {highest} points to each question."
            raise Refused("points_off", sentence, field=f"points_{question}")


def share_of(scores: tuple[Given, ...], most: Mapping[int, int]) -> float | None:
    """The mean share of the points that could be given, 0 to 100; none without a score."""
    highest = sum(most.values())
    if not scores or not highest:
        return None
    means = [100 * sum(one.points.get(q, 0) for q in most) / highest for one in scores]
    return sum(means) / len(means)


def is_open_to_all(*, scored: frozenset[int], due: frozenset[int], opened: bool) -> bool:
    """Whether members see each other's points: once all have scored, or the keeper opened it."""
    return opened or (bool(due) and due <= scored)


@dataclass(frozen=True)
class Ranked:
    """One application in the order that the posting declares."""

    number: int
    resident: bool
    share: float | None
    extra: int = 0

    @property
    def total(self) -> float | None:
        """Its share of the points, with the extra ones that the posting gives to residents."""
        return None if self.share is None else self.share + self.extra


def ranked(rows: tuple[Ranked, ...], *, preference: str, points: int) -> tuple[Ranked, ...]:
    """The applications in order, with the preference as declared and nothing beyond it.

    Residents first: all residents stand before all others, by points within each. Extra
    points: so many are added to a resident's share. Without a preference: by points alone.
    """
    if preference == POINTS:
        rows = tuple(
            Ranked(row.number, row.resident, row.share, points if row.resident else 0)
            for row in rows
        )

    def order(row: Ranked) -> tuple[bool, bool, float, int]:
        behind = preference == FIRST and not row.resident
        return behind, row.total is None, -(row.total or 0.0), row.number

    return tuple(sorted(rows, key=order))
