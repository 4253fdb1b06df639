"""The seven languages of what residents read: how each writes days, and counts.

English, and the six of the District's language law.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

ONE, OTHER = "one", "other"


def one_is_one(number: int) -> str:
    """English, Spanish: one is singular, the rest is not."""
    return ONE if number == 1 else OTHER


def none_is_one(number: int) -> str:
    """French, Amharic: none and one are singular."""
    return ONE if number in (0, 1) else OTHER


def never_one(_: int) -> str:
    """Chinese, Korean, Vietnamese: nouns do not change with their number."""
    return OTHER


def twelve_hours(local: datetime | time) -> str:
    """6:30 p.m."""
    half = "a.m." if local.hour < 12 else "p.m."
    return f"{local.hour % 12 or 12}:{local.minute:02d} {half}"


def twenty_four_hours(local: datetime) -> str:
    """18:30."""
    return f"{local.hour}:{local.minute:02d}"


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language: its names, and how it writes days, times of day and counts."""

    code: str
    tag: str
    name: str
    english: str
    months: tuple[str, ...]
    day_form: Callable[[str, date], str]
    clock_form: Callable[[datetime], str]
    plural: Callable[[int], str]

    def day(self, on: date) -> str:
        """A day as this language writes it."""
        return self.day_form(self.months[on.month - 1], on)

    def instant(self, local: datetime) -> str:
        """A day and a time of day, on the clock that it is given in."""
        return f"{self.day(local.date())}, {self.clock_form(local)}"


LANGUAGES: Mapping[str, Language] = {
    language.code: language
    for language in (
        Language(
            code="en",
            tag="en-US",
            name="English",
            english="English",
            months=(
                "January", "February", "March", "April", "May", "June",
                "July", "August", "September", "October", "November", "December",
            ),
            day_form=lambda month, on: f"{month} {on.day}, {on.year}",
            clock_form=twelve_hours,
            plural=one_is_one,
        ),
        Language(
            code="es",
            tag="es-US",
            name="Español",
            english="Spanish",
            months=(
                "enero", "febrero", "marzo", "abril", "mayo", "junio",
                "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
            ),
            day_form=lambda month, on: f"{on.day} de {month} de {on.year}",
            clock_form=twelve_hours,
            plural=one_is_one,
        ),
        Language(
            code="am",
            tag="am",
            name="አማርኛ",
            english="Amharic",
            months=(
                "ጃንዩወሪ", "ፌብሩወሪ", "ማርች", "ኤፕሪል", "ሜይ", "ጁን",
                "ጁላይ", "ኦገስት", "ሴፕቴምበር", "ኦክቶበር", "ኖቬምበር", "ዲሴምበር",
            ),
            day_form=lambda month, on: f"{month} {on.day} ቀን {on.year}",
            clock_form=twelve_hours,
            plural=none_is_one,
        ),
        Language(
            code="zh",
            tag="zh-Hans",
            name="简体中文",
            english="Chinese",
            months=(
                "1月", "2月", "3月", "4月", "5月", "6月",
                "7月", "8月", "9月", "10月", "11月", "12月",
            ),
            day_form=lambda month, on: f"{on.year}年{month}{on.day}日",
            clock_form=twenty_four_hours,
            plural=never_one,
        ),
        Language(
            code="fr",
            tag="fr",
            name="Français",
            english="French",
            months=(
                "janvier", "février", "mars", "avril", "mai", "juin",
                "juillet", "août", "septembre", "octobre", "novembre", "décembre",
            ),
            day_form=lambda month, on: f"{'1er' if on.day == 1 else on.day} {month} {on.year}",
            clock_form=twenty_four_hours,
            plural=none_is_one,
        ),
        Language(
            code="ko",
            tag="ko",
            name="한국어",
            english="Korean",
            months=(
                "1월", "2월", "3월", "4월", "5월", "6월",
                "7월", "8월", "9월", "10월", "11월", "12월",
            ),
            day_form=lambda month, on: f"{on.year}년 {month} {on.day}일",
            clock_form=twenty_four_hours,
            plural=never_one,
        ),
        Language(
            code="vi",
            tag="vi",
            name="Tiếng Việt",
            english="Vietnamese",
            months=(
                "tháng 1", "tháng 2", "tháng 3", "tháng 4", "tháng 5", "tháng 6",
                "tháng 7", "tháng 8", "tháng 9", "tháng 10", "tháng 11", "tháng 12",
            ),
            day_form=lambda month, on: f"ngày {on.day} {month} năm {on.year}",
            clock_form=twenty_four_hours,
            plural=never_one,
        ),
    )
}  # fmt: skip


def spoken_in(code: str) -> dict[str, Any]:
    """What a language has of its own, for whatever adds words to it."""
    language = LANGUAGES[code]
    return {field.name: getattr(language, field.name) for field in fields(language)}


def language_of(code: str) -> Language:
    """The language of this code; English where residents are not written to in it."""
    return LANGUAGES.get(code, LANGUAGES["en"])
