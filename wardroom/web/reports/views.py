"""Reports: the list, one edition, and what people do to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Stamp
from wardroom.kernel.errors import NotAllowed
from wardroom.reporting import actions, queries
from wardroom.reporting.queries import EditionRow, Figure, ReportFile
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.reports.forms import CorrectForm, DraftForm, NarrativeForm, SignForm
from wardroom.web.rows import rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import CONFLICT, Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import day_text, state_tag
from wardroom.web.wards import my_wards, ward_choices

HOME = Crumb("Reports", "/reports/")
COLUMNS = (
    Column("Report"),
    Column("Week of"),
    Column("State"),
    Column("Signed by"),
)


@dataclass(frozen=True)
class ShownFigure:
    """A number on the page and the address of its rows."""

    figure: Figure
    href: str


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The weekly reports within reach, the newest first."""
    week = queries.this_week(stamp_of(request).at).name
    return _list(request, DraftForm(wards=my_wards(request), initial={"week": week}))


@takes_form()
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a report, or bring a draft's numbers up to date."""
    form = DraftForm(request.POST, wards=my_wards(request))
    edition = submit(
        form,
        lambda given: actions.draft_weekly_report(
            None, ward_code=given["ward"], week=given["week"], stamp=stamp_of(request)
        ),
    )
    if edition is None:
        return _list(request, form)
    return go_on(request, reverse("report", args=[edition.pk]), "The report was drafted.")


@require_safe
def report(request: HttpRequest, edition_id: int) -> HttpResponse:
    """One edition, with every number a link to its rows."""
    return _file(request, queries.report_file(edition_id, actor_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Write the parts of a draft that a person writes."""
    file = queries.report_file(edition_id, actor_of(request))
    if "edit_report" not in file.allowed and request.method != "POST":
        raise NotAllowed
    form = NarrativeForm(
        request.POST or None,
        initial={"shown": file.words_shown, **{part.code: part.text for part in file.narrative}},
    )
    if request.method == "POST":
        edition = queries.get_edition(edition_id, actor_of(request))
        done = submit(form, lambda given: _write(edition, given, stamp_of(request)))
        if done is not None:
            return go_on(request, reverse("report", args=[edition_id]), "Your words were saved.")
        file = queries.report_file(edition_id, actor_of(request))
    stale = form.status == CONFLICT
    if stale:
        form.data = {**request.POST.dict(), "shown": file.words_shown}
    return page(
        request,
        "reports/edit.html",
        title=f"Write the report: {file.title}",
        crumbs=(HOME, Crumb(file.title, reverse("report", args=[edition_id])), Crumb("Write")),
        status=form.status,
        form=form,
        file=file,
        stale=stale,
    )


@takes_form()
def sign(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Sign a draft: it is frozen from then on."""
    edition = queries.get_edition(edition_id, actor_of(request))
    form = SignForm(request.POST)
    done = submit(
        form, lambda given: actions.sign_report(edition, **given, stamp=stamp_of(request))
    )
    if done is None:
        return _file(request, queries.report_file(edition_id, actor_of(request)), failed=form)
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
        return _file(request, file, correction=form)
    return go_on(
        request,
        reverse("report", args=[fresh.pk]),
        "A correction is open. Its numbers were counted again.",
    )


@require_safe
def pdf(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The edition on paper."""
    name, content = queries.report_pdf(edition_id, actor_of(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _write(edition: Any, given: dict[str, str], stamp: Stamp) -> Any:
    words = {part: text for part, text in given.items() if part != "shown"}
    return actions.edit_report(edition, narrative=words, shown=given["shown"], stamp=stamp)


def _list(request: HttpRequest, form: DraftForm) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    found = queries.report_page(actor, ward=ward.value or None, page=page_number(request.GET))
    return page(
        request,
        "reports/list.html",
        title="Weekly reports",
        crumbs=(Crumb("Home", "/"), Crumb("Reports")),
        status=form.status,
        filters=filters.bar(request.GET, ward),
        table=table(
            "Weekly reports, the newest week first",
            COLUMNS,
            [_row(r) for r in found.rows],
            empty="No report has been drafted yet.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
        form=form,
        may_draft=found.may_draft,
    )


def _row(row: EditionRow) -> tuple[Cell, ...]:
    later = f", version {row.version}" if row.version > 1 else ""
    return (
        Cell(
            f"Ward {row.ward_code}, {row.week}{later}",
            href=reverse("report", args=[row.id]),
            main=True,
        ),
        Cell(f"{day_text(row.starts_on)} to {day_text(row.ends_on)}"),
        Cell(tags=(state_tag("superseded" if row.replaced else row.state),)),
        Cell(row.signed_by or "-"),
    )


def _file(
    request: HttpRequest,
    file: ReportFile,
    *,
    failed: Form | None = None,
    correction: CorrectForm | None = None,
) -> HttpResponse:
    groups = [
        (
            group.title,
            [ShownFigure(f, rows_address(f.screen, f.filters)) for f in group.figures],
        )
        for group in file.groups
    ]
    most = max((w.opened for w in file.weeks), default=0) or 1
    return page(
        request,
        "reports/file.html",
        title=file.title,
        crumbs=(HOME, Crumb(file.title)),
        status=(failed or correction or Form()).status,
        file=file,
        groups=groups,
        weeks=[(w, round(100 * w.opened / most, 1)) for w in file.weeks],
        failed=failed,
        correction=correction or CorrectForm(),
    )
