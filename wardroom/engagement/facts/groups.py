"""What can happen to a citizen involvement group, and in its meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.calendar.facts import EventFact
from wardroom.directory.facts import PartyFact
from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE


@dataclass(frozen=True, kw_only=True)
class GroupFact(PartyFact):
    """A fact about one group, told on the organisation and in its ward."""

    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("ward", self.ward_code or CITY_WIDE))


@dataclass(frozen=True, kw_only=True)
class GroupFounded(GroupFact):
    """A group was called together, with its first charter."""

    purpose: str
    decides: bool

    def words(self) -> str:
        return self.purpose

    def sentence(self) -> str:
        return f"{self.party_name} was called together: {self.purpose}"


@dataclass(frozen=True, kw_only=True)
class CharterChanged(GroupFact):
    """A group has another version of its charter."""

    version: int
    why: str
    decides: bool

    def sentence(self) -> str:
        return f"Version {self.version} of the charter of {self.party_name}: {self.why}"


@dataclass(frozen=True, kw_only=True)
class SignUpLinkSwitched(GroupFact):
    """The sign-up link of a group was opened or closed."""

    is_open: bool

    def sentence(self) -> str:
        state = "opened" if self.is_open else "closed"
        return f"The sign-up link of {self.party_name} was {state}"


@dataclass(frozen=True, kw_only=True)
class SignUpReceived(GroupFact):
    """Somebody asked to join through the link; ``again`` where they had asked already."""

    name: str
    language: str
    again: bool

    def sentence(self) -> str:
        again = " again" if self.again else ""
        return f"{self.name} asked{again} to join {self.party_name}"


@dataclass(frozen=True, kw_only=True)
class SignUpAccepted(GroupFact):
    """Somebody who asked to join was taken in, as a person of the directory."""

    name: str
    person_id: int
    person_name: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.person_id)))

    def sentence(self) -> str:
        return f"{self.person_name} asked to join {self.party_name} and was taken in"


@dataclass(frozen=True, kw_only=True)
class SignUpDeclined(GroupFact):
    """Somebody who asked to join was not taken in."""

    name: str
    reason: str

    def sentence(self) -> str:
        return f"{self.name} was not taken into {self.party_name}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class OfficerNamed(GroupFact):
    """Somebody of a group took one of its roles."""

    role: str
    name: str

    def sentence(self) -> str:
        return f"{self.name} is now {self.role.lower()} of {self.party_name}"


@dataclass(frozen=True, kw_only=True)
class MemberLeft(GroupFact):
    """A member left by the link of a notice."""

    name: str
    person_id: int

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.person_id)))

    def sentence(self) -> str:
        return f"{self.name} left {self.party_name} by the link of a notice"


@dataclass(frozen=True, kw_only=True)
class GroupNoticeSent(GroupFact):
    """A notice goes out to the members of a group who may be written to."""

    notice_id: int
    subject: str
    addresses: int

    def words(self) -> str:
        return self.subject

    def sentence(self) -> str:
        many = "1 member" if self.addresses == 1 else f"{self.addresses} members"
        return f"Notice to {many} of {self.party_name}: {quoted(self.subject)}"


@dataclass(frozen=True, kw_only=True)
class AgendaSet(EventFact):
    """A meeting has an agenda, in this order."""

    items: tuple[str, ...]

    def sentence(self) -> str:
        return f"Agenda of {self.name}: {'; '.join(self.items)}"


@dataclass(frozen=True, kw_only=True)
class ItemTalkedOver(EventFact):
    """What was said on an item of the agenda was written down."""

    item: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Said on {quoted(self.item)}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class RollCalled(EventFact):
    """Who of a group came to its meeting was written down."""

    present: int
    absent: int

    def sentence(self) -> str:
        return f"Roll of {self.name}: {self.present} present, {self.absent} absent"


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(EventFact):
    """The minutes of a meeting were approved, and are frozen."""

    approved_on: date
    approved_how: str

    def sentence(self) -> str:
        return f"Minutes approved on {long_day(self.approved_on)}: {self.approved_how}"
