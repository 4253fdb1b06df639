"""One ask, opened by the link that was sent to its agency: read it, and answer it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from wardroom.api.limits import few_enough
from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters.actions import answer_by_link
from wardroom.matters.queries import AnswerSheet, answer_sheet
from wardroom.web.asks.views import MOVES, ShownMove, move_form
from wardroom.web.edge import may_come_before_factor, stamp_of, takes_form, today_of
from wardroom.web.tongues import read_in
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import go_on, page
from wardroom.web.ui.words import from_today

WRONG_LINKS = 30
# Such pages speak the reader's language; the others are in English.
SPOKEN = ("residents/closed.html", "jobs/closed.html")
AGENCY_MOVES = ("accept_ask", "counter_ask", "decline_ask", "report_done", "move_promise")
UNKNOWN = "This link does not open anything. Ask the office for a new one."


def by_link(
    view: Callable[..., HttpResponseBase],
    counted_as: str = "wrong_link",
    closed: str = "answers/closed.html",
) -> Callable[..., HttpResponseBase]:
    """Open to everybody who has the link; what it answers is kept nowhere and tells nobody.

    Whoever has the token may act, and who has not may not, signed in or out: so there is no
    cookie that another site could misuse, and nothing for a form's own token to protect. A
    link that opens nothing is told so on the page ``closed``.
    """

    @csrf_exempt
    @may_come_before_factor
    @login_not_required
    @functools.wraps(view)
    def answer(request: HttpRequest, token: str, **more: str) -> HttpResponseBase:
        given = opened(request, token, **more)
        given.headers["Referrer-Policy"] = "no-referrer"
        return given

    opened = without_account(view, counted_as, closed)
    return answer


def without_account(
    view: Callable[..., HttpResponseBase],
    counted_as: str = "wrong_link",
    closed: str = "answers/closed.html",
) -> Callable[..., HttpResponseBase]:
    """Open to everybody who has the link, staff without a second factor too; kept nowhere.

    A page with a form of its own keeps the site's policy on referrers: without one, browsers
    do not say where the form came from, and it would not be taken.
    """

    @may_come_before_factor
    @login_not_required
    @functools.wraps(view)
    def answer(request: HttpRequest, token: str, **more: str) -> HttpResponseBase:
        try:
            given = view(request, token, **more)
        except (NotFound, Refused) as no:
            if isinstance(no, Refused) and no.code != "key_closed":
                raise
            sentence = no.sentence if isinstance(no, Refused) else UNKNOWN
            given = _closed(request, sentence, counted_as, closed)
        given.headers["Cache-Control"] = "private, no-store"
        given.headers["X-Robots-Tag"] = "noindex"
        return given

    return answer


@by_link
@require_safe
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, and what can be answered; looking changes nothing."""
    return _page(request, token, answer_sheet(token, at=stamp_of(request).at))


@by_link
@takes_form()
def send(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """Answer as the agency that the link was sent to."""
    found = answer_sheet(token, at=stamp_of(request).at)
    if verb not in AGENCY_MOVES:
        raise Http404
    form = move_form(MOVES[verb], found, request.POST, request.FILES)
    done = submit(
        form,
        lambda words: answer_by_link(
            None, token=token, verb=verb, words=words, stamp=stamp_of(request)
        ),
    )
    if done is None:
        return _page(request, token, found, failed=(verb, form))
    return go_on(request, reverse("answer", args=[token]), MOVES[verb].said)


def _page(
    request: HttpRequest,
    token: str,
    found: AnswerSheet,
    *,
    failed: tuple[str, Form] | None = None,
) -> HttpResponse:
    moves = []
    for name in AGENCY_MOVES:
        mine = failed is not None and failed[0] == name
        if name in found.allowed or mine:
            form = (
                failed[1]
                if failed is not None and mine
                else move_form(MOVES[name], found, today=today_of(request))
            )
            moves.append(ShownMove(MOVES[name], form, reverse("answer_send", args=[token, name])))
    return page(
        request,
        "answers/sheet.html",
        title=found.wording,
        status=failed[1].status if failed else 200,
        found=found,
        moves=moves,
        failed=failed[1] if failed else None,
        when=from_today(found.promised_on or found.due_on, today_of(request)),
    )


def _closed(request: HttpRequest, sentence: str, counted_as: str, template: str) -> HttpResponse:
    """One page for every link that opens nothing; who tries many is asked to wait."""
    counted = few_enough(request, counted_as, WRONG_LINKS)
    status, template = (404, template) if counted else (429, "answers/wait.html")
    context: dict[str, Any] = {"title": "This link is closed", "sentence": sentence}
    if template in SPOKEN:
        context["tongue"] = read_in(request)
    return render(request, template, context, status=status)
