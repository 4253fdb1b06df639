"""Public bodies that the office staffs: seats, terms, a quorum, and what a motion needs.

A body that takes official action by a roll call is bound by the Open Meetings Act, D.C. Code
2-571 to 2-580. What counts as one changes with the acts, so each body says what it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

OPEN_MEETINGS_ACT, OWN_RULES = "open_meetings", "own_rules"
COVERS: Mapping[str, str] = {
    OPEN_MEETINGS_ACT: "The Open Meetings Act binds it: notice, minutes, record and recording",
    OWN_RULES: "Its own rules only: no legal clock runs",
}
BANDS = (30, 60, 90)
AHEAD = timedelta(days=BANDS[-1])
LONGEST_TERM, MOST_TERMS, LARGEST_QUORUM = 240, 20, 200
YES, NO = "yes", "no"
ANSWERS: Mapping[str, str] = {YES: "Yes", NO: "No", "abstain": "Abstains", "recused": "Recused"}
CARRIED, LOST = "carried", "lost"
OUTCOMES: Mapping[str, str] = {CARRIED: "Carried", LOST: "Not carried"}
CLOSED_REASONS: Mapping[str, str] = {
    "b1": "A law or a court orders that it is not public (2-575(b)(1))",
    "b2": "Price and terms of a contract that is negotiated (2-575(b)(2))",
    "b3": "Incentives for a business to settle or grow (2-575(b)(3))",
    "b4": "Legal advice, or settling a claim (2-575(b)(4))",
    "b5": "Collective bargaining (2-575(b)(5))",
    "b6": "Preparing or grading an examination (2-575(b)(6))",
    "b7": "A prize or an honor that is not yet announced (2-575(b)(7))",
    "b8": "Protecting the public from danger (2-575(b)(8))",
    "b9": "A disciplinary matter (2-575(b)(9))",
    "b10": "Appointing, employing or judging an official (2-575(b)(10))",
    "b11": "Trade secrets and business information (2-575(b)(11))",
    "b12": "Training of members and staff (2-575(b)(12))",
    "b13": "Weighing a decision as a court does (2-575(b)(13))",
    "b14": "An investigation of misconduct (2-575(b)(14))",
}


@dataclass(frozen=True)
class Quorum:
    """How many are there and how many it takes."""

    seated: int
    present: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether the body can act."""
        return self.present >= self.needed


def quorum_of(*, seated: int, present: int, own: int | None = None) -> Quorum:
    """A majority of the seated voting seats, or the number of the body's own charter."""
    return Quorum(seated, present, own if own is not None else seated // 2 + 1)


def check_authority(text: str) -> str:
    """What a body rests on, with its citation. Refuses: nothing; too much."""
    return check_text(
        text,
        code="authority_missing",
        sentence="Say what it rests on: a law, a Mayor's Order, or its charter.",
        field="authority",
        most=300,
    )


def check_cover(cover: str) -> str:
    """Which clocks bind a body. Refuses: what is not in the list."""
    if cover not in COVERS:
        raise Refused("unknown_cover", "Choose which rules bind its meetings.", field="cover")
    return cover


def check_seat(*, term_months: int | None, most_terms: int | None) -> None:
    """How long a term is and how many there may be. Refuses: what no charter says."""
    if term_months is not None and not 1 <= term_months <= LONGEST_TERM:
        raise Refused(
            "term_off", f"A term has from 1 to {LONGEST_TERM} months.", field="term_months"
        )
    if most_terms is not None and not 1 <= most_terms <= MOST_TERMS:
        raise Refused("terms_off", f"Choose from 1 to {MOST_TERMS} terms.", field="most_terms")


def term_end(since_on: date, months: int) -> date:
    """The day on which a term of so many months is over; the last of a shorter month."""
    total = since_on.month - 1 + months
    year, month = since_on.year + total // 12, total % 12 + 1
    after = date(year + (month == 12), month % 12 + 1, 1)
    last = (after - timedelta(days=1)).day
    return date(year, month, min(since_on.day, last))


def check_term(*, since_on: date, ends_on: date | None, number: int, most: int | None) -> None:
    """A term ends after it begins, and a limit holds.

    Refuses: an end before the start; a term beyond the limit of the seat.
    """
    if ends_on is not None and ends_on <= since_on:
        raise Refused("ends_too_early", "The term ends before it begins.", field="ends_on")
    if most is not None and number > most:
        times = "one term" if most == 1 else f"{most} terms"
        raise Refused("term_limit", f"Nobody holds this seat for more than {times}.", field="name")


def band_of(ends_on: date, *, today: date) -> str:
    """How near the end of a term is: `over`, `30`, `60` or `90` days, or nothing."""
    left = (ends_on - today).days
    if left < 0:
        return "over"
    return next((str(band) for band in BANDS if left <= band), "")


def outcome_of(answers: Iterable[str]) -> str:
    """Whether a motion carried: more say yes than no."""
    counts = Counter(answers)
    return CARRIED if counts[YES] > counts[NO] else LOST


def check_motion(
    *, mover: int, seconder: int, present: Collection[int], answers: Mapping[int, str]
) -> None:
    """Who moved and seconded it was there, and everybody there answered the roll call.

    Refuses: a mover or seconder who is not among those present with a vote; one who seconds
    the own motion; a member without an answer; an answer that is none.
    """
    for seat, field in ((mover, "mover"), (seconder, "seconder")):
        if seat not in present:
            raise Refused(
                "not_present", "Choose a voting member who is here by the roll.", field=field
            )
    if mover == seconder:
        raise Refused("own_second", "Somebody else has to second it.", field="seconder")
    for seat in present:
        if answers.get(seat) not in ANSWERS:
            raise Refused(
                "answer_missing",
                "Write down the answer of everybody who is here.",
                field=f"answer_{seat}",
            )


def check_closed(reason: str, text: str, *, outcome: str) -> str:
    """What is said about a closed session.

    Refuses: a reason that is not listed by law; no words about what was discussed; a motion
    to close that did not carry.
    """
    if reason not in CLOSED_REASONS:
        raise Refused(
            "unknown_reason", "The law lists the reasons. Choose one of them.", field="reason"
        )
    if outcome != CARRIED:
        raise Refused(
            "not_carried", "A session is closed only after a motion that carried.", field="motion"
        )
    return check_text(
        text,
        code="text_missing",
        sentence="Say in public words what the closed part is about.",
        field="text",
        most=500,
    )
