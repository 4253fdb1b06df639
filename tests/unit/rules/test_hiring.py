"""The rules of hiring: postings, questions, resumes, points, and the words in every language."""

from __future__ import annotations

import dataclasses
import io
import string
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.hiring.rules import stages
from wardroom.hiring.rules.postings import (
    POINTS,
    PostingWords,
    check_question,
    check_words,
    shown_state,
    slug_of,
    takes_applications,
)
from wardroom.hiring.rules.receipts import WHOLE, receipt_parts
from wardroom.hiring.rules.resumes import ACTIVE, LINKED, MOST_BYTES, check_resume
from wardroom.hiring.rules.stages import Given, Ranked, is_open_to_all, ranked, share_of
from wardroom.hiring.rules.tongues import TONGUES
from wardroom.kernel.errors import Refused

WORDS = PostingWords(
    title="Specialist",
    office_name="The office",
    grade="Grade 5",
    salary_from=85_500_00,
    salary_to=None,
    opens_on=date(2026, 10, 6),
    closes_on=date(2026, 10, 17),
    duties="Coordinates",
    requirements="Knows the wards",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
WORD = "WordDocument".encode("utf-16-le")


def packed(**parts: str) -> bytes:
    """An archive with these parts; two lines under a name stand for a slash and a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("cv.pdf", b"%PDF-1.7\n%%EOF", "cv.pdf"),
        ("cv.exe", b"%PDF-1.7\n%%EOF", "cv.pdf"),
        ("cv.doc", OLE + WORD, "cv.doc"),
        ("cv.docx", packed(**DOCX), "cv.docx"),
        ("cv.odt", packed(**ODT), "cv.odt"),
        ("cv.rtf", b"{\\rtf1 My work}", "cv.rtf"),
        ("cv.txt", "Mi trabajo, año a año".encode(), "cv.txt"),
        ("../../etc/cv", b"My work", "cv.txt"),
    ],
)
def test_a_resume_is_known_by_its_bytes(name: str, content: bytes, kept: str) -> None:
    assert check_resume(name, content)[0] == kept


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("cv.pdf", b"", "empty_file"),
        ("cv.txt", b"a" * (MOST_BYTES + 1), "too_large"),
        ("cv.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "bad_type"),
        ("cv.pdf", b"\x89PNG\r\n\x1a\n" + bytes(40), "not_as_named"),
        ("cv.pdf", b"<html><script>1</script>", "not_as_named"),
        ("cv.pdf", b"MZ" + bytes(90), "not_as_named"),
        ("cv.txt", b"#!/bin/sh\nrm -r /", "bad_type"),
        ("cv.csv", b"a,b\n1,2", "bad_type"),
        ("cv.pdf", b"%PDF-1.7\n" + packed(**DOCX), "not_as_named"),
        ("cv.doc", OLE, "not_as_named"),
        ("cv.doc", OLE + WORD + packed(**DOCX), "not_as_named"),
        ("cv.doc", OLE + WORD + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
        ("cv.docx", packed(**{**DOCX, "word/vbaProject.bin": "x"}), "macro"),
        ("cv.odt", packed(**{**ODT, "Basic/Standard/script.xml": "x"}), "macro"),
        ("cv.zip", packed(a="x"), "bad_type"),
        ("cv.xlsx", packed(**{"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "bad_type"),
    ],
)
def test_what_is_no_resume_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as no:
        check_resume(name, content)
    assert (no.value.code, no.value.field) == (code, "resume")


def test_an_archive_that_unpacks_for_ever_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in DOCX.items():
            archive.writestr(name, text)
        archive.writestr("word/media.bin", bytes(210_000_000))
    assert len(file.getvalue()) < MOST_BYTES
    with pytest.raises(Refused, match="not what its name says"):
        check_resume("cv.docx", file.getvalue())


def test_what_is_odd_about_a_file_is_said() -> None:
    assert check_resume("a.pdf", b"%PDF-1.7\n<< /JavaScript 1 >>\n%%EOF")[2] == ACTIVE
    assert check_resume("a.pdf", b"%PDF-1.7\n<< /EmbeddedFiles 1 >>\n%%EOF")[2] == LINKED
    hidden = b"%PDF-1.7\nstream\n/JS \nendstream\n%%EOF"
    assert check_resume("a.pdf", hidden)[2] == ""
    assert check_resume("a.rtf", b"{\\rtf1 {\\object\\objdata 01}}")[2] == LINKED


@pytest.mark.parametrize(
    "text",
    [
        "Were you ever convicted of a felony?",
        "Have you been ARRESTED?",
        "How did you vote in 2024?",
        "What is your date of birth?",
        "How old are you?",
        "Do you have any criminal record?",
        "Which political campaigns did you work for?",
        "Are you married?",
        "What year did you finish high school?",
        "In which year did you get your degree?",
        "When did you graduate?",
        "Which country are you from?",
        "Where are you originally from?",
        "What is your native language?",
        "Are you a citizen?",
        "Do you have a medical condition?",
        "How many sick days did you take?",
        "What is your current salary?",
        "How much did you earn there?",
    ],
)
def test_what_is_never_asked_is_no_question(text: str) -> None:
    with pytest.raises(Refused) as no:
        check_question(text, kind="text", asked_of="applicant", points=0)
    assert no.value.code == "never_asked"


def test_an_ordinary_question_may_be_asked() -> None:
    for text in (
        "How do you manage several languages?",
        "Which stage of a plan is hardest?",
        "Which wards do you know?",
        "What did you study in school?",
        "Which degree do you hold?",
        "How would you serve people from several countries?",
        "When can you begin?",
        "Which of the salary steps in the posting fits your years of work?",
    ):
        assert check_question(f" {text} ", kind="text", asked_of="panel", points=5) == text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"duties": ""}, "duties"),
        ({"salary_from": 0}, "salary_from"),
        ({"salary_to": 1}, "salary_to"),
        ({"closes_on": date(2026, 10, 5)}, "closes_on"),
        ({"preference": "first"}, "preference_words"),
        ({"preference": "friends"}, "preference"),
        ({"preference": POINTS, "preference_words": "5 more"}, "preference_points"),
        ({"preference_points": 3}, "preference_points"),
        ({"keep_months": 0}, "keep_months"),
        ({"about": "a" * 12_001}, "about"),
    ],
)
def test_a_posting_that_cannot_be_is_refused(wrong: dict[str, object], field: str) -> None:
    check_words(WORDS)
    with pytest.raises(Refused) as no:
        check_words(replace(WORDS, **wrong))  # type: ignore[arg-type]
    assert no.value.field == field


def test_both_days_are_inside_and_it_closes_by_itself() -> None:
    days = {"opens_on": WORDS.opens_on, "closes_on": WORDS.closes_on}
    took = [
        takes_applications("open", **days, today=date(2026, 10, day))  # type: ignore[arg-type]
        for day in (5, 6, 17, 18)
    ]
    assert took == [False, True, True, False]
    assert shown_state("open", closes_on=WORDS.closes_on, today=date(2026, 10, 18)) == "closed"
    assert takes_applications("open", opens_on=WORDS.opens_on, closes_on=None, today=date.max)
    assert slug_of("Director – Mayor’s Office", 7) == "director-mayors-office-7"


def test_no_way_leads_to_a_screening_before_an_offer() -> None:
    ways = {stages.RECEIVED}
    reached: set[str] = set()
    while ways - reached:
        stage = next(iter(ways - reached))
        reached.add(stage)
        ways |= stages.MOVES[stage] - {stages.OFFER}
    assert not reached & stages.AFTER_OFFER
    for stage in stages.MOVES:
        if stage != stages.SUITABILITY:
            with pytest.raises(Refused):
                stages.check_result(stage, stages.CLEARED)


def test_others_points_are_seen_once_all_have_given_theirs() -> None:
    due = frozenset({1, 2})
    assert not is_open_to_all(scored=frozenset({1}), due=due, opened=False)
    assert is_open_to_all(scored=due, due=due, opened=False)
    assert is_open_to_all(scored=frozenset(), due=due, opened=True)
    assert not is_open_to_all(scored=frozenset(), due=frozenset(), opened=False)


ROWS = st.lists(
    st.builds(
        Ranked,
        number=st.integers(1, 99),
        resident=st.booleans(),
        share=st.one_of(st.none(), st.floats(0, 100)),
    ),
    max_size=8,
).map(tuple)


@given(rows=ROWS, points=st.integers(1, 20))
def test_the_preference_is_applied_as_declared_and_no_further(
    rows: tuple[Ranked, ...], points: int
) -> None:
    first = ranked(rows, preference="first", points=0)
    assert [r.resident for r in first] == sorted((r.resident for r in rows), reverse=True)
    assert all(r.extra == 0 for r in first)
    more = ranked(rows, preference=POINTS, points=points)
    assert all(r.extra == (points if r.resident else 0) for r in more)
    plain = ranked(rows, preference="none", points=points)
    shares = [r.share for r in plain if r.share is not None]
    assert shares == sorted(shares, reverse=True)
    assert all(len(r) == len(rows) for r in (first, more, plain))


def test_a_share_is_the_mean_of_the_members() -> None:
    given_points = (Given(1, {1: 5, 2: 5}), Given(2, {1: 0, 2: 5}))
    assert share_of(given_points, {1: 5, 2: 5}) == 75
    assert share_of((), {1: 5}) is None


def test_a_receipt_changes_with_every_part() -> None:
    whole = {"person": ("A", "a@b"), "pasted": "x", "file_digest": "f", "answers": (("q", "a"),)}
    digests = {receipt_parts(**whole)[-1].digest}  # type: ignore[arg-type]
    for name, other in (
        ("person", ("B", "a@b")),
        ("pasted", "y"),
        ("file_digest", ""),
        ("answers", (("q", "b"),)),
    ):
        last = receipt_parts(**{**whole, name: other})[-1]  # type: ignore[arg-type]
        assert last.name == WHOLE
        digests.add(last.digest)
    assert len(digests) == 5


def leaves(words: object, at: str = "") -> dict[str, str]:
    """Every sentence of a language by where it stands."""
    if isinstance(words, str):
        return {at: words}
    if isinstance(words, dict):
        pairs = words.items()
    elif dataclasses.is_dataclass(words):
        pairs = vars(words).items()
    else:
        return {}
    found: dict[str, str] = {}
    for name, value in pairs:
        found |= leaves(value, f"{at}.{name}")
    return found


@pytest.mark.parametrize("code", TONGUES)
def test_every_language_says_everything_with_the_same_gaps(code: str) -> None:
    parts = ("posting", "form", "receipt", "letters", "wrong")
    english = {k: v for p in parts for k, v in leaves(getattr(TONGUES["en"], p), p).items()}
    own = {k: v for p in parts for k, v in leaves(getattr(TONGUES[code], p), p).items()}
    assert own.keys() == english.keys()
    for at, words in own.items():
        gaps = {name for _, name, _, _ in string.Formatter().parse(words) if name}
        wanted = {name for _, name, _, _ in string.Formatter().parse(english[at]) if name}
        assert gaps == wanted, at
        assert words.strip(), at
    if code != "en":
        same = [at for at in own if own[at] == english[at]]
        assert len(same) <= 3, same
    assert set(TONGUES[code].letters.stages) == set(stages.STAGES)
