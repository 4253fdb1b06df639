"""A made-up report with something in every part, and one with nothing, to try a template with."""

from __future__ import annotations

from typing import Any

from wardroom.reporting import rules
from wardroom.reporting.gateways.word_lists import LISTS

DAY = "2026-11-16"
FIGURE = {"code": "opened", "label": "Requests opened", "shown": "12", "note": "as a sample"}


def sample(report: str, *, full: bool) -> dict[str, Any]:
    """The plain values of an edition, as the real ones come to a template."""
    parts = rules.NARRATIVE_OF[report]
    words = "A first line.\nA second line." if full else ""
    return {
        "report": report,
        "ward_code": "" if report == rules.ROLL_UP else "5",
        "area": "5A" if report == rules.MONTHLY else "",
        "week": "2026-11" if report == rules.MONTHLY else "2026-W47",
        "version": 1,
        "state": "signed" if full else "draft",
        "facts": _facts(report, full=full),
        "narrative": [
            {"code": code, "title": title, "text": words} for code, title in parts.items()
        ],
        "correction": words,
        "definitions": {"opened": "What is counted here."},
        "sources": [{"name": "Ward boundaries", "text": "a sample"}] if full else [],
        "signed_by": "Somebody" if full else "",
        "signed_at": f"{DAY}T12:00:00-05:00" if full else "",
        "digest": "0" * 64 if full else "",
    }


def _facts(report: str, *, full: bool) -> dict[str, Any]:
    lines = [{"key": "line", "sentence": "A line of the sample.", "new": True}] if full else []
    facts: dict[str, Any] = {
        "starts_on": DAY,
        "ends_on": "2026-11-22",
        "as_of": f"{DAY}T12:00:00-05:00",
        "data_as_of": f"{DAY}T12:00:00-05:00" if full else "",
        "liaison": "Somebody" if full else "",
        "schematic": full,
        "needs": lines,
        "ahead": lines,
        "speaking": lines,
        "groups": [{"title": "Service requests", "figures": [FIGURE]}],
        "weeks": [{"week": "2026-W47", "starts_on": DAY, "opened": 12}] if full else [],
        "locations": [_location()] if full and report == rules.WEEKLY else [],
        "not_named": 2 if full else 0,
        "hidden_note": "From 1 to 4 is not shown." if full else "",
        **dict.fromkeys(LISTS, lines),
    }
    columns = ("opened", "closed", "verified", "past_due")
    if report == rules.MONTHLY:
        facts["totals"] = dict.fromkeys(columns, "12")
        facts["smds"] = [{"smd": "5A01", **facts["totals"]}] if full else []
    if report == rules.ROLL_UP:
        facts["wards"] = [_ward(), {"ward": "6", "edition_id": None}] if full else []
    return facts


def _location() -> dict[str, Any]:
    return {
        "title": "A corner",
        "stage": "working",
        "done": "none",
        "late": "DPW",
        "note": "DPW is 2 days late",
        "next_on": DAY,
        "next_step": "Look again",
        "last_check": "3 of 4",
        "months": [1, 2, 3],
        "episodes": 6,
    }


def _ward() -> dict[str, Any]:
    shown = {"promises_kept": "80 %", "asks_late": "2", "matters_open": "31"}
    return {
        "ward": "5",
        "edition_id": 1,
        "state": "signed",
        "signed_by": "Somebody",
        "liaison": "Somebody",
        "summary": "A line of the sample.",
        "wanted": "A word at the top.",
        **shown,
        **{f"{code}_before": number for code, number in shown.items()},
    }
