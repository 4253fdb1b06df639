"""The command for due dates: the arithmetic of one, and of a file of them row by row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.trouble import load_topics
from wardroom.jobs.cli import DONE, FAILED, SOME_REJECTED, main

pytestmark = pytest.mark.django_db
Output = pytest.CaptureFixture[str]
RULE = ("due", "--rule", "dc-311-2015")


@pytest.fixture
def library(db: None) -> None:
    load_topics()


def test_due_shows_its_arithmetic(library: None, capsys: Output) -> None:
    assert main([*RULE, "--start", "2015-09-11T05:50", "--days", "2"]) == DONE
    shown = capsys.readouterr().out
    assert shown.startswith("Due Monday, September 14, 2015 at 17:00\n")
    assert "before opening" in shown
    assert "Rule dc-311-2015" in shown


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--start", "soon", "--days", "2"), "'soon' is not a time"),
        (("--start", "2015-09-11T05:50"), "needs a number of days"),
        (("--start", "2015-09-11T05:50", "--days", "0"), "from 1 to 4000"),
        (("--start", "1999-09-11T05:50", "--days", "2"), "did not hold on September 11, 1999"),
        (("--csv", "none.csv", "--out", "x.csv"), "There is no file none.csv"),
        (("--csv", "none.csv"), "Say with --out"),
    ],
)
def test_due_refuses_in_a_sentence(
    words: tuple[str, ...], sentence: str, library: None, capsys: Output
) -> None:
    assert main([*RULE, *words]) == FAILED
    assert sentence in capsys.readouterr().err


def test_due_of_an_unknown_rule_names_the_known_ones(library: None, capsys: Output) -> None:
    assert main(["due", "--rule", "moon", "--start", "2015-09-11"]) == FAILED
    assert "dc-311-2015" in capsys.readouterr().err


def test_due_beyond_all_calendars_is_refused(library: None, capsys: Output) -> None:
    assert main(["due", "--rule", "dc-foia", "--start", "9999-12-31"]) == FAILED
    assert "in no calendar" in capsys.readouterr().err


def answers(out: Path) -> list[dict[str, str]]:
    with out.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_due_answers_a_file_row_by_row(library: None, tmp_path: Path, capsys: Output) -> None:
    filed, out = tmp_path / "filed.csv", tmp_path / "due.csv"
    filed.write_text("\ufeffid,start,days\n1,2015-09-11T05:50,2\n2,2015-09-11T12:30,1\n")
    assert main([*RULE, "--csv", str(filed), "--out", str(out)]) == DONE
    assert "2 rows, 0 could not be worked out" in capsys.readouterr().out
    first, second = answers(out)
    assert first["due"] == "2015-09-14T17:00:00-04:00"
    assert second["due"] == "2015-09-14T12:30:00-04:00"
    assert "before opening" in first["explanation"]
    assert first["error"] == ""


def test_due_tells_of_each_row_that_cannot_be_and_ends_with_3(
    library: None, tmp_path: Path
) -> None:
    filed, out = tmp_path / "filed.csv", tmp_path / "due.csv"
    bad = [
        "=1+1,2",
        "2015-09-11T05:50,two",
        "2015-09-11T05:50,²",
        ",2",
        "1999-01-01,2",
        "9999-12-31,9",
    ]
    filed.write_text(
        "\n".join(["start,days", *bad, "2015-09-11T05:50,", "2015-09-11T05:50,2", "x"])
    )
    code = main([*RULE, "--csv", str(filed), "--out", str(out), "--days", "3"])
    assert code == SOME_REJECTED
    found = answers(out)
    assert [bool(r["error"]) for r in found] == [True] * len(bad) + [False, False, True]
    assert [bool(r["due"]) for r in found] == [not r["error"] for r in found]
    assert found[0]["start"] == "'=1+1"
    assert found[len(bad)]["due"] == "2015-09-15T17:00:00-04:00"


def test_due_of_a_long_file_asks_the_database_a_few_times_only(
    library: None, tmp_path: Path
) -> None:
    filed, out = tmp_path / "filed.csv", tmp_path / "due.csv"
    rows = [f"2016-{1 + n % 12:02}-{1 + n % 28:02}T10:{n % 60:02},{1 + n % 9}" for n in range(500)]
    rows += ["1999-01-01T10:00,1"] * 500
    filed.write_text("\n".join(["start,days", *rows]))
    with CaptureQueriesContext(connection) as asked:
        main([*RULE, "--csv", str(filed), "--out", str(out)])
    assert len(asked) < 200
    assert len(answers(out)) == 1000


def test_due_does_not_write_over_its_own_question(library: None, tmp_path: Path) -> None:
    filed = tmp_path / "filed.csv"
    filed.write_text("start,days\n2015-09-11T05:50,2\n")
    assert main([*RULE, "--csv", str(filed), "--out", str(filed)]) == FAILED
    assert filed.read_text() == "start,days\n2015-09-11T05:50,2\n"
