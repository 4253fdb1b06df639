"""Templates carry no script and no style of their own: the content policy forbids both."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import PACKAGE, shown

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on",
    re.IGNORECASE,
)
TEMPLATES = sorted(PACKAGE.rglob("*.html")) + sorted(PACKAGE.rglob("*.txt"))


STOPPED_TWICE = re.compile(r"\|instant \}\}(?:</[a-z]+>)*\.")
TIMES = r"(?:clock|clock_text|instant_text|long_instant|_time)"
SAID_TWICE = re.compile(TIMES + r"\([^\"'{}]*\)\}\.")


def inline(text: str) -> list[str]:
    """What stands inline in a template."""
    return INLINE.findall(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_template_has_no_inline_script_or_style(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert inline(text) == [], shown(path)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "seed",
    [
        "<script>alert(1)</script>",
        "<style>a{}</style>",
        '<p style="color:red">',
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_code_is_noticed(seed: str) -> None:
    assert inline(seed)


def test_linked_script_is_let_through() -> None:
    assert inline('<script src="/static/a.mjs" type="module" defer></script>') == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_sentence_that_ends_in_a_time_is_ended_once(path: object) -> None:
    """A time ends in "p.m.", whose full stop ends the sentence too."""
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert STOPPED_TWICE.findall(text) == [], shown(path)  # type: ignore[arg-type]


def test_no_sentence_of_the_code_stops_twice_after_a_time() -> None:
    found = [
        shown(path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if SAID_TWICE.search(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "say it with kernel.text.ended"
