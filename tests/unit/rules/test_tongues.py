"""Seven languages: no frame sentence is missing, marks agree, months and plurals are right."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from wardroom.engagement.rules.boundaries import EFFECTS
from wardroom.engagement.rules.digests import Covered, digest_mail
from wardroom.engagement.rules.subscriptions import DISTRICTS, FREQUENCIES, area_words
from wardroom.engagement.rules.tongues import TONGUES, Tongue
from wardroom.fieldwork.rules import FINDINGS
from wardroom.matters.rules.news import CHECK, EVENT, KEPT, NEWS_KINDS, PLAN, TEXT, PublicNews

ENGLISH = TONGUES["en"]
OTHERS = [tongue for tongue in TONGUES.values() if tongue != ENGLISH]
SPOKEN_BY_LAW = {"en", "es", "am", "zh", "fr", "ko", "vi"}
NOON = datetime(2026, 11, 1, 18, 5)
NEWS = (
    PublicNews(kind=TEXT, key="text/1", at=NOON, local=NOON, text="A gate was put up."),
    PublicNews(kind=PLAN, key="plan/1", at=NOON, local=NOON, agencies=("DPW", "DDOT")),
    PublicNews(kind=CHECK, key="check/1", at=NOON, local=NOON, finding="worse"),
    PublicNews(kind=EVENT, key="event/1", at=NOON, local=NOON, text="Town hall", where="Library"),
    PublicNews(
        kind=KEPT, key="kept/1", at=NOON, local=NOON, text="Mow it", who="DPW", due_on=NOON.date()
    ),
)


def sentences(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every frame sentence of a language with its name."""
    for field in dataclasses.fields(words):
        value = getattr(words, field.name)
        name = f"{path}{field.name}"
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{key}", text) for key, text in value.items())
        elif dataclasses.is_dataclass(value):
            yield from sentences(value, f"{name}.")


def marks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_languages_of_the_law_are_there() -> None:
    assert set(TONGUES) == SPOKEN_BY_LAW


@pytest.mark.parametrize("tongue", OTHERS, ids=lambda t: t.code)
def test_no_frame_sentence_is_missing_or_left_in_english(tongue: Tongue) -> None:
    own, english = dict(sentences(tongue)), dict(sentences(ENGLISH))
    plurals = {"mail.changes.one"}
    assert english.keys() - own.keys() <= plurals
    assert own.keys() <= english.keys()
    same = {"code", "tag", "name", "english", "only_english", "mail.event"}
    for name, text in own.items():
        assert text.strip()
        if name not in plurals:
            assert marks(text) == marks(english[name]), f"{tongue.code}: {name}"
        if name not in same and not name.startswith("named."):
            assert text != english[name], f"{tongue.code} says {name} in English"


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=lambda t: t.code)
def test_every_choice_has_its_word(tongue: Tongue) -> None:
    assert set(tongue.mail.headings) == set(NEWS_KINDS)
    assert set(tongue.mail.findings) == set(FINDINGS) - {"cannot_determine"}
    assert set(tongue.pages.frequencies) == set(FREQUENCIES)
    assert set(tongue.mine) == set(tongue.named) == set(DISTRICTS)
    assert all(hasattr(tongue.mail, effect) for effect in EFFECTS)
    assert len(set(tongue.months)) == 12


@pytest.mark.parametrize(
    ("code", "day", "none", "one", "two"),
    [
        ("en", "November 1, 2026", "0 changes", "1 change ", "2 changes"),
        ("es", "1 de noviembre de 2026", "0 cambios", "1 cambio ", "2 cambios"),
        ("fr", "1er novembre 2026", "0 changement ", "1 changement ", "2 changements"),
        ("am", "ኖቬምበር 1 ቀን 2026", "0 ለውጥ ", "1 ለውጥ ", "2 ለውጦች"),
        ("zh", "2026年11月1日", "0 项", "1 项", "2 项"),
        ("ko", "2026년 11월 1일", "0건", "1건", "2건"),
        ("vi", "ngày 1 tháng 11 năm 2026", "0 thay đổi", "1 thay đổi", "2 thay đổi"),
    ],
)
def test_days_and_plurals(code: str, day: str, none: str, one: str, two: str) -> None:
    tongue = TONGUES[code]
    assert tongue.day(date(2026, 11, 1)) == day
    assert none in tongue.counted(0)
    assert one in tongue.counted(1)
    assert two in tongue.counted(2)


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=lambda t: t.code)
def test_a_digest_is_whole_in_every_language(tongue: Tongue) -> None:
    area = Covered("city", area_words(tongue, area="city"), NOON)
    letter = digest_mail(
        tongue, NEWS, [area], today=NOON.date(), asked_on=NOON.date(), link="https://x.example/"
    )
    assert tongue.city in letter.subject
    assert tongue.counted(5) in letter.text
    assert "DPW, DDOT" in letter.text
    assert "{" not in letter.text
    mark = f"A gate was put up. ({tongue.only_english})"
    assert (mark if tongue != ENGLISH else "A gate was put up.") in letter.text
