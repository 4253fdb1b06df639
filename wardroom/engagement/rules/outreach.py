"""An outreach plan: for how long, and how many real contacts with whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from wardroom.directory.rules import AGENCY, LANGUAGES, ORGANISATION_KINDS
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.rules import check_text, kind_of

OUTREACH_PLAN = "outreach_plan"
ENDS_OF_PLAN = kind_of(OUTREACH_PLAN).outcomes
LOOK_STEP = "Look at the map of silence"
WARD, SMD, LANGUAGE, KIND = "ward", "smd", "language", "kind"
BY: Mapping[str, str] = {
    SMD: "SMD",
    WARD: "Ward",
    LANGUAGE: "Language",
    KIND: "Kind of group",
}
EACH: Mapping[str, str] = {
    SMD: "Each SMD",
    WARD: "Each ward",
    LANGUAGE: "Each language",
    KIND: "Each kind of group",
}
KINDS: Mapping[str, str] = {k: v for k, v in ORGANISATION_KINDS.items() if k != AGENCY}
NAMED: Mapping[str, Mapping[str, str]] = {LANGUAGE: LANGUAGES, KIND: KINDS}
LONGEST_PERIOD, MOST_CONTACTS, MOST_DAYS, MOST_TARGETS = 400, 500, 366, 60
RESERVE, LARGEST_RESERVE = 33, 80
DAYS_IN: Mapping[str, int] = {"day": 1, "week": 7, "month": 30}
EXAMPLE = "Each SMD: 1 in 60 days\nWard 7: 8 in 30 days\nAmharic: 6 in 90 days"
_LINE = re.compile(
    r"(?P<who>[^:]{1,80}):\s*(?P<contacts>[0-9]{1,4})\s+(?:contacts?\s+)?in\s+"
    r"(?P<span>[0-9]{1,4})\s+(?P<unit>day|week|month)s?\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Target:
    """So many real contacts in so many days with one of these, or with each of them.

    ``key`` is a code of the kind that ``by`` names; without one it holds for each.
    """

    by: str
    key: str
    contacts: int
    days: int

    @property
    def label(self) -> str:
        """With whom."""
        return words_of(self.by, self.key) if self.key else EACH[self.by]

    def __str__(self) -> str:
        return f"{self.label}: {self.contacts} in {self.days} days"


def words_of(by: str, key: str) -> str:
    """One of these as people say it: Ward 7, SMD 5C07, Amharic, Tenant association."""
    if by in NAMED:
        return NAMED[by].get(key, key)
    return f"{'Ward' if by == WARD else 'SMD'} {key}"


def targets_in(text: str, *, known: Mapping[str, Collection[str]]) -> tuple[Target, ...]:
    """The targets that lines like ``Each SMD: 1 in 60 days`` name, in their order.

    ``known`` are the codes of the wards and districts there are.
    Refuses: no line; a line that says something else; the same one twice; too many.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = tuple(_target(line, known) for line in lines)
    if not found:
        raise Refused(
            "targets_missing", "Write at least one line: Each SMD: 1 in 60 days", field="targets"
        )
    if len(found) > MOST_TARGETS:
        raise Refused("too_many", f"Keep it to {MOST_TARGETS} lines.", field="targets")
    seen: set[tuple[str, str]] = set()
    for target in found:
        if (target.by, target.key) in seen:
            raise Refused("named_twice", f"{target.label} is there twice.", field="targets")
        seen.add((target.by, target.key))
    return found


def _target(line: str, known: Mapping[str, Collection[str]]) -> Target:
    match = _LINE.fullmatch(line)
    if match is None:
        _refuse(line, "Write it like Ward 7: 8 in 30 days.")
    by, key = _meant(" ".join(match["who"].split()), line, known)
    contacts, days = int(match["contacts"]), int(match["span"]) * DAYS_IN[match["unit"].lower()]
    if not 1 <= contacts <= MOST_CONTACTS:
        _refuse(line, f"Ask for 1 to {MOST_CONTACTS} contacts.")
    if not 1 <= days <= MOST_DAYS:
        _refuse(line, f"Choose a time of 1 to {MOST_DAYS} days.")
    return Target(by, key, contacts, days)


def _meant(who: str, line: str, known: Mapping[str, Collection[str]]) -> tuple[str, str]:
    word = who.casefold()
    for by, each in EACH.items():
        if word == each.casefold():
            return by, ""
    for by, names in NAMED.items():
        for code, name in names.items():
            if word == name.casefold():
                return by, code
    kind, _, code = who.upper().partition(" ")
    by = {"WARD": WARD, "SMD": SMD}.get(kind, "")
    if not by:
        _refuse(line, "Name a ward, an SMD, a language or a kind of group, or each of them.")
    if code not in known[by]:
        _refuse(line, f"There is no {words_of(by, code)}.")
    return by, code


def _refuse(line: str, why: str) -> NoReturn:
    raise Refused("line_unclear", f"{quoted(line[:80])} is not clear. {why}", field="targets")


def check_period(starts_on: date, ends_on: date, *, today: date) -> None:
    """A plan is for some time that is not over.

    Refuses: an end before the start; an end that has passed; more than 400 days.
    """
    if ends_on <= starts_on:
        raise Refused("ends_too_early", "It ends before it starts.", field="ends_on")
    if ends_on < today:
        raise Refused("in_the_past", "This day is over. Choose a later one.", field="ends_on")
    if (ends_on - starts_on).days > LONGEST_PERIOD:
        raise Refused("too_long", "A plan is for a year at most.", field="ends_on")


def check_reserve(percent: int) -> None:
    """The share of suggestions for where few report. Refuses: less than 0, more than 80."""
    if not 0 <= percent <= LARGEST_RESERVE:
        raise Refused(
            "reserve_off", f"Choose a share from 0 to {LARGEST_RESERVE} percent.", field="reserve"
        )


def check_alone(periods: Iterable[tuple[date, date]], starts_on: date, ends_on: date) -> None:
    """No two plans of a ward, or of the city, hold on one day. Refuses: one that does."""
    for first, last in periods:
        if first <= ends_on and starts_on <= last:
            until = f"{long_day(first)} to {long_day(last)}"
            raise Refused(
                "another_holds",
                f"Another plan holds here from {until}. Change that one, or close it first.",
                field="starts_on",
            )


def check_reason(reason: str) -> str:
    """Why a plan is changed. Refuses: none given."""
    return check_text(
        reason, code="reason_missing", sentence="Say why it changes.", field="reason", most=300
    )


def check_open(state: str) -> None:
    """Whether a plan can be changed. Refuses: one that is closed."""
    if state != "open":
        raise Refused("wrong_state", "This plan is closed. Adopt a new one.")
