"""The page on which somebody follows what they reported. The link in the mail is the key."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.api.limits import few_enough
from wardroom.casework.actions import answer_office, ask_for_links, rate_outcome, say_still_there
from wardroom.casework.queries import FollowedReport, QuestionRow, followed_report
from wardroom.casework.rules.tongues import Told, told_in
from wardroom.web.answers.views import by_link
from wardroom.web.edge import stamp_of, takes_form
from wardroom.web.residents.forms import AnswerForm, LinksForm, RateForm, StillForm, ToldForm
from wardroom.web.residents.holding import small_picture
from wardroom.web.rows import number_meant
from wardroom.web.tongues import read_in
from wardroom.web.ui.forms import SLOW_DOWN, submit
from wardroom.web.ui.page import go_on, page

closed = functools.partial(by_link, counted_as="wrong_report", closed="residents/closed.html")
LINKS = 10
Act = Callable[[HttpRequest, str, Mapping[str, Any]], str]


@closed
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """One report: what was said, how it stands, and what can be said about it now."""
    return _page(request, token, _found(request, token))


@closed
@takes_form()
def say(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """Say that it is still there, answer the office, or say whether it was solved."""
    if verb not in ACTS:
        raise Http404
    found = _found(request, token)
    form = _form(verb, found, request.POST)
    said = submit(form, lambda given: ACTS[verb](request, token, given))
    if said is None:
        return _page(request, token, found, failed=(verb, form))
    return go_on(request, reverse("report_mine", args=[token]), getattr(found.told.follow, said))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Have the links to one's reports sent again; nobody is told whether an address is known."""
    told = told_in(read_in(request).code)
    form = LinksForm(request.POST if request.method == "POST" else None, told=told)
    done = None
    if form.is_bound and not few_enough(request, "report_links", LINKS):
        form.add_error(None, told.follow.wait)
        form.status = SLOW_DOWN
    elif form.is_bound:
        done = submit(form, lambda given: _links(request, given))
    return page(
        request,
        "residents/links.html",
        title=told.follow.mine_title,
        status=form.status,
        form=form,
        tongue=told,
        done=done,
    )


def _links(request: HttpRequest, given: Mapping[str, Any]) -> bool:
    if not given["leave_empty"]:
        ask_for_links(None, address=given["email"], stamp=stamp_of(request))
    return True


def _still(request: HttpRequest, token: str, given: Mapping[str, Any]) -> str:
    again = say_still_there(None, token=token, text=given["text"], stamp=stamp_of(request))
    return "still_noted" if again is None else "still_opened"


def _answer(request: HttpRequest, token: str, given: Mapping[str, Any]) -> str:
    question = number_meant(request.POST.get("question", "")) or 0
    answer_office(
        None, token=token, question_id=question, text=given["text"], stamp=stamp_of(request)
    )
    return "answer_kept"


def _rate(request: HttpRequest, token: str, given: Mapping[str, Any]) -> str:
    rate_outcome(
        None, token=token, rating=given["rating"], text=given["text"], stamp=stamp_of(request)
    )
    return "rating_kept"


ACTS: Mapping[str, Act] = {"still": _still, "answer": _answer, "rate": _rate}


def _found(request: HttpRequest, token: str) -> FollowedReport:
    return followed_report(token, at=stamp_of(request).at, language=request.GET.get("language", ""))


def _form(verb: str, found: FollowedReport, sent: Any = None) -> ToldForm:
    if verb == "answer":
        return _question_form(found, number_meant(sent.get("question", "")) or 0, sent)
    kinds: dict[str, type[ToldForm]] = {"still": StillForm, "rate": RateForm}
    return kinds[verb](sent, told=found.told)


def _question_form(found: FollowedReport, question_id: int, sent: Any = None) -> ToldForm:
    return AnswerForm(sent, told=found.told, auto_id=f"answer{question_id}_%s")


def _page(
    request: HttpRequest,
    token: str,
    found: FollowedReport,
    *,
    failed: tuple[str, ToldForm] | None = None,
) -> HttpResponse:
    verb, form = failed or ("", None)
    asked = number_meant(request.POST.get("question", "")) if verb == "answer" else None
    questions = [
        (
            row,
            form if row.id == asked else _question_form(found, row.id),
            found.told.day(row.asked_on),
            _answered(found, row),
        )
        for row in found.questions
    ]
    told: Told = found.told
    return page(
        request,
        "residents/mine.html",
        title=told.follow.thanks if "sent" in request.GET else _title(found),
        status=form.status if form is not None else 200,
        found=found,
        tongue=told,
        token=token,
        sent="sent" in request.GET,
        failed=form,
        questions=questions,
        still=form if verb == "still" else _form("still", found),
        rate=form if verb == "rate" else _form("rate", found),
        next=told.follow.next.format(day=told.day(found.next_on)) if found.next_on else "",
        lines=[(line, told.day(line.on)) for line in found.lines],
        reported=told.day(found.reported_on),
        pictures=[small_picture(each) for each in found.pictures],
    )


def _answered(found: FollowedReport, row: QuestionRow) -> str:
    if row.answered_on is None:
        return ""
    return found.told.follow.answered.format(day=found.told.day(row.answered_on))


def _title(found: FollowedReport) -> str:
    return " ".join(found.told.follow.title.format(number=found.number).split())
