"""The fields of a matter and of an ask as people call them, and how their values read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardroom.kernel.facts import Change
from wardroom.kernel.text import long_day
from wardroom.matters.rules.kinds import KINDS
from wardroom.matters.rules.moves import DECLINE_REASONS, DISPOSITIONS, STATE_WORDS

MATTER_FIELDS: Mapping[str, str] = {
    "title": "Title",
    "state": "State",
    "outcome": "Outcome",
    "next_on": "Next date",
    "next_step": "Next step",
    "public_text": "What the public reads",
    "standing": "Where it stands",
    "restricted": "Restricted",
}
ASK_FIELDS: Mapping[str, str] = {
    "wording": "Wording",
    "state": "State",
    "due_on": "Asked for by",
    "counter_on": "Date offered",
    "promised_on": "Promise",
    "decline_code": "Reason to decline",
    "disposition": "What was done",
    "answer_text": "Answer",
}


def changes_between(
    labels: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Change, ...]:
    """The fields of these that differ, each before and after in plain words."""
    return tuple(
        Change(name, label, value_in_words(name, before[name]), value_in_words(name, after[name]))
        for name, label in labels.items()
        if name in before and name in after and before[name] != after[name]
    )


def value_in_words(name: str, value: Any) -> str:
    """A value as a person says it; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_day(value)
    return _coded(name, str(value))


def _coded(name: str, value: str) -> str:
    if name == "state":
        return STATE_WORDS.get(value, value)
    if name == "decline_code":
        return DECLINE_REASONS.get(value, value)
    if name == "disposition":
        return DISPOSITIONS.get(value, value)
    if name == "outcome":
        found = (kind.outcomes[value] for kind in KINDS.values() if value in kind.outcomes)
        return next(found, value)
    return value
