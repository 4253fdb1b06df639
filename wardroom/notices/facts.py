"""What can happen to a message out."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class MessageFact(Fact):
    """Something that happened to one message, told where its cause is told."""

    message: int
    to_name: str
    to_address: str
    subject: str
    concerns: tuple[str, ...]

    def about(self) -> tuple[Ref, ...]:
        refs = (Ref(*word.split(":", 1)) for word in self.concerns)
        return (Ref("message", str(self.message)), *refs)


@dataclass(frozen=True, kw_only=True)
class MessageQueued(MessageFact):
    """A message was written and waits to be sent."""

    def about(self) -> tuple[Ref, ...]:
        return (Ref("message", str(self.message)),)

    def sentence(self) -> str:
        return f"E-mail to {self.to_name} written: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class MessageSent(MessageFact):
    """The mail server took a message."""

    def sentence(self) -> str:
        return f"E-mail sent to {self.to_name} <{self.to_address}>: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class MessageFailed(MessageFact):
    """A message could not be sent and is not tried again."""

    reason: str

    def sentence(self) -> str:
        return (
            f"E-mail to {self.to_name} <{self.to_address}> could not be sent: "
            f"{self.subject} ({self.reason})"
        )


@dataclass(frozen=True, kw_only=True)
class MessageRequeued(MessageFact):
    """Somebody asked for a failed message to be tried again."""

    def sentence(self) -> str:
        return f"E-mail to {self.to_name} <{self.to_address}> is tried again: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class NobodyToTell(Fact):
    """A message should have gone out, but there is no address it may go to."""

    to_name: str
    subject: str
    concerns: tuple[str, ...]

    def about(self) -> tuple[Ref, ...]:
        return tuple(Ref(*word.split(":", 1)) for word in self.concerns)

    def sentence(self) -> str:
        return (
            f"{self.to_name} was not told by e-mail ({self.subject}): "
            "no e-mail address that may be used"
        )
