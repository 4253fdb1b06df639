"""Commitments by origin, each with the program that carries it, or the gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import Commitment, Program, ProgramCheck
from wardroom.engagement.queries.listing import chosen
from wardroom.engagement.rules import commitments, programs
from wardroom.kernel.errors import NotFound

SORTS: Mapping[str, tuple[str, ...]] = {
    "origin": ("maker", "due_on", "pk"),
    "checked": ("last_on", "pk"),
    "due": ("due_on", "pk"),
}


@dataclass(frozen=True)
class CarriedRow:
    """A commitment with its last check; the verdict is `unchecked` where nobody looked yet."""

    matter_id: int
    wording: str
    maker: str
    maker_name: str
    said_on: date
    due_on: date | None
    agency_code: str
    ward_code: str
    program_id: int | None
    program: str
    verdict: str
    text: str
    checked_on: date | None
    checked_by: str


@dataclass(frozen=True)
class CarriedPage:
    """A page of commitments; ``gaps`` counts all within reach that no program carries."""

    rows: tuple[CarriedRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    gaps: int
    unchecked: int


@dataclass(frozen=True)
class CarrierRow:
    """A program of the list, and how many commitments it carries now."""

    id: int
    name: str
    kind: str
    agency_code: str
    matter_id: int | None
    matter_kind: str
    carries: int


@dataclass(frozen=True)
class CheckRow:
    """One look at a commitment."""

    program: str
    verdict: str
    text: str
    checked_on: date
    checked_by: str


@dataclass(frozen=True)
class CarriedFile:
    """One commitment with every look at whether a program carries it, the newest first."""

    row: CarriedRow
    checks: tuple[CheckRow, ...]
    allowed: frozenset[str]


def carried_page(
    actor: Actor,
    *,
    maker: str = "",
    agency: str = "",
    ward: str = "",
    verdict: str = "",
    sort: str = "origin",
    page: int = 1,
) -> CarriedPage:
    """The confirmed commitments within reach that are open, by origin."""
    seen = _checked(actor)
    gaps = seen.filter(last_verdict=programs.NO_PROGRAM).count()
    unchecked = seen.filter(last_verdict=None).count()
    wanted = {"maker": maker, "agency__code": agency, "matter__ward_code": ward}
    rows = seen.filter(**{field: value for field, value in wanted.items() if value})
    if verdict:
        none = verdict == programs.UNCHECKED
        rows = rows.filter(Q(last_verdict=None) if none else Q(last_verdict=verdict))
    found = chosen(rows.select_related("matter", "agency"), sorts=SORTS, sort=sort, page=page)
    made = _rows(found.rows)
    return CarriedPage(
        made, found.total, found.page, found.pages, found.sort, gaps=gaps, unchecked=unchecked
    )


def carried_file(matter_id: int, actor: Actor) -> CarriedFile:
    """One commitment and its checks; `NotFound` where it is out of reach or not confirmed."""
    found = _checked(actor).select_related("matter", "agency").filter(matter_id=matter_id).first()
    if found is None:
        raise NotFound(f"no confirmed commitment {matter_id}")
    checks = found.checks.select_related("program").order_by("-pk")
    may = policy.may_check_program(actor, found)
    return CarriedFile(
        row=_rows([found])[0],
        checks=tuple(_look(check) for check in checks),
        allowed=frozenset({"check_program"} if may else ()),
    )


def get_confirmed_commitment(matter_id: int, actor: Actor) -> Commitment:
    """One confirmed commitment, to check it; `NotFound` where it is out of reach."""
    row: Commitment | None = _confirmed(actor).filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no confirmed commitment {matter_id}")
    return row


def programs_named(actor: Actor) -> tuple[CarrierRow, ...]:
    """The programs of the list, by name, each with how many commitments within reach it carries."""
    if not actor.is_staff:
        return ()
    carried: dict[int, int] = {}
    for program_id in _checked(actor).values_list("last_program", flat=True):
        if program_id is not None:
            carried[program_id] = carried.get(program_id, 0) + 1
    rows = Program.objects.filter(ended_on=None).select_related("agency", "matter")
    return tuple(
        CarrierRow(
            id=row.pk,
            name=row.name,
            kind=row.kind,
            agency_code=row.agency.code if row.agency else "",
            matter_id=row.matter_id,
            matter_kind=row.matter.kind if row.matter else "",
            carries=carried.get(row.pk, 0),
        )
        for row in rows.order_by("name", "pk")
    )


def get_program(program_id: int, actor: Actor) -> Program:
    """One program of the list; `NotFound` for whoever is not of the office."""
    row = Program.objects.filter(pk=program_id).first() if actor.is_staff else None
    if row is None:
        raise NotFound(f"no program {program_id}")
    return row


def may_keep_programs(actor: Actor) -> bool:
    """Whether the actor names programs at all."""
    return policy.may_keep_programs(actor, None)


def _confirmed(actor: Actor) -> QuerySet[Commitment]:
    within = Commitment.objects.within(policy.reach(actor))
    rows: QuerySet[Commitment] = within.filter(matter__state="open").exclude(
        stage=commitments.HEARD
    )
    return rows


def _checked(actor: Actor) -> QuerySet[Any]:
    """Confirmed commitments with what their newest check says."""
    newest = ProgramCheck.objects.filter(commitment=OuterRef("pk")).order_by("-pk")
    rows: QuerySet[Any] = _confirmed(actor).annotate(
        last_verdict=Subquery(newest.values("verdict")[:1]),
        last_program=Subquery(newest.values("program")[:1]),
        last_on=Subquery(newest.values("checked_on")[:1]),
        last_check=Subquery(newest.values("pk")[:1]),
    )
    return rows


def _look(row: ProgramCheck) -> CheckRow:
    name = row.program.name if row.program else ""
    return CheckRow(name, row.verdict, row.text, row.checked_on, row.checked_by)


def _rows(found: Sequence[Any]) -> tuple[CarriedRow, ...]:
    newest = ProgramCheck.objects.filter(pk__in=[row.last_check for row in found if row.last_check])
    checks = {check.commitment_id: check for check in newest.select_related("program")}
    return tuple(_row(row, checks.get(row.pk)) for row in found)


def _row(row: Commitment, check: ProgramCheck | None) -> CarriedRow:
    return CarriedRow(
        matter_id=row.matter_id,
        wording=row.wording,
        maker=row.maker,
        maker_name=row.maker_name,
        said_on=row.said_on,
        due_on=row.due_on,
        agency_code=row.agency.code if row.agency else "",
        ward_code=row.matter.ward_code,
        program_id=check.program_id if check else None,
        program=check.program.name if check and check.program else "",
        verdict=check.verdict if check else programs.UNCHECKED,
        text=check.text if check else "",
        checked_on=check.checked_on if check else None,
        checked_by=check.checked_by if check else "",
    )
