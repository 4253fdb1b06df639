"""The map of silence: how long ago the last real contact was, against the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.city.queries import districts
from wardroom.engagement import policy
from wardroom.engagement.models import RealContact
from wardroom.engagement.queries.belonging import wards_of_smds
from wardroom.engagement.queries.outreach import PlansInForce, plans_in_force
from wardroom.engagement.rules import outreach, silence
from wardroom.kernel.paging import page_at

PAGE_ROWS = 25
COLUMNS: Mapping[str, str] = {
    outreach.SMD: "smd_code",
    outreach.WARD: "ward_code",
    outreach.LANGUAGE: "language",
    outreach.KIND: "group_kind",
}


@dataclass(frozen=True)
class Lens:
    """What is looked at: by what, in which ward, and with whom alone."""

    by: str = outreach.SMD
    ward: str = ""
    language: str = ""
    group_kind: str = ""


@dataclass(frozen=True)
class SilenceRow:
    """One district, ward, language or kind of group, and how long it is silent.

    ``contacts`` are those within the days of the target. Without ``last_on`` nobody there was
    ever reached, as far as is on record; without a ``target`` no plan speaks of it.
    """

    by: str
    key: str
    ward_code: str
    last_on: date | None
    days: int | None
    contacts: int
    target: outreach.Target | None
    state: str

    @property
    def label(self) -> str:
        """What it is, in words."""
        return outreach.words_of(self.by, self.key)


@dataclass(frozen=True)
class SilencePage:
    """A page of the table of silence, with how many stand how over all of it."""

    rows: tuple[SilenceRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    counts: Mapping[str, int]
    plans: PlansInForce
    newest_on: date | None
    data_as_of: datetime


SORTS: Mapping[str, Callable[[SilenceRow], Any]] = {
    "silent": lambda row: (row.days is not None, -(row.days or 0), row.key),
    "name": lambda row: row.key,
    "contacts": lambda row: (row.contacts, row.key),
    "-contacts": lambda row: (-row.contacts, row.key),
}


def silence_page(
    actor: Actor, lens: Lens, *, at: datetime, state: str = "", sort: str = "silent", page: int = 1
) -> SilencePage:
    """How silent it is within reach, who was never reached first, then the longest silent."""
    on = localdate(at)
    plans = plans_in_force(actor, on=on)
    everyone = silence_rows(actor, lens, plans, on=on)
    rows = [row for row in everyone if state in ("", row.state)]
    sort = sort if sort in SORTS else "silent"
    rows.sort(key=SORTS[sort])
    page, pages, on_page = page_at(len(rows), page, PAGE_ROWS)
    return SilencePage(
        rows=tuple(rows[on_page]),
        total=len(rows),
        page=page,
        pages=pages,
        sort=sort,
        counts={s: sum(row.state == s for row in everyone) for s in silence.STATES},
        plans=plans,
        newest_on=max((row.last_on for row in everyone if row.last_on), default=None),
        data_as_of=at,
    )


def silence_rows(
    actor: Actor,
    lens: Lens,
    plans: PlansInForce,
    *,
    on: date,
    wards: Mapping[str, str] | None = None,
) -> tuple[SilenceRow, ...]:
    """Every one that the lens shows, whether it was ever reached or not.

    ``wards`` is the ward of each single-member district, where that was asked for already.
    """
    units = [
        (key, ward, plans.target(lens.by, key, ward or lens.ward))
        for key, ward in _units(actor, lens, on, wards)
    ]
    counted = _counted(_contacts(actor, lens), COLUMNS[lens.by], {t for _, _, t in units if t}, on)
    return tuple(
        _row(lens.by, key, ward, target, counted.get(key, {}), on) for key, ward, target in units
    )


def contacts_seen(actor: Actor) -> QuerySet[RealContact]:
    """The real contacts within reach."""
    return RealContact.objects.within(policy.reach_of_contacts(actor)).filter(bounced=False)


def contacts_were_counted() -> bool:
    """Whether any real contact is kept; an upgrade from an older version has none."""
    return RealContact.objects.exists()


def _contacts(actor: Actor, lens: Lens) -> QuerySet[RealContact]:
    wanted = {"ward_code": lens.ward, "language": lens.language, "group_kind": lens.group_kind}
    return contacts_seen(actor).filter(**{name: value for name, value in wanted.items() if value})


def _units(
    actor: Actor, lens: Lens, on: date, wards: Mapping[str, str] | None
) -> Iterable[tuple[str, str]]:
    """The codes that there are, each with its ward where it lies in one."""
    if lens.by in outreach.NAMED:
        return [(code, "") for code in outreach.NAMED[lens.by]]
    if wards is None or lens.by != outreach.SMD:
        wards = wards_of_smds() if lens.by == outreach.SMD else {}
    found = [(d.code, wards.get(d.code, "")) for d in districts(lens.by, on)]
    if lens.by == outreach.WARD:
        found = [(code, code) for code, _ in found]
    scope = policy.reach_of_contacts(actor)
    return [
        (code, ward)
        for code, ward in found
        if lens.ward in ("", ward) and scope.covers({"ward_code": ward})
    ]


def _counted(
    rows: QuerySet[RealContact], column: str, targets: Iterable[outreach.Target], on: date
) -> Mapping[str, Mapping[str, Any]]:
    """The last day of each, and its contacts within the days of each target; one statement.

    A line or an event counts once, however many people of the same district were in it.
    """
    sums: dict[str, Any] = {"last": Max("on")}
    for days in sorted({target.days for target in targets}):
        within = Q(on__gt=on - timedelta(days=days))
        sums[f"lines_{days}"] = Count("line", distinct=True, filter=within)
        sums[f"events_{days}"] = Count("event", distinct=True, filter=within)
    found = rows.filter(on__lte=on).exclude(**{column: ""}).order_by().values(column)
    return {row[column]: row for row in found.annotate(**sums)}


def _row(
    by: str,
    key: str,
    ward: str,
    target: outreach.Target | None,
    sums: Mapping[str, Any],
    on: date,
) -> SilenceRow:
    last = sums.get("last")
    contacts = 0
    if sums and target is not None:
        contacts = sums[f"lines_{target.days}"] + sums[f"events_{target.days}"]
    return SilenceRow(
        by=by,
        key=key,
        ward_code=ward,
        last_on=last,
        days=(on - last).days if last else None,
        contacts=contacts,
        target=target,
        state=silence.standing(last, contacts, target, today=on),
    )
