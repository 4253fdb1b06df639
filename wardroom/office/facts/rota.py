"""What can happen to a rota, to its turns, and to what people wish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class RotaFact(Fact):
    """A fact about one rota."""

    rota_id: int
    name: str
    version: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("rota", str(self.rota_id)),)

    @property
    def told(self) -> str:
        """The rota by its name, and which version of it."""
        return f"the rota {self.name}, version {self.version}"


@dataclass(frozen=True, kw_only=True)
class RotaDrafted(RotaFact):
    """A rota was begun, from nothing or from the one in force."""

    from_on: date
    until_on: date
    turns: int
    from_version: int | None = None

    def sentence(self) -> str:
        base = f" from version {self.from_version}" if self.from_version else ""
        days = f"{long_day(self.from_on)} to {long_day(self.until_on)}"
        return f"Began {self.told}{base}: {days}, {self.turns} turns"


@dataclass(frozen=True, kw_only=True)
class ProposalWanted(RotaFact):
    """A proposal for a rota was asked for; a worker looks for it."""

    with_gaps: bool

    noise = True

    def sentence(self) -> str:
        return f"Asked for a proposal of {self.told}"


@dataclass(frozen=True, kw_only=True)
class RotaProposed(RotaFact):
    """A proposal was found and stands in the draft."""

    gaps: int
    unmet: int

    def sentence(self) -> str:
        return f"Proposed {self.told}: gaps {self.gaps}, wishes not met {self.unmet}"


@dataclass(frozen=True, kw_only=True)
class RotaImpossible(RotaFact):
    """No rota keeps all wishes and rules; the smallest set of those that contradict is kept."""

    parts: int

    def sentence(self) -> str:
        return f"Found no proposal of {self.told}: {self.parts} wishes and rules contradict"


@dataclass(frozen=True, kw_only=True)
class TurnGiven(RotaFact):
    """A turn of a draft was given to somebody, or to nobody, by a person."""

    turn_id: int
    when: str
    before_name: str
    after_name: str
    because: str

    noise = True

    def sentence(self) -> str:
        why = f" in spite of a warning ({self.because})" if self.because else ""
        who = self.after_name or "nobody"
        return f"{self.when} in {self.told}: {who} instead of {self.before_name or 'nobody'}{why}"


@dataclass(frozen=True, kw_only=True)
class LanguageAsked(RotaFact):
    """Turns of a draft ask for a language, or for none any more."""

    lane: str
    days: str
    language: str
    turns: int

    noise = True

    def sentence(self) -> str:
        asked = self.language or "no language"
        return f"{self.lane}, {self.days}, in {self.told}: asks for {asked} ({self.turns} turns)"


@dataclass(frozen=True, kw_only=True)
class RotaPublished(RotaFact):
    """A rota came into force."""

    gaps: int
    replaced_id: int | None = None

    def sentence(self) -> str:
        return f"Published {self.told}, with {self.gaps} gaps"


@dataclass(frozen=True, kw_only=True)
class RotaDropped(RotaFact):
    """A draft is not wanted any more."""

    def sentence(self) -> str:
        return f"Dropped {self.told}"


@dataclass(frozen=True, kw_only=True)
class WishFact(Fact):
    """A fact about what somebody wishes; which days and why stay out of the ledger.

    ``by`` is whoever entered it or took it back for them.
    """

    wish_id: int
    user_id: int
    name: str
    by: str = ""

    noise = True

    def about(self) -> tuple[Ref, ...]:
        return (Ref("user", str(self.user_id)),)


@dataclass(frozen=True, kw_only=True)
class WishEntered(WishFact):
    """Somebody told of days for the rota."""

    def sentence(self) -> str:
        if self.by:
            return f"{self.by} told of days of {self.name} for the rota"
        return f"{self.name} told of days for the rota"


@dataclass(frozen=True, kw_only=True)
class WishWithdrawn(WishFact):
    """Somebody took back what they told of days."""

    def sentence(self) -> str:
        if self.by:
            return f"{self.by} took back what was told of days of {self.name} for the rota"
        return f"{self.name} took back what was told of their days for the rota"


@dataclass(frozen=True, kw_only=True)
class LanguagesNoted(Fact):
    """It was said what somebody speaks on duty beside English."""

    user_id: int
    name: str
    languages: str

    noise = True

    def about(self) -> tuple[Ref, ...]:
        return (Ref("user", str(self.user_id)),)

    def sentence(self) -> str:
        return f"{self.name} speaks on duty: {self.languages or 'English alone'}"
