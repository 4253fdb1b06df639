"""Persistent locations: the list, one location's file, checks, next steps, the exit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.casework.queries import letters_of
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.queries import ChecksView
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.actions import set_next_step
from wardroom.matters.queries import get_matter
from wardroom.problems import queries
from wardroom.problems.actions import exit_location
from wardroom.problems.queries import LocationFile, LocationRow, LocationsThen
from wardroom.problems.queries.evaluations import evaluations_of_location
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.locations.file_forms import ExitForm, ReopenForm
from wardroom.web.locations.forms import CheckForm, NextStepForm
from wardroom.web.plans.showing import plan_parts
from wardroom.web.rows import AS_OF, as_of_given, as_of_words, rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.bars import monthly_bars
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.map import Map, point_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, from_today, state_tag
from wardroom.web.wards import ward_choices

STATES = [
    ("open", "Open"),
    ("relapsed", "Relapsed, open again"),
    ("on_watch", "On watch"),
    ("sustained", "Sustained after the watch"),
    ("closed", "Closed, all"),
    ("all", "All"),
]
WORKED = [("", "Any day"), ("year", "In the last year")]
YEAR = timedelta(days=364)  # before today, which counts
MARKS = {
    "D": "designated",
    "P": "version of the plan",
    "C": "check in the field",
    "E": "exit",
    "R": "relapsed or taken up again",
}
COLUMNS = (
    Column("Location"),
    Column("Next"),
    Column("Asks"),
    Column("Last check"),
)


@require_safe
def location_list(request: HttpRequest) -> HttpResponse:
    """The persistent locations within reach, the soonest next date first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    today = timezone.localdate(stamp_of(request).at)
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    state = filters.choice(request.GET, "state", "State", STATES, default="open")
    then = _then(request.GET)
    worked = filters.choice(request.GET, "worked", "Worked on", WORKED)
    found = queries.location_page(
        actor,
        on=today,
        worked_from=today - YEAR if worked.value else None,
        ward=ward.value or None,
        state=state.value,
        then=then,
        page=page_number(request.GET),
    )
    return page(
        request,
        "locations/list.html",
        title="Persistent locations",
        crumbs=(Crumb("Home", "/"), Crumb("Locations")),
        filters=filters.bar(request.GET, ward, state, worked, keep=("checked_from", AS_OF)),
        table=table(
            counted(found.total, "location") + _when(then),
            COLUMNS,
            [_cells(row, today) for row in found.rows],
            empty="No location fits these filters. Designate one from a candidate.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_safe
def location(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Where one location stands: plan, asks, checks and everything that happened."""
    return location_page(request, _file(request, matter_id))


@takes_form()
def check(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Record a condition check."""
    file = _file(request, matter_id)
    matter = get_matter(matter_id, actor_of(request))
    form = _check_form(file.checks, request)
    done = submit(form, lambda given: record_check(matter, **given, stamp=stamp_of(request)))
    if done is None:
        return location_page(request, file, failed={"check": form})
    return go_on(request, reverse("location", args=[matter_id]), "Your check was written down.")


@takes_form()
def next_step(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Say what comes next, and when."""
    file = _file(request, matter_id)
    matter = get_matter(matter_id, actor_of(request))
    form = NextStepForm(request.POST)
    done = submit(form, lambda given: set_next_step(matter, **given, stamp=stamp_of(request)))
    if done is None:
        return location_page(request, file, failed={"next": form})
    return go_on(request, reverse("location", args=[matter_id]), "The next step was saved.")


@takes_form()
def close(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Leave a location with its outcome, and the exit test as it stands."""
    file = _file(request, matter_id)
    row = queries.get_location(matter_id, actor_of(request))
    form = ExitForm(request.POST, outcomes=file.matter.outcomes)
    done = submit(form, lambda given: exit_location(row, **given, stamp=stamp_of(request)))
    if done is None:
        return location_page(request, file, failed={"close": form})
    watch = f" It is watched until {day_text(done.watch_until)}." if done.watch_until else ""
    said = f"The location was closed.{watch}"
    return go_on(request, reverse("location", args=[matter_id]), said)


def _file(request: HttpRequest, matter_id: int) -> LocationFile:
    return queries.location_file(matter_id, actor_of(request), at=stamp_of(request).at)


def _then(given: Mapping[str, str]) -> LocationsThen | None:
    at = as_of_given(given)
    return LocationsThen(at, filters.as_day(given.get("checked_from", ""))) if at else None


def _when(then: LocationsThen | None) -> str:
    if then is None:
        return ""
    since = then.checked_from
    checked = f" checked from {day_text(since)} on" if since else " open then"
    return checked + as_of_words(then.at)


def location_page(
    request: HttpRequest, file: LocationFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    """The page of a location, with what was not accepted of a form."""
    failed = failed or {}
    matter = file.matter
    today = timezone.localdate(stamp_of(request).at)
    started = {"next_on": matter.next_on, "next_step": matter.next_step}
    first_failed = next(iter(failed.values()), None)
    return page(
        request,
        "locations/file.html",
        title=matter.title,
        crumbs=(Crumb("Locations", "/locations/"), Crumb(matter.title)),
        status=first_failed.status if first_failed else 200,
        file=file,
        letters=letters_of(matter.id, actor_of(request)),
        matter=matter,
        evaluations=evaluations_of_location(matter.id, actor_of(request), on=today),
        failed=first_failed,
        when=from_today(matter.next_on, today),
        **plan_parts(file.plan, matter.kind, today),
        spell=file.spells[0] if file.spells else None,
        bars=monthly_bars(
            file.months,
            caption="Episodes that began here, month by month, and what was done",
            unit="episodes",
            expected=file.expected / 12 if file.expected is not None else None,
            marks=_marks(file),
            keys=MARKS,
        ),
        map=_map(file),
        behind=rows_address("requests", [("place_key", str(file.place_key))]),
        check_form=failed.get("check") or _check_form(file.checks, None, request),
        next_form=failed.get("next") or NextStepForm(initial=started),
        close_form=failed.get("close") or ExitForm(outcomes=matter.outcomes),
        reopen_form=failed.get("reopen") or ReopenForm(),
    )


def _map(file: LocationFile) -> Map | None:
    if file.latitude is None or file.longitude is None:
        return None
    label = file.matter.place_label or file.matter.title
    points = reverse("feed_location", args=[file.matter.id])
    return point_map(file.latitude, file.longitude, label, radius_m=file.radius_m, points=points)


def _marks(file: LocationFile) -> dict[str, list[str]]:
    """The letters under each month: entries, versions of the plan, checks, and exits."""
    days = [
        ("D" if spell.entry == "designated" else "R", timezone.localdate(spell.entered_at))
        for spell in file.spells
    ]
    days += [("P", version.adopted_on) for version in (file.plan.versions if file.plan else ())]
    days += [("C", timezone.localdate(row.seen_at)) for row in file.checks.rows]
    days += [("E", timezone.localdate(spell.left_at)) for spell in file.spells if spell.left_at]
    found: dict[str, list[str]] = {}
    for letter, day in days:
        found.setdefault(f"{day:%Y-%m}", []).append(letter)
    return found


def _check_form(
    checks: ChecksView, posted: HttpRequest | None, request: HttpRequest | None = None
) -> CheckForm:
    initial = {}
    if request is not None:
        initial["seen_at"] = timezone.localtime(stamp_of(request).at).replace(second=0)
    return CheckForm(
        posted.POST if posted is not None else None,
        initial=initial,
        findings=checks.findings,
        ratings=checks.ratings,
    )


def _tags(row: LocationRow) -> tuple[Tag, ...]:
    """Where a location stands: its part of the work, or how it goes on after its exit."""
    if row.state == "open":
        again = (state_tag(row.entry),) if row.times > 1 else ()
        return (Tag(row.part, "accent"), state_tag(row.stage), *again)
    until = f" until {day_text(row.watch_until)}" if row.standing == "on_watch" else ""
    tag = state_tag(row.standing)
    return (Tag(f"{tag.text}{until}", tag.tone),)


def _cells(row: LocationRow, today: Any) -> tuple[Cell, ...]:
    asks = [Tag(counted(row.asks_open, "open ask"))] if row.asks_open else []
    if row.asks_waiting:
        asks.append(Tag(f"{row.asks_waiting} waiting", "accent"))
    if row.asks_late:
        asks.append(Tag(f"{row.asks_late} late", "bad"))
    rating = f"{row.last_rating} of 4" if row.last_rating else "not yet"
    late = row.next_on is not None and row.next_on < today and row.state == "open"
    return (
        Cell(
            row.title,
            href=reverse("location", args=[row.matter_id]),
            sub=f"Ward {row.ward_code} · {row.owner_name}",
            tags=_tags(row),
            main=True,
        ),
        Cell(
            day_text(row.next_on) or "-",
            tags=(Tag("Overdue", "bad"),) if late else (),
            sub=row.next_step,
        )
        if row.state == "open"
        else Cell("-"),
        Cell("" if asks else "none", tags=tuple(asks)),
        Cell(rating, sub=day_text(row.last_seen_on)),
    )
