"""Residency: the day by which it is proved, when one is reminded, what a person may decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from wardroom.kernel.errors import Refused

RULE, RECHECK = "dc-domicile", "own-domicile-recheck"
DAYS, RECHECK_DAYS = 180, 365
REMINDERS = (30, 90, 150, 170)
RECHECK_AHEAD = (30, 0)
PROOFS: Mapping[str, str] = {
    "dc_id": "District driver license or ID card",
    "withholding": "District income tax withholding form",
    "lease": "Lease, deed or mortgage statement",
    "utility": "Utility bill",
    "tax_return": "District income tax return",
    "affidavit": "Sworn statement",
}
OUTCOMES: Mapping[str, str] = {
    "forfeited": "The appointment is forfeited",
    "stands": "The appointment stands, for the reason given, and is not counted any more",
}
STATES: Mapping[str, str] = {
    "running": "Not proved yet",
    "proved": "Proved",
    "forfeited": "Forfeited, by decision",
    "stands": "Stands, by decision",
    "ended": "Left the office",
}


def steps_owed(appointed_on: date, today: date, told: Collection[int]) -> tuple[int, ...]:
    """The days since the appointment of which nothing was told yet, the earliest first.

    The last of them is told; one that was overtaken while nobody counted is not told after it.
    """
    passed = (today - appointed_on).days
    return tuple(step for step in REMINDERS if step <= passed and step not in told)


def recheck_step(recheck_on: date, today: date, told: Collection[int]) -> int | None:
    """Whether somebody is told today that proof is to be looked at again: days ahead, or none."""
    left = (recheck_on - today).days
    reached = [step for step in RECHECK_AHEAD if left <= step]
    return min(reached) if reached and min(reached) not in told else None


def recheck_day(proved_on: date, days: int) -> date:
    """When proof is looked at again."""
    return proved_on + timedelta(days=days)


def said_of_appointment(steps: Iterable[str]) -> tuple[str, ...]:
    """The arithmetic in the words of an appointment: nothing is received, and proof is due."""
    said = {"Received ": "Appointed ", "Due ": "Proof is due "}
    return tuple(
        next((words + step[len(of) :] for of, words in said.items() if step.startswith(of)), step)
        for step in steps
    )


def check_proof(kinds: Iterable[str], seen_on: date, *, since: date, today: date) -> list[str]:
    """Proof is of a known kind, and was seen by today. Refuses: `no_proof`, `seen_on_off`."""
    known = [kind for kind in PROOFS if kind in set(kinds)]
    if not known:
        raise Refused("no_proof", "Say what kind of document was seen.", field="kinds")
    if not since - timedelta(days=DAYS) <= seen_on <= today:
        raise Refused("seen_on_off", "Choose the day on which it was seen.", field="seen_on")
    return known


def is_overdue(state: str, due_on: date, recheck_on: date | None, today: date) -> bool:
    """Whether a person has something to decide: no proof in time, or none that is fresh."""
    if state == "running":
        return due_on < today
    return state == "proved" and recheck_on is not None and recheck_on < today
