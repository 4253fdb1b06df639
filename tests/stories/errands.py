"""What people of the office do on many days: find a candidate, designate it, write its plan."""

from __future__ import annotations

from collections.abc import Sequence

from tests.stories.desk import Desk, Page

PLAN = {
    "objective": "Nobody on the block has to look at rubbish or rats",
    "cause": "The house is empty and the yard is open to the alley",
    "measure": "Episodes in twelve months",
    "baseline": "14",
    "target": "4",
    "target_on": "2027-11-01",
    "review_on": "2027-02-01",
}
Step = tuple[str, str, str]


def candidates(desk: Desk, query: str = "") -> list[str]:
    """The addresses of the candidates on the list, the highest ranked first."""
    page = desk.open(f"/candidates/{query}")
    return [a.attrs["href"] for a in page.root.all("a", of="cell__main")]


def candidate_at(desk: Desk, place: str, query: str = "") -> Page:
    """The file of the candidate at a place."""
    desk.open(f"/candidates/{query}")
    (found,) = [a for a in desk.page.root.all("a", of="cell__main") if place in a.words]
    return desk.open(found.attrs["href"])


def designate(desk: Desk, reason: str, *, next_on: str) -> str:
    """Designate the candidate whose file is open; gives the location's address."""
    given = {"verdict": "designate", "reason": reason, "next_on": next_on}
    return desk.press("Save the decision", given).address


def plan_with(steps: Sequence[Step]) -> dict[str, str]:
    """What is typed into the form of a work plan with these asks."""
    plan = dict(PLAN)
    for n, (agency, wording, due_on) in enumerate(steps):
        plan[f"steps-{n}-agency_code"] = agency
        plan[f"steps-{n}-wording"] = wording
        plan[f"steps-{n}-due_on"] = due_on
    return plan
