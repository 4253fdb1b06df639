"""What was taken out of a text is in no piece of what goes out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.records.rules.redacting import Span, pieces_of, places_of, reaching_words

TEXT = st.text(alphabet="abcdef \n", min_size=1, max_size=60)


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text with some stretches of it to take out, that may overlap or reach past its end."""
    text = draw(TEXT)
    ends = st.integers(0, len(text) + 5)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=6))
    return text, [Span(min(p), max(p), f"(a)({n})") for n, p in enumerate(pairs)]


@settings(max_examples=500, deadline=None)
@given(texts_and_spans())
def test_no_letter_that_was_taken_out_is_left(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    out = {n for span in spans for n in range(span.start, min(span.end, len(text)))}
    left = "".join(letter for n, letter in enumerate(text) if n not in out)
    pieces = pieces_of(text, spans)
    assert "".join(piece.text for piece in pieces) == left
    assert all(bool(piece.text) != bool(piece.codes) for piece in pieces)
    codes = {code for piece in pieces for code in piece.codes}
    assert codes == {s.code for s in spans if s.start < min(s.end, len(text))}


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Ann met Ann.", "ann", [(0, 3), (8, 11)]),
        ("planning with Joann", "Ann", []),
        ("Ann\n  Lee and ANN LEE", "Ann Lee", [(0, 9), (14, 21)]),
        ("a.b@c.d wrote", "a.b@c.d", [(0, 7)]),
        ("cost (final)", "(final)", [(5, 12)]),
        ("nothing", "  ", []),
        ("Müller und MÜLLER", "müller", [(0, 6), (11, 17)]),
        ("Mary\n> Smith and **Mary** Smith", "Mary Smith", [(0, 12), (19, 31)]),
        ("Jos\u00e9 wrote", "Jose\u0301", [(0, 4)]),
    ],
)
def test_a_phrase_is_found_where_it_stands_on_its_own(
    text: str, phrase: str, found: list[tuple[int, int]]
) -> None:
    assert list(places_of(text, phrase)) == found


@pytest.mark.parametrize(
    "number",
    [
        "2025550163",
        "(202)5550163",
        "202\u00a0555\u00a00163",
        "202\u2011555\u20110163",
        "202 - 555 - 0163",
        "202/555-0163",
        "555-0163",
        "202-555-0163x4",
        "202-555-0163 ext. 12",
        "+44 20 7946 0958",
        "+1 (202) 555-0163",
        "1-202-555-0163",
        "202-555-\n> 0163",
    ],
)
def test_numbers_are_found_however_they_are_written(number: str) -> None:
    text = f"Call me: {number}, or come by."
    assert [text[a:b] for a, b in reaching_words(text)] == [number]


@pytest.mark.parametrize(
    "text", ["20260102-555", "on 2026-11-18 at 17:00", "1300 block", "$1,200.50"]
)
def test_other_figures_are_left_in(text: str) -> None:
    assert reaching_words(text) == ()


@pytest.mark.parametrize("letter", ["a", "1", "1-", "+1", "(", "202-", "a@", "\n> "])
def test_a_long_mail_is_looked_through_at_once(letter: str) -> None:
    begun = time.process_time()
    reaching_words(letter * (100_000 // len(letter)))
    assert time.process_time() - begun < 2.0


def test_ways_to_reach_somebody_are_found_but_not_ours() -> None:
    text = "w.quill@example.net, desk@office.example, 202-555-0163, (202) 555 0164, 20260102-555"
    found = [text[a:b] for a, b in reaching_words(text, but=["Desk@office.example"])]
    assert found == ["w.quill@example.net", "202-555-0163", "(202) 555 0164"]
