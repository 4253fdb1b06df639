"""Whether a share really changed from month to month: the house's own chart."""

from __future__ import annotations

from collections.abc import Sequence

from wardroom.reporting.rules.office_measures import Limits, Stands


def limits_of(yes: Sequence[int], of: Sequence[int]) -> Limits:
    """The middle, the limits of each month, and what stands out (Laney 2002).

    Each month has at least one case, and there are at least two months.
    """
    import numpy as np

    from wardroom.analysis.charts import p_chart

    chart = p_chart(np.array(yes, dtype=np.int64), np.array(of, dtype=np.int64))
    return Limits(
        middle=float(chart.centre[0]),
        lower=tuple(float(value) for value in chart.lower),
        upper=tuple(float(value) for value in chart.upper),
        signals=tuple(Stands(str(s.rule), s.first, s.last, s.upwards) for s in chart.signals),
    )
