"""Reporting in seven languages: no sentence is missing or English, and the marks agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.rules.test_tongues import SPOKEN_BY_LAW, marks, sentences
from wardroom.casework.rules import DANGERS, danger_code, danger_in, danger_told
from wardroom.casework.rules.tongues import TOLD, Told, told_in
from wardroom.matters.rules import kind_of

ENGLISH = TOLD["en"]
OTHERS = [told for told in TOLD.values() if told != ENGLISH]
SAME = {"code", "tag", "name", "english", "only_english"}


def all_sentences(told: Told) -> dict[str, str]:
    """Every sentence by its name, the two of a fact apart."""
    found: dict[str, str] = {}
    named: Iterator[tuple[str, Any]] = sentences(told)
    for name, text in named:
        if isinstance(text, tuple):
            found |= {f"{name}.{n}": each for n, each in enumerate(text)}
        else:
            found[name] = text
    return {name: text for name, text in found.items() if not name.startswith("danger.words")}


def test_the_languages_of_the_law_are_there() -> None:
    assert set(TOLD) == SPOKEN_BY_LAW


@pytest.mark.parametrize("told", OTHERS, ids=lambda t: t.code)
def test_no_sentence_is_missing_or_left_in_english(told: Told) -> None:
    own, english = all_sentences(told), all_sentences(ENGLISH)
    plurals = {name for name in english if name.endswith(".one")}
    assert english.keys() - own.keys() <= plurals
    assert own.keys() <= english.keys()
    for name, text in own.items():
        assert text.strip()
        assert name in SAME or name in plurals or marks(text) == marks(english[name]), name
        assert name in SAME or name == "form.no" or text != english[name], name


@pytest.mark.parametrize("told", TOLD.values(), ids=lambda t: t.code)
def test_every_choice_has_its_word(told: Told) -> None:
    assert set(told.danger.say) == {danger.code for danger in DANGERS}
    assert set(told.follow.outcomes) == set(kind_of("issue").outcomes)
    counts = {told.plural(number) for number in range(3)}
    assert counts == set(told.form.voices) == set(told.follow.asked)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("I smell gas in the hall", "gas"),
        ("Huele a gas en la escalera", "gas"),
        ("一棵树倒下，有人被困", "life"),
        ("전선이 떨어졌어요", "wires"),
        ("The trash was not picked up", ""),
    ],
)
def test_danger_is_known_in_the_words_of_every_language(said: str, code: str) -> None:
    assert danger_code(said) == code


def test_the_office_hears_of_danger_in_its_own_words() -> None:
    assert danger_in("I smell gas in the hall") == DANGERS[0].sentence
    assert danger_in("All quiet") == ""


def test_a_language_that_nobody_reports_in_is_english() -> None:
    assert told_in("eo") == ENGLISH


def test_a_stranger_hears_of_danger_in_the_language_of_its_words() -> None:
    assert danger_told("I smell gas in the hall") == TOLD["en"].danger.say["gas"]
    assert danger_told("Huele a gas") == TOLD["es"].danger.say["gas"]
    assert danger_told("All quiet") == ""
