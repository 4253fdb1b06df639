"""What is known to be unsafe in our own code, and keys that do not belong there (S18).

bandit reads the code for the one, detect-secrets all we ship for the other. What a person
looked at stands in tests/tasks/reviewed.py with the reason; anything else fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.tasks.reviewed import SECRETS, UNSAFE, Reviewed

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parents[2]
CODE = ("wardroom", "starting", "run.py", "manage.py")
SHIPPED = (*CODE, "docs", "bench", "README.md", "SECURITY.md", "Makefile", "pyproject.toml")
Found = Counter[tuple[str, str]]


def unsafe(*paths: str, root: Path = ROOT) -> Found:
    """What bandit finds of medium weight or more: how often, by file and by its number."""
    said = _output(root, "bandit", "-q", "-ll", "-r", *paths, "-f", "json")
    report = json.loads(said)
    if report["errors"]:
        raise SystemExit(f"bandit could not read {report['errors']}")
    return Counter(
        (row["filename"].removeprefix("./"), row["test_id"]) for row in report["results"]
    )


def secrets(*paths: str, root: Path = ROOT) -> Found:
    """What looks like a key or a password: how often, by file and by its kind."""
    results = json.loads(
        _output(root, "detect-secrets", "scan", "--no-verify", "--all-files", *paths)
    )["results"]
    return Counter((file, row["type"]) for file, rows in results.items() for row in rows)


def unreviewed(found: Found, reviewed: Mapping[tuple[str, str], Reviewed]) -> list[str]:
    """What nobody looked at, and what was looked at and is there no longer."""
    rows = []
    for place in sorted(set(found) | set(reviewed)):
        known = reviewed[place].times if place in reviewed else 0
        if found[place] != known:
            file, what = place
            rows.append(f"{file}: {what} {found[place]} times, of which {known} reviewed")
    return rows


def _output(root: Path, *argv: str) -> str:
    done = subprocess.run(
        [str(BIN / argv[0]), *argv[1:]], cwd=root, capture_output=True, text=True, check=False
    )
    if not done.stdout.strip():
        raise SystemExit(f"{argv[0]} said nothing: {done.stderr}")
    return done.stdout


def main(_: Sequence[str] = ()) -> int:
    """Print what nobody looked at; 0 where that is nothing."""
    rows = unreviewed(unsafe(*CODE), UNSAFE) + unreviewed(secrets(*SHIPPED), SECRETS)
    for row in rows:
        print(f"  {row}")
    return int(bool(rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
