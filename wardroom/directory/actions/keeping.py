"""Keeping people, organisations, what they do, and who may sign in."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action
from wardroom.access.models import Grant, User
from wardroom.city.queries import districts
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import Alias, ContactPoint, Party, Seat, Service, Tenure
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record

OFFICE = "Office of Community Relations"
LIAISON_SEAT = "Ward liaison"


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
        raise Refused("agency_is_a_person", "An agency must be an organisation.", field="kind")
    party = Party.objects.create(kind=kind, name=name, code=code, agency=agency)
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
def name_party(party: Party, *, name: str, stamp: Stamp) -> Party:
    """Call a party by another name from now on; the name before is remembered.

    Refuses: an empty name; the name it has. Records: `PartyRenamed`.
    """
    name = name.strip()
    if not name:
        raise Refused("name_missing", "Give the name.", field="name")
    former = party.name
    if name == former:
        raise Refused("already_so", f"It is called {name} already.", field="name")
    Alias.objects.get_or_create(party=party, name=former)
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
        _check_email(value, field="value")
    point = ContactPoint.objects.create(
        party=party,
        channel=channel,
        value=value.strip(),
        match=rules.match_key(channel, value),
        consent=consent,
        consent_at=stamp.at if consent else None,
        consent_by=stamp.actor.name if consent else "",
    )
    fact = facts.ContactPointAdded(party_id=party.pk, party_name=party.name, channel=channel)
    record(fact, stamp=stamp)
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


@action(policy.may_grant_roles)
def add_user(subject: None, *, email: str, name: str, password: str, stamp: Stamp) -> Party:
    """Let a person sign in; the person is put into the directory too.

    Refuses: an address that is none or is taken; a password that is easily guessed.
    Records: `UserAdded`.
    """
    email = email.strip().lower()
    _check_email(email, field="email")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("email_taken", f"{email} can sign in already.", field="email")
    user = User(email=email, name=name.strip(), joined_at=stamp.at)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("weak_password", " ".join(error.messages), field="password") from error
    user.set_password(password)
    user.save()
    party = Party.objects.create(kind=Party.Kind.PERSON, name=user.name, user=user)
    record(facts.UserAdded(party_id=party.pk, party_name=party.name, user_id=user.pk), stamp=stamp)
    index_party(party, stamp=stamp)
    return party


@action(policy.may_grant_roles)
def hire_person(
    subject: None,
    *,
    email: str,
    name: str,
    password: str,
    role: Role,
    since_on: date,
    ward_code: str = "",
    agency_code: str = "",
    stamp: Stamp,
) -> Party:
    """Let a person sign in with one role from a day on; a liaison takes the ward's seat.

    Refuses: what `add_user`, `grant_role` and `hold_seat` refuse; nothing is kept then.
    Records: `UserAdded`, `RoleGranted` and, for a liaison, `SeatTaken`.
    """
    if not name.strip():
        raise Refused("name_missing", "Give the person a name.", field="name")
    person = add_user(None, email=email, name=name, password=password, stamp=stamp)
    grant_role(
        person,
        role=role,
        ward_code=ward_code,
        agency_code=agency_code,
        valid_from=since_on,
        stamp=stamp,
    )
    if role is Role.LIAISON:
        office = Party.objects.filter(name=OFFICE).first() or add_party(
            None, kind="organisation", name=OFFICE, stamp=stamp
        )
        hold_seat(
            office,
            title=LIAISON_SEAT,
            holder=person,
            since_on=since_on,
            ward_code=ward_code,
            stamp=stamp,
        )
    return person


@action(policy.may_grant_roles)
def grant_role(
    party: Party,
    *,
    role: Role,
    valid_from: date,
    ward_code: str = "",
    agency_code: str = "",
    valid_until: date | None = None,
    stamp: Stamp,
) -> Grant:
    """Give a person a role from a day on: a ward's liaison, an agency's partner, the director.

    Refuses: a person who cannot sign in; a liaison without a ward; a partner without an
    agency; an end before the start. Records: `RoleGranted`.
    """
    if party.user_id is None:
        raise Refused("cannot_sign_in", f"{party.name} cannot sign in yet.", field="party")
    if role is Role.LIAISON and not ward_code:
        raise Refused("ward_missing", "Say which ward the liaison serves.", field="ward_code")
    if role is Role.LIAISON:
        _check_ward(ward_code, on=valid_from)
    if role is Role.PARTNER and not agency_code:
        raise Refused("agency_missing", "Say which agency the partner is of.", field="agency_code")
    if role is Role.PARTNER and not Party.objects.filter(code=agency_code, agency=True).exists():
        raise Refused(
            "agency_unknown",
            f"There is no agency {agency_code} yet. Add it first: wardroom people agency "
            f"{agency_code} --name NAME",
            field="agency_code",
        )
    if valid_until and valid_until < valid_from:
        raise Refused("ends_too_early", "The role ends before it starts.", field="valid_until")
    grant = Grant.objects.create(
        user_id=party.user_id,
        role=role.value,
        ward_code=ward_code,
        agency_code=agency_code,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    fact = facts.RoleGranted(
        party_id=party.pk,
        party_name=party.name,
        role=role.value,
        ward_code=ward_code,
        agency_code=agency_code,
        valid_from=valid_from,
    )
    record(fact, stamp=stamp)
    return grant


@action(policy.may_grant_roles)
def end_grant(grant: Grant, *, until_on: date, stamp: Stamp) -> Grant:
    """End a role on a day, and with a liaison's role the ward's seat; their past stays as it was.

    Refuses: an end before the start; ending the last director. Records: `GrantEnded`.
    """
    if until_on < grant.valid_from:
        raise Refused("ends_too_early", "The role ends before it starts.", field="until_on")
    others = Grant.objects.filter(role=Role.DIRECTOR.value, valid_until=None).exclude(pk=grant.pk)
    if grant.role == Role.DIRECTOR.value and not others.exists():
        raise Refused(
            "last_director", "Name another director first: the office needs one.", field="until_on"
        )
    grant.valid_until = until_on
    grant.save()
    party = Party.objects.get(user_id=grant.user_id)
    if grant.role == Role.LIAISON.value:
        held = Tenure.objects.filter(
            party=party, seat__ward_code=grant.ward_code, since_on__lte=until_on, until_on=None
        )
        held.update(until_on=until_on + timedelta(days=1))
    fact = facts.GrantEnded(
        party_id=party.pk, party_name=party.name, role=grant.role, until_on=until_on
    )
    record(fact, stamp=stamp)
    return grant


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
        if since_on <= present.since_on:
            raise Refused(
                "starts_too_early",
                f"{present.party.name} has held this seat since {present.since_on:%-d %B %Y}.",
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


def _check_ward(code: str, *, on: date) -> None:
    """A ward of the boundaries in force, where boundaries were loaded."""
    known = [row.code for row in districts("ward", on)]
    if known and code not in known:
        raise Refused(
            "ward_unknown",
            f"There is no Ward {code}; the wards are {', '.join(known)}.",
            field="ward_code",
        )


def _check_email(value: str, *, field: str) -> None:
    try:
        validate_email(value.strip())
    except ValidationError:
        raise Refused("bad_email", f"{value} is not an e-mail address.", field=field) from None
