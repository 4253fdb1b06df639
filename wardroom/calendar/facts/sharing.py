"""What can happen to what goes out about an event: words, invitations, feeds, and speakers."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.calendar.facts.events import EventFact, ParticipationFact
from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import quoted


@dataclass(frozen=True, kw_only=True)
class EventPublished(EventFact):
    """Everybody may read of an event, in these words."""

    public_title: str
    text: str
    version: int

    def sentence(self) -> str:
        return f"Put {self.name} into the public calendar as {quoted(self.public_title)}"

    def words(self) -> str:
        return f"{self.public_title}\n{self.text}"


@dataclass(frozen=True, kw_only=True)
class PublicWordsWithdrawn(EventFact):
    """An event is in the public calendar no more."""

    def sentence(self) -> str:
        return f"Took {self.name} out of the public calendar"


@dataclass(frozen=True, kw_only=True)
class ParticipantInvited(ParticipationFact):
    """Somebody is invited by mail to an event as it stands in this version."""

    address: str
    version: int

    def sentence(self) -> str:
        return f"Invited {self.who} to {self.name} by mail"


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(ParticipationFact):
    """Somebody who was invited answered by themselves, by mail or by the link."""

    answer: str
    how: str

    def sentence(self) -> str:
        comes = "comes" if self.answer == "yes" else "does not come"
        return f"{self.who} {comes} to {self.name}, answered by {self.how}"


@dataclass(frozen=True, kw_only=True)
class SpeakerAssigned(ParticipationFact):
    """Somebody is to speak for the Mayor at an event, within written limits."""

    may_promise: str
    may_not_promise: str

    def sentence(self) -> str:
        return f"{self.who} is to speak for the Mayor at {self.name}"


@dataclass(frozen=True, kw_only=True)
class AssignmentAnswered(ParticipationFact):
    """Whoever is to speak for the Mayor said yes, or no and why."""

    answer: str
    why: str

    def sentence(self) -> str:
        if self.answer == "yes":
            return f"{self.who} speaks for the Mayor at {self.name}"
        return f"{self.who} cannot speak for the Mayor at {self.name}: {self.why}"


@dataclass(frozen=True, kw_only=True)
class SpeakerReleased(ParticipationFact):
    """Somebody does not have to speak for the Mayor at an event any more."""

    why: str

    def sentence(self) -> str:
        return f"{self.who} does not speak for the Mayor at {self.name}: {self.why}"


@dataclass(frozen=True, kw_only=True)
class FeedFact(Fact):
    """A fact about the secret address of a calendar feed, told to whoever opened it."""

    party_id: int
    party_name: str
    of: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("party", str(self.party_id)),)


@dataclass(frozen=True, kw_only=True)
class FeedOpened(FeedFact):
    """A secret address of a calendar feed was made."""

    def sentence(self) -> str:
        return f"{self.party_name} made an address for a calendar feed of {self.of}"


@dataclass(frozen=True, kw_only=True)
class FeedClosed(FeedFact):
    """A secret address of a calendar feed opens nothing any more."""

    def sentence(self) -> str:
        return f"{self.party_name} closed the address of a calendar feed of {self.of}"
