"""Verdicts in the words of a resident."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from wardroom.analysis.judging import CANNOT_TELL, NO_BETTER, WORKED, WORSE, Needed, Verdict
from wardroom.analysis.verdict_words import needed_in_words, sentence_for


def verdict(word: str, low: float, high: float, *, after: int = 61, draws: int = 999) -> Verdict:
    return Verdict(
        word, 0.5, low, high, 0.01, after, 120.4, 12, 80 if draws else 4, 4, draws, False, ()
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            verdict(WORKED, 0.4, 0.8),
            "The plan worked: 61 episodes came where about 120 were to be expected; the true change"
            " most likely lies between 60% fewer and 20% fewer.",
        ),
        (
            verdict(NO_BETTER, 0.95, 1.2),
            "These places did no better than others like them: 61 episodes came where about 120"
            " were to be expected; the true change most likely lies between 5% fewer and 20% more.",
        ),
        (
            verdict(WORSE, 1.2, 14.3),
            "It got worse than at other places like these: 61 episodes came where about 120 were to"
            " be expected; the true change most likely lies between 20% more and 14 times as many.",
        ),
        (
            verdict(CANNOT_TELL, 0.5, 1.0, after=1),
            "We cannot tell yet: 1 episode came where about 120 were to be expected; the true"
            " change most likely lies between 50% fewer and no change.",
        ),
        (
            verdict(CANNOT_TELL, 0.0, inf),
            "We cannot tell yet: 61 episodes came where about 120 were to be expected; with so few"
            " places the true change can be anything.",
        ),
        (
            verdict(CANNOT_TELL, 0.0, inf, draws=0),
            "We cannot tell yet. There are too few places to compare with.",
        ),
    ],
)
def test_verdict(given: Verdict, said: str) -> None:
    assert sentence_for(given) == said


@pytest.mark.parametrize(
    ("needed", "said"),
    [
        (Needed(0.5, 0, 3), "these places and months are enough."),
        (Needed(0.5, 1, None), "it takes 1 more treated place; waiting longer alone would not do."),
        (Needed(0.5, 4, 7), "it takes 4 more treated places or 7 more months."),
        (Needed(0.5, None, 1), "it takes 1 more month."),
        (
            Needed(0.5, 17, 277),
            "it takes 17 more treated places; waiting longer alone would not do.",
        ),
        (
            Needed(0.5, None, None),
            "there are too few places to compare with, however long we wait.",
        ),
    ],
)
def test_needed(needed: Needed, said: str) -> None:
    assert needed_in_words(needed) == f"To see 50% fewer, four times in five, {said}"


def test_one_place_is_told_that_it_is_one() -> None:
    said = sentence_for(replace(verdict(CANNOT_TELL, 0.2, 0.8), treated=1))
    assert said.endswith(" and 20% fewer, and one place alone cannot show whether a plan works.")


def test_quiet_places_are_told_from_too_few() -> None:
    said = sentence_for(replace(verdict(CANNOT_TELL, 0.0, inf, draws=0), compared=80))
    assert said.startswith("We cannot tell yet. Too little was to be expected")
