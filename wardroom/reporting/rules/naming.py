"""Finding the names of residents in a text, however many names there are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’\-](?![sS]\b)[^\W_]+)*")  # without the 's of "Ada's"
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "rev"})
A_RESIDENT = "a resident"


@dataclass(frozen=True)
class Names:
    """Names of two words or more, and the family names among them; all in small letters."""

    whole: frozenset[tuple[str, ...]]
    families: frozenset[str]
    longest: int

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """The names as people give them; a single word is none, it could be any word."""
        split = {tuple(WORD.findall(name.lower())) for name in names}
        whole = frozenset(words for words in split if len(words) > 1)
        families = frozenset(words[-1] for words in whole)
        return cls(whole, families, max((len(words) for words in whole), default=0))

    def found_in(self, text: str) -> tuple[str, ...]:
        """Every name in a text, as it stands there."""
        return tuple(text[start:end] for start, end in self._spans(text))

    def left_out_of(self, text: str) -> str:
        """The text with "a resident" where a name stood."""
        spans = list(self._spans(text))
        for start, end in reversed(spans):
            text = f"{text[:start]}{A_RESIDENT}{text[end:]}"
        return text

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        words = list(WORD.finditer(text)) if self.whole else []
        small = [word.group().lower() for word in words]
        at = 0
        while at < len(words):
            many = self._length(small, at)
            if many:
                yield words[at].start(), words[at + many - 1].end()
            at += many or 1

    def _length(self, words: list[str], at: int) -> int:
        """How many words from here on are a name; 0 where none begins."""
        if words[at] in TITLES and at + 1 < len(words) and words[at + 1] in self.families:
            return 2
        most = min(self.longest, len(words) - at)
        return next((n for n in range(most, 1, -1) if tuple(words[at : at + n]) in self.whole), 0)
