"""Reports: the list, one edition, and what people do to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.reporting import actions, queries
from wardroom.reporting.queries import EditionRow, Figure, ReportFile
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.reports.drawing import trend_bars
from wardroom.web.reports.forms import CorrectForm, DraftForm, SignForm
from wardroom.web.rows import rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
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
    return show(request, queries.report_file(edition_id, actor_of(request)))


@takes_form()
def sign(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Sign a draft: it is frozen from then on."""
    edition = queries.get_edition(edition_id, actor_of(request))
    form = SignForm(request.POST)
    done = submit(
        form, lambda given: actions.sign_report(edition, **given, stamp=stamp_of(request))
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


def show(
    request: HttpRequest,
    file: ReportFile,
    *,
    failed: Form | None = None,
    correction: CorrectForm | None = None,
) -> HttpResponse:
    """The page of one edition, with a form that was refused where there is one."""
    groups = [
        (group.title, [ShownFigure(f, figure_address(file, f)) for f in group.figures])
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
        parts={part.code: part for part in file.narrative},
        sections={section.code: section for section in file.sections},
        groups=groups,
        weeks=[(w, round(100 * w.opened / most, 1)) for w in file.weeks],
        locations=[(row, trend_bars(row.months)) for row in file.locations],
        lead=f"{day_text(file.head.starts_on)} to {day_text(file.head.ends_on)}",
        changed=[item for item in file.items if item.out or item.reworded],
        failed=failed,
        correction=correction or CorrectForm(),
    )


def figure_address(file: ReportFile, figure: Figure) -> str:
    """Where the rows of a number stand: in a list of the house, or frozen with the report."""
    if figure.screen:
        return rows_address(figure.screen, figure.filters)
    return reverse("report_rows", args=[file.head.id, figure.code])
