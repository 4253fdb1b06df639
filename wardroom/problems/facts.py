"""What can happen to places that keep going wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE, MatterFact


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
class EvaluationFact(Fact):
    """A fact about an evaluation, told once in each ward, at the locations that lie there."""

    evaluation_id: int
    title: str
    matter_ids: tuple[int, ...]
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (
            Ref("evaluation", str(self.evaluation_id)),
            *(Ref("matter", str(matter_id)) for matter_id in self.matter_ids),
            Ref("ward", self.ward_code or CITY_WIDE),
        )


@dataclass(frozen=True, kw_only=True)
class EvaluationRegistered(EvaluationFact):
    places: int
    starts_on: date
    verdict_on: date
    sha256: str

    def sentence(self) -> str:
        many = "1 place" if self.places == 1 else f"{self.places} places"
        return (
            f"Registered the evaluation {quoted(self.title)} with {many}: it starts on "
            f"{long_day(self.starts_on)}, and its verdict is due on {long_day(self.verdict_on)} "
            f"(hash {self.sha256[:12]})"
        )


@dataclass(frozen=True, kw_only=True)
class OrderDrawn(EvaluationFact):
    first: int
    waiting: int
    seed: int
    sha256: str

    def sentence(self) -> str:
        return (
            f"The draw of the evaluation {quoted(self.title)} was drawn with the seed {self.seed}: "
            f"{self.first} first, {self.waiting} wait (hash {self.sha256[:12]})"
        )


@dataclass(frozen=True, kw_only=True)
class EvaluationWithdrawn(EvaluationFact):
    reason: str

    def sentence(self) -> str:
        return f"Withdrew the evaluation {quoted(self.title)}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class VerdictKept(EvaluationFact):
    verdict_id: int
    months: int
    interim: bool
    word: str
    told: str

    def sentence(self) -> str:
        if self.interim:
            return f"Where the evaluation {quoted(self.title)} stands: {self.told}"
        return f"Verdict of the evaluation {quoted(self.title)}: {self.told}"


@dataclass(frozen=True, kw_only=True)
class JudgeTried(Fact):
    """``plans`` that nobody made were judged, and so many of them looked as if they had helped."""

    check_id: int
    plans: int
    helped: int

    def sentence(self) -> str:
        if not self.plans:
            return "The judge could not be tried: there is too little data yet"
        return (
            f"The judge was tried on {self.plans:,} plans that nobody made: "
            f"{self.helped:,} looked as if they had helped"
        )

    def about(self) -> tuple[Ref, ...]:
        return (Ref("trial", str(self.check_id)),)


@dataclass(frozen=True, kw_only=True)
class PreviewFact(Fact):
    preview_id: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("preview", str(self.preview_id)),)


@dataclass(frozen=True, kw_only=True)
class PreviewWanted(PreviewFact):
    places: int

    def sentence(self) -> str:
        many = "1 place" if self.places == 1 else f"{self.places} places"
        return f"Wants to see what an evaluation of {many} would take"


@dataclass(frozen=True, kw_only=True)
class PreviewCounted(PreviewFact):
    compared: int | None

    def sentence(self) -> str:
        return "What an evaluation would take was counted"


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
class LocationFact(MatterFact):
    """A fact about the file of a persistent location; ``spell`` counts the times from 1."""

    spell: int
    reason: str

    def words(self) -> str:
        return self.reason


@dataclass(frozen=True, kw_only=True)
class LocationLeft(LocationFact):
    outcome: str
    outcome_label: str
    test_met: bool
    told: str
    watch_until: date | None

    def sentence(self) -> str:
        watch = (
            f" It is watched until {long_day(self.watch_until)}." if self.watch_until else ""
        )  # fmt: skip
        why = f" Reason: {self.reason}" if self.reason else ""
        return f"Left {self.title}: {self.outcome_label}. {self.told}{watch}{why}"


@dataclass(frozen=True, kw_only=True)
class LocationRelapsed(LocationFact):
    """The trouble is back; ``found_by`` is check, ranking, or a person."""

    found_by: str
    former_outcome: str
    watched: bool
    next_on: date

    def sentence(self) -> str:
        when = "during its watch" if self.watched else "after it had been left"
        return f"{self.title} relapsed {when}: {self.reason}. The same file is open again"


@dataclass(frozen=True, kw_only=True)
class LocationReopened(LocationFact):
    former_outcome: str
    next_on: date

    def sentence(self) -> str:
        return f"{self.title} was taken up again: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class LocationWidened(MatterFact):
    """A file that was designated anew counts more than before: troubles, addresses, or reach."""

    topics: str
    addresses: int
    radius_m: int
    former_radius_m: int

    def sentence(self) -> str:
        one = "1 more address" if self.addresses == 1 else f"{self.addresses} more addresses"
        wider = f"{self.radius_m} meters around it instead of {self.former_radius_m}"
        parts = (
            self.topics,
            one if self.addresses else "",
            wider if self.radius_m > self.former_radius_m else "",
        )
        return f"{self.title} now counts also: {'; '.join(part for part in parts if part)}"


@dataclass(frozen=True, kw_only=True)
class LocationAnalyzed(MatterFact):
    """What people make of the trouble was written, or written anew."""

    version: int

    def sentence(self) -> str:
        labels = ", ".join(change.label.lower() for change in self.changes)
        return f"The analysis of {self.title} was written, version {self.version}: {labels}"

    def words(self) -> str:
        return "\n".join(change.after for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class PublicTextFact(MatterFact):
    """Something that happened to a version of the text for the public."""

    version: int
    text: str
    steps: tuple[str, ...] = ()

    def words(self) -> str:
        return " ".join((self.text, *self.steps))

    @property
    def of_plan(self) -> str:
        """How many steps of the plan it tells of; nothing where it tells of none."""
        many = len(self.steps)
        return f", with {many} {'step' if many == 1 else 'steps'} of the plan" if many else ""


@dataclass(frozen=True, kw_only=True)
class PublicTextWritten(PublicTextFact):
    def sentence(self) -> str:
        return (
            f"A text for the public about {self.title} was written, version {self.version}"
            f"{self.of_plan}: {quoted(self.text)}. Somebody else has to approve it"
        )


@dataclass(frozen=True, kw_only=True)
class PublicTextApproved(PublicTextFact):
    written_by: str

    def sentence(self) -> str:
        return (
            f"Version {self.version} of the text for the public about {self.title} was approved. "
            f"{self.written_by} wrote it: {quoted(self.text)}"
        )


@dataclass(frozen=True, kw_only=True)
class PublicTextWithdrawn(PublicTextFact):
    """``stood`` says that the public could read it until then."""

    stood: bool
    reason: str

    def sentence(self) -> str:
        what = "was withdrawn from the public" if self.stood else "was taken back"
        return f"Version {self.version} of the text about {self.title} {what}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class LocationRuleSet(Fact):
    """``numbers`` are the numbers that hold from now on, by name."""

    numbers: str
    reason: str

    def sentence(self) -> str:
        return f"Set the tests of persistent locations: {self.numbers}. {self.reason}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ward", CITY_WIDE),)
