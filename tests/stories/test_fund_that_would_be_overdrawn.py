"""A fund that would be overdrawn: the director plans, pays, is stopped, and asks for more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import NOON
from tests.web.conftest import open_site
from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.ledger.models import Entry
from wardroom.office.actions import announce_fund_end
from wardroom.office.models import BudgetSubmission, Fund
from wardroom.office.queries.balances import balances_of
from wardroom.office.queries.money import get_funds_to_announce
from wardroom.office.rules.money import Balance

pytestmark = pytest.mark.django_db
TODAY = NOON.date().isoformat()


def sent(amount: str, **more: object) -> dict[str, object]:
    """A movement of money as it is typed."""
    return {"amount": amount, "happened_on": TODAY, "reference": "P-1", "words": "", **more}


@pytest.fixture
def desk(director: Cast) -> Client:
    return open_site(director)


def test_a_fund_that_would_be_overdrawn(
    desk: Client, director: Cast, auditor: Cast, liaison5: Cast
) -> None:
    # A grant is written down. Nobody may promise any of it before it is certified.
    grant = {
        "proposed": "", "code": "fy27-walks", "called": "Safer blocks grant", "sort": "federal",
        "amount": "50,000.00", "starts_on": "2026-10-01", "ends_on": "2027-01-15",
        "purpose": "Walks on blocks with repeated trouble", "restriction": "Not for food",
        "certifier": "The agency fiscal officer",
    }  # fmt: skip
    own = desk.post("/funds/new/", grant).headers["Location"]
    fund = Fund.objects.get(code="FY27-WALKS")
    early = desk.post(own + "allocate/", sent("500", kind="other", called="Walks"))
    assert early.status_code == 422
    assert "Nothing of this fund is certified yet" in early.content.decode()

    # $30,000 of the $50,000 is certified and given to two purposes.
    by = "The agency fiscal officer"
    assert desk.post(own + "certify/", sent("30,000.00", certified_by=by)).status_code == 302
    for name, amount in (("Walks", "20,000.00"), ("Lamps", "10,000.00")):
        desk.post(own + "allocate/", sent(amount, kind="other", called=name))
    walks, lamps = (fund.purposes.get(name=name).pk for name in ("Walks", "Lamps"))
    assert desk.post(own + "commit/", sent("18,000.00", purpose=walks)).status_code == 302
    assert desk.post(own + "spend/", sent("7,499.99", purpose=walks)).status_code == 302

    # An order that would take one cent too many is refused, with what is left and the law.
    over = desk.post(own + "commit/", sent("2,000.01", purpose=walks)).content.decode()
    assert "$2,000.00 is left to commit, not $2,000.01" in over
    assert "47-355.02" in over
    more = desk.post(own + "allocate/", sent("0.01", purpose=walks)).content.decode()
    assert "$0.00 is left to allocate" in more

    # An invoice that nobody committed is refused too, and says whom to tell.
    invoice = desk.post(own + "spend/", sent("10,500.02", purpose=walks)).content.decode()
    assert "$10,500.01 is left to spend" in invoice
    assert "tell the agency fiscal officer today" in invoice
    held = Balance(30_000_00, 30_000_00, 18_000_00, 7_499_99)
    assert balances_of(fund).fund == held

    # Lamps cost less. What is not needed goes back to the fund and on to the walks.
    why = sent("4,000.00", purpose=lamps) | {"words": "The lamps were given to us"}
    assert desk.post(own + "return/", why).status_code == 302
    assert desk.post(own + "allocate/", sent("4,000.00", purpose=walks)).status_code == 302
    assert desk.post(own + "commit/", sent("2,000.01", purpose=walks)).status_code == 302

    # A line was typed wrong: it is taken back by a line against it, and both stay.
    wrong = fund.lines.get(kind="spend").pk
    back = {"amount": "499.99", "reason": "The invoice was $7,000.00"}
    assert desk.post(f"{own}lines/{wrong}/", back).status_code == 302
    assert balances_of(fund).fund == Balance(30_000_00, 30_000_00, 20_000_01, 7_000_00)
    assert fund.lines.filter(corrects=wrong).get().cents == -499_99

    # The plan of the year says when; spending far over it is barred, and the plan's change is not.
    plan = {"seen": "0", "2026-10": "2,000", "2026-11": "5,000", "2027-01": "40,000"}
    assert desk.post(own + "plan/", plan).status_code == 302
    barred = desk.post(own + "spend/", sent("2,500.01", purpose=walks)).content.decode()
    assert "more than 5% of its budget" in barred
    changed = plan | {"seen": "1", "2026-11": "8,000", "2027-01": "37,000", "reason": "A storm"}
    assert desk.post(own + "plan/", changed).status_code == 302
    assert desk.post(own + "spend/", sent("2,500.01", purpose=walks)).status_code == 302
    assert "$499.99 under the plan" in desk.get("/spending/?year=2027").content.decode()

    # What is only proposed stands apart; the submission is signed and keeps its numbers.
    wish = grant | {"proposed": "yes", "code": "FY27-MORE", "scenario": "With more evenings"}
    wished = desk.post("/funds/new/", wish).headers["Location"]
    refused = desk.post(wished + "certify/", sent("1", certified_by=by)).content.decode()
    assert "This fund is only proposed" in refused
    draft = desk.post("/submission/", {"year": "2027"}).headers["Location"]
    words = {"note": "More walks", "scenario": "With more evenings"}
    assert desk.post(draft + "word/", words).status_code == 302
    mark = desk.get(draft).context["file"].digest
    assert desk.post(draft + "sign/", {"mark": mark}).status_code == 302
    [signed] = BudgetSubmission.objects.all()
    assert signed.content["existing_sum"]["spent"] == 9_500_01
    assert (signed.content["proposed_sum"], signed.content["together"]) == (50_000_00, 100_000_00)

    # Two months before its end the grant is in the director's day, and nobody else's.
    soon = date(2026, 11, 17)
    assert [one.pk for one in get_funds_to_announce(soon)] == [fund.pk]
    house = Stamp(actor=SYSTEM, at=NOON - timedelta(days=1), window=Window.WORKER)
    announce_fund_end(fund, stamp=house)
    assert get_funds_to_announce(soon) == ()
    assert [one.pk for one in get_funds_to_announce(date(2026, 12, 16))] == [fund.pk]
    assert "Safer blocks grant ends in 59 days" in desk.get("/day/").content.decode()
    assert desk.post(own + "settle/", {"words": "The local funds go on"}).status_code == 302
    assert "Safer blocks grant ends" not in desk.get("/day/").content.decode()

    # The auditor reads every line of it; the liaison sees nothing.
    assert open_site(auditor).get(own).status_code == 200
    assert open_site(liaison5).get(own).status_code == 404
    kinds = set(Entry.objects.filter(about__noun="fund").values_list("kind", flat=True))
    assert {"MoneyCertified", "MoneySpent", "FundLineTakenBack", "AllocationReturned"} <= kinds
