"""What can happen to an application. Lines stay for ever, so none names who applied.

All of them are apart: nobody reads them in the ledger, and the page of the hiring tells its own
history.
"""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class ApplicationFact(Fact):
    """A fact about an application; its number is that within the posting, none for a draft."""

    posting: int
    application: int
    number: int | None = None

    @property
    def which(self) -> str:
        """The application as a line calls it."""
        return f"Application {self.number}" if self.number else "A draft"

    def about(self) -> tuple[Ref, ...]:
        return Ref("hiring", str(self.posting)), Ref("application", str(self.application))


@dataclass(frozen=True, kw_only=True)
class DraftBegun(ApplicationFact):
    """Somebody began an application and is sent the link to it."""

    def sentence(self) -> str:
        return "An application was begun"


@dataclass(frozen=True, kw_only=True)
class ApplicationSent(ApplicationFact):
    """An application was sent, whole; ``digest`` is the fingerprint on its receipt."""

    digest: str

    def sentence(self) -> str:
        return f"{self.which} was sent ({self.digest[:12]})"


@dataclass(frozen=True, kw_only=True)
class ApplicationMoved(ApplicationFact):
    """An application went to another stage."""

    to_stage: str
    label: str
    move: int

    def sentence(self) -> str:
        return f"{self.which}: {self.label}"


@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(ApplicationFact):
    """A member of the panel said whether they have a conflict of interest."""

    conflict: bool

    def sentence(self) -> str:
        what = "a conflict" if self.conflict else "no conflict"
        return f"{self.which}: {what} of interest declared"


@dataclass(frozen=True, kw_only=True)
class ApplicationScored(ApplicationFact):
    """A member of the panel gave points."""

    def sentence(self) -> str:
        return f"{self.which} was scored"


@dataclass(frozen=True, kw_only=True)
class DiscussionOpened(ApplicationFact):
    """The keeper let the panel see each other's points before all had given theirs."""

    def sentence(self) -> str:
        return f"{self.which}: the discussion was opened"


@dataclass(frozen=True, kw_only=True)
class ScreeningEnded(ApplicationFact):
    """The suitability screening has a result: the result alone, and no detail of it."""

    def sentence(self) -> str:
        return f"{self.which}: the suitability screening has a result"


@dataclass(frozen=True, kw_only=True)
class DraftsDropped(Fact):
    """Drafts that were never sent were emptied after their posting was over."""

    posting: int
    drafts: int

    noise = True

    def about(self) -> tuple[Ref, ...]:
        return (Ref("hiring", str(self.posting)),)

    def sentence(self) -> str:
        return f"{self.drafts} drafts that were never sent were emptied"
