"""Which kind of trouble words tell of: learned from earlier reports, with a calibrated confidence.

Naive Bayes over words, with one temperature that makes its confidence as often right as it
says, on reports that it did not learn from. It abstains where it knows none of the words, where
it has learned from too few reports, or where it is not sure. It decides nothing: a person does.
Source: Manning, Raghavan and Schütze 2008, chapter 13; Guo and others 2017 for the temperature.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wardroom.analysis.definitions import Definition

FOLDS = 5
FEWEST, FEWEST_REPORTS = 60, 2
MOST_WORDS, MOST_LETTERS = 6000, 4000
SMOOTHING = 0.2
SURE_ENOUGH = 0.5
TEMPERATURES = tuple(1.0 + step / 4 for step in range(37))
_WORDS = re.compile(r"[^\W\d_]{2,}")

DEFINITION = Definition(
    "Topic suggested by the words",
    1,
    "The kind of trouble that the words of a report sound like. The percentage is how often such "
    "a suggestion was right on earlier reports that were kept back while it learned. Below 50 "
    "percent nothing is suggested. It decides nothing.",
    "Naive Bayes with a temperature fitted on held-back reports; interval by Wilson 1927",
)


@dataclass(frozen=True)
class Guess:
    """What words sound like, and how sure that is, from 0 to 1."""

    code: str
    confidence: float


@dataclass(frozen=True)
class Learned:
    """What was learned from so many reports.

    ``counts`` holds for each word how often it stands in each class, by the position of the
    class in ``classes``; ``totals`` the words of each class, ``shares`` its reports. Of the
    ``sample`` reports ``named`` were named while they were kept back, ``right`` of them rightly.
    """

    classes: tuple[str, ...]
    counts: Mapping[str, Mapping[int, float]]
    totals: tuple[float, ...]
    shares: tuple[float, ...]
    temperature: float
    sample: int
    named: int
    right: int


def words_of(text: str) -> Iterator[str]:
    """The words of a text in whatever script; where words are not parted, pairs of letters."""
    plain = unicodedata.normalize("NFKC", text[:MOST_LETTERS]).casefold()
    for word in _WORDS.findall(plain):
        if word[0] < "\u1100" or "\u1e00" <= word[0] < "\u1f00":
            yield _stem(word)
        else:
            yield from (word[n : n + 2] for n in range(len(word) - 1))


def _stem(word: str) -> str:
    """A word without the endings of the plural, so that rats and rat are one."""
    if len(word) > 4 and word.endswith("es"):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


def learn(
    reports: Sequence[tuple[str, str]], hints: Sequence[tuple[str, str]] = ()
) -> Learned | None:
    """Learn which words tell of which topic; None where there are too few reports.

    ``reports`` are pairs of a text and the code that a person gave it, in the order they came
    in; every fifth is kept back in turn, to see how sure the suggestions may be. ``hints``,
    such as the names of services, teach words but are never counted as reports. A word that
    stands in one report alone, such as a name, is not kept.
    """
    if len(reports) < FEWEST:
        return None
    rows = [(Counter(words_of(text)), code) for text, code in reports]
    taught = [(Counter(words_of(text)), code) for text, code in hints]
    classes = tuple(sorted({code for _, code in (*rows, *taught)}))
    kept_back = []
    for fold in range(FOLDS):
        rest = [row for n, row in enumerate(rows) if n % FOLDS != fold]
        model = _counted(classes, rest, taught)
        kept_back += [(_scores(model, bag), code) for bag, code in rows[fold::FOLDS]]
    known = [(scores, code) for scores, code in kept_back if scores]
    heat = _temperature(known, classes)
    guesses = [(_best(scores, classes, heat), code) for scores, code in known]
    named = [(guess, code) for guess, code in guesses if guess.confidence >= SURE_ENOUGH]
    right = sum(guess.code == code for guess, code in named)
    whole = _counted(classes, rows, taught)
    return Learned(
        classes, whole.counts, whole.totals, whole.shares, heat, len(rows), len(named), right
    )


def guess(learned: Learned, text: str) -> Guess | None:
    """What a text sounds like; None where that cannot be told well enough."""
    scores = _scores(learned, Counter(words_of(text)))
    if not scores:
        return None
    best = _best(scores, learned.classes, learned.temperature)
    return best if best.confidence >= SURE_ENOUGH else None


def _counted(
    classes: tuple[str, ...],
    rows: Sequence[tuple[Counter[str], str]],
    taught: Sequence[tuple[Counter[str], str]],
) -> Learned:
    at = {code: n for n, code in enumerate(classes)}
    often: Counter[str] = Counter()
    stands_in = Counter(word for bag, _ in rows for word in bag)
    stands_in.update({word: FEWEST_REPORTS for bag, _ in taught for word in bag})
    counts: dict[str, dict[int, float]] = {}
    for bag, code in (*rows, *taught):
        often.update(bag)
        for word, times in bag.items():
            mine = counts.setdefault(word, {})
            mine[at[code]] = mine.get(at[code], 0.0) + min(times, 3)
    shared = [word for word, _ in often.most_common() if stands_in[word] >= FEWEST_REPORTS]
    kept = {word: counts[word] for word in shared[:MOST_WORDS]}
    totals = [0.0] * len(classes)
    for mine in kept.values():
        for n, weight in mine.items():
            totals[n] += weight
    reports = Counter(code for _, code in rows)
    every = sum(reports.values()) + len(classes)
    shares = tuple((reports[code] + 1) / every for code in classes)
    return Learned(classes, kept, tuple(totals), shares, 1.0, len(rows), 0, 0)


def _scores(model: Learned, bag: Mapping[str, int]) -> list[float]:
    """The log score of each class; nothing where no word is known."""
    known = [(model.counts[word], min(times, 3)) for word, times in bag.items()
             if word in model.counts]  # fmt: skip
    if not known:
        return []
    words = len(model.counts)
    below = [math.log(total + SMOOTHING * words) for total in model.totals]
    scores = [math.log(share) for share in model.shares]
    for mine, times in known:
        for n in range(len(scores)):
            scores[n] += times * (math.log(mine.get(n, 0.0) + SMOOTHING) - below[n])
    return scores


def _shares(scores: Sequence[float], heat: float) -> list[float]:
    top = max(scores)
    raised = [math.exp((score - top) / heat) for score in scores]
    whole = sum(raised)
    return [each / whole for each in raised]


def _best(scores: Sequence[float], classes: Sequence[str], heat: float) -> Guess:
    shares = _shares(scores, heat)
    n = max(range(len(shares)), key=lambda k: (shares[k], -k))
    return Guess(classes[n], shares[n])


def _temperature(rows: Sequence[tuple[list[float], str]], classes: tuple[str, ...]) -> float:
    """The temperature at which the confidence is least surprised by what was kept back."""
    at = {code: n for n, code in enumerate(classes)}

    def surprise(heat: float) -> float:
        return -sum(math.log(max(_shares(scores, heat)[at[code]], 1e-12)) for scores, code in rows)

    return min(TEMPERATURES, key=surprise) if rows else TEMPERATURES[0]


def share_right(right: int, named: int) -> tuple[float, float, float]:
    """The share of suggestions that were right, with its interval; 0 to 1 where there were none.

    Raises ValueError where more were right than named. Source: Wilson 1927.
    """
    if not 0 <= right <= named:
        raise ValueError(f"{right} of {named} is no share.")
    if not named:
        return 0.0, 0.0, 1.0
    p, z = right / named, 1.959964
    denominator = 1 + z * z / named
    middle = (p + z * z / (2 * named)) / denominator
    half = z * math.sqrt(p * (1 - p) / named + z * z / (4 * named * named)) / denominator
    return p, max(0.0, middle - half), min(1.0, middle + half)
