"""What the public may report, and what it is asked then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q

from wardroom.library.models import PublicTopic, Question
from wardroom.library.rules.asking import Asked, Choice
from wardroom.library.rules.topic_names import topic_in


@dataclass(frozen=True, kw_only=True)
class PublicTopicRow:
    """A topic that the public may report, with its questions in their order.

    Its words are asked for in a language; what nobody put into it is in English.
    """

    topic_id: int
    code: str
    name: str
    kind: str
    description: str
    group: str
    keywords: str
    questions: tuple[Asked, ...] = ()
    question_ids: Mapping[str, int] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def name_in(self, language: str) -> str:
        """What it is called in a language."""
        said = self.translations.get(language, {}).get("name")
        return str(said or topic_in(language, self.name))

    def description_in(self, language: str) -> str:
        """What people report there, in a language."""
        return str(self.translations.get(language, {}).get("description") or self.description)

    def group_in(self, language: str) -> str:
        """The group that it is listed in, in a language."""
        return str(self.translations.get(language, {}).get("group") or self.group)


def public_topics() -> tuple[PublicTopicRow, ...]:
    """Every topic that the public may report, by group and name, in two statements."""
    return tuple(_rows(Q(closed_at=None)))


def public_topic(code: str, *, asked: bool = True) -> PublicTopicRow | None:
    """The open topic with this code, or none; unless ``asked``, without its questions."""
    return next(_rows(Q(closed_at=None, topic__code=code), asked=asked), None)


def questions_of(code: str) -> tuple[Asked, ...]:
    """What is asked about a topic, whether the public may still report it or not."""
    live = Question.objects.filter(topic__code=code, ended_at=None).order_by("position")
    return tuple(asked_in(question) for question in live)


def questions_ever(code: str) -> tuple[Asked, ...]:
    """What was ever asked about a topic, each code once in its last words, in their order."""
    rows = Question.objects.filter(topic__code=code).order_by("pk")
    last = {question.code: question for question in rows}
    return tuple(asked_in(q) for q in sorted(last.values(), key=lambda q: (q.position, q.pk)))


def _rows(which: Q, *, asked: bool = True) -> Iterator[PublicTopicRow]:
    rows = PublicTopic.objects.filter(which).select_related("topic")
    if asked:
        live = Question.objects.filter(ended_at=None).order_by("position")
        rows = rows.prefetch_related(Prefetch("topic__questions", live, to_attr="live_questions"))
    return (_row(p) for p in rows.order_by("group", "topic__name"))


def _row(public: PublicTopic) -> PublicTopicRow:
    live: list[Question] = getattr(public.topic, "live_questions", [])
    return PublicTopicRow(
        topic_id=public.topic_id,
        code=public.topic.code,
        name=public.topic.name,
        kind=public.kind,
        description=public.description,
        group=public.group,
        keywords=public.keywords,
        questions=tuple(asked_in(question) for question in live),
        question_ids={question.code: question.pk for question in live},
        translations=public.translations,
    )


def asked_in(question: Question) -> Asked:
    """A question as it is asked."""
    return Asked(
        code=question.code,
        text=question.text,
        datatype=question.datatype,
        required=question.required,
        shown_only=question.shown_only,
        help=question.help,
        choices=tuple(Choice(key, name) for key, name in question.choices),
        translations=question.translations,
    )
