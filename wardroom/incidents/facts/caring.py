"""What can happen to the care for people in an incident, to who does it, and to what it taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wardroom.incidents.facts.critical import IncidentFact
from wardroom.kernel.facts import Ref


@dataclass(frozen=True, kw_only=True)
class IncidentRoleGiven(IncidentFact):
    """Somebody holds a role in an incident; after a shift it was handed over with a note."""

    plain: ClassVar[frozenset[str]] = frozenset({"role_label"})

    role_label: str
    party_id: int
    party_name: str
    former_name: str = ""
    note: str = ""

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.party_id)))

    def words(self) -> str:
        return self.note

    def sentence(self) -> str:
        after = f", after {self.former_name}" if self.former_name else ""
        note = f": {self.note}" if self.note else ""
        return f"{self.role_label}: {self.party_name}{after}{note}"


@dataclass(frozen=True, kw_only=True)
class HouseholdNoted(IncidentFact):
    """What a household needs was noted or corrected. The line tells nothing of it."""

    new: bool

    def sentence(self) -> str:
        return "A household was noted" if self.new else "What a household needs was corrected"


@dataclass(frozen=True, kw_only=True)
class HouseholdTakenOut(IncidentFact):
    """A household that was noted by mistake stands there no more. The line tells nothing of it."""

    def sentence(self) -> str:
        return "A household was taken out"


@dataclass(frozen=True, kw_only=True)
class HouseholdFollowedUp(IncidentFact):
    """The agency that looks after a household was asked how it stands."""

    hours: int

    def sentence(self) -> str:
        return f"A household was followed up after {self.hours} hours"


@dataclass(frozen=True, kw_only=True)
class IncidentStoodDown(IncidentFact):
    """The office stood down; two follow-ups and a review are on the list."""

    text: str
    open_lines: int = 0

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        lines = "1 line" if self.open_lines == 1 else f"{self.open_lines} lines"
        left = f" ({lines} of the checklist left open)" if self.open_lines else ""
        return f"Stood down{left}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class IncidentResumed(IncidentFact):
    """Standing down was taken back: the office works on it again."""

    reason: str

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        return f"Standing down was taken back: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class AfterActionWritten(IncidentFact):
    """What an incident taught was written down, or written anew."""

    version: int

    def sentence(self) -> str:
        return f"The after-action review was written, version {self.version}"


@dataclass(frozen=True, kw_only=True)
class CorrectiveStepAdded(IncidentFact):
    """A review says what is to be done better, and by whom."""

    wording: str
    party_name: str

    def sentence(self) -> str:
        return f"To be done better, by {self.party_name}: {self.wording}"


@dataclass(frozen=True, kw_only=True)
class CorrectiveStepTakenOut(IncidentFact):
    """A step was taken out of a review before it was finished."""

    wording: str

    def sentence(self) -> str:
        return f"Taken out of the review: {self.wording}"


@dataclass(frozen=True, kw_only=True)
class AfterActionFinished(IncidentFact):
    """A review is finished; each of its steps became an ask or a to-do."""

    steps: int

    def sentence(self) -> str:
        count = "1 step" if self.steps == 1 else f"{self.steps} steps"
        return f"The after-action review is finished, with {count} to do better"
