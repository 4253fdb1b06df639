"""From the frozen rows of a week to every number and sentence of its report. Pure.

`METHODS` keeps every version that a signed report was told by, so that it can be told again
from its rows years later. A change to what is told here is a new version beside the old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from wardroom.matters.rules import AGREED, WITH_AGENCY
from wardroom.problems.rules import stages_reached
from wardroom.reporting.rules.figures import office_figures, request_figures, with_decisions
from wardroom.reporting.rules.kinds import MONTHLY, ROLL_UP, WEEKLY
from wardroom.reporting.rules.monthly import monthly, monthly_1, monthly_2
from wardroom.reporting.rules.rolling_up import roll_up, roll_up_1
from wardroom.reporting.rules.sentences import (
    ahead_items,
    clock_items,
    improvement_items,
    meeting_items,
    move_items,
    need_items,
    signal_items,
    week_items,
)
from wardroom.reporting.rules.wording import day_words, days_late, joined

Facts = dict[str, Any]
Frozen = Mapping[str, Any]
NEWEST: Mapping[str, str] = {
    WEEKLY: "weekly 3",
    ROLL_UP: "roll-up 2",
    MONTHLY: "anc 3",
}
MONTHS_SHOWN = 12
STATES = {
    "requested": "waiting",
    "countered": "other date offered",
    "accepted": "accepted",
    "declined": "declined",
    "done": "reported done by the agency",
}


def told(frozen: Frozen, method: str) -> Facts:
    """The facts of a report, from its frozen rows, by the method it was first told with."""
    return METHODS[method](frozen)


def codes_in(facts: Facts) -> list[str]:
    """The codes of the numbers that a report shows, each once."""
    figures = (figure for group in facts["groups"] for figure in group["figures"])
    return list(dict.fromkeys(figure["code"] for figure in figures))


def _told_2(frozen: Frozen) -> Facts:
    head = frozen["head"]
    names = ("ward_name", "liaison", "starts_on", "ends_on", "as_of", "data_as_of", "schematic")
    return {
        **{name: head[name] for name in names},
        "groups": [
            {"title": "Service requests", "figures": request_figures(frozen)},
            {"title": "Persistent locations and asks", "figures": office_figures(frozen)},
        ],
        "needs": need_items(frozen),
        "locations": [_standing(frozen, row) for row in frozen["places"]["locations"]],
        "clocks": clock_items(frozen),
        "exceptions": signal_items(frozen),
        "improvements": improvement_items(frozen),
        "meetings": meeting_items(frozen),
        "ahead": ahead_items(frozen),
        "weeks": frozen["requests"]["weeks"],
    }


def _told_3(frozen: Frozen) -> Facts:
    """As before, and what was decided of nominations, what came and went, and the walks."""
    facts = _told_2(frozen)
    requests, office = facts["groups"]
    return {
        **facts,
        "groups": [requests, {**office, "figures": with_decisions(frozen, office["figures"])}],
        "changes": move_items(frozen),
        "meetings": week_items(frozen),
    }


def _standing(frozen: Frozen, row: Mapping[str, Any]) -> Facts:
    """Where one location stands: its asks, the week's work, what is late and why, what is next."""
    today = date.fromisoformat(frozen["head"]["today"])
    mine = [ask for ask in frozen["asks"] if ask["matter_id"] == row["matter_id"]]
    by_state = Counter(ask["state"] for ask in mine)
    late = [a for a in mine if a["state"] in WITH_AGENCY and a["expected_on"] < today.isoformat()]
    done = [ask for ask in mine if ask["done_in_week"]]
    seen = [ask for ask in done if ask["seen"].startswith("clean")]
    months = [number for _, number in row["months"]][-MONTHS_SHOWN:]
    rated = f"{row['rating']} of 4 on {day_words(row['seen_on'])}" if row["rating"] else ""
    return {
        "key": f"location-{row['matter_id']}",
        "matter_id": row["matter_id"],
        "title": row["title"],
        "stage": stages_reached(
            planned=row["planned"],
            answered=any(ask["state"] in AGREED for ask in mine),
            checked=row["checked"],
        )[-1],
        "asks": ", ".join(f"{by_state[s]} {word}" for s, word in STATES.items() if by_state[s])
        or "no asks yet",
        "done": f"{len(done)} done, {len(seen)} seen clean" if done else "none",
        "late": ", ".join(ask["agency"] for ask in late),
        "note": joined(_why_late(ask, today) for ask in late),
        "next_on": row["next_on"],
        "next_step": row["next_step"],
        "last_check": rated,
        "months": months,
        "episodes": sum(months),
    }


def _why_late(ask: Mapping[str, Any], today: date) -> str:
    late = days_late(ask["expected_on"], today)
    if ask["state"] == "requested":
        return f"{ask['agency']} has not answered, {late} late"
    why = f": {ask['why_moved']}" if ask["why_moved"] else ""
    return f"{ask['agency']} is {late} late{why}"


METHODS: Mapping[str, Callable[[Frozen], Facts]] = {
    "weekly 2": _told_2,
    "weekly 3": _told_3,
    "roll-up 1": roll_up_1,
    "roll-up 2": roll_up,
    "anc 1": monthly_1,
    "anc 2": monthly_2,
    "anc 3": monthly,
}
