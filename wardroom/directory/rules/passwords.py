"""Which passwords are good enough: long, and not made of what anybody would try first.

No sort of letter is demanded, and none is ever too old: both make people choose worse ones
(NIST SP 800-63B).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from itertools import pairwise

SHORTEST, SHORTEST_ALONE = 12, 15
LONGEST = 200
# What is left beside known words has to be this long.
OWN_LETTERS, OWN_DIGITS = 6, 8
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)
_WORDS = """
    wardroom ward mayor mayors office community relations services liaison director deputy
    council city government gov staff agency district resident neighborhood operations room
    admin administrator password passwords passphrase passwort welcome letmein secret login
    signin hello test temp changeme default user guest please
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter
"""
OFFICE_WORDS = frozenset(_WORDS.split())
_LOOKALIKES = str.maketrans("01345$@!7", "oieassait")


def shortest(*, second_factor: bool) -> int:
    """How many characters a password needs, alone or beside a second factor."""
    return SHORTEST if second_factor else SHORTEST_ALONE


def is_guessed(password: str, *, words: Iterable[str] = (), common: Container[str] = ()) -> bool:
    """Whether a password is a common one, a pattern, or made of the office's and one's own words.

    ``words`` are names beside those of `OFFICE_WORDS`: the city's, the person's.
    """
    plain = unicodedata.normalize("NFKC", password).casefold().strip()
    if plain in common or _repeats(plain) or _runs(plain):
        return True
    known = OFFICE_WORDS | {part for word in words for part in _parts(word)}
    return any(_is_made_of(text, known, common) for text in (plain, plain.translate(_LOOKALIKES)))


def _parts(word: str) -> list[str]:
    """The pieces of a name or an address that are long enough to mean something."""
    return [part for part in re.split(r"[\W\d_]+", word.casefold()) if len(part) >= 3]


def _is_made_of(text: str, known: Iterable[str], common: Container[str]) -> bool:
    """Whether little is left of a text without the words that are known."""
    rest = text
    for word in sorted(known, key=lambda known: (-len(known), known)):
        rest = rest.replace(word, " ")
    letters = "".join(letter for letter in rest if letter.isalpha())
    digits = [letter for letter in rest if letter.isdigit()]
    whole = "".join(letter for letter in text if letter.isalpha())
    usual = letters in common or whole in common
    few = len(letters) < OWN_LETTERS or usual
    return few and len(digits) < OWN_DIGITS and (rest != text or usual)


def _repeats(text: str) -> bool:
    """Whether a text is one short piece again and again: aaaaaaaaaaaa, abcabcabcabc."""
    return any(
        (text[:size] * (len(text) // size + 1))[: len(text)] == text
        for size in range(1, min(8, len(text) // 2) + 1)
    )


def _runs(text: str) -> bool:
    """Whether most of a text follows the alphabet, the numbers or the keyboard."""
    if len(text) < 2:
        return False
    steps = {pair for row in ROWS for pair in pairwise(row)}
    steps |= {(second, first) for first, second in steps}
    follows = sum(pair in steps for pair in pairwise(text))
    return follows >= (len(text) - 1) * 0.7
