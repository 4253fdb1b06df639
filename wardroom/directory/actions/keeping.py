"""Keeping people, organisations, and what they do."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.consents import keep_consent
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import Alias, ContactPoint, Party, Seat, Service, Tenure
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


@action(policy.may_keep_directory)
def add_party(
    subject: None, *, kind: str, name: str, code: str = "", agency: bool = False, stamp: Stamp
) -> Party:
    """Put a person or an organisation into the directory.

    Refuses: an empty name; a code that another party has; an agency that is a person.
    Records: `PartyAdded`.
    """
    name, code = name.strip(), code.strip()
    if not name:
        raise Refused("name_missing", "Give the party a name.", field="name")
    if code and Party.objects.filter(code=code).exists():
        raise Refused("code_taken", f"Another party already has the code {code}.", field="code")
    if agency and kind != Party.Kind.ORGANISATION:
        raise Refused("agency_is_a_person", "An agency must be an organization.", field="kind")
    sort = ("agency" if agency else "other") if kind == Party.Kind.ORGANISATION else ""
    party = Party.objects.create(
        kind=kind, name=name, code=code, agency=agency, organisation_kind=sort
    )
    record(facts.PartyAdded(party_id=party.pk, party_name=party.name, agency=agency), stamp=stamp)
    index_party(party, stamp=stamp)
    return party


@action(policy.may_keep_directory)
def add_alias(
    party: Party,
    *,
    name: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    stamp: Stamp,
) -> Alias:
    """Remember another name or code of a party, for as long as it was used.

    Refuses: an empty name. Records: `AliasAdded`.
    """
    if not name.strip():
        raise Refused("name_missing", "Give the other name.", field="name")
    alias = Alias.objects.create(
        party=party, name=name.strip(), valid_from=valid_from, valid_until=valid_until
    )
    record(
        facts.AliasAdded(party_id=party.pk, party_name=party.name, alias=alias.name), stamp=stamp
    )
    index_party(party, stamp=stamp)
    return alias


@action(policy.may_keep_directory)
def name_party(party: Party, *, name: str, on: date | None = None, stamp: Stamp) -> Party:
    """Call a party by another name from now on; the name before is remembered.

    With a day, the name before held until the day before it. Refuses: an empty name; the name
    it has; a day that is yet to come. Records: `PartyRenamed`.
    """
    name = name.strip()
    if not name:
        raise Refused("name_missing", "Give the name.", field="name")
    former = party.name
    if name == former:
        raise Refused("already_so", f"It is called {name} already.", field="name")
    if on is not None and on > localdate(stamp.at):
        raise Refused("yet_to_come", "Write the name on the day it changes.", field="on")
    alias, _ = Alias.objects.get_or_create(party=party, name=former)
    if on is not None:
        alias.valid_until = on - timedelta(days=1)
        alias.save(update_fields=["valid_until"])
    party.name = name
    party.save(update_fields=["name"])
    record(facts.PartyRenamed(party_id=party.pk, party_name=name, former_name=former), stamp=stamp)
    index_party(party, stamp=stamp)
    return party


@action(policy.may_keep_directory)
def add_contact_point(
    party: Party, *, channel: str, value: str, consent: bool, stamp: Stamp
) -> ContactPoint:
    """Note how a party can be reached, and whether we may use it.

    Refuses: an e-mail address that is none. Records: `ContactPointAdded`.
    """
    if channel == "email":
        check_email(value, field="value")
    point = ContactPoint.objects.create(
        party=party,
        channel=channel,
        value=value.strip(),
        match=rules.match_key(channel, value),
        consent=consent,
        consent_at=stamp.at if consent else None,
        consent_by=stamp.actor.name if consent else "",
    )
    if consent:
        keep_consent(point, purpose=rules.ANSWERS, given=True, how="", stamp=stamp)
    fact = facts.ContactPointAdded(party_id=party.pk, party_name=party.name, channel=channel)
    record(fact, stamp=stamp)
    index_party(party, stamp=stamp)
    return point


@action(policy.may_keep_directory)
def add_service(
    agency: Party, *, code: str, name: str, test_only: bool = False, stamp: Stamp
) -> Service:
    """Note something an agency does on request, by its code in the city's 311 system.

    Refuses: a party that is no agency; a code that exists. Records: `ServiceAdded`.
    """
    if not agency.agency:
        raise Refused("not_an_agency", f"{agency.name} is not an agency.", field="agency")
    if Service.objects.filter(code=code).exists():
        raise Refused("code_taken", f"The service {code} exists already.", field="code")
    service = Service.objects.create(code=code, name=name, agency=agency, test_only=test_only)
    fact = facts.ServiceAdded(
        party_id=agency.pk, party_name=agency.name, service_code=code, service_name=name
    )
    record(fact, stamp=stamp)
    return service


@action(policy.may_keep_directory)
def hold_seat(
    organisation: Party,
    *,
    title: str,
    holder: Party,
    since_on: date,
    ward_code: str = "",
    stamp: Stamp,
) -> Tenure:
    """Note who holds a seat of an organisation from a day on; whoever held it before ends then.

    Refuses: a start before the present holder's. Records: `SeatTaken`.
    """
    seat, _ = Seat.objects.get_or_create(
        organisation=organisation, title=title, ward_code=ward_code
    )
    present = seat.tenures.filter(until_on=None).first()
    if present is not None:
        if since_on < present.since_on:
            raise Refused(
                "starts_too_early",
                f"{present.holder_name} has held this seat since {present.since_on:%B %-d, %Y}.",
                field="since_on",
            )
        present.until_on = since_on
        present.save()
    tenure = Tenure.objects.create(seat=seat, party=holder, since_on=since_on)
    fact = facts.SeatTaken(
        party_id=holder.pk,
        party_name=holder.name,
        seat=title,
        ward_code=ward_code,
        since_on=since_on,
    )
    record(fact, stamp=stamp)
    return tenure


def check_email(value: str, *, field: str) -> None:
    """An e-mail address as such. Refuses: `bad_email`."""
    try:
        validate_email(value.strip())
    except ValidationError:
        raise Refused("bad_email", f"{value} is not an e-mail address.", field=field) from None
