"""What can happen to schedules, holds and disposals. No line tells what a record said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day
from wardroom.retention.rules import CLASS_NOUN, DISPOSAL_NOUN, FATES, HOLD_NOUN
from wardroom.retention.rules.classes import CLASSES


def _class_name(code: str) -> str:
    return CLASSES[code].name if code in CLASSES else code


def _both(disposal: int, noun: str, key: str) -> tuple[Ref, ...]:
    """A disposal, and the record that it was about."""
    record = (Ref(noun, key),) if noun else ()
    return (Ref(DISPOSAL_NOUN, str(disposal)), *record)


@dataclass(frozen=True, kw_only=True)
class ScheduleAdopted(Fact):
    """It was written down for how long a class of records is kept, under which schedule."""

    plain: ClassVar[frozenset[str]] = frozenset({"class_code", "fate", "number"})

    class_code: str
    months: int | None
    fate: str
    number: str
    from_on: date

    def sentence(self) -> str:
        what = "for good" if self.months is None else f"for {self.months} months"
        fate = FATES.get(self.fate, self.fate).lower()
        return (
            f"{_class_name(self.class_code)}: kept {what} from {long_day(self.from_on)}, then"
            f" {fate}, under schedule {self.number}"
        )

    def about(self) -> tuple[Ref, ...]:
        return (Ref(CLASS_NOUN, self.class_code),)


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Fact):
    """Some records must be kept, whatever their schedule says."""

    hold: int

    def sentence(self) -> str:
        return f"Legal hold {self.hold} was placed"

    def about(self) -> tuple[Ref, ...]:
        return (Ref(HOLD_NOUN, str(self.hold)),)


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Fact):
    """Records that had to be kept need not be kept any longer than their schedule says."""

    hold: int

    def sentence(self) -> str:
        return f"Legal hold {self.hold} was lifted"

    def about(self) -> tuple[Ref, ...]:
        return (Ref(HOLD_NOUN, str(self.hold)),)


@dataclass(frozen=True, kw_only=True)
class DisposalFact(Fact):
    """A fact about a disposal."""

    disposal: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref(DISPOSAL_NOUN, str(self.disposal)),)


@dataclass(frozen=True, kw_only=True)
class DisposalPrepared(DisposalFact):
    """Somebody put together what may go; a second person looks at it."""

    plain: ClassVar[frozenset[str]] = frozenset({"class_code"})

    class_code: str
    records: int
    held: int

    def sentence(self) -> str:
        held = f"; {self.held} more are held" if self.held else ""
        many = "1 record" if self.records == 1 else f"{self.records} records"
        return (
            f"Disposal {self.disposal} was prepared: {many} of"
            f" {_class_name(self.class_code).lower()}{held}"
        )


@dataclass(frozen=True, kw_only=True)
class DisposalDropped(DisposalFact):
    """A list was dropped before anything went."""

    def sentence(self) -> str:
        return f"Disposal {self.disposal} was dropped; nothing went"


@dataclass(frozen=True, kw_only=True)
class DisposalApproved(DisposalFact):
    """A second person approved that what stands on a list is destroyed."""

    records: int

    def sentence(self) -> str:
        many = "1 record" if self.records == 1 else f"{self.records} records"
        return f"Disposal {self.disposal} was approved: {many} will be destroyed"


@dataclass(frozen=True, kw_only=True)
class RecordDestroyed(DisposalFact):
    """One record was destroyed; its number stays, with under which schedule it went."""

    plain: ClassVar[frozenset[str]] = frozenset({"number"})

    noun: str
    key: str
    number: str
    digest: str

    def sentence(self) -> str:
        return f"Destroyed under schedule {self.number}, by disposal {self.disposal}"

    def about(self) -> tuple[Ref, ...]:
        return _both(self.disposal, self.noun, self.key)


@dataclass(frozen=True, kw_only=True)
class RecordKept(DisposalFact):
    """A record that was approved for disposal stays: it is held, changed since, or cannot go."""

    noun: str
    key: str
    held: bool

    def sentence(self) -> str:
        why = "a legal hold keeps it" if self.held else "it is not due any more, or cannot go yet"
        return f"Not destroyed by disposal {self.disposal}: {why}"

    def about(self) -> tuple[Ref, ...]:
        return _both(self.disposal, self.noun, self.key)


@dataclass(frozen=True, kw_only=True)
class CertificateFiled(DisposalFact):
    """A disposal was carried out, and its certificate is on file."""

    destroyed: int
    kept: int
    digest: str

    def sentence(self) -> str:
        kept = f", {self.kept} kept" if self.kept else ""
        return f"Disposal {self.disposal} was carried out: {self.destroyed} destroyed{kept}"
