"""A year of the office's money: funds that exist, one that ends soon, proposals beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.calendar.models import Event
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.matters.models import Matter
from wardroom.office import actions
from wardroom.office.models import Fund, Position, Purpose
from wardroom.office.queries.submissions import told_now
from wardroom.office.rules.spending import first_day, fiscal_year_of, last_day, months_of
from wardroom.office.rules.submissions import digest_of

DIRECTOR = "director@wardroom.example"
AFO = "The agency fiscal officer"
PAYDAYS = timedelta(days=14)
PAYROLL = 41_538_46
A_POSITION = 110_000_00
NOTE = (
    "The local funds keep a liaison in each ward and the interpreters at its meetings.\n"
    "The proposals add evenings and languages; each stands apart until it is granted."
)


class Year:
    """The fiscal year that the demonstration's last day is in."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.number = fiscal_year_of(plan.end)
        self.starts, self.ends = first_day(self.number), last_day(self.number)

    def stamp(self, days: int) -> Stamp:
        """The director, so many days into the year, and never after the last day."""
        at = self.plan.now - timedelta(days=max((self.plan.end - self.starts).days - days, 0))
        return stamp_of(DIRECTOR, at)

    def draft(self, code: str, name: str, sort: str, dollars: int) -> actions.FundDraft:
        """A fund of this year."""
        return actions.FundDraft(
            code=f"FY{self.number % 100}-{code}",
            name=name,
            sort=sort,
            starts_on=self.starts,
            ends_on=self.ends,
            amount_cents=dollars * 100,
            purpose="The work of the office in all eight wards",
            certifier=AFO,
        )


def show_money(plan: Plan) -> int:
    """Four funds with their lines, two proposals, and a budget submission that was signed."""
    if not Fund.objects.exists():
        year = Year(plan)
        _local(year)
        _grant(year)
        _small_ones(year)
        _proposals(year)
        _submissions(year)
    return Fund.objects.count()


def _local(year: Year) -> None:
    fund = _added(year, year.draft("LOCAL", "Local funds", "local", 1_712_400))
    _certify(fund, 1_712_400_00, year.stamp(0), "C-1041")
    pay = _given(fund, year.stamp(1), 1_240_000_00, "position", "Liaisons of the eight wards")
    walks = _given(fund, year.stamp(1), 85_000_00, "other", "Interpreters and translation")
    fair = _given(fund, year.stamp(2), 60_000_00, "event", "Meetings in the wards", _event(year))
    _given(fund, year.stamp(2), 45_000_00, "program", "Outreach", None, _initiative())
    _plan(fund, 128_000_00, year.stamp(1))
    stamp = year.stamp(2)
    actions.commit_money(
        fund, movement=_moved(1_080_000_00, stamp, "PAY-27"), purpose=pay, stamp=stamp
    )
    paid_on, number = year.starts + timedelta(days=9), 1
    while paid_on <= year.plan.end:
        stamp = year.stamp((paid_on - year.starts).days)
        moved = _moved(PAYROLL, stamp, f"PAY-{number:02d}")
        actions.spend_money(fund, movement=moved, purpose=pay, stamp=stamp)
        paid_on, number = paid_on + PAYDAYS, number + 1
    stamp = year.stamp(20)
    actions.commit_money(
        fund, movement=_moved(32_400_00, stamp, "PO-2218"), purpose=walks, stamp=stamp
    )
    wrong = actions.spend_money(
        fund, movement=_moved(4_180_50, stamp, "INV-771"), purpose=walks, stamp=stamp
    )
    actions.take_line_back(
        fund, line=wrong, cents=180_50, reason="The tax was billed in error", stamp=year.stamp(27)
    )
    actions.spend_money(
        fund,
        movement=_moved(6_250_00, year.stamp(30), "INV-802"),
        purpose=fair,
        commit_too=True,
        stamp=year.stamp(30),
    )


def pay_positions(plan: Plan) -> None:
    """The local fund pays the positions of no ward by name; those of the wards are in words."""
    year = Year(plan)
    fund = Fund.objects.filter(code=f"FY{year.number % 100}-LOCAL").first()
    if fund is None:
        return
    stamp = year.stamp(35)
    for position in Position.objects.filter(status="existing", ward_code="", money=None):
        cents = int(position.fte * A_POSITION)
        draft = actions.PurposeDraft("position", position=position)
        actions.allocate_money(fund, movement=_moved(cents, stamp, ""), purpose=draft, stamp=stamp)


