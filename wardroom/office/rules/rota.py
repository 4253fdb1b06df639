"""Which turns a rota has, and what is wrong or unfair about who has them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wardroom.calendar.rules.shifts import (
    BACKUP,
    DUTIES,
    EVENING,
    ON_CALL,
    Turn,
    day_words,
    turn_words,
)
from wardroom.kernel.errors import Refused
from wardroom.office.rules.languages import SPOKEN

DAY, WEEK = timedelta(days=1), timedelta(days=7)
REST = timedelta(hours=10)
SATURDAY = 5
MOST_WEEKS = 27
SMALL_HOURS = time(3)
DRAFT, PUBLISHED, REPLACED, DROPPED = "draft", "published", "replaced", "dropped"
STATES: Mapping[str, str] = {
    DRAFT: "Draft",
    PUBLISHED: "In force",
    REPLACED: "Replaced",
    DROPPED: "Dropped",
}
WANTED, FOUND, CONFLICT, FAILED = "wanted", "found", "conflict", "failed"
NOT_FREE = "not free then"
EVERY_DAY, WORKING_DAYS, DAYS_OFF = "every", "working", "off"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
ASKED_ON: Mapping[str, str] = {
    EVERY_DAY: "Every day",
    WORKING_DAYS: "Working days",
    DAYS_OFF: "Weekends and holidays",
    **{str(n): f"{day}s" for n, day in enumerate((*WEEKDAYS, "Saturday", "Sunday"))},
}


@dataclass(frozen=True)
class Pattern:
    """Which turns the days of a rota have.

    On a working day the turn on call lasts from ``night_starts`` to ``night_ends`` of the next
    day, on a weekend or holiday from ``night_ends`` for a whole day. ``backup`` names a second
    person beside each. Each of ``wards`` has an evening on one weekday, if it is no holiday.
    """

    night_starts: time = time(17)
    night_ends: time = time(8)
    backup: bool = True
    wards: tuple[str, ...] = ()
    evening_on: int = 2
    evening_starts: time = time(17, 30)
    evening_ends: time = time(21)

    def as_plain(self) -> dict[str, object]:
        """The pattern as it is kept."""
        return {
            "night_starts": self.night_starts.isoformat(),
            "night_ends": self.night_ends.isoformat(),
            "backup": self.backup,
            "wards": list(self.wards),
            "evening_on": self.evening_on,
            "evening_starts": self.evening_starts.isoformat(),
            "evening_ends": self.evening_ends.isoformat(),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, object]) -> Pattern:
        """The pattern again."""
        times = {
            name: time.fromisoformat(str(plain[name]))
            for name in ("night_starts", "night_ends", "evening_starts", "evening_ends")
        }
        wards = plain["wards"]
        return cls(
            **times,
            backup=bool(plain["backup"]),
            wards=tuple(wards) if isinstance(wards, list) else (),
            evening_on=int(str(plain["evening_on"])),
        )

    @property
    def lanes(self) -> frozenset[tuple[str, str]]:
        """The roles and wards that a rota of this pattern is for."""
        roles = (ON_CALL, BACKUP) if self.backup else (ON_CALL,)
        return frozenset({*((role, "") for role in roles), *((EVENING, w) for w in self.wards)})


@dataclass(frozen=True)
class WishSpan:
    """One wish of somebody: its kind and its days."""

    kind: str
    from_on: date
    until_on: date

    def touches(self, turn: Turn) -> bool:
        """Whether a turn is on in these days at all; its last morning alone does not count."""
        last = turn.ends_on if turn.ends > time(12) or turn.ends_on == turn.on_date else None
        end = last or turn.ends_on - DAY
        return turn.on_date <= self.until_on and self.from_on <= max(end, turn.on_date)


@dataclass(frozen=True)
class Findings:
    """What speaks against somebody's having a turn.

    ``never`` cannot be; ``warnings`` can, where a person says why. ``wishes`` are those of both
    that come from what the person told of the days, for those who plan alone.
    """

    never: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    wishes: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """All of it in one line."""
        return "; ".join(dict.fromkeys((*self.never, *self.warnings)))

    @property
    def discreet(self) -> Findings:
        """The same for colleagues: that somebody is not free, without what they told or when."""
        never, warnings = (
            tuple(dict.fromkeys(NOT_FREE if one in self.wishes else one for one in said))
            for said in (self.never, self.warnings)
        )
        return Findings(never, warnings)


def check_weeks(from_on: date, weeks: int) -> tuple[date, date]:
    """A rota lasts whole weeks, from a Monday to a Sunday."""
    if from_on.weekday() != 0:
        raise Refused("not_a_monday", "A rota begins on a Monday.", field="from_on")
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused("weeks", f"A rota lasts from 1 to {MOST_WEEKS} weeks.", field="weeks")
    return from_on, from_on + WEEK * weeks - DAY


def check_pattern(pattern: Pattern) -> Pattern:
    """Nights end on the next morning, and evenings on the same day."""
    if pattern.night_ends >= pattern.night_starts:
        raise Refused(
            "night_ends", "A night ends in the morning, before the hour at which it starts.",
            field="night_ends",
        )  # fmt: skip
    if pattern.evening_ends <= pattern.evening_starts:
        raise Refused("evening_ends", "An evening ends after it starts.", field="evening_ends")
    return pattern


def is_free(day: date, holidays: Mapping[date, str]) -> bool:
    """Whether the office is closed all day."""
    return day.weekday() >= SATURDAY or day in holidays


def turns_of_pattern(
    pattern: Pattern, from_on: date, until_on: date, holidays: Mapping[date, str]
) -> tuple[Turn, ...]:
    """The turns of all these days, by time."""
    turns: list[Turn] = []
    day = from_on
    while day <= until_on:
        starts = pattern.night_ends if is_free(day, holidays) else pattern.night_starts
        turns += [
            Turn(role, "", day, starts, day + DAY, pattern.night_ends)
            for role in ((ON_CALL, BACKUP) if pattern.backup else (ON_CALL,))
        ]
        if day.weekday() == pattern.evening_on and day not in holidays:
            turns += [
                Turn(EVENING, ward, day, pattern.evening_starts, day, pattern.evening_ends)
                for ward in pattern.wards
            ]
        day += DAY
    return tuple(turns)


def lane_words(role: str, ward: str) -> str:
    """Which turns of a rota are meant: Evening in Ward 1, or Evening for those of every ward."""
    return f"{DUTIES[role]}{f' in Ward {ward}' if ward else ''}"


def is_asked_on(days: str, day: date, holidays: Mapping[date, str]) -> bool:
    """Whether a day is one of those on which a language is asked for."""
    if days in (WORKING_DAYS, DAYS_OFF):
        return is_free(day, holidays) == (days == DAYS_OFF)
    return days == EVERY_DAY or str(day.weekday()) == days


def check_asked(role: str, days: str, language: str) -> None:
    """Turns, days and a language that there are; no language takes it back.

    Refuses: a kind of duty, days or a language from no list.
    """
    if role not in DUTIES:
        raise Refused("unknown_role", "Choose the turns from the list.", field="lane")
    if days not in ASKED_ON:
        raise Refused("unknown_days", "Choose the days from the list.", field="days")
    if language and language not in SPOKEN:
        raise Refused("unknown_language", "Choose a language from the list.", field="language")


def days_between(spans: Iterable[tuple[date, date]], today: date) -> tuple[tuple[date, date], ...]:
    """The days from today on that lie between these spans of days, as first and last days."""
    found, reached = [], today - DAY
    for first, last in sorted(spans):
        if first > reached + DAY:
            found.append((reached + DAY, first - DAY))
        reached = max(reached, last)
    return tuple(found)


def weekend_of(turn: Turn) -> int | None:
    """The number of the weekend that a turn is on, one after the other; none in the week."""
    if turn.on_date.weekday() < SATURDAY:
        return None
    return (turn.on_date - date(2000, 1, 3)).days // 7


def holiday_of(turn: Turn, holidays: Mapping[date, str]) -> str:
    """The holiday that a turn begins on."""
    return holidays.get(turn.on_date, "")


def is_night(turn: Turn) -> bool:
    """Whether a turn goes through the small hours."""
    return turn.ends_on > turn.on_date and turn.ends >= SMALL_HOURS


def weight_of(turn: Turn, holidays: Mapping[date, str]) -> int:
    """What a turn counts as in fairness: on call 2, a backup or evening 1; twice on free days."""
    once = 1 if turn.role in (BACKUP, EVENING) else 2
    return once * (2 if is_free(turn.on_date, holidays) else 1)


def find_against(
    turn: Turn, others: Iterable[Turn], wishes: Iterable[WishSpan], zone: ZoneInfo
) -> Findings:
    """What speaks against a turn for somebody who has these others and told these wishes."""
    never, warnings = [], []
    starts, ends = turn.begins_at(zone), turn.ends_at(zone)
    for other in others:
        a, b = other.begins_at(zone), other.ends_at(zone)
        if a < ends and starts < b:
            never.append(f"has another turn then: {turn_words(other)}")
        elif min(abs(starts - b), abs(a - ends)) < REST:
            warnings.append(f"less than 10 hours of rest: {turn_words(other)}")
    weekend = weekend_of(turn)
    near = {w for w in map(weekend_of, others) if w is not None}
    if weekend is not None and near & {weekend - 1, weekend + 1}:
        warnings.append("two weekends running")
    rules = {*never, *warnings}
    for wish in wishes:
        if wish.touches(turn):
            _wish_found(wish, never, warnings)
    told = frozenset({*never, *warnings} - rules)
    return Findings(tuple(dict.fromkeys(never)), tuple(dict.fromkeys(warnings)), told)


def _wish_found(wish: WishSpan, never: list[str], warnings: list[str]) -> None:
    days = span_words(wish.from_on, wish.until_on)
    if wish.kind == "leave":
        never.append(f"is on leave {days}")
    elif wish.kind == "cannot":
        warnings.append(f"cannot {days}")
    elif wish.kind == "rather_not":
        warnings.append(f"would rather not {days}")


def span_words(first: date, last: date) -> str:
    """Some days in a sentence: on Fri, December 4, or from it to another."""
    if first == last:
        return f"on {day_words(first)}"
    return f"from {day_words(first)} to {day_words(last)}"


@dataclass(frozen=True)
class Carried:
    """What one person carries in a rota, as fairness counts it.

    ``weight`` is what a proposal spreads: each turn by what it counts as. Who ``came_later``
    than the turns were given out could have none of them, and is compared with nobody.
    """

    user_id: int
    name: str
    turns: int
    weight: int
    nights: int
    weekends: int
    holidays: int
    came_later: bool = False


@dataclass(frozen=True)
class Fairness:
    """What everybody carries, and the most minus the least of each."""

    people: tuple[Carried, ...] = field(default=())

    @property
    def compared(self) -> tuple[Carried, ...]:
        """Those who could have had turns when they were given out."""
        return tuple(one for one in self.people if not one.came_later)

    def spread(self, what: str) -> int:
        """The most minus the least that anybody carries."""
        counts = [getattr(one, what) for one in self.compared]
        return max(counts) - min(counts) if counts else 0


def fairness_of(
    held: Sequence[tuple[Turn, int | None]],
    people: Mapping[int, str],
    holidays: Mapping[date, str],
    later: Collection[int] = (),
) -> Fairness:
    """What each of these people carries in these turns, by name; some came ``later``."""
    rows = []
    for user_id, name in sorted(people.items(), key=lambda one: one[1]):
        own = [turn for turn, user in held if user == user_id]
        rows.append(
            Carried(
                user_id,
                name,
                len(own),
                sum(weight_of(turn, holidays) for turn in own),
                sum(is_night(turn) for turn in own),
                len({w for w in map(weekend_of, own) if w is not None}),
                sum(bool(holiday_of(turn, holidays)) for turn in own),
                came_later=user_id in later and not own,
            )
        )
    return Fairness(tuple(rows))


def minutes_since(origin: datetime, at: datetime) -> int:
    """Whole minutes from one moment to another, as a proposal counts time."""
    return int((at - origin).total_seconds() // 60)
