"""What the people of a rota carried in the 13 weeks before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from wardroom.calendar.queries.duty import DutyRow
from wardroom.calendar.rules.shifts import Turn
from wardroom.office.queries.people import DutyPerson
from wardroom.office.rules.carried import Past, counted_past
from wardroom.office.rules.rota import holiday_of, weekend_of, weight_of

BACK, DAY = timedelta(days=91), timedelta(days=1)


def past_of(
    people: Iterable[DutyPerson],
    before: Iterable[DutyRow],
    turns: Sequence[Turn],
    holidays: Mapping[date, str],
    *,
    first: date,
    last: date,
) -> dict[int, Past]:
    """What each of these people starts a rota of these days with; ``before`` are all shifts."""
    lately: dict[int, list[Turn]] = {}
    for row in before:
        if row.user_id is not None and first - BACK <= row.turn.on_date < first:
            lately.setdefault(row.user_id, []).append(row.turn)
    people = list(people)
    days = [first + DAY * n for n in range((last - first).days + 1)]
    return counted_past(
        {one.user_id: _past(lately.get(one.user_id, ()), holidays) for one in people},
        {one.user_id: Fraction(sum(map(one.here_on, days)), len(days)) for one in people},
        Past(
            sum(weight_of(turn, holidays) for turn in turns),
            sum(weekend_of(turn) is not None for turn in turns),
            sum(bool(holiday_of(turn, holidays)) for turn in turns),
        ),
    )


def _past(turns: Iterable[Turn], holidays: Mapping[date, str]) -> Past:
    own = list(turns)
    return Past(
        sum(weight_of(turn, holidays) for turn in own),
        len({w for w in map(weekend_of, own) if w is not None}),
        sum(bool(holiday_of(turn, holidays)) for turn in own),
    )
