"""What README and the guide promise exists: commands, options, links and pictures."""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
from pathlib import Path

import pytest

from wardroom.jobs.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CALL = re.compile(r"^(?: {4}|\$ )?(wardroom [a-z][^\n`|]*)$|`(wardroom [a-z][^`]*)`", re.MULTILINE)


def calls() -> list[tuple[str, str]]:
    """Every call of the command that the documents show."""
    found = []
    for page in PAGES:
        for match in CALL.finditer(page.read_text()):
            call = (match.group(1) or match.group(2)).split("  #")[0].strip()
            found.append((page.name, call))
    return found


@pytest.mark.parametrize(("page", "call"), calls())
def test_shown_command_is_one_that_parses(page: str, call: str) -> None:
    words = [w for w in shlex.split(call)[1:] if w not in {"COMMAND", "..."}]
    if words == ["--help"] or "--help" in words:
        return
    assert words[0] in COMMANDS, f"{page} shows a command that does not exist"
    parser = argparse.ArgumentParser(exit_on_error=False)
    importlib.import_module(f"wardroom.jobs.commands.{words[0]}_command").add_arguments(parser)
    parser.parse_args(words[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"


def test_no_page_names_a_folder_of_some_machine() -> None:
    for page in [*PAGES, ROOT / "CHANGELOG.md"]:
        assert not re.search(r"(^|[\s(`])/(work|home|root|tmp|Users)/", page.read_text()), page.name
