"""S7: no cell of any table that we hand out is a formula, and each comes back as it was."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.architecture.source import PACKAGE, shown
from wardroom.kernel import cells
from wardroom.kernel.cells import SafeWriter, as_it_was, csv_line, set_off, would_run
from wardroom.library.rules.hsds.cells import unset, written
from wardroom.library.rules.hsds.tables import TABLES
from wardroom.office.gateways.submissions import _fill
from wardroom.reporting.rules.open_data import csv_lines

STRINGS = 2_000
STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    "|",
    "%",
    '"',
    "'",
    ";",
    " ",
]
STARTS += ["\ufeff", "\u200b", "\u00a0", "''", '"=', ";=", "a;=", "a\t=", "a\n=", "a,=", "\r\n="]
ENDS = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x")', "SUM(1;2)", "12", "-3.5", "é", ""]
# Modules that write tables which nobody opens: DuckDB reads them and they are gone.
INNER = {
    "wardroom/service_requests/gateways/taking.py",
    "wardroom/service_requests/gateways/files.py",
    # Sets off by the same rule, and quotes every cell.
    "wardroom/library/rules/hsds/writing.py",
    "wardroom/office/gateways/submissions.py",
}


def strings() -> list[str]:
    chance = random.Random(7)
    found = [start + end for start in STARTS for end in ENDS]
    while len(found) < STRINGS:
        parts = [chance.choice(STARTS + ENDS) for _ in range(chance.randint(2, 5))]
        found.append("".join(parts))
    return found


def runs(cell: str) -> bool:
    """Whether a spreadsheet would run a cell: said here by itself, apart from the product."""
    seen = cell.lstrip(" \u00a0\ufeff\u200b")
    if seen.lstrip("-").replace(".", "", 1).isdigit():
        return False
    return cell[:1] in tuple("\t\r\n") or seen[:1] in tuple("=+-@|%＝＋－＠")


def opened(text: str, separators: str) -> list[list[str]]:
    """The cells as a program sees them that parts at every one of these letters."""
    rows: list[list[str]] = [[""]]
    inside, at = False, 0
    while at < len(text):
        letter = text[at]
        if inside and letter == '"' and text[at + 1 : at + 2] == '"':
            rows[-1][-1] += '"'
            at += 1
        elif letter == '"' and (inside or not rows[-1][-1]):
            inside = not inside
        elif not inside and letter in separators:
            rows[-1].append("")
        elif not inside and text.startswith("\r\n", at):
            rows.append([""])
            at += 1
        else:
            rows[-1][-1] += letter
        at += 1
    return rows[:-1] if rows[-1] == [""] else rows


def by_safe_writer(words: Iterable[str]) -> str:
    held = io.StringIO(newline="")
    SafeWriter(held).writerows([n, word, "end"] for n, word in enumerate(words))
    return held.getvalue()


def by_open_data(words: Iterable[str]) -> str:
    return csv_lines((n, word, "end") for n, word in enumerate(words))


WRITERS: dict[str, Callable[[Iterable[str]], str]] = {
    "files of the shell and rejects": by_safe_writer,
    "open data, money, weeks, measures": by_open_data,
}


@pytest.mark.parametrize("how", WRITERS)
@pytest.mark.parametrize("separators", [",", ",;", ",\t", ",;\t"])
def test_no_cell_runs_and_each_comes_back(how: str, separators: str) -> None:
    given = strings()
    rows = opened(WRITERS[how](given), separators)
    assert [row for row in rows if any(map(runs, row))] == []
    assert [as_it_was(row[1]) for row in rows] == given
    assert {len(row) for row in rows} == {3}


def test_what_python_reads_is_the_same() -> None:
    given = strings()
    rows = list(csv.reader(io.StringIO(by_safe_writer(given), newline="")))
    assert [as_it_was(row[1]) for row in rows] == given


def test_tables_of_services_hold_no_formula_and_come_back() -> None:
    [column] = [c for c in TABLES["service"].columns if c.name == "description"]
    for word in strings():
        cell = written(column, word)
        assert not runs(cell), word
        assert unset(cell) == word


def test_workbooks_hold_no_formula() -> None:
    from openpyxl import Workbook

    book, given = Workbook(), [word for word in strings() if word.strip()]
    _fill(book.active, [[word, "end"] for word in given])
    held = io.BytesIO()
    book.save(held)
    sheet: Any = load_workbook(io.BytesIO(held.getvalue())).active
    read = [row[0] for row in sheet.iter_rows()]
    assert len(read) == len(given)
    assert [cell.value for cell in read if cell.data_type == "f"] == []
    assert [cell.value for cell in read if cell.value and runs(str(cell.value))] == []


def test_power_check_a_plain_writer_is_seen_to_let_formulas_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cells, "would_run", lambda words: False)
    rows = opened(by_safe_writer(strings()), ",")
    assert sum(any(map(runs, row)) for row in rows) > 500
    monkeypatch.undo()
    monkeypatch.setattr(cells, "quoted", lambda words: words)
    rows = opened(by_safe_writer(["a;=1+1"]), ",;")
    assert any(map(runs, rows[0]))


@pytest.mark.parametrize("plain", ["12", "-3.5", "Ward 5", "", "a-b", "Señora", "'tis so"])
def test_plain_words_and_numbers_stay_as_they_are(plain: str) -> None:
    assert not would_run(plain)
    assert set_off(plain) == plain
    assert csv_line([plain, None, 3, -4.5]) == f"{plain},,3,-4.5\r\n"


def writing_tables() -> set[str]:
    found = set()
    for path in Path(PACKAGE).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if any(way in text for way in ("csv.writer", "csv.DictWriter", "Workbook(")):
            found.add(shown(path))
    return found


def test_every_table_is_written_by_the_one_writer() -> None:
    assert writing_tables() == INNER
