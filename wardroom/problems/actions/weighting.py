"""Setting what weighs how much in the office's own order of the candidates."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound, Stale
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.problems import facts, policy, rules
from wardroom.problems.models import OfficeWeights


@action(policy.may_set_weights)
def set_weights(
    subject: None,
    *,
    severity: float,
    equity: float,
    overdue: float,
    reason: str,
    seen: str = "",
    stamp: Stamp,
) -> OfficeWeights:
    """Set what severity, under-reporting and lateness weigh in the office's own order, and why.

    The evidence and the usual order do not change by it. Earlier weights are kept.
    Refuses: a weight under 0 or over 10; weights that hold already; no reason; a page that was
    open while somebody else set them. Records: `WeightsSet`.
    """
    latest = OfficeWeights.objects.select_related("set_by").order_by("-set_at", "-pk").first()
    row = latest or rules.DEFAULT_WEIGHTS
    holds = rules.Weights(row.severity, row.equity, row.overdue)
    now = {name: f"{value:g}" for name, value in vars(holds).items()}
    if seen and moved_since(seen, now):
        raise Stale(
            seen=version_of(now),
            theirs=tuple((rules.WEIGHT_NAMES[name], value) for name, value in now.items()),
            by=latest.set_by.name if latest else "",
            at=latest.set_at if latest else None,
        )
    weights = rules.Weights(severity, equity, overdue)
    reason = rules.check_weights(weights, reason, now=holds)
    try:
        party = get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
    made: OfficeWeights = OfficeWeights.objects.create(
        **vars(weights), reason=reason, set_by=party, set_at=stamp.at
    )
    record(facts.WeightsSet(**vars(weights), reason=reason), stamp=stamp)
    return made
