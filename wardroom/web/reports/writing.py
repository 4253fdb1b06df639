"""Writing a report: ticks, words, and the signature."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.access.actor import Stamp
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.reporting import actions, queries
from wardroom.reporting.rules import MONTHLY, ROLL_UP
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.reports.forms import NarrativeForm
from wardroom.web.reports.views import HOME
from wardroom.web.ui.forms import CONFLICT, submit
from wardroom.web.ui.page import Crumb, go_on, page

SIGN, SIGN_ANYWAY, COUNT_AGAIN = "sign", "anyway", "again"
SAID = {
    SIGN: "The report is signed and frozen.",
    SIGN_ANYWAY: "The report is signed and frozen.",
    COUNT_AGAIN: "Your words were saved, and the numbers counted again.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Tick, reword and write the parts of a draft; save it, or save and sign."""
    file = queries.report_file(edition_id, actor_of(request))
    if "edit_report" not in file.allowed and request.method != "POST":
        raise NotAllowed
    form, kept = NarrativeForm(request.POST or None, file=file), False
    if request.method == "POST":
        edition = queries.get_edition(edition_id, actor_of(request))
        then = request.POST.get("then", "")
        done = submit(form, lambda _: _write(edition, form, stamp_of(request), then=then))
        if done is not None:
            said = SAID.get(then, "Your words were saved.")
            return go_on(request, reverse("report", args=[edition_id]), said)
        kept = "numbers_older" in form.codes and _kept(request, edition_id, form)
        file = queries.report_file(edition_id, actor_of(request))
    stale = form.status == CONFLICT
    if stale or kept:
        renewed = {"shown": file.words_shown, "read": file.shown}
        form.data = {**request.POST.dict(), **renewed}
    return page(
        request,
        "reports/edit.html",
        title=f"Finish the report: {file.title}",
        crumbs=(HOME, Crumb(file.title, reverse("report", args=[edition_id])), Crumb("Finish")),
        status=form.status,
        form=form,
        file=file,
        stale=stale,
        older="numbers_older" in form.codes,
        kept=kept,
    )


@takes_form()
def rebuild(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Rebuild a signed report from its frozen rows and compare it."""
    edition = queries.get_edition(edition_id, actor_of(request))
    done = actions.rebuild_report(edition, stamp=stamp_of(request))
    said = f"Rebuilt from the frozen rows and compared: all {done.numbers:,} values are identical."
    if not done.identical:
        said = "Rebuilt and compared: it differs. The page says where."
    return go_on(request, reverse("report", args=[edition_id]), said)


def _kept(request: HttpRequest, edition_id: int, form: NarrativeForm) -> bool:
    """Save the words of a report that was not signed, so that leaving the page loses nothing."""
    edition = queries.get_edition(edition_id, actor_of(request))
    try:
        actions.edit_report(edition, **form.words(), stamp=stamp_of(request))
    except Refused:
        return False
    return True


def _write(edition: Any, form: NarrativeForm, stamp: Stamp, *, then: str) -> Any:
    words = form.words()
    if then in (SIGN, SIGN_ANYWAY):
        read = form.cleaned_data["read"]
        return actions.finish_report(edition, **words, read=read, fresh=then == SIGN, stamp=stamp)
    kept = actions.edit_report(edition, **words, stamp=stamp)
    return draft_again(kept, stamp) if then == COUNT_AGAIN else kept


def draft_again(edition: Any, stamp: Stamp) -> Any:
    """Draw an unsigned draft again; what people wrote in it stays."""
    week, ward = edition.week, edition.ward_code
    if edition.report == ROLL_UP:
        return actions.draft_roll_up(None, week=week, stamp=stamp)
    if edition.report == MONTHLY:
        return actions.draft_monthly_report(None, area=edition.area, month=week, stamp=stamp)
    return actions.draft_weekly_report(None, ward_code=ward, week=week, stamp=stamp)
