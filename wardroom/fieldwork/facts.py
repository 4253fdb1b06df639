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
            f"Drew the round of spot checks {quoted(self.title)} at random: {self.checks:,} of "
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


@dataclass(frozen=True, kw_only=True)
class FindingDisputed(StopFact):
    """The agency that closed something says that what was found there is wrong."""

    dispute_id: int
    agency: str
    wording: str

    def sentence(self) -> str:
        return (
            f"{self.agency} disputed the spot check of {self.place_label} "
            f"({self.finding_label.lower()}): {self.wording}"
        )

    def words(self) -> str:
        return self.wording


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(StopFact):
    """Somebody else than the observer upheld or dismissed what the agency says.

    The finding is the one that stands from then on, and `before_label` the disputed one.
    """

    dispute_id: int
    agency: str
    upheld: bool
    before_label: str
    settled_by: str
    reason: str

    def sentence(self) -> str:
        at = f"{self.agency}'s dispute of the spot check of {self.place_label}"
        if not self.upheld:
            stands = f"it stays {self.finding_label.lower()}"
            return f"{self.settled_by} dismissed {at}; {stands}. {self.reason}"
        changed = f"{self.before_label.lower()} became {self.finding_label.lower()}"
        return f"{self.settled_by} upheld {at}; {changed}. {self.reason}"

    def words(self) -> str:
        return self.reason


@dataclass(frozen=True, kw_only=True)
class FindingsTold(Fact):
    """An agency was told what was found at its stops, so that it can dispute it."""

    agency: str
    agency_id: int
    check_ids: tuple[int, ...]
    told_on: date

    def about(self) -> tuple[Ref, ...]:
        return (Ref("party", str(self.agency_id)), Ref("ward", CITY_WIDE))

    def sentence(self) -> str:
        number = len(self.check_ids)
        what = "what was found at one stop" if number == 1 else f"what was found at {number} stops"
        return f"Told {self.agency} {what}, with the days in which it can be disputed"


@dataclass(frozen=True, kw_only=True)
class WalkFact(Fact):
    """A fact about a walk of a ward."""

    walk_id: int
    title: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("walk", str(self.walk_id)), Ref("ward", self.ward_code))


@dataclass(frozen=True, kw_only=True)
class WalkDrawn(WalkFact):
    """A walk was written down, before anybody goes."""

    walk_on: date
    stops: int
    random: int
    seed: int

    def sentence(self) -> str:
        return (
            f"Drew the walk {quoted(self.title)} for {long_day(self.walk_on)}: {self.stops} "
            f"stops, {self.random} of them random (seed {self.seed})"
        )


@dataclass(frozen=True, kw_only=True)
class WalkTaken(WalkFact):
    """Somebody took a walk along on a phone."""

    observer_id: int
    observer_name: str
    until: datetime

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.observer_id)))

    def sentence(self) -> str:
        return f"{self.observer_name} took the walk {quoted(self.title)} along on a phone"


@dataclass(frozen=True, kw_only=True)
class WalkMoved(WalkFact):
    walk_on: date

    def sentence(self) -> str:
        return f"Moved the walk {quoted(self.title)} to {long_day(self.walk_on)}"


@dataclass(frozen=True, kw_only=True)
class WalkLineFact(WalkFact):
    """A fact about one line that a phone handed in, told on the walk and at its matter."""

    line_id: int
    stop: int
    place_label: str
    matter_id: int | None
    observer_name: str
    note: str
    seen_at: datetime

    def about(self) -> tuple[Ref, ...]:
        if self.matter_id is None:
            return super().about()
        return (*super().about(), Ref("matter", str(self.matter_id)))

    def words(self) -> str:
        return self.note


@dataclass(frozen=True, kw_only=True)
class StopSeen(WalkLineFact):
    """Somebody found something at a stop of a walk."""

    finding: str
    finding_label: str
    rating: int | None
    photos: int

    def sentence(self) -> str:
        rated = f", rated {self.rating}" if self.rating else ""
        note = f". {self.note}" if self.note else ""
        return (
            f"{self.observer_name} at stop {self.stop}, {self.place_label}: "
            f"{self.finding_label}{rated}{note}"
        )


@dataclass(frozen=True, kw_only=True)
class TroubleSeen(WalkLineFact):
    """Somebody came past new trouble on a walk; casework opens an issue for it."""

    topic_code: str
    rating: int | None
    photos: int

    def sentence(self) -> str:
        note = f": {self.note}" if self.note else ""
        return (
            f"{self.observer_name} came past new trouble near stop {self.stop}, "
            f"{self.place_label}{note}"
        )


@dataclass(frozen=True, kw_only=True)
class WalkLineKept(WalkLineFact):
    """A line came in that could not do what it says yet, or at all; it is kept and shown."""

    why: str

    def sentence(self) -> str:
        return f"Kept what {self.observer_name} wrote down at stop {self.stop}: {self.why}"


@dataclass(frozen=True, kw_only=True)
class TroubleOpened(WalkFact):
    """What was seen on a walk stands on an issue now."""

    line_id: int
    matter_id: int

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("matter", str(self.matter_id)))

    def sentence(self) -> str:
        return f"W-{self.matter_id} was seen on the walk {quoted(self.title)}"


@dataclass(frozen=True, kw_only=True)
class PhotoTaken(WalkFact):
    """A photograph of a walk came in."""

    noise = True
    photo_id: int
    observer_name: str

    def sentence(self) -> str:
        return f"A photograph by {self.observer_name} came in"


@dataclass(frozen=True, kw_only=True)
class PhotoWithheld(WalkFact):
    """A photograph is left out of what those who came are given, or put back."""

    photo_id: int
    withheld: bool
    matter_id: int | None

    def about(self) -> tuple[Ref, ...]:
        if self.matter_id is None:
            return super().about()
        return (*super().about(), Ref("matter", str(self.matter_id)))

    def sentence(self) -> str:
        if self.withheld:
            return "Left a photograph out of the ledger of the walk"
        return "Put a photograph back into the ledger of the walk"


@dataclass(frozen=True, kw_only=True)
class DeliveryClashed(WalkFact):
    """A phone sent other words under a key that was taken already; both are kept."""

    what: str
    key: str
    observer_name: str

    def sentence(self) -> str:
        return (
            f"A {self.what} came from {self.observer_name}'s phone under a key that stands for "
            "another one. It was not taken in its place; both are kept"
        )


@dataclass(frozen=True, kw_only=True)
class StopSettled(WalkLineFact):
    """Observers said different things of a stop, and a person settled what counts."""

    finding_label: str
    reason: str

    def sentence(self) -> str:
        return (
            f"Settled what counts at stop {self.stop}, {self.place_label}: {self.finding_label}, "
            f"by {self.observer_name}. {self.reason}"
        )


@dataclass(frozen=True, kw_only=True)
class WalkEnded(WalkFact):
    stops: int
    seen: int
    asked_again: int
    troubles: int

    def sentence(self) -> str:
        return (
            f"Ended the walk {quoted(self.title)}: {self.seen} of {self.stops} stops seen, "
            f"{self.asked_again} asked again, {self.troubles} new"
        )
