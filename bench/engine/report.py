"""Bars and tables, for the screen and for docs/engine.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import ROOT

PAGE = ROOT / "docs" / "engine.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Bar:
    """One thing that must hold; ``ok`` is None where it could not be measured."""

    name: str
    measured: str
    bar: str
    ok: bool | None

    @classmethod
    def least(cls, name: str, value: float, bar: float, unit: str = "", *, digits: int = 2) -> Bar:
        """At least so much."""
        return cls(name, f"{value:.{digits}f}{unit}", f"at least {bar:g}{unit}", value >= bar)

    @classmethod
    def most(cls, name: str, value: float, bar: float, unit: str = "", *, digits: int = 2) -> Bar:
        """At most so much."""
        return cls(name, f"{value:.{digits}f}{unit}", f"at most {bar:g}{unit}", value <= bar)

    @classmethod
    def absent(cls, name: str, why: str) -> Bar:
        """Not measured, and why."""
        return cls(name, why, "", None)

    @property
    def cells(self) -> tuple[str, ...]:
        """One row of a table."""
        verdict = {True: "held", False: "MISSED", None: "no bar" if self.measured else ""}[self.ok]
        return self.name, self.measured, self.bar, verdict


def bar_table(bars: Sequence[Bar]) -> list[tuple[str, ...]]:
    """All bars, with heads."""
    return [("what", "measured", "bar", "")] + [b.cells for b in bars]


def markdown(lines: Sequence[tuple[str, ...]]) -> str:
    """A table as Markdown."""
    rows = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([rows[0], "|" + "---|" * len(lines[0]), *rows[1:]])


def write(parts: Sequence[tuple[str, str]], page: Path = PAGE) -> None:
    """Put what was measured between the marks of the page."""
    before, rest = page.read_text().split(BEGIN)
    _, after = rest.split(END)
    body = "\n\n".join(f"### {title}\n\n{text}" for title, text in parts)
    page.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}")
