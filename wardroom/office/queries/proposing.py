"""What a rota is proposed from, in the solver's own nouns, and its answer in ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from wardroom.analysis import rota as solver
from wardroom.calendar.queries.duty import DutyRow
from wardroom.calendar.queries.events import city_zone, day_start
from wardroom.calendar.rules.shifts import (
    Turn,
    duty_words,
    turn_words,
    wall_instant,
)
from wardroom.kernel.text import long_day
from wardroom.matters.queries.clocks import working_calendar
from wardroom.office.models import Rota, RotaTurn, Wish
from wardroom.office.queries.carried import past_of
from wardroom.office.queries.people import DutyPerson, duty_people, wishes_of
from wardroom.office.queries.rota import turn_of_row
from wardroom.office.queries.standing import shifts_around
from wardroom.office.rules.carried import Past
from wardroom.office.rules.languages import SPOKEN
from wardroom.office.rules.rota import (
    Pattern,
    holiday_of,
    minutes_since,
    span_words,
    weekend_of,
    weight_of,
)
from wardroom.office.rules.wishes import CANNOT, HARD, RATHER, SAYS

YEAR, DAY = timedelta(days=366), timedelta(days=1)
NOON = time(12)


@dataclass(frozen=True)
class Answer:
    """What came of a search: who has which turn by their numbers, or why there is no rota."""

    given: Mapping[int, int] = field(default_factory=dict)
    unmet: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    failed: bool = False


def problem_of(rota: Rota, *, with_gaps: bool = False) -> solver.Problem:
    """What the solver is asked about a draft: its turns, people, their past and their wishes."""
    origin = day_start(rota.from_on)
    holidays = working_calendar(rota.from_on - YEAR, rota.until_on).holidays
    people = duty_people(rota.from_on, rota.until_on)
    rows = list(rota.turns.order_by("on_date", "starts", "role", "ward_code", "pk"))
    known = {person.user_id for person in people}
    turns = tuple(
        _turn(row.pk, turn_of_row(row), row.user_id if row.kept and row.user_id in known else None,
              rota.from_on, origin, holidays)
        for row in rows
    )  # fmt: skip
    wishes = wishes_of(known, rota.from_on, rota.until_on)
    pattern = Pattern.from_plain(rota.pattern)
    before = shifts_around(rota.from_on - YEAR, rota.from_on - DAY)
    past = past_of(people, before, [turn_of_row(row) for row in rows], holidays,
                   first=rota.from_on, last=rota.until_on)  # fmt: skip
    return solver.Problem(
        people=tuple(_person(p, before, past[p.user_id], origin, holidays) for p in people),
        turns=turns,
        wishes=(
            *(_wish(wish, origin) for held in wishes.values() for wish in held),
            *(w for person in people for w in _away(person, rota, origin)),
        ),
        rules=solver.Rules(backup_named=pattern.backup, gaps_allowed=with_gaps, held_stands=True),
    )


def answer_of(rota: Rota, found: solver.Proposal | solver.Conflict) -> Answer:
    """The solver's answer with our numbers and in sentences."""
    if isinstance(found, solver.Conflict):
        rows = {str(row.pk): row for row in rota.turns.select_related("user").order_by("pk")}
        turns = {key: turn_of_row(row) for key, row in rows.items()}
        parts = [
            _kept_words(rows[part.key]) if part.kind == solver.PartKind.HELD else part.words
            for part in found.parts
        ]
        empty = [f"Nobody would have {duty_words(t)}, {turn_words(t)}"
                 for t in (turns[key] for key in found.turns if key in turns)]  # fmt: skip
        return Answer(conflict=(*parts, *empty[:5]))
    given = {int(turn): int(person) for turn, person in found.given}
    return Answer(given, tuple(wish.words for wish in found.unmet))


def _kept_words(row: RotaTurn) -> str:
    """A turn that was given by hand and stays so, with what can be done about it."""
    turn = turn_of_row(row)
    name = row.user.name if row.user is not None else "somebody"
    return (
        f"{duty_words(turn)}, {turn_words(turn)}, was given to {name} by hand and stays so. "
        "Give that turn to somebody else, or to nobody"
    )


def _turn(
    key: int, turn: Turn, held_by: int | None, first: date, origin: datetime,
    holidays: Mapping[date, str],
) -> solver.Turn:  # fmt: skip
    zone = city_zone()
    return solver.Turn(
        key=str(key),
        role=turn.role,
        starts=minutes_since(origin, turn.begins_at(zone)),
        ends=minutes_since(origin, turn.ends_at(zone)),
        week=(turn.on_date - first).days // 7,
        ward=turn.ward_code,
        language=SPOKEN.get(turn.language, turn.language),
        weight=weight_of(turn, holidays),
        weekend=weekend_of(turn),
        holiday=holiday_of(turn, holidays),
        held_by=str(held_by) if held_by is not None else "",
    )


def _person(
    person: DutyPerson,
    before: tuple[DutyRow, ...],
    past: Past,
    origin: datetime,
    holidays: Mapping[date, str],
) -> solver.Person:
    own = [row for row in before if row.user_id == person.user_id]
    ends = [minutes_since(origin, row.ends_at) for row in own]
    weekends = {w for w in (weekend_of(row.turn) for row in own) if w is not None}
    names = [holiday_of(row.turn, holidays) for row in own]
    return solver.Person(
        key=str(person.user_id),
        wards=person.wards,
        languages=frozenset(SPOKEN[code] for code in person.languages if code in SPOKEN),
        nights_before=past.weight,
        weekends_before=past.weekends,
        holidays_before=past.holidays,
        last_holidays=frozenset(names) - {""},
        worked_until=max(ends, default=None),
        last_weekend=max(weekends, default=None),
    )


def _wish(wish: Wish, origin: datetime) -> solver.Wish:
    words = SAYS[wish.kind].format(
        name=wish.user.name, days=span_words(wish.from_on, wish.until_on)
    )
    starts, ends = _span(wish.from_on, wish.until_on, origin)
    return solver.Wish(
        key=f"wish {wish.pk}",
        person=str(wish.user_id),
        words=words,
        starts=starts,
        ends=ends,
        hard=wish.kind in HARD,
        wants=wish.kind == RATHER,
        yields=wish.kind == CANNOT,
    )


def _away(person: DutyPerson, rota: Rota, origin: datetime) -> list[solver.Wish]:
    """The days of a rota on which somebody does not work here, as what cannot be."""
    found = []
    if person.from_on is not None:
        found.append((rota.from_on, person.from_on - DAY, f"begins on {long_day(person.from_on)}"))
    if person.until_on is not None:
        found.append(
            (person.until_on + DAY, rota.until_on, f"leaves on {long_day(person.until_on)}")
        )
    found += [
        (a, b, f"does not work here from {long_day(a)} to {long_day(b)}") for a, b in person.between
    ]
    return [
        solver.Wish(
            f"days {person.user_id} {first}", str(person.user_id), f"{person.name} {words}",
            starts=minutes_since(origin, day_start(first)),
            ends=minutes_since(origin, day_start(last + DAY)),
        )
        for first, last, words in found
    ]  # fmt: skip


def _span(first: date, last: date, origin: datetime) -> tuple[int, int]:
    """Days as the solver's minutes: the morning after a night that began before does not count."""
    zone = city_zone()
    starts = wall_instant(first, NOON, zone)
    return minutes_since(origin, starts), minutes_since(origin, day_start(last + DAY))
