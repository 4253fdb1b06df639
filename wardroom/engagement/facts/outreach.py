"""What can happen to outreach plans, to suggestions, and to strategies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE, MatterFact


@dataclass(frozen=True, kw_only=True)
class OutreachPlanFact(MatterFact):
    """A fact about an outreach plan, with all that it holds from then on."""

    version: int
    starts_on: date
    ends_on: date
    reserve: int
    targets: tuple[str, ...]

    @property
    def held(self) -> str:
        """What it holds, in words."""
        period = f"{long_day(self.starts_on)} to {long_day(self.ends_on)}"
        return f"{period}; {'; '.join(self.targets)}; reserve {self.reserve} percent"


@dataclass(frozen=True, kw_only=True)
class OutreachPlanAdopted(OutreachPlanFact):
    """The office said with whom it wants to be in touch, and how often."""

    def sentence(self) -> str:
        return f"Adopted the outreach plan: {self.held}"


@dataclass(frozen=True, kw_only=True)
class OutreachPlanChanged(OutreachPlanFact):
    """An outreach plan has another version, with the reason."""

    reason: str

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        return f"Changed to version {self.version} ({self.reason}): {self.held}"


@dataclass(frozen=True, kw_only=True)
class TouchDeferred(Fact):
    """A suggested touch was put off, and why."""

    party_id: int | None
    who: str
    smd_code: str
    ward_code: str
    reason: str
    until_on: date

    def about(self) -> tuple[Ref, ...]:
        ward = Ref("ward", self.ward_code or CITY_WIDE)
        return (ward,) if self.party_id is None else (Ref("party", str(self.party_id)), ward)

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        return f"Not now, until {long_day(self.until_on)}: {self.who} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class StrategyFact(Fact):
    """A fact about a strategy, for the whole office."""

    strategy_id: int
    text: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("strategy", str(self.strategy_id)), Ref("ward", self.ward_code or CITY_WIDE))


@dataclass(frozen=True, kw_only=True)
class StrategyShared(StrategyFact):
    """Somebody told colleagues how they reached people."""

    def sentence(self) -> str:
        return f"Shared a strategy: {self.text}"

    def words(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class StrategyUsed(StrategyFact):
    """Somebody used a strategy, and said what came of it."""

    result_label: str
    what: str

    def words(self) -> str:
        return self.what

    def sentence(self) -> str:
        return f"Used {quoted(self.text)}: {self.result_label.lower()}. {self.what}"
