"""Endpoints: the list, adding one, one with its readings, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import kinds_of
from wardroom.service_requests import actions
from wardroom.service_requests.queries import (
    EndpointFile,
    drifts_counted,
    endpoint_file,
    endpoint_list,
    feeds_to_choose,
    get_endpoint,
    key_names,
    may_add_endpoint,
    submission_page,
)
from wardroom.service_requests.rules import MODES, READS_BY, EndpointDraft
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.endpoints import showing
from wardroom.web.endpoints.forms import EndpointForm
from wardroom.web.ui.forms import PlainForm
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import page_number, table
from wardroom.web.ui.words import counted

DATA = Crumb("Data", "/data/")
ENDPOINTS = Crumb("Endpoints", "/data/endpoints/")
MOVES: Mapping[str, Move] = {
    "hurry": Move(
        "hurry_endpoint",
        "Read it now",
        as_filled_in(actions.hurry_endpoint),
        "It is read within a minute.",
    ),
    "pause": Move(
        "pause_endpoint",
        "Let it rest",
        as_filled_in(actions.pause_endpoint),
        "It rests. Nothing is read from it or sent to it.",
    ),
    "resume": Move(
        "resume_endpoint",
        "Go on with it",
        as_filled_in(actions.resume_endpoint),
        "It is read from where the last reading ended.",
    ),
}


@require_safe
def endpoints(request: HttpRequest) -> HttpResponse:
    """The Open311 servers that are read and sent to."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    rows = endpoint_list(actor)
    return page(
        request,
        "endpoints/list.html",
        title="Endpoints",
        crumbs=(DATA, Crumb("Endpoints")),
        may_add=may_add_endpoint(actor),
        drifts=drifts_counted(actor),
        table=table(
            counted(len(rows), "endpoint"),
            showing.ENDPOINT_COLUMNS,
            [showing.endpoint_cells(row) for row in rows],
            empty="No other Open311 server is read or sent to. The director adds one.",
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def endpoint_new(request: HttpRequest) -> HttpResponse:
    """Add an endpoint; the director does."""
    actor, stamp = actor_of(request), stamp_of(request)
    if not may_add_endpoint(actor):
        raise NotAllowed
    form = EndpointForm(posted(request), feeds=feeds_to_choose(), keys=key_names())
    return new_page(
        request,
        "endpoints/new.html",
        form,
        lambda given: actions.add_endpoint(None, draft=_draft(given), stamp=stamp),
        leads_to=lambda made: (
            reverse("endpoint", args=[made.pk]),
            "It was added. The worker reads it within a minute.",
        ),
        title="Add an endpoint",
        crumbs=(DATA, ENDPOINTS, Crumb("Add one")),
        button="Add it",
    )


@require_safe
def endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """One endpoint: how far it was read, what went wrong, and what was sent to it."""
    return _page(request, endpoint_id)


@require_http_methods(["GET", "HEAD", "POST"])
def endpoint_edit(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Correct what is set for an endpoint."""
    actor, stamp = actor_of(request), stamp_of(request)
    file = endpoint_file(endpoint_id, actor)
    if "correct_endpoint" not in file.allowed:
        raise NotAllowed
    row = get_endpoint(endpoint_id, actor)
    form = EndpointForm(
        posted(request), initial=_initial(file), feeds=(), keys=key_names(), is_new=False
    )
    return new_page(
        request,
        "endpoints/new.html",
        form,
        lambda given: actions.correct_endpoint(row, draft=_draft(given, file), stamp=stamp),
        leads_to=lambda made: (reverse("endpoint", args=[made.pk]), "Saved."),
        title=f"Correct {file.row.name}",
        crumbs=(DATA, ENDPOINTS, Crumb(file.row.name, reverse("endpoint", args=[endpoint_id])),
                Crumb("Correct it")),
        button="Save",
    )  # fmt: skip


@takes_move(MOVES)
def endpoint_move(request: HttpRequest, endpoint_id: int, verb: str) -> HttpResponse:
    """Have it read now, let it rest, or go on with it."""
    return make(
        request,
        MOVES[verb],
        get_endpoint(endpoint_id, actor_of(request)),
        PlainForm(request.POST),
        address=reverse("endpoint", args=[endpoint_id]),
        again=lambda form: _page(request, endpoint_id, failed={verb: form}),
    )


def _page(request: HttpRequest, endpoint_id: int, *, failed: Failed | None = None) -> HttpResponse:
    actor, state = actor_of(request), request.GET
    file = endpoint_file(endpoint_id, actor)
    sent = submission_page(actor, endpoint=endpoint_id, page=page_number(state))
    matters = {row.matter_id for row in sent.rows}
    kinds = kinds_of(actor, matters) if matters else {}
    return page(
        request,
        "endpoints/file.html",
        title=file.row.name,
        crumbs=(DATA, ENDPOINTS, Crumb(file.row.name)),
        file=file,
        row=file.row,
        mode=MODES[file.row.mode],
        reads_by=READS_BY[file.reads_by],
        window=showing.span_words(file.window),
        skew=showing.span_words(file.skew),
        is_behind=file.skew.total_seconds() < 0,
        runs=showing.run_table(file.runs) if file.row.mode != "submit" else None,
        table=showing.submission_table(sent, state, kinds) if file.row.mode != "mirror" else None,
        services=showing.service_table(file.services),
        **offers(MOVES, file.allowed, failed),
    )


def _draft(given: dict[str, Any], file: EndpointFile | None = None) -> EndpointDraft:
    return EndpointDraft(
        code=file.row.code if file else given["code"],
        name=given["endpoint_name"],
        url=given["url"].strip(),
        mode=given["mode"],
        format=given["format"],
        jurisdiction=given["jurisdiction"],
        key_name=given["key_name"],
        feed_code=file.feed_code if file else given["feed_code"],
        own_codes=given["own_codes"] == "yes",
        keeps_repeats=given["keeps_repeats"] == "yes",
        minutes=given["minutes"],
        since_on=given["since_on"],
    )


def _initial(file: EndpointFile) -> dict[str, Any]:
    return {
        "endpoint_name": file.row.name,
        "url": file.row.url,
        "mode": file.row.mode,
        "format": file.format,
        "jurisdiction": file.jurisdiction,
        "key_name": file.key_name,
        "own_codes": "yes" if file.own_codes else "no",
        "keeps_repeats": "yes" if file.keeps_repeats else "no",
        "minutes": file.minutes,
        "since_on": file.since_on,
    }
