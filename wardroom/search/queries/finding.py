"""Finding anything by what is typed: as it is typed, and with a slip of the keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wardroom.access.actor import Actor, Scope
from wardroom.kernel.facts import Ref
from wardroom.search import policy, rules
from wardroom.search.models import Doc, Spelling
from wardroom.search.queries.hits import NOT_LINES, hits
from wardroom.search.rules import LINE, TITLE, Term

MOST_ROWS, DEEPEST = 100, 1000
NAMED_AMONG, CODE_PARTS = 60, 3
GUESSES, WORDS_LOOKED_AT, ROWS_LOOKED_AT, LONGEST_LIST = 12, 3000, 20, 60


@dataclass(frozen=True)
class Found:
    """One thing that was found."""

    ref: Ref
    title: str
    text: str
    ward_code: str
    at: datetime
    matter_key: str = ""


@dataclass(frozen=True)
class SearchPage:
    """What was found, and whether there is more.

    ``corrected`` is what was looked for in place of the words as typed, empty where these
    were found. It is told only where it really finds something that the asker may see.
    """

    rows: tuple[Found, ...] = ()
    more: bool = False
    corrected: str = ""


def find(
    actor: Actor, text: str, *, nouns: Sequence[str] = (), limit: int = 10, offset: int = 0
) -> SearchPage:
    """What the asker may see and all words stand in; the last word may be half typed.

    A number or code that is exactly the one typed comes first, then what is named so, what has
    the words in its title, the rest, and the lines of the ledger last, each the newest first.
    Where nothing is found, one slip of the keyboard in a word is forgiven.
    """
    terms = rules.asked(text)
    scope = policy.reach(actor)
    if not terms or not (scope.everything or scope.any_of):
        return SearchPage()
    limit, offset = min(max(1, limit), MOST_ROWS), min(max(0, offset), DEEPEST)
    search = _Search(scope, tuple(nouns), limit, offset)
    page = search.page(terms, text=text)
    return page if page.rows or offset else search.corrected(terms)


@dataclass(frozen=True)
class _Search:
    scope: Scope
    nouns: tuple[str, ...]
    limit: int
    offset: int

    def page(self, terms: Sequence[Term], *, text: str) -> SearchPage:
        """What the words as typed find."""
        most = self.offset + self.limit + 1
        exact = rules.squashed(text)
        found = self._exact(exact, most) if len(terms) <= CODE_PARTS else []
        whole = _spelt_out(terms)
        things, lines = self._parted()
        for mark, nouns in ((TITLE, things), ("", things), ("", lines)):
            if len(found) < most and nouns is not None:
                enough = max(most + len(found), NAMED_AMONG)
                rows = hits(whole, self.scope, nouns, most=enough, mark=mark)
                if mark:
                    rows = _named_first(rows, text)
                found = _each_once([*found, *rows])
        return self._page(found)

    def _parted(self) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        """The kinds that come first, and the lines of the ledger, which come last."""
        if not self.nouns:
            return (NOT_LINES,), (LINE,)
        things = tuple(noun for noun in self.nouns if noun != LINE)
        return things or None, (LINE,) if LINE in self.nouns else None

    def corrected(self, terms: Sequence[Term]) -> SearchPage:
        """What is found with the likeliest other words, out of what the asker may see.

        All other words are tried at once; only one that stands in a row inside the scope is
        ever taken.
        """
        guesses = _guesses(terms)
        if not any(guesses):
            return SearchPage()
        wide = [
            replace(t, ways=(*t.ways, *((w,) for w in others)))
            for t, others in zip(terms, guesses, strict=True)
        ]
        rows = hits(wide, self.scope, self.nouns, most=ROWS_LOOKED_AT)
        taken = [_taken(terms, guesses, set(doc.words.split())) for doc in rows]
        if not taken:
            return SearchPage()
        meant = min(taken, key=lambda t: t[0])[1]
        if len(rows) < ROWS_LOOKED_AT:
            rows = [doc for doc in rows if _in_text(meant, doc.words)]
        else:
            rows = hits(meant, self.scope, self.nouns, most=max(ROWS_LOOKED_AT, self.limit + 1))
        rows.sort(key=lambda doc: (doc.noun == LINE, not _in_title(meant, doc.words)))
        page = self._page(rows)
        return replace(page, corrected=" ".join(t.typed for t in meant))

    def _exact(self, exact: str, most: int) -> list[Doc]:
        docs = Doc.objects.within(self.scope).filter(exact=exact)
        if exact.isdigit():
            docs = docs.exclude(noun__in=rules.UNNUMBERED)
        if self.nouns:
            docs = docs.filter(noun__in=self.nouns)
        return list(docs.order_by("-pk")[:most])

    def _page(self, found: Sequence[Doc]) -> SearchPage:
        end = self.offset + self.limit
        rows = tuple(_found(doc) for doc in found[self.offset : end])
        return SearchPage(rows=rows, more=bool(rows) and len(found) > end)


def _each_once(docs: Iterable[Doc]) -> list[Doc]:
    once: dict[int, Doc] = {}
    for doc in docs:
        once.setdefault(doc.pk, doc)
    return list(once.values())


def _named_first(rows: list[Doc], text: str) -> list[Doc]:
    """What is named just as typed first, among the newest that have the words in their title."""
    near, far = rows[:NAMED_AMONG], rows[NAMED_AMONG:]
    near.sort(key=lambda doc: not rules.is_named(set(doc.words.split()), text))
    return [*near, *far]


def _spelt_out(terms: Sequence[Term]) -> list[Term]:
    """The terms, with a long beginning of a word as all the words that begin so.

    The databases look up whole words faster than the beginnings of common ones.
    """
    return [replace(t, ways=tuple(w for way in t.ways for w in _whole(way))) for t in terms]


def _whole(way: tuple[str, ...]) -> list[tuple[str, ...]]:
    start = way[-1].removesuffix("*")
    if start == way[-1] or len(start) < rules.SPELT_LETTERS or not rules.is_spelt(start):
        return [way]
    rows = Spelling.objects.filter(variant=start[: rules.SPELT_LETTERS], word__startswith=start)
    words = rows.order_by("word").values_list("word", flat=True)[: LONGEST_LIST + 1]
    return [(*way[:-1], w) for w in words] if 0 < len(words) <= LONGEST_LIST else [way]


def _in_text(terms: Sequence[Term], words: str) -> bool:
    tokens = set(words.split())
    return all(rules.stands(term, tokens) for term in terms)


def _in_title(terms: Sequence[Term], words: str) -> bool:
    tokens = set(words.split())
    return all(rules.stands(term, tokens, TITLE) for term in terms)


def _guesses(terms: Sequence[Term]) -> list[list[str]]:
    """For each term the words of the index that may have been meant, the likeliest first."""
    words = [t.typed if rules.is_spelt(t.typed) else "" for t in terms]
    wanted = set().union(*(rules.variants(w) for w in words if w))
    if not wanted:
        return [[] for _ in terms]
    rows = Spelling.objects.filter(variant__in=wanted).values_list("word", flat=True)
    known = set(rows.order_by("pk")[:WORDS_LOOKED_AT])
    return [rules.likely(w, known, GUESSES) if w else [] for w in words]


def _taken(
    terms: Sequence[Term], guesses: Sequence[Sequence[str]], tokens: set[str]
) -> tuple[int, list[Term]]:
    """Which words a row met the terms with, and how far they lie from what was typed."""
    slips, meant = 0, []
    for term, others in zip(terms, guesses, strict=True):
        if rules.stands(term, tokens):
            meant.append(term)
            continue
        word = next(w for w in others if w in tokens)
        slips += 1 + rules.edits(term.typed, word)
        meant.append(Term(word, ((word,),)))
    return slips, meant


def _found(doc: Doc) -> Found:
    return Found(Ref(doc.noun, doc.key), doc.title, doc.text, doc.ward_code, doc.at, doc.matter_key)
