"""The schedule of a plan as a picture: a row for each step, in days, with what waits for what.

Places along the days are hundredths of the width, so that marks and words keep their size on
a telephone. The table of the plan says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.plans.queries import PlanRow, PlanView
from wardroom.plans.rules import Forecast
from wardroom.web.ui.words import counted, day_text

TOP, ROW, FOOT = 26, 58, 24
NAME_Y, BAR_Y = 15, 34
LONG, SHORT = 90, 40
LEFT, RIGHT = 2.0, 98.0
FAR, EDGE = 78.0, 12.0
MOST_TICKS = 5
STEPS = (7, 14, 31, 62, 93, 186, 372, 744)
KEY = (
    ("first", "First promise"),
    ("now", "Promise now"),
    ("asked", "Asked for, not promised"),
    ("likely", "Likely, as things stand"),
    ("done", "Agency says done"),
    ("seen", "Seen to be done"),
)


@dataclass(frozen=True)
class Mark:
    """A day of a step; ``shape`` says which, so that no color has to."""

    at: float
    shape: str
    said: str


@dataclass(frozen=True)
class Span:
    """A stretch of days; ``look`` is the class that draws it."""

    start: float
    width: float
    look: str


@dataclass(frozen=True)
class Drawn:
    """One step's row: where it lies, its name, its stretches and days, its last day in words.

    ``short`` is the name as far as a phone has room for it.
    """

    top: int
    name: str
    short: str
    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    label: str
    label_at: float
    label_end: bool

    @property
    def name_y(self) -> int:
        return self.top + NAME_Y

    @property
    def bar_y(self) -> int:
        return self.top + BAR_Y

    @property
    def label_y(self) -> int:
        """A label at the right edge stands under its bar, where nothing else does."""
        return 21 if self.label_end else 4


@dataclass(frozen=True)
class Wait:
    """A line from the end of one step down to the step that waits for it."""

    at: float
    top: int
    foot: int


@dataclass(frozen=True)
class Tick:
    """A day of the scale, or today; its words stay inside the picture."""

    at: float
    text: str

    @property
    def anchor(self) -> str:
        if self.at < EDGE:
            return "start"
        return "end" if self.at > 100 - EDGE else "middle"


@dataclass(frozen=True)
class Schedule:
    """The picture, and the sentence that says what it shows."""

    caption: str
    summary: str
    rows: tuple[Drawn, ...]
    waits: tuple[Wait, ...]
    ticks: tuple[Tick, ...]
    today: Tick
    height: int
    key: tuple[tuple[str, str], ...]

    @property
    def base(self) -> int:
        return self.height - FOOT

    @property
    def foot(self) -> int:
        """Where the word for today stands, under its line."""
        return self.height - 8


def schedule(plan: PlanView, expected: Mapping[int, Forecast], today: date) -> Schedule | None:
    """The picture of a plan on a day; none where it has no steps."""
    if not plan.rows:
        return None
    days = [day for row in plan.rows for day in _days_of(row, expected[row.position])]
    scale = _Scale(min([*days, today]), max([*days, today]))
    tops = {row.position: TOP + n * ROW for n, row in enumerate(plan.rows)}
    rows = tuple(_drawn(r, expected[r.position], scale, tops[r.position]) for r in plan.rows)
    shapes = {mark.shape for row in rows for mark in row.marks}
    return Schedule(
        caption="When each step was promised, and when it is likely done",
        summary=_summary(plan.rows, expected, today),
        rows=rows,
        waits=tuple(_waits(plan.rows, expected, scale, tops)),
        ticks=tuple(Tick(scale(day), text) for day, text in scale.ticks()),
        today=Tick(scale(today), f"Today, {today:%b} {today.day}"),
        height=TOP + ROW * len(rows) + FOOT,
        key=tuple((shape, said) for shape, said in KEY if shape in shapes),
    )


class _Scale:
    """Days as hundredths of the width."""

    def __init__(self, first: date, last: date) -> None:
        room = max((last - first).days // 12, 2)
        self.first, self.last = first - timedelta(days=room), last + timedelta(days=room)

    def __call__(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + (RIGHT - LEFT) * share, 2)

    def ticks(self) -> list[tuple[date, str]]:
        """A few Mondays, or where the time is long, firsts of a month."""
        whole = (self.last - self.first).days
        step = next((s for s in STEPS if whole / s <= MOST_TICKS), STEPS[-1])
        if step < 31:
            day = self.first + timedelta(days=(7 - self.first.weekday()) % 7)
            found = []
            while day < self.last:
                found.append((day, f"{day:%b} {day.day}"))
                day += timedelta(days=step)
            return found
        return self._months(step // 31)

    def _months(self, step: int) -> list[tuple[date, str]]:
        month = self.first.year * 12 + self.first.month
        found = []
        while (day := date(month // 12, month % 12 + 1, 1)) < self.last:
            found.append((day, f"{day:%b %Y}" if step > 3 or day.month == 1 else f"{day:%b}"))
            month += step
        return found


def _days_of(row: PlanRow, expected: Forecast) -> Iterable[date]:
    known = (row.asked_on, row.first_promised_on, row.given_on, row.done_on, expected.likely_on)
    return (day for day in known if day is not None)


def _drawn(row: PlanRow, expected: Forecast, scale: _Scale, top: int) -> Drawn:
    marks = _marks(row, expected, scale)
    last = row.done_on or expected.likely_on or row.given_on
    name = f"{row.position}. {row.agency_code or row.agency_name}: {row.wording}"
    at = max([scale(last), *(mark.at for mark in marks)])
    return Drawn(
        top=top,
        name=_cut(name, LONG),
        short=_cut(name, SHORT),
        spans=tuple(_spans(row, expected, scale)),
        marks=marks,
        label=row.state if row.state in ("declined", "withdrawn") else f"{last:%b} {last.day}",
        label_at=at,
        label_end=at > FAR,
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _spans(row: PlanRow, expected: Forecast, scale: _Scale) -> Iterable[Span]:
    begins = row.asked_on or row.due_on
    first = row.first_promised_on or row.given_on
    yield _span(begins, min(first, row.done_on or first), "schedule__plan", scale)
    ends = row.done_on or row.given_on
    if ends > first:
        yield _span(first, ends, "schedule__slip", scale)
    if expected.likely_on and not row.done_on and expected.likely_on > max(ends, first):
        yield _span(max(ends, first), expected.likely_on, "schedule__late", scale)


def _span(start: date, end: date, look: str, scale: _Scale) -> Span:
    return Span(scale(start), round(max(scale(end) - scale(start), 0.0), 2), look)


def _marks(row: PlanRow, expected: Forecast, scale: _Scale) -> tuple[Mark, ...]:
    found = []
    if row.first_promised_on:
        first = row.first_promised_on
        found.append(Mark(scale(first), "first", f"first promise {day_text(first)}"))
    if row.promised_on:
        found.append(Mark(scale(row.promised_on), "now", f"promise {day_text(row.promised_on)}"))
    elif row.state not in ("declined", "withdrawn"):
        found.append(Mark(scale(row.given_on), "asked", f"asked for {day_text(row.given_on)}"))
    if row.done_on:
        seen = row.seen is not None and row.seen.finding == "fixed"
        said = f"{'seen done' if seen else 'called done'} {day_text(row.done_on)}"
        found.append(Mark(scale(row.done_on), "seen" if seen else "done", said))
    elif expected.likely_on and expected.likely_on != row.given_on:
        likely = expected.likely_on
        found.append(Mark(scale(likely), "likely", f"likely {day_text(likely)}"))
    return tuple(found)


def _waits(
    rows: Sequence[PlanRow],
    expected: Mapping[int, Forecast],
    scale: _Scale,
    tops: Mapping[int, int],
) -> Iterable[Wait]:
    known = {row.position: row for row in rows}
    for row in rows:
        for before in row.waits_for:
            other = known[before]
            ends = other.done_on or expected[before].likely_on or other.given_on
            yield Wait(scale(ends), tops[before] + BAR_Y, tops[row.position] + BAR_Y)


def _summary(rows: Sequence[PlanRow], expected: Mapping[int, Forecast], today: date) -> str:
    said = [f"Schedule of {counted(len(rows), 'step')}, as of today, {day_text(today)}."]
    for row in rows:
        name = f"Step {row.position}, {row.agency_code or row.agency_name}"
        words = ", ".join(mark.said for mark in _marks(row, expected[row.position], _ANY))
        after = ", ".join(str(n) for n in row.waits_for)
        said.append(f"{name}: {words or row.state}{f', after {after}' if after else ''}.")
    return " ".join(said)


_ANY = _Scale(date(2000, 1, 1), date(2000, 2, 1))
