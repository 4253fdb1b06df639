"""What can happen in the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE, MatterFact


@dataclass(frozen=True, kw_only=True)
class ConditionChecked(MatterFact):
    """Somebody of the office looked at the place."""

    check_id: int
    observer_id: int
    observer_name: str
    finding: str
    finding_label: str
    rating: int | None
    rating_label: str
    note: str
    seen_at: datetime
    seen_on: date

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.observer_id)))

    def sentence(self) -> str:
        rated = f", rated {self.rating} ({self.rating_label})" if self.rating else ""
        note = f". {self.note}" if self.note else ""
        return (
            f"{self.observer_name} looked on {long_day(self.seen_on)}. "
            f"{self.finding_label}{rated}{note}"
        )


@dataclass(frozen=True, kw_only=True)
class RoundFact(Fact):
    """A fact about a round of spot checks, told once in each of its wards."""

    round_id: int
    title: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("round", str(self.round_id)), Ref("ward", self.ward_code or CITY_WIDE))


@dataclass(frozen=True, kw_only=True)
class RoundDrawn(RoundFact):
    stops: int
    checks: int
    of: int
    seed: int
    sha256: str

    def sentence(self) -> str:
        return (
            f"Drew the round of spot checks {quoted(self.title)} by lot: {self.checks:,} of "
            f"{self.of:,}, {self.stops:,} of them in Ward {self.ward_code} (seed {self.seed}, "
            f"hash {self.sha256[:12]})"
        )


@dataclass(frozen=True, kw_only=True)
class RoundEnded(RoundFact):
    stops: int
    looked: int
    fixed: int
    told: str

    def sentence(self) -> str:
        return (
            f"Ended the round of spot checks {quoted(self.title)}. In Ward {self.ward_code}, "
            f"{self.looked:,} of {self.stops:,} looked at, {self.fixed:,} fixed. {self.told}"
        )


@dataclass(frozen=True, kw_only=True)
class StopFact(RoundFact):
    """A fact about one stop of a round, told at its place and, for an ask, at its matter.

    It is not told on the round, so that nobody there looks with a number in mind.
    """

    stop_id: int
    place_id: int
    place_label: str
    matter_id: int | None
    observer_name: str
    finding: str
    finding_label: str
    rating: int | None
    rating_label: str
    note: str
    seen_at: datetime

    def about(self) -> tuple[Ref, ...]:
        there = (Ref("place", str(self.place_id)), Ref("ward", self.ward_code))
        return (*there, Ref("matter", str(self.matter_id))) if self.matter_id is not None else there

    def seen(self) -> str:
        """What was seen, in words."""
        rated = f", rated {self.rating} ({self.rating_label})" if self.rating else ""
        return f"{self.finding_label}{rated}" + (f". {self.note}" if self.note else "")

    def words(self) -> str:
        return self.note


@dataclass(frozen=True, kw_only=True)
class SpotChecked(StopFact):
    """Somebody looked at a stop, before reading what the agency says of it."""

    def sentence(self) -> str:
        return f"{self.observer_name} spot-checked {self.place_label}: {self.seen()}"


@dataclass(frozen=True, kw_only=True)
class SpotCheckCorrected(StopFact):
    """Whoever looked says that it was written down wrongly."""

    before_label: str

    def sentence(self) -> str:
        return (
            f"{self.observer_name} corrected the spot check of {self.place_label} from "
            f"{self.before_label.lower()}: {self.seen()}"
        )
