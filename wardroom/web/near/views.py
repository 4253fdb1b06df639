"""The neighborhood as everybody may read it: the city, an area, a location, a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from wardroom.api.limits import few_enough
from wardroom.city.queries import AreaRow, area_row, boundary_notes, districts
from wardroom.city.rules import ward_of_area
from wardroom.engagement.queries.near import (
    NearEvent,
    area_at,
    events_at,
    events_near,
    promises_near,
    wards_near,
)
from wardroom.engagement.rules.subscriptions import DISTRICTS
from wardroom.kernel.errors import NotFound
from wardroom.problems.queries.near import (
    NearLocation,
    location_near,
    locations_at,
    locations_near,
)
from wardroom.reporting.queries.near import figures_near
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.everybody import for_everybody, public_frame
from wardroom.web.near.data import graph
from wardroom.web.near.drawing import area_map, city_map, place_map, seen_plot
from wardroom.web.near.showing import Showing
from wardroom.web.tongues import TongueForm, read_in
from wardroom.web.ui.forms import SLOW_DOWN, submit
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import page_number

HOURLY = 60


class WhereForm(TongueForm):
    """An address, to be led to the page of its district. It is kept nowhere."""

    where = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].label, self.fields["where"].help_text = label, hint

    def said(self) -> dict[str, str]:
        """What is wrong with an address."""
        return {"unknown_place": self.tongue.pages.unknown_place}


@for_everybody
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The whole city: where to look, what the office works on, what is promised and announced."""
    return _front(request, _form(request))


@csrf_exempt
@login_not_required
@takes_form()
def find(request: HttpRequest) -> HttpResponse:
    """Lead from an address to its district; it changes nothing and keeps nothing."""
    form = _form(request, request.POST)
    if not few_enough(request, "near_found", HOURLY):
        form.add_error(None, form.tongue.join.slow_down)
        form.status = SLOW_DOWN
        return _front(request, form)
    found = submit(form, lambda given: area_at(given["where"], on=today_of(request)))
    if found is None:
        return _front(request, form)
    return HttpResponseRedirect(f"{reverse('near')}{found}/{_showing(request).keep}")


