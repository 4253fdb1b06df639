"""How a position that several funds pay is shared between them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

HUNDREDTH = Decimal("0.01")


def parts_of(fte: Decimal, allocated: Mapping[int, int]) -> dict[int, Decimal]:
    """The part of a job that each fund pays, by what each gave; the parts add up to the job.

    To a hundredth: what is left over goes to the funds with the greatest remainder.
    """
    total = sum(allocated.values())
    if not total:
        return {}
    whole = int(fte / HUNDREDTH)
    parts = {fund: divmod(whole * cents, total) for fund, cents in allocated.items()}
    left = whole - sum(share for share, _ in parts.values())
    first = sorted(parts, key=lambda fund: (-parts[fund][1], fund))[:left]
    return {fund: (share + (fund in first)) * HUNDREDTH for fund, (share, _) in parts.items()}
