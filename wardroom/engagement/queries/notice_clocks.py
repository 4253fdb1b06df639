"""The clock of a deed as the library has it: by when notice is due, and from when to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.engagement.rules import notices as rules
from wardroom.kernel.business_time import Calendar, Clock
from wardroom.kernel.text import long_day
from wardroom.library.queries import calendar_named, rule_in_force


@dataclass(frozen=True)
class Earliest:
    """The first day on which an agency may decide, and how it was reached."""

    on: date
    steps: tuple[str, ...]


@dataclass(frozen=True)
class DeedClock:
    """How long before a deed notice is due; a list of permits has no such span."""

    clock: Clock | None
    days: int
    citation: str
    calendar: Calendar | None

    def send_by(self, decide_on: date) -> date:
        """The last day for a notice in time."""
        if self.clock is None or self.calendar is None:
            return decide_on
        return rules.latest_notice(
            decide_on, clock=self.clock, days=self.days, calendar=self.calendar
        )

    def earliest(self, notice_on: date) -> Earliest:
        """The first day of a decision after a notice on a day."""
        if self.clock is None or self.calendar is None:
            return Earliest(notice_on, (f"The list is due by its day: {long_day(notice_on)}.",))
        found = rules.earliest_decision(
            notice_on, clock=self.clock, days=self.days, calendar=self.calendar
        )
        steps = tuple(step for due in found for step in due.steps)
        return Earliest(found[-1].due_on, (*steps, f"{self.citation}."))


def clock_of_deed(deed: str, *, on: date) -> DeedClock:
    """The clock that holds on a day for a deed. Refuses: what `rule_in_force` refuses."""
    code = rules.DEEDS[deed].rule_code
    if not code:
        return DeedClock(None, 0, "", None)
    rule = rule_in_force(code, on)
    return DeedClock(rule.clock, rule.days or 0, rule.citation, calendar_named(rule.calendar_code))


def earliest_after(deed: str, notice_on: date) -> Earliest:
    """The first day on which the agency may decide after a notice."""
    return clock_of_deed(deed, on=notice_on).earliest(notice_on)
