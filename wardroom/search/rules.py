"""Which words stand in a text, what a typed line asks for, and what a misspelt word may mean.

Every word is kept as a small plain token, so that both databases answer alike: ``dumping``
stands somewhere, ``=dumping`` stands in the title, and ``~w5`` says who may see it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.facts import Ref

MOST_LETTERS, MOST_TERMS, LONGEST_WORD, LONGEST_TEXT = 200, 10, 40, 4000
SHORTEST_SPELT, SPELT_LETTERS, MOST_EDITS = 4, 7, 2
LINE = "entry"
# One more whenever other things are indexed, or with other words: `wardroom setup` looks at it.
VERSION = 2
# What people know by a name and not by a number: its key is the house's own.
UNNUMBERED = (LINE, "ground", "mail", "party", "place")
TITLE, WARD, AGENCY, NOUN = "=", "~w", "~a", "~n"

_WORD = re.compile(r"[^\W_]+")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?1[\s.-]{0,2})?\(?(\d{3})\)?[\s./-]{0,3}(\d{3})[\s./-]{0,3}(\d{4})(?!\d)"
)
_QUARTER = re.compile(r"\b([ns])\.\s?([ew])\b\.?")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae",
     "Æ": "AE", "œ": "oe", "Œ": "OE", "'": "", "’": "", "ʼ": "", "`": ""}
)  # fmt: skip
_SHORT = {
    "st": "street", "str": "street", "av": "avenue", "ave": "avenue", "rd": "road",
    "pl": "place", "ct": "court", "dr": "drive", "ter": "terrace", "terr": "terrace",
    "blvd": "boulevard", "cir": "circle", "ln": "lane", "pkwy": "parkway", "sq": "square",
    "hwy": "highway", "blk": "block", "northwest": "nw", "northeast": "ne", "southwest": "sw",
    "southeast": "se",
}  # fmt: skip
_EMPTY = {"and"}


@dataclass(frozen=True)
class Thing:
    """Something to be found: its words, and whose sight it belongs to.

    ``agency_code`` counts only where ``audience`` is ``partner``; ``matter_key`` is the number
    of the matter it hangs on, if any; ``code`` is what it is known by in place of its key.
    """

    ref: Ref
    title: str
    at: datetime
    text: str = ""
    ward_code: str = ""
    agency_code: str = ""
    audience: str = "internal"
    matter_key: str = ""
    code: str = ""

    @property
    def told_agency(self) -> str:
        """The agency whose partners may find it; empty where it is internal."""
        return self.agency_code if self.audience == "partner" else ""


@dataclass(frozen=True)
class Shelf:
    """All things of one kind that can be found.

    ``instants`` says the number of each and since when it is as it is, ``things`` gives those
    of the numbers named, with these instants.
    """

    noun: str
    instants: Callable[[], Iterable[tuple[int, datetime]]]
    things: Callable[[Mapping[int, datetime]], Iterable[Thing]]


@dataclass(frozen=True)
class Term:
    """One word asked for: the ways to write it, each of them words that must all stand.

    A word that ends in a star is the beginning of a word.
    """

    typed: str
    ways: tuple[tuple[str, ...], ...]


def fold(text: str) -> str:
    """The text in small letters without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _QUARTER.sub(r"\1\2", plain)


def squashed(text: str) -> str:
    """A number or code without its dashes and spaces: 26-00123456 is 2600123456."""
    return "".join(_WORD.findall(fold(text[:MOST_LETTERS])))[:60]


def words_of(text: str) -> set[str]:
    """Every word of a text; numbers in parts also as one, telephone numbers in one writing."""
    plain = fold(text[:LONGEST_TEXT])
    found: set[str] = set()
    for phone in _PHONE.finditer(plain):
        found.update((*phone.groups(), "".join(phone.groups())))
    for chunk in plain.split():
        parts = _parts(chunk)
        found.update(_SHORT.get(p, p) for p in parts)
        joined = _joined(parts)
        if joined:
            found.add(joined)
    return found


def bag(thing: Thing) -> str:
    """All tokens of a thing in one line, as the index keeps it.

    A line of the ledger has no title of its own: it is found by its words only.
    """
    number = "" if thing.ref.key.isdigit() else thing.ref.key
    title = words_of(f"{thing.title} {number}")
    tokens = title | words_of(thing.text)
    if thing.ref.noun != LINE:
        tokens |= {TITLE + word for word in title}
    tokens |= {ward_token(thing.ward_code), noun_token(thing.ref.noun)}
    if thing.told_agency:
        tokens.add(agency_token(thing.told_agency))
    return " ".join(sorted(tokens))


