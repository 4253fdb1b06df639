"""The lists of reports, and drafting one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.city.queries import districts
from wardroom.city.rules import ward_of_area
from wardroom.kernel.errors import NotAllowed
from wardroom.reporting import actions, queries
from wardroom.reporting.queries import EditionRow
from wardroom.reporting.rules import MONTHLY, ROLL_UP, WEEKLY
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.reports.forms import DraftForm, MonthForm, RollUpForm
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import day_text, state_tag
from wardroom.web.wards import my_wards, ward_choices

COLUMNS = (Column("Report"), Column("From and to"), Column("State"), Column("Signed by"))
KINDS = {
    WEEKLY: ("reports", "Weekly reports", "report_draft"),
    ROLL_UP: ("roll_ups", "Roll-ups", "roll_up_draft"),
    MONTHLY: ("monthly_reports", "Reports to ANCs", "monthly_report_draft"),
}
LEADS = {
    WEEKLY: "One for each ward and week. Wardroom drafts them on Thursday from data that does"
    " not change; people untick, say what they mean, and sign.",
    ROLL_UP: "One for each week: what changed in all wards, with the decisions needed first.",
    MONTHLY: "One for each ANC and month, fit for the public: small numbers are hidden, and no"
    " name, house or encampment stands in it.",
}
NONE_YET = "None has been drafted yet."
OF_ALL_WARDS = (
    "A roll-up holds the figures of all wards, so those over the whole city read it. Your ward's"
    " part of it is your weekly report, and what the director answers stands in its lines."
)


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The weekly reports within reach, the newest week first."""
    week = queries.this_week(stamp_of(request).at).name
    return _list(request, WEEKLY, DraftForm(wards=my_wards(request), initial={"week": week}))


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
    return _drafted(request, WEEKLY, form, edition)


@require_safe
def roll_up_list(request: HttpRequest) -> HttpResponse:
    """The roll-ups of all wards, the newest week first."""
    week = queries.this_week(stamp_of(request).at).name
    return _list(request, ROLL_UP, RollUpForm(initial={"week": week}))


@takes_form()
def roll_up_draft(request: HttpRequest) -> HttpResponse:
    """Draft the roll-up of a week, or count a draft again."""
    form = RollUpForm(request.POST)
    edition = submit(
        form,
        lambda given: actions.draft_roll_up(None, **given, stamp=stamp_of(request)),
    )
    return _drafted(request, ROLL_UP, form, edition)


@require_safe
def monthly_list(request: HttpRequest) -> HttpResponse:
    """The monthly reports to ANCs within reach, the newest month first."""
    last = timezone.localdate(stamp_of(request).at).replace(day=1) - timedelta(days=1)
    form = MonthForm(areas=_my_ancs(request), initial={"month": f"{last:%Y-%m}"})
    return _list(request, MONTHLY, form)


@takes_form()
def monthly_draft(request: HttpRequest) -> HttpResponse:
    """Draft the monthly report to an ANC, or count a draft again."""
    form = MonthForm(request.POST, areas=_my_ancs(request))
    edition = submit(
        form,
        lambda given: actions.draft_monthly_report(None, **given, stamp=stamp_of(request)),
    )
    return _drafted(request, MONTHLY, form, edition)


def _drafted(request: HttpRequest, kind: str, form: Form, edition: Any) -> HttpResponse:
    if edition is None:
        return _list(request, kind, form)
    return go_on(request, reverse("report", args=[edition.pk]), "The report was drafted.")


def _my_ancs(request: HttpRequest) -> list[tuple[str, str]]:
    """The ANCs of today in the wards within the asker's reach."""
    reach = stamp_of(request).actor.reach
    rows = districts("anc", timezone.localdate(stamp_of(request).at))
    return [
        (row.code, f"ANC {row.code}")
        for row in rows
        if reach.city or ward_of_area(row.code) in reach.wards
    ]


def _list(request: HttpRequest, kind: str, form: Form) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    screen, title, draft_to = KINDS[kind]
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    over_all = kind != ROLL_UP or actor.reach.city
    asked = None if kind == ROLL_UP else ward.value or None
    found = queries.report_page(actor, report=kind, ward=asked, page=page_number(request.GET))
    return page(
        request,
        "reports/list.html",
        title=title,
        crumbs=(Crumb("Home", "/"), Crumb("Reports")),
        status=form.status,
        lead=LEADS[kind],
        tabs=[(label, reverse(name), name == screen) for name, label, _ in KINDS.values()],
        filters=None if kind == ROLL_UP else filters.bar(request.GET, ward),
        table=table(
            f"{title}, the newest first",
            COLUMNS,
            [_row(r) for r in found.rows],
            empty=NONE_YET if over_all else OF_ALL_WARDS,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
        own_reports="" if over_all else reverse(KINDS[WEEKLY][0]),
        form=form,
        draft_to=reverse(draft_to),
        word_template=reverse("word_template", args=[kind])
        if queries.may_keep_word_templates(actor)
        else "",
        may_draft=found.may_draft,
    )


def _row(row: EditionRow) -> tuple[Cell, ...]:
    later = f", version {row.version}" if row.version > 1 else ""
    name = f"Ward {row.ward_code}, {row.week}" if row.report == WEEKLY else row.title
    return (
        Cell(f"{name}{later}", href=reverse("report", args=[row.id]), main=True),
        Cell(f"{day_text(row.starts_on)} to {day_text(row.ends_on)}"),
        Cell(tags=(state_tag("superseded" if row.replaced else row.state),)),
        Cell(row.signed_by or "-"),
    )
