"""The glossary and the code use one word for one thing: the same words, and no second ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pytest
from django.apps import apps

from tests.architecture.source import PACKAGE, ROOT, modules, shown, tree_of
from wardroom.access.actor import Role

GLOSSARY = ROOT / "docs" / "glossary.md"
SECOND_NAMES = ("work order", "hot spot", "hotspot", "ticket", "case manager", "heat score")
THE_HOUSE_ITSELF = Role.SYSTEM
HEAPS = {
    "boundaries": "all boundary sets of one kind",
    "library": "all that is data and not code",
    "places": "many places noted at once",
}


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


def plain(text: str) -> str:
    """Code and prose alike as words: counter_on is a counter date, ConditionCheck two words."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    text = re.sub(r"_on\b", " date", text)
    return re.sub(r"[_\s-]+", " ", text).lower()


@cache
def spoken() -> str:
    """All that the house's code and pages say."""
    files = [*modules(), *sorted(PACKAGE.rglob("*.html"))]
    return plain(" ".join(path.read_text(encoding="utf-8") for path in files))


@cache
def is_said(word: str) -> bool:
    """Whether a word of the glossary stands anywhere in the code."""
    return bool(re.search(rf"\b{plain(word)}s?\b", spoken()))


@cache
def nouns() -> frozenset[str]:
    """What the lines of the ledger are about."""
    return frozenset(
        node.args[0].value
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Ref"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    )


def faults(text: str) -> list[str]:
    """Where a glossary and the code part ways."""
    rows = words(text)
    listed = [row.word.lower() for row in rows]
    named = [row.kept_as.strip("`") for row in rows if row.kept_as != "-"]
    found = [f"{n} is no record" for n in named if n not in records()]
    found += [f"{n} is not explained" for n in sorted(records() - set(named))]
    found += [f"{n} is explained twice" for n in sorted(set(named)) if named.count(n) > 1]
    found += [f"“{w}” stands twice" for w in sorted(set(listed)) if listed.count(w) > 1]
    found += [f"“{b}” comes before “{a}”" for a, b in pairwise(listed) if b < a]
    found += [f"“{r.word}” has no sentence" for r in rows if not is_sentence(r.meaning)]
    found += [
        f"“{row.word}” is used nowhere in the code"
        for row in rows
        if row.kept_as == "-" and not is_said(row.word)
    ]
    last_words = {word.split()[-1] for word in listed} | set(listed)
    found += [f"lines are about a {n}: no such word" for n in nouns() - last_words - set(HEAPS)]
    roles = {plain(role.value) for role in Role if role is not THE_HOUSE_ITSELF}
    found += [f"the role {role} is not explained" for role in sorted(roles - set(listed))]
    found += [f"“{other}” is a second name" for other in SECOND_NAMES if other in text.lower()]
    return found


def is_sentence(meaning: str) -> bool:
    return bool(re.fullmatch(r".{20,}\.", meaning))


def test_glossary_and_code_use_the_same_words() -> None:
    assert faults(GLOSSARY.read_text(encoding="utf-8")) == []


def test_there_is_much_to_compare() -> None:
    assert len(words(GLOSSARY.read_text(encoding="utf-8"))) > 40
    assert len(records()) > 20
    assert {"matter", "ask", "place", "ward", "party"} <= nouns()


def without(start: str) -> Callable[[str], str]:
    return lambda text: "\n".join(s for s in text.splitlines() if not s.startswith(start))


def with_row(after: str, row: str) -> Callable[[str], str]:
    return lambda text: text.replace(f"\n| {after} |", f"\n{row}\n| {after} |")


@pytest.mark.parametrize(
    ("seed", "fault"),
    [
        (without("| ask |"), "Ask is not explained"),
        (without("| matter |"), "lines are about a matter: no such word"),
        (without("| records officer |"), "the role records officer is not explained"),
        (lambda text: text.replace("`Ask`", "`Request`"), "Request is no record"),
        (lambda text: text.replace("`Grant`", "`Ask`"), "Ask is explained twice"),
        (
            with_row("ask", "| ask | - | One thing, asked of one party, by one date. |"),
            "“ask” stands twice",
        ),
        (
            with_row("ask", "| zebra | - | A row that stands too early in the list. |"),
            "“ask” comes before “zebra”",
        ),
        (
            with_row("ask", "| arbiter | - | Somebody whom nothing in this house knows. |"),
            "“arbiter” is used nowhere in the code",
        ),
        (with_row("ask", "| ask | - | Short. |"), "“ask” has no sentence"),
        (lambda text: f"{text}\nA hot spot is a place.\n", "“hot spot” is a second name"),
    ],
)
def test_glossary_that_parts_from_the_code_is_noticed(
    seed: Callable[[str], str], fault: str
) -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    seeded = seed(text)
    assert seeded != text
    assert fault in faults(seeded)


@cache
def second_names(text: str) -> list[str]:
    """The other names for our things that stand in a text."""
    said = plain(text)
    return [other for other in SECOND_NAMES if re.search(rf"\b{other}s?\b", said)]


def test_nothing_in_the_house_has_a_second_name() -> None:
    files = [*modules(), *sorted(PACKAGE.rglob("*.html")), *sorted((ROOT / "docs").rglob("*.md"))]
    found = [
        f"{shown(path)}: {other}"
        for path in files
        for other in second_names(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_pages_speak_of_wardroom_and_of_a_draw() -> None:
    """Liaisons read neither of a house that does things, nor of a lot that decides them."""
    odd = re.compile(r"\b(the (house|lot)|by lot|a lot draws)\b", re.IGNORECASE)
    pages = sorted(PACKAGE.rglob("templates/**/*.html"))
    assert [shown(path) for path in pages if odd.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("text", ["class HotSpot: ...", "open_tickets()", "<h1>Work orders</h1>"])
def test_second_name_is_noticed(text: str) -> None:
    assert second_names(text)