@for_everybody
@require_safe
def area(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """A ward, an ANC or an SMD."""
    if kind not in DISTRICTS:
        raise NotFound(f"no kind of area {kind}")
    row, show = area_row(kind, code, on=today_of(request)), _showing(request)
    wards, now = wards_near(row), stamp_of(request).at
    found = locations_near(
        actor_of(request),
        on=today_of(request),
        district_id=row.district_id,
        page=page_number(request.GET),
    )
    name = show.area_name(kind, row.code)
    events = events_near(actor_of(request), wards, now=now)
    return page(
        request,
        "near/area.html",
        title=name,
        crumbs=_crumbs(show, row),
        **_common(request, show, ward_of_area(row.code)),
        name=name,
        mapped=area_map(show, kind, row.code),
        pages=_pages(request, found.page, found.pages),
        places=show.places(found.rows, found.total),
        promises=show.promises(promises_near(actor_of(request), wards)),
        events=show.events(events),
        inside=_inside(request, show, row),
        inside_title=show.words.inside.format(area=name),
        news=show.words.news.format(area=name),
        follow=show.words.feed.format(area=name),
        feed=reverse("feed_news_of", args=[kind, row.code]),
        data=graph(events, area=row.label),
    )


@for_everybody
@require_safe
def location(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One persistent location: its text, its plan, and what was seen."""
    found = location_near(matter_id, actor_of(request), on=today_of(request))
    return _place(request, found.label, (found,), here=found.place_id)


@for_everybody
@require_safe
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """A place with something public, and what is announced there; one without is not there."""
    actor, today = actor_of(request), today_of(request)
    found = locations_at(place_id, actor, on=today)
    wards = [ward.code for ward in districts("ward", today)]
    events = events_at(actor, place_id, wards, now=stamp_of(request).at)
    if not found and not events:
        raise NotFound(f"nothing public of place {place_id}")
    title = found[0].label if found else events[0].where
    return _place(request, title, found, events)


def _place(
    request: HttpRequest,
    title: str,
    found: tuple[NearLocation, ...],
    events: tuple[NearEvent, ...] = (),
    here: int | None = None,
) -> HttpResponse:
    show = _showing(request)
    shown = [
        {
            "row": row,
            "since": show.since(row),
            "approved": show.words.places.approved.format(
                day=show.tongue.day(timezone.localdate(row.approved_at))
            ),
            "plan": show.plan(row.steps),
            "also": show.words.places.also.format(agencies=", ".join(row.others)),
            "seen": seen_plot(show, row.looks),
            "looks": [show.looked(seen) for seen in row.looks],
        }
        for row in found
    ]
    codes = found[0].codes if found else {}
    lies_in = [
        (show.area_name(kind, codes[kind]), show.to("near_area", kind, codes[kind]))
        for kind in ("ward", "anc", "smd")
        if kind in codes
    ]
    return page(
        request,
        "near/place.html",
        title=title,
        crumbs=(
            Crumb(show.words.title, show.to("near")),
            *(Crumb(text, href) for text, href in lies_in[:1]),
            Crumb(title),
        ),
        tongue=show.tongue,
        show=show,
        words=show.words,
        shown=shown,
        mapped=place_map(show, found[0]) if found else None,
        lies_in=lies_in,
        events=show.events(events) if events else None,
        here=show.to("near_place", here) if here is not None else "",
        data=graph(events),
    )


def _front(request: HttpRequest, form: WhereForm) -> HttpResponse:
    show, now = _showing(request), stamp_of(request).at
    found = locations_near(actor_of(request), on=today_of(request), page=page_number(request.GET))
    wards = districts("ward", today_of(request))
    codes = [ward.code for ward in wards]
    events = events_near(actor_of(request), codes, now=now)
    return page(
        request,
        "near/front.html",
        title=show.words.title,
        status=form.status,
        **_common(request, show, ""),
        name=show.tongue.city,
        form=form,
        mapped=city_map(show),
        wards=[(show.area_name("ward", c), show.to("near_area", "ward", c)) for c in codes],
        pages=_pages(request, found.page, found.pages),
        places=show.places(found.rows, found.total),
        promises=show.promises(promises_near(actor_of(request), codes)),
        events=show.events(events),
        feed=reverse("feed_news"),
        data=graph(events),
    )


def _common(request: HttpRequest, show: Showing, ward: str) -> dict[str, Any]:
    """The words, and the figures of a ward or the city."""
    words, day = show.words, show.tongue.day
    figures = figures_near(actor_of(request), ward)
    where = show.area_name("ward", ward) if ward else show.tongue.city
    notes = {note.kind: note for note in boundary_notes(today_of(request))}
    drawn = notes.get("ward")
    as_of = ""
    if figures is not None:
        as_of = words.figures.as_of.format(
            day=day(timezone.localdate(figures.data_as_of)), since=day(figures.since_on)
        )
    return {
        "tongue": show.tongue,
        "show": show,
        "words": words,
        "figures": show.figures(figures) if figures else (),
        "figures_title": words.figures.title.format(area=where),
        "as_of": as_of,
        "drawn": words.boundaries.format(day=day(drawn.valid_from)) if drawn else "",
    }


def _inside(request: HttpRequest, show: Showing, row: AreaRow) -> list[tuple[str, str]]:
    """The smaller districts of an area, by their codes."""
    smaller = {"ward": "anc", "anc": "smd"}.get(row.kind)
    if smaller is None:
        return []
    found = [d.code for d in districts(smaller, today_of(request)) if _lies_in(d.code, row)]
    return [(show.area_name(smaller, c), show.to("near_area", smaller, c)) for c in found]


def _lies_in(code: str, row: AreaRow) -> bool:
    """Whether a district lies in a larger one, as the codes say: 5C07 in 5C, 3/4G in 3 and 4."""
    if row.kind == "anc":
        return code.startswith(row.code)
    return row.code in code.rstrip("ABCDEFGHIJ").split("/")


def _crumbs(show: Showing, row: AreaRow) -> tuple[Crumb, ...]:
    above = [Crumb(show.words.title, show.to("near"))]
    ward = ward_of_area(row.code)
    if row.kind != "ward":
        above.append(Crumb(show.area_name("ward", ward), show.to("near_area", "ward", ward)))
    if row.kind == "smd":
        anc = row.code[:-2]
        above.append(Crumb(show.area_name("anc", anc), show.to("near_area", "anc", anc)))
    return (*above, Crumb(show.area_name(row.kind, row.code)))


def _pages(request: HttpRequest, number: int, pages: int) -> list[tuple[int, str]]:
    """The pages of a long list; the one that is open leads nowhere."""
    query = request.GET.copy()
    found = []
    for one in range(1, pages + 1) if pages > 1 else ():
        query["page"] = str(one)
        found.append((one, "" if one == number else f"?{query.urlencode()}"))
    return found


def _form(request: HttpRequest, sent: Any = None) -> WhereForm:
    show = _showing(request)
    words = show.words
    return WhereForm(sent, tongue=show.tongue, label=words.address, hint=words.address_help)


def _showing(request: HttpRequest) -> Showing:
    tongue = read_in(request)
    return Showing(tongue, public_frame(request, tongue).keep, today_of(request))
