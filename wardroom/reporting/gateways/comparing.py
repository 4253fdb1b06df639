"""Wards, and agencies, beside what their mix of kinds leads one to expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.funnel import Funnel, Standard, funnel, standardise
from wardroom.reporting.gateways.mirror import Mirror
from wardroom.reporting.gateways.returns import Returns

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
FEWEST_SHARED = 30


def funnels_of(mirror: Mirror, returns: Returns) -> dict[str, Any]:
    """What was late, and what came back: of wards, of agencies that share kinds; each in wards."""
    c = mirror.columns
    due = np.flatnonzero(c.counted & (c.due >= mirror.since) & (c.due <= mirror.as_of))
    late = c.ended[due] > c.due[due]
    cohort = np.flatnonzero(returns.cohort)
    came = returns.came_back()[cohort]
    service = np.unique(c.service[due], return_inverse=True)[1].astype(np.int64)
    return {
        "late": {
            "ward": compared(mirror.ward[due], service, late, c.ward_codes),
            "agency": shared(mirror.agency[due], mirror.topic[due], late, c.agency_codes),
        },
        "back": {
            "ward": compared(returns.ward[cohort], returns.topic[cohort], came, c.ward_codes),
            "agency": shared(returns.agency[cohort], returns.topic[cohort], came, c.agency_codes),
        },
        "late_of": by_ward_of_each(mirror.agency[due], mirror.ward[due], service, late, c),
    }


def by_ward_of_each(agency: Ints, ward: Ints, kind: Ints, hit: Flags, c: Any) -> dict[str, Any]:
    """The wards of each agency, with its own rates in the whole city as the yardstick."""
    told = {}
    for n in np.unique(agency[agency >= 0]).tolist():
        own = agency == n
        told[c.agency_codes[n]] = compared(ward[own], kind[own], hit[own], c.ward_codes)
    return told


def compared(unit: Ints, kind: Ints, hit: Flags, codes: Sequence[str]) -> dict[str, Any]:
    """Each unit in the funnel, in the order of the codes, as plain values."""
    fits = (unit >= 0) & (kind >= 0)
    standard = standardise(unit[fits], kind[fits], hit[fits], units=len(codes))
    there = np.flatnonzero(standard.number > 0)
    some = Standard(standard.observed[there], standard.expected[there], standard.number[there])
    told = funnel(some)
    named = [codes[n] for n in there.tolist()]
    return {
        "overdispersion": told.overdispersion,
        "left_out": int((~fits).sum()),
        "units": [_unit(code, some, told, n) for n, code in enumerate(named) if code],
    }


def shared(unit: Ints, kind: Ints, hit: Flags, codes: Sequence[str]) -> dict[str, Any]:
    """The same for kinds that two units or more have to do with.

    A kind that only one of them does has no rate but its own, so it would always look ordinary.
    """
    kinds = int(kind.max(initial=-1)) + 1
    known = (kind >= 0) & (unit >= 0)
    many = np.bincount(kind[known] * len(codes) + unit[known], minlength=kinds * len(codes))
    several = (many.reshape(kinds, len(codes)) >= FEWEST_SHARED).sum(axis=1) >= 2
    inside = np.where(known, np.append(several, False)[kind], False)
    return compared(unit, np.where(inside, kind, -1), hit, codes)


def _unit(code: str, standard: Standard, told: Funnel, n: int) -> dict[str, Any]:
    return {
        "code": code,
        "observed": float(standard.observed[n]),
        "expected": round(float(standard.expected[n]), 3),
        "number": int(standard.number[n]),
        "ratio": float(told.ratio[n]),
        "inner": [float(side[n]) for side in told.inner],
        "outer": [float(side[n]) for side in told.outer],
        "standing": str(told.standing[n]),
    }
