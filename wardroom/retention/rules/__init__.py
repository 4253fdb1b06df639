"""What is right for keeping and disposing: fates, states, and when the time of a record is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

# The nouns of the lines about a class of records, a hold and a disposal.
CLASS_NOUN, HOLD_NOUN, DISPOSAL_NOUN = "record_class", "legal_hold", "disposal"
DESTROY, ARCHIVES = "destroy", "archives"
FATES: Mapping[str, str] = {DESTROY: "Destroyed", ARCHIVES: "Kept for the archives"}
MOST_MONTHS, MOST_REASON, MOST_WORDS, MOST_ROWS = 1_200, 300, 120, 500

PREPARED, APPROVED, DONE, DROPPED = "prepared", "approved", "done", "dropped"
STATES: Mapping[str, str] = {
    PREPARED: "Waits for a second person",
    APPROVED: "Is being carried out",
    DONE: "Carried out",
    DROPPED: "Dropped",
}
UNDER_WAY = (PREPARED, APPROVED)
# Which state a verb leads to, from each.
MOVES: Mapping[str, Mapping[str, str]] = {
    PREPARED: {"approve_disposal": APPROVED, "drop_disposal": DROPPED},
    APPROVED: {"file_certificate": DONE},
    DONE: {},
    DROPPED: {},
}
LISTED, DESTROYED, HELD, LEFT = "listed", "destroyed", "held", "left"
ROW_STATES: Mapping[str, str] = {
    LISTED: "On the list",
    DESTROYED: "Destroyed",
    HELD: "Kept, under a legal hold",
    LEFT: "Left as it is",
}


def check_move(state: str, verb: str) -> str:
    """The state that a verb leads to. Refuses: one that cannot follow now."""
    if verb not in MOVES[state]:
        raise Refused("wrong_state", f"This cannot be done now. It stands so: {STATES[state]}.")
    return MOVES[state][verb]


def due_on(ended_on: date, months: int) -> date:
    """The day from which a record may go: so many months after its end, or their last day."""
    year, month = divmod(ended_on.year * 12 + ended_on.month - 1 + months, 12)
    for day in (ended_on.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def how_long(months: int | None) -> str:
    """For how long something is kept, in words: whole years as years."""
    if months is None:
        return "For good"
    years, rest = divmod(months, 12)
    number, one = (years, "year") if years and not rest else (months, "month")
    return f"{number:,} {one if number == 1 else one + 's'}"


def check_months(months: int | None) -> int | None:
    """For how long something is kept; None for good. Refuses: less than a month, or ages."""
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise Refused("bad_months", f"Between 1 and {MOST_MONTHS:,} months.", field="months")
    return months


def check_words(text: str, *, field: str, sentence: str, most: int = MOST_REASON) -> str:
    """Words that must be there. Refuses: none, or more than fits."""
    return check_text(
        " ".join(text.split()), code=f"no_{field}", sentence=sentence, field=field, most=most
    )


def check_second(prepared_by: int | None, approves: int | None) -> None:
    """Refuses: whoever prepared a list to approve it, too."""
    if approves is None or approves == prepared_by:
        raise Refused("same_person", "Somebody else approves it: it takes two people.")
