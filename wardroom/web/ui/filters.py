"""The one filter bar. Its whole state lives in the address, so a list can be sent on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wardroom.engagement.rules.tongues.everybody import EVERYBODY
from wardroom.engagement.rules.tongues.everybody.words import ListWords

EARLIEST, LATEST = 1900, 2200


@dataclass(frozen=True)
class Choice:
    """A drop-down of the bar; ``lang`` where its options, but for the first, are in another."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str

    lang: str = ""
    kind: str = "choice"


@dataclass(frozen=True)
class Day:
    """A date of the bar."""

    name: str
    label: str
    value: str

    kind: str = "day"


@dataclass(frozen=True)
class Kept:
    """A value the bar carries along without showing a control for it."""

    name: str
    value: str


@dataclass(frozen=True)
class Filters:
    """The bar itself."""

    items: tuple[Choice | Day, ...]
    kept: tuple[Kept, ...] = ()
    active: int = 0
    words: ListWords = EVERYBODY["en"].lists

    @property
    def chosen(self) -> str:
        """How many of them are set."""
        return self.words.chosen.format(n=self.active) if self.active else ""

    @property
    def cleared(self) -> str:
        """The query of the same page without a filter: nothing but its language."""
        language = next((kept.value for kept in self.kept if kept.name == "language"), "")
        return f"?language={language}" if language else ""


def choice(
    state: Mapping[str, str],
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    default: str = "",
    lang: str = "",
) -> Choice:
    """A drop-down; a value that is not among its options counts as the default.

    Where the default is none of them either, the first one is chosen: a liaison of a
    single ward is shown that ward."""
    known = tuple(options)
    value = state.get(name, default)
    values = [v for v, _ in known]
    if value not in values:
        value = default if default in values or not values else values[0]
    return Choice(name, label, known, value, lang)


def day(state: Mapping[str, str], name: str, label: str) -> Day:
    """A date; what is not a date counts as none."""
    given = as_day(state.get(name, ""))
    return Day(name, label, given.isoformat() if given else "")


def bar(
    state: Mapping[str, str],
    *items: Choice | Day,
    keep: Iterable[str] = (),
    words: ListWords = EVERYBODY["en"].lists,
) -> Filters:
    """The bar with its items, and what else of the address it must not lose."""
    kept = tuple(Kept(n, state[n]) for n in keep if state.get(n))
    active = sum(1 for item in items if item.value and state.get(item.name))
    return Filters(items, kept, active, words)


def as_day(text: str) -> date | None:
    """A date written year-month-day in a year that a city's data may have, or none."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day.year <= LATEST else None
