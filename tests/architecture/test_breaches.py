"""Each rule about the code is broken once, in a copy of the tree, and seen to fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture import (
    source,
    test_actions,
    test_clock_and_signals,
    test_glossary,
    test_rooms,
)

# The files that a test added to, each with what it held before, if it was there.
ADDED: list[tuple[Path, str | None]] = []
LINT = Path(sys.executable).with_name("lint-imports")
FUNCTION = 'def peek() -> object:\n    """Look."""\n    {line}\n    return None\n'
TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {line}\n"


@pytest.fixture(scope="module")
def one_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree that people commit: the package, its documents and its settings."""
    tmp_path = tmp_path_factory.mktemp("tree")
    left_out = shutil.ignore_patterns("__pycache__", "static", "*.pyc")
    for folder in ("wardroom", "docs", "tests/architecture"):
        shutil.copytree(source.ROOT / folder, tmp_path / folder, ignore=left_out)
    shutil.copy(source.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture
def copy(one_copy: Path) -> Iterator[Path]:
    """The copied tree; what a test added to it is taken away again."""
    ADDED.clear()
    yield one_copy
    for path, text in reversed(ADDED):
        if text is None:
            path.unlink()
            for folder in path.parents:
                if any(folder.iterdir()):
                    break
                folder.rmdir()
        else:
            path.write_text(text, encoding="utf-8")


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of a tree."""
    call = [str(LINT), "pyproject.toml", "--no-cache", "--no-logo"]
    return subprocess.run(call, cwd=tree, capture_output=True, text=True, check=False)


def add(tree: Path, file: str, text: str) -> None:
    """Append to a file of the tree, or make it."""
    path = tree / file
    ADDED.append((path, path.read_text(encoding="utf-8") if path.exists() else None))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as opened:
        opened.write(f"\n{text}\n")


@pytest.fixture
def left(one_copy: Path) -> Iterator[list[Path]]:
    """What stands in the copy after a test that added to it; asked for before ``copy``."""
    before = sorted(one_copy.rglob("*"))
    yield before
    assert sorted(one_copy.rglob("*")) == before


def test_what_was_added_is_gone_with_its_folders(left: list[Path], copy: Path) -> None:
    add(copy, "wardroom/newapp/actions/saying.py", "X = 1")
    assert sorted(copy.rglob("*")) != left


def test_copy_of_the_tree_keeps_every_contract(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
    assert "4 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("contract", "file", "text"),
    [
        (
            "Imports go down the storeys only",
            "wardroom/matters/actions.py",
            "from wardroom.problems.actions import keep_ranking",
        ),
        (
            "Imports go down the storeys only",
            "wardroom/plans/actions.py",
            FUNCTION.format(line="from wardroom.fieldwork.actions import record_check"),
        ),
        (
            "Imports go down the storeys only",
            "wardroom/kernel/text.py",
            TYPES.format(line="from wardroom.access.actor import Stamp"),
        ),
        ("Imports go down the storeys only", "wardroom/newcomer/__init__.py", '"""A stranger."""'),
        (
            "The pure core knows no Django",
            "wardroom/fieldwork/rules/rounds.py",
            FUNCTION.format(line="from django.utils import timezone"),
        ),
        (
            "The pure core knows no Django",
            "wardroom/reporting/facts.py",
            "from wardroom.reporting.models import Edition",
        ),
        (
            "Web, API and jobs never import a model",
            "wardroom/web/asks/views.py",
            "from wardroom.matters.models import Ask",
        ),
        (
            "Web, API and jobs never import a model",
            "wardroom/jobs/routines.py",
            FUNCTION.format(line="from wardroom.reporting.models import Edition"),
        ),
        (
            "A question changes nothing",
            "wardroom/casework/queries/known.py",
            FUNCTION.format(line="from wardroom.casework.actions import take_in"),
        ),
    ],
)
def test_import_against_a_contract_is_seen(contract: str, file: str, text: str, copy: Path) -> None:
    add(copy, file, text)
    done = lint(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    broken = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert [line for line in broken if line.startswith(contract)], done.stdout


@pytest.fixture
def read_copy(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same copy, and the rules of this folder read it in place of the real tree."""
    for module in (source, test_rooms, test_glossary):
        for name, value in (("PACKAGE", copy / "wardroom"), ("ROOT", copy)):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
    return copy


def each_app(rule: Callable[[Path], None]) -> Callable[[], None]:
    """A rule about one app, asked of every app."""

    def ask() -> None:
        for app in source.domain_apps():
            rule(app)

    ask.__name__ = rule.__name__
    return ask


OWN_RULES: tuple[tuple[Callable[[], None], str, str], ...] = (
    (each_app(test_rooms.test_app_has_only_rooms), "wardroom/matters/states.py", "X = 1"),
    (
        each_app(test_rooms.test_room_is_a_file_or_a_package_and_not_both),
        "wardroom/city/rules/__init__.py",
        "",
    ),
    (
        test_rooms.test_no_file_is_called_by_a_name_that_says_nothing,
        "wardroom/web/ui/helpers.py",
        "X = 1",
    ),
    (
        test_rooms.test_every_module_with_code_puts_off_annotations,
        "wardroom/kernel/silent.py",
        "def peek():\n    return 1",
    ),
    (
        test_rooms.test_public_functions_of_rooms_say_what_they_do,
        "wardroom/plans/rules.py",
        "def mumble() -> int:\n    return 1",
    ),
    (
        test_rooms.test_committed_files_name_no_machine_path,
        "wardroom/kernel/text.py",
        f"HERE = {str(Path('/home') / 'somebody')!r}",
    ),
    (
        test_clock_and_signals.test_nothing_below_the_edge_asks_the_clock,
        "wardroom/plans/actions.py",
        "def late() -> object:\n    return timezone.now()",
    ),
    (
        test_clock_and_signals.test_no_signals_but_the_named_exemptions,
        "wardroom/plans/models.py",
        "from django.db.models.signals import post_save",
    ),
    (
        test_actions.test_every_function_offered_in_an_actions_room_passes_the_gate,
        "wardroom/plans/actions.py",
        "def drop_plan(plan: WorkPlan) -> None:\n    plan.delete()",
    ),
    (
        test_actions.test_every_action_is_offered_by_its_room,
        "wardroom/problems/actions/deciding.py",
        "@action(policy.may_decide)\ndef forget_candidate(candidate, *, stamp): ...",
    ),
    (
        test_glossary.test_nothing_in_the_house_has_a_second_name,
        "wardroom/plans/rules.py",
        "HOT_SPOTS = 3",
    ),
)


@pytest.mark.parametrize(
    ("rule", "file", "text"), OWN_RULES, ids=[rule.__name__ for rule, _, _ in OWN_RULES]
)
def test_breach_of_an_own_rule_is_seen(
    rule: Callable[[], None], file: str, text: str, read_copy: Path
) -> None:
    rule()
    add(read_copy, file, text)
    with pytest.raises(AssertionError):
        rule()
