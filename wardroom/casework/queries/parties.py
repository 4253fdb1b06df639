"""One person or organization with all that the office knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.casework import policy, rules
from wardroom.casework.models import Complaint
from wardroom.casework.queries.people import TOUCHES, get_party_seen
from wardroom.city.queries import area_row
from wardroom.directory import policy as directory_policy
from wardroom.directory.models import Party
from wardroom.directory.queries import PartyCard, party_card
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelineLine, TimelinePage, latest_of, timeline
from wardroom.matters.queries import AgencyAsks, OpenPage, agency_asks, open_in

MOST_COMPLAINTS = 50


@dataclass(frozen=True)
class OwnComplaint:
    """One complaint of a person: what became of it, and whether they were told."""

    complaint_id: int
    matter_id: int
    title: str
    ward_code: str
    state: str
    said: str
    channel: str
    received_at: datetime
    told_on: date | None
    told_how: str


@dataclass(frozen=True)
class PartyFile:
    """One person or organization with everything the asker may know of it."""

    card: PartyCard
    complaints: tuple[OwnComplaint, ...]
    more_complaints: bool
    open_issues: tuple[OwnComplaint, ...]
    asks: AgencyAsks | None
    touches: tuple[TimelineLine, ...]
    timeline: TimelinePage
    inside: OpenPage | None
    allowed: frozenset[str]


def party_file(party_id: int, actor: Actor, *, on: date) -> PartyFile:
    """One person or organization; `NotFound` where it is out of reach. ``on`` is today."""
    party = get_party_seen(party_id, actor)
    card = party_card(party.pk, actor, on=on)
    refs = [Ref("party", str(pk)) for pk in card.ids]
    touched = latest_of(actor, refs=refs, kinds=TOUCHES)
    if card.agency and card.code:
        refs.append(Ref("agency", card.code))
    complaints = complaints_of(card.ids, actor) if card.is_person else ()
    shown = complaints[:MOST_COMPLAINTS]
    return PartyFile(
        card=card,
        complaints=shown,
        more_complaints=len(complaints) > MOST_COMPLAINTS,
        open_issues=tuple({c.matter_id: c for c in shown if c.state == "open"}.values()),
        asks=agency_asks(party.pk, actor, on=on) if card.agency else None,
        touches=touched,
        timeline=timeline(actor, refs=refs),
        inside=_inside(card, actor, on),
        allowed=_allowed(party, actor),
    )


def _inside(card: PartyCard, actor: Actor, on: date) -> OpenPage | None:
    """What is open in the area that an organization stands for, the soonest first."""
    if not card.area_kind:
        return None
    try:
        return open_in(area_row(card.area_kind, card.area_code, on=on), actor)
    except NotFound:
        return None


def complaints_of(party_ids: Iterable[int], actor: Actor) -> tuple[OwnComplaint, ...]:
    """What some parties reported, within reach, the newest first."""
    rows = Complaint.objects.within(policy.reach(actor)).filter(reporter__in=list(party_ids))
    rows = rows.select_related("matter").order_by("-received_at", "-id")
    return tuple(
        OwnComplaint(
            complaint_id=c.pk,
            matter_id=c.matter_id,
            title=c.matter.title,
            ward_code=c.matter.ward_code,
            state=c.matter.state,
            said=c.said,
            channel=rules.CHANNELS[c.channel],
            received_at=c.received_at,
            told_on=localdate(c.told_at) if c.told_at else None,
            told_how=rules.WAYS_TO_TELL.get(c.told_how, ""),
        )
        for c in rows[: MOST_COMPLAINTS + 1]
    )


def _allowed(party: Party, actor: Actor) -> frozenset[str]:
    may: dict[str, Callable[[Actor, Any], bool]] = {
        "log_contact": policy.may_log_contact,
        "note_contact_point": directory_policy.may_note_person,
        "mark_bounced": directory_policy.may_mark_contact,
        "describe_party": directory_policy.may_describe_party,
        "join_parties": directory_policy.may_join_parties,
    }
    if party.kind == Party.Kind.ORGANISATION:
        may |= {
            "add_seat": directory_policy.may_keep_seats,
            "name_party": directory_policy.may_keep_directory,
        }
    return frozenset(name for name, rule in may.items() if rule(actor, party))
