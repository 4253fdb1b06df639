"""The verdict over the test runs: nothing that had to run is quietly left out."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import is_run_twice, strays
from tests.postgres import UNAVAILABLE
from tests.tasks.health import sizes
from tests.tasks.test import (
    BROWSER,
    NOTHING_COLLECTED,
    PURE,
    SHARES,
    Outcome,
    environment_of,
    kinds,
    verdict,
)


@pytest.mark.parametrize("strict", [True, False])
def test_missing_server_fails_only_where_nothing_may_be_left_out(strict: bool) -> None:
    missing = Outcome("PostgreSQL", UNAVAILABLE, "", 0.0, "PostgreSQL could not be started: x\n")
    sentence, failed = verdict(missing, strict=strict)
    assert sentence == "PostgreSQL: NOT RUN (PostgreSQL could not be started: x)"
    assert failed is strict


def test_failure_counts_and_shows_the_closing_line() -> None:
    assert verdict(Outcome("SQLite", 1, "1 failed, 2 passed in 3.00s", 3.0), strict=False) == (
        "SQLite: FAILED, 1 failed, 2 passed in 3.00s",
        True,
    )


def test_crash_without_a_closing_line_counts_as_failure() -> None:
    sentence, failed = verdict(Outcome("SQLite", -9, "", 3.0), strict=False)
    assert failed
    assert "no output" in sentence


def test_subset_without_browser_tests_is_no_failure() -> None:
    assert verdict(Outcome("Chromium", NOTHING_COLLECTED, "", 1.0), strict=True)[1] is False


def test_health_knows_the_largest_files() -> None:
    rows = sizes()["files"]
    assert rows == sorted(rows, reverse=True)
    assert any(name == "run.py" for _, name in rows)


def asked_of_pytest(monkeypatch: pytest.MonkeyPatch, *words: str) -> dict[str, list[str]]:
    """What each run is called with, by its name."""
    monkeypatch.setattr("tests.tasks.test.chromium", lambda: "/a/browser")
    runs: list[Any] = list(kinds(list(words), "a folder"))
    return {run.args[0]: run.args[1] for run in runs}


def test_every_folder_is_read_by_the_runs_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = asked_of_pytest(monkeypatch)
    shares = [f"Chromium, share {n}" for n in range(1, SHARES + 1)]
    assert list(runs) == ["SQLite", "PostgreSQL", *shares]
    assert runs["SQLite"] == [f"--ignore={BROWSER}", "-m", "not browser"]
    pure = [f"--ignore={folder}" for folder in PURE]
    assert runs["PostgreSQL"] == [f"--ignore={BROWSER}", *pure, "--database-only"]
    assert [runs[name] for name in shares] == [
        [BROWSER, "-m", "browser", "--share", f"{n}/{SHARES}"] for n in range(1, SHARES + 1)
    ]


@pytest.mark.parametrize("folder", [*PURE, "tests/matters"])
def test_test_of_the_database_among_the_pure_is_seen(folder: str) -> None:
    """The fault on purpose, and the same test where it belongs."""

    def test(name: str, *fixtures: str) -> Any:
        marks: dict[str, None] = {}
        node = f"{folder}/test_it.py::{name}"
        return SimpleNamespace(nodeid=node, fixturenames=fixtures, get_closest_marker=marks.get)

    found = strays([test("test_pure"), test("test_stray", "db")])
    assert found == ([f"{folder}/test_it.py::test_stray"] if folder in PURE else [])


@pytest.mark.parametrize(
    ("folder", "marks", "twice"),
    [
        ("tests/web", ["django_db"], False),
        ("tests/web", ["django_db", "any_database"], True),
        ("tests/matters", ["django_db"], True),
        ("tests/matters", ["django_db", "one_database"], False),
        ("tests/matters", [], False),
    ],
)
def test_what_is_run_on_postgres_as_well(folder: str, marks: list[str], twice: bool) -> None:
    """See docs/decisions/030-what-runs-twice.md."""
    marked = dict.fromkeys(marks, object())
    node = f"{folder}/test_it.py::test_it"
    item: Any = SimpleNamespace(nodeid=node, fixturenames=(), get_closest_marker=marked.get)
    assert is_run_twice(item) == twice


def test_call_that_names_files_reads_these_in_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    named = "tests/setup/test_tasks.py::test_health_knows_the_largest_files"
    for words in asked_of_pytest(monkeypatch, named, "-k", "health").values():
        assert named in words
        assert not any(BROWSER in word for word in words)


def test_what_python_compiles_is_kept_from_one_worker_to_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setattr("tests.tasks.test.chromium", lambda: "/a/browser")
    given = environment_of(tmp_path)
    assert "PYTHONDONTWRITEBYTECODE" not in given
    assert given["LANG"] == "C"
    assert given["WARDROOM_HOME"] == str(tmp_path / "home")
    assert given["WARDROOM_CHROMIUM"] == "/a/browser"
