"""Programs that carry commitments: whether one does, and whether it is still in line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

PROGRAM_KINDS: Mapping[str, str] = {
    "initiative": "Initiative or campaign of ours",
    "agency": "Program of an agency",
    "plan": "Plan",
    "budget": "Budget line",
}
IN_LINE, DRIFTED, NO_PROGRAM = "in_line", "drifted", "no_program"
VERDICTS: Mapping[str, str] = {
    IN_LINE: "In line",
    DRIFTED: "Drifted",
    NO_PROGRAM: "No program carries it",
}
UNCHECKED = "unchecked"


def check_program_name(name: str, kind: str) -> str:
    """What a program is called. Refuses: a kind that is not known; no name."""
    if kind not in PROGRAM_KINDS:
        raise Refused("unknown_kind", "Choose what kind of program it is.", field="kind")
    return check_text(
        name, code="name_missing", sentence="Say what it is called.", field="name", most=200
    )


def check_verdict(
    verdict: str, *, has_program: bool, text: str, checked_on: date, today: date
) -> str:
    """A look at a commitment: which program carries it, how it stands, in words.

    Refuses: a verdict that is not known; one that names a program and says that there is none,
    or the other way round; no words; a day to come.
    """
    if verdict not in VERDICTS:
        raise Refused("unknown_verdict", "Choose how it stands.", field="verdict")
    if verdict == NO_PROGRAM and has_program:
        raise Refused(
            "program_named", "You named a program. Choose in line or drifted.", field="verdict"
        )
    if verdict != NO_PROGRAM and not has_program:
        raise Refused("program_missing", "Choose the program that carries it.", field="program")
    if checked_on > today:
        raise Refused("checked_in_the_future", "This day is still to come.", field="checked_on")
    return check_text(
        text,
        code="text_missing",
        sentence="Say what was looked at, and what was found.",
        field="text",
        most=500,
    )
