"""What was measured about the requests, limited to the asker's wards and the whole city."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from wardroom.access.actor import Actor
from wardroom.directory.queries import agencies
from wardroom.kernel.errors import NotFound
from wardroom.library.queries import topics
from wardroom.reporting import policy
from wardroom.reporting.models import MeasuredCell, Measurement
from wardroom.reporting.rules.measuring import BY, NOT_NAMED

UNNAMED = {"agency": "No agency named", "kind": "Of no kind yet"}
COLUMNS = {"agency": ("agency_code", "topic_code"), "kind": ("topic_code", "agency_code")}
FIGURES = ("ward_code", "agency_code", "topic_code", "figures")
MONTHS_SHOWN = 13


@dataclass(frozen=True)
class MeasureRow:
    """The figures of one agency, of one kind, or of all of a ward or the city.

    ``rows`` are the filters of its requests; none where the asker cannot list them all.
    """

    code: str
    name: str
    on_time: Mapping[str, Any]
    time: Mapping[str, Any]
    backlog: Mapping[str, Any]
    back: Mapping[str, Any]
    rows: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True)
class MeasuredHead:
    """One measurement: up to when, over what time, and by which definitions."""

    id: int
    data_as_of: datetime
    ran_at: datetime
    since_on: date
    flow_on: date
    method: str
    requests: int
    definitions: Mapping[str, Mapping[str, Any]]
    newest: bool


@dataclass(frozen=True)
class MeasurePage:
    """The agencies or kinds of a ward or the city, by name, with what holds for all of them.

    ``head`` is none where nothing was ever measured; ``kept`` are the measurements there are.
    """

    head: MeasuredHead | None
    total: MeasureRow | None
    rows: tuple[MeasureRow, ...]
    kept: tuple[tuple[int, datetime], ...]


@dataclass(frozen=True)
class MeasureFile:
    """One agency or kind: its figures, its pictures, its parts, and how it was month by month."""

    head: MeasuredHead
    row: MeasureRow
    pictures: Mapping[str, Any]
    parts: tuple[MeasureRow, ...]
    earlier: tuple[tuple[datetime, Mapping[str, Any]], ...]
    wards: Mapping[str, Any] | None


@dataclass(frozen=True)
class Compared:
    """Wards and agencies in their funnels, with the names of the agencies."""

    head: MeasuredHead
    funnels: Mapping[str, Any]
    names: Mapping[str, str]


def measure_page(
    actor: Actor, *, by: str = "agency", ward: str = "", measurement_id: int | None = None
) -> MeasurePage:
    """The figures of every agency, or of every kind of trouble, by name and never by rank."""
    kept = _kept(actor)
    head = _head(kept, measurement_id)
    if head is None:
        return MeasurePage(None, None, (), ())
    of, other = COLUMNS[by]
    cells = MeasuredCell.objects.within(policy.reach_of_measures(actor))
    cells = cells.filter(measurement=head.id, ward_code=ward, **{other: ""})
    values = list(cells.order_by("pk").values(*FIGURES))
    names = _names(actor, by)
    rows = [_row(cell, by, names, actor) for cell in values if cell[of]]
    total = next((_row(cell, by, names, actor) for cell in values if not cell[of]), None)
    return MeasurePage(head, total, _by_name(rows), tuple((m.pk, m.data_as_of) for m in kept))


def measure_file(
    actor: Actor, *, by: str, code: str, ward: str = "", measurement_id: int | None = None
) -> MeasureFile:
    """One agency or kind by itself; `NotFound` where nothing of it is within reach."""
    kept = _kept(actor)
    head = _head(kept, measurement_id)
    if by not in BY or head is None or not code:
        raise NotFound(f"no figures of {code}")
    of, other = COLUMNS[by]
    mine = MeasuredCell.objects.within(policy.reach_of_measures(actor))
    mine = mine.filter(ward_code=ward, **{of: code})
    whole = mine.filter(measurement=head.id, **{other: ""})
    cell = whole.annotate(late_of=F("measurement__funnels__late_of")).first()
    if cell is None:
        raise NotFound(f"no figures of {code}")
    other_by = "kind" if by == "agency" else "agency"
    names, other_names = _names(actor, by), _names(actor, other_by)
    parts = [
        _row(part, other_by, other_names, actor)
        for part in mine.filter(measurement=head.id).values(*FIGURES).order_by("pk")
        if part[other]
    ]
    before = mine.filter(measurement__in=[m.pk for m in kept[:MONTHS_SHOWN]], **{other: ""})
    told = dict(before.values_list("measurement_id", "figures").order_by("pk"))
    return MeasureFile(
        head=head,
        row=_row({name: getattr(cell, name) for name in FIGURES}, by, names, actor),
        pictures=cell.pictures or {},
        parts=_by_name(parts),
        earlier=tuple((m.data_as_of, told[m.pk]) for m in kept if m.pk in told),
        wards=_wards_of(cell.late_of, code, actor) if by == "agency" else None,
    )


def compared(actor: Actor, *, measurement_id: int | None = None) -> Compared | None:
    """Wards and agencies beside what their mix leads one to expect; none before a measurement.

    Of the wards only those within reach are there; the limits, which all of them make, stay.
    """
    if not actor.is_staff:
        return None
    kept = _kept(actor)
    head = _head(kept, measurement_id)
    if head is None:
        return None
    funnels = Measurement.objects.values_list("funnels", flat=True).get(pk=head.id)
    told = {measure: _within_reach(funnels[measure], actor) for measure in ("late", "back")}
    return Compared(head, told, _names(actor, "agency"))


def _wards_of(told: Any, agency: str, actor: Actor) -> Mapping[str, Any] | None:
    """The wards of an agency beside its own mix; none before this was measured."""
    funnel = (told or {}).get(agency)
    return _within_reach({"ward": funnel}, actor)["ward"] if funnel else None


def _within_reach(by_unit: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    scope = policy.reach_of_measures(actor)
    told = {}
    for unit, funnel in by_unit.items():
        limits = sorted((u["expected"], u["inner"], u["outer"]) for u in funnel["units"])
        units = funnel["units"]
        if unit == "ward":
            units = [u for u in units if scope.covers({"ward_code": u["code"]})]
        told[unit] = {**funnel, "units": units, "limits": limits}
    return told


def _kept(actor: Actor) -> list[Measurement]:
    """The measurements there are, that of the newest data first; none for others than staff."""
    if not actor.is_staff:
        return []
    return list(Measurement.objects.defer("funnels").order_by("-data_as_of", "-pk"))


def _head(kept: list[Measurement], wanted: int | None) -> MeasuredHead | None:
    m = next((m for m in kept if m.pk == wanted), kept[0] if kept else None)
    if m is None:
        return None
    return MeasuredHead(
        id=m.pk,
        data_as_of=m.data_as_of,
        ran_at=m.ran_at,
        since_on=m.since_on,
        flow_on=m.flow_on,
        method=m.method,
        requests=m.requests,
        definitions=m.definitions,
        newest=m.pk == kept[0].pk,
    )


def _names(actor: Actor, by: str) -> dict[str, str]:
    if by == "agency":
        return {a.code: a.name for a in agencies(actor)}
    return {t.code: t.name for t in topics()}


def _row(cell: Mapping[str, Any], by: str, names: Mapping[str, str], actor: Actor) -> MeasureRow:
    code = cell[COLUMNS[by][0]]
    figures = cell["figures"]
    return MeasureRow(
        code=code,
        name=UNNAMED[by] if code == NOT_NAMED else names.get(code, code),
        on_time=figures["on_time"],
        time=figures["time"],
        backlog=figures["backlog"],
        back=figures["back"],
        rows=_filters(cell, actor),
    )


def _filters(cell: Mapping[str, Any], actor: Actor) -> tuple[tuple[str, str], ...] | None:
    ward, agency, topic = cell["ward_code"], cell["agency_code"], cell["topic_code"]
    seen = actor.reach.city or (ward and ward in actor.reach.wards)
    if not seen or NOT_NAMED in (agency, topic):
        return None
    return (("ward", ward), ("agency", agency), ("topic", topic))


def _by_name(rows: Iterable[MeasureRow]) -> tuple[MeasureRow, ...]:
    return tuple(sorted(rows, key=lambda r: (r.code == NOT_NAMED, r.name.lower(), r.code)))
