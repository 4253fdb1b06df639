"""What a person does about a drift: accept it, leave it with a reason, or plan a next step."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.service_requests import facts, policy
from wardroom.service_requests.actions.drifting import close_drift, told_of_drift
from wardroom.service_requests.models import Drift
from wardroom.service_requests.rules.drift import check_reason


@action(policy.may_settle_drift)
def accept_drift(drift: Drift, *, stamp: Stamp) -> Drift:
    """Accept what the other system says; ours stays as it is until somebody changes it.

    Refuses: one that is settled. Records: `DriftAccepted`.
    """
    close_drift(drift, "accepted", stamp)
    record(facts.DriftAccepted(**told_of_drift(drift)), stamp=stamp)
    return drift


@action(policy.may_settle_drift)
def ignore_drift(drift: Drift, *, reason: str, stamp: Stamp) -> Drift:
    """Leave it as it is, and say why; the same is not listed again.

    Refuses: one that is settled; no reason. Records: `DriftIgnored`.
    """
    drift.reason = check_reason(reason)
    close_drift(drift, "ignored", stamp)
    record(facts.DriftIgnored(**told_of_drift(drift), reason=drift.reason), stamp=stamp)
    return drift


@action(policy.may_settle_drift)
def note_drift_planned(drift: Drift, *, stamp: Stamp) -> Drift:
    """Say that a next step was set on the matter because of it.

    Refuses: one that is settled. Records: `DriftPlanned`.
    """
    close_drift(drift, "planned", stamp)
    record(facts.DriftPlanned(**told_of_drift(drift)), stamp=stamp)
    return drift
