"""Who may change the directory."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.directory.rules import AGENCY


def may_keep_directory(actor: Actor, _: Any) -> bool:
    """The director and the house itself keep the list of agencies, services and contacts."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_note_person(actor: Actor, _: Any) -> bool:
    """Whoever takes complaints in notes who called: director, liaisons, staff, the house."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_mark_contact(actor: Actor, _: Any) -> bool:
    """The house marks what came back undelivered; staff may mark it by hand."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_describe_party(actor: Actor, _: Any) -> bool:
    """Whoever talks with people writes down what they need: director, liaisons, staff."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_add_organisation(actor: Actor, _: Any) -> bool:
    """Director, liaisons and staff add groups; agencies are added by who keeps the directory."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_keep_seats(actor: Actor, organisation: Any) -> bool:
    """The director; liaisons and staff too, but for the seats of an agency."""
    is_agency = organisation.organisation_kind == AGENCY
    helps = actor.has(Role.LIAISON, Role.STAFF) and not is_agency
    return helps or actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_keep_seat(actor: Actor, seat: Any) -> bool:
    """As the seats of its organisation; one of a ward only for the liaison of that ward."""
    if actor.has(Role.DIRECTOR, Role.SYSTEM) or not seat.ward_code:
        return may_keep_seats(actor, seat.organisation)
    own = seat.ward_code in actor.reach.wards or actor.has(Role.STAFF)
    return own and may_keep_seats(actor, seat.organisation)


def may_make_commissions(actor: Actor, _: Any) -> bool:
    """The director, or the operator at the shell, makes ANCs and seats from the boundaries."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_join_parties(actor: Actor, _: Any) -> bool:
    """Whoever notes people says that two records are of the same one, and takes that back."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_import_contacts(actor: Actor, _: Any) -> bool:
    """The director and the liaisons read lists of contacts in."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_undo_contact_import(actor: Actor, made: Any) -> bool:
    """Whoever imported it, and the director."""
    own = actor.user_id is not None and made.maker_id == actor.user_id
    return own or actor.has(Role.DIRECTOR)


def may_see_people(actor: Actor) -> bool:
    """Residents and their contact points are for the office alone, never for an agency."""
    return actor.is_staff


def may_cover_ward(actor: Actor, _: Any) -> bool:
    """The director arranges who covers a ward, and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_keep_core_team(actor: Actor, seat: Any) -> bool:
    """The liaison of the ward, and the director."""
    own = actor.has(Role.LIAISON) and bool(seat.ward_code) and seat.ward_code in actor.reach.wards
    return own or actor.has(Role.DIRECTOR)


def may_grant_roles(actor: Actor, _: Any) -> bool:
    """Only the director, or the operator at the shell, gives and ends roles."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_close_sign_in(actor: Actor, _: Any) -> bool:
    """The director, or the operator at the shell, closes and opens a sign-in."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_keep_own_sign_in(actor: Actor, user: Any) -> bool:
    """Everybody keeps their own password and second factors, and nobody else's."""
    return actor.user_id is not None and user.pk == actor.user_id


def may_reset_factors(actor: Actor, party: Any) -> bool:
    """The director, or the operator at the shell, for somebody who lost theirs; not for oneself."""
    own = actor.user_id is not None and party.user_id == actor.user_id
    return actor.has(Role.DIRECTOR, Role.SYSTEM) and not own


def may_choose_password(actor: Actor, _: Any) -> bool:
    """Whoever holds the link: the token is the power, and it opens one sign-in."""
    return True


def may_see_staff(actor: Actor) -> bool:
    """Everybody in the office sees who works here; agencies do not."""
    return actor.is_staff


def may_make_key(actor: Actor, holder: Any) -> bool:
    """The director, or the operator at the shell, for anybody; others for themselves.

    A partner too: with the key a program reads and answers what the agency was asked.
    """
    own = holder is not None and holder.pk == actor.user_id
    return actor.has(Role.DIRECTOR, Role.SYSTEM) or (own and bool(actor.roles))


def may_end_key(actor: Actor, key: Any) -> bool:
    """The director, or the operator at the shell, any key; whoever holds it, their own."""
    own = actor.user_id is not None and key.holder_id == actor.user_id
    return own or actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_note_key_used(actor: Actor, _: Any) -> bool:
    """Whoever shows a key; that it was used today says nothing else."""
    return True
