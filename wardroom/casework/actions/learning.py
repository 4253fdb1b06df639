"""Learning which words tell of which topic, from what the office was told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.analysis.naming_topics import Learned, learn
from wardroom.casework import facts, policy
from wardroom.casework.models import Complaint, TopicLesson
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library.models import PublicTopic, Topic, TopicService
from wardroom.library.rules.spoken import SPOKEN
from wardroom.library.rules.topic_names import NAMES

MOST_REPORTS = 40_000
# The words of older lessons are not kept.
KEPT = 2


@action(policy.may_learn_topics)
def learn_topics(_: None, *, stamp: Stamp) -> TopicLesson:
    """Learn anew which words tell of which topic, from the complaints that people gave a topic.

    Restricted issues teach nothing. The names of services, of topics and the words by which
    people tell of them are hints, and no reports.
    Refuses: too few complaints to learn from. Records: `TopicsLearned`.
    """
    learned = learn(_reports(), list(_hints()))
    if learned is None:
        raise Refused("too_few", "There are too few complaints to learn from yet.")
    body = body_of(learned)
    plain = json.dumps(body, sort_keys=True, ensure_ascii=True)
    lesson: TopicLesson = TopicLesson.objects.create(
        learned_at=stamp.at,
        sample=learned.sample,
        named=learned.named,
        right=learned.right,
        digest=hashlib.sha256(plain.encode()).hexdigest(),
        body=body,
    )
    kept = TopicLesson.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
    TopicLesson.objects.exclude(pk__in=list(kept)).update(body={})
    fact = facts.TopicsLearned(
        lesson_id=lesson.pk, sample=lesson.sample, named=lesson.named, right=lesson.right
    )
    record(fact, stamp=stamp)
    return lesson


def body_of(learned: Learned) -> dict[str, object]:
    """What was learned, as its row keeps it."""
    return {
        "classes": list(learned.classes),
        "counts": {word: sorted(mine.items()) for word, mine in sorted(learned.counts.items())},
        "totals": list(learned.totals),
        "shares": list(learned.shares),
        "temperature": learned.temperature,
    }


def _reports() -> list[tuple[str, str]]:
    """What people said and the topic that somebody of the office gave it, the oldest first."""
    rows = Complaint.objects.filter(
        matter__issue__topic__isnull=False, matter__restricted=False
    ).order_by("-pk")
    said = rows.values_list("said", "matter__issue__topic__code")[:MOST_REPORTS]
    return [(text, code) for text, code in reversed(list(said))]


def _hints() -> Iterator[tuple[str, str]]:
    names = dict(Topic.objects.order_by("pk").values_list("code", "name"))
    for code, name in names.items():
        yield from ((word, code) for word in (name, *NAMES.get(name, ()), *SPOKEN.get(code, ())))
    services = TopicService.objects.order_by("pk").values_list("service__name", "topic__code")
    yield from services
    for public in PublicTopic.objects.select_related("topic").order_by("pk"):
        yield f"{public.description} {public.keywords}", public.topic.code
        for words in public.translations.values():
            yield " ".join(str(text) for text in words.values()), public.topic.code
