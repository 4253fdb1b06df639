"""What can happen to organisations and to the seats they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.directory.facts.parties import PartyFact
from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class PartyDescribed(PartyFact):
    """What is written about a party was corrected: languages, needs, kind, area."""

    changes: tuple[Change, ...]

    def sentence(self) -> str:
        what = ", ".join(change.label.lower() for change in self.changes)
        return f"What is known of {self.party_name} was changed: {what or 'nothing'}"


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(PartyFact):
    plain: ClassVar[frozenset[str]] = frozenset({"area"})

    organisation_kind: str
    area: str

    def sentence(self) -> str:
        where = f", {self.area}" if self.area else ""
        return f"{self.party_name} ({self.organisation_kind}{where}) was added to the directory"


@dataclass(frozen=True, kw_only=True)
class CommissionsMade(Fact):
    """The commissions and their seats were made from the boundaries in force."""

    valid_from: date
    commissions: int
    seats: int
    ended: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("boundaries", "smd"),)

    def sentence(self) -> str:
        ended = f"; {self.ended} seats of older boundaries ended" if self.ended else ""
        return (
            f"{self.commissions} ANCs with {self.seats} new seats were made from the boundaries "
            f"of {long_day(self.valid_from)}{ended}"
        )


@dataclass(frozen=True, kw_only=True)
class SeatsMade(PartyFact):
    """A commission has these seats, one for each of its districts."""

    seats: int
    since_on: date

    def sentence(self) -> str:
        return f"{self.party_name} has {self.seats} seats from {long_day(self.since_on)}"


@dataclass(frozen=True, kw_only=True)
class SeatsOfBoundariesEnded(PartyFact):
    """The districts of these seats are drawn anew, so that the seats are no more."""

    seats: int
    until_on: date

    def sentence(self) -> str:
        return (
            f"{self.seats} seats of {self.party_name} ended on {long_day(self.until_on)} with the "
            "boundaries they stood for"
        )


@dataclass(frozen=True, kw_only=True)
class SeatFact(PartyFact):
    """A fact about a seat of an organisation."""

    seat_id: int
    seat: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("seat", str(self.seat_id)))


@dataclass(frozen=True, kw_only=True)
class SeatAdded(SeatFact):
    def sentence(self) -> str:
        return f"{self.party_name} has the seat '{self.seat}'"


@dataclass(frozen=True, kw_only=True)
class SeatClosed(SeatFact):
    until_on: date
    reason: str

    def sentence(self) -> str:
        day = long_day(self.until_on)
        return f"The seat '{self.seat}' of {self.party_name} ended on {day}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class HolderFact(SeatFact):
    """A fact about who holds a seat; without ``holder_id`` it is a name only."""

    holder_id: int | None
    holder_name: str

    def about(self) -> tuple[Ref, ...]:
        refs = super().about()
        return refs if self.holder_id is None else (*refs, Ref("party", str(self.holder_id)))


@dataclass(frozen=True, kw_only=True)
class SeatFilled(HolderFact):
    """Who holds a seat; ``former_id`` is the tenure that ended with it."""

    since_on: date
    tenure_id: int | None = None
    former_id: int | None = None

    def sentence(self) -> str:
        day = long_day(self.since_on)
        return f"{self.holder_name} is '{self.seat}' of {self.party_name} from {day}"


@dataclass(frozen=True, kw_only=True)
class HolderNoted(HolderFact):
    """Whoever held a seat by name only has a record of their own now."""

    def sentence(self) -> str:
        return f"{self.holder_name}, '{self.seat}' of {self.party_name}, was put into the directory"


@dataclass(frozen=True, kw_only=True)
class HolderTakenBack(HolderFact):
    """That somebody holds a seat was a mistake."""

    def sentence(self) -> str:
        what = f"'{self.seat}' of {self.party_name}"
        return f"It was taken back that {self.holder_name} is {what}: it was a mistake"


@dataclass(frozen=True, kw_only=True)
class SeatVacated(HolderFact):
    until_on: date
    reason: str

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        day = long_day(self.until_on)
        return f"{self.holder_name} left '{self.seat}' of {self.party_name} on {day}{why}"
