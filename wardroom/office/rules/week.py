"""A week of the office: parts of a day, what gets in whose way, what nobody covers. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

DAY, EVENING, NIGHT, WEEKEND = "day", "evening", "night", "weekend"
PARTS: Mapping[str, str] = {
    DAY: "Day",
    EVENING: "Evening",
    NIGHT: "Night",
    WEEKEND: "Weekend or holiday",
}
MORNING, LATE, NIGHTFALL, NOON = time(8), time(17), time(22), time(12)
SMALL_HOURS = time(3)
REST = timedelta(hours=10)
ONE = timedelta(days=1)
SHIFT, EVENT, AWAY = "shift", "event", "away"
STANDBY = ("on_call", "backup")


@dataclass(frozen=True)
class Thing:
    """One thing in somebody's week: a shift, an event, or days away.

    ``role`` is a shift's kind of duty; ``key`` names the thing, as shift-12 or event-7.
    """

    kind: str
    key: str
    words: str
    starts_at: datetime
    ends_at: datetime
    role: str = ""
    ward_code: str = ""

    @property
    def at_a_place(self) -> bool:
        """Whether somebody has to be somewhere for it: not for days away, nor on standby."""
        return self.kind == EVENT or (self.kind == SHIFT and self.role not in STANDBY)


@dataclass(frozen=True)
class Clash:
    """Two things of one person that get in each other's way, in words."""

    first: str
    second: str
    words: str
    hard: bool = True


def part_of(at: datetime, zone: ZoneInfo, free_days: Collection[date]) -> str:
    """In which part of the day something begins; Saturdays, Sundays and holidays are one part."""
    local = at.astimezone(zone)
    if local.time() < MORNING or local.time() >= NIGHTFALL:
        return NIGHT
    if is_free(local.date(), free_days):
        return WEEKEND
    return EVENING if local.time() >= LATE else DAY


def is_free(day: date, free_days: Collection[date]) -> bool:
    """Whether a day is a Saturday, a Sunday or a holiday."""
    return day.weekday() >= 5 or day in free_days


def days_of(thing: Thing, zone: ZoneInfo) -> tuple[date, ...]:
    """The days on which a thing is shown: the one it begins on, and each whose noon is in it."""
    first = thing.starts_at.astimezone(zone).date()
    found, day = [first], first + ONE
    while datetime.combine(day, NOON, tzinfo=zone) < thing.ends_at:
        found.append(day)
        day += ONE
    return tuple(found)


def clashes_of(things: Sequence[Thing]) -> tuple[Clash, ...]:
    """What in one person's week gets in each other's way.

    Somebody away can be nowhere; nobody is in two places at once, nor has two shifts at once;
    between two shifts are ten hours of rest. Whoever is on call may be at an event.
    """
    order = sorted(things, key=lambda thing: (thing.starts_at, thing.key))
    found = (clash_between(one, two) for one, two in combinations(order, 2))
    return tuple(clash for clash in found if clash is not None)


def clash_between(one: Thing, two: Thing) -> Clash | None:
    """What of two things, the earlier first, gets in the way, if anything does."""
    apart = max(one.starts_at, two.starts_at) >= min(one.ends_at, two.ends_at)
    shifts = one.kind == two.kind == SHIFT
    if not apart and AWAY in (one.kind, two.kind):
        other = two if one.kind == AWAY else one
        words = f"is away during {other.words}"
        return Clash(one.key, two.key, words) if one.kind != two.kind else None
    if not apart and (shifts or (one.at_a_place and two.at_a_place)):
        words = f"is in two places at once: {one.words} and {two.words}"
        return Clash(one.key, two.key, words)
    rest = timedelta(
        seconds=max(one.starts_at, two.starts_at).timestamp()
        - min(one.ends_at, two.ends_at).timestamp()
    )
    if apart and shifts and rest < REST:
        words = f"has less than 10 hours of rest between {one.words} and {two.words}"
        return Clash(one.key, two.key, words, hard=False)
    return None


@dataclass(frozen=True)
class Share:
    """How many evenings, nights and days off one person worked."""

    evenings: int = 0
    nights: int = 0
    free_days: int = 0


def share_of(things: Iterable[Thing], zone: ZoneInfo, free_days: Collection[date]) -> Share:
    """What somebody worked outside working hours: days count once, however much was on them."""
    evenings, nights, free = set(), set(), set()
    for thing in things:
        if thing.kind == AWAY:
            continue
        first = thing.starts_at.astimezone(zone).date()
        small = datetime.combine(first + ONE, SMALL_HOURS, tzinfo=zone)
        if thing.starts_at <= small < thing.ends_at:
            nights.add(first)
        elif part_of(thing.starts_at, zone, free_days) == EVENING:
            evenings.add(first)
        if thing.at_a_place or thing.kind == SHIFT:
            free |= {day for day in days_of(thing, zone) if is_free(day, free_days)}
    return Share(len(evenings), len(nights), len(free))


def spread(counts: Collection[int]) -> int:
    """The most minus the least."""
    return max(counts) - min(counts) if counts else 0


@dataclass(frozen=True)
class WardDay:
    """Who covers a ward on a day; ``uncovered`` says in words that nobody does.

    ``beside`` are people who help there and cover nothing, such as volunteers.
    """

    names: tuple[str, ...] = ()
    uncovered: str = ""
    shifts: tuple[str, ...] = field(default=())
    beside: tuple[str, ...] = ()


def ward_day(
    ward: str, here: Sequence[tuple[str, bool]], shifts: Sequence[str], *, works: bool
) -> WardDay:
    """Who covers a ward on a day: its people with whether each is away, and shifts for it.

    On a day off the person on call covers every ward, so that none is uncovered by itself.
    """
    names = tuple(name for name, away in here if not away)
    if not works:
        return WardDay(shifts=tuple(shifts))
    if names or shifts:
        return WardDay(names, shifts=tuple(shifts))
    gone = [name for name, away in here if away]
    if not gone:
        return WardDay(uncovered=f"Nobody covers Ward {ward}: nobody works for it")
    verb = "is" if len(gone) == 1 else "are"
    return WardDay(uncovered=f"Nobody covers Ward {ward}: {' and '.join(gone)} {verb} away")
