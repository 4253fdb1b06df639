"""By when each report had to be answered, worked out by the database for every row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import DateField, Func
from django.utils.timezone import get_current_timezone


def end_of(day: date) -> datetime:
    """When a day of the office is over."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=get_current_timezone())


class Deadline(Func):
    """The deadline of an instant, by spans as `answered_by` gives them; none after the last.

    Instants are held against the ends of days, by halves: the day of each row would take longer
    to work out, and a row is held against few of the hundreds of days.
    """

    output_field = DateField()

    def __init__(self, instant: Any, spans: Sequence[tuple[date, date]]) -> None:
        super().__init__(instant)
        self.spans = tuple(spans)

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The choice in words of the database."""
        instant, given = compiler.compile(self.source_expressions[0])
        params: list[Any] = []

        def before(last: date) -> str:
            params.extend([*given, connection.ops.adapt_datetimefield_value(end_of(last))])
            return f"CASE WHEN {instant} < %s THEN "

        def chosen(spans: Sequence[tuple[date, date]]) -> str:
            if len(spans) == 1:
                params.append(connection.ops.adapt_datefield_value(spans[0][1]))
                return "%s"
            half = len(spans) // 2
            asked = before(spans[half - 1][0])
            return f"{asked}{chosen(spans[:half])} ELSE {chosen(spans[half:])} END"

        choice = f"{before(self.spans[-1][0])}{chosen(self.spans)} END"
        return choice, tuple(params)
