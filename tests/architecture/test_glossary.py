"""The glossary names every record, explains every word once, and stays in order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.apps import apps

from tests.architecture.source import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"


@dataclass(frozen=True)
class Word:
    """One row of the glossary."""

    word: str
    kept_as: str
    meaning: str


def words(text: str) -> list[Word]:
    """The rows of the table."""
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [Word(*(cell.strip(" |") for cell in row)) for row in rows[2:]]


def records() -> set[str]:
    """Every record of the house."""
    return {
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("wardroom.")
        for model in config.get_models()
    }


ROWS = words(GLOSSARY.read_text(encoding="utf-8"))


def test_every_record_is_explained_and_no_unknown_one() -> None:
    named = [row.kept_as.strip("`") for row in ROWS if row.kept_as != "-"]
    assert sorted(named) == sorted(records())


def test_every_word_is_explained_once_in_order() -> None:
    listed = [row.word.lower() for row in ROWS]
    assert listed == sorted(set(listed))
    assert len(listed) > 40
    for row in ROWS:
        assert re.fullmatch(r".{20,}\.", row.meaning), row.word


def test_nothing_is_given_a_second_name() -> None:
    text = GLOSSARY.read_text(encoding="utf-8").lower()
    for other in (" task ", "work order", "hot spot", "hotspot", " ticket", "case manager"):
        assert other not in text
