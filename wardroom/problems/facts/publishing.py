"""What can happen to the text for the public about a persistent location."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.text import quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class PublicTextFact(MatterFact):
    """Something that happened to a version of the text for the public."""

    version: int
    text: str
    steps: tuple[str, ...] = ()

    def words(self) -> str:
        return " ".join((self.text, *self.steps))

    @property
    def of_plan(self) -> str:
        """How many steps of the plan it tells of; nothing where it tells of none."""
        many = len(self.steps)
        return f", with {many} {'step' if many == 1 else 'steps'} of the plan" if many else ""


@dataclass(frozen=True, kw_only=True)
class PublicTextWritten(PublicTextFact):
    def sentence(self) -> str:
        return (
            f"A text for the public about {self.title} was written, version {self.version}"
            f"{self.of_plan}: {quoted(self.text)}. Somebody else has to approve it"
        )


@dataclass(frozen=True, kw_only=True)
class PublicTextApproved(PublicTextFact):
    written_by: str

    def sentence(self) -> str:
        return (
            f"Version {self.version} of the text for the public about {self.title} was approved. "
            f"{self.written_by} wrote it: {quoted(self.text)}"
        )


@dataclass(frozen=True, kw_only=True)
class PublicTextWithdrawn(PublicTextFact):
    """``stood`` says that the public could read it until then."""

    stood: bool
    reason: str

    def sentence(self) -> str:
        what = "was withdrawn from the public" if self.stood else "was taken back"
        return f"Version {self.version} of the text about {self.title} {what}: {self.reason}"
