"""What can happen in the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class ConditionChecked(MatterFact):
    """Somebody of the office looked at the place."""

    check_id: int
    observer_id: int
    observer_name: str
    finding: str
    finding_label: str
    rating: int | None
    rating_label: str
    note: str
    seen_at: datetime
    seen_on: date

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.observer_id)))

    def sentence(self) -> str:
        rated = f", rated {self.rating} ({self.rating_label})" if self.rating else ""
        note = f". {self.note}" if self.note else ""
        return (
            f"{self.observer_name} looked on {long_day(self.seen_on)}. "
            f"{self.finding_label}{rated}{note}"
        )
