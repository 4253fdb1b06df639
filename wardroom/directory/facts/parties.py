"""What can happen to people and organizations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class PartyFact(Fact):
    """A fact about one party."""

    party_id: int
    party_name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("party", str(self.party_id)),)


@dataclass(frozen=True, kw_only=True)
class PartyAdded(PartyFact):
    agency: bool

    def sentence(self) -> str:
        return f"{self.party_name} was added to the directory"


@dataclass(frozen=True, kw_only=True)
class AliasAdded(PartyFact):
    alias: str

    def sentence(self) -> str:
        return f"{self.party_name} is also known as {self.alias}"


@dataclass(frozen=True, kw_only=True)
class PartyRenamed(PartyFact):
    former_name: str

    def sentence(self) -> str:
        return f"{self.former_name} is now called {self.party_name}"


@dataclass(frozen=True, kw_only=True)
class ContactPointAdded(PartyFact):
    channel: str

    def sentence(self) -> str:
        return f"{self.party_name} can be reached by {self.channel}"


@dataclass(frozen=True, kw_only=True)
class UserAdded(PartyFact):
    user_id: int

    def sentence(self) -> str:
        return f"{self.party_name} can sign in"


@dataclass(frozen=True, kw_only=True)
class RoleGranted(PartyFact):
    plain: ClassVar[frozenset[str]] = frozenset({"role"})

    role: str
    ward_code: str
    agency_code: str
    valid_from: date

    def sentence(self) -> str:
        where = f" of Ward {self.ward_code}" if self.ward_code else ""
        at = f" for {self.agency_code}" if self.agency_code else ""
        role = self.role.replace("_", " ")
        return f"{self.party_name} is {role}{where}{at} from {self.valid_from:%B %-d, %Y}"


@dataclass(frozen=True, kw_only=True)
class GrantEnded(PartyFact):
    plain: ClassVar[frozenset[str]] = frozenset({"role"})

    role: str
    until_on: date

    def sentence(self) -> str:
        role = self.role.replace("_", " ")
        return f"{self.party_name} is {role} until {self.until_on:%B %-d, %Y}"


@dataclass(frozen=True, kw_only=True)
class SeatTaken(PartyFact):
    seat: str
    ward_code: str
    since_on: date

    def sentence(self) -> str:
        return f"{self.party_name} holds the seat '{self.seat}' from {self.since_on:%B %-d, %Y}"


@dataclass(frozen=True, kw_only=True)
class ServiceAdded(PartyFact):
    service_code: str
    service_name: str

    def sentence(self) -> str:
        return f"{self.party_name} offers {self.service_name} ({self.service_code})"


@dataclass(frozen=True, kw_only=True)
class PersonNoted(PartyFact):
    """Somebody who got in touch was put into the directory."""

    language: str
    interpreter: bool

    def sentence(self) -> str:
        need = ", needs an interpreter" if self.interpreter else ""
        return f"{self.party_name} was noted{need}"


@dataclass(frozen=True, kw_only=True)
class ConsentNoted(PartyFact):
    """Somebody said whether we may write or call, and how they said it."""

    channel: str
    consent: bool
    how: str

    def sentence(self) -> str:
        may = "may" if self.consent else "may not"
        return f"We {may} reach {self.party_name} by {self.channel} ({self.how})"


@dataclass(frozen=True, kw_only=True)
class ContactPointBounced(PartyFact):
    """A way to reach somebody turned out not to work."""

    channel: str
    reason: str

    def sentence(self) -> str:
        return f"The {self.channel} of {self.party_name} does not work: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class WardCovered(PartyFact):
    """Somebody looks after a colleague's ward for some days."""

    ward_code: str
    valid_from: date
    valid_until: date

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("ward", self.ward_code))

    def sentence(self) -> str:
        return (
            f"{self.party_name} covers Ward {self.ward_code} from {long_day(self.valid_from)} "
            f"to {long_day(self.valid_until)}"
        )


@dataclass(frozen=True, kw_only=True)
class CoverCalledOff(PartyFact):
    """Somebody will not look after a colleague's ward after all."""

    ward_code: str
    valid_from: date

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("ward", self.ward_code))

    def sentence(self) -> str:
        return (
            f"{self.party_name} does not cover Ward {self.ward_code} from "
            f"{long_day(self.valid_from)} after all"
        )


@dataclass(frozen=True, kw_only=True)
class PersonInvited(PartyFact):
    """Somebody is to be sent a link to choose the password by."""

    email: str
    until_on: date

    def sentence(self) -> str:
        return (
            f"{self.party_name} is sent a link to choose a password, good until "
            f"{long_day(self.until_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class PasswordChosen(PartyFact):
    """Somebody chose the password by the link that was sent."""

    def sentence(self) -> str:
        return f"{self.party_name} chose a password"


@dataclass(frozen=True, kw_only=True)
class AccessBounded(PartyFact):
    """Somebody's sign-in ends by itself after a day; without one it does not any more."""

    until_on: date | None
    given_on: tuple[str, ...] = ()

    def sentence(self) -> str:
        if self.until_on is None:
            told = f"The sign-in of {self.party_name} has no last day any more"
        else:
            told = f"The sign-in of {self.party_name} ends by itself after "
            told += long_day(self.until_on)
        kept = " and ".join(self.given_on)
        return f"{told}; somebody else has the seat by then: {kept}" if kept else told


@dataclass(frozen=True, kw_only=True)
class SignInClosed(PartyFact):
    """Somebody may not sign in any more."""

    reason: str

    def sentence(self) -> str:
        return f"The sign-in of {self.party_name} was closed"


@dataclass(frozen=True, kw_only=True)
class SignInOpened(PartyFact):
    """Somebody may sign in again."""

    def sentence(self) -> str:
        return f"The sign-in of {self.party_name} was opened again"


@dataclass(frozen=True, kw_only=True)
class CoreTeamFact(PartyFact):
    """A fact about an agency's seat on the core team of a ward."""

    ward_code: str
    alternate: bool

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("ward", self.ward_code))

    @property
    def seat(self) -> str:
        """The seat in words."""
        kind = "alternate" if self.alternate else "principal"
        return f"{kind} of {self.party_name} on the core team of Ward {self.ward_code}"


@dataclass(frozen=True, kw_only=True)
class CoreTeamSeatTaken(CoreTeamFact):
    """Somebody sits on the core team for an agency; without ``holder_id`` it is a name only."""

    holder_id: int | None
    holder_name: str
    since_on: date

    def about(self) -> tuple[Ref, ...]:
        refs = super().about()
        return refs if self.holder_id is None else (*refs, Ref("party", str(self.holder_id)))

    def sentence(self) -> str:
        return f"{self.holder_name} is {self.seat} from {long_day(self.since_on)}"


@dataclass(frozen=True, kw_only=True)
class CoreTeamSeatLeft(CoreTeamFact):
    """Nobody holds the seat any more; the agency keeps it."""

    holder_name: str
    until_on: date

    def sentence(self) -> str:
        return f"{self.holder_name} is no longer {self.seat} from {long_day(self.until_on)}"


@dataclass(frozen=True, kw_only=True)
class AgencyLeftCoreTeam(CoreTeamFact):
    """An agency has no seat on the core team any more."""

    until_on: date
    reason: str

    def sentence(self) -> str:
        return (
            f"{self.party_name} has no seat on the core team of Ward {self.ward_code} from "
            f"{long_day(self.until_on)}: {self.reason}"
        )
