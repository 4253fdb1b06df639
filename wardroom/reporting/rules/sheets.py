"""A sheet: a memo, a note or a ledger, the same on a page, on paper and in Word. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import APPROVAL, DEADLINE, REFERRAL, TO_DO, WITH_AGENCY
from wardroom.reporting.rules.wording import day_words, how_many

MEMO, MEETING, WALK, LEDGER, BRIEF = "memo", "meeting", "walk", "ledger", "brief"
POLICY = "policy"
KINDS = {
    MEMO: "Briefing memo",
    MEETING: "After-action note",
    WALK: "After-action note",
    LEDGER: "Ledger of a walk",
    BRIEF: "Briefing memo",
    POLICY: "Policy memo",
}
OF_EVENTS = (BRIEF, MEETING)
EDITED = (*OF_EVENTS, POLICY)
MOST_ROWS = 12
MOST_LINES = 8
ASKS = ("Who", "What", "When", "How it stands")
STANDS = {
    "proposed": "not asked yet",
    "requested": "no answer yet",
    "accepted": "promised",
    "countered": "offers another date",
    "declined": "declined",
    "done": "done, the agency says",
    "withdrawn": "withdrawn",
}
TASK_STANDS = {
    TO_DO: "to do",
    APPROVAL: "waits for approval",
    DEADLINE: "legal clock",
}


@dataclass(frozen=True)
class Part:
    """One part of a sheet: sentences, or a table of four columns; ``none`` where it is empty.

    A ``fixed`` part is counted by the house, and nobody edits it; ``ask`` is what a person is
    asked to write in one that is theirs.
    """

    title: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    none: str = ""
    fixed: bool = False
    ask: str = ""

    @property
    def editable(self) -> bool:
        """Whether a person may write its sentences; a table stays as it was drafted."""
        return not (self.fixed or self.rows)


@dataclass(frozen=True)
class Sheet:
    """What a memo, a note or a ledger says, as of a day."""

    kind: str
    key: int
    title: str
    about: tuple[str, ...]
    as_of: date
    parts: tuple[Part, ...]
    schematic: bool = False
    kept_by: str = ""
    version: int = 0

    @property
    def kind_label(self) -> str:
        """What such a sheet is called."""
        return KINDS[self.kind]

    @property
    def shown(self) -> tuple[Part, ...]:
        """The parts that have something to say, if only that there is nothing."""
        return tuple(part for part in self.parts if part.lines or part.rows or part.none)


@dataclass(frozen=True)
class AskNow:
    """An ask as a sheet tells it."""

    agency: str
    wording: str
    state: str
    due_on: date
    promised_on: date | None = None
    counter_on: date | None = None
    seen: str = ""
    kind: str = REFERRAL
    first_promised_on: date | None = None
    paused: bool = False
    matter_id: int | None = None

    @property
    def expected_on(self) -> date:
        """The promised day, or the day asked for."""
        return self.promised_on or self.due_on

    def days_late(self, today: date) -> int:
        """How many days it is past its date while it waits for the agency; 0 where it is not."""
        waits = self.state in ("requested", "accepted") and not self.paused
        waits = waits and self.expected_on < today
        return (today - self.expected_on).days if waits else 0


def ask_row(ask: AskNow, today: date) -> tuple[str, str, str, str]:
    """An ask as a row: who, what, when, and how it stands."""
    when = day_words(ask.expected_on.isoformat())
    late = ask.days_late(today)
    stands = STANDS[ask.state] if ask.kind == REFERRAL else TASK_STANDS[ask.kind]
    if ask.paused:
        stands = f"{stands}, stopped for now"
    if ask.first_promised_on and ask.promised_on and ask.first_promised_on != ask.promised_on:
        stands = f"{stands}, first for {day_words(ask.first_promised_on.isoformat())}"
    if ask.state == "countered" and ask.counter_on:
        stands = f"offers {day_words(ask.counter_on.isoformat())}"
    if late:
        stands = f"{stands}, {_days(late)} late"
    if ask.seen:
        stands = f"{stands}; somebody else saw: {ask.seen}"
    return ask.agency, ask.wording, when, stands


def things_to_ask(asks: Sequence[AskNow], today: date) -> tuple[str, ...]:
    """What there is to ask for, the longest late first: one sentence for each agency's ask."""
    late = sorted((a for a in asks if a.days_late(today)), key=lambda ask: ask.expected_on)
    words = [
        f"{a.agency}: {'an answer, and' if a.state == 'requested' else ''} a day for"
        f" “{a.wording}”, {_days(a.days_late(today))} late."
        for a in late
    ]
    for ask in asks:
        if ask.state == "requested" and not ask.days_late(today):
            words.append(f"{ask.agency}: an answer to “{ask.wording}”.")
        elif ask.state == "countered" and ask.counter_on:
            words.append(
                f"{ask.agency} offers {day_words(ask.counter_on.isoformat())} for"
                f" “{ask.wording}”: agree to it, or say why not."
            )
        elif ask.state == "declined":
            words.append(f"{ask.agency} declined “{ask.wording}”: who else can do it?")
        elif ask.state == "done" and not ask.seen:
            words.append(
                f"{ask.agency} says that “{ask.wording}” is done: somebody who did not ask for it"
                " has to look."
            )
    return tuple(" ".join(one.split()) for one in words)


