"""What can happen to a swap of a shift."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class SwapFact(Fact):
    """A fact about a swap; ``when`` and ``what`` are the shift as people read it.

    ``in_return`` is, in words, the shift that whoever asked takes for it.
    """

    swap_id: int
    shift_id: int
    asker_id: int
    asker_name: str
    asked_id: int | None
    asked_name: str
    what: str
    when: str
    in_return_id: int | None = None
    in_return: str = ""

    def about(self) -> tuple[Ref, ...]:
        other = (Ref("shift", str(self.in_return_id)),) if self.in_return_id else ()
        return (Ref("swap", str(self.swap_id)), Ref("shift", str(self.shift_id)), *other)

    @property
    def exchange(self) -> str:
        """What is taken in return, to end a sentence with."""
        return f" and takes {self.in_return} in return" if self.in_return else ""

    @property
    def shift(self) -> str:
        """The shift in a sentence."""
        return f"{self.what}, {self.when}"


@dataclass(frozen=True, kw_only=True)
class SwapAsked(SwapFact):
    """Somebody asked a colleague, or anyone, to take a shift."""

    def sentence(self) -> str:
        asked = self.asked_name or "anyone"
        return f"{self.asker_name} asked {asked} to take {self.shift}{self.exchange}"


@dataclass(frozen=True, kw_only=True)
class SwapReminded(SwapFact):
    """The house asked again, since nobody answered; ``last`` is shortly before the shift.

    ``deciding`` says that a colleague said yes, and that the director was asked again.
    """

    last: bool
    deciding: bool = False

    noise = True

    def sentence(self) -> str:
        if self.deciding:
            return f"Asked the director again to decide on a swap of {self.shift}"
        return f"Asked {self.asked_name or 'anyone'} again to take {self.shift}"


@dataclass(frozen=True, kw_only=True)
class SwapAccepted(SwapFact):
    """Somebody said yes; where a rule speaks against it, the director decides.

    Everybody of the office reads it: ``warnings`` hold nothing that anybody told of their days.
    """

    taker_id: int
    taker_name: str
    warnings: tuple[str, ...]

    def sentence(self) -> str:
        waits = f"; the director decides: {'; '.join(self.warnings)}" if self.warnings else ""
        gives = f" and gives {self.in_return} for it" if self.in_return else ""
        return f"{self.taker_name} takes {self.shift} from {self.asker_name}{gives}{waits}"


@dataclass(frozen=True, kw_only=True)
class SwapEnded(SwapFact):
    """A swap ended without a change: no, taken back, or the shift began."""

    how: str
    by: str

    def sentence(self) -> str:
        how = {
            "declined": f"{self.by} said no to",
            "withdrawn": f"{self.asker_name} took back the request for",
            "lapsed": "Nobody took in time",
        }.get(self.how, "Ended the request for")
        return f"{how} {self.shift}"


@dataclass(frozen=True, kw_only=True)
class SwapDone(SwapFact):
    """A shift went over by a swap."""

    taker_id: int
    taker_name: str
    approved_by: str

    def sentence(self) -> str:
        by = f", approved by {self.approved_by}" if self.approved_by else ""
        back = f", who has {self.in_return} for it" if self.in_return else ""
        return f"{self.taker_name} has {self.shift} instead of {self.asker_name}{back}{by}"
