"""Letting people in: by a password that is set for them, or by a link to choose one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Role, Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import User
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.keeping import add_party, check_email, hold_seat
from wardroom.directory.actions.roles import grant_role
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.notices.actions import revoke_keys, spend_key
from wardroom.notices.queries import has_live_keys, open_key

OFFICE = rules.OFFICE


@action(policy.may_grant_roles)
def add_user(subject: None, *, email: str, name: str, password: str, stamp: Stamp) -> Party:
    """Let a person sign in; the person is put into the directory too.

    Refuses: an address that is none or is taken; a password that is easily guessed.
    Records: `UserAdded`.
    """
    user = _new_user(email, name, stamp)
    set_password(user, password)
    return _added(user, stamp)


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
    _check_name(name)
    person = add_user(None, email=email, name=name, password=password, stamp=stamp)
    _give_place(person, role, since_on, ward_code, agency_code, stamp)
    return person


@action(policy.may_grant_roles)
def invite_person(
    subject: None,
    *,
    email: str,
    name: str,
    role: Role,
    since_on: date,
    ward_code: str = "",
    agency_code: str = "",
    stamp: Stamp,
) -> Party:
    """Hire a person, who is sent a link to choose the password; nobody types it for them.

    Refuses: what `grant_role` and `hold_seat` refuse; an address that is none or is taken.
    Records: `UserAdded`, `RoleGranted`, for a liaison `SeatTaken`, and `PersonInvited`.
    """
    _check_name(name)
    user = _new_user(email, name, stamp)
    user.set_unusable_password()
    person = _added(user, stamp)
    _give_place(person, role, since_on, ward_code, agency_code, stamp)
    _invite(person, user, stamp)
    return person


@action(policy.may_grant_roles)
def send_sign_in_link(party: Party, *, stamp: Stamp) -> Party:
    """Send somebody a new link to choose a password; links sent before open nothing then.

    The password they have, if any, works until they choose another. Refuses: somebody who
    cannot sign in, or whose sign-in is closed. Records: `KeysRevoked`, `PersonInvited`.
    """
    user = User.objects.filter(party=party).first()
    if user is None or not user.is_let_in(localdate(stamp.at)):
        raise Refused("cannot_sign_in", f"The sign-in of {party.name} is closed. Open it first.")
    close_sign_in_links(party, stamp=stamp)
    _invite(party, user, stamp)
    return party


@action(policy.may_choose_password)
def choose_password(_: None, *, token: str, password: str, stamp: Stamp) -> str:
    """Choose the password by the link that was sent; it works once, and closes all others.

    Gives the address to sign in with. Refuses: `key_closed` where the link opens nothing
    any more, or the sign-in is closed; a password that is easily guessed.
    Records: `KeySpent`, `PasswordChosen`, and `KeysRevoked` where there were other links.
    """
    held = open_key(token, purpose=rules.WELCOME, at=stamp.at)
    person = Party.objects.get(pk=int(held.key))
    hold(person)
    spend_key(None, token=token, purpose=rules.WELCOME, stamp=stamp)
    if person.user is None or not person.user.is_let_in(localdate(stamp.at)):
        raise Refused("key_closed", "This sign-in is closed. Ask the office.")
    set_password(person.user, password)
    close_sign_in_links(person, stamp=replace(stamp, actor=SYSTEM))
    record(facts.PasswordChosen(party_id=person.pk, party_name=person.name), stamp=stamp)
    return person.user.email


def close_sign_in_links(party: Party, *, stamp: Stamp) -> None:
    """Take back every link by which somebody could still choose a password."""
    key = str(party.pk)
    if has_live_keys("party", key, purpose=rules.WELCOME, at=stamp.at):
        revoke_keys(None, noun="party", key=key, purpose=rules.WELCOME, stamp=stamp)


def _new_user(email: str, name: str, stamp: Stamp) -> User:
    email = email.strip().lower()
    check_email(email, field="email")
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("email_taken", f"{email} can already sign in.", field="email")
    return User(email=email, name=name.strip(), joined_at=stamp.at)


def set_password(user: User, password: str) -> None:
    """Give somebody a password; called by actions. Refuses: one that is easily guessed."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("weak_password", " ".join(error.messages), field="password") from error
    user.set_password(password)
    if user.pk is not None:
        user.save(update_fields=["password"])


def _added(user: User, stamp: Stamp) -> Party:
    user.save()
    party = Party.objects.create(kind=Party.Kind.PERSON, name=user.name, user=user)
    record(facts.UserAdded(party_id=party.pk, party_name=party.name, user_id=user.pk), stamp=stamp)
    index_party(party, stamp=stamp)
    return party


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refused("name_missing", "Give the person a name.", field="name")
    if len(name.strip()) > rules.LONGEST_NAME:
        sentence = f"Keep the name within {rules.LONGEST_NAME} characters."
        raise Refused("too_long", sentence, field="name")


def _give_place(
    person: Party, role: Role, since_on: date, ward_code: str, agency_code: str, stamp: Stamp
) -> None:
    """The role, and for a liaison the seat of the ward."""
    grant_role(
        person,
        role=role,
        ward_code=ward_code,
        agency_code=agency_code,
        valid_from=since_on,
        stamp=stamp,
    )
    if role is not Role.LIAISON:
        return
    hold_seat(
        the_office(stamp=stamp),
        title=rules.LIAISON_SEAT,
        holder=person,
        since_on=since_on,
        ward_code=ward_code,
        stamp=stamp,
    )


def the_office(*, stamp: Stamp) -> Party:
    """The office itself, put into the directory where it is not there yet; called by actions."""
    known: Party | None = Party.objects.filter(name=OFFICE).first()
    return known or add_party(None, kind="organisation", name=OFFICE, stamp=stamp)


def _invite(party: Party, user: User, stamp: Stamp) -> None:
    last = localdate(stamp.at) + rules.WELCOME_FOR
    fact = facts.PersonInvited(
        party_id=party.pk, party_name=party.name, email=user.email, until_on=last
    )
    record(fact, stamp=stamp)
