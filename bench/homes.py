"""A house with a million requests in it, made once for all benchmarks that need one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.figures import ROOT, Scale

END = "2026-11-18"


def full_home(scale: Scale) -> Path:
    """The folder of a house with the demonstration of this size loaded, made where it is not."""
    home = scale.folder / f"home-{scale.rows}"
    if not (home / "loaded").exists():
        home.mkdir(parents=True, exist_ok=True)
        print(f"  making a house with {scale.rows:,} requests", file=sys.stderr, flush=True)
        wardroom(home, "setup")
        wardroom(
            home, "demo", "--requests", str(scale.rows), "--seed", str(scale.seed), "--end", END
        )
        (home / "loaded").touch()
    return home


def environment(home: Path) -> dict[str, str]:
    """What the environment says in this house."""
    return {
        "WARDROOM_HOME": str(home),
        "WARDROOM_SECRET_KEY": "only-for-benchmarks-of-this-house-0123456789",
        "WARDROOM_SECOND_FACTOR": "offered",
        "DJANGO_SETTINGS_MODULE": "wardroom.config.settings",
        "DATABASE_URL": f"sqlite:///{home / 'wardroom.sqlite3'}",
    }


def wardroom(home: Path, *words: str, given: Mapping[str, str] | None = None) -> None:
    """Run a command of the house in it; its words go to standard error."""
    subprocess.run(
        [sys.executable, "-m", "wardroom.jobs.cli", *words],
        cwd=ROOT,
        env={**os.environ, **environment(home), **(given or {})},
        stdout=sys.stderr,
        check=True,
    )
