"""Drafting a budget submission, wording it, and signing it."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length
from wardroom.office import facts, policy
from wardroom.office.models import BudgetSubmission, FiscalYear, Fund
from wardroom.office.queries.balances import running_in
from wardroom.office.queries.submissions import told_now
from wardroom.office.rules import money
from wardroom.office.rules.funds import check_not_political, check_words
from wardroom.office.rules.submissions import DRAFT, SIGNED, check_still_so, digest_of


@action(policy.may_keep_money)
def draft_submission(_: None, *, year: int, scenario: str = "", stamp: Stamp) -> BudgetSubmission:
    """Begin the budget submission of a fiscal year; the next version where one was signed.

    Refuses: a year without funds; a year that has a draft; a scenario that no proposed fund
    bears. Records: `BudgetDrafted`.
    """
    if not running_in(Fund.objects.all(), year).exists():
        raise Refused(
            "no_funds",
            f"No fund of fiscal year {year} is written down. Add a fund first, also one that is "
            "only proposed.",
            field="year",
        )
    row, _new = FiscalYear.objects.get_or_create(pk=year)
    hold(row)
    if row.submissions.filter(state=DRAFT).exists():
        raise Refused("already_drafted", "This year has a draft. Open it from the list.")
    last = row.submissions.order_by("-version").values_list("version", flat=True).first()
    made: BudgetSubmission = BudgetSubmission.objects.create(
        year=row,
        version=(last or 0) + 1,
        scenario=_scenario(row, scenario),
        drafted_at=stamp.at,
        drafted_by=stamp.actor.name,
    )
    record(facts.BudgetDrafted(**_words(made)), stamp=stamp)
    return made


@action(policy.may_keep_money)
def word_submission(
    submission: BudgetSubmission, *, note: str, scenario: str = "", seen: str = "", stamp: Stamp
) -> BudgetSubmission:
    """Write what a draft says in words, and choose the scenario of proposed funds in it.

    ``seen`` is the version that the page was opened with. Refuses: one that was signed; a
    scenario that no proposed fund bears; nothing that changed; `stale` where somebody changed it
    in the meantime. Records: `BudgetWorded`.
    """
    _check_draft(submission)
    now = {"note": submission.note, "scenario": submission.scenario}
    if seen and moved_since(seen, now):
        theirs = (("In words", submission.note), ("Scenario", submission.scenario))
        raise Stale(seen=version_of(now), theirs=theirs)
    said = check_length(note, field="note", most=5000)
    check_not_political(said, field="note")
    wanted = _scenario(submission.year, scenario)
    if (said, wanted) == (submission.note, submission.scenario):
        raise Refused("nothing_new", "Nothing was changed.")
    submission.note, submission.scenario = said, wanted
    submission.save(update_fields=["note", "scenario"])
    record(facts.BudgetWorded(**_words(submission), scenario=wanted), stamp=stamp)
    return submission


@action(policy.may_keep_money)
def sign_submission(submission: BudgetSubmission, *, seen: str, stamp: Stamp) -> BudgetSubmission:
    """Sign a draft: every number in it is frozen as it was read.

    ``seen`` is the mark of what the page showed. Refuses: one that was signed; numbers that
    changed since; a year in which no fund exists and none is proposed. Records: `BudgetSigned`.
    """
    _check_draft(submission)
    hold(submission.year)
    content = told_now(submission)
    check_still_so(seen, content)
    if not content["existing"] and not content["proposed"]:
        raise Refused("no_funds", "There is no fund in it. Add one first.")
    submission.state, submission.content = SIGNED, content
    submission.digest = digest_of(content)
    submission.signed_at, submission.signed_by = stamp.at, stamp.actor.name
    submission.save()
    fact = facts.BudgetSigned(
        **_words(submission),
        existing=content["existing_sum"]["amount"],
        proposed=content["proposed_sum"],
        digest=submission.digest,
    )
    record(fact, stamp=stamp)
    return submission


def _check_draft(submission: BudgetSubmission) -> None:
    if submission.state != DRAFT:
        raise Refused(
            "already_signed", "It is signed, and stays as it is. Draft the next version instead."
        )


def _scenario(year: FiscalYear, scenario: str) -> str:
    named = check_words(scenario, field="scenario", most=80)
    rows = running_in(Fund.objects.filter(standing=money.PROPOSED, scenario=named), year.pk)
    if named and not rows.exists():
        raise Refused("unknown_scenario", "No proposed fund is in this scenario.", field="scenario")
    return named


def _words(submission: BudgetSubmission) -> dict[str, Any]:
    return {
        "submission_id": submission.pk,
        "year": submission.year_id,
        "version": submission.version,
    }
