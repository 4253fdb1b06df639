"""One edition of a report, and what people do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.reporting import actions, queries
from wardroom.reporting.queries import Figure, ReportFile
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.reports.drawing import trend_bars
from wardroom.web.reports.facts_tables import tables_of
from wardroom.web.reports.forms import AnswerForm, CorrectForm, SignForm
from wardroom.web.rows import rows_address
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import day_text

HOME = Crumb("Reports", "/reports/")
TEMPLATES: Mapping[str, str] = {
    "weekly": "reports/file.html",
    "roll_up": "reports/roll_up.html",
    "anc_monthly": "reports/monthly.html",
}


@dataclass(frozen=True)
class ShownFigure:
    """A number on the page and the address of its rows."""

    figure: Figure
    href: str


@require_safe
def report(request: HttpRequest, edition_id: int) -> HttpResponse:
    """One edition, with every number a link to its rows."""
    return show(request, queries.report_file(edition_id, actor_of(request)))


@takes_form()
def sign(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Sign a draft: it is frozen from then on."""
    edition = queries.get_edition(edition_id, actor_of(request))
    form = SignForm(request.POST)
    fresh = "anyway" not in request.POST
    done = submit(
        form,
        lambda given: actions.sign_report(edition, **given, fresh=fresh, stamp=stamp_of(request)),
    )
    if done is None:
        return show(request, queries.report_file(edition_id, actor_of(request)), failed=form)
    return go_on(request, reverse("report", args=[edition_id]), "The report is signed and frozen.")


@takes_form()
def correct(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Open a correction of a signed report."""
    edition = queries.get_edition(edition_id, actor_of(request))
    form = CorrectForm(request.POST)
    fresh = submit(
        form,
        lambda given: actions.correct_report(
            edition, reason=given["reason"], stamp=stamp_of(request)
        ),
    )
    if fresh is None:
        file = queries.report_file(edition_id, actor_of(request))
        return show(request, file, correction=form)
    return go_on(
        request,
        reverse("report", args=[fresh.pk]),
        "A correction is open. Its numbers were counted again.",
    )


@takes_form()
def answer(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Answer what a report asks to be decided: the answer goes to the matter and its owner."""
    edition = queries.get_edition(edition_id, actor_of(request))
    form = AnswerForm(request.POST)
    done = submit(
        form, lambda given: actions.answer_need(edition, **given, stamp=stamp_of(request))
    )
    if done is None:
        file = queries.report_file(edition_id, actor_of(request))
        return show(request, file, answered=form)
    return go_on(
        request,
        reverse("report", args=[edition_id]),
        "Your answer is on the matter and in its owner's list.",
    )


def show(
    request: HttpRequest,
    file: ReportFile,
    *,
    failed: Form | None = None,
    correction: CorrectForm | None = None,
    answered: AnswerForm | None = None,
) -> HttpResponse:
    """The page of one edition, with a form that was refused where there is one."""
    groups = [
        (group.title, [ShownFigure(f, figure_address(file, f)) for f in group.figures])
        for group in file.groups
    ]
    most = max((w.opened for w in file.weeks), default=0) or 1
    refused = failed or correction or answered
    return page(
        request,
        TEMPLATES[file.head.report],
        title=file.title,
        crumbs=(HOME, Crumb(file.title)),
        status=refused.status if refused else 200,
        file=file,
        lead=f"{day_text(file.head.starts_on)} to {day_text(file.head.ends_on)}",
        parts={part.code: part for part in file.narrative},
        sections={section.code: section for section in file.sections},
        groups=groups,
        weeks=[(w, round(100 * w.opened / most, 1)) for w in file.weeks],
        locations=[(row, trend_bars(row.months)) for row in file.locations],
        changed=[item for item in file.items if item.out or item.reworded],
        failed=failed or answered,
        older="numbers_older" in failed.codes if failed else False,
        correction=correction or CorrectForm(),
        answer_forms=_answer_forms(file, answered),
        **tables_of(file),
    )


def figure_address(file: ReportFile, figure: Figure) -> str:
    """Where the rows of a number stand: in a list of the house, or frozen with the report."""
    if figure.screen:
        return rows_address(figure.screen, figure.filters)
    return reverse("report_rows", args=[file.head.id, figure.code])


def _answer_forms(file: ReportFile, answered: AnswerForm | None) -> dict[str, Any]:
    """A box for each line that waits for the director; the one that was refused as it was sent."""
    if "answer_need" not in file.allowed:
        return {}
    needs = next((section.shown for section in file.sections if section.code == "needs"), ())
    sent = answered.data.get("key") if answered else None
    return {
        item.key: answered if item.key == sent else AnswerForm(initial={"key": item.key}, of=item)
        for item in needs
        if item.row.get("matter_id") is not None and item.key not in file.answers
    }
