"""What can happen to an alert, and to the incident that it became."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref
from wardroom.matters.facts import MatterFact


def ended(title: str) -> str:
    """A title as a sentence of its own, with one dot at its end."""
    return f"{title.rstrip('.')}."


@dataclass(frozen=True, kw_only=True)
class AlertFact(Fact):
    """Something that happened to an alert. All of the office reads it, whatever ward it is in."""

    draft_id: int
    title: str
    wards: tuple[str, ...]

    def about(self) -> tuple[Ref, ...]:
        return (Ref("alert", str(self.draft_id)),)


@dataclass(frozen=True, kw_only=True)
class AlertTaken(AlertFact):
    """An alert of another authority came in."""

    sender: str
    status_label: str
    state_label: str
    way_in: str

    def sentence(self) -> str:
        where = f" Wards: {', '.join(self.wards)}." if self.wards else ""
        said = f"{self.status_label} alert of {self.sender}, {self.way_in}: {ended(self.title)}"
        return f"{said}{where} {self.state_label}"


@dataclass(frozen=True, kw_only=True)
class AlertFollowed(AlertFact):
    """Its sender said more about an alert; ``late`` is what was older than what we knew."""

    kind_label: str
    sender: str
    state_label: str
    late: bool

    def sentence(self) -> str:
        late = ", older than what was known" if self.late else ""
        said = f"{self.kind_label} of {self.sender}{late}: {ended(self.title)}"
        return f"{said} {self.state_label}"


@dataclass(frozen=True, kw_only=True)
class AlertSetAside(AlertFact):
    """Somebody decided that an alert needs nothing of the office."""

    reason: str

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        return f"{self.title} was set aside: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class AlertRanOut(AlertFact):
    """The time of an alert ran out before anybody decided."""

    def sentence(self) -> str:
        return f"{self.title} is over. Nobody opened it or set it aside"


@dataclass(frozen=True, kw_only=True)
class AlertOpened(AlertFact):
    """Somebody opened an incident from an alert."""

    matter_id: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("matter", str(self.matter_id)), *super().about())

    def sentence(self) -> str:
        return f"{self.title} was opened as an incident, W-{self.matter_id}"


@dataclass(frozen=True, kw_only=True)
class IncidentAlertChanged(MatterFact):
    """The sender of the alert behind an incident said more about it."""

    draft_id: int
    kind_label: str
    text: str

    def sentence(self) -> str:
        return f"{self.kind_label} of the alert: {self.text}"


@dataclass(frozen=True, kw_only=True)
class AlertChangeRead(MatterFact):
    """Somebody read what was new in the alert behind an incident."""

    draft_id: int

    def sentence(self) -> str:
        return f"What was new in the alert was read: {self.title}"
