"""The public page on which anybody reports something, in seven languages."""

from __future__ import annotations

import json
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from wardroom.api.limits import few_enough, sending
from wardroom.casework.actions import Picture, receive_report
from wardroom.casework.queries import follow_token, issue_of_near, report_problems
from wardroom.casework.rules import MOST_PICTURES, ReportRefused
from wardroom.casework.rules.tongues import Told, told_in
from wardroom.web.edge import stamp_of, today_of
from wardroom.web.residents.forms import ReportForm
from wardroom.web.residents.here import here_by
from wardroom.web.residents.holding import Held, held_for, hold, pictures_of, was_sent
from wardroom.web.tongues import read_in
from wardroom.web.ui.forms import NOT_ACCEPTED, SLOW_DOWN, submit
from wardroom.web.ui.map import Map
from wardroom.web.ui.page import page
from wardroom.web.ui.work import did_sum, few_forms, sum_to_do

LOOKS = 300
FROM_OTHER_PAGES = ("topic_code", "place", "spot")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report something; looking up what is known of it is a post too, and sends nothing."""
    sent = request.POST if request.method == "POST" else None
    told = told_in(sent.get("language", "") if sent is not None else read_in(request).code)
    sending = sent is not None and "look" not in sent
    looks = sending or (sent is not None and few_enough(request, "report_looked", LOOKS))
    given: Any = sent if sent is not None else request.GET
    here = here_by(given, told, on=today_of(request), looks=looks)
    held = held_for(request)
    form = ReportForm(
        sent if sending else None,
        request.FILES if sending else None,
        here=here,
        initial=_typed(given, told, all_of_it=sent is not None),
    )
    if sending:
        done = _send(request, form, held)
        if done is not None:
            return done
    held = hold(request, held)
    if sending:
        form.say_refused(held.refused)
    form.initial["sum"] = ""
    return page(
        request,
        "residents/report.html",
        title=told.form.title,
        status=form.status,
        form=form,
        here=here,
        tongue=told,
        sum=sum_to_do(request),
        map=_map(told),
        most=MOST_PICTURES,
        held=held,
        lost=bool(held.refused) or held.lost,
        wrong=json.dumps(dict(told.form.wrong)),
    )


def _typed(given: Any, told: Told, *, all_of_it: bool) -> dict[str, Any]:
    """What was filled in so far, or what the page that led here knew already."""
    names = given.keys() if all_of_it else FROM_OTHER_PAGES
    kept = {name: given.get(name, "") for name in names}
    if all_of_it:
        several = {name: given.getlist(name) for name in names if name.startswith("answer_")}
        kept |= {name: values if len(values) > 1 else values[0] for name, values in several.items()}
    once = kept.get("once") or token_urlsafe(24)
    return {**kept, "once": once, "language": told.code}


def _send(request: HttpRequest, form: ReportForm, held: Held) -> HttpResponse | None:
    """Take the report in; None where the form stays open. A machine is thanked and forgotten."""
    worked = did_sum(request, request.POST.get("sum", ""))
    if not few_forms(request, counted_as="report", worked=worked):
        form.files = MultiValueDict()  # what is not taken is not scanned
        form.is_valid()
        form.add_error(None, form.told.form.wrong["slow_down"])
        form.status = SLOW_DOWN
        return None
    if held.lost:
        form.files = MultiValueDict()
        form.is_valid()
        form.add_error("pictures", form.told.form.photos_again)
        form.status = NOT_ACCEPTED
        return None
    token = submit(form, lambda given: _take(request, form, given, held))
    if token is None:
        return None
    if not token:
        return redirect("report_concern")
    return redirect(f"{reverse('report_mine', args=[token])}?sent=1")


def _take(request: HttpRequest, form: ReportForm, given: dict[str, Any], held: Held) -> str:
    if given["leave_empty"]:
        return ""
    onto = issue_of_near(given["me_too"], form.here.reports) if given["me_too"] else None
    draft = form.draft(given, onto=onto)
    stamp = stamp_of(request)
    kept = [Picture(*each) for each in pictures_of(held, stamp.at)]
    given["pictures"] = [*kept, *given["pictures"]]
    if flaws := form.flaws(given, onto=onto):
        raise ReportRefused([*flaws, *report_problems(draft, at=stamp.at)])
    too_often = form.told.form.wrong["slow_down"]
    with sending(request, "report", draft.email, draft.phone, too_often=too_often):
        report = receive_report(draft, pictures=given["pictures"], stamp=stamp)
    was_sent(held, stamp.at)
    return follow_token(report)


def _map(told: Told) -> Map:
    """The wards, to choose a place on, in the reader's language."""
    return Map(
        outlines=reverse("feed_wards"),
        label=told.form.map_label,
        instead=told.form.map_instead,
        pick=True,
    )
