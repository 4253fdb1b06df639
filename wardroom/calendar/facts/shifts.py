"""What can happen to shifts, and to the people who have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class ShiftsPlaced(Fact):
    """The shifts of some days stand as a rota wants them; what had begun already stayed."""

    rota: str
    rota_name: str
    from_on: date
    until_on: date
    shifts: int
    moved: int
    gaps: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("rota", self.rota or "none"),)

    def sentence(self) -> str:
        gaps = {0: "no gap", 1: "1 gap"}.get(self.gaps, f"{self.gaps} gaps")
        return (
            f"Put {self.rota_name} into force from {long_day(self.from_on)}"
            f" to {long_day(self.until_on)}: {self.shifts} shifts, {self.moved} changed, {gaps}"
        )


@dataclass(frozen=True, kw_only=True)
class ShiftFact(Fact):
    """A fact about one shift; ``when`` and ``what`` are as people read them."""

    plain: ClassVar[frozenset[str]] = frozenset({"role"})

    shift_id: int
    role: str
    ward_code: str
    on_date: date
    when: str
    what: str
    rota: str = ""

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("shift", str(self.shift_id))]
        if self.rota:
            refs.append(Ref("rota", self.rota))
        return tuple(refs)


@dataclass(frozen=True, kw_only=True)
class ShiftGiven(ShiftFact):
    """A shift went from one person to another, or nobody has it any more."""

    before_id: int | None
    before_name: str
    after_id: int | None
    after_name: str
    why: str

    def sentence(self) -> str:
        who = self.after_name or "nobody"
        had = f" instead of {self.before_name}" if self.before_name else ""
        why = f" ({self.why})" if self.why else ""
        return f"{self.what}, {self.when}: {who}{had}{why}"


@dataclass(frozen=True, kw_only=True)
class ShiftCleared(ShiftFact):
    """A shift is not wanted any more."""

    why: str

    def sentence(self) -> str:
        return f"Took off the rota: {self.what}, {self.when} ({self.why})"


@dataclass(frozen=True, kw_only=True)
class DutyChanged(Fact):
    """What changed for one person, a line for each shift; ``soon`` where one
    begins within a day of when other mail goes out.

    It is told to that person, and to nobody whom nothing touches.
    """

    user_id: int
    name: str
    rota: str
    because: str
    lines: tuple[str, ...]
    soon: bool

    noise = True

    def about(self) -> tuple[Ref, ...]:
        of_them = Ref("user", str(self.user_id))
        return (Ref("rota", self.rota), of_them) if self.rota else (of_them,)

    def sentence(self) -> str:
        many = "1 shift" if len(self.lines) == 1 else f"{len(self.lines)} shifts"
        return f"Changed for {self.name}: {many}"
