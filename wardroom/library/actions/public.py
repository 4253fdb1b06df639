"""Opening topics to the public, and what is asked about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library import facts, policy
from wardroom.library.models import PublicTopic, Question, Topic
from wardroom.library.rules.asking import PUBLIC_KINDS, SPOKEN, Asked, check_asked

MOST_QUESTIONS = 12


@action(policy.may_keep_library)
def open_topic(
    topic: Topic,
    *,
    description: str,
    kind: str = "realtime",
    group: str = "",
    keywords: str = "",
    translations: Mapping[str, Mapping[str, Any]] | None = None,
    stamp: Stamp,
) -> PublicTopic:
    """Let the public report a topic, or change the words that they read about it.

    ``translations`` hold by language code a name, a description and a group.
    Refuses: no description; a kind or a language that is not in the list; words too long.
    Records: `TopicOpened`.
    """
    description = _within(description, 500, "description")
    if not description:
        raise Refused("no_description", "Write what people report here.", field="description")
    if kind not in PUBLIC_KINDS:
        raise Refused("unknown_kind", "Choose when it gets its number.", field="kind")
    words = dict(translations or {})
    if set(words) - set(SPOKEN):
        raise Refused("unknown_language", "One of these is no language.", field="translations")
    public, _ = PublicTopic.objects.update_or_create(
        topic=topic,
        defaults={
            "kind": kind,
            "description": description,
            "group": _within(group, 80, "group"),
            "keywords": _within(keywords, 300, "keywords"),
            "translations": words,
            "closed_at": None,
        },
        create_defaults={
            "kind": kind,
            "description": description,
            "group": _within(group, 80, "group"),
            "keywords": _within(keywords, 300, "keywords"),
            "translations": words,
            "opened_at": stamp.at,
        },
    )
    fact = facts.TopicOpened(**_named(topic), public_kind=kind, description=description)
    record(fact, stamp=stamp)
    return public


@action(policy.may_keep_library)
def close_topic(topic: Topic, *, stamp: Stamp) -> PublicTopic:
    """Let nobody outside report a topic any more; what was reported stays.

    Refuses: a topic that is not open to the public. Records: `TopicClosed`.
    """
    public = PublicTopic.objects.filter(topic=topic, closed_at=None).first()
    if public is None:
        raise Refused("not_open", f"{topic.name} is not open to the public.")
    public.closed_at = stamp.at
    public.save(update_fields=["closed_at"])
    record(facts.TopicClosed(**_named(topic)), stamp=stamp)
    return public


@action(policy.may_keep_library)
def ask_question(topic: Topic, *, asked: Asked, stamp: Stamp) -> Question:
    """Ask whoever reports a topic one more thing, or ask it in other words.

    A question with the same code is replaced, and keeps its place; answers that were given
    stay. Refuses: what `check_asked` refuses; more questions than people answer.
    Records: `QuestionAsked`.
    """
    check_asked(asked)
    live = Question.objects.filter(topic=topic, ended_at=None)
    former = live.filter(code=asked.code).first()
    if former is None and live.count() >= MOST_QUESTIONS:
        raise Refused("too_many", f"Ask {MOST_QUESTIONS} questions at most.", field="text")
    if former is not None:
        former.ended_at = stamp.at
        former.save(update_fields=["ended_at"])
    last = live.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        topic=topic,
        position=former.position if former is not None else last + 1,
        asked_at=stamp.at,
        **question_columns(asked),
    )
    record(facts.QuestionAsked(**_named(topic), code=asked.code, text=question.text), stamp=stamp)
    return question


@action(policy.may_keep_library)
def end_question(question: Question, *, stamp: Stamp) -> Question:
    """Ask something no more; the answers that were given stay.

    Refuses: one that is not asked any more. Records: `QuestionEnded`.
    """
    if question.ended_at is not None:
        raise Refused("ended", "This question is not asked any more.")
    question.ended_at = stamp.at
    question.save(update_fields=["ended_at"])
    fact = facts.QuestionEnded(**_named(question.topic), code=question.code, text=question.text)
    record(fact, stamp=stamp)
    return question


def question_columns(asked: Asked) -> dict[str, Any]:
    """A question as its row keeps it."""
    return {
        "code": asked.code,
        "text": " ".join(asked.text.split()),
        "datatype": asked.datatype,
        "required": asked.required,
        "shown_only": asked.shown_only,
        "choices": [[c.key, c.name] for c in asked.choices],
        "help": _within(asked.help, 300, "help"),
        "translations": {code: dict(words) for code, words in asked.translations.items()},
    }


def _named(topic: Topic) -> Mapping[str, str]:
    return {"topic_code": topic.code, "topic_name": topic.name}


def _within(text: str, most: int, field: str) -> str:
    text = " ".join(text.split())
    if len(text) > most:
        raise Refused("too_long", f"Keep this within {most} characters.", field=field)
    return text
