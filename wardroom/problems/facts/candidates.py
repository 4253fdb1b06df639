"""What can happen to places that the ranking puts forward, and to the ranking itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day
from wardroom.matters.facts import CITY_WIDE


@dataclass(frozen=True, kw_only=True)
class CandidateFact(Fact):
    """A fact about a place that was put forward, told there and in its ward.

    ``candidate_id`` is none where somebody nominated it.
    """

    candidate_id: int | None
    place_id: int
    label: str
    ward_code: str

    nomination_id: int | None = None

    def about(self) -> tuple[Ref, ...]:
        found = (("candidate", self.candidate_id), ("nomination", self.nomination_id))
        return (
            *(Ref(noun, str(key)) for noun, key in found if key is not None),
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
class PlaceNominated(Fact):
    """Somebody put a place forward that no ranking did."""

    nomination_id: int
    place_id: int
    label: str
    ward_code: str
    source: str
    nominated_by: str
    voted_on: date | None
    reason: str
    test_met: bool
    told: str

    def about(self) -> tuple[Ref, ...]:
        return (
            Ref("nomination", str(self.nomination_id)),
            Ref("place", str(self.place_id)),
            Ref("ward", self.ward_code or CITY_WIDE),
        )

    def sentence(self) -> str:
        voted = f" by its vote of {long_day(self.voted_on)}" if self.voted_on else ""
        return f"{self.nominated_by} nominated {self.label}{voted}: {self.reason} {self.told}"

    def words(self) -> str:
        return self.reason


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


@dataclass(frozen=True, kw_only=True)
class RankingKeptFresh(DetectionRun):
    """``changed`` candidates are new or have other trouble, months or agencies than before."""

    changed: int

    def sentence(self) -> str:
        return (
            f"New requests were taken into the ranking of the day: {self.changed:,} candidates "
            f"are new or changed, {self.candidates:,} are out of the ordinary"
        )


@dataclass(frozen=True, kw_only=True)
class WeightsSet(Fact):
    severity: float
    equity: float
    overdue: float
    reason: str

    def sentence(self) -> str:
        return (
            "Set the weights of the office's own order: a step of severity "
            f"{self.severity:g}, an unreported episode {self.equity:g}, a request past due "
            f"{self.overdue:g}: {self.reason}"
        )

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ward", CITY_WIDE),)
