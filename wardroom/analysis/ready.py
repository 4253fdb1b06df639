"""Compiling the engine's inner loops once, when the product is set up, so that no user waits.

What was compiled is kept beside the code. The loops call one another across files, and what
was kept does not notice when another file has changed: so all of it is thrown away whenever
any of them has.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
MARK = FOLDER / "__pycache__" / "engine.sha256"


def make_ready() -> bool:
    """Compile what was not compiled for this very code; whether there was anything to do."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.py")):
        digest.update(path.read_bytes())
    if MARK.is_file() and MARK.read_text() == digest.hexdigest():
        return False
    for kept in MARK.parent.glob("*.nb[ic]"):
        kept.unlink(missing_ok=True)
    _run_everything_once()
    try:
        MARK.parent.mkdir(exist_ok=True)
        MARK.write_text(digest.hexdigest())
    except OSError:
        return True
    return True


def _run_everything_once() -> None:
    from wardroom.analysis.folding import Reports, in_order
    from wardroom.analysis.live_ranking import LiveRanking
    from wardroom.analysis.observed_city import Kinds, look_at
    from wardroom.analysis.persistent_places import rank

    rng = np.random.default_rng(1)
    n, day = 4_000, 86_400
    opened = np.sort(rng.integers(0, 1_095 * day, n))
    x, y = rng.uniform(0, 2_000, n), rng.uniform(0, 2_000, n)
    reports, _ = in_order(
        Reports(
            x,
            y,
            rng.integers(0, 6, n).astype(np.int16),
            opened,
            opened + rng.integers(day, 20 * day, n),
        )
    )
    kinds = Kinds(np.ones(6, dtype=bool), np.arange(6) % 3, np.full(6, 40.0))
    city = look_at(reports, kinds, as_of=1_095 * day, month_of=lambda t: t // (30 * day))
    live = LiveRanking(city, rank(city))
    live.add(x=100.0, y=100.0, kind=1, opened=1_095 * day + 1, month=35)
    x[0], y[0] = 9e6, 9e6  # one wrong point far away, and cells need longer numbers
    city = look_at(reports, kinds, as_of=1_095 * day, month_of=lambda t: t // (30 * day))
    rank(city, calibration=live.calibration)


if __name__ == "__main__":
    make_ready()
