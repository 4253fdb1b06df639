"""Measure speed and memory, and say which bars are met.

  python -m bench                          all of it, a million rows; some minutes
  python -m bench point_in_polygon pages   these only
  python -m bench --rows 100000            a quick look; the bars do not count then

Prints a table, writes build/bench.json, and ends with 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from bench.figures import MILLION, ROOT, Figure, Scale, missed, table, write_json

PARTS = {
    "point_in_polygon": "bench.bench_point_in_polygon",
    "time_to_close": "bench.bench_time_to_close",
    "import": "bench.bench_import",
    "detection": "bench.bench_detection",
    "pages": "bench.bench_candidate_pages",
    "backup": "bench.bench_backup",
    "casework": "bench.bench_casework",
    "peers": "bench.bench_peers",
    "reports": "bench.bench_reports",
    "directory": "bench.bench_directory",
    "circular": "bench.bench_circular",
    "open311": "bench.bench_open311",
    "rota": "bench.bench_rota",
    "scale": "bench.bench_scale",
}


def main(argv: list[str] | None = None) -> int:
    """Run the parts asked for; 0 where every bar is met."""
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--rows", type=int, default=MILLION, help="how many (default 1,000,000)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it for next time")
    args = parser.parse_args(argv)
    os.environ.pop("DATABASE_URL", None)
    figures: list[Figure] = []
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="wardroom-bench-") as folder:
        scale = Scale(rows=args.rows, folder=args.keep or Path(folder))
        scale.folder.mkdir(parents=True, exist_ok=True)
        for part in args.parts or PARTS:
            started = time.monotonic()
            print(f"{part} ...", file=sys.stderr, flush=True)
            try:
                figures += importlib.import_module(PARTS[part]).run(scale)
            except Exception:
                traceback.print_exc()
                broken.append(part)
            print(f"{part}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        write_json(figures, args.out, scale=scale)
    print(table(figures))
    for figure in missed(figures):
        print(f"missed: {figure.name}, bar: {figure.bar}")
    for part in broken:
        print(f"could not be measured: {part}")
    return 1 if missed(figures) or broken else 0


if __name__ == "__main__":
    sys.exit(main())
