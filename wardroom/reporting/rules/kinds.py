"""The kinds of report the house writes, and what each is called. Pure."""

from __future__ import annotations

WEEKLY, ROLL_UP, MONTHLY = "weekly", "roll_up", "anc_monthly"
MOST_BYTES = 5 * 1024 * 1024  # of a Word template
WORD_TEMPLATES = {
    WEEKLY: "Weekly report",
    ROLL_UP: "Roll-up",
    MONTHLY: "Monthly report to an ANC",
}


def named(report: str, ward_code: str, area: str) -> str:
    """What a report is called: weekly report of Ward 5."""
    if report == ROLL_UP:
        return "roll-up of the weekly reports"
    if report == MONTHLY:
        return f"monthly report to ANC {area}"
    return f"weekly report of Ward {ward_code}"


def title_of(report: str, ward_code: str, area: str, span: str) -> str:
    """What a page about an edition is called: Ward 5, week 2026-W47."""
    if report == ROLL_UP:
        return f"Roll-up, week {span}"
    if report == MONTHLY:
        return f"ANC {area}, {span}"
    return f"Ward {ward_code}, week {span}"
