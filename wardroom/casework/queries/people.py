"""People and organisations: the list, and what one of them has to do with the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Role
from wardroom.casework import policy, rules
from wardroom.casework.models import Complaint
from wardroom.directory import policy as directory_policy
from wardroom.directory.models import Alias, ContactPoint, Party
from wardroom.directory.queries import PartyCard, party_card
from wardroom.directory.rules import match_key, phone_key
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelineLine, TimelinePage, latest_of, timeline
from wardroom.matters.queries import AgencyAsks, agency_asks

PAGE_ROWS = 25
MOST_COMPLAINTS = 50
TOUCHES = ("ContactLogged", "ReporterTold", "NoteWritten", "ComplaintTaken")
SORTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "id"),
    "-name": ("-name", "-id"),
    "added": ("id",),
    "-added": ("-id",),
}
KINDS: Mapping[str, Q] = {
    "person": Q(kind="person", user=None),
    "agency": Q(agency=True),
    "organisation": Q(kind="organisation", agency=False),
    "login": Q(kind="person", user__isnull=False),
}


@dataclass(frozen=True)
class PartyRow:
    """A person or an organisation as the list shows it."""

    party_id: int
    name: str
    kind: str
    code: str
    language: str
    interpreter: bool
    complaints: int
    open_complaints: int
    untold: int
    last_on: date | None


@dataclass(frozen=True)
class PeoplePage:
    """A page of people and organizations with the total and the sort in force."""

    rows: tuple[PartyRow, ...]
    total: int
    page: int
    pages: int
    sort: str


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
    allowed: frozenset[str]


def people_page(
    actor: Actor,
    *,
    kind: str = "",
    text: str = "",
    waits: str = "",
    sort: str = "name",
    page: int = 1,
) -> PeoplePage:
    """The people and organizations within reach, by name; staff only.

    ``text`` is part of a name, a code, or a whole telephone number or address. ``waits`` is
    untold for people whom somebody still has to tell, or interpreter.
    """
    rows = seen_parties(actor).filter(KINDS.get(kind, Q()))
    if text:
        rows = rows.filter(_named(text))
    if waits == "interpreter":
        rows = rows.filter(interpreter=True)
    if waits == "untold":
        mine = Complaint.objects.within(policy.reach(actor)).filter(reporter=OuterRef("pk"))
        rows = rows.filter(Exists(mine.filter(told_at=None)))
    total = rows.count()
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(1, page), pages)
    sort = sort if sort in SORTS else "name"
    start = (page - 1) * PAGE_ROWS
    chosen = list(rows.order_by(*SORTS[sort])[start : start + PAGE_ROWS])
    counts = _counts(actor, [party.pk for party in chosen])
    return PeoplePage(
        rows=tuple(_row(party, counts.get(party.pk, {})) for party in chosen),
        total=total,
        page=page,
        pages=pages,
        sort=sort,
    )


def party_file(party_id: int, actor: Actor, *, on: date) -> PartyFile:
    """One person or organization; `NotFound` where it is out of reach. ``on`` is today."""
    party = get_party_seen(party_id, actor)
    card = party_card(party_id, actor, on=on)
    refs = [Ref("party", str(party_id))]
    if card.agency and card.code:
        refs.append(Ref("agency", card.code))
    complaints = _complaints(party, actor) if card.is_person else ()
    shown = complaints[:MOST_COMPLAINTS]
    return PartyFile(
        card=card,
        complaints=shown,
        more_complaints=len(complaints) > MOST_COMPLAINTS,
        open_issues=tuple({c.matter_id: c for c in shown if c.state == "open"}.values()),
        asks=agency_asks(party_id, actor, on=on) if card.agency else None,
        touches=latest_of(actor, refs=refs[:1], kinds=TOUCHES),
        timeline=timeline(actor, refs=refs),
        allowed=_allowed(party, actor),
    )


def seen_parties(actor: Actor) -> QuerySet[Party, Party]:
    """The people and organizations that `may_see_party` lets the actor see, as rows."""
    rows = Party.objects.all()
    if not actor.is_staff:
        return rows.none()
    if actor.reach.city and not actor.reach.sealed_ids("matter"):
        return rows
    own = Complaint.objects.filter(reporter=OuterRef("pk"))
    within = Complaint.objects.within(policy.reach(actor)).filter(reporter=OuterRef("pk"))
    known = ~Q(kind=Party.Kind.PERSON) | Q(user__isnull=False)
    return rows.filter(known | ~Exists(own) | Exists(within))


def seen_party_ids(actor: Actor, party_ids: Iterable[int]) -> frozenset[int]:
    """Which of these people and organizations the actor may see."""
    wanted = list(party_ids)
    if not wanted:
        return frozenset()
    return frozenset(seen_parties(actor).filter(pk__in=wanted).values_list("pk", flat=True))


def get_party_seen(party_id: int, actor: Actor) -> Party:
    """One person or organization, to act on it; `NotFound` where it is out of reach."""
    party = seen_parties(actor).filter(pk=party_id).first()
    if party is None:
        raise NotFound(f"no party {party_id}")
    return party


def _named(text: str) -> Q:
    """What a few typed letters or a whole number may mean."""
    named = Q(name__icontains=text) | Q(code__iexact=text)
    named |= Q(Exists(Alias.objects.filter(party=OuterRef("pk"), name__icontains=text)))
    keys = {match_key("email", text)} | ({phone_key(text)} - {""})
    points = ContactPoint.objects.filter(party=OuterRef("pk"), match__in=list(keys))
    return named | Q(Exists(points))


def _counts(actor: Actor, party_ids: list[int]) -> dict[int, dict[str, Any]]:
    rows = Complaint.objects.within(policy.reach(actor)).filter(reporter__in=party_ids)
    counted = rows.values("reporter_id").annotate(
        n=Count("pk"),
        live=Count("pk", filter=Q(matter__state="open")),
        untold=Count("pk", filter=Q(told_at=None)),
        last=Max("received_at"),
    )
    return {row["reporter_id"]: row for row in counted.order_by()}


def _row(party: Party, counted: Mapping[str, Any]) -> PartyRow:
    last = counted.get("last")
    return PartyRow(
        party_id=party.pk,
        name=party.name,
        kind=_kind(party),
        code=party.code,
        language=party.language,
        interpreter=party.interpreter,
        complaints=counted.get("n", 0),
        open_complaints=counted.get("live", 0),
        untold=counted.get("untold", 0),
        last_on=localdate(last) if last else None,
    )


def _kind(party: Party) -> str:
    if party.kind == Party.Kind.PERSON:
        return "person" if party.user_id is None else "login"
    return "agency" if party.agency else "organisation"


def _complaints(party: Party, actor: Actor) -> tuple[OwnComplaint, ...]:
    rows = Complaint.objects.within(policy.reach(actor)).filter(reporter=party)
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
    may = {
        "log_contact": policy.may_log_contact,
        "note_contact_point": directory_policy.may_note_person,
        "mark_bounced": directory_policy.may_mark_contact,
    }
    return frozenset(name for name, rule in may.items() if rule(actor, party))


def sees_party(actor: Actor, party_id: int) -> bool:
    """Whether somebody may see one person or organization; the house itself sees all."""
    return actor.has(Role.SYSTEM) or party_id in seen_party_ids(actor, [party_id])
