"""The rows that a number of a report counts, as they were frozen with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from wardroom.access.actor import Actor
from wardroom.fieldwork.models import CheckRound
from wardroom.fieldwork.policy import reach_of_rounds
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.matters.models import Ask, Matter
from wardroom.matters.policy import reach_inside, reach_of_asks
from wardroom.problems.models import Candidate, Decision, Nomination
from wardroom.problems.policy import reach as reach_of_candidates
from wardroom.reporting import policy
from wardroom.reporting.models import Edition, FrozenRows
from wardroom.reporting.queries.editions import report_file
from wardroom.reporting.queries.shapes import EditionRow, Figure
from wardroom.reporting.rules.figures import rows_behind
from wardroom.reporting.rules.kinds import title_of
from wardroom.reporting.rules.packing import unpacked
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.policy import reach as reach_of_requests

PAGE_ROWS = 25
NOUNS: Mapping[str, str] = {
    "old": "request",
    "settled": "decision",
    "matters_in": "matter",
    "matters_out": "matter",
    "matters_open": "matter",
    "promises_broken": "ask",
    "promises_moved": "ask",
    "verified": "ask",
    "spot_checks": "round",
    "signed": "report",
    "decisions": "report",
    "all_promises": "report",
    **dict.fromkeys(("anc_opened", "anc_closed", "anc_verified", "anc_past_due"), "request"),
}

DECIDED: Mapping[str, str] = {
    "watch": "Watched",
    "refuse": "Refused",
    "designate": "Designated",
}


@dataclass(frozen=True)
class RowBehind:
    """One row that a number counts: what it is now, and where it is found."""

    key: int
    kind: str
    title: str
    about: str


@dataclass(frozen=True)
class RowsBehind:
    """A page of the rows that a number counts; ``closed`` of them are not the reader's to see."""

    head: EditionRow
    title: str
    figure: Figure
    noun: str
    rows: tuple[RowBehind, ...]
    closed: int
    total: int
    page: int
    pages: int


def rows_of_figure(edition_id: int, code: str, actor: Actor, *, page: int = 1) -> RowsBehind:
    """The frozen rows of one number; `NotFound` for a number that has none here."""
    file = report_file(edition_id, actor)
    figures = {f.code: f for group in file.groups for f in group.figures}
    frozen = FrozenRows.objects.filter(edition=edition_id).first()
    if code not in NOUNS or code not in figures or frozen is None:
        raise NotFound(f"no rows of {code}")
    keys = [_key(row) for row in rows_behind(unpacked(frozen.content)[0], code)]
    page, pages, on_page = page_at(len(keys), page, PAGE_ROWS)
    wanted = keys[on_page]
    found = _FINDERS[NOUNS[code]](wanted, actor)
    rows = tuple(found[key] for key in wanted if key in found)
    return RowsBehind(
        head=file.head,
        title=file.title,
        figure=figures[code],
        noun=NOUNS[code],
        rows=rows,
        closed=len(wanted) - len(rows),
        total=len(keys),
        page=page,
        pages=pages,
    )


def _key(row: Any) -> int:
    if isinstance(row, dict):
        return int(row["ask_id"] if "ask_id" in row else row["id"])
    return int(row)


def _requests(keys: list[int], actor: Actor) -> dict[int, RowBehind]:
    rows = ServiceRequest.objects.within(reach_of_requests(actor)).filter(pk__in=keys)
    return {
        r.pk: RowBehind(r.pk, "request", f"{r.external_id}, {r.service.name}", r.address)
        for r in rows.select_related("service").order_by("pk")
    }


def _matters(keys: list[int], actor: Actor) -> dict[int, RowBehind]:
    rows = Matter.objects.within(reach_inside(actor)).filter(pk__in=keys)
    return {
        m.pk: RowBehind(m.pk, m.kind, m.title, m.place.label if m.place else "")
        for m in rows.select_related("place").order_by("pk")
    }


def _asks(keys: list[int], actor: Actor) -> dict[int, RowBehind]:
    rows = Ask.objects.within(reach_of_asks(actor)).filter(pk__in=keys)
    return {
        a.pk: RowBehind(a.pk, "ask", f"{a.party.code or a.party.name}: {a.wording}", a.case.title)
        for a in rows.select_related("party", "matter").order_by("pk")
    }


def _decisions(keys: list[int], actor: Actor) -> dict[int, RowBehind]:
    """Each decision by what it decided about: a candidate or a nomination."""
    reach = reach_of_candidates(actor)
    seen = Q(candidate__in=Candidate.objects.within(reach).order_by().values("pk"))
    seen |= Q(nomination__in=Nomination.objects.within(reach).order_by().values("pk"))
    rows = Decision.objects.filter(seen, pk__in=keys).select_related("place", "decided_by")
    return {
        d.pk: RowBehind(
            d.candidate_id or d.nomination_id or 0,
            "nomination" if d.candidate_id is None else "candidate",
            d.place.label,
            f"{DECIDED[d.verdict]}, {d.decided_by.name}: {d.reason}",
        )
        for d in rows.order_by("pk")
    }


def _rounds(keys: list[int], actor: Actor) -> dict[int, RowBehind]:
    rows = CheckRound.objects.within(reach_of_rounds(actor)).filter(pk__in=keys)
    return {r.pk: RowBehind(r.pk, "round", r.title, r.agency) for r in rows.order_by("pk")}


def _reports(keys: list[int], actor: Actor) -> dict[int, RowBehind]:
    rows = Edition.objects.within(policy.reach(actor)).filter(pk__in=keys)
    return {
        e.pk: RowBehind(
            e.pk, "report", title_of(e.report, e.ward_code, e.area, e.week), f"version {e.version}"
        )
        for e in rows.order_by("pk")
    }


_FINDERS: Mapping[str, Callable[[list[int], Actor], dict[int, RowBehind]]] = {
    "request": _requests,
    "matter": _matters,
    "ask": _asks,
    "round": _rounds,
    "decision": _decisions,
    "report": _reports,
}
