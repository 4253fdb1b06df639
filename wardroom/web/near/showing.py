"""What the pages of a neighborhood show, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from wardroom.engagement.queries.near import NearEvent, NearPromise
from wardroom.engagement.rules.tongues import Tongue
from wardroom.engagement.rules.tongues.near import NEAR
from wardroom.engagement.rules.tongues.near.words import NearWords
from wardroom.problems.queries.near import NearLocation, NearStep, Seen
from wardroom.reporting.queries.near import NearFigure, NearFigures
from wardroom.web.ui.tables import Cell, Column, Table, table

ENGLISH = "en-US"


@dataclass(frozen=True)
class ShownFigure:
    """One figure in words, with what it means."""

    name: str
    value: str
    note: str
    meaning: str
    definition: str


@dataclass(frozen=True)
class Showing:
    """The words of a page, and how days and parts in English are written in it."""

    tongue: Tongue
    keep: str
    today: date

    @property
    def words(self) -> NearWords:
        """The words of this language."""
        return NEAR[self.tongue.code]

    @property
    def lang(self) -> str:
        """What marks a part in English; nothing on an English page."""
        return "" if self.tongue.code == "en" else ENGLISH

    def to(self, name: str, *args: Any) -> str:
        """The address of a page in this language."""
        return reverse(name, args=args) + self.keep

    def area_name(self, kind: str, code: str) -> str:
        """An area as this language calls it."""
        return self.tongue.named[kind].format(code=code)

    def counted(self, number: int) -> str:
        """So many places."""
        return self.words.places.counts[self.tongue.plural(number)].format(n=number)

    def since(self, row: NearLocation) -> str:
        """Since when it is worked on, or only watched."""
        if row.left_on is not None:
            return self.words.places.watched.format(day=self.tongue.day(row.left_on))
        return self.words.places.since.format(day=self.tongue.day(row.since_on))

    def due(self, day: date) -> str:
        """By when something is due next, or since when it is overdue."""
        words = self.words.places
        said = words.overdue if day < self.today else words.next_by
        return said.format(day=self.tongue.day(day))

    def looked(self, seen: Seen) -> str:
        """What was seen at a place."""
        return self.tongue.mail.findings[seen.finding].format(day=self.tongue.day(seen.on))

    def places(self, rows: Iterable[NearLocation], total: int) -> Table:
        """The places of an area."""
        words = self.words.places
        columns = (words.place, words.text, words.plan, words.seen)
        return table(
            self.counted(total),
            [Column(label) for label in columns],
            [self._place(row) for row in rows],
            empty=words.none,
        )

    def _place(self, row: NearLocation) -> tuple[Cell, ...]:
        words, until = self.words.places, row.until_on
        return (
            Cell(
                row.label,
                href=self.to("near_location", row.matter_id),
                sub=self.since(row),
                main=True,
            ),
            Cell(row.text, lang=self.lang),
            Cell(
                ", ".join(row.agencies) or words.no_plan,
                sub=self.due(until) if until else "",
            ),
            Cell(self.looked(row.looks[0]) if row.looks else words.not_seen),
        )

    def plan(self, steps: Iterable[NearStep]) -> Table:
        """The steps of a plan: who, what, since when, and until when beside the first promise."""
        words = self.words.places
        columns = (words.agency, words.what, words.asked, words.first, words.until, words.stands)
        return table(
            words.plan,
            [Column(label) for label in columns],
            [self._step(step) for step in steps],
            empty=words.no_plan,
            caption_hidden=True,
        )

    def _step(self, step: NearStep) -> tuple[Cell, ...]:
        words = self.words.places
        stands = words.states[step.state]
        if step.done_on is not None:
            stands = words.done_on.format(day=self.tongue.day(step.done_on))
        seen = step.seen
        looked = words.findings[seen.finding].format(day=self.tongue.day(seen.on)) if seen else ""
        return (
            Cell(step.agency, main=True),
            Cell(step.words, lang=self.lang),
            Cell(self._day(step.asked_on)),
            Cell(self._day(step.first_on)),
            Cell(self._day(step.until_on), sub=self._late(step.until_on, step.done_on)),
            Cell(stands, sub=looked or (words.not_seen if step.done_on else "")),
        )

    def promises(self, rows: Iterable[NearPromise]) -> Table:
        """Promises, with the first day beside the one that holds now."""
        words = self.words
        columns = (words.promises.who, words.places.what, words.places.until)
        return table(
            words.promises.title,
            [Column(label) for label in columns],
            [
                (
                    Cell(row.who or words.promises.makers[row.maker], main=True),
                    Cell(row.words, lang=self.lang, sub=self._where(row.ward_code)),
                    self._until(row),
                )
                for row in rows
            ],
            empty=words.promises.none,
            caption_hidden=True,
        )

    def _until(self, row: NearPromise) -> Cell:
        words = self.words.promises
        text = words.no_day
        if row.due_on is not None:
            text = words.by_day.format(day=self.tongue.day(row.due_on))
        moved = words.moved.format(day=self.tongue.day(row.first_on)) if row.first_on else ""
        if row.kept_on is None:
            late = self._late(row.due_on, None)
            return Cell(text, sub="; ".join(part for part in (late, moved) if part))
        return Cell(words.kept.format(day=self.tongue.day(row.kept_on)), sub=text)

    def events(self, rows: Iterable[NearEvent]) -> Table:
        """What is announced; a meeting of a public body leads to its page."""
        words = self.words
        return table(
            words.events,
            [Column(label) for label in (words.when, words.places.what, words.where)],
            [
                (
                    Cell(
                        self.tongue.instant(timezone.localtime(row.starts_at)),
                        sub=words.canceled if row.cancelled else "",
                        main=True,
                    ),
                    Cell(
                        row.title,
                        href=self.to("open_meeting", row.meeting_id) if row.meeting_id else "",
                        lang=self.lang,
                    ),
                    Cell(row.where, lang=self.lang, sub=self._where(row.ward_code)),
                )
                for row in rows
            ],
            empty=words.no_events,
            caption_hidden=True,
        )

    def figures(self, found: NearFigures) -> list[ShownFigure]:
        """Figures in words, each with its definition."""
        return [self._figure(row) for row in found.rows]

    def _figure(self, row: NearFigure) -> ShownFigure:
        words = self.words.figures
        notes = []
        if row.lower is not None and row.upper is not None:
            low, high = (self._value(row.code, end) for end in (row.lower, row.upper))
            notes += [words.between.format(lower=low, upper=high)] if low != high else []
        if row.of is not None:
            notes.append(words.of[self.tongue.plural(row.of)].format(n=f"{row.of:,}"))
        return ShownFigure(
            name=words.names[row.code],
            value="-" if row.value is None else self._value(row.code, row.value),
            note=words.hidden if row.value is None else "; ".join(notes),
            meaning=words.meanings[row.code],
            definition=words.definition.format(n=row.version),
        )

    def _value(self, code: str, value: float) -> str:
        words = self.words.figures
        if code == "on_time":
            return words.percent.format(n=f"{100 * value:.0f}")
        if code == "open":
            return f"{value:,.0f}"
        if value < 1:
            return words.under_a_day
        return words.days[self.tongue.plural(round(value))].format(n=f"{value:,.0f}")

    def _late(self, until: date | None, done_on: date | None) -> str:
        late = until is not None and done_on is None and until < self.today
        return self.due(until) if until is not None and late else ""

    def _day(self, day: date | None) -> str:
        return self.tongue.day(day) if day else "-"

    def _where(self, ward_code: str) -> str:
        return self.area_name("ward", ward_code) if ward_code else self.words.city
