"""What can happen to evaluations, and to the judge of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE


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
