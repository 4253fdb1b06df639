"""What can happen to what is kept of homes after an incident: counts, and no word of anybody."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.incidents.facts.critical import IncidentFact


@dataclass(frozen=True, kw_only=True)
class HouseholdsHeld(IncidentFact):
    """What households needed must be kept for now, or need not any longer."""

    reason: str
    lifted: bool = False

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        done = "may be removed again" if self.lifted else "must be kept"
        return f"What households needed {done}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class HouseholdsDue(IncidentFact):
    """The days are over for which what households needed is kept."""

    noise = True

    def sentence(self) -> str:
        return "What households needed was kept its time"


@dataclass(frozen=True, kw_only=True)
class HouseholdsDueNoMore(IncidentFact):
    """The incident is open again: what households needed is kept on."""

    noise = True

    def sentence(self) -> str:
        return "What households needed is kept on: the incident is open again"


@dataclass(frozen=True, kw_only=True)
class HouseholdsDisposed(IncidentFact):
    """What households needed was removed; how many homes there were stays."""

    homes: int

    def sentence(self) -> str:
        count = "1 home" if self.homes == 1 else f"{self.homes} homes"
        return f"What {count} needed was removed. The count stays"
