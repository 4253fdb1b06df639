"""Help for groups: the list with its hours, the open record of gifts, and one whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.calendar import rules as calendar
from wardroom.calendar.models import Event
from wardroom.calendar.queries import EventRow
from wardroom.calendar.queries.events import event_row
from wardroom.directory.models import Party
from wardroom.engagement import policy
from wardroom.engagement.models import Assistance, AssistanceLine
from wardroom.engagement.queries.papers import OWN_MOVES
from wardroom.engagement.rules import assistance as rules
from wardroom.engagement.rules.assistance import Hours, SessionHeld
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header

PAGE_ROWS = 25


@dataclass(frozen=True)
class AssistanceRow:
    """Help in the list: for whom, what for, how many needs are met, and its hours."""

    id: int
    kind: str
    for_whom: str
    goal: str
    ward_code: str
    state: str
    outcome_label: str
    needs: int
    met: int
    hours: Hours
    giver: str
    gift: str
    approval: str


@dataclass(frozen=True)
class AssistancePage:
    """A page of help, the newest first."""

    rows: tuple[AssistanceRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class NeedRow:
    """A need, or something handed over."""

    id: int
    kind: str
    text: str
    done_on: date | None
    done_words: str


@dataclass(frozen=True)
class SessionRow:
    """A session, how many came, and the hours that it counts."""

    event: EventRow
    came: int
    hours: float


@dataclass(frozen=True)
class AssistanceFile:
    """Help for a group, whole."""

    matter: MatterHeader
    row: AssistanceRow
    party_id: int | None
    restricted: bool
    lines: tuple[NeedRow, ...]
    sessions: tuple[SessionRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


def assistance_page(
    actor: Actor,
    *,
    ward: str = "",
    kind: str = "",
    state: str = "",
    party: int | None = None,
    page: int = 1,
) -> AssistancePage:
    """The help within reach; a mediation is there only for those whom it names."""
    wanted = {"matter__ward_code": ward, "matter__kind": kind, "matter__state": state}
    rows = _counted(actor).filter(**{field: value for field, value in wanted.items() if value})
    if party is not None:
        rows = rows.filter(party=party)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = list(rows.order_by("-matter__opened_at", "-pk")[on_page])
    held = _sessions([row.matter_id for row in chosen])
    made = tuple(_row(row, held.get(row.matter_id, ())) for row in chosen)
    return AssistancePage(made, total, page, pages)


def assistance_file(matter_id: int, actor: Actor) -> AssistanceFile:
    """Help for a group, whole; `NotFound` where it is out of reach."""
    rows = _counted(actor).select_related("matter__owner", "matter__place")
    row = rows.filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no help {matter_id}")
    sessions = _sessions([matter_id]).get(matter_id, ())
    return AssistanceFile(
        matter=matter_header(row.matter, actor),
        row=_row(row, sessions),
        party_id=row.party_id,
        restricted=row.matter.restricted,
        lines=tuple(
            NeedRow(line.pk, line.kind, line.text, line.done_on, line.done_words)
            for line in row.lines.order_by("pk")
        ),
        sessions=sessions,
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(row, actor),
    )


def get_line_of(line_id: int, matter_id: int, actor: Actor) -> AssistanceLine:
    """One line of help within reach, to say that it was done."""
    seen = Assistance.objects.within(policy.reach(actor)).filter(matter_id=matter_id)
    rows = AssistanceLine.objects.filter(assistance__in=seen, pk=line_id)
    line = rows.select_related("assistance__matter").first()
    if line is None:
        raise NotFound(f"no line {line_id}")
    return line


def may_open_assistances(actor: Actor) -> bool:
    """Whether the actor takes on to help groups at all."""
    return policy.may_open_assistance(actor, None)


def _counted(actor: Actor) -> QuerySet[Assistance]:
    rows: QuerySet[Assistance] = Assistance.objects.within(policy.reach(actor))
    need = Q(lines__kind="need")
    return rows.select_related("matter").annotate(
        needs=Count("lines", filter=need),
        met=Count("lines", filter=need & Q(lines__done_on__isnull=False)),
    )


def _sessions(matter_ids: Iterable[int]) -> dict[int, tuple[SessionRow, ...]]:
    """The sessions of these matters in their order, with who came."""
    came = Count("participations", filter=Q(participations__attended__in=calendar.COME))
    rows = Event.objects.filter(matter__in=list(matter_ids)).annotate(came=came)
    found: dict[int, list[SessionRow]] = {}
    for event in rows.select_related("place").order_by("starts_at", "pk"):
        held = _held(event, event.__dict__["came"])
        hours = rules.hours_of([held]).hours
        made = SessionRow(event_row(event), held.came, hours)
        found.setdefault(event.matter_id or 0, []).append(made)
    return {matter_id: tuple(made) for matter_id, made in found.items()}


def _held(event: Event | EventRow, came: int) -> SessionHeld:
    return SessionHeld(event.starts_at, event.ends_at, event.state == calendar.HELD, came)


def _allowed(row: Assistance, actor: Actor) -> frozenset[str]:
    matter = row.matter
    moves = set(matter_allowed(matter, actor)) & OWN_MOVES
    if matter.state == "open" and policy.may_carry_assistance(actor, matter):
        moves |= {"add_need", "meet_need", "end"}
        moves |= {"plan_session"} if matter.kind in rules.SESSIONS else set()
        moves |= {"approve_gift"} if matter.kind == rules.DONATION and not row.approval else set()
    return frozenset(moves)


def _row(row: Assistance, sessions: Iterable[SessionRow]) -> AssistanceRow:
    matter, counted = row.matter, row.__dict__
    return AssistanceRow(
        id=matter.pk,
        kind=matter.kind,
        for_whom=row.for_whom,
        goal=row.goal,
        ward_code=matter.ward_code,
        state=matter.state,
        outcome_label=rules.outcome_words(matter.kind, matter.outcome),
        needs=counted["needs"],
        met=counted["met"],
        hours=rules.hours_of(_held(one.event, one.came) for one in sessions),
        giver=row.giver,
        gift=row.gift,
        approval=row.approval,
    )


def organization_called(name: str, actor: Actor) -> Party | None:
    """The one organization of this name, where the office knows just one; staff only."""
    rows = Party.objects.filter(
        kind=Party.Kind.ORGANISATION,
        name__iexact=" ".join(name.split()),
        merged_into=None,
        withdrawn_at=None,
    )
    found = list(rows.order_by("pk")[:2]) if actor.is_staff else []
    return found[0] if len(found) == 1 else None
