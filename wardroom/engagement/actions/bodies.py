"""Keeping a public body: what it rests on, its seats, and who holds them for which term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.actions import add_organisation, add_seat, fill_seat
from wardroom.directory.actions.keeping import check_email
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import BodySeat, BodyTerm, PublicBody
from wardroom.engagement.rules import bodies as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length, check_text

COMMITTEE = "committee"


@dataclass(frozen=True)
class BodyDraft:
    """A public body as it is begun; an empty ward is the whole city.

    `party` is the organisation where the directory has it, else one of that name is added.
    """

    name: str
    authority: str
    ward_code: str = ""
    purpose: str = ""
    cover: str = rules.OPEN_MEETINGS_ACT
    cover_why: str = ""
    quorum: int | None = None
    notice_to: str = ""
    party: Party | None = None


@action(policy.may_begin_body)
def begin_body(draft: BodyDraft, *, stamp: Stamp) -> PublicBody:
    """Take on the staffing of a public body: its charter, and which rules bind its meetings.

    Refuses: no name; nothing that it rests on; an address that is none; a body that is there.
    Records: `PublicBodyBegun`, and `OrganisationAdded` for one that the directory did not have.
    """
    words = _checked(draft)
    if draft.party is not None and PublicBody.objects.filter(party=draft.party).exists():
        raise Refused("already_there", "The office staffs this body already.", field="name")
    party = draft.party or add_organisation(
        None,
        name=draft.name,
        organisation_kind=COMMITTEE,
        area=f"Ward {draft.ward_code}" if draft.ward_code else "",
        stamp=stamp,
    )
    body: PublicBody = PublicBody.objects.create(
        party=party, ward_code=draft.ward_code, begun_at=stamp.at, **words
    )
    fact = facts.PublicBodyBegun(
        **body_words(body), authority=body.authority, cover_label=rules.COVERS[body.cover]
    )
    record(fact, stamp=stamp)
    return body


@action(policy.may_run_body)
def describe_body(body: PublicBody, *, draft: BodyDraft, stamp: Stamp) -> PublicBody:
    """Correct what a public body rests on, which rules bind it, and who gets its notices.

    Refuses: what `begin_body` refuses. Records: `PublicBodyDescribed`.
    """
    words = _checked(draft)
    for name, value in words.items():
        setattr(body, name, value)
    body.save(update_fields=list(words))
    fact = facts.PublicBodyDescribed(
        **body_words(body),
        authority=body.authority,
        cover_label=rules.COVERS[body.cover],
        cover_why=body.cover_why,
    )
    record(fact, stamp=stamp)
    return body


@action(policy.may_run_body)
def add_body_seat(
    body: PublicBody,
    *,
    title: str,
    voting: bool = True,
    appointed_by: str,
    term_months: int | None = None,
    most_terms: int | None = None,
    since_on: date | None = None,
    stamp: Stamp,
) -> BodySeat:
    """Give a public body a seat, with who appoints to it, for how long and how often.

    Refuses: nobody who appoints; a term that is none; what `add_seat` refuses.
    Records: `SeatAdded`, `BodySeatAdded`.
    """
    appointed_by = check_text(
        appointed_by,
        code="appointer_missing",
        sentence="Say who appoints to this seat.",
        field="appointed_by",
        most=120,
    )
    rules.check_seat(term_months=term_months, most_terms=most_terms)
    seat = BodySeat.objects.create(
        body=body,
        seat=add_seat(body.party, title=title, since_on=since_on, stamp=stamp),
        voting=voting,
        appointed_by=appointed_by,
        term_months=term_months,
        most_terms=most_terms,
    )
    fact = facts.BodySeatAdded(
        **body_words(body),
        seat=seat.seat.title,
        voting=voting,
        appointed_by=appointed_by,
        term_months=term_months,
    )
    record(fact, stamp=stamp)
    return seat


@action(policy.may_run_body)
def seat_member(
    body: PublicBody,
    *,
    seat: BodySeat,
    name: str = "",
    holder: Party | None = None,
    since_on: date,
    ends_on: date | None = None,
    number: int = 1,
    stamp: Stamp,
) -> BodyTerm:
    """Note who was appointed to a seat, for which term; the end follows from the charter.

    Refuses: a seat of another body; an end before the start; a term beyond the limit; what
    `fill_seat` refuses. Records: `SeatFilled`, `MemberSeated`.
    """
    if seat.body_id != body.pk:
        raise Refused("other_body", "This seat is not of this body.", field="name")
    if ends_on is None and seat.term_months is not None:
        ends_on = rules.term_end(since_on, seat.term_months)
    rules.check_term(since_on=since_on, ends_on=ends_on, number=number, most=seat.most_terms)
    tenure = fill_seat(seat.seat, since_on=since_on, holder=holder, name=name, stamp=stamp)
    term: BodyTerm = BodyTerm.objects.create(
        tenure=tenure, seat=seat, number=number, ends_on=ends_on
    )
    fact = facts.MemberSeated(
        **body_words(body),
        seat=seat.seat.title,
        holder_name=tenure.holder_name,
        since_on=since_on,
        ends_on=ends_on,
        number=number,
    )
    record(fact, stamp=stamp)
    return term


def body_words(body: PublicBody) -> dict[str, Any]:
    """What every line about a public body says of it."""
    return {"body_id": body.party_id, "body_name": body.name, "ward_code": body.ward_code}


def _checked(draft: BodyDraft) -> dict[str, Any]:
    if draft.quorum is not None and not 1 <= draft.quorum <= rules.LARGEST_QUORUM:
        raise Refused("quorum_off", "A quorum is at least one member.", field="quorum")
    return {
        "purpose": check_length(draft.purpose, field="purpose", most=500),
        "authority": rules.check_authority(draft.authority),
        "cover": rules.check_cover(draft.cover),
        "cover_why": check_length(draft.cover_why, field="cover_why", most=300),
        "quorum": draft.quorum,
        "notice_to": "\n".join(_addresses(draft.notice_to)),
    }


def _addresses(text: str) -> list[str]:
    found = [line.strip() for line in text.splitlines() if line.strip()]
    for address in found:
        check_email(address, field="notice_to")
    return found
