"""Topics are learned from what the office was told, and suggested with how sure that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.casework.intake import take
from tests.cast import HOUSE, Cast
from tests.ground import Ground
from wardroom.casework.actions import learn_topics
from wardroom.casework.models import TopicLesson
from wardroom.casework.queries import newest_lesson, topic_guess
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import restrict_matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]

CODES = frozenset({"rodents", "streetlights", "dumping", "trash"})
SAID = {
    "rodents": ("Rats in the wall", "A burrow and rats", "Rats run at night"),
    "streetlights": ("The lamp is dark", "Lamp out again", "No lamp, all dark"),
    "dumping": ("Mattress dumped", "Tires and a mattress", "Somebody dumped tires"),
}


@pytest.fixture
def told(office: None, ground: Ground, liaison5: Cast) -> None:
    """Sixty-three complaints, each with its topic."""
    for n in range(63):
        code = tuple(SAID)[n % 3]
        take(liaison5, ground, topic_code=code, said=f"{SAID[code][n // 3 % 3]} near house {n}")


def test_too_few_complaints_teach_nothing() -> None:
    with pytest.raises(Refused) as no:
        learn_topics(None, stamp=HOUSE)
    assert no.value.code == "too_few"
    assert newest_lesson() is None


@pytest.mark.usefixtures("told")
def test_words_are_suggested_with_their_confidence_and_its_basis() -> None:
    lesson = learn_topics(None, stamp=HOUSE)
    found = topic_guess("Rats, and another burrow", CODES)
    assert found is not None
    assert (found.code, found.sample) == ("rodents", 63)
    assert 50 <= found.percent <= 99
    known = newest_lesson()
    assert known is not None
    assert (known.sample, known.named, known.right) == (63, lesson.named, lesson.right)
    assert "definition 1" in known.definition
    assert Entry.objects.get(kind="TopicsLearned").sentence.startswith("Learned from 63 reports")


@pytest.mark.usefixtures("told")
def test_a_topic_that_is_closed_to_the_public_is_not_suggested() -> None:
    learn_topics(None, stamp=HOUSE)
    assert topic_guess("Rats, and another burrow", CODES - {"rodents"}) is None


@pytest.mark.usefixtures("told")
def test_a_new_lesson_is_used_from_then_on(ground: Ground, liaison5: Cast) -> None:
    learn_topics(None, stamp=HOUSE)
    before = topic_guess("Schlagloch", CODES)
    for n in range(9):
        take(liaison5, ground, topic_code="trash", said=f"Schlagloch {n}")
    later = replace(HOUSE, at=HOUSE.at)
    learn_topics(None, stamp=later)
    after = topic_guess("Schlagloch", CODES)
    assert before is None
    assert after is not None
    assert after.code == "trash"


@pytest.mark.usefixtures("told")
def test_a_restricted_issue_teaches_nothing(ground: Ground, liaison5: Cast) -> None:
    for _ in range(2):
        made = take(liaison5, ground, topic_code="trash", said="Zanzibar witness")
        restrict_matter(made.matter, readers=[liaison5.party], reason="x", stamp=liaison5.stamp)
    learn_topics(None, stamp=HOUSE)
    assert "zanzibar" not in TopicLesson.objects.get().body["counts"]


def test_without_a_lesson_listed_words_help_and_claim_nothing() -> None:
    found = topic_guess("There are rats here", CODES)
    assert found is not None
    assert (found.code, found.percent) == ("rodents", 0)
    assert topic_guess("", CODES) is None
    assert topic_guess("Hello", CODES) is None


def test_only_the_house_and_the_director_let_it_learn(liaison5: Cast) -> None:
    with pytest.raises(NotAllowed):
        learn_topics(None, stamp=liaison5.stamp)
