"""What can happen to programs, and to commitments that are checked against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class ProgramFact(Fact):
    """Something that happened to a program of the list."""

    program_id: int
    name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("program", str(self.program_id)),)


@dataclass(frozen=True, kw_only=True)
class ProgramNamed(ProgramFact):
    """A program came onto the list that commitments are checked against."""

    program_kind: str

    def sentence(self) -> str:
        return f"Named the program {quoted(self.name)} ({self.program_kind})"


@dataclass(frozen=True, kw_only=True)
class ProgramEnded(ProgramFact):
    """A program carries nothing any more."""

    reason: str

    def sentence(self) -> str:
        return f"Took the program {quoted(self.name)} off the list: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ProgramChecked(MatterFact):
    """A commitment was checked against the programs; none carries it where none is named."""

    program_id: int | None
    program_name: str
    verdict: str
    checked_on: date
    text: str

    def about(self) -> tuple[Ref, ...]:
        program = () if self.program_id is None else (Ref("program", str(self.program_id)),)
        return (*super().about(), *program)

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        carried = f"{self.program_name}: " if self.program_name else ""
        return f"Checked on {long_day(self.checked_on)}. {carried}{self.verdict}. {self.text}"
