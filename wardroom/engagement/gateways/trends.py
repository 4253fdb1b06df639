"""Whether more is said of a policy than is usual for a ward: the house's own chart."""

from __future__ import annotations

from collections.abc import Sequence


def weekly_signals(counts: Sequence[int], *, baseline: int) -> tuple[tuple[int, bool], ...]:
    """The last week of each signal and whether it points up, against the first weeks."""
    import numpy as np

    from wardroom.analysis.charts import xmr

    chart = xmr(np.asarray(counts, dtype=np.float64), baseline=baseline)
    return tuple((signal.last, signal.upwards) for signal in chart.signals)
