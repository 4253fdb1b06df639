"""What can happen to a calendar of others that the office reads."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import quoted
from wardroom.matters.facts import CITY_WIDE


@dataclass(frozen=True, kw_only=True)
class OutsideFact(Fact):
    """A fact about somebody else's calendar, told in its ward."""

    calendar_id: int
    calendar_name: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ward", self.ward_code or CITY_WIDE),)

    @property
    def name(self) -> str:
        """The calendar in its own words."""
        return quoted(self.calendar_name)


@dataclass(frozen=True, kw_only=True)
class OutsideCalendarAdded(OutsideFact):
    """The office reads somebody else's calendar from now on."""

    url: str

    def sentence(self) -> str:
        return f"Reads the calendar {self.name}{f' at {self.url}' if self.url else ''}"


@dataclass(frozen=True, kw_only=True)
class OutsideCalendarRead(OutsideFact):
    """Somebody else's calendar was read, and told something new."""

    new: int
    changed: int
    vanished: int

    def sentence(self) -> str:
        told = f"{self.new} new, {self.changed} changed, {self.vanished} no longer told"
        return f"Read {self.name}: {told}"


@dataclass(frozen=True, kw_only=True)
class OutsideCalendarFailed(OutsideFact):
    """Somebody else's calendar could not be read; what it told before stays."""

    noise = True
    reason: str

    def sentence(self) -> str:
        return f"Could not read {self.name}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class OutsideCalendarEnded(OutsideFact):
    """The office does not read somebody else's calendar any more."""

    def sentence(self) -> str:
        return f"Reads {self.name} no more"
