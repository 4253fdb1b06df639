"""Turns of duty on the office's clocks, and the instants that follow from them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import Refused

ON_CALL, BACKUP, EVENING, AT_EVENT = "on_call", "backup", "evening", "event"
DUTIES: Mapping[str, str] = {
    ON_CALL: "On call",
    BACKUP: "Backup",
    EVENING: "Evening",
    AT_EVENT: "Event",
}
LONGEST = timedelta(days=7)
SOON = timedelta(days=1)
NOBODY = "nobody"
SECOND = timedelta(seconds=1)


def is_soon(starts_at: datetime, mail_at: datetime) -> bool:
    """Whether a shift begins before a letter could be read in time that goes out at ``mail_at``.

    Such a letter goes out at once instead: a day is left to answer, at least.
    """
    return starts_at.astimezone(UTC) - mail_at.astimezone(UTC) <= SOON


@dataclass(frozen=True)
class Turn:
    """A turn of duty as the office's clocks show it: what two shifts have alike.

    ``language`` is asked of whoever has it; a turn that asks for another is the same turn still.
    """

    role: str
    ward_code: str
    on_date: date
    starts: time
    ends_on: date
    ends: time
    title: str = ""
    language: str = field(default="", compare=False)

    @property
    def last_on(self) -> date:
        """The last day on which it is on at all; one that ends at midnight is not on the next."""
        later = self.ends_on > self.on_date and self.ends == time(0)
        return self.ends_on - timedelta(days=1) if later else self.ends_on

    def begins_at(self, zone: ZoneInfo) -> datetime:
        """The instant at which it begins."""
        return wall_instant(self.on_date, self.starts, zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The instant at which it ends; the next turn begins there."""
        return wall_instant(self.ends_on, self.ends, zone)


def wall_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When the office's clocks show this day and time.

    Of a time that an autumn night shows twice, the first; for one that a spring night leaves
    out, the moment at which the clocks jump over it. So what follows on the wall follows in
    time, and two turns that meet on the wall leave nothing between them.
    """
    local = datetime.combine(day, at.replace(fold=0), tzinfo=zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _jump(local.replace(fold=1).astimezone(UTC), instant, zone)


def _jump(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second between two instants at which the clocks have jumped."""
    before = low.astimezone(zone).utcoffset()
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        low, high = (
            (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
        )
    return high


def check_turn(turn: Turn, zone: ZoneInfo) -> Turn:
    """A turn is of a kind that we know, and lasts some time, at most a week."""
    if turn.role not in DUTIES:
        raise Refused("unknown_role", "Choose a kind of duty from the list.", field="role")
    begins, ends = turn.begins_at(zone), turn.ends_at(zone)
    if (turn.ends_on, turn.ends) <= (turn.on_date, turn.starts) or ends <= begins:
        raise Refused("ends_too_early", "The shift ends before it starts.", field="ends")
    if ends - begins > LONGEST:
        raise Refused("too_long", "A shift lasts a week at most.", field="ends_on")
    return turn


def nights_without(held: Iterable[tuple[datetime, datetime]], nights: Iterable[datetime],
                   ) -> tuple[datetime, ...]:  # fmt: skip
    """Of these moments, those at which none of these turns is on."""
    spans = tuple(held)
    return tuple(at for at in nights if not any(a <= at < b for a, b in spans))


def runs_of_days(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """Days as runs: the first and the last of each run without a day between."""
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs)


def turn_words(turn: Turn) -> str:
    """A turn as a list says it: Fri, December 4, 8:00 p.m. to Sat 8:00 a.m."""
    last = "" if turn.ends_on == turn.on_date else f"{turn.ends_on:%a} "
    if (turn.ends_on - turn.on_date).days > 1:
        last = f"{day_words(turn.ends_on)}, "
    return f"{day_words(turn.on_date)}, {clock(turn.starts)} to {last}{clock(turn.ends)}"


def duty_words(turn: Turn) -> str:
    """What a turn is: On call in Ward 5, Evening in Ward 1 (Spanish), or Event: a fair."""
    where = f" in Ward {turn.ward_code}" if turn.ward_code else ""
    where += f" ({LANGUAGES[turn.language]})" if turn.language in LANGUAGES else ""
    what = f": {turn.title}" if turn.title else ""
    return f"{DUTIES[turn.role]}{where}{what}"


def day_words(day: date) -> str:
    """A day in a line of a rota: Fri, December 4."""
    return f"{day:%a}, {day:%B} {day.day}"


def clock(at: time) -> str:
    """A time of day: 8:00 p.m."""
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'a.m.' if at.hour < 12 else 'p.m.'}"


Held = Mapping[Turn, int | None]


@dataclass(frozen=True)
class Move:
    """One turn that changes: who had it and who has it; None is nobody.

    ``was`` and ``now`` say whether there was a turn before, and is one afterwards.
    """

    turn: Turn
    before: int | None
    after: int | None
    was: bool = True
    now: bool = True


def moves_between(before: Held, after: Held) -> tuple[Move, ...]:
    """What changes where one set of turns takes the place of another, in order of time."""
    found = []
    for turn in {*before, *after}:
        was, now = turn in before, turn in after
        had, has = before.get(turn), after.get(turn)
        if was != now or had != has:
            found.append(Move(turn, had, has, was, now))
    return tuple(sorted(found, key=lambda m: (m.turn.on_date, m.turn.starts, duty_words(m.turn))))


def lines_for(user_id: int, moves: Iterable[Move]) -> tuple[str, ...]:
    """What of these changes one person has to know, a line each."""
    lines = []
    for move in moves:
        told = f"{turn_words(move.turn)}: {duty_words(move.turn)}"
        if move.after == user_id and move.before != user_id:
            lines.append(f"Yours now: {told}")
        elif move.before == user_id and move.after != user_id:
            lines.append(f"No longer yours: {told}")
    return tuple(lines)


def people_in(moves: Iterable[Move]) -> tuple[int, ...]:
    """Whom these changes touch: who had a turn or has it now."""
    found = {user for m in moves if m.before != m.after for user in (m.before, m.after)}
    return tuple(sorted(user for user in found if user is not None))
