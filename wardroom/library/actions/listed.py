"""The tree of needs, and what is said of one service."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import User
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.library import facts, policy
from wardroom.library.models import ListedService, Need
from wardroom.library.rules.hsds.tables import STATUSES
from wardroom.library.rules.needs import NEEDS, TAXONOMY, TAXONOMY_ID, need_id

LONGEST_ALERT = 500


@action(policy.may_keep_library)
def load_needs(_: None, *, stamp: Stamp) -> int:
    """Put the office's own needs into the tree; what is there stays as it is.

    Returns how many are new. Refuses: a tree that has them all. Records: `NeedsLoaded`.
    """
    there = set(Need.objects.filter(pk__in=[s.id for s in NEEDS]).values_list("pk", flat=True))
    new = [seed for seed in NEEDS if seed.id not in there]
    if not new:
        raise Refused("nothing_new", "The needs are loaded already.")
    Need.objects.bulk_create(
        Need(
            id=seed.id,
            code=seed.code,
            name=seed.name,
            parent_id=need_id(seed.within) if seed.within else None,
            taxonomy=TAXONOMY,
            taxonomy_id=TAXONOMY_ID,
            words=seed.words,
        )
        for seed in new
    )
    record(facts.NeedsLoaded(needs=len(new)), stamp=stamp)
    return len(new)


@action(policy.may_keep_services)
def assure_service(service: ListedService, *, stamp: Stamp) -> ListedService:
    """Say that somebody checked today that everything said of a service is right.

    Refuses: one that was checked today already. Records: `ServiceAssured`.
    """
    today = localdate(stamp.at)
    if service.assured_date == today:
        raise Refused("already_so", "It was checked today already.")
    service.assured_date, service.assurer_email = today, address_of(stamp)
    service.modified_at = stamp.at
    service.save(update_fields=["assured_date", "assurer_email", "modified_at"])
    fact = facts.ServiceAssured(service_id=str(service.pk), service_name=service.name)
    record(fact, stamp=stamp)
    return service


@action(policy.may_keep_services)
def set_service_alert(
    service: ListedService, *, alert: str, status: str, stamp: Stamp
) -> ListedService:
    """Say what everybody has to know first of a service, such as that it is closed for now.

    Refuses: a status that is none; an alert that is too long; nothing new.
    Records: `ServiceAlertSet`.
    """
    alert = " ".join(alert.split())
    if status not in STATUSES:
        raise Refused("unknown_status", "Choose how it stands.", field="status")
    if len(alert) > LONGEST_ALERT:
        raise Refused("too_long", "Keep it within 500 characters.", field="alert")
    if (alert, status) == (service.alert, service.status):
        raise Refused("nothing_new", "Nothing was changed.", field="alert")
    service.alert, service.status, service.modified_at = alert, status, stamp.at
    service.save(update_fields=["alert", "status", "modified_at"])
    fact = facts.ServiceAlertSet(
        service_id=str(service.pk), service_name=service.name, alert=alert, status=status
    )
    record(fact, stamp=stamp)
    return service


def address_of(stamp: Stamp) -> str:
    """The address of whoever vouches for a service."""
    if stamp.actor.user_id is None:
        return ""
    found = User.objects.filter(pk=stamp.actor.user_id).values_list("email", flat=True)
    return next(iter(found), "")
