"""Words are cut and folded alike in what is kept and in what is typed."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.facts import Ref
from wardroom.search import rules
from wardroom.search.rules import Thing, asked, bag, edits, stands, variants, words_of

AT = datetime(2026, 11, 18, tzinfo=UTC)


def is_met(typed: str, kept: str) -> bool:
    tokens = words_of(kept)
    return all(stands(term, tokens) for term in asked(typed))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("3/4g", "ANC 3/4G"),
        ("34g", "ANC 3/4G"),
        ("anc 3/4", "ANC 3/4G"),
        ("6b0", "SMD 6B02"),
        ("6B", "SMD 6B02"),
        ("26-00123456", "Request 26-00123456"),
        ("2600123456", "Request 26-00123456"),
        ("26-0012", "Request 26-00123456"),
        ("26-00123456", "Request 2600123456"),
        ("1200 k st nw", "1200 K STREET N.W."),
        ("1200 k stre", "1200 K ST NW"),
        ("1200 K Street Northwest", "1200 K ST NW"),
        ("14th & u", "14TH STREET NW AND U STREET NW"),
        ("14th and U", "14TH STREET NW AND U STREET NW"),
        ("u st & 14th st", "14TH STREET NW AND U STREET NW"),
        ("1200 block k st nw", "1200 - 1299 BLOCK OF K STREET NW"),
        ("ana maria.lopez@example.org", "Ana María López <maria.lopez@example.org>"),
        ("maria.lopez@exam", "maria.lopez@example.org"),
        ("2025550147", "call (202) 555-0147 at noon"),
        ("(202) 555-0147", "call 202.555.0147"),
        ("+1 202 555 0147", "call 2025550147"),
        ("202-555", "call (202) 555-0147"),
        ("lopez", "López"),
        ("jose", "JOSÉ"),
        ("obrien", "O’Brien"),
        ("o'brien", "OBRIEN"),
        ("strasse", "Straße"),
        ("st mary", "St. Mary's Court"),
        ("ave", "RHODE ISLAND AVENUE NE"),
        ("av", "RHODE ISLAND AVENUE NE"),
        ("av", "Avocet walk"),
    ],
)
def test_typed_finds_kept(typed: str, kept: str) -> None:
    assert is_met(typed, kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1201 k st", "1200 K ST NW"),
        ("k 1200", "1200 J ST NW"),
        ("12 k", "1200 K ST NW"),
        ("rat zebra", "rats in the alley"),
        ("lley", "alley"),
        ("2025550148", "(202) 555-0147"),
    ],
)
def test_other_words_do_not(typed: str, kept: str) -> None:
    assert not is_met(typed, kept)


@given(st.text(max_size=300))
def test_what_is_typed_in_full_finds_itself(text: str) -> None:
    """Whatever the letters, a text meets the terms that it asks for."""
    cut = text[: rules.MOST_LETTERS]
    tokens = words_of(cut)
    assert all(stands(term, tokens) for term in asked(cut))


@given(st.text(max_size=80), st.text(max_size=80))
def test_tokens_are_plain(title: str, text: str) -> None:
    """No token holds what either database would take for more than a word."""
    line = bag(Thing(Ref("note", "a/1"), title, AT, text=text, ward_code="5"))
    assert not set("\"'\\:*()&|! \t\0") & set(line.replace(" ", ""))
    assert all(0 < len(t.strip("=~")) <= 61 for t in line.split(" "))


def test_number_of_a_thing_is_no_word_of_it() -> None:
    """Else every house number would find a million lines of the ledger."""
    assert "412" not in bag(Thing(Ref("entry", "412"), "Note", AT)).split()
    assert "2600000412" in bag(Thing(Ref("request", "26-00000412"), "Note", AT)).split()


def test_agency_that_was_not_told_is_no_token() -> None:
    said = {"agency_code": "DPW", "title": "Note", "at": AT, "ref": Ref("ask", "1")}
    assert "~adpw" not in bag(Thing(**said))  # type: ignore[arg-type]
    assert "~adpw" in bag(Thing(**said, audience="partner"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [
        ("alley", "alley", 0),
        ("alley", "aley", 1),
        ("alley", "allley", 1),
        ("alley", "akley", 1),
        ("alley", "laley", 1),
        ("alley", "lalye", 2),
        ("alley", "street", 3),
        ("alley", "alleyways", 3),
    ],
)
def test_slips_are_counted(a: str, b: str, slips: int) -> None:
    assert min(edits(a, b), 3) == slips
    assert edits(a, b) == edits(b, a)


word = st.text("abcdef", min_size=4, max_size=12)


@given(word=word, data=st.data())
def test_one_slip_shares_a_variant(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefg"))
    slip = data.draw(st.sampled_from(["out", "in", "other", "turned"]))
    typed = {
        "out": word[:at] + word[at + 1 :],
        "in": word[:at] + letter + word[at:],
        "other": word[:at] + letter + word[at + 1 :],
        "turned": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[slip]
    assert edits(typed, word) <= 1
    assert variants(typed) & variants(word)


@pytest.mark.parametrize("text", ["a" * 10_000, "a " * 5_000, "(202) 555-" * 2_000, "1-" * 5_000])
def test_long_input_is_cut_soon(text: str) -> None:
    started = time.process_time()
    terms = asked(text)
    assert time.process_time() - started < 0.2
    assert len(terms) <= rules.MOST_TERMS
    assert all(len(w) <= rules.LONGEST_WORD + 1 for t in terms for way in t.ways for w in way)
