"""What can happen to a to-do, an approval or a legal deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.kernel.text import long_day, quoted


@dataclass(frozen=True, kw_only=True)
class TaskFact(Fact):
    """Something that happened to one thing that one of ours has to do."""

    ask_id: int
    kind_of_ask: str
    party_id: int
    party_name: str
    wording: str
    ward_code: str
    matter_id: int | None
    title: str
    place_id: int | None
    changes: tuple[Change, ...] = ()

    @property
    def thing(self) -> str:
        """The task in its own words."""
        return quoted(self.wording)

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("ask", str(self.ask_id)), Ref("party", str(self.party_id))]
        if self.matter_id is not None:
            refs.append(Ref("matter", str(self.matter_id)))
        if self.ward_code:
            refs.append(Ref("ward", self.ward_code))
        if self.place_id is not None:
            refs.append(Ref("place", str(self.place_id)))
        return tuple(refs)


@dataclass(frozen=True, kw_only=True)
class TaskAdded(TaskFact):
    """Something was put on somebody's list."""

    due_on: date
    citation: str

    def sentence(self) -> str:
        law = f" ({self.citation})" if self.citation else ""
        return f"{self.party_name} has {self.thing} to do by {long_day(self.due_on)}{law}"


@dataclass(frozen=True, kw_only=True)
class TaskDone(TaskFact):
    """Something on a list was done, or an approval given."""

    approved: bool
    text: str
    done_on: date | None = None

    def sentence(self) -> str:
        more = f": {self.text}" if self.text else ""
        day = f" on {long_day(self.done_on)}" if self.done_on else ""
        return f"{self.thing} was {'approved' if self.approved else 'done'}{day}{more}"


@dataclass(frozen=True, kw_only=True)
class ApprovalRefused(TaskFact):
    """An approval was refused."""

    reason: str

    def sentence(self) -> str:
        return f"{self.thing} was not approved: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class TaskMoved(TaskFact):
    """Something on a list was put off."""

    former_on: date
    due_on: date
    reason: str

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return (
            f"{self.thing} was moved from {long_day(self.former_on)} to "
            f"{long_day(self.due_on)}{why}"
        )


@dataclass(frozen=True, kw_only=True)
class TaskGiven(TaskFact):
    """Something on a list was given to somebody else."""

    former_id: int
    former_name: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.former_id)))

    def sentence(self) -> str:
        return f"{self.former_name} gave {self.thing} to {self.party_name}"


@dataclass(frozen=True, kw_only=True)
class AskerChanged(TaskFact):
    """Somebody else waits now for what a colleague had asked for."""

    asker_id: int
    asker_name: str
    former_id: int
    former_name: str

    def about(self) -> tuple[Ref, ...]:
        parties = (Ref("party", str(self.asker_id)), Ref("party", str(self.former_id)))
        return (*super().about(), *parties)

    def sentence(self) -> str:
        return f"{self.asker_name} waits for {self.thing} now, in place of {self.former_name}"


@dataclass(frozen=True, kw_only=True)
class TaskDropped(TaskFact):
    """Something was taken off a list without being done."""

    reason: str

    def sentence(self) -> str:
        return f"{self.thing} was dropped: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class TaskReopened(TaskFact):
    """What had been ticked off has to be done after all."""

    def sentence(self) -> str:
        return f"{self.thing} is not done after all"


@dataclass(frozen=True, kw_only=True)
class ClockPaused(TaskFact):
    """The clock of a legal deadline was stopped."""

    from_on: date
    reason: str

    def sentence(self) -> str:
        return f"The clock of {self.thing} stopped on {long_day(self.from_on)}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ClockRestarted(TaskFact):
    """The clock of a legal deadline counts from another instant, since what it hangs on moved."""

    former_on: date
    due_on: date
    reason: str

    def sentence(self) -> str:
        return (
            f"{self.thing} is due {long_day(self.due_on)} instead of "
            f"{long_day(self.former_on)}: {self.reason}"
        )


@dataclass(frozen=True, kw_only=True)
class ClockResumed(TaskFact):
    """The clock of a legal deadline runs again."""

    until_on: date
    former_on: date
    due_on: date

    def sentence(self) -> str:
        return (
            f"The clock of {self.thing} runs again from {long_day(self.until_on)}; "
            f"due {long_day(self.due_on)} instead of {long_day(self.former_on)}"
        )
