"""What can happen to the office's money. Amounts are whole cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.office.rules.amounts import shown


@dataclass(frozen=True, kw_only=True)
class FundFact(Fact):
    """Something that happened to a fund; the lines are for those who read the money."""

    audience: ClassVar[str] = "money"

    fund_id: int
    fund: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("fund", str(self.fund_id)),)


@dataclass(frozen=True, kw_only=True)
class FundAdded(FundFact):
    """A source of money was written down, existing or only proposed."""

    standing: str
    fund_sort: str
    amount: int
    starts_on: date
    ends_on: date

    def sentence(self) -> str:
        return (
            f"Added {self.fund} ({self.standing.lower()}, {self.fund_sort.lower()}): "
            f"{shown(self.amount)}, {long_day(self.starts_on)} to {long_day(self.ends_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class FundChanged(FundFact):
    """What a fund is was put right."""

    changes: tuple[Change, ...]

    def sentence(self) -> str:
        named = ", ".join(change.label.lower() for change in self.changes)
        return f"Changed {named} of {self.fund}"


@dataclass(frozen=True, kw_only=True)
class FundGranted(FundFact):
    """A proposed fund became an existing one."""

    amount: int
    note: str

    def sentence(self) -> str:
        return f"{self.fund} was granted with {shown(self.amount)}: {self.note}"


@dataclass(frozen=True, kw_only=True)
class FundDropped(FundFact):
    """A fund that held no money was given up."""

    reason: str

    def sentence(self) -> str:
        return f"Dropped {self.fund}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class MoneyFact(FundFact):
    """A line of a fund."""

    verb: ClassVar[str]

    line_id: int
    amount: int
    happened_on: date
    purpose: str = ""
    reference: str = ""
    payee: str = ""
    note: str = ""

    def sentence(self) -> str:
        to = f" to {self.payee}" if self.payee else ""
        of = f"{to} for {self.purpose}" if self.purpose else to
        by = f" ({self.reference})" if self.reference else ""
        why = f": {self.note}" if self.note else ""
        day = long_day(self.happened_on)
        return f"{self.verb} {shown(self.amount)}{of} of {self.fund} on {day}{by}{why}"


@dataclass(frozen=True, kw_only=True)
class MoneyCertified(MoneyFact):
    """Money of a fund was certified as there."""

    verb: ClassVar[str] = "Certified"

    certified_by: str

    def sentence(self) -> str:
        return f"{super().sentence()}, by {self.certified_by}"


@dataclass(frozen=True, kw_only=True)
class MoneyAllocated(MoneyFact):
    """Certified money was given to a purpose."""

    verb: ClassVar[str] = "Allocated"


@dataclass(frozen=True, kw_only=True)
class MoneyCommitted(MoneyFact):
    """Money of a purpose was promised to somebody."""

    verb: ClassVar[str] = "Committed"


@dataclass(frozen=True, kw_only=True)
class MoneySpent(MoneyFact):
    """Committed money was paid."""

    verb: ClassVar[str] = "Spent"


@dataclass(frozen=True, kw_only=True)
class CommitmentReleased(MoneyFact):
    """Committed money that is not needed is free again for its purpose."""

    verb: ClassVar[str] = "Released"


@dataclass(frozen=True, kw_only=True)
class AllocationReturned(MoneyFact):
    """Money of a purpose went back to the fund."""

    verb: ClassVar[str] = "Returned"


@dataclass(frozen=True, kw_only=True)
class FundLineTakenBack(MoneyFact):
    """A line was wrong, in all or in part; both lines stay."""

    verb: ClassVar[str] = "Took back"

    corrects: int

    def sentence(self) -> str:
        return f"{super().sentence()} (of line {self.corrects})"


@dataclass(frozen=True, kw_only=True)
class SpendingPlanned(FundFact):
    """It was planned when a fund is to be spent."""

    version: int
    total: int
    reason: str = ""

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"Planned {shown(self.total)} of {self.fund} by month, version {self.version}{why}"


@dataclass(frozen=True, kw_only=True)
class FundEndAnnounced(FundFact):
    """The house put the end of a fund on the directors' lists."""

    noise: ClassVar[bool] = True

    ends_on: date
    days: int

    def sentence(self) -> str:
        return f"{self.fund} ends on {long_day(self.ends_on)}: on the list {self.days} days ahead"


@dataclass(frozen=True, kw_only=True)
class SpendingPlanMissing(FundFact):
    """The house put a fund without a spending plan on the directors' lists."""

    noise: ClassVar[bool] = True

    def sentence(self) -> str:
        return f"{self.fund} has no spending plan: on the list until there is one"


@dataclass(frozen=True, kw_only=True)
class FundEndSettled(FundFact):
    """Somebody said what comes after a fund."""

    note: str

    def sentence(self) -> str:
        return f"After the end of {self.fund}: {quoted(self.note)}"
