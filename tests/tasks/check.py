"""Style, types, storeys, migrations, documents and every test, two at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.tasks import test

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """One command that must end with exit code 0."""

    name: str
    argv: tuple[str, ...]


CHECKS = (
    Check("types", (str(BIN / "mypy"),)),
    Check("style", (str(BIN / "ruff"), "check", ".")),
    Check("format", (str(BIN / "ruff"), "format", "--check", ".")),
    Check("storeys", (str(BIN / "lint-imports"),)),
    Check("migrations", (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")),
    Check("settings", (sys.executable, "manage.py", "check", "--fail-level", "WARNING")),
    Check("own code", (sys.executable, "-m", "tests.tasks.own_code")),
    Check("documents", (str(BIN / "wardroom"), "docs", "--check")),
)


def run_check(check: Check) -> tuple[str, bool, float]:
    """Run one check; prints its output only where it fails."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wardroom-check-") as home:
        done = subprocess.run(
            check.argv,
            env={**os.environ, "WARDROOM_HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
    seconds = time.monotonic() - started
    bad = done.returncode != 0
    print(f"{check.name}: {'FAILED' if bad else 'fine'} in {seconds:.1f} s", flush=True)
    if bad:
        print(done.stdout + done.stderr, flush=True)
    return check.name, bad, seconds


def main(words: list[str]) -> int:
    """Run all checks and all tests, whatever failed before; 0 where everything is fine.

    The tests begin beside the longest of the checks.
    """
    with ThreadPoolExecutor(2) as pair:
        checks = [pair.submit(run_check, check) for check in CHECKS]
        tests_failed = test.main(words, pair)
        results = [check.result() for check in checks]
    failed = [name for name, bad, _ in results if bad]
    print("\n== Checks")
    print(f"  {'FAILED: ' + ', '.join(failed) if failed else 'all fine'}")
    print(f"  {'tests FAILED' if tests_failed else 'tests passed'}", flush=True)
    return int(bool(failed or tests_failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
