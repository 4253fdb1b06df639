"""The one filter bar. Its whole state lives in the address, so a list can be sent on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

EARLIEST, LATEST = 1900, 2200


@dataclass(frozen=True)
class Choice:
    """A drop-down of the bar."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str

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


def choice(
    state: Mapping[str, str],
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    default: str = "",
) -> Choice:
    """A drop-down; a value that is not among its options counts as the default.

    Where the default is none of them either, the first one is chosen: a liaison of a
    single ward is shown that ward."""
    known = tuple(options)
    value = state.get(name, default)
    values = [v for v, _ in known]
    if value not in values:
        value = default if default in values or not values else values[0]
    return Choice(name, label, known, value)


def day(state: Mapping[str, str], name: str, label: str) -> Day:
    """A date; what is not a date counts as none."""
    given = as_day(state.get(name, ""))
    return Day(name, label, given.isoformat() if given else "")


def bar(state: Mapping[str, str], *items: Choice | Day, keep: Iterable[str] = ()) -> Filters:
    """The bar with its items, and what else of the address it must not lose."""
    kept = tuple(Kept(n, state[n]) for n in keep if state.get(n))
    active = sum(1 for item in items if item.value and state.get(item.name))
    return Filters(items, kept, active)


def as_day(text: str) -> date | None:
    """A date written year-month-day in a year that a city's data may have, or none."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day.year <= LATEST else None
