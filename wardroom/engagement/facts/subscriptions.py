"""What can happen to somebody's news: asked for, confirmed, changed, stopped, moved, sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class SubscriberFact(Fact):
    """Something about one subscriber. The line holds no address: it is read where it is kept."""

    subscriber: int
    party_id: int | None = None
    ward_code: str = ""

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("subscriber", str(self.subscriber))]
        if self.party_id is not None:
            refs.append(Ref("party", str(self.party_id)))
        if self.ward_code:
            refs.append(Ref("ward", self.ward_code))
        return tuple(refs)


@dataclass(frozen=True, kw_only=True)
class NewsWanted(SubscriberFact):
    """Somebody asked for news; the owner of the mailbox has to confirm it."""

    subscription: int
    area: str
    how: str

    def sentence(self) -> str:
        return f"News about {self.area} was asked for ({self.how}); it waits to be confirmed"


@dataclass(frozen=True, kw_only=True)
class NewsConfirmed(SubscriberFact):
    """The owner of the mailbox wants the news."""

    subscription: int
    area: str
    how: str

    def sentence(self) -> str:
        return f"News about {self.area} is wanted and confirmed ({self.how})"


@dataclass(frozen=True, kw_only=True)
class NewsChanged(SubscriberFact):
    """A subscriber wants the news in another way."""

    area: str
    frequency: str

    def sentence(self) -> str:
        return f"News about {self.area} was changed to {self.frequency}"


@dataclass(frozen=True, kw_only=True)
class NewsStopped(SubscriberFact):
    """A subscriber wants no more news, of one area or at all."""

    area: str
    how: str

    def sentence(self) -> str:
        what = f"News about {self.area}" if self.area else "All news"
        return f"{what} was stopped ({self.how})"


@dataclass(frozen=True, kw_only=True)
class SubscriberBounced(SubscriberFact):
    """The address of a subscriber takes no mail any more."""

    reason: str

    def sentence(self) -> str:
        return f"News comes back from this address and is not sent any more ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class DigestMade(SubscriberFact):
    """A digest was written, or left out because nothing was new."""

    noise = True
    digest: int
    frequency: str
    period: str
    pieces: int

    def sentence(self) -> str:
        if not self.pieces:
            return f"No digest for {self.period}: nothing was new"
        return f"The {self.frequency} digest for {self.period} was written: {self.pieces} news"


@dataclass(frozen=True, kw_only=True)
class SubscriberMoved(SubscriberFact):
    """New boundaries came into force, and somebody's district with them."""

    move: int
    effect: str
    before: str
    after: str
    valid_from: date

    def sentence(self) -> str:
        since = long_day(self.valid_from)
        if self.effect == "moved":
            return f"Moved from {self.before} to {self.after} with the boundaries of {since}"
        if self.effect == "redrawn":
            return f"Follows {self.before} as it is drawn since {since}"
        if self.effect == "gone":
            return f"{self.before} is no more since {since}; has to choose an area again"
        return f"Lies in no district of the boundaries of {since}; has to choose an area again"


@dataclass(frozen=True, kw_only=True)
class SubscriberChangedWard(SubscriberFact):
    """New wards came into force, and an area lies in another one; what its owner gets stays."""

    before: str

    def sentence(self) -> str:
        return f"Lies in Ward {self.ward_code} now, before in Ward {self.before}"


@dataclass(frozen=True, kw_only=True)
class MovesUndone(Fact):
    """What boundaries did to subscribers was taken back."""

    boundary_kind: str
    valid_from: date
    subscribers: int
    reason: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("boundaries", self.boundary_kind),)

    def sentence(self) -> str:
        return (
            f"{self.subscribers} subscribers were moved back from the {self.boundary_kind} "
            f"boundaries of {long_day(self.valid_from)} ({self.reason})"
        )


@dataclass(frozen=True, kw_only=True)
class SubscriberMovedBack(SubscriberFact):
    """A subscriber is where they were before the boundaries changed."""

    move: int
    before: str

    def sentence(self) -> str:
        return f"Follows {self.before} again: the new boundaries were a mistake"
