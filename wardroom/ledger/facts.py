"""What can happen to a line of the ledger that is there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class MentionResolved(Fact):
    """Said later whom or what an earlier line meant. That line stays as it was."""

    entry: int
    sign: str
    text: str
    noun: str
    key: str
    name: str
    ward_code: str
    matter_key: str

    def sentence(self) -> str:
        return f"'{self.sign}{self.text}' means {self.name or f'{self.noun} {self.key}'}"

    def about(self) -> tuple[Ref, ...]:
        return (
            *((Ref(self.noun, self.key),) if self.noun else ()),
            *((Ref("ward", self.ward_code),) if self.ward_code else ()),
            *((Ref("matter", self.matter_key),) if self.matter_key else ()),
        )


@dataclass(frozen=True, kw_only=True)
class LedgerSigned(Fact):
    """What the ledger came to on a day was signed, to be kept by others than the office."""

    noise: ClassVar[bool] = True
    day: date
    size: int
    root: str

    def sentence(self) -> str:
        return f"The first {self.size:,} lines of the ledger were signed, root {self.root[:16]}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ledger", "heads"),)


@dataclass(frozen=True, kw_only=True)
class WordsTakenOut(Fact):
    """What was personal in some lines was taken out of them for good, as the law has it.

    ``lines`` are their numbers and ``fields`` what was taken out; the values are told nowhere.
    ``digests`` say how each of the lines reads from then on.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"fields", "digests"})
    lines: tuple[int, ...]
    fields: tuple[str, ...]
    digests: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        many = "line" if len(self.lines) == 1 else "lines"
        return f"What was personal in {len(self.lines):,} {many} was taken out: {self.reason}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ledger", "taken-out"),)
