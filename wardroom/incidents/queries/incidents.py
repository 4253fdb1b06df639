"""Incidents: the list, and one with the alert behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.incidents import policy, rules
from wardroom.incidents.models import AfterAction, Incident, IncidentDraft
from wardroom.incidents.queries.alerts import AlertFile, alert_file
from wardroom.incidents.queries.work import DutyLine, Work, duties_of, work_of
from wardroom.incidents.rules.measuring import IN_ERROR
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.matters.queries import (
    MatterHeader,
    asks_and_tasks_of,
    matter_allowed,
    matter_header,
)
from wardroom.matters.rules import LIVE

PAGE_ROWS = 25
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("next_on", "pk"),
    "-due": ("-next_on", "-pk"),
    "-opened": ("-opened_at", "-pk"),
}
SHOWN = ("owner", "incident__taken_by")
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
    severity: int
    kind_label: str
    taken_by: str
    exercise: bool


@dataclass(frozen=True)
class CallRow:
    """One call that was made: who, as what, when, and what became of it."""

    step: int
    name: str
    role: str
    why: str
    state: str
    state_label: str
    called_at: datetime
    due_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Critical:
    """What is known of an incident beside its matter: how grave, who has it, who was called."""

    id: int
    kind_code: str
    kind_label: str
    severity: int
    where_text: str
    words: str
    exercise: bool
    came_from: str
    opened_at: datetime
    opened_by: str
    taken_at: datetime | None
    taken_by: str
    mode: str
    arrived_at: datetime | None
    lead_text: str
    exhausted_at: datetime | None
    stood_down_at: datetime | None
    calls: tuple[CallRow, ...]

    @property
    def waiting(self) -> CallRow | None:
        """The call that waits for an answer."""
        return next((call for call in self.calls if call.state == rules.CALL_OPEN), None)


@dataclass(frozen=True)
class StillOpen:
    """An ask or a to-do that keeps an incident open; ``noun`` says which of the two."""

    noun: str
    id: int
    wording: str
    who: str
    due_on: date
    state: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class IncidentPage:
    """A page of incidents; ``yours`` are open ones that the asker runs and that it leaves out."""

    rows: tuple[IncidentRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    yours: tuple[IncidentRow, ...]


@dataclass(frozen=True)
class IncidentFile:
    """One incident: who has it, what comes next, and what its alert says."""

    matter: MatterHeader
    critical: Critical
    alert: AlertFile | None
    changed: bool
    work: Work
    duties: tuple[DutyLine, ...]
    still_open: tuple[StillOpen, ...]
    now: datetime
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def has_since(self) -> datetime | None:
        """Since when whoever has it has it: since a handover, where there was one."""
        leads = [duty.since_at for duty in self.duties if duty.role == "lead"]
        return max(leads, default=self.critical.taken_at)

    @property
    def led_by_another(self) -> bool:
        """Whether somebody has it now who does not own what follows."""
        now = self.critical.taken_by if self.critical.stood_down_at is None else ""
        return bool(now) and now != self.matter.owner_name

    @property
    def report_is_late(self) -> bool:
        """Whether the next report should be there by now."""
        at = self.work.next_update_at
        return self.matter.state == "open" and at is not None and at < self.now


def incident_page(
    actor: Actor,
    *,
    state: str = "open",
    ward: str = "",
    kind: str = "",
    among: Q | None = None,
    sort: str = "due",
    page: int = 1,
) -> IncidentPage:
    """The incidents within reach; ``state`` is empty for all of them, ``exercise`` for those.

    An exercise stands in no other list; one that is the asker's is named beside it.
    ``counted`` are those that the measures count: what was opened in error is left out, and
    what the asker was called to elsewhere.
    ``among`` are the matters behind a number.
    """
    if not actor.is_staff:
        raise NotAllowed
    exercise = state == "exercise"
    only = state if state in {"open", "closed"} else ""
    wanted = {"state": only, "ward_code": ward, "incident__kind_code": kind}
    within = incidents_counted if state == "counted" else incidents_seen
    rows = within(actor).filter(**{name: value for name, value in wanted.items() if value})
    rows = rows.filter(among or Q(), incident__exercise=exercise)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else next(iter(SORTS))
    found = list(rows.select_related(*SHOWN).order_by(*SORTS[sort])[on_page])
    return IncidentPage(
        rows=tuple(_row(row) for row in found),
        total=total,
        page=page,
        pages=pages,
        sort=sort,
        yours=_yours(actor, but=[row.pk for row in found]),
    )


def _yours(actor: Actor, *, but: Sequence[int]) -> tuple[IncidentRow, ...]:
    """What somebody runs now and must find, whatever a list is filtered by."""
    if not actor.reach.runs:
        return ()
    rows = incidents_seen(actor).filter(state="open", pk__in=actor.reach.runs).exclude(pk__in=but)
    return tuple(_row(row) for row in rows.select_related(*SHOWN).order_by("-opened_at", "-pk"))


def incident_file(matter_id: int, actor: Actor, *, at: datetime) -> IncidentFile:
    """One incident, whole; `NotFound` where it is out of reach."""
    incident = get_incident(matter_id, actor)
    matter = incident.matter
    draft = IncidentDraft.objects.filter(matter=matter).first()
    header = matter_header(matter, actor, inside=True)
    changed = draft is not None and draft.changed_at is not None
    return IncidentFile(
        matter=header,
        critical=_critical(incident),
        alert=alert_file(draft.pk, actor) if draft is not None else None,
        changed=changed,
        work=work_of(incident),
        duties=duties_of(incident),
        still_open=_still_open(matter, actor),
        now=at,
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(incident, actor, changed=changed),
    )


def get_incident(matter_id: int, actor: Actor) -> Incident:
    """An incident to act on; `NotFound` where it is out of reach."""
    rows = Incident.objects.select_related("matter__owner", "matter__place", "taken_by__user")
    found: Incident | None = rows.filter(
        matter_id=matter_id, matter__in=incidents_seen(actor)
    ).first()
    if found is None:
        raise NotFound(f"no incident {matter_id}")
    return found


def incident_of_token(token: str, actor: Actor) -> int | None:
    """The matter of the incident that a form opened already; none where it opened none."""
    rows = Incident.objects.filter(token=token, matter__in=incidents_seen(actor))
    found: int | None = rows.values_list("matter_id", flat=True).first()
    return found


def may_open_incidents(actor: Actor) -> bool:
    """Whether the actor opens incidents."""
    return policy.may_open_incident(actor, None)


def get_incident_alert(matter_id: int, actor: Actor) -> IncidentDraft:
    """The alert behind an incident, to act on it; `NotFound` where there is none in reach."""
    rows = IncidentDraft.objects.filter(matter__in=incidents_seen(actor)).select_related(
        "matter__owner"
    )
    found: IncidentDraft | None = rows.filter(matter_id=matter_id).first()
    if found is None:
        raise NotFound(f"no alert behind {matter_id}")
    return found


def incidents_seen(actor: Actor) -> QuerySet[Matter]:
    """The matters of the incidents within reach."""
    scope = policy.reach_of_incidents(actor)
    rows: QuerySet[Matter] = Matter.objects.within(scope)
    return rows.filter(kind=rules.INCIDENT)


def incidents_counted(actor: Actor) -> QuerySet[Matter]:
    """The matters of the incidents that the measures count for somebody."""
    rows: QuerySet[Matter] = Matter.objects.within(policy.reach_of_counted(actor))
    return rows.filter(kind=rules.INCIDENT).exclude(outcome=IN_ERROR)


def _allowed(incident: Incident, actor: Actor, *, changed: bool) -> frozenset[str]:
    matter = incident.matter
    moves = set(matter_allowed(matter, actor)) & SHARED
    if matter.state == "open":
        if policy.may_end_incident(actor, matter):
            moves.add("end_incident")
        if incident.taken_at is None and policy.may_take_incident(actor, incident):
            moves.add("take_incident")
        if incident.stood_down_at is None and policy.may_give_incident_back(actor, incident):
            moves.add("give_incident_back")
        if policy.may_run_incident(actor, incident):
            moves |= {"set_severity", "set_way_of_work", "write_situation"}
            moves.add("set_incident_place")
            if incident.taken_at is not None and incident.stood_down_at is None:
                moves |= {"give_incident_role", "stand_down"}
            if incident.stood_down_at is not None and not _review_begun(incident):
                moves.add("resume_incident")
            moves |= {"note_incident_call", "add_call_line", "leave_line_out", "tick_checklist"}
            moves.add("put_line_back")
            if incident.arrived_at is None:
                moves.add("note_arrival")
    if changed and matters_policy.leads_matter(actor, matter):
        moves.add("read_alert_change")
    return frozenset(moves)


def _review_begun(incident: Incident) -> bool:
    return AfterAction.objects.filter(incident=incident).exists()


def _still_open(matter: Matter, actor: Actor) -> tuple[StillOpen, ...]:
    """The asks and to-dos that are under way, each with what may be done with it."""
    asks, tasks = asks_and_tasks_of(matter, actor)
    found = [
        StillOpen("ask", a.id, a.wording, a.agency_name, a.due_on, a.state, a.allowed)
        for a in asks
        if a.state in LIVE
    ]
    found += [
        StillOpen("task", t.id, t.wording, t.party_name, t.due_on, t.state, t.allowed)
        for t in tasks
        if t.state in LIVE
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.id)))


def _critical(incident: Incident) -> Critical:
    kept = {
        name: getattr(incident, name)
        for name in Critical.__dataclass_fields__
        if name not in {"kind_label", "taken_by", "calls"}
    }
    rows = incident.call_outs.select_related("party").order_by("step")
    return Critical(
        **kept,
        kind_label=rules.INCIDENT_KINDS[incident.kind_code].label,
        taken_by=incident.taken_by.name if incident.taken_by is not None else "",
        calls=tuple(
            CallRow(
                step=row.step,
                name=row.party.name,
                role=rules.ROLES[row.role],
                why=row.why,
                state=row.state,
                state_label=rules.call_state_label(row.state, taken=incident.taken_at is not None),
                called_at=row.called_at,
                due_at=row.due_at,
                ended_at=row.ended_at,
            )
            for row in rows
        ),
    )


def _row(row: Matter) -> IncidentRow:
    incident = row.incident
    return IncidentRow(
        id=row.pk,
        title=row.title,
        ward_code=row.ward_code,
        owner_name=row.owner.name,
        state=row.state,
        outcome=row.outcome,
        next_on=row.next_on,
        next_step=row.next_step,
        severity=incident.severity,
        kind_label=rules.INCIDENT_KINDS[incident.kind_code].label,
        taken_by=incident.taken_by.name if incident.taken_by is not None else "",
        exercise=incident.exercise,
    )
