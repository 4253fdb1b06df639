"""Citizen involvement groups: the list, one whole with its health, and what its link opens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.analysis.definitions import GROUP_MEETINGS_HELD
from wardroom.calendar import rules as calendar
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries import EventRow, MeetingsKept
from wardroom.calendar.queries.asks import asks_within
from wardroom.calendar.queries.events import event_row
from wardroom.calendar.queries.teams import kept_of
from wardroom.directory.models import Party, Tenure
from wardroom.directory.queries.seats import holding
from wardroom.engagement import policy
from wardroom.engagement.models import AgendaItem, Charter, Group, SignUp
from wardroom.engagement.queries.members import (
    MemberRow,
    RoleRow,
    came_and_went,
    members_of,
    roles_of,
    tenures_in,
)
from wardroom.engagement.rules import groups as rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.rules import LIVE

PAGE_ROWS = 25
YEAR, QUARTER = timedelta(days=365), timedelta(days=90)
MOST_PAST, MOST_COMING, LAST_MEETINGS = 12, 6, 3
SORTS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "name": ("party__name", "pk"),
    "last": (F("last_met").asc(nulls_first=True), "party__name", "pk"),
    "-members": ("-members", "party__name", "pk"),
    "-waiting": ("-waiting", "party__name", "pk"),
}


@dataclass(frozen=True)
class GroupRow:
    """A group in the list."""

    id: int
    name: str
    ward_code: str
    decides: bool
    members: int
    waiting: int
    last_met: datetime | None
    next_meets: datetime | None


@dataclass(frozen=True)
class GroupPage:
    """A page of groups, by name unless asked otherwise."""

    rows: tuple[GroupRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class CharterRow:
    """One version of a charter."""

    version: int
    purpose: str
    area: str
    who_may_join: str
    term_months: int | None
    why: str
    adopted_on: date
    written_by: str


@dataclass(frozen=True)
class MetRow:
    """A meeting of a group, how many came, and whether its minutes were approved."""

    event: EventRow
    state: str
    came: int
    minutes: bool


@dataclass(frozen=True)
class Health:
    """Facts about how a group does, never a score. Counts of joining are over 90 days."""

    last_met: datetime | None
    kept: MeetingsKept
    attendance: tuple[MetRow, ...]
    members: int
    joined: int
    left: int
    open_asks: int
    terms_ending: int
    vacant: int


@dataclass(frozen=True)
class WaitingRow:
    """Somebody who asked to join."""

    id: int
    name: str
    email: str
    phone: str
    language: str
    asked_at: datetime


@dataclass(frozen=True)
class NoticeRow:
    """A notice that went out."""

    subject: str
    sent_at: datetime
    sent_by: str
    addresses: int


@dataclass(frozen=True)
class GroupFile:
    """A group, whole."""

    id: int
    party_id: int
    name: str
    ward_code: str
    decides: bool
    decides_what: str
    token: str
    sign_up_open: bool
    founded_on: date
    charters: tuple[CharterRow, ...]
    members: tuple[MemberRow, ...]
    roles: tuple[RoleRow, ...]
    waiting: tuple[WaitingRow, ...]
    coming: tuple[MetRow, ...]
    past: tuple[MetRow, ...]
    next_meeting: MetRow | None
    next_agenda: tuple[str, ...]
    health: Health
    notices: tuple[NoticeRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def charter(self) -> CharterRow:
        """The version that holds."""
        return self.charters[0]


def group_page(
    actor: Actor,
    *,
    at: datetime,
    ward: str = "",
    decides: str = "",
    sort: str = "name",
    page: int = 1,
) -> GroupPage:
    """The groups within reach; ``decides`` is yes, no or empty for all."""
    rows = _seen(actor)
    if ward:
        rows = rows.filter(ward_code=ward)
    if decides in ("yes", "no"):
        rows = rows.filter(decides=decides == "yes")
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else "name"
    chosen = _counted(rows, at).order_by(*SORTS[sort])[on_page]
    return GroupPage(tuple(_row(row) for row in chosen), total, page, pages, sort)


def groups_in(
    actor: Actor, wards: Collection[str], *, at: datetime, most: int
) -> tuple[tuple[GroupRow, ...], int]:
    """The groups of these wards within reach, by name: the first of them, and how many in all."""
    rows = _seen(actor).filter(ward_code__in=wards)
    found = _counted(rows, at).order_by(*SORTS["name"])[:most]
    return tuple(_row(row) for row in found), rows.count()


def group_file(group_id: int, actor: Actor, *, at: datetime) -> GroupFile:
    """One group, whole; `NotFound` where it is out of reach."""
    group, today = get_group(group_id, actor), localdate(at)
    charters = tuple(_charter(row) for row in group.charters.order_by("-version"))
    held = tenures_in(group, on=today)
    members = members_of(held)
    roles = roles_of(group, held, term_months=charters[0].term_months, on=today)
    meetings = _meetings(group, at)
    coming = tuple(m for m in meetings if localdate(m.event.starts_at) >= today)[:MOST_COMING]
    next_meeting = next((m for m in coming if _is_ahead(m, at)), None)
    waiting = group.sign_ups.filter(state=rules.WAITING).order_by("asked_at", "pk")
    meets = group.party.series.filter(ended_on=None).exists()
    return GroupFile(
        id=group.pk,
        party_id=group.party_id,
        name=group.party.name,
        ward_code=group.ward_code,
        decides=group.decides,
        decides_what=group.decides_what,
        token=group.token,
        sign_up_open=group.sign_up_open,
        founded_on=group.founded_on,
        charters=charters,
        members=members,
        roles=roles,
        waiting=tuple(
            WaitingRow(row.pk, row.name, row.email, row.phone, row.language, row.asked_at)
            for row in waiting
        ),
        coming=coming,
        past=tuple(m for m in reversed(meetings) if localdate(m.event.starts_at) < today)[
            :MOST_PAST
        ],
        next_meeting=next_meeting,
        next_agenda=_agenda_of(next_meeting),
        health=_health(group, actor, meetings, members, roles, at),
        notices=tuple(
            NoticeRow(row.subject, row.sent_at, row.sent_by, row.addresses)
            for row in group.notices.order_by("-pk")[:MOST_COMING]
        ),
        timeline=timeline(actor, refs=[Ref("party", str(group.party_id))]),
        allowed=_allowed(group, actor, meets=meets, members=bool(members)),
    )


def get_group(group_id: int, actor: Actor) -> Group:
    """One group within reach, to act on it; else `NotFound`."""
    group: Group | None = _seen(actor).select_related("party").filter(pk=group_id).first()
    if group is None:
        raise NotFound(f"no group {group_id}")
    return group


def get_member(party_id: int, group: Group, *, on: date) -> Party:
    """One member of a group, to give them a role; `NotFound` for anybody else."""
    held = Tenure.objects.filter(holding(on), seat__organisation=group.party, party=party_id)
    tenure = held.select_related("party").first()
    if tenure is None or tenure.party is None:
        raise NotFound(f"no member {party_id}")
    return tenure.party


def group_choices(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The groups that the actor keeps, by name, to choose one from."""
    rows = _seen(actor).select_related("party").order_by("party__name", "pk")
    return tuple((row.pk, row.party.name) for row in rows if policy.may_keep_group(actor, row))


