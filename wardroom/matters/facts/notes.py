"""What people write down: notes, and contacts with people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class NoteFact(Fact):
    """Something that somebody wrote down, told wherever it belongs."""

    plain: ClassVar[frozenset[str]] = frozenset({"topics"})
    text: str
    ward_code: str
    matter_id: int | None
    place_id: int | None
    parties: tuple[int, ...]
    topics: tuple[str, ...]
    amounts: tuple[str, ...]

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("matter", str(self.matter_id))] if self.matter_id is not None else []
        refs += [Ref("place", str(self.place_id))] if self.place_id is not None else []
        refs += [Ref("party", str(party)) for party in self.parties]
        refs += [Ref("topic", topic) for topic in self.topics]
        refs += [Ref("ward", self.ward_code)] if self.ward_code else []
        return tuple(refs)

    def words(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class NoteWritten(NoteFact):
    """Somebody wrote something down."""

    def sentence(self) -> str:
        return f"Noted: {self.text}"


@dataclass(frozen=True, kw_only=True)
class ContactLogged(NoteFact):
    """Somebody of the office was in contact with somebody."""

    channel: str
    channel_label: str
    language: str
    interpreter_used: bool

    def sentence(self) -> str:
        used = ", with an interpreter" if self.interpreter_used else ""
        return f"{self.channel_label.capitalize()}{used}: {self.text}"
