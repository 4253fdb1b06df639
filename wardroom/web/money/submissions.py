"""Budget submissions: the list, one to read, word and sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.office import actions
from wardroom.office.queries import submissions as queries
from wardroom.office.queries.money import may_keep_money, may_read_money, years_with_funds
from wardroom.office.rules.amounts import shown
from wardroom.office.rules.spending import fiscal_year_of
from wardroom.office.rules.submissions import QUARTERS, STEPS, told_quarters
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.money import forms
from wardroom.web.money.funds import MONEY
from wardroom.web.money.showing import Figure
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Failed, Move, make, offers, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Table, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag

LIST = Crumb("Budget submissions", "/submission/")
Told = Mapping[str, Any]


def _word(submission: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.word_submission(submission, **given, stamp=stamp_of(request))


def _sign(submission: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.sign_submission(submission, seen=given["mark"], stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "word": Move("word", "Word it", _word, "The words are kept."),
    "sign": Move("sign", "Sign it", _sign, "It is signed, and its numbers are frozen."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def submission_list(request: HttpRequest) -> HttpResponse:
    """The budget submissions; the director drafts the next one."""
    actor, state = actor_of(request), request.GET
    if not may_read_money(actor) or (request.method == "POST" and not may_keep_money(actor)):
        raise NotAllowed
    years = years_with_funds(actor)
    next_year = fiscal_year_of(today_of(request)) + 1
    years = tuple(sorted({next_year, *years}, reverse=True))
    form = forms.DraftForm(request.POST if request.method == "POST" else None, years=years)
    if request.method == "POST":
        made = submit(
            form,
            lambda given: actions.draft_submission(
                None, year=int(given["year"]), stamp=stamp_of(request)
            ),
        )
        if made is not None:
            return go_on(
                request, reverse("budget_submission", args=[made.pk]), "The draft is there."
            )
    named = [(str(year), f"Fiscal year {year}") for year in years]
    year = filters.choice(state, "year", "Fiscal year", [("", "All"), *named])
    found = queries.submissions_page(
        actor, year=int(year.value) if year.value else None, page=page_number(state)
    )
    return page(
        request,
        "money/submissions.html",
        title="Budget submissions",
        crumbs=(MONEY, Crumb("Budget submissions")),
        status=form.status,
        filters=filters.bar(state, year),
        form=form if may_keep_money(actor) else None,
        table=table(
            counted(found.total, "submission"),
            (Column("Submission"), Column("State"), Column("Drafted"), Column("Signed")),
            [_cells(row) for row in found.rows],
            empty="No budget submission is drafted yet. It is told from the funds.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_safe
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One submission: as the funds stand now, or as it was signed."""
    return _page(request, submission_id)


@takes_move(MOVES)
def submission_move(request: HttpRequest, submission_id: int, verb: str) -> HttpResponse:
    """Word a draft, or sign it."""
    subject = queries.get_submission_to_keep(submission_id, actor_of(request))
    file = queries.submission_file(submission_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        subject,
        _form(request, file, verb, request.POST),
        address=reverse("budget_submission", args=[submission_id]),
        again=lambda form: _page(request, submission_id, failed={verb: form}),
    )


def _form(
    request: HttpRequest, file: queries.SubmissionFile, verb: str, posted: Any = None
) -> Form:
    if verb == "sign":
        return forms.SignForm(posted, initial={"mark": file.digest})
    return forms.WordsForm(
        posted,
        initial={"note": file.note, "scenario": file.row.scenario},
        seen=file.seen,
        scenarios=queries.scenarios_of(actor_of(request), file.row.year),
    )


def _page(
    request: HttpRequest, submission_id: int, *, failed: Failed | None = None
) -> HttpResponse:
    file = queries.submission_file(submission_id, actor_of(request))
    content, row = file.content, file.row
    sums = content["existing_sum"]
    return page(
        request,
        "money/submission.html",
        title=f"Budget submission, fiscal year {row.year}",
        crumbs=(MONEY, LIST, Crumb(f"Fiscal year {row.year}, version {row.version}")),
        file=file,
        row=row,
        content=content,
        figures=[Figure(step.capitalize(), shown(sums[step])) for step in STEPS],
        existing=_funds(content["existing"]),
        purposes=_purposes(content["existing"]),
        proposed=_proposed(content),
        plan=_plan(content),
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )


def _cells(row: queries.SubmissionRow) -> tuple[Cell, ...]:
    return (
        Cell(
            f"Fiscal year {row.year}, version {row.version}",
            href=reverse("budget_submission", args=[row.id]),
            sub=row.scenario,
            main=True,
        ),
        Cell(tags=(state_tag(row.state),)),
        Cell(day_text(row.drafted_at.date()), sub=row.drafted_by),
        Cell(day_text(row.signed_at.date()) if row.signed_at else "", sub=row.signed_by),
    )


def _money(cents: int) -> Cell:
    return Cell(shown(cents), number=True)


def _funds(funds: Sequence[Told]) -> Table:
    return table(
        counted(len(funds), "existing fund"),
        (Column("Fund"), *(Column(step.capitalize(), number=True) for step in STEPS)),
        [
            (
                Cell(f"{fund['code']} {fund['name']}", sub=fund["sort"], main=True),
                *(_money(fund[step]) for step in STEPS),
            )
            for fund in funds
        ],
        empty="No fund of this fiscal year exists yet.",
    )


def _purposes(funds: Sequence[Told]) -> Table:
    rows = [(fund["code"], one) for fund in funds for one in fund["purposes"]]
    return table(
        counted(len(rows), "purpose"),
        (
            Column("For what"),
            Column("Fund"),
            *(Column(name, number=True) for name in ("Allocated", "Committed", "Spent")),
        ),
        [
            (
                Cell(one["name"], sub=one["kind"], main=True),
                Cell(code),
                *(_money(one[step]) for step in ("allocated", "committed", "spent")),
            )
            for code, one in rows
        ],
        empty="Nothing is allocated yet.",
    )


def _proposed(content: Told) -> Table | None:
    if not content["scenario"]:
        return None
    rows = [
        (
            Cell(f"{fund['code']} {fund['name']}", sub=fund["sort"], main=True),
            Cell(fund["purpose"]),
            _money(fund["amount"]),
        )
        for fund in content["proposed"]
    ]
    rows += [
        (Cell("Proposed together", main=True), Cell(""), _money(content["proposed_sum"])),
        (Cell("With what exists", main=True), Cell(""), _money(content["together"])),
    ]
    return table(
        f"Scenario: {content['scenario']}",
        (Column("Fund"), Column("For what"), Column("Asked for", number=True)),
        rows,
        empty="",
    )


def _plan(content: Told) -> Table:
    named = (("existing", "Existing"), ("proposed", "Proposed"))
    return table(
        "Planned by quarter",
        (Column("Fund"), Column("Standing"), *(Column(name, number=True) for name in QUARTERS)),
        [
            (
                Cell(f"{fund['code']} {fund['name']}", main=True),
                Cell(said),
                *(Cell("no plan") if c is None else _money(c) for c in told_quarters(fund)),
            )
            for name, said in named
            for fund in content[name]
        ],
        empty="No fund is in it.",
    )