def may_found_groups(actor: Actor) -> bool:
    """Whether the actor calls groups together at all."""
    return policy.may_begin_groups(actor)


def _seen(actor: Actor) -> QuerySet[Group]:
    return Group.objects.within(policy.reach_of_groups(actor))


def _counted(rows: QuerySet[Group], at: datetime) -> QuerySet[Group]:
    """The groups with their counts, each asked by itself so that no join multiplies another."""
    hosted = Event.objects.filter(host=OuterRef("party")).order_by()
    met = hosted.filter(state=calendar.HELD).values("host").annotate(at=Max("starts_at"))
    coming = hosted.filter(state=calendar.PLANNED, ends_at__gte=at).values("host")
    seats = Tenure.objects.filter(
        holding(localdate(at)),
        seat__organisation=OuterRef("party"),
        seat__title=rules.MEMBER,
    )
    members = seats.order_by().values("seat__organisation").annotate(many=Count("pk"))
    asked = SignUp.objects.filter(group=OuterRef("pk"), state=rules.WAITING).order_by()
    waiting = asked.values("group").annotate(many=Count("pk"))
    return rows.select_related("party").annotate(
        last_met=Subquery(met.values("at")),
        next_meets=Subquery(coming.annotate(at=Min("starts_at")).values("at")),
        members=Coalesce(Subquery(members.values("many")), 0),
        waiting=Coalesce(Subquery(waiting.values("many")), 0),
    )


