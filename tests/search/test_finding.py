"""Anything is found by its words as they are typed, in an order that people expect."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.search.indexing import DIRECTOR, found, inside, keep, thing
from wardroom.access.gate import WriteOutsideAction
from wardroom.kernel.facts import Ref
from wardroom.search.actions import (
    index_thing,
    index_things,
    rebuild,
    unindex_thing,
    unindex_things,
)
from wardroom.search.models import Doc, Spelling
from wardroom.search.queries import find, index_gaps

pytestmark = pytest.mark.django_db
MOST_SQL = 8


def test_every_keystroke_finds() -> None:
    keep(thing("1", "Dumping behind the bakery"), thing("2", "Loud music"))
    for n in range(1, len("dumping bak")):
        assert found(DIRECTOR, "dumping bak"[: n + 1]) == ["1"]
    assert found(DIRECTOR, "bakery dumping") == ["1"]
    assert found(DIRECTOR, "bak dumping") == []
    assert found(DIRECTOR, "zebra dumping") == []


def test_exact_number_comes_first_then_title_then_newest() -> None:
    keep(
        thing("9", "House 412 on M Street"),
        thing("412", "Rats", noun="matter"),
        thing("1", "Old note", text="about 412 M Street"),
        thing("2", "House 412 again"),
        thing("3", "New note", text="412 once more"),
    )
    assert found(DIRECTOR, "412") == ["412", "2", "9", "3", "1"]


def test_name_and_code_come_first_and_lines_of_the_ledger_last() -> None:
    keep(
        thing("1", "Public Works", noun="party", code="DPW"),
        thing("2", "Public works at the alley"),
        thing("3", "Public works", noun="entry", text="DPW said so"),
        thing("4", "Note", text="DPW, the public works"),
    )
    assert found(DIRECTOR, "public works") == ["1", "2", "4", "3"]
    assert found(DIRECTOR, "dpw") == ["1", "4", "3"]


def test_number_finds_nothing_that_is_known_by_its_name() -> None:
    nouns = ("party", "place", "ground", "entry", "ask", "matter")
    keep(*(thing("15", "Somebody", noun=noun) for noun in nouns))
    rows = find(DIRECTOR, "15").rows
    assert [row.ref.noun for row in rows] == ["matter", "ask"]


def test_request_number_is_found_in_any_writing() -> None:
    keep(
        thing("26-00123456", "Pothole", noun="request"),
        thing("1", "Note", text="see 26-00123456"),
    )
    for typed in ("26-00123456", "2600123456", "26 00123456"):
        assert found(DIRECTOR, typed) == ["26-00123456", "1"]
    assert found(DIRECTOR, "26-0012") == ["26-00123456", "1"]


def test_page_says_whether_there_is_more() -> None:
    keep(*(thing(str(n), f"Note {n}", text="rats") for n in range(1000, 1025)))
    pages = [find(DIRECTOR, "rats", limit=10, offset=o) for o in (0, 10, 20, 30)]
    keys = [[row.ref.key for row in page.rows] for page in pages]
    assert [len(k) for k in keys] == [10, 10, 5, 0]
    assert [key for page in keys for key in page] == [str(n) for n in range(1024, 999, -1)]
    assert [p.more for p in pages] == [True, True, False, False]
    assert not find(DIRECTOR, "rats", limit=25).more


def test_only_the_nouns_asked_for() -> None:
    keep(thing("1", "Rats", noun="matter"), thing("1", "Rats", noun="place"))
    assert [r.ref for r in find(DIRECTOR, "rats", nouns=("place",)).rows] == [Ref("place", "1")]
    assert len(find(DIRECTOR, "rats", nouns=("place", "matter")).rows) == 2
    assert not find(DIRECTOR, "rats", nouns=("party",)).rows


def test_same_thing_again_replaces_its_words() -> None:
    keep(thing("1", "Rats"), thing("2", "Rats"))
    keep(thing("1", "Mice"))
    assert found(DIRECTOR, "rats") == ["2"]
    assert found(DIRECTOR, "mice") == ["1"]
    assert Doc.objects.count() == 2


def test_touched_later_comes_first() -> None:
    keep(thing("1", "Rats"), thing("2", "Rats"))
    keep(thing("1", "Rats", at=NOON + timedelta(days=1)))
    assert found(DIRECTOR, "rats") == ["1", "2"]
    keep(thing("1", "Rats and mice", at=NOON - timedelta(days=9)))
    assert found(DIRECTOR, "rat") == ["1", "2"]


def test_unchanged_thing_is_not_written() -> None:
    keep(thing("1", "Rats"))
    with CaptureQueriesContext(connection) as seen:
        assert inside(lambda: index_things([thing("1", "Rats")])) == 0
    kinds = {q["sql"].split(" ")[0] for q in seen.captured_queries}
    assert not kinds & {"INSERT", "UPDATE", "DELETE"}


def test_thing_taken_out_is_found_no_longer() -> None:
    keep(thing("1", "Rats"), thing("2", "Rats"))
    inside(lambda: unindex_thing(Ref("note", "1")))
    assert found(DIRECTOR, "rats") == ["2"]


def test_word_that_stood_in_what_was_taken_out_alone_is_offered_no_longer() -> None:
    keep(thing("1", "Quillfeather alley"), thing("2", "Alley lights"))
    inside(lambda: unindex_things([Ref("note", "1")]))
    words = set(Spelling.objects.values_list("word", flat=True))
    assert "quillfeather" not in words
    assert words >= {"alley", "lights"}


def test_nothing_is_indexed_outside_an_action() -> None:
    with pytest.raises(RuntimeError, match="outside an action"):
        index_thing(Ref("note", "1"), title="Rats", at=NOON)
    with pytest.raises(RuntimeError, match="outside an action"):
        unindex_thing(Ref("note", "1"))
    with pytest.raises(WriteOutsideAction):
        Doc.objects.create(noun="note", key="1", title="Rats", words="rats", at=NOON)


def test_index_stands_and_falls_with_its_action() -> None:
    def fail() -> None:
        index_things([thing("1", "Rats")])
        raise LookupError

    with pytest.raises(LookupError):
        inside(fail)
    assert found(DIRECTOR, "rats") == []
    assert not Spelling.objects.exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dumpign", "dumping"),
        ("dumpng", "dumping"),
        ("dumpping", "dumping"),
        ("dumbing", "dumping"),
        ("bakrey dumpimg", "bakery dumping"),
        ("illegal dumbing 14th", "illegal dumping 14th"),
        ("washigton", "washington"),
        ("lopes", "lopez"),
    ],
)
def test_slip_of_the_keyboard_is_forgiven(typed: str, meant: str) -> None:
    title = "Illegal dumping behind the bakery at 14th and Washington: Ms López"
    keep(thing("1", title), thing("2", "Zebra"))
    page = find(DIRECTOR, typed)
    assert [row.ref.key for row in page.rows] == ["1"]
    assert page.corrected == meant


def test_word_that_is_found_is_not_corrected() -> None:
    keep(thing("1", "Ratt the builder"), *(thing(str(n), "rats") for n in range(2, 9)))
    page = find(DIRECTOR, "ratt")
    assert (found(DIRECTOR, "ratt"), page.corrected) == (["1"], "")


@pytest.mark.parametrize("typed", ["12345678", "6b03", "zzzzqqqq", "xyz", "a@b.example"])
def test_codes_and_strangers_are_not_corrected(typed: str) -> None:
    keep(thing("1", "SMD 6B02 12345679 abc a@c.example"))
    assert find(DIRECTOR, typed) == find(DIRECTOR, "")


HOSTILE = [
    '"', "'", '""', "rats\"", "NEAR(rats mice)", "rats NEAR/2 mice", "rats AND", "OR", "NOT rats",
    "*", "ra*ts", "^rats", "-rats", "rats -mice", "(rats", "rats)", "((((", "words:rats",
    "{words}:",
    "rats\0mice", "\0", "\\", "rats\\", ":*", "rats:*", "rats & | ! <-> mice", "%", "_", "'; DROP",
    "a" * 10_000, "ab " * 3_000, "☃", "\ud800", "\u202erats", "🐀 rats", "1/2/3/4/5/6/7/8/9",
    "=rats", "~w5", "~nnote", "", " ", "\n\t", "and", "&", "ß" * 300, "İ" * 50, "२६", "ﬁ",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_line_costs_little_and_errs_never(typed: str) -> None:
    keep(thing("1", "Rats and mice", ward_code="5"))
    find(DIRECTOR, typed)
    started = time.process_time()
    with CaptureQueriesContext(connection) as seen:
        find(DIRECTOR, typed, nouns=("note",))
    assert time.process_time() - started < 0.2
    assert len(seen) <= MOST_SQL


def test_hostile_text_is_kept() -> None:
    keep(*(thing(f"k{n}", typed or "-", text=typed) for n, typed in enumerate(HOSTILE)))
    assert Doc.objects.count() == len(HOSTILE)
    assert "k4" in found(DIRECTOR, "near mice", limit=50)


def test_worst_search_takes_eight_statements() -> None:
    keep(*(thing(str(n), "Dumping behind the bakery of 14th Street") for n in range(30)))
    with CaptureQueriesContext(connection) as seen:
        page = find(DIRECTOR, "dumpign 14 behnid bakreyy")
    assert page.rows == ()
    assert len(seen) <= MOST_SQL
    with CaptureQueriesContext(connection) as seen:
        assert find(DIRECTOR, "dumpign 14th behnid bakeryy").rows
    assert len(seen) <= MOST_SQL


def test_rebuilt_index_is_the_same() -> None:
    things = [thing(str(n), f"Note {n} about rats", text="x" * n) for n in range(40)]
    keep(*things)
    before = list(Doc.objects.order_by("pk").values_list("key", "words"))
    assert not index_gaps(things)
    assert rebuild(iter(things)) == 40
    assert list(Doc.objects.order_by("pk").values_list("key", "words")) == before
    assert len(found(DIRECTOR, "rats", limit=100)) == 40


def test_gaps_of_the_index_are_named() -> None:
    keep(thing("1", "Rats"), thing("2", "Mice"))
    gaps = index_gaps([thing("2", "Voles"), thing("3", "Rats")])
    assert gaps
    assert gaps.missing == (Ref("note", "3"),)
    assert gaps.stale == (Ref("note", "2"),)
    assert gaps.left_over == (Ref("note", "1"),)
