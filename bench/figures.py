"""What a benchmark gives back, how it is measured, and how it is shown.

A benchmark file has `run(scale) -> list[Figure]`. What is measured runs in a process of its
own (`measured_in_child`), so that its peak memory is its own and nothing is warm by chance.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MILLION = 1_000_000
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"


@dataclass(frozen=True)
class Scale:
    """How much is measured, and in which folder of its own."""

    rows: int
    folder: Path
    seed: int = 5

    @property
    def counts(self) -> bool:
        """Whether the bars hold: they are set for a million rows."""
        return self.rows >= MILLION


@dataclass(frozen=True)
class Figure:
    """One measured thing. ``ok`` is None where there is no bar, or it was not measured whole."""

    name: str
    rows: int
    seconds: float
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    bar: str = ""
    ok: bool | None = None
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows_a_second(self) -> float:
        """Rows over wall seconds."""
        return self.rows / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True)
class Measured:
    """What a child process gave back and what it cost.

    ``seconds`` and ``cpu_seconds`` are of the call alone; ``peak_mb`` is of the whole process.
    """

    value: Any
    seconds: float
    cpu_seconds: float
    peak_mb: float


def measured_in_child(
    target: str, *, environment: Mapping[str, str] | None = None, **arguments: Any
) -> Measured:
    """Call ``module:function`` with keyword arguments in a process of its own.

    Arguments and the answer must be plain JSON. A module may have `prepare()`, which is
    called before the clock starts.
    """
    done = subprocess.run(
        [sys.executable, "-m", "bench.figures", target, json.dumps(arguments)],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        check=False,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{target} ended with {done.returncode}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def table(figures: Sequence[Figure]) -> str:
    """The figures as a plain table."""
    heads = ("what", "rows", "seconds", "CPU s", "rows/s", "peak MB", "bar", "")
    lines = [heads, *(_line(f) for f in figures)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    numbers = range(1, 6)
    return "\n".join(
        "  ".join(
            cell.rjust(widths[i]) if i in numbers else cell.ljust(widths[i])
            for i, cell in enumerate(line)
        ).rstrip()
        for line in lines
    )


def _line(f: Figure) -> tuple[str, ...]:
    verdict = {True: "pass", False: "MISSED", None: ""}[f.ok]
    return (
        f.name,
        f"{f.rows:,}",
        f"{f.seconds:.3f}",
        "" if f.cpu_seconds is None else f"{f.cpu_seconds:.3f}",
        f"{f.rows_a_second:,.0f}",
        "" if f.peak_mb is None else f"{f.peak_mb:.0f}",
        f.bar,
        f"{verdict} {f.note}".strip(),
    )


def write_json(figures: Sequence[Figure], path: Path, *, scale: Scale) -> None:
    """Keep the figures, with the machine they were measured on."""
    import platform

    plain = {
        "rows": scale.rows,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "figures": [{**asdict(f), "rows_a_second": round(f.rows_a_second)} for f in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plain, indent=1) + "\n")


def missed(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that missed their bar."""
    return [f for f in figures if f.ok is False]


def peak_mb() -> float:
    """The most memory this process held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)


def _child(target: str, arguments: dict[str, Any]) -> None:
    name, function = target.split(":")
    module = importlib.import_module(name)
    if hasattr(module, "prepare"):
        module.prepare()
    wall, cpu = time.perf_counter(), time.process_time()
    value = getattr(module, function)(**arguments)
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps(asdict(Measured(value, seconds, cpu_seconds, peak_mb()))))


if __name__ == "__main__":
    _child(sys.argv[1], json.loads(sys.argv[2]))
