"""Measure the engine beside its peers, on made cities, and say which bars are met.

  python -m bench.engine                  all of it; some 12 minutes
  python -m bench.engine quality speed    these parts only; the page is then left alone

The parts are quality, speed and judge. All of them together write docs/engine.md. Ends with 1
where a bar is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.engine import quality, speed
from bench.engine.judge import HELD_APART
from bench.engine.judge import run as run_judge
from bench.engine.report import Bar, bar_table, markdown, write

Part = tuple[str, str]


def main(argv: list[str] | None = None) -> int:
    """Run the parts asked for; 0 where every bar is met."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.engine",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    args = parser.parse_args(argv)
    bars: list[Bar] = []
    shown: list[Part] = []
    for name in args.parts or PARTS:
        started = time.monotonic()
        print(f"{name} ...", file=sys.stderr, flush=True)
        found, parts = PARTS[name]()
        bars, shown = bars + found, shown + parts
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print("\n\n".join(f"{title}\n\n{text}" for title, text in shown))
    if not args.parts:
        write(shown)
    for bar in bars:
        if bar.ok is False:
            print(f"missed: {bar.name}, {bar.measured}, bar: {bar.bar}")
    return 1 if any(bar.ok is False for bar in bars) else 0


def _quality() -> tuple[list[Bar], list[Part]]:
    large = quality.measure(quality.MILLION, quality.LARGE_SEEDS, quality.PEER_SEEDS, forward=True)
    small = quality.measure(quality.SMALL, quality.SMALL_SEEDS, quality.SMALL_SEEDS, forward=False)
    bars = quality.bars(large, small, quality.null_flags())
    return bars, [
        ("How good the list is", markdown(bar_table(bars))),
        ("Beside its peers", markdown(quality.table(large, small))),
        ("The year after", markdown(quality.forward_table(large))),
    ]


def _speed() -> tuple[list[Bar], list[Part]]:
    with tempfile.TemporaryDirectory(prefix="wardroom-engine-") as folder:
        bars = speed.bars(Path(folder))
    return bars, [("What it costs", markdown(bar_table(bars)))]


def _judge() -> tuple[list[Bar], list[Part]]:
    measured = run_judge(HELD_APART)
    lines: list[tuple[str, ...]] = [
        ("places", "true effect", "says better", "90 % interval holds it", "portfolios")
    ]
    lines += [
        (
            str(c["size"]),
            f"-{1 - c['effect']:.0%}" if c["effect"] < 1 else "none",
            f"{c['rate']:.3f}",
            f"{c['covered']:.3f}",
            f"{c['portfolios']:,}",
        )
        for c in measured["plans"] + measured["one_place"]
    ]
    bars = [Bar(text, "", "docs/engine.md", False) for text in measured["missed"]]
    return bars, [("How honest the judge is", markdown(lines))]


PARTS = {"quality": _quality, "speed": _speed, "judge": _judge}


if __name__ == "__main__":
    sys.exit(main())
