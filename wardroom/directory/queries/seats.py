"""Who holds a seat on a day: a ward's liaison, the head of an agency."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Role
from wardroom.access.gate import action_is_running, note_held
from wardroom.access.models import Grant
from wardroom.directory import rules
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.ledger.models import Entry

HEAD = "Head"


def holding(on: date) -> Q:
    """A condition on tenures: they hold on a day."""
    return Q(since_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))


def noted_on(seat: Seat, day: date) -> tuple[Tenure, int | None] | None:
    """Who was noted last as holding a seat, where that was on this day and holds still.

    With it comes the tenure that ended by it, if there was one.
    """
    tenure = seat.tenures.select_related("party").order_by("-pk").first()
    line = filled_on(tenure, day) if tenure is not None else None
    return (tenure, line.body["former_id"]) if tenure is not None and line is not None else None


def filled_on(newest: Tenure, day: date) -> Entry | None:
    """The line by which the newest tenure of a seat, which holds still, was noted on this day."""
    if newest.until_on is not None:
        return None
    lines = Entry.objects.filter(
        kind="SeatFilled",
        about__noun="seat",
        about__key=str(newest.seat_id),
        body__tenure_id=newest.pk,
    )
    line: Entry | None = lines.order_by("-pk").first()
    return line if line is not None and localdate(line.at) == day else None


def liaison_of(ward_code: str, *, on: date) -> str:
    """The name of whoever holds the ward's liaison seat on a day; empty where it is vacant."""
    party = get_liaison_of(ward_code, on=on)
    return party.name if party else ""


def get_liaison_of(ward_code: str, *, on: date) -> Party | None:
    """Whoever holds the ward's liaison seat on a day; none where it is vacant.

    Agencies have seats of a ward too, for its core team; these own no complaints. An action,
    which may give them work, holds them as `hold` does, without another statement.
    """
    rows = Tenure.objects.all()
    if action_is_running():
        rows = rows.select_for_update(of=("party",), no_key=True)
    tenure = (
        rows.filter(
            seat__title=rules.LIAISON_SEAT,
            seat__ward_code=ward_code,
            seat__organisation__agency=False,
            party__kind=Party.Kind.PERSON,
            since_on__lte=on,
        )
        .filter(Q(until_on=None) | Q(until_on__gt=on))
        .select_related("party__user")
        .order_by("-since_on", "-pk")
        .first()
    )
    found: Party | None = tenure.party if tenure else None
    if found is not None and action_is_running():
        note_held(found)
    return found


def hold_liaison_of(ward_code: str, *, on: date) -> Party | None:
    """Whoever holds the ward's liaison seat and has a role for it, held as `hold` does.

    The role and the sign-in are locked in the same statement: where this waited for one who is
    let go at that moment, the database asks anew of the rows as they are then. The order is the
    one in which `end_grant` and `deactivate_user` lock.
    """
    runs = Q(role=Role.DIRECTOR.value) | Q(role=Role.LIAISON.value, ward_code=ward_code)
    grants = Grant.objects.select_for_update(of=("self", "user__party", "user"), no_key=True)
    grant = (
        grants.filter(
            runs,
            Q(valid_until=None) | Q(valid_until__gte=on),
            Q(user__party__tenures__until_on=None) | Q(user__party__tenures__until_on__gt=on),
            valid_from__lte=on,
            user__is_active=True,
            user__party__tenures__since_on__lte=on,
            user__party__tenures__seat__title=rules.LIAISON_SEAT,
            user__party__tenures__seat__ward_code=ward_code,
            user__party__tenures__seat__organisation__agency=False,
        )
        .select_related("user__party")
        .only("user__is_active", *(f"user__party__{f.name}" for f in Party._meta.concrete_fields))
        .order_by("-user__party__tenures__since_on", "-user__party__tenures__pk", "pk")
        .first()
    )
    if grant is None:
        return None
    found: Party = grant.user.party
    note_held(found)
    return found


def get_head_of(organisation: Party, *, on: date) -> Party | None:
    """Whoever holds the organisation's seat titled Head on a day; none where it is vacant."""
    tenure = (
        Tenure.objects.filter(seat__organisation=organisation, seat__title__iexact=HEAD)
        .filter(Q(until_on=None) | Q(until_on__gt=on), since_on__lte=on)
        .select_related("party__user")
        .order_by("-since_on")
        .first()
    )
    found: Party | None = tenure.party if tenure else None
    return found
