"""What can happen to the way somebody signs in."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.directory.facts.parties import PartyFact

SORTS = {"app": "a code app", "key": "a security key"}


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(PartyFact):
    """Somebody who was signed in chose another password."""

    def sentence(self) -> str:
        return f"{self.party_name} changed the password"


@dataclass(frozen=True, kw_only=True)
class SecondFactorFact(PartyFact):
    """A fact about one second factor: its sort, and what its owner calls it."""

    sort: str
    label: str = ""

    @property
    def factor(self) -> str:
        """It in words."""
        named = f" (“{self.label}”)" if self.label else ""
        return f"{SORTS.get(self.sort, self.sort)}{named}"


@dataclass(frozen=True, kw_only=True)
class SecondFactorAdded(SecondFactorFact):
    def sentence(self) -> str:
        return f"{self.party_name} signs in with {self.factor} too"


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(SecondFactorFact):
    def sentence(self) -> str:
        return f"{self.party_name} does not sign in with {self.factor} any longer"


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(PartyFact):
    """New recovery codes; those before open nothing."""

    def sentence(self) -> str:
        return f"{self.party_name} made new recovery codes"


@dataclass(frozen=True, kw_only=True)
class SecondFactorsReset(PartyFact):
    """Somebody lost a phone or a key: all factors are gone, and open sessions with them."""

    reason: str

    def sentence(self) -> str:
        return f"The second factors of {self.party_name} were taken away: {self.reason}"
