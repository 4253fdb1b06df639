"""What people read is written in US English: templates, sentences, the guide and the changes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, shown

ROOT = PACKAGE.parent
ENDINGS = (
    "organis", "recognis", "authoris", "apologis", "summaris", "prioritis", "minimis", "realis",
    "categoris", "analys(?:e|ed|es|ing)\\b", "neighbour", "colour", "favour", "behaviour",
    "honour", "labour", "rumour", "centre", "metre", "licence", "defence", "programme",
    "catalogue", "cancell(?:ed|ing)", "travell", "judgement", "acknowledgement", "grey", "kerb",
    "tyre", "storey", "cheque", "practise",
)  # fmt: skip
WORDS = (
    "whilst", "amongst", "towards", "for ever", "learnt", "spelt", "rubbish", "pavement",
    "fortnight", "tick(?:ed|s)?", "telephone", "metres?",
)  # fmt: skip
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
BRITISH = re.compile(
    rf"\b(?:{'|'.join(ENDINGS)})|\b(?:{'|'.join(WORDS)})\b|\b\d{{1,2}} (?:{MONTHS}) \d{{4}}\b"
    r"|%-?d %[Bb]",
    re.IGNORECASE,
)
# What a program reads is no word: tags with their attributes, {{ names }} and {% tags %}.
MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<svg.*?</svg>|<[^>]*>", re.DOTALL)
READ_ALOUD = re.compile(r'(?:placeholder|aria-label|title|text|button)="([^"]*)"')
TEMPLATES = sorted((PACKAGE / "web" / "templates").rglob("*.html"))
# The made-up district, its people and the words of a feed are data, not sentences of ours.
NOT_OURS = {"migrations", "demonstration", "analysis"}
MODULES = [p for p in sorted(PACKAGE.rglob("*.py")) if not NOT_OURS & set(p.parts)]
PAPERS = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "docs" / "guide.md"]


def british(text: str) -> list[str]:
    """The forms in a text that are spelled as in Britain."""
    return BRITISH.findall(text)


def seen_in(template: str) -> str:
    """What somebody reads of a template, or hears of it."""
    return " ".join([MARKUP.sub(" ", template), *READ_ALOUD.findall(template)])


def sentences_in(path: Path) -> Iterator[str]:
    """The sentences of a module: strings of several words that are no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else "0" for p in node.values)
            yield "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            text = node.value
            if isinstance(text, str) and (" " in text.strip() or text.istitle()):
                yield text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_template_is_spelled_as_in_washington(path: Path) -> None:
    assert british(seen_in(path.read_text(encoding="utf-8"))) == [], shown(path)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_sentences_are_spelled_as_in_washington(path: Path) -> None:
    said = (text for text in sentences_in(path) if "SELECT" not in text and "<>" not in text)
    assert [text for text in said if british(text)] == []


@pytest.mark.parametrize("path", PAPERS, ids=lambda p: p.name)
def test_papers_are_spelled_as_in_washington(path: Path) -> None:
    code = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)
    assert british(code.sub(" ", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "words",
    [
        "Choose an organisation",
        "within 100 metres",
        "A neighbour called",
        "Friday 4 December 2026",
        "Tick a row",
        "The request was cancelled",
        '<p aria-label="The colours">',
    ],
)
def test_british_forms_are_noticed(words: str) -> None:
    assert british(seen_in(words))


def test_names_that_a_program_reads_are_let_through() -> None:
    assert (
        british(seen_in('{% if row.metres %}{{ row.metres }} m{% endif %}<p class="ticks">')) == []
    )