def still_open(asks: Sequence[AskNow]) -> tuple[AskNow, ...]:
    """The asks that an agency still has to answer or to do."""
    return tuple(ask for ask in asks if ask.state in WITH_AGENCY)


def shortened(rows: Sequence[Any], most: int, more: Callable[[int], Any]) -> tuple[Any, ...]:
    """The first rows, and one that says how many more there are."""
    left = len(rows) - most
    return tuple(rows) if left <= 0 else (*rows[:most], more(left))


def lines_of(lines: Sequence[str], most: int = MOST_LINES) -> tuple[str, ...]:
    """The first lines, and how many more there are; a sheet is one page."""
    return shortened(lines, most, lambda left: f"And {left} more.")


def table_of(rows: Sequence[tuple[str, ...]], most: int = MOST_ROWS) -> tuple[tuple[str, ...], ...]:
    """The first rows of a table, and how many more there are."""
    return shortened(rows, most, lambda left: ("", f"And {left} more.", "", ""))


def without(sheet: Sheet, leave_out: Callable[[str], str]) -> Sheet:
    """The same sheet with something left out of each of its words."""
    parts = tuple(
        replace(
            part,
            lines=tuple(leave_out(line) for line in part.lines),
            rows=tuple(tuple(leave_out(cell) for cell in row) for row in part.rows),
        )
        for part in sheet.parts
    )
    about = tuple(leave_out(line) for line in sheet.about)
    return replace(sheet, title=leave_out(sheet.title), about=about, parts=parts)


def edited(sheet: Sheet, texts: Mapping[str, str]) -> Sheet:
    """The same sheet with the sentences of some parts as somebody wrote them, line by line."""
    parts = []
    for n, part in enumerate(sheet.parts):
        text = texts.get(str(n))
        if text is not None and not part.fixed:
            lines = tuple(line.strip() for line in text.splitlines() if line.strip())
            part = replace(part, lines=lines)
        parts.append(part)
    return replace(sheet, parts=tuple(parts))


def with_words_of(sheet: Sheet, parts: Sequence[Part]) -> Sheet:
    """The same sheet with the sentences that were kept; what the house counted stays new."""
    words = {part.title: part.lines for part in parts}
    told = (p if p.fixed else replace(p, lines=words.get(p.title, p.lines)) for p in sheet.parts)
    return replace(sheet, parts=tuple(told))


def check_words(sheet: Sheet) -> None:
    """Somebody wrote what the numbers mean. Refuses: a memo without a word of theirs."""
    asked = [n for n, part in enumerate(sheet.parts) if part.ask]
    if asked and not any(sheet.parts[n].lines for n in asked):
        sentence = "Write what you take from it. The numbers do not say it by themselves."
        raise Refused("text_missing", sentence, field=f"part_{asked[0]}")


def kept_parts(sheet: Sheet) -> list[dict[str, Any]]:
    """The parts of a sheet as plain values, to be kept as they stand."""
    return [
        {"title": p.title, "lines": p.lines, "head": p.head, "rows": p.rows, "none": p.none}
        for p in sheet.parts
    ]


def parts_kept(parts: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Such parts again."""
    return tuple(
        Part(
            title=part["title"],
            lines=tuple(part["lines"]),
            head=tuple(part["head"]),
            rows=tuple(tuple(row) for row in part["rows"]),
            none=part["none"],
        )
        for part in parts
    )


def plain(sheet: Sheet) -> dict[str, Any]:
    """A sheet as plain values, for the typesetter and for Word."""
    return {
        "kind": sheet.kind_label,
        "title": sheet.title,
        "about": [line for line in sheet.about if line],
        "as_of": sheet.as_of.isoformat(),
        "schematic": sheet.schematic,
        "parts": [
            {
                "title": part.title,
                "lines": list(part.lines),
                "head": list(part.head) if part.rows else [],
                "rows": [list(row) for row in part.rows],
                "none": "" if part.lines or part.rows else part.none,
            }
            for part in sheet.shown
        ],
    }


def _days(number: int) -> str:
    return how_many(number, "day")
