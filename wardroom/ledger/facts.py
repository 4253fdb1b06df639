"""What can happen to a line of the ledger that is there already."""

from __future__ import annotations

from dataclasses import dataclass

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
