"""What can happen while somebody is called to an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from wardroom.incidents.facts.critical import IncidentFact
from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class CallOutMade(IncidentFact):
    """Somebody was called to an incident, as its next step."""

    plain: ClassVar[frozenset[str]] = frozenset({"role_label"})

    call_out_id: int
    step: int
    role_label: str
    party_id: int
    party_name: str
    why: str
    due_at: datetime

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.party_id)))

    def sentence(self) -> str:
        why = f" {self.why}." if self.why else ""
        return f"Step {self.step}: {self.party_name} was called, {self.role_label}.{why}"


@dataclass(frozen=True, kw_only=True)
class CallOutPassed(IncidentFact):
    """Whoever was called said that they cannot take it."""

    call_out_id: int
    step: int
    party_id: int
    party_name: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.party_id)))

    def sentence(self) -> str:
        return f"Step {self.step}: {self.party_name} cannot take it"


@dataclass(frozen=True, kw_only=True)
class CallNotSent(IncidentFact):
    """The message that calls somebody did not arrive. Where it went is not told."""

    call_out_id: int
    step: int
    party_id: int
    party_name: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.party_id)))

    def sentence(self) -> str:
        return (
            f"Step {self.step}: the message to {self.party_name} did not arrive. "
            "It stands on the lists of the directors"
        )


@dataclass(frozen=True, kw_only=True)
class CallOutsExhausted(IncidentFact):
    """Everybody was called and nobody took it."""

    steps: int

    def sentence(self) -> str:
        return f"Nobody took it after {self.steps} calls. It stands on the lists of the directors"


@dataclass(frozen=True, kw_only=True)
class CallAddressFact(Fact):
    """Where somebody is reached when on call changed. The address itself is not told."""

    party_id: int
    party_name: str
    kind_label: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("party", str(self.party_id)),)


@dataclass(frozen=True, kw_only=True)
class CallAddressAdded(CallAddressFact):
    """Somebody can be reached at one more address when on call."""

    def sentence(self) -> str:
        return f"{self.party_name} has one more call address: {self.kind_label.lower()}"


@dataclass(frozen=True, kw_only=True)
class CallAddressEnded(CallAddressFact):
    """A call address is not used any more."""

    def sentence(self) -> str:
        return f"A call address of {self.party_name} is not used any more"