def _grant(year: Year) -> None:
    """A federal grant whose last day is near."""
    begins = min(year.starts, year.plan.end - timedelta(days=300))
    draft = replace(
        year.draft("WALKS", "Safer blocks grant", "federal", 120_000),
        code=f"FY{fiscal_year_of(begins) % 100}-WALKS",
        starts_on=begins,
        ends_on=year.plan.end + timedelta(days=41),
        purpose="Walks and lighting checks on blocks with repeated trouble",
        restriction="Not for food, and not for salaries that local funds pay",
    )
    fund = _added(year, draft)
    stamp = year.stamp(3)
    _certify(fund, 96_000_00, stamp, "C-1077")
    walks = _given(fund, stamp, 72_500_00, "other", "Walks and lamps")
    stamp = year.stamp(12)
    actions.commit_money(
        fund, movement=_moved(58_000_00, stamp, "PO-2240"), purpose=walks, stamp=stamp
    )
    stamp = year.stamp(25)
    actions.spend_money(
        fund, movement=_moved(21_375_25, stamp, "INV-790"), purpose=walks, stamp=stamp
    )
    at = year.plan.now - timedelta(hours=2)
    actions.announce_fund_end(fund, stamp=Stamp(actor=SYSTEM, at=at, window=Window.SHELL))


def _small_ones(year: Year) -> None:
    fund = _added(year, year.draft("MOU", "Agreement with Public Works", "intra", 60_000))
    _plan(fund, 5_000_00, year.stamp(6))
    gift = replace(
        year.draft("GIFT", "Donated meeting rooms", "in_kind", 18_000),
        purpose="Rooms for meetings in Wards 7 and 8, at their rent",
        restriction="The Mayor approved the gift; the record is open",
    )
    fund = _added(year, gift)
    _certify(fund, 18_000_00, year.stamp(8), "G-12")
    _given(fund, year.stamp(8), 18_000_00, "other", "Rooms for meetings")


def _proposals(year: Year) -> None:
    for code, name, sort, dollars, scenario in (
        ("LANG", "Language access grant", "federal", 210_000, "With the language grant"),
        ("NIGHT", "Two liaisons for evenings", "local", 190_000, "Two more liaisons"),
    ):
        draft = replace(year.draft(code, name, sort, dollars), scenario=scenario)
        fund = actions.add_fund(draft, proposed=True, stamp=year.stamp(15))
        _plan(fund, dollars * 5, year.stamp(15))


def _submissions(year: Year) -> None:
    made = actions.draft_submission(
        None, year=year.number, scenario="With the language grant", stamp=year.stamp(28)
    )
    stamp = year.stamp(29)
    actions.word_submission(made, note=NOTE, scenario="With the language grant", stamp=stamp)
    made.refresh_from_db()
    actions.sign_submission(made, seen=digest_of(told_now(made)), stamp=year.stamp(31))
    actions.draft_submission(None, year=year.number, stamp=year.stamp(33))


def _added(year: Year, draft: actions.FundDraft) -> Fund:
    return actions.add_fund(draft, stamp=year.stamp(0))


def _certify(fund: Fund, cents: int, stamp: Stamp, paper: str) -> None:
    actions.certify_money(fund, movement=_moved(cents, stamp, paper), certified_by=AFO, stamp=stamp)


def _given(
    fund: Fund,
    stamp: Stamp,
    cents: int,
    kind: str,
    name: str,
    event: Event | None = None,
    matter: Matter | None = None,
) -> Purpose:
    draft = actions.PurposeDraft(kind, name, event=event, matter=matter)
    line = actions.allocate_money(
        fund, movement=_moved(cents, stamp, ""), purpose=draft, stamp=stamp
    )
    assert line.purpose is not None
    return line.purpose


def _moved(cents: int, stamp: Stamp, paper: str) -> actions.Movement:
    return actions.Movement(cents, _day(stamp.at), reference=paper)


def _plan(fund: Fund, cents: int, stamp: Stamp) -> None:
    months = dict.fromkeys(months_of(fund.starts_on, fund.ends_on), cents)
    actions.plan_spending(fund, months=months, stamp=stamp)


def _event(year: Year) -> Event | None:
    rows = Event.objects.filter(state="planned", starts_at__gt=year.plan.now)
    return rows.filter(kind__in=("mayor_event", "meeting")).order_by("starts_at").first()


def _initiative() -> Matter | None:
    rows = Matter.objects.filter(kind__in=("initiative", "campaign"), state="open")
    return rows.order_by("pk").first()


def _day(at: datetime) -> date:
    return at.date()
