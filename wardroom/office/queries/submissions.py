"""Budget submissions: the list, one as it stands or as it was signed, and its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.kernel.versions import version_of
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.office import policy
from wardroom.office.models import BudgetSubmission, Fund, PlannedMonth, Purpose
from wardroom.office.queries.balances import running_in
from wardroom.office.queries.money import fund_row
from wardroom.office.rules import money
from wardroom.office.rules.funds import PURPOSES, SORTS
from wardroom.office.rules.submissions import DRAFT, content_of, digest_of, quarters_of

PAGE_ROWS = 25


@dataclass(frozen=True)
class SubmissionRow:
    """A submission as the list shows it."""

    id: int
    year: int
    version: int
    state: str
    scenario: str
    drafted_at: datetime
    drafted_by: str
    signed_at: datetime | None
    signed_by: str


@dataclass(frozen=True)
class SubmissionPage:
    """A page of submissions, the newest year first."""

    rows: tuple[SubmissionRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class SubmissionFile:
    """One submission with all it says; ``digest`` is the mark of that, ``seen`` of its words."""

    row: SubmissionRow
    content: Mapping[str, Any]
    digest: str
    seen: str
    note: str
    timeline: TimelinePage
    allowed: frozenset[str]


def submissions_page(actor: Actor, *, year: int | None = None, page: int = 1) -> SubmissionPage:
    """The submissions, the newest first."""
    rows = BudgetSubmission.objects.within(policy.money_reach(actor))
    rows = rows.filter(year=year) if year else rows
    total = rows.count()
    page, pages, part = page_at(total, page, PAGE_ROWS)
    found = rows.order_by("-year", "-version")[part]
    return SubmissionPage(tuple(_row(one) for one in found), total, page, pages)


def get_submission(submission_id: int, actor: Actor) -> BudgetSubmission:
    """One submission; `NotFound` for whoever does not read the money."""
    rows = BudgetSubmission.objects.within(policy.money_reach(actor))
    found: BudgetSubmission | None = rows.filter(pk=submission_id).first()
    if found is None:
        raise NotFound(f"no budget submission {submission_id}")
    return found


def get_submission_to_keep(submission_id: int, actor: Actor) -> BudgetSubmission:
    """One submission, to change it."""
    if not policy.may_keep_money(actor, None):
        raise NotFound(f"no budget submission {submission_id}")
    return get_submission(submission_id, actor)


def submission_file(submission_id: int, actor: Actor) -> SubmissionFile:
    """One submission: a draft as the funds stand now, a signed one as it was signed."""
    found = get_submission(submission_id, actor)
    content = told(found)
    may = policy.may_keep_money(actor, found) and found.state == DRAFT
    return SubmissionFile(
        row=_row(found),
        content=content,
        digest=found.digest or digest_of(content),
        seen=version_of({"note": found.note, "scenario": found.scenario}),
        note=found.note,
        timeline=timeline(actor, refs=[Ref("budget submission", str(found.pk))]),
        allowed=frozenset({"word", "sign"} if may else ()),
    )


def submission_pdf(submission_id: int, actor: Actor, *, on: date) -> tuple[str, bytes]:
    """A submission on paper: a file name and a tagged PDF; a draft is as of the day ``on``."""
    from wardroom.office.gateways.submissions import typeset_submission

    found = get_submission(submission_id, actor)
    return f"{_file_name(found)}.pdf", typeset_submission(_values(found, on))


def submission_workbook(submission_id: int, actor: Actor, *, on: date) -> tuple[str, bytes]:
    """A submission as a spreadsheet file; a draft is as of the day ``on``."""
    from wardroom.office.gateways.submissions import written_workbook

    found = get_submission(submission_id, actor)
    return f"{_file_name(found)}.xlsx", written_workbook(_values(found, on))


def scenarios_of(actor: Actor, year: int) -> tuple[str, ...]:
    """The scenarios that proposed funds of a year bear."""
    proposed = Fund.objects.within(policy.money_reach(actor)).filter(standing=money.PROPOSED)
    rows = running_in(proposed, year).exclude(scenario="")
    return tuple(rows.order_by("scenario").values_list("scenario", flat=True).distinct())


def told(submission: BudgetSubmission) -> dict[str, Any]:
    """What a submission says: as it was signed, or as the funds stand now."""
    return submission.content or told_now(submission)


def told_now(submission: BudgetSubmission) -> dict[str, Any]:
    """What it says as the funds stand now."""
    year, scenario = submission.year_id, submission.scenario
    rows = running_in(Fund.objects.order_by("code"), year)
    proposed = rows.filter(standing=money.PROPOSED, scenario=scenario) if scenario else rows.none()
    return content_of(
        year,
        scenario=scenario,
        note=submission.note,
        existing=_told_funds(list(rows.filter(standing=money.EXISTING)), year),
        proposed=_told_funds(list(proposed), year),
    )


def _told_funds(funds: list[Fund], year: int) -> list[dict[str, Any]]:
    ids = [fund.pk for fund in funds]
    months: dict[int, dict[str, int]] = defaultdict(dict)
    rows = PlannedMonth.objects.filter(plan__replaced=False, plan__fund__in=ids)
    for fund_id, month, cents in rows.values_list("plan__fund", "month", "cents"):
        months[fund_id][month] = cents
    purposes: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in Purpose.objects.filter(fund__in=ids).order_by("kind", "name", "pk"):
        if one.allocated_cents:
            purposes[one.fund_id].append(
                {
                    "kind": PURPOSES[one.kind],
                    "name": one.name,
                    "allocated": one.allocated_cents,
                    "committed": one.committed_cents,
                    "spent": one.spent_cents,
                }
            )
    return [_told_fund(fund, year, months[fund.pk], purposes[fund.pk]) for fund in funds]


def _told_fund(
    fund: Fund, year: int, planned: Mapping[str, int], purposes: list[dict[str, Any]]
) -> dict[str, Any]:
    row = fund_row(fund)
    balance = row.balance
    return {
        "code": row.code,
        "name": row.name,
        "sort": SORTS[row.sort],
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "purpose": fund.purpose,
        "restriction": fund.restriction,
        "certifier": fund.certifier,
        "amount": row.amount,
        "certified": balance.certified,
        "allocated": balance.allocated,
        "committed": balance.committed,
        "spent": balance.spent,
        "left": balance.left,
        "quarters": quarters_of(year, planned),
        "purposes": purposes,
    }


def _values(found: BudgetSubmission, on: date) -> dict[str, Any]:
    content = told(found)
    signed = found.signed_at
    return {
        **content,
        "version": found.version,
        "state": found.state,
        "as_of": (localdate(signed) if signed else on).isoformat(),
        "signed_by": found.signed_by,
        "digest": found.digest,
    }


def _file_name(found: BudgetSubmission) -> str:
    draft = "-draft" if found.state == DRAFT else ""
    return f"budget-{found.year_id}-v{found.version}{draft}"


def _row(one: BudgetSubmission) -> SubmissionRow:
    return SubmissionRow(
        id=one.pk,
        year=one.year_id,
        version=one.version,
        state=one.state,
        scenario=one.scenario,
        drafted_at=one.drafted_at,
        drafted_by=one.drafted_by,
        signed_at=one.signed_at,
        signed_by=one.signed_by,
    )
