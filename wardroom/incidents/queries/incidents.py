"""Incidents: the list, and one with the alert behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wardroom.access.actor import Actor
from wardroom.incidents import policy, rules
from wardroom.incidents.models import IncidentDraft
from wardroom.incidents.queries.alerts import AlertFile, alert_file
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header

PAGE_ROWS = 25
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("next_on", "pk"),
    "-due": ("-next_on", "-pk"),
    "-opened": ("-opened_at", "-pk"),
}
SHARED = frozenset({"set_next_step", "hand_over_matter", "reopen_matter"})


@dataclass(frozen=True)
class IncidentRow:
    """An incident in the list."""

    id: int
    title: str
    ward_code: str
    owner_name: str
    state: str
    outcome: str
    next_on: date | None
    next_step: str


@dataclass(frozen=True)
class IncidentPage:
    """A page of incidents."""

    rows: tuple[IncidentRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class IncidentFile:
    """One incident: what comes next, and what its alert says. Issue 8 builds the rest."""

    matter: MatterHeader
    alert: AlertFile | None
    changed: bool
    timeline: TimelinePage
    allowed: frozenset[str]


def incident_page(
    actor: Actor, *, state: str = "open", ward: str = "", sort: str = "due", page: int = 1
) -> IncidentPage:
    """The incidents within reach; ``state`` is empty for all of them."""
    if not actor.is_staff:
        raise NotAllowed
    wanted = {"state": state, "ward_code": ward}
    rows = _seen(actor).filter(**{column: value for column, value in wanted.items() if value})
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else next(iter(SORTS))
    found = rows.select_related("owner").order_by(*SORTS[sort])[on_page]
    return IncidentPage(tuple(_row(row) for row in found), total, page, pages, sort)


def incident_file(matter_id: int, actor: Actor) -> IncidentFile:
    """One incident, whole; `NotFound` where it is out of reach."""
    matter = _seen(actor).select_related("owner", "place").filter(pk=matter_id).first()
    if matter is None:
        raise NotFound(f"no incident {matter_id}")
    draft = IncidentDraft.objects.filter(matter=matter).first()
    header = matter_header(matter, actor)
    moves = set(matter_allowed(matter, actor)) & SHARED
    if matter.state == "open" and policy.may_end_incident(actor, matter):
        moves.add("end_incident")
    changed = draft is not None and draft.changed_at is not None
    if changed and matters_policy.runs_matter(actor, matter):
        moves.add("read_alert_change")
    return IncidentFile(
        matter=header,
        alert=alert_file(draft.pk, actor) if draft is not None else None,
        changed=changed,
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=frozenset(moves),
    )


def get_incident_alert(matter_id: int, actor: Actor) -> IncidentDraft:
    """The alert behind an incident, to act on it; `NotFound` where there is none in reach."""
    rows = IncidentDraft.objects.filter(matter__in=_seen(actor)).select_related("matter__owner")
    found: IncidentDraft | None = rows.filter(matter_id=matter_id).first()
    if found is None:
        raise NotFound(f"no alert behind {matter_id}")
    return found


def _seen(actor: Actor) -> QuerySet[Matter]:
    rows: QuerySet[Matter] = Matter.objects.within(policy.reach_of_incidents(actor))
    return rows.filter(kind=rules.INCIDENT)


def _row(row: Matter) -> IncidentRow:
    return IncidentRow(
        id=row.pk,
        title=row.title,
        ward_code=row.ward_code,
        owner_name=row.owner.name,
        state=row.state,
        outcome=row.outcome,
        next_on=row.next_on,
        next_step=row.next_step,
    )
