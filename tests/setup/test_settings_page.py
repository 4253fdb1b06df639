"""docs/settings.md names exactly what the program reads from the environment."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READS = re.compile(
    r"""(?:environ(?:\.get)?[\[(]|getenv\(|env\.\w+\()\s*["']"""
    r"""(WARDROOM_[A-Z_]+|DATABASE_URL)["']"""
)


def read_by_the_program() -> set[str]:
    sources = [*ROOT.glob("wardroom/**/*.py"), *ROOT.glob("starting/*.py"), ROOT / "run.py"]
    return {name for path in sources for name in READS.findall(path.read_text())}


def named_on_the_page() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.M))


def test_page_names_exactly_what_is_read() -> None:
    assert named_on_the_page() == read_by_the_program()


def test_each_row_says_what_it_does() -> None:
    rows = re.findall(
        r"^\| `[A-Z_]+` \|(.*)\|(.*)\|$", (ROOT / "docs/settings.md").read_text(), re.M
    )
    assert len(rows) == len(named_on_the_page())
    assert all(default.strip() and what.strip().endswith(".") for default, what in rows)
