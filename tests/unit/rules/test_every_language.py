"""No shipped language has an untranslated string, over everything that says words in seven.

What says them is found, not listed: every table in a module of tongues that is keyed by the
languages. A new part is tried by itself.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest

import wardroom
from tests.architecture.source import PACKAGE
from wardroom.kernel.languages import LANGUAGES

LETTERS = {"am": r"[\u1200-\u137f]", "zh": r"[\u4e00-\u9fff]", "ko": r"[\uac00-\ud7af]"}
# A name, a number's form, or a word that two languages share.
SAME = re.compile(r"^(?:code|tag|name|english|only_english|months\.\d+)$|(?:^|\.)named\.")
SHARED_WORDS = {
    ("es", "No"), ("fr", "Surface"), ("fr", "Type"), ("fr", "Structure"), ("fr", "Date"),
    ("fr", "Agents"), ("fr", "Participants"), ("es", "{when}, {where}."),
    ("fr", "{when}, {where}."), ("vi", "{when}, {where}."), ("am", "{when}, {where}."),
    ("zh", "{when}, {where}."), ("ko", "{when}, {where}."), ("vi", "{n}%"), ("am", "{n}%"),
    ("zh", "{n}%"), ("ko", "{n}%"), ("fr", "Message"), ("fr", "Permanent"), ("es", "General"),
    ("fr", "Occasion"), ("fr", "Question"), ("fr", "Photos"), ("fr", "Description"),
}  # fmt: skip
OTHERS = sorted(set(LANGUAGES) - {"en"})


def modules() -> Iterator[ModuleType]:
    """Every module of words in several languages."""
    for found in pkgutil.walk_packages(wardroom.__path__, "wardroom."):
        if ".rules" in found.name and ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def tables() -> dict[str, Mapping[str, Any]]:
    """Every table keyed by the seven languages, by its name; each once."""
    found: dict[int, tuple[str, Mapping[str, Any]]] = {}
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, Mapping) and set(LANGUAGES) <= set(value):
                found.setdefault(id(value), (f"{module.__name__}.{name}", value))
    return {name: value for name, value in found.values() if not _is_of_codes(value)}


def _is_of_codes(table: Mapping[str, Any]) -> bool:
    """Whether it only names the languages to staff."""
    return all(isinstance(value, str) for value in table.values()) and (
        table["es"] in {"Spanish", "es", "es-US"}
    )


def said(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string that a language says, with its name."""
    if isinstance(value, str):
        yield path, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from said(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from said(one, f"{path}.{key}".lstrip("."))
    elif isinstance(value, tuple | list):
        for number, one in enumerate(value):
            yield from said(one, f"{path}.{number}".lstrip("."))


def marks(text: str) -> set[str]:
    """The places that a string leaves for what is filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def plain(text: str) -> str:
    """The words of a string without marks, names of the District, links and examples."""
    text = re.sub(r"\{[^}]*\}", "", text)
    return re.sub(r"\b(?:SMD|ANC|Ward|ward|NE|NW|SE|SW|DC|PDF|Atom|GeoJSON)\b|[^\w]|\d|_", "", text)


def faults(code: str, own: Mapping[str, str], english: Mapping[str, str]) -> list[str]:
    """What one language leaves in English, lacks, or fills in otherwise."""
    found = [
        f"{name} is missing" for name in english if name not in own and not name.endswith(".one")
    ]
    for name, text in own.items():
        if SAME.search(name) or not plain(text):
            continue
        if text == english.get(name) and (code, text) not in SHARED_WORDS:
            found.append(f"{name} is in English: {text}")
        elif code in LETTERS and not re.search(LETTERS[code], text):
            found.append(f"{name} is not written in this language: {text}")
        lost = marks(english.get(name, text)) - marks(text)
        if lost - {"n"} or (lost and not name.endswith(".one")):
            found.append(f"{name} lacks {lost}")
    return found


def test_there_are_words_to_look_at() -> None:
    found = tables()
    assert {"FRAMES", "NEAR", "EVERYBODY", "TONGUES", "TOLD"} <= {
        name.rpartition(".")[2] for name in found
    }
    assert all(set(table) >= set(LANGUAGES) for table in found.values())


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", sorted(tables()))
def test_no_string_is_left_in_english(name: str, code: str) -> None:
    table = tables()[name]
    assert faults(code, dict(said(table[code])), dict(said(table["en"]))) == []


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize("name", sorted(tables()))
def test_counts_have_just_the_forms_that_the_language_has(name: str, code: str) -> None:
    forms = {LANGUAGES[code].plural(number) for number in (0, 1, 2, 5, 21)}
    counted: dict[str, set[str]] = {}
    for path, _ in said(tables()[name][code]):
        above, _, last = path.rpartition(".")
        if last in {"one", "other"}:
            counted.setdefault(above, set()).add(last)
    for path, found in counted.items():
        assert found >= forms, f"{path} of {code}"


def test_what_is_left_in_english_is_found() -> None:
    english = {"a": "Open {n} places", "b": "Done"}
    assert faults("es", {"a": "Open {n} places", "b": "Hecho"}, english)
    assert faults("es", {"a": "Abrir lugares", "b": "Hecho"}, english)
    assert faults("ko", {"a": "Open {n} lugares", "b": "완료"}, english)
    assert faults("es", {"a": "{n} lugares"}, english)
    assert faults("es", {"a": "{n} lugares", "b": "Hecho"}, english) == []


# -- the pages themselves -----------------------------------------------------------------

IN_ENGLISH = re.compile(r'<(\w+)[^>]*\blang="en-US"[^>]*>.*?</\1>', re.S)
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
# Names of formats, which every language writes alike.
FORMATS = re.compile(r"\b(?:Atom|RSS|GeoJSON|iCalendar)\b")
TOLD_ATTRIBUTES = re.compile(r'\b(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)"')


def spoken_templates() -> list[Any]:
    """The templates of public pages that speak the reader's language, with their parts."""
    found = []
    for path in sorted(PACKAGE.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        frame = path.name == "public.html" and path.parent.name == "ui"
        public = '"ui/public.html"' in text or path.parent.name == "near"
        if frame or (public and re.search(r"\b(?:tongue|words|told)\.\w+", text)):
            found.append(path)
    return found


def loose_words(text: str) -> list[str]:
    """The words that a template says itself, and not in the reader's language."""
    text = FORMATS.sub("", CODE.sub("", IN_ENGLISH.sub("", text)))
    text = re.sub(r"<(?:script|style)\b.*?</(?:script|style)>", "", text, flags=re.S)
    text = re.sub(r'<meta name="htmx-config"[^>]*\'>', "", text)
    told = [m[1] for m in TOLD_ATTRIBUTES.finditer(text)]
    told.append(re.sub(r"<[^>]*>", " ", text))
    return [word for part in told for word in re.findall(r"[^\W\d_]{2,}", part)]


def test_public_pages_in_seven_languages_are_found() -> None:
    assert {path.name for path in spoken_templates()} >= {"front.html", "area.html", "place.html"}


@pytest.mark.parametrize(
    "path", spoken_templates(), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_page_in_seven_languages_says_nothing_of_its_own(path: Any) -> None:
    assert loose_words(path.read_text(encoding="utf-8")) == []


def test_loose_words_are_noticed() -> None:
    assert loose_words("<p>{{ words.title }} Hello</p>") == ["Hello"]
    assert loose_words('<nav aria-label="Pages">') == ["Pages"]
    assert loose_words('<p lang="en-US">In English</p>{{ words.a }} · 12') == []
