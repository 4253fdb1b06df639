"""Persistent locations: the list, one location's file, checks, next steps, the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.casework.queries import letters_of
from wardroom.fieldwork.actions import record_check
from wardroom.fieldwork.queries import ChecksView
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.actions import close_matter, set_next_step
from wardroom.matters.queries import get_matter
from wardroom.problems import queries
from wardroom.problems.queries import LocationFile, LocationRow, LocationsThen
from wardroom.problems.queries.evaluations import evaluations_of_location
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.locations.forms import CheckForm, CloseForm, NextStepForm
from wardroom.web.plans.showing import plan_parts
from wardroom.web.rows import AS_OF, as_of_given, as_of_words, rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.bars import monthly_bars
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.map import point_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, from_today, state_tag
from wardroom.web.wards import ward_choices

STATES = [("open", "Open"), ("closed", "Closed"), ("all", "All")]
COLUMNS = (
    Column("Location"),
    Column("Next"),
    Column("Asks"),
    Column("Last check"),
)
STAGES = (
    ("designated", "Designated"),
    ("planned", "Planned"),
    ("working", "Agencies at work"),
    ("checked", "Checked in the field"),
    ("closed", "Closed"),
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
    found = queries.location_page(
        actor,
        on=today,
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
        filters=filters.bar(request.GET, ward, state, keep=("checked_from", AS_OF)),
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
    return _page(request, queries.location_file(matter_id, actor_of(request)))


@takes_form()
def check(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Record a condition check."""
    file = queries.location_file(matter_id, actor_of(request))
    matter = get_matter(matter_id, actor_of(request))
    form = _check_form(file.checks, request)
    done = submit(form, lambda given: record_check(matter, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, file, failed={"check": form})
    return go_on(request, reverse("location", args=[matter_id]), "Your check was written down.")


@takes_form()
def next_step(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Say what comes next, and when."""
    file = queries.location_file(matter_id, actor_of(request))
    matter = get_matter(matter_id, actor_of(request))
    form = NextStepForm(request.POST)
    done = submit(form, lambda given: set_next_step(matter, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, file, failed={"next": form})
    return go_on(request, reverse("location", args=[matter_id]), "The next step was saved.")


@takes_form()
def close(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Close a location with its outcome."""
    file = queries.location_file(matter_id, actor_of(request))
    matter = get_matter(matter_id, actor_of(request))
    form = CloseForm(request.POST, outcomes=file.matter.outcomes)
    done = submit(form, lambda given: close_matter(matter, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, file, failed={"close": form})
    return go_on(request, reverse("location", args=[matter_id]), "The location was closed.")


def _then(given: Mapping[str, str]) -> LocationsThen | None:
    at = as_of_given(given)
    return LocationsThen(at, filters.as_day(given.get("checked_from", ""))) if at else None


def _when(then: LocationsThen | None) -> str:
    if then is None:
        return ""
    since = then.checked_from
    checked = f" checked from {day_text(since)} on" if since else " open then"
    return checked + as_of_words(then.at)


def _page(
    request: HttpRequest, file: LocationFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
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
        stages=_stages(file),
        **plan_parts(file.plan, matter.kind, today),
        bars=monthly_bars(
            file.months, caption="Episodes that began here, month by month", unit="episodes"
        ),
        map=point_map(file.latitude, file.longitude, matter.place_label or matter.title),
        behind=rows_address("requests", [("place_key", str(file.place_key))]),
        check_form=failed.get("check") or _check_form(file.checks, None, request),
        next_form=failed.get("next") or NextStepForm(initial=started),
        close_form=failed.get("close") or CloseForm(outcomes=matter.outcomes),
    )


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


def _stages(file: LocationFile) -> list[tuple[str, bool, bool]]:
    here = file.reached[-1]
    return [(text, name in file.reached, name == here) for name, text in STAGES]


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
            tags=(state_tag(row.stage),) if row.state == "open" else (state_tag("closed"),),
            main=True,
        ),
        Cell(
            day_text(row.next_on) or "-",
            tags=(Tag("Overdue", "bad"),) if late else (),
            sub=row.next_step,
        ),
        Cell("" if asks else "none", tags=tuple(asks)),
        Cell(rating, sub=day_text(row.last_seen_on)),
    )
