"""Every test on SQLite, what a database decides on PostgreSQL too, the browser tests in Chromium.

The words of the call go to pytest: run.py test tests/matters -k promise
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres import UNAVAILABLE

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
NOTHING_COLLECTED = 5
SHARES = 3
BROWSER = "tests/browser"
# Half of all tests, and none of them knows a database: no other run has to read them.
PURE = ("tests/unit", "tests/architecture")


@dataclass
class Outcome:
    """How one run of pytest ended."""

    name: str
    code: int
    closing: str
    seconds: float
    output: str = field(default="", repr=False)

    @property
    def failed(self) -> bool:
        return self.code not in (0, NOTHING_COLLECTED)


def in_ci() -> bool:
    """Whether nothing may be left out."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def chromium() -> str | None:
    """The browser for the browser tests, where the machine has one."""
    given = os.environ.get("WARDROOM_CHROMIUM")
    return given or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def environment_of(folder: Path) -> dict[str, str]:
    """What a run is started with: a home of its own, and the browser.

    What Python compiles is kept, or every worker and server of the tests compiles it again.
    """
    own = {"WARDROOM_HOME": str(folder / "home")}
    browser = chromium()
    if browser:
        own["WARDROOM_CHROMIUM"] = browser
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**given, **own}


def pytest_run(
    name: str,
    words: list[str],
    *,
    before: tuple[str, ...] = (),
    more: Mapping[str, str] | None = None,
    live: bool = False,
) -> Outcome:
    """Run pytest once, shown as it goes or kept for later."""
    started = time.monotonic()
    argv = [*before, sys.executable, "-m", "pytest", *words]
    with TemporaryDirectory(prefix="wardroom-test-") as folder:
        environment = {**environment_of(Path(folder)), **(more or {})}
        if not before:
            environment.pop("DATABASE_URL", None)
        lines = []
        with subprocess.Popen(
            argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                lines.append(line)
                if live:
                    print(line, end="", flush=True)
    closing = next((s for s in reversed(lines) if re.search(r"\d+ \w+.* in [\d.]+s", s)), "")
    seconds = time.monotonic() - started
    return Outcome(name, child.returncode, closing.strip(), seconds, "".join(lines))


def names_files(words: list[str]) -> bool:
    """Whether the call itself says which tests it is about, by a path."""
    return any(Path(word.partition("::")[0]).exists() for word in words)


def kinds(words: list[str], furnished: str) -> Iterator[Callable[[], Outcome]]:
    """Every run of pytest, in the order in which they begin.

    Whatever stands in the folder of the browser's tests runs in Chromium and nothing else
    does, so each run reads only its own folders, where the call names none.
    """
    named = names_files(words)
    elsewhere, here = ([], []) if named else ([f"--ignore={BROWSER}"], [BROWSER])
    pure = [] if named else [f"--ignore={folder}" for folder in PURE]
    postgres = (sys.executable, "-m", "tests.postgres")
    yield partial(pytest_run, "SQLite", [*elsewhere, *words, "-m", "not browser"], live=True)
    only = [*elsewhere, *pure, *words, "--database-only"]
    yield partial(pytest_run, "PostgreSQL", only, before=postgres)
    for share in range(1, SHARES + 1) if chromium() else ():
        yield partial(
            pytest_run,
            f"Chromium, share {share}",
            [*here, *words, "-m", "browser", "--share", f"{share}/{SHARES}"],
            more={"WARDROOM_FURNISHED": furnished},
        )


def make_engine_ready() -> None:
    """The engine's loops are compiled once, or each run would do it at the same time."""
    subprocess.run([sys.executable, "-m", "wardroom.analysis.ready"], check=True)


def run_all(words: list[str], two: Executor) -> list[Outcome]:
    """SQLite and PostgreSQL side by side, then the browser's tests in shares.

    Two runs go at a time: a share begins as soon as one of the databases is done. The shares
    have a site each, furnished once.
    """
    make_engine_ready()
    with TemporaryDirectory(prefix="wardroom-house-") as furnished:
        print("== SQLite (PostgreSQL runs beside it)", flush=True)
        first, *calls = [two.submit(run) for run in kinds(words, furnished)]
        outcomes = [first.result()]
        for call in calls:
            outcomes.append(call.result())
            print(f"== {outcomes[-1].name}", flush=True)
            print(outcomes[-1].output, end="", flush=True)
    if not chromium():
        outcomes.append(Outcome("Chromium", UNAVAILABLE, "no Chromium was found", 0.0))
    return outcomes


def verdict(outcome: Outcome, *, strict: bool) -> tuple[str, bool]:
    """One plain sentence about a run, and whether it counts as a failure."""
    if outcome.code == UNAVAILABLE:
        why = outcome.closing or _last_line(outcome.output)
        return f"{outcome.name}: NOT RUN ({why})", strict
    if outcome.code == NOTHING_COLLECTED:
        return f"{outcome.name}: no tests of this kind were asked for", False
    word = "FAILED" if outcome.failed else "passed"
    return (
        f"{outcome.name}: {word}, {outcome.closing or _last_line(outcome.output)}",
        outcome.failed,
    )


def _last_line(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1] if lines else "no output"


def main(words: list[str], two: Executor) -> int:
    """Run everything, two at a time; 0 only where all that had to run has passed."""
    verdicts = [verdict(outcome, strict=in_ci()) for outcome in run_all(words, two)]
    print("\n== Tests")
    for sentence, _ in verdicts:
        print(f"  {sentence}")
    sys.stdout.flush()
    return int(any(failed for _, failed in verdicts))


if __name__ == "__main__":
    with ThreadPoolExecutor(2) as pair:
        code = main(sys.argv[1:], pair)
    sys.exit(code)
