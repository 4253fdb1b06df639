"""The tree of needs, and what is said of one service."""

from __future__ import annotations

from datetime import date

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
FOR_NOW = "temporarily closed"


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
    service: ListedService, *, alert: str, status: str, until: date | None = None, stamp: Stamp
) -> ListedService:
    """Say what everybody has to know first of a service, such as that it is closed for now.

    After the day ``until`` the alert goes by itself.
    Refuses: a status that is none; an alert that is too long; a last day that is over, or of
    no alert; nothing new. Records: `ServiceAlertSet`.
    """
    alert = " ".join(alert.split())
    if status not in STATUSES:
        raise Refused("unknown_status", "Choose how it stands.", field="status")
    if len(alert) > LONGEST_ALERT:
        raise Refused("too_long", "Keep it within 500 characters.", field="alert")
    _check_until(until, alert, localdate(stamp.at))
    if (alert, status, until) == (service.alert, service.status, service.alert_until):
        raise Refused("nothing_new", "Nothing was changed.", field="alert")
    service.alert, service.status, service.alert_until = alert, status, until
    return _alerted(service, stamp)


@action(policy.may_end_alert)
def end_service_alert(service: ListedService, *, stamp: Stamp) -> ListedService:
    """Take an alert off a service whose last day is over; what was closed for now is open again.

    Refuses: an alert that still holds. Records: `ServiceAlertSet`.
    """
    if service.alert_until is None or service.alert_until >= localdate(stamp.at):
        raise Refused("still_holds", "This alert still holds.")
    service.alert, service.alert_until = "", None
    if service.status == FOR_NOW:
        service.status = "active"
    return _alerted(service, stamp)


def _check_until(until: date | None, alert: str, today: date) -> None:
    if until is not None and until < today:
        raise Refused("is_over", "Choose today or a later day.", field="until")
    if until is not None and not alert:
        raise Refused("no_alert", "Say what to know, or leave the day empty.", field="alert")


def _alerted(service: ListedService, stamp: Stamp) -> ListedService:
    service.modified_at = stamp.at
    service.save(update_fields=["alert", "alert_until", "status", "modified_at"])
    fact = facts.ServiceAlertSet(
        service_id=str(service.pk),
        service_name=service.name,
        alert=service.alert,
        status=service.status,
        until=service.alert_until,
    )
    record(fact, stamp=stamp)
    return service


def address_of(stamp: Stamp) -> str:
    """The address of whoever vouches for a service."""
    if stamp.actor.user_id is None:
        return ""
    found = User.objects.filter(pk=stamp.actor.user_id).values_list("email", flat=True)
    return next(iter(found), "")
