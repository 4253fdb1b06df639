"""Cells of the tables that we hand out: what a spreadsheet would run is set off, and undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

# What begins a formula or a call of a program, in plain and in full-width letters.
RUN = frozenset("=+-@|%＝＋－＠｜％")
BREAKS = ("\t", "\r", "\n")
NUMBER = re.compile(r"-\d+(?:\.\d+)?")
QUOTED = re.compile(r"[,;\"\t\r\n]|^\s|\s$")


class Target(Protocol):
    """Where lines are written to."""

    def write(self, words: str, /) -> Any: ...


def would_run(words: str) -> bool:
    """Whether a spreadsheet may take these words for a formula; a number is none.

    Letters that nobody sees are passed over, as some programs do.
    """
    if not words or words[0].isalnum() or NUMBER.fullmatch(words):
        return False
    return words.startswith(BREAKS) or next(_seen(words), "") in RUN


def set_off(words: str) -> str:
    """The same words with an apostrophe before them, where a spreadsheet may run them."""
    return f"'{words}" if would_run(words.lstrip("'")) else words


def as_it_was(cell: str) -> str:
    """What `set_off` was given; a cell that it did not touch stays as it is."""
    return cell[1:] if cell[:1] == "'" and would_run(cell.lstrip("'")) else cell


def quoted(words: str) -> str:
    """A cell of a CSV file (RFC 4180), whole for programs that part at ; and tabs as well."""
    return '"' + words.replace('"', '""') + '"' if QUOTED.search(words) else words


def csv_line(cells: Iterable[Any]) -> str:
    """One line of a CSV file; words are set off, numbers are as they are."""
    return ",".join(_cell(cell) for cell in cells) + "\r\n"


class SafeWriter:
    """Writes rows as CSV, in place of the one of the standard library."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def writerow(self, cells: Iterable[Any]) -> None:
        """Write one row."""
        self._target.write(csv_line(cells))

    def writerows(self, rows: Iterable[Iterable[Any]]) -> None:
        """Write many."""
        for cells in rows:
            self.writerow(cells)


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    return quoted(set_off(cell)) if isinstance(cell, str) else quoted(str(cell))


def _seen(words: str) -> Iterator[str]:
    return (c for c in words if unicodedata.category(c)[0] not in "CZ")
