"""What households needed: kept for its days, held if it must be, then removed without reading."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_records_officers
from wardroom.documents.gateways import must_be_kept
from wardroom.incidents import facts, policy
from wardroom.incidents.actions.caring import empty_household
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import Incident
from wardroom.incidents.queries.keeping import homes_due_on, homes_wait
from wardroom.incidents.rules.keeping import KEPT_HOMES, check_may_go
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import end_wait, wait_for
from wardroom.matters.rules import Wait, check_reason


@action(policy.may_hold_households)
def hold_households(incident: Incident, *, reason: str, stamp: Stamp) -> Incident:
    """Say that what households needed must be kept, such as for a court.

    Refuses: no reason; what is held, or removed. Records: `HouseholdsHeld`.
    """
    reason = check_reason(reason)
    if incident.homes_held_for or incident.homes_gone_at is not None:
        raise Refused("wrong_state", "It is held already, or nothing of it is left.")
    incident.homes_held_for = reason
    incident.save(update_fields=["homes_held_for"])
    end_wait(KEPT_HOMES, str(incident.pk))
    record(facts.HouseholdsHeld(**incident_words(incident), reason=reason), stamp=stamp)
    return incident


@action(policy.may_hold_households)
def lift_households_hold(incident: Incident, *, reason: str, stamp: Stamp) -> Incident:
    """Say that what households needed need not be kept any longer than its days.

    Refuses: no reason; what is not held. Records: `HouseholdsHeld`.
    """
    reason = check_reason(reason)
    if not incident.homes_held_for:
        raise Refused("wrong_state", "It is not held.")
    incident.homes_held_for = ""
    incident.save(update_fields=["homes_held_for"])
    fact = facts.HouseholdsHeld(**incident_words(incident), reason=reason, lifted=True)
    record(fact, stamp=stamp)
    return incident


@action(policy.may_dispose_households)
def dispose_households(incident: Incident, *, stamp: Stamp) -> Incident:
    """Remove what households needed: labels, people, languages, needs and who looked after them.

    How many homes there were and when their agencies were asked stays. Whoever removes it reads
    none of it. Refuses: before its day; while it is held; twice. Records: `HouseholdsDisposed`.
    """
    rows = list(incident.households.order_by("pk"))
    check_may_go(
        homes=len(rows),
        gone=incident.homes_gone_at is not None,
        held=bool(incident.homes_held_for) or must_be_kept("households", str(incident.pk)),
        due_on=homes_due_on(incident),
        today=localdate(stamp.at),
    )
    for number, row in enumerate(rows, 1):
        empty_household(row, label=f"(removed {number})")
        row.save()
    incident.homes_gone_at = stamp.at
    incident.save(update_fields=["homes_gone_at"])
    end_wait(KEPT_HOMES, str(incident.pk))
    record(facts.HouseholdsDisposed(**incident_words(incident), homes=len(rows)), stamp=stamp)
    return incident


@action(policy.may_run_house)
def remind_of_households(incident: Incident, *, stamp: Stamp) -> Incident:
    """Put into the records officer's list that what households needed can be removed.

    Refuses: what may not be removed today; no records officer. Records: `HouseholdsDue`.
    """
    due, today = homes_due_on(incident), localdate(stamp.at)
    check_may_go(
        homes=incident.households.count(),
        gone=incident.homes_gone_at is not None,
        held=bool(incident.homes_held_for),
        due_on=due,
        today=today,
    )
    officer = next(iter(get_records_officers(on=today)), None)
    if officer is None or due is None:
        raise Refused("nobody_there", "Nobody keeps the records.")
    wait_for(
        KEPT_HOMES,
        str(incident.pk),
        Wait("homes_due", due),
        party=officer,
        title=f"Households of W-{incident.matter_id}",
        matter=incident.matter,
        ward_code=incident.ward_code,
        stamp=stamp,
    )
    record(facts.HouseholdsDue(**incident_words(incident)), stamp=stamp)
    return incident


@action(policy.may_run_house)
def forget_households_due(incident: Incident, *, stamp: Stamp) -> Incident:
    """Take an incident that is open again off the records officer's list: its homes are kept on.

    Refuses: `not_needed` where it is over, or on no list. Records: `HouseholdsDueNoMore`.
    """
    if homes_due_on(incident) is not None or not homes_wait(incident):
        raise Refused("not_needed", "Nothing of it waits for the records officer.")
    end_wait(KEPT_HOMES, str(incident.pk))
    record(facts.HouseholdsDueNoMore(**incident_words(incident)), stamp=stamp)
    return incident
