"""The fields of Word in a part of a file: none fetches anything, and none has marks in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from wardroom.kernel.errors import Refused

FETCHING = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b",
    re.IGNORECASE,
)
BEGIN, END = "\x01", "\x02"
EDGES = f"[{BEGIN}{END}]*"
MARK = re.compile(rf"\{{{EDGES}[{{%#].*?[}}%#]{EDGES}\}}", re.DOTALL)
INSTRUCTIONS = ("instrText", "delInstrText")
MARKS_WORDS = "A field of Word may hold no marks in curly brackets. Put them beside it."


def check_fields(tree: Any) -> None:
    """Refuses a field that fetches something, and one that marks could make into another.

    A field may be written in several pieces, and a mark as well; the marks are taken out of the
    file only later, so neither may begin or end within the other.
    """
    for field in _instructions(tree):
        if FETCHING.search(field):
            _refuse(
                f"The field “{field.strip()[:60]}” fetches something from outside. Take it out."
            )
    text, depth = "".join(_pieces(tree)), 0
    for sign in text:
        depth = max(0, depth + (sign == BEGIN) - (sign == END))
        if depth and sign in "{}":
            _refuse(MARKS_WORDS)
    if any(BEGIN in mark or END in mark for mark in MARK.findall(text)):
        _refuse(MARKS_WORDS)


def _instructions(tree: Any) -> Iterator[str]:
    """What each field says: those of one paragraph together, and of one that goes over several."""
    yield from _simple(tree)
    for paragraph in tree.iter(qn("w:p")):
        yield "".join(one.text or "" for one in paragraph.iter("{*}instrText"))
    depth, said = 0, ""
    for one in tree.iter("{*}fldChar", "{*}instrText"):
        kind = one.get(qn("w:fldCharType"), "") if _name(one) == "fldChar" else ""
        depth = max(0, depth + (kind == "begin") - (kind == "end"))
        said += "" if kind else one.text or ""
        if not depth:
            yield said
            said = ""
    yield said


def _simple(tree: Any) -> list[str]:
    """The fields that are written in one piece."""
    said = [one.get(qn("w:instr"), "") for one in tree.iter("{*}fldSimple")]
    if any("{" in one or "}" in one for one in said):
        _refuse(MARKS_WORDS)
    return said


def _pieces(tree: Any) -> Iterator[str]:
    """The words of a part in their order, with the edges of its fields."""
    for one in tree.iter("{*}fldChar", "{*}t", *(f"{{*}}{name}" for name in INSTRUCTIONS)):
        name = _name(one)
        if name == "fldChar":
            yield _edge(one.get(qn("w:fldCharType"), ""))
        elif name in INSTRUCTIONS:
            yield f"{BEGIN}{one.text or ''}{END}"
        else:
            yield one.text or ""


def _edge(kind: str) -> str:
    if kind not in ("begin", "separate", "end"):
        _refuse(MARKS_WORDS)
    return {"begin": BEGIN, "end": END}.get(kind, "")


def _name(one: Any) -> str:
    return str(one.tag).rpartition("}")[2]


def _refuse(sentence: str) -> None:
    raise Refused("reaches_outside", sentence, field="file")
