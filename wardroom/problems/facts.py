"""What can happen to places that keep going wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day
from wardroom.matters.facts import CITY_WIDE


@dataclass(frozen=True, kw_only=True)
class CandidateFact(Fact):
    """A fact about a candidate, told at its place and in its ward."""

    candidate_id: int
    place_id: int
    label: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (
            Ref("candidate", str(self.candidate_id)),
            Ref("place", str(self.place_id)),
            Ref("ward", self.ward_code or CITY_WIDE),
        )


@dataclass(frozen=True, kw_only=True)
class CandidateWatched(CandidateFact):
    reason: str
    look_again_on: date

    def sentence(self) -> str:
        return f"Watches {self.label} until {long_day(self.look_again_on)}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class CandidateRefused(CandidateFact):
    reason: str

    def sentence(self) -> str:
        return f"Refused {self.label}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class LocationDesignated(CandidateFact):
    reason: str
    matter_id: int
    next_on: date

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("matter", str(self.matter_id)))

    def sentence(self) -> str:
        return f"Designated {self.label} a persistent location: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class DetectionRun(Fact):
    detection_id: int
    data_as_of: datetime
    candidates: int
    episodes: int
    places: int

    def sentence(self) -> str:
        return (
            f"All {self.places:,} places were ranked by their {self.episodes:,} episodes: "
            f"{self.candidates:,} are candidates"
        )

    def about(self) -> tuple[Ref, ...]:
        return (Ref("detection", str(self.detection_id)),)