def ward_token(code: str) -> str:
    """The token of everything in a ward; of what belongs to none where the code is empty."""
    return WARD + squashed(code)


def agency_token(code: str) -> str:
    """The token of everything that an agency was told."""
    return AGENCY + squashed(code)


def noun_token(noun: str) -> str:
    """The token of everything of one kind."""
    return NOUN + squashed(noun)


def asked(text: str) -> tuple[Term, ...]:
    """What a typed line asks for; the last word may be half typed."""
    plain = _PHONE.sub(lambda m: " " + "".join(m.groups()) + " ", fold(text[:MOST_LETTERS]))
    chunks = [(c, p) for c in plain.split() if (p := _parts(c))]
    real = [(c, p) for c, p in chunks if c not in _EMPTY]
    chosen = (real or chunks)[:MOST_TERMS]
    last = len(chosen) - 1
    return tuple(_term(c, p, is_open=n == last) for n, (c, p) in enumerate(chosen))


def _term(typed: str, parts: list[str], *, is_open: bool) -> Term:
    whole = tuple(_SHORT.get(p, p) for p in parts)
    joined = _joined(parts)
    if not is_open:
        return Term(typed, (whole, (joined,)) if joined else (whole,))
    ways = [(*whole[:-1], parts[-1] + "*")]
    if parts[-1] in _SHORT:
        ways.insert(0, whole)
    if joined:
        ways.append((joined + "*",))
    return Term(typed, tuple(ways))


def _parts(chunk: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _WORD.findall(chunk)]


def _joined(parts: list[str]) -> str:
    """The parts of a number or code as one word: 3/4G is also 34g."""
    joined = "".join(parts)
    fits = len(parts) > 1 and len(joined) <= LONGEST_WORD
    return joined if fits and any(c.isdigit() for c in joined) else ""


def is_spelt(word: str) -> bool:
    """Whether a word can be misspelt; codes, numbers and very short words cannot."""
    return len(word) >= SHORTEST_SPELT and word.isalpha()


def variants(word: str) -> set[str]:
    """The beginning of a word, and the same with any one letter left out.

    Two words that share a variant are one slip of the keyboard apart, or little more: a letter
    too many, too few, another one, or two that changed places.
    """
    start = word[:SPELT_LETTERS]
    return {start, *(start[:i] + start[i + 1 :] for i in range(len(start)))}


def likely(typed: str, words: Iterable[str], most: int) -> list[str]:
    """The words that somebody may have meant, the nearest first."""
    allowed = 1 if len(typed) < 6 else MOST_EDITS
    near = [(edits(typed, w), abs(len(w) - len(typed)), w) for w in words if w != typed]
    return [w for n, _, w in sorted(near) if n <= allowed][:most]


def edits(a: str, b: str) -> int:
    """How many slips lie between two words; neighbours that changed places count once."""
    if abs(len(a) - len(b)) > MOST_EDITS:
        return MOST_EDITS + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        earlier, before, row = before, row, [i]
        for j, y in enumerate(b, start=1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
    return row[-1]


def stands(term: Term, tokens: set[str], mark: str = "") -> bool:
    """Whether a term is met by a set of tokens: what both databases do, said plainly."""
    return any(all(_has(mark + word, tokens) for word in way) for way in term.ways)


def _has(word: str, tokens: set[str]) -> bool:
    if word.endswith("*"):
        return any(token.startswith(word[:-1]) for token in tokens)
    return word in tokens


def is_named(tokens: set[str], text: str) -> bool:
    """Whether a title is just the words that were typed."""
    return {t.removeprefix(TITLE) for t in tokens if t.startswith(TITLE)} == words_of(text)


def exact_of(ref: Ref, code: str) -> str:
    """The number or code that a thing is known by; empty where it has none."""
    return squashed(code or ("" if ref.noun in UNNUMBERED else ref.key))


def spelt_words(lines: Iterable[str]) -> Iterator[str]:
    """The words of some bags that can be misspelt, each once."""
    found = {token for line in lines for token in line.split()}
    return (word for word in sorted(found) if is_spelt(word))


def kept(text: str, most: int) -> str:
    """A text as a database keeps it: no longer than this, without letters that it refuses."""
    return "".join(c for c in text[:most] if c != "\0" and not "\ud800" <= c <= "\udfff")
