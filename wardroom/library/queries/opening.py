"""What the office sees of topics: which are open to the public, and what is asked about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.library import policy
from wardroom.library.models import PublicTopic, Question, Topic
from wardroom.library.queries.public import asked_in
from wardroom.library.rules.asking import DATATYPES, PUBLIC_KINDS, SPOKEN, Asked
from wardroom.library.rules.topic_names import topic_in


@dataclass(frozen=True)
class TopicOpenRow:
    """A topic in the list: whether the public may report it."""

    code: str
    name: str
    is_open: bool
    kind: str
    group: str
    questions: int


@dataclass(frozen=True)
class AskedRow:
    """A question that is asked now."""

    id: int
    asked: Asked
    datatype: str
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TopicFile:
    """One topic as the public reads it, and what is asked about it."""

    code: str
    name: str
    is_open: bool
    opened_on: date | None
    closed_on: date | None
    kind: str
    description: str
    group: str
    keywords: str
    languages: tuple[str, ...]
    lacks: tuple[tuple[str, tuple[str, ...]], ...]
    translations: dict[str, dict[str, str]]
    questions: tuple[AskedRow, ...]
    allowed: frozenset[str]


def topics_to_open(actor: Actor) -> tuple[TopicOpenRow, ...]:
    """Every topic, the open ones first; staff only."""
    _check(actor)
    live = Count("questions", filter=Q(questions__ended_at=None))
    rows = Topic.objects.select_related("public").annotate(live=live).order_by("name")
    made = [_row(topic, topic.live) for topic in rows]
    return tuple(sorted(made, key=lambda row: not row.is_open))


def topic_file(code: str, actor: Actor) -> TopicFile:
    """One topic; `NotFound` where there is none."""
    topic = get_topic(code, actor)
    public = PublicTopic.objects.filter(topic=topic).first()
    is_open = public is not None and public.closed_at is None
    may = policy.may_keep_library(actor, topic)
    questions = Question.objects.filter(topic=topic, ended_at=None).order_by("position")
    asked = tuple(_asked_row(question) for question in questions)
    return TopicFile(
        code=topic.code,
        name=topic.name,
        is_open=is_open,
        opened_on=localdate(public.opened_at) if public else None,
        closed_on=localdate(public.closed_at) if public and public.closed_at else None,
        kind=public.kind if public else "realtime",
        description=public.description if public else "",
        group=public.group if public else "",
        keywords=public.keywords if public else "",
        languages=_spoken(public.translations) if public else (),
        lacks=tuple(_lacking(topic, public, asked)) if public and is_open else (),
        translations=public.translations if public else {},
        questions=asked,
        allowed=_allowed(is_open=is_open, asks=bool(asked)) if may else frozenset(),
    )


def get_topic(code: str, actor: Actor) -> Topic:
    """The topic with this code, to act on it; `NotFound` where there is none."""
    _check(actor)
    topic = Topic.objects.filter(code=code).first()
    if topic is None:
        raise NotFound(f"no topic {code}")
    found: Topic = topic
    return found


def get_question(code: str, question_id: int, actor: Actor) -> Question:
    """A question of a topic, to act on it; `NotFound` where there is none."""
    _check(actor)
    rows = Question.objects.filter(topic__code=code).select_related("topic")
    question = rows.filter(pk=question_id).first()
    if question is None:
        raise NotFound(f"no question {question_id}")
    found: Question = question
    return found


def _allowed(*, is_open: bool, asks: bool) -> frozenset[str]:
    moves = {"open_topic", "ask_question"}
    moves |= {"close_topic", "translate_topic"} if is_open else set()
    moves |= {"end_question"} if asks else set()
    return frozenset(moves)


def _row(topic: Topic, live: int) -> TopicOpenRow:
    public: PublicTopic | None = getattr(topic, "public", None)
    is_open = public is not None and public.closed_at is None
    return TopicOpenRow(
        code=topic.code,
        name=topic.name,
        is_open=is_open,
        kind=PUBLIC_KINDS[public.kind] if public is not None and is_open else "",
        group=public.group if public is not None else "",
        questions=live,
    )


def _asked_row(question: Question) -> AskedRow:
    return AskedRow(
        id=question.pk,
        asked=asked_in(question),
        datatype="To be read only" if question.shown_only else DATATYPES[question.datatype],
        languages=_spoken(question.translations),
    )


def _lacking(
    topic: Topic, public: PublicTopic, asked: tuple[AskedRow, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each language in which something is still read in English, with what that is."""
    for code in SPOKEN[1:]:
        said = public.translations.get(code, {})
        known = topic_in(code, topic.name) != topic.name
        own = (
            ("its name", not said.get("name") and not known),
            ("what people report here", bool(public.description) and not said.get("description")),
            ("where it is listed", bool(public.group) and not said.get("group")),
        )
        parts = [part for part, lacks in own if lacks]
        parts += [
            f"{part} of {row.asked.code}" for row in asked for part in row.asked.lacks_in(code)
        ]
        if parts:
            yield code, tuple(parts)


def _spoken(translations: dict[str, object]) -> tuple[str, ...]:
    return tuple(code for code in SPOKEN if code in translations)


def _check(actor: Actor) -> None:
    if not actor.is_staff:
        raise NotAllowed
