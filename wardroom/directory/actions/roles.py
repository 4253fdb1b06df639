"""Roles: given from a day on, ended on a day; and who may sign in at all."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import NOBODY, Role, Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import Grant, User
from wardroom.access.queries import actor_for
from wardroom.city.queries import districts
from wardroom.directory import facts, policy
from wardroom.directory.gateways import check_nothing_left, check_role
from wardroom.directory.models import Party, Tenure
from wardroom.directory.rules import OFFICE
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
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

    It goes no further than the last day of a sign-in that ends by itself.
    Refuses: a person who cannot sign in; a liaison without a ward; a partner without an
    agency; an end before the start; a start after the sign-in has ended; a volunteer who would
    lead a ward or the office.
    Records: `RoleGranted`.
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
    own_until, valid_until = valid_until, _no_later(party, valid_from, valid_until)
    check_role(party, role, valid_from, valid_until)
    grant = Grant.objects.create(
        user_id=party.user_id,
        role=role.value,
        ward_code=ward_code,
        agency_code=agency_code,
        valid_from=valid_from,
        valid_until=valid_until,
        bounded=valid_until != own_until,
        own_until=own_until if valid_until != own_until else None,
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
def bound_access(party: Party, *, until_on: date | None, stamp: Stamp) -> User:
    """Let everything of somebody's sign-in end by itself after a day: a detail, a volunteer.

    Roles, sessions, keys, feeds and links open nothing from the next day on, and the office's
    seats are free then. What an earlier last day cut short goes on to the new one; without a
    day it goes on as it did before. What was ended for itself stays ended, and a seat that
    somebody else has by then stays theirs.
    What is live is not handed over by this: the house tells of it ahead, and gives the director
    what was left.
    Refuses: a person who cannot sign in; a day that is over; the last director.
    Records: `AccessBounded`.
    """
    user = _user_of(party)
    held = Grant.objects.filter(user=user, cover=False)
    if until_on is not None:
        if until_on < localdate(stamp.at):
            raise Refused("ends_too_early", "Choose today or a later day.", field="until_on")
        if held.filter(role=Role.DIRECTOR.value, valid_until=None).exists():
            _check_director_stays(but=Q(user=user), after=until_on, field="until_on")
        Grant.objects.filter(user=user, cover=True, valid_until__gt=until_on).filter(
            valid_from__lte=until_on
        ).update(valid_until=until_on)
    for grant in held.order_by("pk"):
        _bound_grant(grant, until_on)
    given_on = _bound_seats(party, until_on)
    user.ends_on = until_on
    user.save(update_fields=["ends_on"])
    fact = facts.AccessBounded(
        party_id=party.pk,
        party_name=party.name,
        until_on=until_on,
        given_on=tuple(_seat_words(tenure) for tenure in given_on),
    )
    record(fact, stamp=stamp)
    return user


def free_seats(party: Party, *, until_on: date, stamp: Stamp) -> None:
    """Free the seats of the office that somebody still holds after their last day.

    Called by the change that ends their time here. Records: `SeatVacated` for each seat.
    """
    last = _next(until_on)
    held = _office_seats(party).filter(Q(until_on=None) | Q(until_on__gt=last))
    for tenure in held.filter(since_on__lte=until_on).select_related("seat__organisation"):
        tenure.until_on = last
        tenure.save(update_fields=["until_on"])
        fact = facts.SeatVacated(
            party_id=tenure.seat.organisation_id,
            party_name=tenure.seat.organisation.name,
            seat_id=tenure.seat_id,
            seat=tenure.seat.title,
            holder_id=party.pk,
            holder_name=party.name,
            until_on=last,
            reason="Their time here ended.",
        )
        record(fact, stamp=stamp)


def _bound_grant(grant: Grant, until_on: date | None) -> None:
    """Let a role end with the sign-in, or on its own day where that is earlier."""
    own = grant.own_until if grant.bounded else grant.valid_until
    cut = until_on is not None and (own is None or own > until_on)
    if (cut and until_on and grant.valid_from > until_on) or not (cut or grant.bounded):
        return
    Grant.objects.filter(pk=grant.pk).update(
        valid_until=until_on if cut else own, bounded=cut, own_until=own if cut else None
    )


def _bound_seats(party: Party, until_on: date | None) -> list[Tenure]:
    """Let the office's seats be free after a day; those that stay with whoever has them then."""
    last = None if until_on is None else _next(until_on)
    given_on: list[Tenure] = []
    seats = _office_seats(party).select_related("seat").annotate(followed=Exists(_followed()))
    for tenure in seats.order_by("pk"):
        own = tenure.own_until if tenure.bounded else tenure.until_on
        cut = last is not None and (own is None or own > last)
        if (cut and until_on and tenure.since_on > until_on) or not (cut or tenure.bounded):
            continue
        longer = last is None or (tenure.until_on is not None and tenure.until_on < last)
        if tenure.bounded and tenure.followed and longer:
            given_on.append(tenure)
            continue
        tenure.until_on, tenure.bounded = last if cut else own, cut
        tenure.own_until = own if cut else None
        tenure.save(update_fields=["until_on", "bounded", "own_until"])
    return given_on


def _office_seats(party: Party) -> QuerySet[Tenure]:
    """What somebody holds, or held, of the office's own seats."""
    return Tenure.objects.filter(party=party, seat__organisation__name=OFFICE)


def _followed() -> QuerySet[Tenure]:
    """Whoever has the seat of a tenure after it."""
    return Tenure.objects.filter(seat=OuterRef("seat"), since_on__gt=OuterRef("since_on"))


def _seat_words(tenure: Tenure) -> str:
    ward = f", Ward {tenure.seat.ward_code}" if tenure.seat.ward_code else ""
    return f"{tenure.seat.title}{ward}"


def _next(day: date) -> date:
    return day + timedelta(days=1)


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
    grant.bounded, grant.own_until = False, None
    grant.save()
    afterwards = actor_for(party.user, on=until_on + timedelta(days=1))
    check_nothing_left(party, afterwards, on=localdate(stamp.at))
    if grant.role == Role.LIAISON.value:
        free = _next(until_on)
        held = Tenure.objects.filter(
            party=party, seat__ward_code=grant.ward_code, since_on__lte=until_on
        )
        held = held.filter(Q(until_on=None) | Q(bounded=True, until_on__gte=free))
        held.update(until_on=free, bounded=False, own_until=None)
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


def _no_later(party: Party, valid_from: date, valid_until: date | None) -> date | None:
    """The last day of a role within a sign-in that ends by itself. Refuses: `access_ended`."""
    last = User.objects.filter(party=party).values_list("ends_on", flat=True).first()
    if last is None:
        return valid_until
    if valid_from > last:
        raise Refused(
            "access_ended",
            f"The sign-in of {party.name} ends on {long_day(last)}. Extend their term first, "
            "or say there that they stay as an employee.",
            field="valid_from",
        )
    return min(valid_until or last, last)


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
