"""Who sits on the core team of a ward for which agency, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action, hold
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.keeping import check_email
from wardroom.directory.actions.people import note_contact_point, note_person
from wardroom.directory.actions.seats import end_tenure
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record

GIVEN = "given for the core team"


@dataclass(frozen=True)
class SeatDraft:
    """A seat of an agency on a ward's core team, and who is to hold it from a day on.

    ``holder`` may be missing: then the name is looked up, and where nobody of that agency is
    called so it stays a name. With an ``email`` the person is noted, so that mail reaches them.
    """

    ward_code: str
    agency: Party
    since_on: date
    holder: Party | None = None
    name: str = ""
    email: str = ""
    alternate: bool = False

    @property
    def title(self) -> str:
        """The title of the seat."""
        return rules.CORE_TEAM_ALTERNATE if self.alternate else rules.CORE_TEAM_SEAT


@action(policy.may_keep_core_team)
def seat_agency(draft: SeatDraft, *, stamp: Stamp) -> Tenure:
    """Give an agency's seat on the core team to somebody; whoever held it before ends then.

    Refuses: a party that is no agency; nobody named; an e-mail address that is none; a start
    before the present holder's; who holds it already. Records: `CoreTeamSeatTaken`, and
    `PersonNoted` where an e-mail address came with a name that was not known.
    """
    if not draft.agency.agency or not draft.agency.code:
        raise Refused("not_an_agency", f"{draft.agency.name} is not an agency.", field="agency")
    name = " ".join(draft.name.split())
    if draft.holder is None and not name:
        raise Refused("nobody_named", "Say who holds the seat.", field="name")
    if len(name) > rules.LONGEST_NAME:
        raise Refused("too_long", "Keep the name within 120 characters.", field="name")
    hold(draft.agency)
    holder = draft.holder or _somebody(draft.agency, name, draft.email, stamp)
    seat, _ = Seat.objects.get_or_create(
        organisation=draft.agency, title=draft.title, ward_code=draft.ward_code
    )
    _end_present(seat, holder, name, draft.since_on)
    if seat.until_on is not None:
        seat.until_on = None
        seat.save(update_fields=["until_on"])
    if draft.alternate:
        Seat.objects.get_or_create(
            organisation=draft.agency, title=rules.CORE_TEAM_SEAT, ward_code=draft.ward_code
        )
    tenure: Tenure = Tenure.objects.create(
        seat=seat, party=holder, name="" if holder else name, since_on=draft.since_on
    )
    fact = facts.CoreTeamSeatTaken(
        **_words(seat),
        holder_id=tenure.party_id,
        holder_name=tenure.holder_name,
        since_on=draft.since_on,
    )
    record(fact, stamp=stamp)
    return tenure


@action(policy.may_keep_core_team)
def leave_seat(seat: Seat, *, until_on: date, stamp: Stamp) -> Seat:
    """Note that nobody holds a seat of the core team any more from a day on.

    Refuses: a seat that is vacant; an end before its holder's start.
    Records: `CoreTeamSeatLeft`.
    """
    present = end_tenure(seat.tenures.filter(until_on=None).select_related("party"), until_on)
    fact = facts.CoreTeamSeatLeft(
        **_words(seat), holder_name=present.holder_name, until_on=until_on
    )
    record(fact, stamp=stamp)
    return seat


@action(policy.may_keep_core_team)
def take_agency_off(seat: Seat, *, reason: str, stamp: Stamp) -> Seat:
    """Take an agency off the core team of a ward, with its alternate; the past stays.

    ``seat`` is the principal's. Refuses: an agency that is off already; no reason.
    Records: `AgencyLeftCoreTeam`.
    """
    if seat.until_on is not None:
        raise Refused("already_off", "This agency has no seat on the core team any more.")
    if not reason.strip():
        raise Refused("reason_missing", "Say why.", field="reason")
    today = localdate(stamp.at)
    both = Seat.objects.filter(
        organisation=seat.organisation_id, ward_code=seat.ward_code, title__in=rules.CORE_TEAM
    )
    held = Tenure.objects.filter(seat__in=both, until_on=None)
    held.filter(since_on__lte=today).update(until_on=today)
    both.update(until_on=today)
    seat.refresh_from_db()
    fact = facts.AgencyLeftCoreTeam(**_words(seat), until_on=today, reason=reason.strip()[:300])
    record(fact, stamp=stamp)
    return seat


def _end_present(seat: Seat, holder: Party | None, name: str, since_on: date) -> None:
    present = seat.tenures.filter(until_on=None).select_related("party").first()
    if present is None:
        return
    if present.party_id == (holder.pk if holder else None) and present.name == (
        "" if holder else name
    ):
        raise Refused("already_so", f"{present.holder_name} holds this seat.", field="name")
    if since_on < present.since_on:
        raise Refused(
            "starts_too_early",
            f"{present.holder_name} has held this seat since {long_day(present.since_on)}.",
            field="since_on",
        )
    present.until_on = since_on
    present.save(update_fields=["until_on"])


def _somebody(agency: Party, name: str, email: str, stamp: Stamp) -> Party | None:
    """The one person of the agency who is called so; with an address, somebody new."""
    people = Party.objects.filter(kind=Party.Kind.PERSON, name__iexact=name)
    of_agency = Q(user__grants__role=Role.PARTNER.value, user__grants__agency_code=agency.code) | Q(
        tenures__seat__organisation=agency
    )
    found = list(people.filter(of_agency).distinct().order_by("pk")[:2])
    known: Party | None = found[0] if len(found) == 1 else None
    email = email.strip()
    if not email:
        return known
    check_email(email, field="email")
    if known is None:
        return note_person(
            None, name=name, email=email, consent=True, consent_how=GIVEN, stamp=stamp
        )
    note_contact_point(known, channel="email", value=email, consent=True, how=GIVEN, stamp=stamp)
    return known


def _words(seat: Seat) -> dict[str, Any]:
    return {
        "party_id": seat.organisation_id,
        "party_name": seat.organisation.name,
        "ward_code": seat.ward_code,
        "alternate": seat.title == rules.CORE_TEAM_ALTERNATE,
    }
