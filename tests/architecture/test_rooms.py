"""Every app has the same few rooms, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, domain_apps, modules, shown, tree_of

ROOMS = {"rules", "facts", "policy", "models", "queries", "gateways", "actions", "reactions"}
PURE_ROOMS = {"rules", "facts", "policy"}
NEVER = {"utils", "util", "helpers", "services", "managers", "common", "base", "misc"}
# Django itself looks for a database's own ways under this name.
DJANGOS = {"wardroom/config/postgresql/base.py", "wardroom/config/sqlite3/base.py"}


def strangers(app: Path) -> list[str]:
    """What stands in an app that is no room."""
    found = []
    for path in app.iterdir():
        name = path.stem
        if path.is_dir():
            holds_code = any(path.rglob("*.py"))
            if holds_code and name not in ROOMS | {"migrations"}:
                found.append(shown(path))
        elif path.suffix == ".py" and name not in ROOMS | {"__init__", "apps"}:
            found.append(shown(path))
    return found


@pytest.mark.parametrize("app", domain_apps(), ids=lambda app: app.name)
def test_app_has_only_rooms(app: Path) -> None:
    assert strangers(app) == []


def test_a_stranger_is_noticed() -> None:
    assert strangers(PACKAGE / "kernel")


def test_no_file_is_called_by_a_name_that_says_nothing() -> None:
    named = {shown(path) for path in modules() if NEVER & {path.stem, path.parent.name}}
    assert named - DJANGOS == set()


@pytest.mark.parametrize("app", domain_apps(), ids=lambda app: app.name)
def test_room_is_a_file_or_a_package_and_not_both(app: Path) -> None:
    assert [r for r in ROOMS if (app / r).is_dir() and (app / f"{r}.py").exists()] == []


def test_every_module_with_code_puts_off_annotations() -> None:
    silent = []
    for path in modules():
        tree = tree_of(path)
        names = {
            alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module == "__future__"
            for alias in node.names
        }
        code = any(isinstance(n, ast.FunctionDef | ast.ClassDef) for n in tree.body)
        if code and "annotations" not in names:
            silent.append(shown(path))
    assert silent == []


def test_public_functions_of_rooms_say_what_they_do() -> None:
    silent = []
    for app in domain_apps():
        for path in sorted(app.rglob("*.py")):
            if path.stem not in ROOMS and path.parent.name not in ROOMS:
                continue
            for node in tree_of(path).body:
                if isinstance(node, ast.FunctionDef) and node.name[0] != "_":
                    words = (ast.get_docstring(node) or "").strip()
                    if not re.match(r"[A-Z]", words):
                        silent.append(f"{shown(path)}: {node.name}")
    assert silent == []


def test_committed_files_name_no_machine_path() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|home|root|farm|Users)/\w")
    files = [*modules(), *sorted((ROOT / "tests").rglob("*.py"))]
    found = [
        shown(path)
        for path in files
        if path.name != Path(__file__).name and machine.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
