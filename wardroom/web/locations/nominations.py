"""Places that somebody nominates: the list, a new one, one with its test, and the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.city.actions import add_place
from wardroom.city.queries import get_place, place_row
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.library.queries import topics
from wardroom.problems import actions, queries
from wardroom.problems.queries import NominationFile, NominationRow
from wardroom.web.candidates.forms import SAID, STATES, DecideForm
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.issues.details import AS_TYPED, spots_for
from wardroom.web.locations.file_forms import NominateForm
from wardroom.web.rows import number_meant, rows_address, takes_in
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.map import point_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag
from wardroom.web.wards import ward_choices

COLUMNS = (Column("Place"), Column("Put forward by"), Column("Why"), Column("Entry test"))


@require_safe
def nomination_list(request: HttpRequest) -> HttpResponse:
    """The places that somebody put forward, the newest first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    state = filters.choice(request.GET, "state", "State", STATES, default="undecided")
    found = queries.nomination_page(
        actor,
        on=today_of(request),
        ward=ward.value or None,
        state=state.value,
        page=page_number(request.GET),
    )
    return page(
        request,
        "locations/nominations.html",
        title="Nominations",
        crumbs=(Crumb("Locations", "/locations/"), Crumb("Nominations")),
        filters=filters.bar(request.GET, ward, state),
        may_nominate=takes_in(actor),
        table=table(
            counted(found.total, "nomination"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="No nomination fits these filters.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest) -> HttpResponse:
    """Put a place forward; a place that is typed is chosen from those that were found."""
    actor = actor_of(request)
    if not takes_in(actor):
        raise NotAllowed
    if request.method != "POST" or "look" in request.POST:
        given = request.POST if request.method == "POST" else request.GET
        typed = {k: str(v) for k, v in given.items() if k in NominateForm.base_fields}
        return _form_page(request, _form(request, typed=_started(request, typed)))
    form = _form(request, data=request.POST)

    def act(given: dict[str, Any]) -> Any:
        words = {k: given[k] for k in ("source", "nominated_by", "topic_code", "reason")}
        place = _place(request, given)
        voted = given["voted_on"]
        return actions.nominate_place(place, **words, voted_on=voted, stamp=stamp_of(request))

    made = submit(form, act)
    if made is None:
        return _form_page(request, form)
    return go_on(request, reverse("nomination", args=[made.pk]), "The nomination was written down.")


@require_safe
def nomination(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """One nomination: who, why, how the entry test stood, and the decision."""
    file = queries.nomination_file(nomination_id, actor_of(request), on=today_of(request))
    return _page(request, file, DecideForm())


@takes_form()
def decide(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Watch, refuse or designate."""
    actor = actor_of(request)
    row = queries.get_nomination(nomination_id, actor)
    form = DecideForm(request.POST)
    done = submit(
        form, lambda given: actions.decide_nomination(row, **given, stamp=stamp_of(request))
    )
    file = queries.nomination_file(nomination_id, actor, on=today_of(request))
    if done is None:
        return _page(request, file, form)
    verdict = form.cleaned_data["verdict"]
    if verdict == "designate" and file.matter_id is not None:
        return go_on(request, reverse("location", args=[file.matter_id]), SAID[verdict])
    return go_on(request, reverse("nomination", args=[nomination_id]), SAID[verdict])


def _page(request: HttpRequest, file: NominationFile, form: DecideForm) -> HttpResponse:
    row = file.row
    drawn = None
    if file.latitude is not None and file.longitude is not None:
        drawn = point_map(file.latitude, file.longitude, row.label, radius_m=file.radius_m)
    return page(
        request,
        "locations/nomination.html",
        title=row.label,
        crumbs=(
            Crumb("Locations", "/locations/"),
            Crumb("Nominations", reverse("nominations")),
            Crumb(row.label),
        ),
        status=form.status,
        file=file,
        row=row,
        form=form,
        behind=rows_address("requests", [("place_key", str(file.place_key))]),
        map=drawn,
        may_decide="decide_nomination" in file.allowed,
    )


def _cells(row: NominationRow) -> tuple[Cell, ...]:
    voted = f", voted {day_text(row.voted_on)}" if row.voted_on else ""
    test = Tag("Met", "good") if row.test.met else Tag("Not met", "warn")
    return (
        Cell(
            row.label,
            href=reverse("nomination", args=[row.id]),
            sub=f"Ward {row.ward_code} · {', '.join(row.topics)}" if row.ward_code else "",
            tags=(state_tag(row.state),),
            main=True,
        ),
        Cell(row.nominated_by, sub=f"{row.source_label}{voted}"),
        Cell(row.reason),
        Cell(tags=(test,)),
    )


def _started(request: HttpRequest, typed: dict[str, str]) -> dict[str, str]:
    """A form that was opened from a place begins with that place."""
    number = number_meant(typed.get("spot", "").removeprefix("id:"))
    if number is None or typed.get("place_text"):
        return typed
    row = place_row(actor_of(request), number, on=today_of(request))
    return {**typed, "place_text": row.label} if row else typed


def _form(
    request: HttpRequest, *, data: Any = None, typed: dict[str, str] | None = None
) -> NominateForm:
    sought = (data or typed or {}).get("place_text", "").strip()[:200]
    spots = spots_for(request, sought) if sought else ()
    return NominateForm(
        data,
        initial=typed or {},
        topics=[(t.code, t.name) for t in topics() if not t.routine],
        spots=spots,
    )


def _form_page(request: HttpRequest, form: NominateForm) -> HttpResponse:
    return page(
        request,
        "locations/nominate.html",
        title="Nominate a place",
        crumbs=(
            Crumb("Locations", "/locations/"),
            Crumb("Nominations", reverse("nominations")),
            Crumb("New"),
        ),
        status=form.status,
        form=form,
    )


def _place(request: HttpRequest, given: dict[str, Any]) -> Any:
    """The place that was chosen; one that is new is noted."""
    spot, stamp = given["spot"], stamp_of(request)
    if spot == AS_TYPED:
        return add_place(None, text=given["place_text"], stamp=stamp)
    kind, _, rest = spot.partition(":")
    if kind == "id":
        try:
            return get_place(number_meant(rest) or 0, actor_of(request))
        except NotFound:
            raise Refused("no_such_place", "Choose the place again.", field="spot") from None
    point, _, label = rest.partition("|")
    latitude, longitude = (float(part) for part in point.split(","))
    return add_place(None, text=label, latitude=latitude, longitude=longitude, stamp=stamp)
