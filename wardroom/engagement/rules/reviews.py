"""Groups in the review of programs: what is written down of each, and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

DISPOSITIONS: Mapping[str, str] = {
    "adopted": "Adopted",
    "partly": "Adopted in part",
    "not_adopted": "Not adopted",
    "elsewhere": "Another body decides",
}
MOST_VOICES = 60


def check_program(program: str) -> str:
    """The program that was reviewed. Refuses: none named."""
    return check_text(
        program,
        code="program_missing",
        sentence="Name the program that was reviewed.",
        field="program",
        most=200,
    )


def check_invited_by(name: str) -> str:
    """Who invited. Refuses: nobody named."""
    return check_text(
        name, code="inviter_missing", sentence="Say who invited.", field="invited_by", most=200
    )


def check_held_on(held_on: date, *, today: date) -> None:
    """A review is written down once it was held. Refuses: a day to come."""
    if held_on > today:
        raise Refused("held_in_the_future", "This day is still to come.", field="held_on")


def check_invited(names: Sequence[str]) -> tuple[str, ...]:
    """The groups that were invited, one on a line. Refuses: none; far too many; one too long."""
    found = tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if not found or len(found) > MOST_VOICES or any(len(name) > 200 for name in found):
        raise Refused(
            "groups_missing",
            f"Name the groups that were invited, one on a line, {MOST_VOICES} at most.",
            field="groups",
        )
    return found


def check_disposition(disposition: str, reason: str, *, said: str) -> str:
    """What became of what a group said, and why.

    Refuses: nothing that it said; a word that is none; no reason.
    """
    if not said:
        raise Refused("nothing_said", "Write down first what the group said.", field="disposition")
    if disposition not in DISPOSITIONS:
        raise Refused("unknown_disposition", "Choose what became of it.", field="disposition")
    return check_text(
        reason,
        code="reason_missing",
        sentence="Say why, so that the group can be told.",
        field="reason",
        most=500,
    )