def _row(row: Group) -> GroupRow:
    counted = row.__dict__
    return GroupRow(
        id=row.pk,
        name=row.party.name,
        ward_code=row.ward_code,
        decides=row.decides,
        members=counted["members"],
        waiting=counted["waiting"],
        last_met=counted["last_met"],
        next_meets=counted["next_meets"],
    )


def _charter(row: Charter) -> CharterRow:
    return CharterRow(
        version=row.version,
        purpose=row.purpose,
        area=row.area,
        who_may_join=row.who_may_join,
        term_months=row.term_months,
        why=row.why,
        adopted_on=row.adopted_on,
        written_by=row.written_by,
    )


def _meetings(group: Group, at: datetime) -> tuple[MetRow, ...]:
    """The meetings of the last year and those planned, in their order, with how many came."""
    rows = Event.objects.filter(host=group.party, starts_at__gte=at - YEAR)
    events = list(rows.select_related("place", "approved_minutes").order_by("starts_at", "pk"))
    here = Participation.objects.filter(event__in=events, attended=calendar.PRESENT)
    came = dict(here.order_by().values("event").annotate(n=Count("pk")).values_list("event", "n"))
    return tuple(
        MetRow(
            event=event_row(event),
            state=event.state,
            came=came.get(event.pk, 0),
            minutes=hasattr(event, "approved_minutes"),
        )
        for event in events
    )


def _allowed(group: Group, actor: Actor, *, meets: bool, members: bool) -> frozenset[str]:
    if not policy.may_keep_group(actor, group):
        return frozenset()
    moves = {"keep_group", "charter", "shut" if group.sign_up_open else "reopen"}
    moves |= set() if meets else {"rhythm"}
    moves |= {"notice", "officer"} if members else set()
    return frozenset(moves)


def _is_ahead(met: MetRow, at: datetime) -> bool:
    return met.state == calendar.PLANNED and met.event.starts_at > at


def _agenda_of(met: MetRow | None) -> tuple[str, ...]:
    if met is None:
        return ()
    items = AgendaItem.objects.filter(event=met.event.id).order_by("position")
    return tuple(items.values_list("title", flat=True))


def _health(
    group: Group,
    actor: Actor,
    meetings: tuple[MetRow, ...],
    members: tuple[MemberRow, ...],
    roles: tuple[RoleRow, ...],
    at: datetime,
) -> Health:
    today = localdate(at)
    held = [met for met in reversed(meetings) if met.state == calendar.HELD]
    joined, left = came_and_went(group, since_on=today - QUARTER, on=today)
    asks = asks_within(actor, group.ward_code).filter(agreed_at_meeting__event__host=group.party)
    return Health(
        last_met=held[0].event.starts_at if held else None,
        kept=kept_of(
            [met.event for met in meetings],
            since_on=max(today - YEAR, group.founded_on),
            at=at,
            definition=GROUP_MEETINGS_HELD,
        ),
        attendance=tuple(held[:LAST_MEETINGS]),
        members=len(members),
        joined=joined,
        left=left,
        open_asks=asks.filter(state__in=LIVE).count(),
        terms_ending=sum(role.soon for role in roles),
        vacant=sum(not role.name for role in roles),
    )
