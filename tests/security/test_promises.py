"""Each test that README, SECURITY.md, the security model and the tables beside it name is there."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "SECURITY.md", "docs/security-model.md", "docs/asvs.csv", "docs/controls.csv")
NAMED = re.compile(r"\btests/[\w/]+\.py(?:::\w+)?")
STATES = {"met", "open", "operator", "not applicable"}
# Families of NIST SP 800-53, revision 5, whose controls a program can carry.
FAMILIES = {"AC", "AU", "IA", "SC", "SI", "CP"}
# Requirements of each level in ASVS 5.0.0: 70 of level 1, and 183 more of level 2.
LEVELS = {"1": 70, "2": 183}
CONNECTING = re.compile(
    r"^\s*(?:import|from) (?:socket|smtplib|imaplib|ftplib|http\.client|urllib\.request|"
    r"urllib3|requests|redis|xmlrpc)\b",
    re.MULTILINE,
)


def named(text: str) -> list[str]:
    """The tests that a text names, by file or by file and function."""
    return NAMED.findall(text)


@cache
def known_tests(path: Path) -> frozenset[str]:
    """The tests that a file has."""
    if not path.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return frozenset(
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def missing(text: str) -> list[str]:
    """What a text names that is no test of ours."""
    lost = []
    for name in named(text):
        file, _, function = name.partition("::")
        known = known_tests(ROOT / file)
        if not known or (function and function not in known):
            lost.append(name)
    return lost


@pytest.mark.parametrize("page", PAGES)
def test_each_named_test_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert named(text)
    assert missing(text) == []


def test_power_check_a_test_that_is_not_there_is_found() -> None:
    here = "tests/security/test_promises.py"
    assert missing(f"`{here}::test_each_named_test_is_there` and {here}") == []
    assert missing(f"`{here}::test_nothing`") == [f"{here}::test_nothing"]
    assert missing("tests/security/test_nowhere.py") == ["tests/security/test_nowhere.py"]


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a table in docs."""
    with (ROOT / "docs" / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def requirements() -> list[dict[str, str]]:
    return rows_of("asvs.csv")


def test_each_control_is_answered_once_and_what_is_met_names_a_test() -> None:
    rows = rows_of("controls.csv")
    ids = [row["control"] for row in rows]
    assert len(set(ids)) == len(ids) >= 40
    assert all(re.fullmatch(r"[A-Z]{2}-\d{1,2}", one) for one in ids)
    assert {one.split("-")[0] for one in ids} == FAMILIES
    assert {row["state"] for row in rows} == {"met", "shared", "operator"}
    assert all(row["title"].strip() and row["how"].strip() for row in rows)
    assert [
        row["control"] for row in rows if row["state"] != "operator" and not named(row["how"])
    ] == []


def test_each_requirement_of_level_two_is_answered_once() -> None:
    rows = requirements()
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"v5\.0\.0-\d{1,2}\.\d{1,2}\.\d{1,2}", one) for one in ids)
    assert Counter(row["level"] for row in rows) == LEVELS
    assert {row["state"] for row in rows} <= STATES
    assert all(row["what"].strip() and row["how"].strip() for row in rows)


def test_what_is_met_by_code_names_a_test_where_there_is_one() -> None:
    met = [row for row in requirements() if row["state"] == "met"]
    assert len(met) > 100
    assert sum(bool(named(row["how"])) for row in met) * 2 > len(met)


def connecting() -> set[str]:
    """Every module of ours that can open a connection."""
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / "wardroom").rglob("*.py")
        if CONNECTING.search(path.read_text(encoding="utf-8"))
    }


def test_every_way_out_is_in_the_security_model() -> None:
    text = (ROOT / "docs" / "security-model.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(wardroom/[\w/]+\.py)`", text))
    assert connecting() - told == set()
    assert [path for path in told if not (ROOT / path).is_file()] == []


def test_every_setting_that_opens_a_way_out_is_one() -> None:
    text = (ROOT / "docs" / "security-model.md").read_text(encoding="utf-8")
    settings = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    table = text.split("## Every connection that goes out")[1].split("\n## ")[0]
    names = set(re.findall(r"`((?:WARDROOM|DATABASE)_[A-Z_0-9]+)`", table))
    assert len(names) >= 9
    assert [name for name in names if f"| `{name}` |" not in settings] == []
    out = {"HOST", "ADDRESS", "URL", "SCANNER", "MAP", "INSIDE", "PRIVATE"}
    rows = re.findall(r"^\| `([A-Z_0-9]+)` \|", settings, re.M)
    inner = {"WARDROOM_OPEN311_CONTACT"}
    assert {n for n in rows if n.rsplit("_", 1)[-1] in out} - names - inner == set()


def test_power_check_a_module_that_connects_is_noticed() -> None:
    assert CONNECTING.search("x = 1\n    import smtplib\n")
    assert CONNECTING.search("from urllib.request import urlopen\n")
    assert not CONNECTING.search("from urllib.parse import urlsplit\n")
