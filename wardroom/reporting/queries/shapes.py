"""What a report looks like to those who show it: its numbers, lines, rows and versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardroom.kernel.paging import After
from wardroom.reporting.rules.items import Item


@dataclass(frozen=True)
class Figure:
    """One number of a report, with its definition and the way to its rows."""

    code: str
    label: str
    shown: str
    note: str
    definition: str
    screen: str
    filters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FigureGroup:
    """Numbers that belong together."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Need:
    """Something that waits for a decision: an ask nobody answered, a promise that is late."""

    sentence: str
    ask_id: int | None
    matter_id: int | None = None


@dataclass(frozen=True)
class StandingRow:
    """Where one persistent location stands; ``months`` are its episodes month by month."""

    matter_id: int
    title: str
    stage: str
    asks: str
    late: str
    next_on: date | None
    next_step: str
    last_check: str
    done: str = ""
    note: str = ""
    months: tuple[int, ...] = ()
    episodes: int = 0
    key: str = ""


@dataclass(frozen=True)
class Section:
    """Drafted sentences that belong together, with those that a person left out."""

    code: str
    title: str
    lines: tuple[Item, ...]

    @property
    def shown(self) -> tuple[Item, ...]:
        """Those that are in."""
        return tuple(item for item in self.lines if not item.out)


@dataclass(frozen=True)
class RebuildRow:
    """When a signed report was told again from its frozen rows, and what that showed."""

    at: datetime
    identical: bool
    numbers: int
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What the director answered to one line of a report, and when."""

    text: str
    at: datetime


@dataclass(frozen=True)
class WeekCount:
    """Requests opened in one week."""

    week: str
    starts_on: date
    opened: int


@dataclass(frozen=True)
class NarrativePart:
    """One part of the report that a person writes."""

    code: str
    title: str
    text: str


@dataclass(frozen=True)
class EditionRow:
    """An edition as lists show it."""

    id: int
    report: str
    title: str
    ward_code: str
    area: str
    week: str
    starts_on: date
    ends_on: date
    version: int
    state: str
    drafted_at: datetime
    signed_at: datetime | None
    signed_by: str
    replaced: bool


@dataclass(frozen=True)
class ReportPage:
    """A page of the list of reports, the newest week first."""

    rows: tuple[EditionRow, ...]
    total: int
    page: int
    pages: int
    may_draft: bool
    following: After | None = None


@dataclass(frozen=True)
class ReportFile:
    """One edition, whole."""

    head: EditionRow
    title: str
    ward_name: str
    liaison: str
    as_of: datetime
    data_as_of: datetime | None
    groups: tuple[FigureGroup, ...]
    needs: tuple[Need, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    locations: tuple[StandingRow, ...]
    weeks: tuple[WeekCount, ...]
    narrative: tuple[NarrativePart, ...]
    correction: str
    sources: tuple[tuple[str, str], ...]
    digest: str
    shown: str
    words_shown: str
    versions: tuple[EditionRow, ...]
    schematic: bool
    facts: Mapping[str, Any]
    answers: Mapping[str, Answer]
    frozen: bool
    rebuilt: RebuildRow | None
    allowed: frozenset[str]
