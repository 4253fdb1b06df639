"""The lines of a fund: certify, allocate, commit, spend, release, return, and taking back.

Every line is written while the fund is held, so that two at once cannot overdraw it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.models import Event
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters.models import Matter
from wardroom.office import facts, policy
from wardroom.office.actions.funds import fund_words, hold_years
from wardroom.office.models import Fund, FundLine, Position, Purpose
from wardroom.office.queries.balances import (
    balances_of,
    budget_of,
    left_of,
    lines_by_day,
    planned_by_month,
    running_in,
    spent_by_month,
)
from wardroom.office.rules import funds as rules
from wardroom.office.rules import money
from wardroom.office.rules.amounts import checked_cents, shown
from wardroom.office.rules.spending import check_spending, month_of, year_charged

MOST_ALIKE = 50
FACTS: dict[str, type[facts.MoneyFact]] = {
    money.ALLOCATE: facts.MoneyAllocated,
    money.COMMIT: facts.MoneyCommitted,
    money.SPEND: facts.MoneySpent,
    money.RELEASE: facts.CommitmentReleased,
    money.RETURN: facts.AllocationReturned,
}


@dataclass(frozen=True)
class Movement:
    """One movement of money: how much, on which day, by which paper, to whom, in what words.

    ``again`` says that it is another one, though the same paper stands for as much already.
    """

    cents: int
    happened_on: date
    reference: str = ""
    words: str = ""
    payee: str = ""
    again: bool = False


@dataclass(frozen=True)
class PurposeDraft:
    """What money is for: an event or an initiative of the house, a position, or other words."""

    kind: str
    name: str = ""
    event: Event | None = None
    matter: Matter | None = None
    position: Position | None = None


@action(policy.may_keep_money)
def certify_money(fund: Fund, *, movement: Movement, certified_by: str, stamp: Stamp) -> FundLine:
    """Write down that money of a fund was certified as there, by whom and by which paper.

    Refuses: more than the fund holds; a fund that is only proposed, or over; a day to come; no
    paper; nobody who certified; the same sum by the same paper twice. Records: `MoneyCertified`.
    """
    by = rules.check_words(
        certified_by, field="certified_by", sentence="Say who certified it.", most=160
    )
    movement = _checked(movement, needs_paper=True)
    line = _written(fund, money.CERTIFY, movement, None, stamp, certified_by=by)
    record(facts.MoneyCertified(**_told(line), certified_by=by), stamp=stamp)
    return line


@action(policy.may_keep_money)
def allocate_money(
    fund: Fund, *, movement: Movement, purpose: Purpose | PurposeDraft, stamp: Stamp
) -> FundLine:
    """Give certified money to a purpose: a position, an event, an initiative, or other words.

    Refuses: anything before money is certified, by its day too, and more than is certified and
    left; what `certify_money` refuses of funds and days. Records: `MoneyAllocated`.
    """
    movement = _checked(movement)
    if isinstance(purpose, PurposeDraft):
        purpose = _purpose_of(fund, purpose)
    return _recorded(fund, money.ALLOCATE, movement, purpose, stamp)


@action(policy.may_keep_money)
def commit_money(fund: Fund, *, movement: Movement, purpose: Purpose, stamp: Stamp) -> FundLine:
    """Promise money of a purpose to somebody: an order, a contract, a salary.

    Refuses: more than the purpose has left, or had on that day; no paper; a fund that has ended;
    the same sum by the same paper twice. Records: `MoneyCommitted`.
    """
    movement = _checked(movement, needs_paper=True)
    return _recorded(fund, money.COMMIT, movement, purpose, stamp)


@action(policy.may_keep_money)
def spend_money(
    fund: Fund,
    *,
    movement: Movement,
    purpose: Purpose,
    commit_too: bool = False,
    stamp: Stamp,
) -> FundLine:
    """Write down that committed money was paid; ``commit_too`` commits it in the same step.

    Refuses: more than is committed there; what would overspend the plans of the fiscal year by
    more than 5% of the budget or $1 million; no paper; the same sum by the same paper twice.
    Records: `MoneySpent`.
    """
    movement = _checked(movement, needs_paper=True)
    if commit_too:
        _recorded(fund, money.COMMIT, movement, purpose, stamp)
    _check_plan(fund, movement, localdate(stamp.at))
    return _recorded(fund, money.SPEND, movement, purpose, stamp)


@action(policy.may_keep_money)
def release_money(fund: Fund, *, movement: Movement, purpose: Purpose, stamp: Stamp) -> FundLine:
    """Set committed money free that is not needed: an order was canceled, or cost less.

    Refuses: more than is committed and not spent; no words. Records: `CommitmentReleased`.
    """
    movement = _checked(movement, needs_words=True)
    return _recorded(fund, money.RELEASE, movement, purpose, stamp)


@action(policy.may_keep_money)
def return_money(fund: Fund, *, movement: Movement, purpose: Purpose, stamp: Stamp) -> FundLine:
    """Give money of a purpose back to its fund, to be allocated elsewhere.

    Refuses: more than is allocated and not committed; no words. Records: `AllocationReturned`.
    """
    movement = _checked(movement, needs_words=True)
    return _recorded(fund, money.RETURN, movement, purpose, stamp)


@action(policy.may_keep_money)
def take_line_back(
    fund: Fund, *, line: FundLine, cents: int, reason: str, stamp: Stamp
) -> FundLine:
    """Correct a line that was wrong, in all or in part, by a line against it; both stay.

    Refuses: a line that is itself a correction; more than still counts of it; what later lines
    rest on; no reason. Records: `FundLineTakenBack`.
    """
    if line.fund_id != fund.pk:
        raise Refused("other_fund", "This line belongs to another fund.")
    if line.corrects_id is not None:
        raise Refused(
            "wrong_state", "This line takes another back. Write that one down again instead."
        )
    why = rules.check_words(reason, field="reason", sentence="Say what was wrong.")
    cents = checked_cents(cents)
    if fund.standing != money.EXISTING:
        raise Refused("fund_dropped", "This fund was dropped. It takes no lines.")
    purpose = line.purpose
    against = money.Sum(line.kind, _key(purpose), cents)
    money.check_taking_back(
        balances_of(fund), against, left=left_of(line), amount=fund.amount_cents
    )
    money.check_days(
        lines_by_day(fund), money.Sum(line.kind, _key(purpose), -cents), on=line.happened_on
    )
    made = FundLine.objects.create(
        fund=fund,
        kind=line.kind,
        cents=-cents,
        purpose=purpose,
        corrects=line,
        reference=line.reference,
        payee=line.payee,
        words=why,
        certified_by=line.certified_by,
        happened_on=line.happened_on,
        written_at=stamp.at,
        written_by=stamp.actor.name,
    )
    keep_balances(fund)
    told = _told(made) | {"amount": cents}
    record(facts.FundLineTakenBack(**told, corrects=line.pk), stamp=stamp)
    return made


def keep_balances(fund: Fund) -> None:
    """Repeat in the columns of the fund and its purposes what the lines come to."""
    held = balances_of(fund)
    _put(fund, held.fund, ("certified", "allocated", "committed", "spent"))
    for purpose in fund.purposes.all():
        _put(purpose, held.of(str(purpose.pk)), ("allocated", "committed", "spent"))


def _put(row: Any, balance: money.Balance, steps: Iterable[str]) -> None:
    named = {f"{step}_cents": getattr(balance, step) for step in steps}
    changed = [name for name, cents in named.items() if getattr(row, name) != cents]
    for name in changed:
        setattr(row, name, named[name])
    if changed:
        row.save(update_fields=changed)


def _recorded(
    fund: Fund, kind: str, movement: Movement, purpose: Purpose, stamp: Stamp
) -> FundLine:
    if purpose.fund_id != fund.pk:
        raise Refused("other_fund", "This purpose belongs to another fund.", field="purpose")
    line = _written(fund, kind, movement, purpose, stamp)
    record(FACTS[kind](**_told(line)), stamp=stamp)
    return line


def _written(
    fund: Fund,
    kind: str,
    movement: Movement,
    purpose: Purpose | None,
    stamp: Stamp,
    *,
    certified_by: str = "",
) -> FundLine:
    money.check_open(
        kind,
        standing=fund.standing,
        starts_on=fund.starts_on,
        ends_on=fund.ends_on,
        on=movement.happened_on,
        today=localdate(stamp.at),
    )
    _check_not_twice(fund, kind, movement)
    wanted = money.Sum(kind, _key(purpose), movement.cents)
    money.check_line(balances_of(fund), wanted, amount=fund.amount_cents)
    money.check_days(lines_by_day(fund), wanted, on=movement.happened_on)
    line: FundLine = FundLine.objects.create(
        fund=fund,
        kind=kind,
        cents=movement.cents,
        purpose=purpose,
        reference=movement.reference,
        payee=movement.payee,
        words=movement.words,
        certified_by=certified_by,
        happened_on=movement.happened_on,
        written_at=stamp.at,
        written_by=stamp.actor.name,
    )
    keep_balances(fund)
    return line


def _check_not_twice(fund: Fund, kind: str, movement: Movement) -> None:
    """An invoice that is typed twice is paid twice: the second time takes a word."""
    if movement.again or kind not in money.BY_PAPER:
        return
    same = fund.lines.filter(
        kind=kind, cents=movement.cents, corrects=None, reference__iexact=movement.reference
    )
    for line in same.order_by("-pk")[:MOST_ALIKE]:
        if left_of(line):
            raise Refused(
                "written_already",
                f"Line {line.pk} is the same already: {line.reference}, {shown(line.cents)}, on "
                f"{long_day(line.happened_on)}. Check the paper. If this is another one, say so.",
                field="again",
            )


def _check_plan(fund: Fund, movement: Movement, today: date) -> None:
    """All funds of the year that have a plan are compared together; the year is held meanwhile."""
    year = year_charged(movement.happened_on, ends_on=fund.ends_on)
    hold_years(year, year)
    planned_funds = running_in(Fund.objects.filter(standing=money.EXISTING), year)
    planned_funds = planned_funds.filter(plans__replaced=False)
    if fund.standing != money.EXISTING or not fund.plans.filter(replaced=False).exists():
        return
    check_spending(
        planned_by_month(planned_funds, year=year),
        spent_by_month(planned_funds, year=year),
        month=month_of(movement.happened_on),
        today=today,
        cents=movement.cents,
        budget=budget_of(planned_funds, year=year),
    )


def _purpose_of(fund: Fund, draft: PurposeDraft) -> Purpose:
    """The purpose of a fund by this name, written down where there is none yet."""
    if draft.kind not in rules.PURPOSES:
        raise Refused("unknown_purpose", "Choose what the money is for.", field="kind")
    choices: dict[str, Event | Matter | Position | None] = {
        "event": draft.event,
        "program": draft.matter,
        "position": draft.position,
    }
    named = choices.get(draft.kind)
    if draft.kind in {"event", "program"} and named is None and not draft.name.strip():
        raise Refused(
            "purpose_missing", "Choose one from the list, or say in words which.", field="name"
        )
    title = _title_of(named) or draft.name
    name = rules.check_words(title, field="name", sentence="Say what the money is for.", most=200)
    purpose, _ = Purpose.objects.get_or_create(
        fund=fund,
        kind=draft.kind,
        name=name,
        defaults={
            "event": draft.event if draft.kind == "event" else None,
            "matter": draft.matter if draft.kind == "program" else None,
            "position": draft.position if draft.kind == "position" else None,
        },
    )
    return purpose


def _title_of(named: Event | Matter | Position | None) -> str:
    """A thing of the house as money names it; of events by one title the day tells them apart."""
    if named is None:
        return ""
    day = f", {localdate(named.starts_at):%b %-d, %Y}" if isinstance(named, Event) else ""
    if isinstance(named, Position):
        day = f", position {named.pk}"
    return f"{named.title[: 200 - len(day)]}{day}"


def _checked(
    movement: Movement, *, needs_paper: bool = False, needs_words: bool = False
) -> Movement:
    paper = "Name the paper: a certification, an order, a contract, an invoice."
    return Movement(
        cents=checked_cents(movement.cents),
        happened_on=movement.happened_on,
        reference=rules.check_words(
            movement.reference, field="reference", sentence=paper if needs_paper else "", most=80
        ),
        words=rules.check_words(
            movement.words, field="words", sentence="Say why." if needs_words else ""
        ),
        payee=rules.check_words(movement.payee, field="payee", sentence="", most=160),
        again=movement.again,
    )


def _key(purpose: Purpose | None) -> str:
    return str(purpose.pk) if purpose is not None else ""


def _told(line: FundLine) -> dict[str, Any]:
    return {
        **fund_words(line.fund),
        "line_id": line.pk,
        "amount": line.cents,
        "happened_on": line.happened_on,
        "purpose": line.purpose.name if line.purpose else "",
        "reference": line.reference,
        "payee": line.payee,
        "note": line.words,
    }
