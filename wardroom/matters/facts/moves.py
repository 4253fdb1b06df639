"""What can happen to a matter. These lines stay inside the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.kernel.text import long_day, quoted

CITY_WIDE = "city"


@dataclass(frozen=True, kw_only=True)
class MatterFact(Fact):
    """Something that happened to a matter, told at its place and in its ward."""

    matter_id: int
    title: str
    place_id: int | None
    ward_code: str
    changes: tuple[Change, ...] = ()

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("matter", str(self.matter_id)), Ref("ward", self.ward_code or CITY_WIDE)]
        if self.place_id is not None:
            refs.append(Ref("place", str(self.place_id)))
        return tuple(refs)


@dataclass(frozen=True, kw_only=True)
class MatterOpened(MatterFact):
    """The office took something on."""

    matter_kind: str
    owner_id: int
    owner_name: str
    next_on: date
    next_step: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.owner_id)))

    def sentence(self) -> str:
        step = f": {self.next_step}" if self.next_step else ""
        return (
            f"{self.title} was opened. {self.owner_name} owns it; "
            f"next on {long_day(self.next_on)}{step}"
        )


@dataclass(frozen=True, kw_only=True)
class NextStepSet(MatterFact):
    """An open matter got another next date."""

    next_on: date
    next_step: str
    former_step: str = ""
    former_on: date | None = None

    def sentence(self) -> str:
        step = f": {self.next_step}" if self.next_step else ""
        return f"Next on {long_day(self.next_on)}{step}{self._instead()}"

    def _instead(self) -> str:
        """What was to come before, where other words took its place."""
        if not self.former_step or self.former_step == self.next_step:
            return ""
        on = f", on {long_day(self.former_on)}" if self.former_on else ""
        return f" (instead of {quoted(self.former_step)}{on})"


@dataclass(frozen=True, kw_only=True)
class NextStepFollowed(MatterFact):
    """The next step of an open matter followed what was done; nobody wrote it by hand."""

    noise: ClassVar[bool] = True

    next_on: date
    next_step: str

    def sentence(self) -> str:
        return f"Next on {long_day(self.next_on)}: {self.next_step}"


@dataclass(frozen=True, kw_only=True)
class MatterHandedOver(MatterFact):
    """An open matter got another owner."""

    former_id: int
    former_name: str
    owner_id: int
    owner_name: str

    def about(self) -> tuple[Ref, ...]:
        parties = (Ref("party", str(self.former_id)), Ref("party", str(self.owner_id)))
        return (*super().about(), *parties)

    def sentence(self) -> str:
        return f"{self.former_name} handed {self.title} over to {self.owner_name}"


@dataclass(frozen=True, kw_only=True)
class MatterClosed(MatterFact):
    """A matter got its outcome."""

    outcome: str
    outcome_label: str
    text: str

    def sentence(self) -> str:
        why = f" ({self.text})" if self.text else ""
        return f"{self.title} was closed: {self.outcome_label}{why}"


@dataclass(frozen=True, kw_only=True)
class MatterReopened(MatterFact):
    """A closed matter was taken up again."""

    reason: str
    next_on: date
    next_step: str = ""
    former_outcome: str

    def sentence(self) -> str:
        return f"{self.title} was opened again: {self.reason}. Next on {long_day(self.next_on)}"


@dataclass(frozen=True, kw_only=True)
class MatterReferred(MatterFact):
    """A part of a matter was referred to an owner who does not answer to the city."""

    owner: str
    channel: str
    channel_label: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Referred to {self.owner} by {self.channel_label}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class StandingWritten(MatterFact):
    """Somebody wrote where a matter stands; the paragraph before is kept here."""

    text: str
    former: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Where it stands: {self.text}"


@dataclass(frozen=True, kw_only=True)
class ReportersTold(MatterFact):
    """Everybody who reported a matter was told what became of it."""

    people: int

    def sentence(self) -> str:
        if self.people == 0:
            return "Nobody left a way to be told"
        return f"{self.people} {'person was' if self.people == 1 else 'people were'} told"


@dataclass(frozen=True, kw_only=True)
class MatterCameBack(MatterFact):
    """What had been closed came back, and was taken up under another number."""

    again_id: int
    days: int

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("matter", str(self.again_id)))

    def sentence(self) -> str:
        span = (
            "the same day" if self.days == 0 else f"{self.days} day{'s' * (self.days != 1)} later"
        )
        return f"{self.title} came back, {span}: taken up as W-{self.again_id}"


@dataclass(frozen=True, kw_only=True)
class MatterRestricted(MatterFact):
    """A matter was kept to a few people."""

    readers: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        return f"Only {', '.join(self.readers)} and the director see this now: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class RestrictionLifted(MatterFact):
    """A restricted matter was opened to the office again."""

    reason: str

    def sentence(self) -> str:
        return f"Open to the office again: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class LinkFact(MatterFact):
    """Something between two matters, told on both."""

    other_id: int
    other_title: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("matter", str(self.other_id)))


@dataclass(frozen=True, kw_only=True)
class MattersLinked(LinkFact):
    """Two matters were said to have to do with each other."""

    link: str
    label: str

    def sentence(self) -> str:
        other = f" {self.other_title}" if self.other_title != self.title else ""
        return f"Linked: W-{self.matter_id} {self.title} {self.label} W-{self.other_id}{other}"


@dataclass(frozen=True, kw_only=True)
class LinkEnded(LinkFact):
    """Two matters were said to have nothing to do with each other after all."""

    link: str

    def sentence(self) -> str:
        other = f" {self.other_title}" if self.other_title != self.title else ""
        return f"W-{self.matter_id} {self.title} is no longer linked to W-{self.other_id}{other}"


@dataclass(frozen=True, kw_only=True)
class MatterMerged(LinkFact):
    """A matter was joined to another, of which it is the same trouble."""

    moved_asks: tuple[int, ...]

    def sentence(self) -> str:
        return f"{self.title} was joined to {self.other_title}"


@dataclass(frozen=True, kw_only=True)
class MergeUndone(LinkFact):
    """A matter that had been joined to another stands for itself again."""

    reason: str

    def sentence(self) -> str:
        return f"{self.title} is separate from {self.other_title} again: {self.reason}"
