"""Roles: given from a day on, ended on a day; and who may sign in at all."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import NOBODY, Role, Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import Grant, User
from wardroom.access.queries import actor_for
from wardroom.city.queries import districts
from wardroom.directory import facts, policy
from wardroom.directory.gateways import check_nothing_left
from wardroom.directory.models import Party, Tenure
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


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
        raise Refused(
            "agency_missing", "Say which agency the partner works for.", field="agency_code"
        )
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

    Refuses: an end before the start; ending the last director; a role on which live work
    depends, unless it is handed over first. Records: `GrantEnded`.
    """
    if until_on < grant.valid_from:
        raise Refused("ends_too_early", "The role ends before it starts.", field="until_on")
    party = Party.objects.select_related("user").get(user_id=grant.user_id)
    hold(party)
    if grant.role == Role.DIRECTOR.value:
        _check_director_stays(but=Q(pk=grant.pk), after=until_on, field="until_on")
    grant.valid_until = until_on
    grant.save()
    afterwards = actor_for(party.user, on=until_on + timedelta(days=1))
    check_nothing_left(party, afterwards, on=localdate(stamp.at))
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


@action(policy.may_close_sign_in)
def deactivate_user(party: Party, *, reason: str, stamp: Stamp) -> Party:
    """Close somebody's sign-in; their roles, their name and their past stay as they are.

    Refuses: who cannot sign in anyway; no reason; the last director; who has live work.
    Records: `SignInClosed`.
    """
    user = _user_of(party)
    if not user.is_active:
        raise Refused("already_closed", f"{party.name} already cannot sign in.")
    if not reason.strip():
        raise Refused("reason_missing", "Say why.", field="reason")
    today = localdate(stamp.at)
    held = Grant.objects.filter(user=user, role=Role.DIRECTOR.value)
    if held.filter(Q(valid_until=None) | Q(valid_until__gte=today)).exists():
        _check_director_stays(but=Q(user=user), after=today)
    check_nothing_left(party, NOBODY, on=today)
    user.is_active = False
    user.save(update_fields=["is_active"])
    fact = facts.SignInClosed(party_id=party.pk, party_name=party.name, reason=reason.strip()[:300])
    record(fact, stamp=stamp)
    return party


@action(policy.may_close_sign_in)
def reactivate_user(party: Party, *, stamp: Stamp) -> Party:
    """Let somebody sign in again, with the roles that they still hold and no others.

    Refuses: who can sign in; who never could. Records: `SignInOpened`.
    """
    user = _user_of(party)
    if user.is_active:
        raise Refused("already_open", f"{party.name} can already sign in.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(facts.SignInOpened(party_id=party.pk, party_name=party.name), stamp=stamp)
    return party


def _user_of(party: Party) -> User:
    user = User.objects.select_for_update().filter(party=party).first()
    if user is None:
        raise Refused("cannot_sign_in", f"{party.name} cannot sign in.", field="party")
    return user


def _check_director_stays(*, but: Q, after: date, field: str = "") -> None:
    """Somebody else is director without an end on the day after; held, so that they stay.

    Refuses: `last_director`.
    """
    directors = Grant.objects.filter(role=Role.DIRECTOR.value).order_by("pk")
    list(directors.select_for_update(of=("self",), no_key=True))
    stays = directors.filter(
        valid_until=None, valid_from__lte=after + timedelta(days=1), user__is_active=True
    )
    if not stays.exclude(but).exists():
        raise Refused(
            "last_director", "Name another director first: the office needs one.", field=field
        )


def _check_ward(code: str, *, on: date) -> None:
    """A ward of the boundaries in force, where boundaries were loaded."""
    known = [row.code for row in districts("ward", on)]
    if known and code not in known:
        raise Refused(
            "ward_unknown",
            f"There is no Ward {code}; the wards are {', '.join(known)}.",
            field="ward_code",
        )
