"""What can happen to the house itself: it is copied, the copy is tried, it is brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class BackupFact(Fact):
    """Something that happened to one backup, which is a file outside the house."""

    file: str
    digest: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("backup", self.digest[:32]),)


@dataclass(frozen=True, kw_only=True)
class BackupMade(BackupFact):
    """All that the house keeps was copied into one file."""

    noise: ClassVar[bool] = True
    size: int
    encrypted: bool
    lines: int
    head: str
    files: int
    missing: int
    seconds: float

    def sentence(self) -> str:
        lost = f"; {self.missing} stored files could not be read" if self.missing else ""
        return f"A backup was made: {self.file}{lost}"


@dataclass(frozen=True, kw_only=True)
class BackupFailed(Fact):
    """A backup was due and could not be made."""

    reason: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("backup", "none"),)

    def sentence(self) -> str:
        return f"No backup could be made: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class BackupProven(BackupFact):
    """A backup was restored in an empty place, and everything in it was whole.

    ``shut_out`` counts who could not sign in there without the secret key, which it lacks.
    """

    taken_at: datetime
    seconds: float
    shut_out: int = 0

    def sentence(self) -> str:
        people = "person" if self.shut_out == 1 else "people"
        but = f"; without the secret key {self.shut_out} {people} could not sign in"
        return f"A backup was restored on trial, and was whole: {self.file}" + (
            but if self.shut_out else ""
        )


@dataclass(frozen=True, kw_only=True)
class BackupDisproved(BackupFact):
    """A backup was restored on trial, and that did not work."""

    reason: str

    def sentence(self) -> str:
        return f"A backup could not be restored on trial: {self.file} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class HouseRestored(BackupFact):
    """The house was brought back from a backup; what came after that is not in it."""

    taken_at: datetime

    def sentence(self) -> str:
        day = long_day(self.taken_at.date())
        return f"Wardroom was restored from the backup {self.file} of {day}"
