"""Seats of an organisation: who holds them from when to when, and what is vacant."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.hiring import the_office
from wardroom.directory.actions.people import note_person
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.directory.queries.seats import holding, noted_on
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record

ELSEWHERE = frozenset({rules.LIAISON_SEAT, *rules.CORE_TEAM})


@action(policy.may_keep_seats)
def add_seat(
    organisation: Party,
    *,
    title: str,
    many: bool = False,
    since_on: date | None = None,
    stamp: Stamp,
) -> Seat:
    """Give an organisation a seat: its president, its secretary, its members.

    ``since_on`` is the day from which it is there, where that is not today.
    Refuses: a person; no title; a title that is kept elsewhere; a seat that it has.
    Records: `SeatAdded`.
    """
    title = " ".join(title.split())
    if organisation.kind != Party.Kind.ORGANISATION:
        raise Refused("not_an_organization", "Only an organization has seats.")
    if not title:
        raise Refused("title_missing", "Say what the seat is called.", field="title")
    if len(title) > rules.LONGEST_TITLE:
        raise Refused("too_long", "Keep the title within 120 characters.", field="title")
    if title in ELSEWHERE or (title == rules.COMMISSIONER and organisation.area_kind == "anc"):
        raise Refused("kept_elsewhere", f"Seats called '{title}' are not made here.", field="title")
    live = Seat.objects.filter(organisation=organisation, title__iexact=title, ward_code="")
    if live.filter(until_on=None).exists():
        raise Refused("already_there", f"It has a seat '{title}' already.", field="title")
    seat: Seat = Seat.objects.create(
        organisation=organisation,
        title=title,
        many=many or title == rules.MEMBER,
        since_on=since_on or localdate(stamp.at),
    )
    record(facts.SeatAdded(**_about(seat)), stamp=stamp)
    return seat


@action(policy.may_grant_roles)
def open_post(_: None, *, title: str, ward_code: str = "", since_on: date, stamp: Stamp) -> Seat:
    """Give the office itself a seat; several may be called the same, but a ward has one liaison.

    Refuses: no title; a second seat of a ward's liaison. Records: `SeatAdded`.
    """
    title = " ".join(title.split())
    if not title:
        raise Refused("title_missing", "Say what the position is called.", field="title")
    if len(title) > rules.LONGEST_TITLE:
        raise Refused("too_long", "Keep the title within 120 characters.", field="title")
    office = the_office(stamp=stamp)
    if title == rules.LIAISON_SEAT:
        if not ward_code:
            raise Refused("ward_missing", "Say which ward the liaison serves.", field="ward_code")
        if office.seats.filter(title=title, ward_code=ward_code).exists():
            sentence = f"Ward {ward_code} has a seat for its liaison already."
            raise Refused("already_there", sentence, field="title")
    seat: Seat = Seat.objects.create(
        organisation=office, title=title, ward_code=ward_code, since_on=since_on
    )
    record(facts.SeatAdded(**_about(seat)), stamp=stamp)
    return seat


@action(policy.may_keep_seat)
def fill_seat(
    seat: Seat, *, since_on: date, holder: Party | None = None, name: str = "", stamp: Stamp
) -> Tenure:
    """Note who holds a seat from a day on, a person or a name only; who held it ends then.

    Refuses: nobody; a holder who is no person; a seat that is no more; a day outside the
    seat's own; a start before the present holder's; who holds it already.
    Records: `SeatFilled`.
    """
    name = " ".join(name.split())
    if holder is None and not name:
        raise Refused("nobody_named", "Say who holds the seat.", field="name")
    if len(name) > rules.LONGEST_NAME:
        raise Refused("too_long", "Keep the name within 120 characters.", field="name")
    if holder is not None and holder.kind != Party.Kind.PERSON:
        raise Refused("not_a_person", f"{holder.name} is not a person.", field="name")
    if seat.until_on is not None:
        raise Refused("seat_ended", "This seat is no more.")
    if seat.since_on is not None and since_on < seat.since_on:
        raise Refused(
            "starts_too_early",
            f"The seat is there since {long_day(seat.since_on)}.",
            field="since_on",
        )
    former = _make_room(seat, holder, name, since_on)
    tenure: Tenure = Tenure.objects.create(
        seat=seat, party=holder, name="" if holder else name, since_on=since_on
    )
    fact = facts.SeatFilled(
        **_about(seat),
        **_who(tenure),
        since_on=since_on,
        tenure_id=tenure.pk,
        former_id=former.pk if former is not None else None,
    )
    record(fact, stamp=stamp)
    return tenure


@action(policy.may_keep_seat)
def take_back_holder(seat: Seat, *, stamp: Stamp) -> Seat:
    """Take back who was noted last as holding a seat, on the day on which it was noted.

    Who held it before holds it again. The record keeps both lines.
    Refuses: where nothing was noted today, or it has changed since. Records: `HolderTakenBack`.
    """
    noted = noted_on(seat, localdate(stamp.at))
    if noted is None:
        sentence = "Who holds it can be taken back on the day on which it was noted."
        raise Refused("nothing_to_take_back", sentence)
    tenure, former_id = noted
    fact = facts.HolderTakenBack(**_about(seat), **_who(tenure))
    if former_id is not None:
        seat.tenures.filter(pk=former_id, until_on=tenure.since_on).update(until_on=None)
    tenure.taken_back, tenure.until_on = True, tenure.since_on
    tenure.save(update_fields=["taken_back", "until_on"])
    record(fact, stamp=stamp)
    return seat


@action(policy.may_keep_seat)
def note_holder(seat: Seat, *, stamp: Stamp) -> Party:
    """Put whoever holds a seat by name only into the directory, to call and to visit them.

    Who has a record already is given back as they are.
    Who was elected and starts on a later day does not hold it yet.
    Refuses: a seat that nobody holds. Records: `PersonNoted` and `HolderNoted`.
    """
    today = localdate(stamp.at)
    held = seat.tenures.filter(holding(today)).select_related("party")
    tenure = held.order_by("-since_on", "-pk").first()
    if tenure is None:
        raise Refused("already_vacant", "Nobody holds this seat.")
    if tenure.party is not None:
        known: Party = tenure.party
        return known
    person = note_person(None, name=tenure.name, stamp=stamp)
    tenure.party, tenure.name = person, ""
    tenure.save(update_fields=["party", "name"])
    record(facts.HolderNoted(**_about(seat), **_who(tenure)), stamp=stamp)
    return person


@action(policy.may_keep_seat)
def vacate_seat(
    seat: Seat, *, until_on: date, tenure_id: int | None = None, reason: str = "", stamp: Stamp
) -> Seat:
    """Note that somebody left a seat on a day: a commissioner moved away, a term ended.

    Refuses: a seat that is vacant; a day before the holder's start. Records: `SeatVacated`.
    """
    held = seat.tenures.filter(until_on=None).select_related("party").order_by("-since_on", "-pk")
    present = end_tenure(held.filter(pk=tenure_id) if tenure_id else held, until_on)
    fact = facts.SeatVacated(
        **_about(seat), **_who(present), until_on=until_on, reason=reason.strip()[:200]
    )
    record(fact, stamp=stamp)
    return seat


def end_tenure(held: QuerySet[Tenure], until_on: date) -> Tenure:
    """Let the first of these tenures end on a day; called by the change that tells of it."""
    present = held.first()
    if present is None:
        raise Refused("already_vacant", "Nobody holds this seat.")
    if until_on < present.since_on:
        raise Refused("ends_too_early", "That is before they took the seat.", field="until_on")
    present.until_on = until_on
    present.save(update_fields=["until_on"])
    return present


@action(policy.may_keep_seat)
def close_seat(seat: Seat, *, reason: str, stamp: Stamp) -> Seat:
    """Close a seat that an organisation does not have any more; its past stays.

    Refuses: a seat that ended; one of a district, which goes with its boundaries; one that
    somebody holds; no reason. Records: `SeatClosed`.
    """
    if seat.until_on is not None:
        raise Refused("already_closed", "This seat is no more.")
    if seat.district_id is not None:
        raise Refused("seat_of_a_district", "This seat goes with the boundaries of its district.")
    today = localdate(stamp.at)
    if seat.tenures.filter(Q(until_on=None) | Q(until_on__gt=today)).exists():
        raise Refused("still_held", "Somebody holds this seat. Say first that they left it.")
    if not reason.strip():
        raise Refused("reason_missing", "Say why.", field="reason")
    seat.until_on = today
    seat.save(update_fields=["until_on"])
    fact = facts.SeatClosed(**_about(seat), until_on=today, reason=reason.strip()[:200])
    record(fact, stamp=stamp)
    return seat


def _make_room(seat: Seat, holder: Party | None, name: str, since_on: date) -> Tenure | None:
    """Whoever held the seat ends when the next one starts; many may hold it where it says so."""
    ended: Tenure | None = None
    for present in seat.tenures.filter(until_on=None).select_related("party").order_by("pk"):
        same = present.party_id == holder.pk if holder else present.name == name
        if same:
            raise Refused("already_so", f"{present.holder_name} holds this seat.", field="name")
        if seat.many:
            continue
        if since_on < present.since_on:
            raise Refused(
                "starts_too_early",
                f"{present.holder_name} has held this seat since {long_day(present.since_on)}.",
                field="since_on",
            )
        present.until_on = since_on
        present.save(update_fields=["until_on"])
        ended = present
    return ended


def _about(seat: Seat) -> dict[str, Any]:
    return {
        "party_id": seat.organisation_id,
        "party_name": seat.organisation.name,
        "seat_id": seat.pk,
        "seat": f"{seat.title} of SMD {seat.smd_code}" if seat.smd_code else seat.title,
    }


def _who(tenure: Tenure) -> dict[str, Any]:
    return {"holder_id": tenure.party_id, "holder_name": tenure.holder_name}
