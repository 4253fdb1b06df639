"""What can happen to messages, and to the links that they carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day

SOMEBODY = "somebody without a name"


@dataclass(frozen=True, kw_only=True)
class MessageFact(Fact):
    """Something that happened to one message, told where its cause is told.

    What follows from a line that is ``apart``, such as one about the staff, is apart like it.
    """

    plain: ClassVar[frozenset[str]] = frozenset({"concerns"})

    message: int
    to_name: str
    to_address: str
    subject: str
    concerns: tuple[str, ...]
    apart: str = ""

    def heard_by(self) -> str:
        return self.apart or self.audience

    @property
    def reader(self) -> str:
        """To whom it goes; whoever gives no name is told by no address either."""
        if self.to_name and not self.to_address:
            return self.to_name
        return f"{self.to_name} <{self.to_address}>" if self.to_name else SOMEBODY

    def about(self) -> tuple[Ref, ...]:
        return self.concerned()

    def concerned(self) -> tuple[Ref, ...]:
        refs = (Ref(*word.split(":", 1)) for word in self.concerns)
        return (Ref("message", str(self.message)), *refs)


@dataclass(frozen=True, kw_only=True)
class MessageQueued(MessageFact):
    """A message was written and waits to be sent."""

    def about(self) -> tuple[Ref, ...]:
        return (Ref("message", str(self.message)),)

    def sentence(self) -> str:
        return f"E-mail to {self.to_name or SOMEBODY} written: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class MessageSent(MessageFact):
    """The mail server took a message."""

    def sentence(self) -> str:
        return f"E-mail sent to {self.reader}: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class MessageFailed(MessageFact):
    """A message could not be sent and is not tried again."""

    reason: str

    def sentence(self) -> str:
        return f"E-mail to {self.reader} could not be sent: {self.subject} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class MessageRequeued(MessageFact):
    """Somebody asked for a failed message to be tried again."""

    def sentence(self) -> str:
        return f"E-mail to {self.reader} is tried again: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class MessageHurried(MessageFact):
    """Somebody let a message that waits for working hours go out now."""

    def sentence(self) -> str:
        return f"E-mail to {self.reader} goes out now: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class MessageRecalled(MessageFact):
    """Somebody took a message back before it went out."""

    def sentence(self) -> str:
        return f"E-mail to {self.reader} taken back: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class MessageDropped(MessageFact):
    """A message was not sent, because its reader did not want it any more."""

    reason: str

    def sentence(self) -> str:
        return f"E-mail to {self.to_name or SOMEBODY} was not sent: {self.subject} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class MessageSetAside(MessageFact):
    """Somebody saw a message that failed and says why it need not go out."""

    reason: str

    def sentence(self) -> str:
        return f"E-mail to {self.to_name or SOMEBODY} set aside: {self.subject} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class MailHeld(Fact):
    """Wardroom was restored, and what may have gone out already waits for a person."""

    taken_at: datetime
    waiting: int
    uncertain: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("hold", "mail"),)

    def sentence(self) -> str:
        day = long_day(self.taken_at.date())
        return f"Mail is held: Wardroom was restored from a backup of {day}"


@dataclass(frozen=True, kw_only=True)
class MailReleaseWanted(Fact):
    """Somebody said when Wardroom stopped before it was restored, so that mail can go."""

    stopped_at: datetime

    def about(self) -> tuple[Ref, ...]:
        return (Ref("hold", "mail"),)

    def sentence(self) -> str:
        day = long_day(self.stopped_at.date())
        return f"Mail is to go out again: Wardroom stopped on {day} before it was restored"


@dataclass(frozen=True, kw_only=True)
class MailReleased(Fact):
    """Mail goes out again after Wardroom was restored."""

    stopped_at: datetime
    going: int
    set_aside: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("hold", "mail"),)

    def sentence(self) -> str:
        return (
            f"Mail goes out again: {self.going} messages wait, "
            f"{self.set_aside} were set aside as sent before"
        )


@dataclass(frozen=True, kw_only=True)
class AddressBounced(MessageFact):
    """A message came back: for good where ``hard``, else for now.

    Whoever keeps contact points marks the address, not the person.
    """

    hard: bool
    reason: str

    def sentence(self) -> str:
        how = "does not exist or takes no mail" if self.hard else "took no mail for now"
        return f"{self.to_address or 'An address'} {how}: {self.subject} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class NobodyToTell(Fact):
    """A message should have gone out, but there is no address it may go to."""

    plain: ClassVar[frozenset[str]] = frozenset({"concerns"})

    to_name: str
    subject: str
    concerns: tuple[str, ...]
    apart: str = ""

    def heard_by(self) -> str:
        return self.apart or self.audience

    def about(self) -> tuple[Ref, ...]:
        return tuple(Ref(*word.split(":", 1)) for word in self.concerns)

    def sentence(self) -> str:
        return (
            f"{self.to_name} was not told by e-mail ({self.subject}): "
            "no e-mail address that may be used"
        )


@dataclass(frozen=True, kw_only=True)
class KeyFact(Fact):
    """Something that happened to a one-off link.

    Lines stay for ever: whose link to a thing kept apart it is stands in the link alone.
    """

    purpose: str
    noun: str
    key: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref(self.noun, self.key),) if self.noun else ()


@dataclass(frozen=True, kw_only=True)
class KeyIssued(KeyFact):
    """A link was made for somebody."""

    link: int
    holder: str
    expires_at: datetime

    def sentence(self) -> str:
        who = self.holder or SOMEBODY
        return f"Link for {who} made ({_words(self.purpose)}), good until {_day(self)}"


@dataclass(frozen=True, kw_only=True)
class KeySpent(KeyFact):
    """Somebody used a link to do what it is for."""

    link: int
    holder: str

    def sentence(self) -> str:
        return f"Link sent to {self.holder or SOMEBODY} was used ({_words(self.purpose)})"


@dataclass(frozen=True, kw_only=True)
class KeysRevoked(KeyFact):
    """Links were taken back before they ran out."""

    holders: tuple[str, ...]

    def sentence(self) -> str:
        return f"Link taken back from {', '.join(self.holders) or SOMEBODY}"


@dataclass(frozen=True, kw_only=True)
class ReceivedFact(Fact):
    """Something that happened to one message in.

    The line names the message and holds no word of it: who wrote, and what, is read from the
    message itself, by those who may read it where it lies today.
    """

    received: int
    thread: str = ""
    ward_code: str = ""

    def about(self) -> tuple[Ref, ...]:
        own = Ref("mail", str(self.received))
        noun, _, key = self.thread.partition(":")
        refs = (own, Ref(noun, key), Ref("ward", self.ward_code)) if noun and key else (own,)
        return tuple(ref for ref in refs if ref.key)

    def told(self, who: str) -> str:
        """The line to somebody who may read the message; ``who`` wrote it, and about what."""
        raise TypeError(f"{self.kind} does not tell its sentence")


@dataclass(frozen=True, kw_only=True)
class MailReceived(ReceivedFact):
    """A message came in; its thread is empty where a person has to say what it is about."""

    def sentence(self) -> str:
        return (
            "E-mail came in"
            if self.thread
            else "E-mail came in; nobody has said yet what it is about"
        )

    def told(self, who: str) -> str:
        return f"E-mail from {who}" if self.thread else self.sentence()


@dataclass(frozen=True, kw_only=True)
class MailIgnored(ReceivedFact):
    """A message came in that no person wrote to us."""

    reason: str

    def sentence(self) -> str:
        return f"E-mail came in and was not followed ({self.reason})"

    def told(self, who: str) -> str:
        return f"E-mail from {who} not followed ({self.reason})" if self.thread else self.sentence()


@dataclass(frozen=True, kw_only=True)
class MailReturned(ReceivedFact):
    """A mail server's notice came in about a message of ours."""

    reason: str

    def sentence(self) -> str:
        return f"A mail server wrote about a message of ours: {self.reason}"

    def told(self, who: str) -> str:
        return self.sentence()


