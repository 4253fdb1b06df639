"""What is right for a report: its week, its moves, its definitions, its digest. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wardroom.kernel.errors import Refused
from wardroom.reporting.rules.definitions import DEFINITIONS, DEFINITIONS_OF
from wardroom.reporting.rules.kinds import MONTHLY, ROLL_UP, WEEKLY
from wardroom.reporting.rules.months import Month, month_named, month_of
from wardroom.reporting.rules.shares import share_with_interval

__all__ = [
    "DEFINITIONS",
    "DEFINITIONS_OF",
    "DRAFT",
    "LONGEST_TEXT",
    "MONTHLY",
    "MOVES",
    "NARRATIVE",
    "NARRATIVE_OF",
    "ROLL_UP",
    "SIGNED",
    "WEEKLY",
    "Month",
    "Week",
    "check_move",
    "check_shown",
    "check_words_unchanged",
    "checked_narrative",
    "frozen_digest",
    "month_named",
    "month_of",
    "share_with_interval",
    "week_named",
    "week_of",
    "words_digest",
]
DRAFT, SIGNED = "draft", "signed"
MOVES = {
    DRAFT: frozenset({"edit", "sign", "draft again"}),
    SIGNED: frozenset({"correct"}),
}
NARRATIVE = {
    "summary": "What matters this week",
    "needs": "Decisions and help needed from the director",
    "next_week": "Next week",
}
NARRATIVE_OF = {
    WEEKLY: NARRATIVE,
    ROLL_UP: {"summary": "What matters this week", "next_week": "Next week"},
    MONTHLY: {"summary": "What matters this month", "next_week": "Coming up"},
}
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Week:
    """One ISO week on the office's clock, from Monday's midnight to the next Monday's."""

    name: str
    starts_on: date
    ends_on: date
    start_at: datetime
    end_at: datetime


def week_named(name: str, *, zone: str) -> Week:
    """The week written as 2026-W47.

    Refuses: what is not written so, or a week that the year does not have.
    """
    match = re.fullmatch(r"(\d{4})-W(\d{2})", name.strip())
    try:
        if match is None:
            raise ValueError
        monday = date.fromisocalendar(int(match.group(1)), int(match.group(2)), 1)
        return week_of(monday, zone=zone)
    except (ValueError, OverflowError):
        raise Refused(
            "week_unknown", f"“{name}” is not a week. Write it as 2026-W47.", field="week"
        ) from None


def week_of(day: date, *, zone: str) -> Week:
    """The week a day lies in."""
    monday = day - timedelta(days=day.weekday())
    year, number, _ = monday.isocalendar()
    clock = ZoneInfo(zone)
    return Week(
        name=f"{year}-W{number:02d}",
        starts_on=monday,
        ends_on=monday + timedelta(days=6),
        start_at=datetime.combine(monday, time(), clock),
        end_at=datetime.combine(monday + timedelta(days=7), time(), clock),
    )


def check_move(state: str, verb: str) -> None:
    """Whether an edition in this state allows a move; refuses it with the way out."""
    if verb in MOVES[state]:
        return
    if state == SIGNED:
        raise Refused(
            "already_signed",
            "This edition is signed and stays as it is. Write a correction instead.",
        )
    raise Refused("wrong_state_draft", "This edition is still a draft. Edit it instead.")


def checked_narrative(given: dict[str, str], report: str = WEEKLY) -> dict[str, str]:
    """The narrative's parts, trimmed.

    Refuses: a part that the report does not have, or one longer than a report can bear.
    """
    kept, titles = {}, NARRATIVE_OF[report]
    for part, text in given.items():
        if part not in titles:
            raise Refused("part_unknown", f"The report has no part called {part}.", field=part)
        if len(text) > LONGEST_TEXT:
            raise Refused(
                "text_too_long",
                f"“{titles[part]}” may have {LONGEST_TEXT:,} characters at most; a weekly"
                " report is one or two pages.",
                field=part,
            )
        kept[part] = text.strip()
    return kept


def frozen_digest(
    facts: Any,
    narrative: Any,
    definitions: Any,
    sources: Any,
    *,
    head: tuple[str, ...],
    more: tuple[Any, ...] = (),
) -> str:
    """The hash that a signed edition carries, over everything a reader sees in it.

    ``more`` is what editions since the second method hold besides: the method, what a person
    made of the items, and the hash of the frozen rows.
    """
    plain = json.dumps(
        [list(head), facts, narrative, definitions, sources, *more],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(plain.encode()).hexdigest()


def words_digest(narrative: dict[str, str], edits: dict[str, Any] | None = None) -> str:
    """The hash of a draft's words, to know again whether somebody changed them."""
    said: dict[str, Any] = {part: text for part, text in narrative.items() if text}
    if edits:
        said[" items"] = edits
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def check_words_unchanged(shown: str, now: str) -> None:
    """Refuses to write over words that the writer has not seen; no digest, no question."""
    if shown and shown != now:
        raise Refused(
            "stale",
            "Somebody changed this report while you wrote. Your words are still here and not"
            " saved; what the report says now stands below. Take over what you want to keep,"
            " then save again.",
        )


def check_shown(shown: str, digest: str) -> None:
    """Refuses to sign what the signer has not seen; no digest, no question."""
    if shown and shown != digest:
        raise Refused(
            "stale",
            "The report changed since you opened it, so it was not signed. Read what it says"
            " now on this page, then sign.",
        )
