"""What the pages of outreach share: the tabs, tones and the words for silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from wardroom.engagement.queries.silence import SilenceRow
from wardroom.engagement.rules.silence import BEHIND, MET, NEVER, NO_PLAN, SILENT, STATES
from wardroom.web.ui.page import Crumb
from wardroom.web.ui.tables import Tag
from wardroom.web.ui.words import counted, day_text

SILENCE, TOUCHES, PLANS, STRATEGIES = "outreach", "touches", "outreach_plans", "strategies"
PAGES: Mapping[str, str] = {
    SILENCE: "Map of silence",
    TOUCHES: "Next touches",
    PLANS: "Plans",
    STRATEGIES: "What worked",
}
TONES: Mapping[str, str] = {NEVER: "bad", SILENT: "bad", BEHIND: "warn", MET: "good", NO_PLAN: ""}
SHADES = (
    (NEVER, "#41245a"),
    (SILENT, "#b3452c"),
    (BEHIND, "#e8b04a"),
    (MET, "#8fc29a"),
    (NO_PLAN, "#c9cdd2"),
)
KEY = tuple((STATES[state], color) for state, color in SHADES)


class Tab(NamedTuple):
    """One of the lists of outreach, and whether it is the one on the page."""

    text: str
    href: str
    here: bool


def tabs(here: str) -> tuple[Tab, ...]:
    """The pages of outreach."""
    return tuple(Tab(text, reverse(name), name == here) for name, text in PAGES.items())


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """The path above a page of outreach."""
    return (Crumb("Outreach", reverse(SILENCE)), *more)


def state_tags(row: SilenceRow) -> tuple[Tag, ...]:
    """How one stands, and that no plan speaks of it where none does."""
    stands = Tag(STATES[row.state], TONES[row.state])
    unplanned = (Tag(STATES[NO_PLAN]),) if row.target is None and row.state != NO_PLAN else ()
    return (stands, *unplanned)


def days_words(row: SilenceRow) -> str:
    """How long it is silent."""
    if row.days is None:
        return "No contact on record"
    return counted(row.days, "day") if row.days else "Today"


def plan_words(row: SilenceRow) -> str:
    """How many contacts there were of those that the plan wants."""
    if row.target is None:
        return "No plan"
    return f"{row.contacts} of {row.target.contacts} in {row.target.days} days"


def last_words(last_on: date | None) -> str:
    """The day of the last contact."""
    return f"Last on {day_text(last_on)}" if last_on else ""
