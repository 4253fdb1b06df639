"""Walks at the desk: the list, drawing one, its page, its end, and its ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localtime, make_aware
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.fieldwork.actions import (
    draw_walk,
    end_walk,
    settle_stop,
    take_walk,
    withhold_photo,
)
from wardroom.fieldwork.queries import (
    WalkFile,
    get_walk,
    get_walk_line,
    get_walk_photo,
    get_walk_stop,
    walk_file,
    walk_ledger,
    walk_list,
)
from wardroom.fieldwork.rules import USUAL_RANDOM, USUAL_STOPS
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.library.queries import topics
from wardroom.web.checks.showing import distance
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.rows import matter_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import PlainForm, submit
from wardroom.web.ui.map import walk_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import page_number, paging, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.walks import showing
from wardroom.web.walks.forms import EndForm, RouteForm, SettleForm, WalkForm
from wardroom.web.wards import my_wards, ward_choices

FORTNIGHT = timedelta(days=14)
USUAL_HOUR = time(10)
EMPTY = (
    "No walk has been drawn here. A walk passes what is open, what is due for another look, what"
    " agencies call done, and a few random stops."
)


@require_safe
def walks(request: HttpRequest) -> HttpResponse:
    """The walks of the wards that somebody sees."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    state = filters.choice(request.GET, "state", "State", showing.STATES, default="all")
    found = walk_list(
        actor, ward=ward.value or None, standing=state.value, page=page_number(request.GET)
    )
    return page(
        request,
        "walks/list.html",
        title="Walks",
        crumbs=(Crumb("Locations", "/locations/"), Crumb("Walks")),
        filters=filters.bar(request.GET, ward, state),
        allowed=found.allowed,
        table=table(
            counted(found.total, "walk"),
            showing.COLUMNS,
            [showing.row_cells(row) for row in found.rows],
            empty=EMPTY,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def walk_new(request: HttpRequest) -> HttpResponse:
    """See what the house proposes, drop or add stops, and write the walk down."""
    if "draw_walk" not in walk_list(actor_of(request)).allowed:
        raise NotAllowed
    route = _route(request)
    if request.method != "POST":
        usual = {"title": _usual_title(route), "starts": _usual_hour(request, route)}
        return _new(request, route, WalkForm(initial=usual), None)
    refs, form = request.POST.getlist("row")[:200], WalkForm(request.POST)
    made = submit(form, lambda given: _draw(request, route, refs, given))
    if made is None:
        return _new(request, route, form, refs)
    said = "The walk is written down. Take it on your phone, or print it."
    return go_on(request, reverse("outing", args=[made.pk]), said)


def _usual_hour(request: HttpRequest, route: RouteForm) -> time:
    """Ten in the morning, or the next full hour where that is over today."""
    now = localtime(stamp_of(request).at)
    if not route.is_valid() or route.cleaned_data["on"] != now.date() or now.time() < USUAL_HOUR:
        return USUAL_HOUR
    return time(min(now.hour + 1, 23))


@require_safe
def outing(request: HttpRequest, walk_id: int) -> HttpResponse:
    """One walk: its stops and their map, what came in, and what waits for a person."""
    return _page(request, walk_id)


@takes_form()
def take(request: HttpRequest, walk_id: int) -> HttpResponse:
    """Take a walk along on this phone."""
    walk, form = get_walk(walk_id, actor_of(request)), PlainForm(request.POST)
    if submit(form, lambda _: take_walk(walk, stamp=stamp_of(request))) is None:
        return _page(request, walk_id, plain=form)
    return HttpResponseRedirect(reverse("walk_go", args=[walk_id]))


@takes_form(steps_up=3)
def settle(request: HttpRequest, walk_id: int, stop_id: int) -> HttpResponse:
    """Settle what counts at a stop of which people said different things."""
    actor = actor_of(request)
    file = walk_file(walk_id, actor)
    stop = get_walk_stop(walk_id, stop_id, actor)
    form = _settle_form(next(row for row in file.stops if row.id == stop_id), request.POST)

    def act(given: dict[str, Any]) -> Any:
        line = get_walk_line(given["line"], actor)
        return settle_stop(stop, line=line, reason=given["reason"], stamp=stamp_of(request))

    if submit(form, act) is None:
        return _page(request, walk_id, settling=(stop_id, form))
    return go_on(request, f"{reverse('outing', args=[walk_id])}#stop-{stop_id}", "It is settled.")


@takes_form(steps_up=3)
def withhold(request: HttpRequest, walk_id: int, photo_id: int) -> HttpResponse:
    """Leave a photograph out of the ledger, or put it back."""
    photo, form = get_walk_photo(walk_id, photo_id, actor_of(request)), PlainForm(request.POST)
    out = not photo.withheld
    if submit(form, lambda _: withhold_photo(photo, withheld=out, stamp=stamp_of(request))) is None:
        return _page(request, walk_id, plain=form)
    said = "Left out of the ledger." if out else "Put back into the ledger."
    return go_on(request, reverse("outing", args=[walk_id]), said)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, walk_id: int) -> HttpResponse:
    """End a walk: who came, and what is asked again."""
    file = walk_file(walk_id, actor_of(request))
    if request.method != "POST":
        form = EndForm(initial={"due_on": today_of(request) + FORTNIGHT})
        return _end(request, file, form, [row.ask_id for row in file.again])
    walk = get_walk(walk_id, actor_of(request))
    form = EndForm(request.POST)
    again = [int(n) for n in request.POST.getlist("again") if n.isascii() and n.isdigit()][:200]
    if submit(form, lambda given: end_walk(walk, **given, again=again, stamp=stamp_of(request))):
        return go_on(request, reverse("walk_ledger", args=[walk_id]), "The walk is over.")
    return _end(request, file, form, again)


@require_safe
def ledger(request: HttpRequest, walk_id: int) -> HttpResponse:
    """The ledger of a walk for those who came, to be printed."""
    found = walk_ledger(walk_id, actor_of(request))
    named = {topic.code: topic.name for topic in topics()}
    return page(
        request,
        "walks/ledger.html",
        title=f"Ledger of the walk: {found.title}",
        crumbs=_crumbs(Crumb(found.title, reverse("outing", args=[walk_id])), Crumb("Ledger")),
        ledger=found,
        findings=[(row, named.get(row.about, row.about)) for row in found.findings],
    )


def _crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    return (Crumb("Walks", reverse("outings")), *more)


def _route(request: HttpRequest) -> RouteForm:
    """Where and when, from the address or from what the page carried along."""
    wards = my_wards(request)
    given = request.POST if request.method == "POST" else request.GET
    usual = {
        "ward": wards[0][0] if wards else "",
        "on": today_of(request),
        "stops": USUAL_STOPS,
        "random": USUAL_RANDOM,
        "start": "",
    }
    sent = {**usual, **{name: given[name] for name in usual if name in given}}
    start = str(sent["start"])
    known = [(int(start), start)] if start.isascii() and start.isdigit() and len(start) < 18 else []
    return RouteForm(sent, wards=wards, starts=known)


def _usual_title(route: RouteForm) -> str:
    if not route.is_valid():
        return ""
    given = route.cleaned_data
    return f"Ward {given['ward']}, {day_text(given['on'])}"


def _proposal(request: HttpRequest, route: RouteForm) -> Any:
    from wardroom.fieldwork.gateways.routing import WalkWanted, propose_walk

    given = route.cleaned_data
    wanted = WalkWanted(given["ward"], given["on"], given["stops"], given["random"], given["start"])
    return propose_walk(wanted, actor_of(request))


def _draw(request: HttpRequest, route: RouteForm, refs: Collection[str], given: Any) -> Any:
    from wardroom.fieldwork.gateways.routing import draft_of

    if not route.is_valid():
        raise NotFound("no such route")
    on, starts = route.cleaned_data["on"], given["starts"]
    draft = draft_of(
        _proposal(request, route),
        refs,
        title=given["title"],
        starts_at=make_aware(datetime.combine(on, starts)),
        meet_at=given["meet_at"],
    )
    return draw_walk(draft, stamp=stamp_of(request))


def _new(
    request: HttpRequest, route: RouteForm, form: WalkForm, chosen: Collection[str] | None
) -> HttpResponse:
    found = _proposal(request, route) if route.is_valid() else None
    status = form.status if route.is_valid() else 422
    if found is not None:
        route.fields["start"].choices = [  # type: ignore[attr-defined]
            ("", "Where most waits for a look"), *found.starts,
        ]  # fmt: skip
    offered = found.offered if found is not None else ()
    return page(
        request,
        "walks/new.html",
        title="Draw a walk",
        crumbs=_crumbs(Crumb("Draw a walk")),
        status=status,
        route=route,
        form=form,
        found=found,
        table=showing.offer_table(offered, chosen) if found is not None else None,
    )


def _settle_form(stop: Any, data: Any = None) -> SettleForm:
    standing = [line for line in stop.lines if not line.corrected and line.state != "early"]
    choices = [(line.id, f"{line.observer_name}: {line.label}") for line in standing]
    return SettleForm(data, lines=choices, auto_id=f"settle_{stop.id}_%s")


def _page(
    request: HttpRequest,
    walk_id: int,
    *,
    plain: PlainForm | None = None,
    settling: tuple[int, SettleForm] | None = None,
) -> HttpResponse:
    file = walk_file(walk_id, actor_of(request))
    failed = settling[1] if settling is not None else plain
    forms = {s.id: _settle_form(s) for s in file.stops if "settle_stop" in s.allowed}
    if settling is not None:
        forms[settling[0]] = settling[1]
    return page(
        request,
        "walks/file.html",
        title=file.row.title,
        crumbs=_crumbs(Crumb(file.row.title)),
        status=failed.status if failed is not None else 200,
        failed=failed,
        file=file,
        row=file.row,
        standing=showing.STANDINGS[file.row.standing],
        stops=[_shown(stop, forms.get(stop.id)) for stop in file.stops],
        far=distance(file.metres),
        topics={topic.code: topic.name for topic in topics()},
        map=walk_map(reverse("feed_walk_route", args=[walk_id])),
    )


def _shown(stop: Any, form: SettleForm | None) -> dict[str, Any]:
    href = matter_address(stop.matter_kind, stop.matter_id) if stop.matter_id else ""
    return {"stop": stop, "href": href, "form": form, "leg": distance(stop.leg)}


def _end(request: HttpRequest, file: WalkFile, form: EndForm, again: list[int]) -> HttpResponse:
    if "end_walk" not in file.allowed and not form.errors:
        raise NotAllowed("This walk is over, or nothing has come in from it yet.")
    return page(
        request,
        "walks/end.html",
        title="End the walk",
        crumbs=_crumbs(Crumb(file.row.title, reverse("outing", args=[file.row.id])), Crumb("End")),
        status=form.status,
        form=form,
        file=file,
        again=[(row, row.ask_id in again) for row in file.again],
        conflicts=[stop for stop in file.stops if stop.conflict],
        troubles=[line for stop in file.stops for line in stop.troubles],
    )
