"""Whether the index still says what the house keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wardroom.kernel.facts import Ref
from wardroom.search import rules
from wardroom.search.models import Doc
from wardroom.search.rules import Thing


@dataclass(frozen=True)
class IndexGaps:
    """What a fresh index would hold and this one does not, or otherwise."""

    missing: tuple[Ref, ...]
    stale: tuple[Ref, ...]
    left_over: tuple[Ref, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.left_over)


def index_gaps(things: Iterable[Thing]) -> IndexGaps:
    """Hold the index to everything there is; it changes nothing."""
    rows = Doc.objects.values_list("noun", "key", "words")
    kept = {Ref(noun, key): words for noun, key, words in rows.iterator()}
    missing, stale = [], []
    for thing in things:
        words = kept.pop(thing.ref, None)
        if words is None:
            missing.append(thing.ref)
        elif set(words.split()) != set(rules.bag(thing).split()):
            stale.append(thing.ref)
    return IndexGaps(tuple(missing), tuple(stale), tuple(sorted(kept)))
