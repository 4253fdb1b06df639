"""Services that the office writes down, changes and closes itself, beside those of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.city.queries import find_places
from wardroom.city.rules import normal_address
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.text import long_day
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.library import facts, policy
from wardroom.library.actions.listed import address_of
from wardroom.library.models import (
    HoursOpen,
    ListedLanguage,
    ListedOrganization,
    ListedPhone,
    ListedService,
    Need,
    NeedServed,
    ServiceAtSite,
    Site,
    SiteAddress,
)
from wardroom.library.queries.by_hand import LINES, draft_of
from wardroom.library.rules.by_hand import (
    COLUMNS,
    ServiceDraft,
    address_from,
    changed_between,
    check_draft,
    hours_from,
    shown_in_form,
)

CLOSED, GONE = "defunct", "It is closed for good."
LABELS: Mapping[str, str] = {
    "eligibility_description": "for whom",
    "application_process": "how to apply",
    "fees_description": "cost",
    "interpretation_services": "interpreters",
    "assured_date": "day of the check",
    "minimum_age": "youngest age",
    "maximum_age": "oldest age",
    "url": "page",
    "email": "e-mail",
}


@action(policy.may_keep_services)
def list_service(_: None, *, draft: ServiceDraft, stamp: Stamp) -> ListedService:
    """Write a service down: who runs it, where and when, for whom, and when it was checked.

    Refuses: no name or organization; hours or a place that cannot be read; what the rules of
    a service say. Records: `ServiceListed`.
    """
    check_draft(draft, today=localdate(stamp.at))
    service = ListedService(organization=_organization(draft), modified_at=stamp.at)
    _say(service, draft, stamp)
    fact = facts.ServiceListed(
        service_id=str(service.pk),
        service_name=service.name,
        organization=service.organization.name,
    )
    record(fact, stamp=stamp)
    return service


@action(policy.may_keep_services)
def revise_service(
    service: ListedService, *, draft: ServiceDraft, seen: str = "", stamp: Stamp
) -> ListedService:
    """Change what is said of a service; a line that stays as it was is not touched.

    ``seen`` is the version that the form carries. Refuses: nothing new; what `list_service`
    refuses; `stale` where it would undo what somebody saved since. Records: `ServiceRevised`.
    """
    check_draft(draft, today=localdate(stamp.at))
    before = draft_of(service)
    changed = changed_between(before, draft)
    _check_seen(before, draft, seen)
    if not changed:
        raise Refused("nothing_new", "Nothing was changed.")
    if "organization" in changed:
        service.organization = _organization(draft)
    service.modified_at = stamp.at
    _say(service, draft, stamp)
    fact = facts.ServiceRevised(
        service_id=str(service.pk),
        service_name=service.name,
        changed=tuple(LABELS.get(name, name) for name in changed),
    )
    record(fact, stamp=stamp)
    return service


@action(policy.may_keep_services)
def close_service(service: ListedService, *, reason: str, stamp: Stamp) -> ListedService:
    """Say that a service is no more: nobody is sent there, and who was sent stays on record.

    The reason stays in the office: what is said of a service is read by everybody.
    Refuses: one that is closed; no reason. Records: `ServiceClosed`.
    """
    reason = " ".join(reason.split())[:500]
    if service.status == CLOSED:
        raise Refused("already_closed", "It is closed already.")
    if not reason:
        raise Refused("reason_missing", "Say why.", field="reason")
    service.status, service.alert, service.modified_at = CLOSED, GONE, stamp.at
    service.alert_until = None
    service.save(update_fields=["status", "alert", "alert_until", "modified_at"])
    fact = facts.ServiceClosed(service_id=str(service.pk), service_name=service.name, reason=reason)
    record(fact, stamp=stamp)
    return service


def _check_seen(now: ServiceDraft, draft: ServiceDraft, seen: str) -> None:
    """Nobody takes away what somebody else added while the page was open."""
    stands = shown_in_form(now)
    moved = moved_since(seen, stands) if seen else frozenset()
    theirs = [name for name in changed_between(now, draft) if name in moved]
    if theirs:
        raise Stale(seen=version_of(stands), theirs=tuple(_told(now, name) for name in theirs))


def _told(now: ServiceDraft, name: str) -> tuple[str, str]:
    """What stands there now, in words."""
    value = getattr(now, name)
    if name == "needs":
        named = Need.objects.filter(pk__in=value).order_by("name")
        value = tuple(named.values_list("name", flat=True))
    if isinstance(value, date):
        value = long_day(value)
    said = "; ".join(value) if isinstance(value, tuple) else value
    return LABELS.get(name, name).capitalize(), "" if said is None else str(said)


def _say(service: ListedService, draft: ServiceDraft, stamp: Stamp) -> None:
    """Write what the draft says: the columns first, then what it says line by line."""
    for name in COLUMNS:
        value = getattr(draft, name)
        setattr(service, name, value.strip() if isinstance(value, str) else value)
    if draft.assured_date != service.assured_date:
        service.assured_date, service.assurer_email = draft.assured_date, address_of(stamp)
    service.save()
    for name, make in MAKERS.items():
        _keep_lines(service, name, getattr(draft, name), make, stamp)


def _keep_lines(
    service: ListedService,
    name: str,
    given: tuple[str, ...],
    make: Callable[[ListedService, str], Any],
    stamp: Stamp,
) -> None:
    """Take back what is said no longer, and write what is new."""
    lines, there = LINES[name], set()
    for row in lines.rows(service):
        line = lines.line(row)
        there.add(line)
        if line not in given:
            row.withdrawn_at = stamp.at
            row.save(update_fields=["withdrawn_at"])
    for line in dict.fromkeys(given):
        if line not in there:
            make(service, line)


def _organization(draft: ServiceDraft) -> ListedOrganization:
    """Who runs it, where a service of theirs is known; or new."""
    name = " ".join(draft.organization.split())[:200]
    known = ListedOrganization.objects.filter(name__iexact=name, withdrawn_at=None)
    found: ListedOrganization | None = known.order_by("pk").first()
    return found or ListedOrganization.objects.create(name=name, description=name)


def _need(service: ListedService, line: str) -> None:
    term = Need.objects.filter(pk=line, withdrawn_at=None).first()
    if term is None:
        raise Refused("unknown_need", "Choose a need from the list.", field="needs")
    NeedServed.objects.create(link=service, taxonomy_term=term)


def _place(service: ListedService, line: str) -> None:
    said = address_from(line)
    point = _point(said.street, localdate(service.modified_at)) or (None, None)
    site = Site.objects.create(name=said.street, latitude=point[0], longitude=point[1])
    SiteAddress.objects.create(
        location=site,
        address_1=said.street,
        city=said.city,
        state_province=said.state,
        postal_code=said.code,
        country="US",
    )
    ServiceAtSite.objects.create(service=service, location=site)


def _point(street: str, on: date) -> tuple[float, float] | None:
    """The point of an address that the city knows; nothing is guessed."""
    meant = normal_address(street)
    for row in find_places(SYSTEM, street, on=on).rows:
        latitude, longitude = row.latitude, row.longitude
        known = latitude is not None and longitude is not None
        if known and normal_address(row.label) == meant:
            assert latitude is not None
            assert longitude is not None
            return latitude, longitude
    return None


def _hours(service: ListedService, line: str) -> None:
    said = hours_from(line)
    HoursOpen.objects.create(
        service=service,
        opens_at=said.opens,
        closes_at=said.closes,
        freq="WEEKLY" if said.days else "",
        byday=",".join(said.days),
        description=said.words,
    )


def _phone(service: ListedService, line: str) -> None:
    ListedPhone.objects.create(service=service, number=line[:60], type="voice")


def _language(service: ListedService, line: str) -> None:
    ListedLanguage.objects.create(service=service, code=line)


MAKERS: Mapping[str, Callable[[ListedService, str], Any]] = {
    "needs": _need,
    "places": _place,
    "hours": _hours,
    "phones": _phone,
    "languages": _language,
}
