"""Roles, households and the review of an incident, each for those who may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.incidents import policy, rules
from wardroom.incidents.models import AfterAction, CallOut, HouseholdNeed, Incident
from wardroom.incidents.queries.incidents import get_incident
from wardroom.incidents.queries.keeping import homes_due_on

SUMS = ("adults", "children", "older", "pets")


@dataclass(frozen=True)
class HouseholdRow:
    """What one home needs; for those who run the incident."""

    id: int
    label: str
    people: str
    languages: str
    access: bool
    needs: tuple[str, ...]
    owner_name: str
    followed_24_at: datetime | None
    followed_72_at: datetime | None


@dataclass(frozen=True)
class Households:
    """The homes of an incident: rows for those who run it, and sums for the rest of the office.

    Few of a kind are not told apart in the sums.
    """

    matter_id: int
    title: str
    rows: tuple[HouseholdRow, ...]
    sums: tuple[tuple[str, str], ...]
    runs: bool
    due_on: date | None
    held_for: str
    gone_at: datetime | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class StepRow:
    """One thing to do better, and what became of it."""

    id: int
    wording: str
    capability: str
    party_name: str
    starts_on: date
    due_on: date
    ask_id: int | None
    state: str
    agency: bool


@dataclass(frozen=True)
class ReviewFile:
    """The after-action review of an incident."""

    matter_id: int
    title: str
    exercise: bool
    stood_down_at: datetime | None
    expected: str
    happened: str
    why: str
    strengths: str
    ratings: Mapping[str, str]
    marks: tuple[tuple[str, str], ...]
    version: int
    written_at: datetime | None
    written_by: str
    finished_at: datetime | None
    finished_by: str
    steps: tuple[StepRow, ...]
    line: tuple[tuple[datetime, str], ...]
    allowed: frozenset[str]


def households(matter_id: int, actor: Actor, *, at: datetime) -> Households:
    """The homes of an incident; `NotFound` where it is out of reach."""
    incident = get_incident(matter_id, actor)
    runs = policy.may_run_incident(actor, incident)
    rows = list(incident.households.select_related("owner").order_by("label", "pk"))
    gone = incident.homes_gone_at is not None
    return Households(
        matter_id=matter_id,
        title=incident.matter.title,
        rows=tuple(_household(row) for row in rows) if runs and not gone else (),
        sums=_sums(rows, exact=runs)[: 1 if gone else None],
        runs=runs and not gone,
        due_on=homes_due_on(incident) if rows else None,
        held_for=incident.homes_held_for,
        gone_at=incident.homes_gone_at,
        allowed=frozenset() if gone else _kept_moves(incident, actor, at, homes=len(rows)),
    )


def _kept_moves(incident: Incident, actor: Actor, at: datetime, *, homes: int) -> frozenset[str]:
    """A hold is set at any time, also before the first home; nothing goes before its day."""
    allowed, due = set(), homes_due_on(incident) if homes else None
    if policy.may_hold_households(actor, incident):
        allowed.add("lift_households_hold" if incident.homes_held_for else "hold_households")
    ripe = due is not None and due <= localdate(at) and not incident.homes_held_for
    if ripe and policy.may_dispose_households(actor, incident):
        allowed.add("dispose_households")
    return frozenset(allowed)


def _sums(rows: list[HouseholdNeed], *, exact: bool) -> tuple[tuple[str, str], ...]:
    def said(count: int) -> str:
        return f"{count:,}" if exact else rules.shown_sum(count)

    found = [("Homes", said(len(rows)))]
    found += [(rules.AFFECTED[name], said(sum(getattr(r, name) for r in rows))) for name in SUMS]
    found += [
        (label, said(sum(code in row.needs for row in rows)))
        for code, label in rules.NEEDS.items()
        if any(code in row.needs for row in rows)
    ]
    return tuple(found)


def _household(row: HouseholdNeed) -> HouseholdRow:
    said = [f"{rules.AFFECTED[n].lower()} {getattr(row, n)}" for n in SUMS if getattr(row, n)]
    return HouseholdRow(
        id=row.pk,
        label=row.label,
        people=", ".join(said),
        languages=row.languages,
        access=row.access,
        needs=tuple(rules.NEEDS[code] for code in row.needs),
        owner_name=row.owner.name if row.owner is not None else "",
        followed_24_at=row.followed_24_at,
        followed_72_at=row.followed_72_at,
    )


def review_file(matter_id: int, actor: Actor) -> ReviewFile:
    """The after-action review; `NotFound` where its incident is out of reach."""
    incident = get_incident(matter_id, actor)
    review = AfterAction.objects.filter(incident=incident).first()
    allowed = set()
    if incident.matter.state == "open" and incident.stood_down_at is not None:
        open_ = review is None or review.finished_at is None
        if open_ and policy.may_run_incident(actor, incident):
            allowed |= {"write_after_action"} | (
                {"add_corrective_step", "leave_step_out"} if review else set()
            )
        if review is not None and open_ and policy.may_finish_review(actor, incident):
            allowed.add("finish_after_action")
    shown = review or AfterAction(incident=incident, version=0)
    return ReviewFile(
        matter_id=matter_id,
        title=incident.matter.title,
        exercise=incident.exercise,
        stood_down_at=incident.stood_down_at,
        expected=shown.expected,
        happened=shown.happened,
        why=shown.why,
        strengths=shown.strengths,
        ratings=shown.ratings,
        marks=tuple(
            (label, f"{mark}: {rules.RATINGS[mark]}" if mark else "Not rated yet")
            for code, label in rules.CAPABILITIES.items()
            for mark in [shown.ratings.get(code, "")]
        ),
        version=shown.version,
        written_at=shown.written_at,
        written_by=shown.written_by,
        finished_at=shown.finished_at,
        finished_by=shown.finished_by,
        steps=_steps(review),
        line=_line(incident),
        allowed=frozenset(allowed),
    )


def _steps(review: AfterAction | None) -> tuple[StepRow, ...]:
    if review is None:
        return ()
    rows = review.steps.select_related("party", "ask").order_by("due_on", "pk")
    return tuple(
        StepRow(
            id=row.pk,
            wording=row.wording,
            capability=rules.CAPABILITIES[row.capability],
            party_name=row.party.name,
            starts_on=row.starts_on,
            due_on=row.due_on,
            ask_id=row.ask_id,
            state=row.ask.state if row.ask is not None else "",
            agency=row.party.agency,
        )
        for row in rows
    )


def _called(call: CallOut) -> str:
    return "gave it back" if call.rung == rules.UNCALLED else "was called"


def _line(incident: Incident) -> tuple[tuple[datetime, str], ...]:
    """What happened when, from the steps that are kept."""
    found = [(incident.opened_at, "Opened")]
    calls = incident.call_outs.select_related("party")
    found += [(call.called_at, f"{call.party.name} {_called(call)}") for call in calls]
    leads = incident.duties.filter(role="lead").select_related("party")
    found += [(duty.since_at, f"{duty.party.name} had it") for duty in leads]
    if incident.arrived_at is not None:
        found.append((incident.arrived_at, "At the scene"))
    reports = incident.reports.all()
    found += [(one.written_at, f"Situation report {one.number}") for one in reports]
    if incident.stood_down_at is not None:
        found.append((incident.stood_down_at, "Stood down"))
    return tuple(sorted(found, key=lambda line: line[0]))
