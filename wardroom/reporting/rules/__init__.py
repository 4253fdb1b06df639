"""What is right for a report: its week, its moves, its definitions, its digest. Pure."""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wardroom.kernel.errors import Refused

WEEKLY = "weekly"
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
LONGEST_TEXT = 4000

DEFINITIONS = {
    "opened": "Service requests in the ward that the city opened in this week, each counted"
    " once; duplicates are counted too, because people made them.",
    "closed": "Service requests in the ward that the city marked closed in this week. The city"
    " says closed; nobody has looked yet.",
    "still_open": "Service requests in the ward that the city had opened before the end of the"
    " week and not closed by then. Left out are those it marked as duplicates, canceled,"
    " transferred or incomplete, and those whose status it does not say.",
    "on_time": "Of the requests in the ward that fell due in this week: the share closed by their"
    " due time. Open ones past due count as late. Duplicates, transferred and"
    " canceled ones are left out, and so are requests without a due time.",
    "undecided": "Places that the latest ranking over data of this week or before put forward in"
    " this ward and that nobody had decided about by the end of the week.",
    "decided": "Places of the ward that somebody decided about in this week: watch, refuse or"
    " designate. A place decided twice counts once, by its last decision.",
    "locations": "Persistent locations of the ward that were open at the end of the week.",
    "asks_waiting": "Asks at places in the ward that were sent and not answered by the end of the"
    " week.",
    "asks_late": "Asks at places in the ward whose promised date, or whose due date where there is"
    " no promise, lay before the end of the week and that the agency had not"
    " reported done.",
    "promises_kept": "Of the asks promised for a day in this week by their first promise: the share"
    " first reported done by that day. A date moved later does not save a promise, and asking"
    " again does not break one. Left out are asks withdrawn before the promised day.",
    "checks": "Persistent locations of the ward where somebody made a condition check in this week;"
    " the note says how many checks.",
}


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


def checked_narrative(given: dict[str, str]) -> dict[str, str]:
    """The narrative's parts, trimmed.

    Refuses: a part that the report does not have, or one longer than a report can bear.
    """
    kept = {}
    for part, text in given.items():
        if part not in NARRATIVE:
            raise Refused("part_unknown", f"The report has no part called {part}.", field=part)
        if len(text) > LONGEST_TEXT:
            raise Refused(
                "text_too_long",
                f"“{NARRATIVE[part]}” may have {LONGEST_TEXT:,} characters at most; a weekly"
                " report is one or two pages.",
                field=part,
            )
        kept[part] = text.strip()
    return kept


def share_with_interval(hits: int, n: int) -> tuple[float, float, float] | None:
    """A share with its 95 % interval after Wilson (1927); none where nothing was counted."""
    if n == 0:
        return None
    z = 1.959964
    p = hits / n
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return p, max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def frozen_digest(
    facts: Any, narrative: Any, definitions: Any, sources: Any, *, head: tuple[str, ...]
) -> str:
    """The hash that a signed edition carries, over everything a reader sees in it."""
    plain = json.dumps(
        [list(head), facts, narrative, definitions, sources],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(plain.encode()).hexdigest()


def words_digest(narrative: dict[str, str]) -> str:
    """The hash of a draft's words, to know again whether somebody changed them."""
    said = {part: text for part, text in narrative.items() if text}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def check_words_unchanged(shown: str, narrative: dict[str, str]) -> None:
    """Refuses to write over words that the writer has not seen; no digest, no question."""
    if shown and shown != words_digest(narrative):
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
