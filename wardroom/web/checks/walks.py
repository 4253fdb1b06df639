"""Going and looking: a walk of a round, one stop of it, and a walk past what a ward has open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.fieldwork.actions import correct_spot_check, record_spot_check, settle_dispute
from wardroom.fieldwork.queries import (
    StopFile,
    get_disputed,
    get_spot_check,
    get_stop,
    stop_file,
    walk_view,
)
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.web.checks import showing
from wardroom.web.checks.forms import SettleDisputeForm, StopForm, settlement_of
from wardroom.web.checks.views import crumbs
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.rows import matter_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.map import walk_map
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import counted
from wardroom.web.wards import ward_choices

DUE = [("all", "All that is open"), ("due", "Due today or before")]


@require_safe
def round_walk(request: HttpRequest, round_id: int, walk: int) -> HttpResponse:
    """One walk of a round: its stops in order, the way between them, and the map."""
    view = walk_view(round_id, walk, actor_of(request))
    return page(
        request,
        "checks/walk.html",
        title=f"Ward {view.ward_code}, walk {walk}",
        crumbs=crumbs(Crumb("Round", reverse("round", args=[round_id])), Crumb(f"Walk {walk}")),
        view=view,
        stops=[(stop, showing.distance(stop.leg), showing.about(stop)) for stop in view.stops],
        far=showing.distance(view.metres),
        map=walk_map(reverse("feed_round_walk", args=[round_id, walk])),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def round_stop(request: HttpRequest, round_id: int, stop_id: int) -> HttpResponse:
    """One stop: what was reported where, and the buttons for what is found there."""
    actor = actor_of(request)
    file = stop_file(stop_id, actor)
    if file.walk.round_id != round_id:
        raise NotFound(f"no stop {stop_id} in this round")
    if request.method != "POST":
        return _stop_page(request, file, _form(file))
    form = StopForm(request.POST, ratings=file.ratings)
    if submit(form, lambda given: _record(request, file, given)) is None:
        return _stop_page(request, file, form)
    label = dict(file.findings)[form.cleaned_data["finding"]]
    said = f"Stop {file.stop.position}: {label}. It is written down."
    return go_on(request, _way_on(file), said)


@takes_form(steps_up=1)
def settle(request: HttpRequest, round_id: int, stop_id: int) -> HttpResponse:
    """Answer an agency that disputes what was found at a stop."""
    actor = actor_of(request)
    file = stop_file(stop_id, actor)
    dispute = get_disputed(stop_id, actor)
    if file.walk.round_id != round_id:
        raise NotFound(f"no stop {stop_id} in this round")
    form = _settle_form(file, request.POST)
    done = submit(
        form, lambda given: settle_dispute(dispute, **settlement_of(given), stamp=stamp_of(request))
    )
    if done is None:
        return _stop_page(request, file, _form(file), form)
    said = "It is settled. The agency reads the answer."
    return go_on(request, reverse("round_stop", args=[round_id, stop_id]), said)


@require_safe
def walk(request: HttpRequest) -> HttpResponse:
    """Walk my ward: what is open there and waits for a look, in the order of a walk."""
    from wardroom.fieldwork.gateways.walking import places_in_order

    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    due = filters.choice(request.GET, "due", "Which", DUE, default="all")
    found = places_in_order(
        actor, on=today_of(request), ward=ward.value or None, due=due.value == "due"
    )
    return page(
        request,
        "checks/places.html",
        title="Walk my ward",
        crumbs=crumbs(Crumb("Walk my ward")),
        filters=filters.bar(request.GET, ward, due),
        found=found,
        left=found.total - len(found.stops),
        stops=[
            (stop, matter_address(stop.kind, stop.matter_id), showing.distance(stop.leg))
            for stop in found.stops
        ],
        caption=counted(len(found.stops), "stop"),
        far=showing.distance(found.metres),
        map=walk_map(f"{reverse('feed_walk')}?{request.GET.urlencode()}", ward=ward.value),
    )


def _record(request: HttpRequest, file: StopFile, given: dict[str, Any]) -> bool:
    """Record what was found, or correct what the same person recorded; the same again is it."""
    stamp, check = stamp_of(request), file.stop.check
    if check is None or not check.is_own:
        record_spot_check(get_stop(file.stop.id, stamp.actor), **given, stamp=stamp)
        return True
    before = {"finding": check.finding, "rating": check.rating, "note": check.note}
    if before != given:
        correct_spot_check(get_spot_check(check.id, stamp.actor), **given, stamp=stamp)
    return True


def _form(file: StopFile) -> StopForm:
    check = file.stop.check
    initial = {"rating": check.rating, "note": check.note} if check and check.is_own else {}
    return StopForm(initial=initial, ratings=file.ratings)


def _settle_form(file: StopFile, data: Any = None) -> SettleDisputeForm:
    found = file.stop.dispute.found_label if file.stop.dispute else ""
    return SettleDisputeForm(data, found=found, better=file.better)


def _way_on(file: StopFile) -> str:
    """The next stop of the walk that nobody looked at, or the walk itself."""
    if file.next_id is not None:
        return reverse("round_stop", args=[file.walk.round_id, file.next_id])
    return reverse("round_walk", args=[file.walk.round_id, file.walk.walk])


def _stop_page(
    request: HttpRequest, file: StopFile, form: StopForm, settling: SettleDisputeForm | None = None
) -> HttpResponse:
    stop, view = file.stop, file.walk
    settling = settling or _settle_form(file)
    bad = stop.check is not None and stop.check.finding in {"partly", "not_fixed"}
    words, href = showing.next_step(stop) if bad else ("", "")
    walk_href = reverse("round_walk", args=[view.round_id, view.walk])
    return page(
        request,
        "checks/stop.html",
        title=f"Stop {stop.position} of {len(view.stops)}",
        crumbs=crumbs(
            Crumb("Round", reverse("round", args=[view.round_id])),
            Crumb(f"Walk {view.walk}", walk_href),
            Crumb(f"Stop {stop.position}"),
        ),
        status=settling.status if settling.is_bound else form.status,
        form=form,
        settling=settling,
        state=showing.DISPUTES[stop.dispute.state] if stop.dispute else None,
        file=file,
        stop=stop,
        view=view,
        walk_href=walk_href,
        leg=showing.distance(stop.leg),
        next_words=words,
        next_href=href,
        way_on=_way_on(file),
    )
