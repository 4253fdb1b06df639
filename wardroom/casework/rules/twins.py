"""Whether two names are nearly the same, whatever order their parts stand in. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from wardroom.directory.rules import same_name

CLOSE = 0.84


@dataclass(frozen=True)
class Spelled:
    """The parts of a name in the order of the alphabet, and its letters as bits.

    The first of each letter has a bit, the second another one, and so on: what two names have
    in common is counted at once. Only names that were spelled together can be compared.
    """

    parts: str
    letters: int


def spelled(names: Iterable[str]) -> tuple[Spelled, ...]:
    """The names, ready to be compared with each other."""
    bits: dict[tuple[str, int], int] = {}
    found = []
    for name in names:
        parts = " ".join(sorted(same_name(name).replace(",", " ").replace(".", "").split()))
        letters = 0
        for letter, many in Counter(parts).items():
            for n in range(many):
                letters |= 1 << bits.setdefault((letter, n), len(bits))
        found.append(Spelled(parts, letters))
    return tuple(found)


def is_close(one: Spelled, other: Spelled) -> bool:
    """Whether two names are nearly the same; what only their letters rule out is not compared."""
    return may_be_close(one, other) and (
        SequenceMatcher(None, one.parts, other.parts).ratio() >= CLOSE
    )


def may_be_close(one: Spelled, other: Spelled) -> bool:
    """Whether enough letters are in both names, as `SequenceMatcher.quick_ratio` counts them."""
    either = len(one.parts) + len(other.parts)
    both = (one.letters & other.letters).bit_count()
    return not either or 2.0 * both / either >= CLOSE
