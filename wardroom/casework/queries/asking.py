"""The desk at which asks are composed: whom, in which words, by when, and why that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardroom.access.actor import Actor
from wardroom.casework.models import Issue
from wardroom.kernel.errors import NotFound
from wardroom.library.queries import ExpectedRow, calendar_named, promise_that_applies
from wardroom.library.rules import OTHER, usual_asks
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.matters.queries import AskedBefore, MatterHeader, asked_before, matter_header

MOST_DRAFTS = 3


@dataclass(frozen=True)
class DraftRow:
    """One ask as it is offered: the agency, the words, the day, and what gives that day."""

    agency_code: str
    wording: str
    expected: ExpectedRow | None

    @property
    def due_on(self) -> date | None:
        """The day on which it would be due."""
        return self.expected.due.due_on if self.expected else None


@dataclass(frozen=True)
class AskDesk:
    """What helps to compose the asks of one issue."""

    matter: MatterHeader
    topic_name: str
    usual: tuple[DraftRow, ...]
    before: AskedBefore | None
    rows: tuple[DraftRow, ...]
    expected: Mapping[str, ExpectedRow | None]
    ground: str
    ground_kind: str

    def why_due(self, agency_code: str, due_on: date) -> Mapping[str, Any] | None:
        """The arithmetic of a day, where it is the one that the promise gives; else none."""
        row = self.expected.get(agency_code) or self.expected.get("")
        if row is None or row.due.due_on != due_on:
            return None
        return row.due.to_plain()


def ask_desk(matter_id: int, actor: Actor, *, at: datetime, like: str = "") -> AskDesk:
    """What was asked here before, what is usual for the topic, and by when each would be due.

    ``like`` chooses what the rows start from: usual, before, or nothing.
    `NotFound` where the issue is out of reach or closed to asks.
    """
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(kind="issue")
    matter = seen.select_related("place", "owner", "issue__topic").filter(pk=matter_id).first()
    if matter is None:
        raise NotFound(f"no issue {matter_id}")
    issue: Issue = matter.issue
    topic = issue.topic.code if issue.topic else OTHER.code
    before = asked_before(matter, actor)
    usual = usual_asks(topic)
    asked = before.asks if before else ()
    codes = {code for code, _ in (*usual, *asked)}
    expected = _expected(topic, codes, at)
    drafts = tuple(DraftRow(code, words, expected.get(code)) for code, words in usual)
    chosen: tuple[DraftRow, ...] = ()
    if like == "usual":
        chosen = _one_each(drafts)
    elif like == "before" and before is not None:
        chosen = tuple(DraftRow(code, words, expected.get(code)) for code, words in before.asks)
    blank = DraftRow("", "", expected.get(""))
    return AskDesk(
        matter=matter_header(matter, actor),
        topic_name=issue.topic.name if issue.topic else "",
        usual=drafts,
        before=before,
        rows=(*chosen, *(blank for _ in range(MOST_DRAFTS - len(chosen)))),
        expected=expected,
        ground=issue.ground_name,
        ground_kind=issue.ground_kind,
    )


def _one_each(drafts: tuple[DraftRow, ...]) -> tuple[DraftRow, ...]:
    """The first usual ask of each agency, then the others, as many as there are rows."""
    first = {row.agency_code: row for row in reversed(drafts)}
    lead = [row for row in drafts if first[row.agency_code] is row]
    return tuple([*lead, *(row for row in drafts if row not in lead)][:MOST_DRAFTS])


def _expected(topic: str, codes: set[str], at: datetime) -> dict[str, ExpectedRow | None]:
    """What is promised by each agency, and by the one that answers for the topic."""
    first = promise_that_applies(topic, at)
    if first is None:
        return {}
    calendar = calendar_named("dc")
    named = {
        code: promise_that_applies(topic, at, agency_code=code, calendar=calendar)
        for code in sorted(codes)
    }
    return {"": first, **named}
