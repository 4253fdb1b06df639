"""The office's own order of the candidates: what is added to the evidence, and how much."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.errors import Refused

MOST_WEIGHT = 10.0
MOST_LATE = 10
LONGEST_REASON = 300
NAMES = {
    "severity": "Each step of severity",
    "equity": "Each episode likely unreported",
    "overdue": "Each request past due",
}
WHY_DEFAULT = {
    "severity": "A matter of health or safety counts as much as one more episode a month, a danger"
    " as two.",
    "equity": "An episode that likely went unreported counts as much as a reported one.",
    "overdue": f"Four requests past due count as much as one episode a month; at most {MOST_LATE}"
    " requests count.",
}


@dataclass(frozen=True)
class Weights:
    """How much each term adds, in episodes a month."""

    severity: float
    equity: float
    overdue: float


@dataclass(frozen=True)
class Terms:
    """What a candidate brings to the office's order, and what each term adds.

    ``unreported`` are the episodes a month over the ordinary that likely go unreported there.
    """

    excess: float
    severity: float
    unreported: float
    equity: float
    late: int
    overdue: float

    @property
    def total(self) -> float:
        """What the office's order goes by."""
        return self.excess + self.severity + self.equity + self.overdue


DEFAULT = Weights(severity=1.0, equity=1.0, overdue=0.25)


def terms_of(
    weights: Weights, *, excess: float, even_excess: float | None, severity: int, overdue: int
) -> Terms:
    """The terms of one candidate; nothing is taken off where people report readily."""
    unreported = max((excess if even_excess is None else even_excess) - excess, 0.0)
    return Terms(
        excess=excess,
        severity=weights.severity * (severity - 1),
        unreported=unreported,
        equity=weights.equity * unreported,
        late=overdue,
        overdue=weights.overdue * min(overdue, MOST_LATE),
    )


def check_weights(weights: Weights, reason: str, *, now: Weights) -> str:
    """The reason, trimmed.

    Refuses: a weight under 0 or over 10; the weights that hold already; no reason, or one too
    long.
    """
    for name, label in NAMES.items():
        if not 0 <= getattr(weights, name) <= MOST_WEIGHT:
            raise Refused(
                "weight_off",
                f"“{label}” must be between 0 and {MOST_WEIGHT:g} episodes a month.",
                field=name,
            )
    if weights == now:
        raise Refused("already_set", "These weights hold already. Change at least one.")
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing", "Say why, in a sentence.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "reason_too_long",
            f"Keep the reason within {LONGEST_REASON} characters.",
            field="reason",
        )
    return reason
