"""The index finds what a reading of everything would find, in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.search.indexing import DDOT, DIRECTOR, DPW, NOBODY, WARD5, WARD7, keep
from wardroom.access.actor import Actor
from wardroom.kernel.facts import Ref
from wardroom.search import policy
from wardroom.search.queries import find
from wardroom.search.queries.finding import _Search
from wardroom.search.rules import (
    LINE,
    TITLE,
    Thing,
    asked,
    bag,
    exact_of,
    is_named,
    squashed,
    stands,
)

TEXT = (
    "rats rat rattle alley St street 14th 1400 & 3/4G 34g 6B02 26-00123456 (202) 555-0147 Álvarez "
    "alvarez o'brien dumping dumped dump NW n.w. a.b@example.org 1200-1299 block and 412 41"
)
WORDS = TEXT.split()
KEYS = ("1", "2", "3", "412", "26-1", "6B02", "x")
NOUNS: tuple[tuple[str, ...], ...] = ((), ("note",), ("note", "matter"), ("note", LINE))
line = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
typed = st.builds(
    lambda words, cut: words[: len(words) - cut], line.filter(bool), st.integers(0, 3)
)
SEALED = replace(WARD5, reach=replace(WARD5.reach, sealed=frozenset({"matter:1", "matter:2"})))
who = st.sampled_from([DIRECTOR, WARD5, WARD7, DPW, DDOT, NOBODY, SEALED])
things = st.builds(
    Thing,
    ref=st.builds(
        Ref,
        st.sampled_from(["note", "matter", LINE]),
        st.sampled_from(["1", "2", "3", "412", "26-1", "6B02", "x"]),
    ),
    title=line,
    at=st.just(NOON),
    text=line,
    ward_code=st.sampled_from(["", "5", "7"]),
    agency_code=st.sampled_from(["", "DPW", "DDOT"]),
    audience=st.sampled_from(["internal", "partner"]),
    matter_key=st.sampled_from(["", "1", "2", "3"]),
)


def read_all(kept: Sequence[Thing], actor: Actor, text: str, nouns: Sequence[str]) -> list[Ref]:
    """What should be found, newest first: by reading everything there is."""
    terms, scope = asked(text), policy.reach(actor)
    ranked: list[tuple[int, Ref]] = []
    for each in reversed(kept):
        row = {
            "ward_code": each.ward_code,
            "agency_code": each.told_agency,
            "matter_key": each.ref.key if each.ref.noun == "matter" else each.matter_key,
        }
        if not terms or not scope.covers(row) or (nouns and each.ref.noun not in nouns):
            continue
        tokens = set(bag(each).split())
        if exact_of(each.ref, each.code) == squashed(text):
            ranked.append((0, each.ref))
        elif each.ref.noun == LINE:
            if all(stands(t, tokens) for t in terms):
                ranked.append((4, each.ref))
        elif all(stands(t, tokens, TITLE) for t in terms) and is_named(tokens, text):
            ranked.append((1, each.ref))
        elif all(stands(t, tokens, TITLE) for t in terms):
            ranked.append((2, each.ref))
        elif all(stands(t, tokens) for t in terms):
            ranked.append((3, each.ref))
    return [ref for _, ref in sorted(ranked, key=lambda r: r[0])]


@pytest.mark.django_db
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kept=st.lists(things, max_size=12, unique_by=lambda t: t.ref),
    questions=st.lists(
        st.tuples(who, typed, st.sampled_from(NOUNS), st.integers(1, 5)),
        min_size=1,
        max_size=6,
    ),
)
def test_index_finds_what_reading_finds(
    monkeypatch: pytest.MonkeyPatch,
    kept: list[Thing],
    questions: list[tuple[Actor, str, tuple[str, ...], int]],
) -> None:
    """Random things, askers and half typed lines; a correction is another test's business."""
    monkeypatch.setattr(_Search, "corrected", lambda self, terms: self._page([]))
    with transaction.atomic():
        keep(*kept)
        for actor, text, nouns, limit in questions:
            wanted = read_all(kept, actor, text, nouns)
            page = find(actor, text, nouns=nouns, limit=limit)
            assert [row.ref for row in page.rows] == wanted[:limit]
            assert page.more == (len(wanted) > limit)
            rest = find(actor, text, nouns=nouns, limit=limit, offset=limit)
            assert [row.ref for row in rest.rows] == wanted[limit : 2 * limit]
        transaction.set_rollback(True)