@dataclass(frozen=True, kw_only=True)
class MailPlaced(ReceivedFact):
    """A person said what a message is about."""

    former_thread: str = ""

    def sentence(self) -> str:
        return "E-mail placed here"

    def told(self, who: str) -> str:
        return f"E-mail placed here from {who}"


@dataclass(frozen=True, kw_only=True)
class MailRead(ReceivedFact):
    """Somebody of the office read a message, or answered it."""

    answered: bool = False

    def sentence(self) -> str:
        return f"E-mail {'answered' if self.answered else 'read'}"

    def told(self, who: str) -> str:
        return f"{self.sentence()} from {who}"


@dataclass(frozen=True, kw_only=True)
class MailSetAside(ReceivedFact):
    """A person read a message and says why nothing follows from it."""

    reason: str

    def sentence(self) -> str:
        return "E-mail set aside"

    def told(self, who: str) -> str:
        by = f" from {who}" if self.thread else ""
        return f"E-mail set aside{by} ({self.reason})"


def _words(purpose: str) -> str:
    return purpose.replace("_", " ")


def _day(fact: KeyIssued) -> str:
    return long_day(fact.expires_at.date())


@dataclass(frozen=True, kw_only=True)
class HookFact(Fact):
    """A fact about one webhook."""

    hook_id: int
    hook_name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("webhook", str(self.hook_id)),)


@dataclass(frozen=True, kw_only=True)
class HookMade(HookFact):
    kinds: tuple[str, ...]

    def sentence(self) -> str:
        return f"The webhook “{self.hook_name}” was set up"


@dataclass(frozen=True, kw_only=True)
class HookEnded(HookFact):
    def sentence(self) -> str:
        return f"The webhook “{self.hook_name}” was ended"


@dataclass(frozen=True, kw_only=True)
class HookReplayed(HookFact):
    """Lines are sent again, from one of them on, or one alone."""

    from_line: int
    alone: bool

    def sentence(self) -> str:
        what = "A line" if self.alone else "All lines from one on"
        return f"{what} of the webhook “{self.hook_name}” will be sent again"
