"""What can happen to what the public may report."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class PublicTopicFact(Fact):
    """Something that happened to what the public may report."""

    topic_code: str
    topic_name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("topic", self.topic_code), Ref("library", "public"))


@dataclass(frozen=True, kw_only=True)
class TopicOpened(PublicTopicFact):
    """The public may report a topic, or is told of it in other words."""

    public_kind: str
    description: str

    def words(self) -> str:
        return self.description

    def sentence(self) -> str:
        return f"The public may report {self.topic_name}: {self.description}"


@dataclass(frozen=True, kw_only=True)
class TopicClosed(PublicTopicFact):
    """The public may not report a topic any more."""

    def sentence(self) -> str:
        return f"The public may not report {self.topic_name} any more"


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(PublicTopicFact):
    """Who reports a topic is asked something from now on."""

    code: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Who reports {self.topic_name} is asked: {self.text}"


@dataclass(frozen=True, kw_only=True)
class QuestionEnded(PublicTopicFact):
    """Who reports a topic is not asked something any more."""

    code: str
    text: str

    def sentence(self) -> str:
        return f"Who reports {self.topic_name} is not asked any more: {self.text}"
