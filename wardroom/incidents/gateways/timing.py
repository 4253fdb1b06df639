"""The minutes within which half and nine of ten were, those that still wait counted."""

from __future__ import annotations

from collections.abc import Iterable

from wardroom.incidents.rules.measuring import Quantiles, Waited


def quantiles(seen: Iterable[Waited]) -> Quantiles:
    """The median and the 90th percentile of how long was waited (Kaplan and Meier 1958)."""
    rows = list(seen)
    if not any(one.came for one in rows):
        return Quantiles(None, None)
    import numpy as np

    from wardroom.analysis.survival import curve

    line = curve(np.array([one.minutes for one in rows]), np.array([one.came for one in rows]))
    return Quantiles(line.quantile(0.5).value, line.quantile(0.9).value)
