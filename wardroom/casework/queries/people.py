"""People and organisations: the list, and what one of them has to do with the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor, Role
from wardroom.access.queries.lists import part_of
from wardroom.casework import policy
from wardroom.casework.models import Complaint
from wardroom.directory import policy as directory_policy
from wardroom.directory import rules as rules_of_kinds
from wardroom.directory.models import Alias, ContactPoint, Party
from wardroom.directory.queries import in_anc, in_ward, vacant_seats
from wardroom.directory.rules import match_key, phone_key
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import After
from wardroom.ledger.models import About
from wardroom.ledger.queries import newest_of_each

PAGE_ROWS = 25
SOME_TIES = 20
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
    organisation_kind: str = ""
    is_commission: bool = False
    area: str = ""
    touched_on: date | None = None


@dataclass(frozen=True)
class PeoplePage:
    """A page of people and organizations with the total and the sort in force."""

    rows: tuple[PartyRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    allowed: frozenset[str] = frozenset()
    following: After | None = None


@dataclass(frozen=True)
class PeopleFilters:
    """Which people and organizations a list is of; empty means any.

    ``text`` is part of a name, a code, or a whole telephone number or address. ``waits`` is
    untold, interpreter or vacancy; ``quiet`` so many days without contact.
    """

    kind: str = ""
    text: str = ""
    waits: str = ""
    ward: str = ""
    anc: str = ""
    language: str = ""
    quiet: int = 0


def people_page(
    actor: Actor,
    filters: PeopleFilters | None = None,
    *,
    on: date | None = None,
    sort: str = "name",
    page: int | After = 1,
) -> PeoplePage:
    """The people and organizations within reach that fit the filters, by name; staff only.

    ``on`` is today, from which days without contact are counted and seats are vacant.
    """
    rows = people_listed(actor, filters or PeopleFilters(), on=on)
    sort = sort if sort in SORTS else "name"
    part = part_of(rows, SORTS[sort], page=page, size=PAGE_ROWS)
    ids = [party.pk for party in part.rows]
    counts = _counts(actor, ids)
    last = newest_of_each(actor, "party", map(str, ids), kinds=TOUCHES)
    return PeoplePage(
        rows=tuple(_row(p, counts.get(p.pk, {}), last.get(str(p.pk))) for p in part.rows),
        total=part.total,
        page=part.page,
        pages=part.pages,
        sort=sort,
        allowed=_allowed(actor),
        following=part.following,
    )


def _allowed(actor: Actor) -> frozenset[str]:
    may = {
        "add_organisation": directory_policy.may_add_organisation,
        "import_contacts": directory_policy.may_import_contacts,
        "join_parties": directory_policy.may_join_parties,
    }
    return frozenset(name for name, rule in may.items() if rule(actor, None))


def people_listed(
    actor: Actor, filters: PeopleFilters, *, on: date | None = None
) -> QuerySet[Party, Party]:
    """The people and organizations within reach that fit, as rows without an order."""
    rows = seen_parties(actor).filter(merged_into=None, withdrawn_at=None)
    if filters.kind in rules_of_kinds.ORGANISATION_KINDS:
        rows = rows.filter(organisation_kind=filters.kind)
    else:
        rows = rows.filter(KINDS.get(filters.kind, Q()))
    if filters.text:
        rows = rows.filter(_named(filters.text))
    if filters.language:
        rows = rows.filter(language=filters.language)
    mine = Complaint.objects.within(policy.reach(actor)).filter(reporter=OuterRef("pk"))
    if filters.waits == "interpreter":
        rows = rows.filter(interpreter=True)
    if filters.waits == "untold":
        rows = rows.filter(Exists(mine.filter(told_at=None)))
    if filters.waits == "vacancy" and on is not None:
        rows = rows.filter(vacant_seats(on))
    if filters.ward:
        there = Exists(mine.filter(matter__ward_code=filters.ward))
        rows = rows.filter(in_ward(filters.ward) | there)
    if filters.anc:
        rows = rows.filter(in_anc(filters.anc))
    if filters.quiet and on is not None:
        rows = rows.filter(~Exists(_touches_since(on - timedelta(days=filters.quiet))))
    return rows


def _touches_since(day: date) -> QuerySet[About]:
    key = Cast(OuterRef("pk"), CharField(max_length=60))
    since = make_aware(datetime.combine(day, time()))
    return About.objects.filter(
        noun="party", key=key, entry__kind__in=TOUCHES, entry__at__gte=since
    )


def seen_parties(actor: Actor) -> QuerySet[Party, Party]:
    """The people and organizations that `may_see_party` lets the actor see, as rows.

    What ties a record that was joined to another one ties the other one too.
    """
    rows = Party.objects.all()
    if not actor.is_staff:
        return rows.none()
    if actor.reach.city and not actor.reach.sealed_ids("matter"):
        return rows
    within = Complaint.objects.within(policy.reach(actor))
    known = ~Q(kind=Party.Kind.PERSON) | Q(user__isnull=False)
    free = ~_has_reported(Complaint.objects.all())
    return rows.filter(known | free | _has_reported(within))


def _has_reported(complaints: QuerySet[Complaint]) -> Q:
    """Whether any of these is of the party, or of one that was joined to it."""
    own = Exists(complaints.filter(reporter=OuterRef("pk")))
    # From the one joined to its reports; else a database may read a whole ward for each party.
    joined = Party.objects.filter(own, merged_into=OuterRef("pk"))
    return Q(own) | Q(Exists(joined))


def seen_party_ids(actor: Actor, party_ids: Iterable[int]) -> frozenset[int]:
    """Which of these people and organizations the actor may see."""
    wanted = list(party_ids)
    if not wanted:
        return frozenset()
    return frozenset(seen_parties(actor).filter(pk__in=wanted).values_list("pk", flat=True))


def get_party_seen(party_id: int, actor: Actor) -> Party:
    """One person or organization, to act on it; `NotFound` where it is out of reach.

    One that was joined to another is that other one.
    """
    party = Party.objects.filter(pk=party_id).first()
    sees = party is not None and _sees(actor, party)
    if sees and party is not None and party.merged_into_id is not None:
        party = Party.objects.filter(pk=party.merged_into_id).first()
        sees = party is not None and _sees(actor, party)
    if party is None or not sees:
        raise NotFound(f"no party {party_id}")
    return party


def _sees(actor: Actor, party: Party) -> bool:
    """Whether one party is among `seen_parties`, in less time than to ask for all of them."""
    if actor.reach.city and not actor.reach.sealed_ids("matter"):
        return actor.is_staff
    if policy.is_known_to_all(party):
        return policy.may_see_party(actor, party, ())
    own = Party.objects.filter(Q(pk=party.pk) | Q(merged_into=party.pk)).values("pk")
    rows = Complaint.objects.filter(reporter__in=own).order_by()
    some = rows.values_list("matter__ward_code", "matter_id")[:SOME_TIES]
    ties = [policy.Tie(*row) for row in some]
    sees = policy.may_see_party(actor, party, ties)
    if sees or len(ties) < SOME_TIES:
        return sees
    return seen_parties(actor).filter(pk=party.pk).exists()


def _named(text: str) -> Q:
    """What a few typed letters or a whole number may mean."""
    named = Q(name__icontains=text) | Q(code__iexact=text)
    named |= Q(Exists(Alias.objects.filter(party=OuterRef("pk"), name__icontains=text)))
    keys = {match_key("email", text)} | ({phone_key(text)} - {""})
    points = ContactPoint.objects.filter(party=OuterRef("pk"), match__in=list(keys), ended_at=None)
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


def _row(party: Party, counted: Mapping[str, Any], touched_at: datetime | None) -> PartyRow:
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
        organisation_kind=rules_of_kinds.ORGANISATION_KINDS.get(party.organisation_kind, ""),
        is_commission=party.organisation_kind == rules_of_kinds.ANC,
        area=rules_of_kinds.area_words(party.area_kind, party.area_code),
        touched_on=localdate(touched_at) if touched_at else None,
    )


def _kind(party: Party) -> str:
    if party.kind == Party.Kind.PERSON:
        return "person" if party.user_id is None else "login"
    return "agency" if party.agency else "organisation"


def sees_party(actor: Actor, party_id: int) -> bool:
    """Whether somebody may see one person or organization; the house itself sees all."""
    return actor.has(Role.SYSTEM) or party_id in seen_party_ids(actor, [party_id])
