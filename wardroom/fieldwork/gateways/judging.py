"""What the spot checks of a round say: the share that is really fixed, and the lot."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from django.db.models import Count, Q

from wardroom.analysis.lot_plans import next_sample
from wardroom.analysis.proportions import exact_share
from wardroom.analysis.sampling import DEFINITION, Verified, bounds, verified_share
from wardroom.fieldwork.models import CheckRound
from wardroom.fieldwork.rules import lot_passes, lot_words, result_words

DIGITS = 4
FOUND = ("fixed", "partly", "not_fixed", "cannot_determine")


def judged(row: CheckRound) -> dict[str, Any]:
    """The figures of a round as its checks stand, ready to be kept.

    ``told`` leaves out those where nobody could tell; ``worst`` and ``best`` count them as not
    fixed and as fixed.
    """
    strata = list(row.strata.annotate(**_counts()).order_by("number"))
    size = np.array([s.closed for s in strata], dtype=np.int64)
    found = {name: np.array([getattr(s, name) for s in strata], dtype=np.int64) for name in FOUND}
    unclear = found["cannot_determine"]
    looked = sum(found.values(), start=np.zeros_like(size))
    total = {name: int(numbers.sum()) for name, numbers in found.items()}
    edge = bounds(total["fixed"], total["partly"] + total["not_fixed"], int(unclear.sum()))
    return {
        "definition": asdict(DEFINITION),
        **total,
        "looked": int(looked.sum()),
        "told": _plain(verified_share(size, looked - unclear, found["fixed"])),
        "worst": _plain(verified_share(size, looked, found["fixed"])),
        "best": _plain(verified_share(size, looked, found["fixed"] + unclear)),
        "unclear": {
            "value": edge.cannot_determine.value,
            "lower": round(edge.cannot_determine.lower, DIGITS),
            "upper": round(edge.cannot_determine.upper, DIGITS),
        },
        "strata": [
            {"number": s.number, **{name: getattr(s, name) for name in FOUND}, **_alone(s)}
            for s in strata
        ],
        "lot": _lot(row, total) if row.lot else None,
    }


def said_of(figures: dict[str, Any]) -> str:
    """The figures in a sentence."""
    said = result_words(figures)
    return f"{said} {lot_words(figures['lot'])}" if figures["lot"] else said


def history_of(agency: str, lot: str) -> list[bool]:
    """Which lots of an agency under the same plan passed so far, the first one first."""
    rows = CheckRound.objects.filter(agency=agency, lot=lot, passed__isnull=False)
    return list(rows.order_by("ended_at", "pk").values_list("passed", flat=True))


def _counts() -> dict[str, Any]:
    here = Q(stops__checks__stands=True)
    return {
        name: Count("stops__checks", filter=here & Q(stops__checks__finding=name)) for name in FOUND
    }


def _plain(share: Verified) -> dict[str, Any]:
    return {
        "value": None if share.value is None else round(share.value, DIGITS),
        "error": round(share.error, DIGITS),
        "lower": round(share.lower, DIGITS),
        "upper": round(share.upper, DIGITS),
        "checked": share.checked,
        "of": share.of,
        "unseen": share.unseen,
    }


def _alone(stratum: Any) -> dict[str, Any]:
    """One stratum by itself, with the exact interval that its few checks allow."""
    told = stratum.fixed + stratum.partly + stratum.not_fixed
    share = exact_share(stratum.fixed, told)
    return {"lower": round(share.lower, DIGITS), "upper": round(share.upper, DIGITS)}


def _lot(row: CheckRound, total: dict[str, int]) -> dict[str, Any]:
    most = row.most_not_fixed or 0
    not_fixed = total["partly"] + total["not_fixed"]
    passes = lot_passes(not_fixed, row.checks - total["fixed"] - not_fixed, most)
    history = history_of(row.agency, row.lot) + ([passes] if passes is not None else [])
    following = next_sample(row.planned_checks or row.checks, history)
    return {
        "passes": passes,
        "not_fixed": not_fixed,
        "most": most,
        "next_checks": following.checks,
        "next_factor": following.factor,
        "next_reason": str(following.reason),
        "rounds": len(history),
    }
