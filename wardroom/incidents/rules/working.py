"""Reports, roles, needs of households, and what an incident taught: their words and checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from wardroom.incidents.rules.naming import is_name
from wardroom.kernel.errors import Refused

FIRST_REPORT_WITHIN = timedelta(minutes=60)
FOLLOW_UPS: Mapping[int, str] = {24: "24 hours", 72: "72 hours"}
REVIEW_WITHIN_DAYS = 10
FEWEST_SHOWN = 3
CALL_OUTCOMES: Mapping[str, str] = {
    "reached": "Reached",
    "message": "Left a message",
    "no_answer": "No answer",
}
AFFECTED: Mapping[str, str] = {
    "homes": "Homes",
    "adults": "Adults",
    "children": "Children",
    "older": "People over 64",
    "access": "Homes with access needs",
    "pets": "Pets",
}
INCIDENT_ROLES: Mapping[str, str] = {
    "lead": "Has it for the office",
    "scene": "At the scene",
    "households": "With the households",
    "reports": "Writes the reports",
}
NEEDS: Mapping[str, str] = {
    "shelter": "A place for the night",
    "food": "Food and water",
    "clothes": "Clothes",
    "money": "Money for the first days",
    "papers": "Papers and keys",
    "transport": "A way to get there",
    "childcare": "Care for children",
    "pets": "Care for pets",
    "language": "An interpreter",
}
CAPABILITIES: Mapping[str, str] = {
    "calling": "Calling people out",
    "information": "Finding out and reporting",
    "care": "Care for the people there",
    "partners": "Working with agencies",
    "public": "Telling neighbors and the commission",
}
RATINGS: Mapping[str, str] = {
    "P": "Performed without challenges",
    "S": "Performed with some challenges",
    "M": "Performed with major challenges",
    "U": "Unable to be performed",
}


def check_counts(given: Mapping[str, int | None]) -> dict[str, int]:
    """How many people an incident touches, by sort; what nobody counted is left out."""
    kept = {name: count for name, count in given.items() if count is not None}
    for name, count in kept.items():
        if name not in AFFECTED or not 0 <= count <= 9_999:
            raise Refused("bad_count", "Give a count from 0 to 9,999.", field=name)
    return kept


def check_next_update(at: datetime | None, *, now: datetime) -> datetime | None:
    """When the next report is due; none where this is the last. Refuses: a time that is over."""
    if at is not None and at <= now:
        raise Refused("update_too_early", "Choose a time to come.", field="next_update_at")
    return at


def check_finished(*, taken: bool, stood_down: bool, reviewed: bool) -> None:
    """Refuses: to end without a word what the office has not stood down from, or not reviewed."""
    if taken and not stood_down:
        raise Refused(
            "not_stood_down", "Stand down first, or say why it ends without that.", field="text"
        )
    if taken and not reviewed:
        raise Refused(
            "not_reviewed", "Finish the review first, or say why it ends without one.", field="text"
        )


def check_resumed(*, stood_down: bool, over: bool, reviewed: bool) -> None:
    """Refuses: to take standing down back where nobody did, or once it is over or reviewed."""
    if not stood_down:
        raise Refused("not_stood_down", "The office did not stand down.")
    if over:
        raise Refused("over", "This incident is over. Take it up again first.")
    if reviewed:
        raise Refused(
            "review_begun", "Its review is begun, so standing down cannot be taken back any more."
        )


def check_label(label: str) -> str:
    """What a household is called. Refuses: no label; one that could be a name or a case number."""
    label = " ".join(label.split())
    if not label:
        raise Refused("label_missing", "Say which home, such as Unit 4.", field="label")
    digits = sum(letter.isdigit() for letter in label)
    if len(label) > 20 or digits > 5 or is_name(label):
        raise Refused(
            "label_too_long",
            "Say only which home, such as Unit 4: no name, no phone, no case number.",
            field="label",
        )
    return label


def check_needs(needs: Iterable[str]) -> list[str]:
    """What a household needs, from the list; `Refused` for anything else."""
    chosen = sorted(set(needs))
    if any(code not in NEEDS for code in chosen):
        raise Refused("unknown_need", "Choose from the list of needs.", field="needs")
    return chosen


def check_ratings(given: Mapping[str, str]) -> dict[str, str]:
    """How well each capability did; `Refused` for a mark that is none."""
    kept = {name: mark for name, mark in given.items() if mark}
    for name, mark in kept.items():
        if name not in CAPABILITIES or mark not in RATINGS:
            raise Refused("unknown_rating", "Choose P, S, M or U.", field=name)
    return kept


def shown_sum(count: int) -> str:
    """A sum as it is shown to those who do not run the incident: few are not told apart."""
    return "fewer than 3" if 0 < count < FEWEST_SHOWN else f"{count:,}"
