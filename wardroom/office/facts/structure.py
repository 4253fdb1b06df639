"""What can happen to the units of the office and its positions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted


@dataclass(frozen=True, kw_only=True)
class UnitFact(Fact):
    """A fact about a unit."""

    unit_id: int
    unit: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("unit", str(self.unit_id)),)


@dataclass(frozen=True, kw_only=True)
class UnitAdded(UnitFact):
    """The office has one more unit."""

    under: str

    def sentence(self) -> str:
        under = f" under {self.under}" if self.under else ""
        return f"The unit {self.unit} was added{under}"


@dataclass(frozen=True, kw_only=True)
class UnitChanged(UnitFact):
    """A unit has another name, or stands elsewhere."""

    former_name: str
    under: str

    def sentence(self) -> str:
        under = f"under {self.under}" if self.under else "at the top"
        return f"The unit {self.former_name} is called {self.unit} now and stands {under}"


@dataclass(frozen=True, kw_only=True)
class UnitClosed(UnitFact):
    """A unit is no more."""

    until_on: date

    def sentence(self) -> str:
        return f"The unit {self.unit} was closed"


@dataclass(frozen=True, kw_only=True)
class PositionFact(Fact):
    """A fact about a position."""

    position_id: int
    title: str
    ward: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("position", str(self.position_id)),)

    @property
    def called(self) -> str:
        """The position in words."""
        return f"{self.title}, Ward {self.ward}" if self.ward else self.title


@dataclass(frozen=True, kw_only=True)
class PositionAdded(PositionFact):
    """A position is there, or is proposed."""

    status: str
    unit: str
    grade: str
    fte: str
    reason: str

    def sentence(self) -> str:
        verb = "was proposed" if self.status == "proposed" else "was added"
        return f"The position {self.called} ({self.fte} FTE) {verb}"


@dataclass(frozen=True, kw_only=True)
class PositionChanged(PositionFact):
    """The unit, the grade or the hours of a position are others."""

    unit: str
    grade: str
    fte: str
    before: str
    reason: str

    def sentence(self) -> str:
        parts = ", ".join(filter(None, (self.unit, self.grade, f"{self.fte} FTE")))
        return f"The position {self.called} is {parts} now: {quoted(self.reason)}"


@dataclass(frozen=True, kw_only=True)
class PositionEstablished(PositionFact):
    """What was proposed is a position now."""

    since_on: date

    def sentence(self) -> str:
        return f"The position {self.called} exists from {long_day(self.since_on)} on"


@dataclass(frozen=True, kw_only=True)
class PositionEnded(PositionFact):
    """A position is no more, or its proposal was dropped."""

    proposed: bool
    until_on: date
    reason: str

    def sentence(self) -> str:
        what = "proposal of" if self.proposed else "position"
        verb = "was dropped" if self.proposed else "was closed"
        return f"The {what} {self.called} {verb}: {quoted(self.reason)}"
