"""An issue in words, field by field: what a preview compares, and a batch is taken back by."""

from __future__ import annotations

from collections.abc import Mapping

from wardroom.kernel.facts import Change
from wardroom.kernel.text import long_day
from wardroom.kernel.versions import version_of
from wardroom.matters.models import Matter
from wardroom.matters.rules import REFERRAL, STATE_WORDS, kind_of

LABELS: Mapping[str, str] = {
    "title": "Title",
    "topic": "Topic",
    "ward": "Ward",
    "owner": "Owner",
    "next_on": "Next on",
    "next_step": "Next step",
    "state": "State",
    "outcome": "Outcome",
    "joined": "Joined to",
    "came_back": "Came back",
    "restricted": "Who sees it",
    "asks": "Asks",
    "told": "Told",
}


def case_in_words(matter: Matter) -> dict[str, str]:
    """What stands in an issue now; every field that some change of many could touch."""
    complaints = list(matter.complaints.order_by("pk").values_list("pk", "told_at", "anonymous"))
    told = sum(1 for _, at, _ in complaints if at is not None)
    asks = matter.asks.filter(kind=REFERRAL).order_by("pk")
    topic = matter.issue.topic
    return {
        "title": matter.title,
        "topic": topic.name if topic else "",
        "ward": matter.ward_code,
        "owner": matter.owner.name,
        "next_on": long_day(matter.next_on) if matter.next_on else "",
        "next_step": matter.next_step,
        "state": STATE_WORDS[matter.state],
        "outcome": kind_of(matter.kind).outcomes.get(matter.outcome, ""),
        "joined": f"W-{matter.merged_into_id}" if matter.merged_into_id else "",
        "came_back": matter.came_back_at.isoformat() if matter.came_back_at else "",
        "restricted": "Only a few people" if matter.restricted else "The office",
        "asks": "; ".join(
            f"{a.agency_code}: {a.wording} by {long_day(a.due_on)} ({STATE_WORDS[a.state]})"
            for a in asks
        ),
        "told": f"{told} of {sum(1 for _, _, nameless in complaints if not nameless)}",
        "complaints": " ".join(str(pk) for pk, _, _ in complaints),
    }


def case_version(words: Mapping[str, str]) -> str:
    """The version of an issue, field by field."""
    return version_of(dict(words))


def changed_between(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    """The fields that moved, from what to what."""
    return tuple(
        Change(name, label, before[name], after[name])
        for name, label in LABELS.items()
        if before[name] != after[name]
    )
