"""What an agreed improvement must say: who takes the step, by what authority, and what found it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

FOUND_IN: Mapping[str, str] = {
    "": "Somebody told us, or we saw it",
    "evaluation": "An evaluation",
    "measure": "A measurement",
    "round": "A round of spot checks",
}
STATES: Mapping[str, str] = {
    "agreed": "Agreed",
    "in_place": "In place",
    "partly_in_place": "Partly in place",
    "not_done": "Not done",
    "opened_in_error": "Opened in error",
}
SEE_IN_PLACE = "See whether it is in place"


def state_of(state: str, outcome: str) -> str:
    """How an improvement stands: agreed while its matter is open, then what became of it."""
    return outcome if state == "closed" else "agreed"


def check_entity(name: str) -> str:
    """Somebody takes the step. Refuses: a step that nobody was named for."""
    return check_text(
        name,
        code="entity_missing",
        sentence="Say who takes this step. What nobody takes is no step.",
        field="entity_name",
        most=200,
    )


def check_authority(authority: str) -> str:
    """Whoever takes the step may do so already. Refuses: no authority named."""
    return check_text(
        authority,
        code="authority_missing",
        sentence="Say under which authority they can do this themselves.",
        field="authority",
        most=200,
    )


def check_agreed(agreed_on: date, *, today: date) -> None:
    """What was agreed was agreed already. Refuses: a day to come."""
    if agreed_on > today:
        raise Refused("agreed_in_the_future", "This day is still to come.", field="agreed_on")


def check_found_in(noun: str, key: str) -> None:
    """A kind of assessment that the house keeps, with its number. Refuses: any other."""
    if noun not in FOUND_IN or bool(noun) != bool(key):
        raise Refused("unknown_assessment", "Choose what found it from the list.", field="found_in")


def check_outcome_has_evidence(outcome: str, evidence: str) -> None:
    """In place is said of what somebody saw. Refuses: an end in place without evidence."""
    if outcome in ("in_place", "partly_in_place") and not evidence:
        raise Refused(
            "evidence_missing",
            "Write down first what shows that it is in place.",
            field="outcome",
        )
