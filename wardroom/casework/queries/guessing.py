"""Which topic somebody's words sound like, and how good such suggestions are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.timezone import localdate

from wardroom.analysis.naming_topics import DEFINITION, Learned, guess, share_right
from wardroom.casework.models import TopicLesson
from wardroom.library.rules import topics_spoken_of


@dataclass(frozen=True)
class TopicGuess:
    """A topic that words sound like. ``percent`` is 0 where only listed words were found."""

    code: str
    percent: int
    sample: int
    learned_on: date | None


@dataclass(frozen=True)
class LessonRow:
    """How good the suggestions are, from the reports that were kept back."""

    learned_on: date
    sample: int
    named: int
    right: int
    lower: float
    upper: float
    definition: str

    @property
    def percents(self) -> tuple[int, int, int]:
        """The share that was right and its interval, in percent."""
        value = self.right / self.named if self.named else 0.0
        return round(value * 100), round(self.lower * 100), round(self.upper * 100)


def topic_guess(text: str, codes: frozenset[str]) -> TopicGuess | None:
    """What words sound like among the topics with these codes; none in doubt.

    Without a lesson, or where it is not sure, the listed words by which people tell of a
    topic are looked for, and nothing is said of how sure that is.
    """
    if not text.strip():
        return None
    lesson = TopicLesson.objects.defer("body").order_by("-pk").first()
    if lesson is not None:
        found = guess(_learned(lesson.pk, lesson.digest), text)
        if found is not None and found.code in codes:
            percent = min(99, round(found.confidence * 100))
            return TopicGuess(found.code, percent, lesson.sample, localdate(lesson.learned_at))
    spoken = next((code for code in topics_spoken_of(text) if code in codes), None)
    return TopicGuess(spoken, 0, 0, None) if spoken else None


def newest_lesson() -> LessonRow | None:
    """When it was last learned which words tell of which topic, and how well."""
    lesson = TopicLesson.objects.defer("body").order_by("-pk").first()
    if lesson is None:
        return None
    _, lower, upper = share_right(lesson.right, lesson.named)
    return LessonRow(
        lower=lower,
        upper=upper,
        learned_on=localdate(lesson.learned_at),
        sample=lesson.sample,
        named=lesson.named,
        right=lesson.right,
        definition=str(DEFINITION),
    )


@lru_cache(maxsize=2)
def _learned(lesson_id: int, digest: str) -> Learned:
    """A lesson as it is used; ``digest`` keeps the lessons of two databases apart."""
    body = TopicLesson.objects.values_list("body", flat=True).get(pk=lesson_id)
    return Learned(
        classes=tuple(body["classes"]),
        counts={
            word: {int(n): times for n, times in mine} for word, mine in body["counts"].items()
        },
        totals=tuple(body["totals"]),
        shares=tuple(body["shares"]),
        temperature=body["temperature"],
        sample=0,
        named=0,
        right=0,
    )
