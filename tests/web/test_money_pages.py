"""The pages of money: who reads them, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.cast import Cast
from tests.office.funds import make_fund, money_at_work
from tests.web.conftest import SignIn
from wardroom.access.gate import guard_pass
from wardroom.office.models import BudgetSubmission, Fund, FundLine, Purpose
from wardroom.office.queries.balances import balances_of
from wardroom.office.queries.submissions import submission_workbook

pytestmark = pytest.mark.django_db
LISTS = ("/funds/", "/funds/funds.csv", "/spending/", "/spending/spending.csv", "/submission/")
NONSENSE = ("xyz", "-1", "0", "9" * 30, "²", "'\"><b>", "2026-02-30", "x" * 3000, "é")


@pytest.fixture
def fund(director: Cast) -> Fund:
    return money_at_work(director)


@pytest.fixture
def client(director: Cast, sign_in: SignIn) -> Client:
    return sign_in(director)


def own_pages(fund: Fund) -> tuple[str, ...]:
    """Every page of one fund and of the draft."""
    line = fund.lines.order_by("pk")[0].pk
    draft = BudgetSubmission.objects.get().pk
    own = ("", "lines.csv", f"lines/{line}/")
    return (
        *(f"/funds/{fund.pk}/{part}" for part in own),
        *(f"/submission/{draft}/{part}" for part in ("", "paper.pdf", "sheet.xlsx")),
    )


def test_directors_and_auditors_read_the_money_and_nobody_else(
    fund: Fund,
    sign_in: SignIn,
    director: Cast,
    auditor: Cast,
    liaison5: Cast,
    staff: Cast,
    records_officer: Cast,
    partner_dpw: Cast,
    roleless: Cast,
) -> None:
    pages = [*LISTS, *own_pages(fund)]
    for who in (director, auditor):
        reader = sign_in(who)
        assert {page: reader.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    for who in (liaison5, staff, records_officer, partner_dpw, roleless):
        other = sign_in(who)
        got = [other.get(page).status_code for page in pages]
        assert got == [403] * len(LISTS) + [404] * len(own_pages(fund)), who.email
        assert b"/funds/" not in other.get("/").content
    visitor = Client()
    assert {visitor.get(page).status_code for page in pages} == {302}


def test_auditor_is_offered_nothing_to_do(fund: Fund, sign_in: SignIn, auditor: Cast) -> None:
    reader = sign_in(auditor)
    assert b"What to do" not in reader.get(f"/funds/{fund.pk}/").content
    for page in ("change/", "plan/"):
        assert reader.get(f"/funds/{fund.pk}/{page}").status_code == 404
    assert reader.post(f"/funds/{fund.pk}/certify/", {"amount": "5"}).status_code == 404
    assert reader.get("/funds/new/").status_code == 403


def test_an_invoice_typed_twice_is_asked_about_and_loses_nothing(
    fund: Fund, client: Client
) -> None:
    sent = {
        "purpose": str(fund.purposes.get().pk),
        "amount": "12.50",
        "happened_on": "2026-11-18",
        "reference": "INV-3",
        "payee": "The print shop",
    }
    spend, at = fund.lines.filter(kind="spend"), f"/funds/{fund.pk}/spend/"
    assert b"It is another one" not in client.get(f"/funds/{fund.pk}/").content
    assert client.post(at, sent).status_code == 302
    again = client.post(at, sent)
    assert again.status_code == 422
    page = again.content.decode()
    assert "is the same already: INV-3, $12.50" in page
    assert 'value="The print shop"' in page
    assert spend.filter(reference="INV-3").count() == 1
    assert client.post(at, {**sent, "again": "on"}).status_code == 302
    assert spend.filter(reference="INV-3", payee="The print shop").count() == 2


def test_fund_without_a_plan_has_none_on_the_paper(
    fund: Fund, client: Client, director: Cast
) -> None:
    make_fund(director, code="FY27-BARE")
    draft = BudgetSubmission.objects.get().pk
    page = client.get(f"/submission/{draft}/").content.decode()
    assert page.count("no plan") == 4 * (1 + 1)
    sheet = client.get(f"/submission/{draft}/sheet.xlsx").content
    rows = load_workbook(io.BytesIO(sheet))["Spending plan"].values
    assert [row[3:] for row in rows if row[0] == "FY27-BARE"] == [("no plan",) * 4]


def test_next_fiscal_year_can_be_drafted_once_it_has_a_fund(
    fund: Fund, client: Client, director: Cast
) -> None:
    assert "Fiscal year 2028" in client.get("/submission/").content.decode()
    refused = client.post("/submission/", {"year": "2028"})
    assert refused.status_code == 422
    assert "No fund of fiscal year 2028 is written down. Add a fund" in refused.content.decode()
    days = {"starts_on": date(2027, 10, 1), "ends_on": date(2028, 9, 30)}
    make_fund(director, code="FY28-LOCAL", proposed=True, **days)
    assert client.post("/submission/", {"year": "2028"}).status_code == 302


def test_a_scenario_leads_to_its_own_funds(fund: Fund, client: Client, director: Cast) -> None:
    make_fund(director, code="FY27-OTHER", proposed=True, scenario="Two more liaisons")
    page = client.get("/spending/").content.decode()
    at = "/funds/?year=2027&amp;standing=proposed&amp;scenario=Two+more+liaisons"
    assert at in page
    rows = client.get(at.replace("&amp;", "&")).content.decode()
    assert "FY27-OTHER" in rows
    assert "FY27-GRANT" not in rows


def test_what_ends_tells_all_that_is_not_committed(client: Client, director: Cast) -> None:
    fund = money_at_work(director)
    with guard_pass("a test"):
        Fund.objects.filter(pk=fund.pk).update(ends_on=date(2027, 1, 9))
    page = client.get("/spending/").content.decode()
    assert "Not committed" in page
    assert "$95,000.00" in page
    assert "$45,000.00 of it certified" in page


def test_money_is_moved_through_the_forms(fund: Fund, client: Client) -> None:
    own = f"/funds/{fund.pk}/"
    sent = {"amount": "$1,234.56", "happened_on": "2026-11-18", "reference": "C-7", "words": ""}
    moved = client.post(own + "certify/", {**sent, "certified_by": "The AFO"})
    assert moved.headers["Location"] == own
    given = {**sent, "kind": "other", "called": "Chairs for meetings", "purpose": ""}
    assert client.post(own + "allocate/", given).status_code == 302
    chairs = fund.purposes.get(name="Chairs for meetings").pk
    for verb in ("commit", "spend"):
        assert client.post(own + f"{verb}/", {**sent, "purpose": chairs}).status_code == 302
    held = balances_of(fund).of(str(chairs))
    assert (held.allocated, held.committed, held.spent) == (1_234_56,) * 3
    page = client.get(own).content.decode()
    assert "$1,234.56" in page
    assert "Chairs for meetings" in page


def test_money_that_is_not_certified_is_refused_at_its_field(fund: Fund, client: Client) -> None:
    own = f"/funds/{fund.pk}/"
    purpose = fund.purposes.get().pk
    sent = {
        "amount": "20,000.00", "happened_on": "2026-11-18", "reference": "PO-99", "purpose": purpose
    }  # fmt: skip
    before = fund.lines.count()
    answer = client.post(own + "commit/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "$15,000.00 is left to commit, not $20,000.00" in page
    assert "47-355.02" in page
    assert 'value="PO-99"' in page
    assert 'value="20,000.00"' in page
    assert fund.lines.count() == before


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"amount": "12,34"}, "Write the amount in dollars"),
        ({"amount": "-5"}, "without a minus"),
        ({"amount": ""}, "Fill in"),
        ({"happened_on": "2026-11-19"}, "still to come"),
        ({"happened_on": "soon"}, "must be a date"),
        ({"reference": ""}, "Fill in"),
        ({"words": "Campaign contributions"}, "never kept in Wardroom"),
    ],
)
def test_bad_input_is_said_clearly(
    fund: Fund, client: Client, sent: dict[str, str], sentence: str
) -> None:
    good = {
        "amount": "5", "happened_on": "2026-11-18", "reference": "C-7", "words": "",
        "certified_by": "The AFO",
    }  # fmt: skip
    answer = client.post(f"/funds/{fund.pk}/certify/", {**good, **sent})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert fund.lines.count() == 4


def test_page_says_where_political_money_would_be_typed_that_it_is_never_kept(
    client: Client, director: Cast
) -> None:
    assert "1-1163.38" in client.get("/funds/new/").content.decode()
    assert "1-1163.38" in client.get("/funds/").content.decode()


def test_line_is_taken_back_on_its_own_page(fund: Fund, client: Client) -> None:
    line = fund.lines.get(kind="spend")
    path = f"/funds/{fund.pk}/lines/{line.pk}/"
    assert client.post(path, {"amount": "1,000.01", "reason": "Wrong"}).status_code == 422
    assert client.post(path, {"amount": "1,000.00", "reason": "Wrong"}).status_code == 302
    back = FundLine.objects.get(corrects=line)
    assert back.cents == -1_000_00
    assert "Taken back" in client.get(f"/funds/{fund.pk}/").content.decode()
    assert b"Take it back</button>" not in client.get(path).content
    assert client.get(f"/funds/{fund.pk}/lines/{back.pk}/").status_code == 200


def test_somebody_elses_change_is_not_overwritten(fund: Fund, client: Client) -> None:
    path = f"/funds/{fund.pk}/change/"
    page = client.get(path)
    form = page.context["form"]
    sent = {name: form.initial.get(name, "") for name in form.fields} | {"amount": "100000"}
    first = client.post(path, {**sent, "called": "Local money"})
    assert first.status_code == 302
    second = client.post(path, {**sent, "called": "Other words"})
    assert second.status_code == 409
    assert "Nothing was overwritten" in second.content.decode()
    fund.refresh_from_db()
    assert fund.name == "Local money"


def test_plan_is_saved_month_by_month(fund: Fund, client: Client) -> None:
    path = f"/funds/{fund.pk}/plan/"
    months = {f"2026-{n}": "10,000.00" for n in (10, 11, 12)}
    assert client.post(path, {**months, "seen": "0", "reason": "A storm"}).status_code == 409
    assert client.post(path, {**months, "seen": "1", "reason": ""}).status_code == 422
    assert client.post(path, {**months, "seen": "1", "reason": "A storm"}).status_code == 302
    assert "version 2" in client.get(f"/funds/{fund.pk}/").content.decode()


def test_filters_page_and_file_hold_the_same_rows(fund: Fund, client: Client) -> None:
    for name in ("year", "standing", "of", "ending", "sort", "page"):
        for wrong in NONSENSE:
            assert client.get("/funds/", {name: wrong}).status_code == 200, (name, wrong)
    for name in ("kind", "purpose", "since", "until", "page"):
        for wrong in NONSENSE:
            assert client.get(f"/funds/{fund.pk}/", {name: wrong}).status_code == 200
    assert client.get("/spending/?year=1").status_code == 200
    only = client.get("/funds/?standing=proposed").content.decode()
    assert "FY27-GRANT" in only
    assert "FY27-LOCAL" not in only
    lines = client.get("/funds/funds.csv?standing=proposed").getvalue().decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["FY27-GRANT"]
    spent = client.get(f"/funds/{fund.pk}/lines.csv?kind=spend").getvalue().decode().splitlines()
    assert [line.split(",")[1:3] for line in spent[1:]] == [["Spent", "1000.00"]]


def test_proposed_funds_stand_apart_from_those_that_exist(fund: Fund, client: Client) -> None:
    page = client.get("/spending/?year=2027").content.decode()
    assert "If the grant comes" in page
    assert "$200,000.00" in page  # with what exists, in the scenario's row alone
    assert page.count("$200,000.00") == 1
    assert "None of this is counted above" in page


def test_words_that_look_like_a_formula_are_none_in_any_file(
    director: Cast, client: Client
) -> None:
    make_fund(director, code="BAD", name="=1+1", purpose="@SUM(A1)", certifier="+44")
    listed = client.get("/funds/funds.csv").getvalue().decode()
    assert ",'=1+1," in listed
    draft = client.post("/submission/", {"year": "2027"}).headers["Location"]
    assert client.post(draft + "word/", {"note": "-2+3", "scenario": ""}).status_code == 302
    book = load_workbook(io.BytesIO(client.get(draft + "sheet.xlsx").content))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c.value for c in cells if c.data_type == "f"]
    words = [str(c.value) for c in cells if c.data_type == "s"]
    assert not [text for text in words if text[:1] in "=+-@"]
    assert {"'=1+1", "'@SUM(A1)", "'+44", "'-2+3"} <= set(words)
    amounts = [c for c in cells if c.number_format == '"$"#,##0.00']
    assert Decimal("100000.00") in {Decimal(str(c.value)) for c in amounts}


def test_draft_is_as_of_today_and_a_signed_one_as_of_its_day(
    fund: Fund, client: Client, director: Cast
) -> None:
    draft = BudgetSubmission.objects.get()
    later = date(2026, 12, 1)

    def said() -> list[str]:
        _, content = submission_workbook(draft.pk, director.actor, on=later)
        rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
        return [str(cell.value) for row in rows for cell in row if cell.value is not None]

    assert any("2026-12-01" in text for text in said())
    mark = client.get(f"/submission/{draft.pk}/").context["file"].digest
    assert client.post(f"/submission/{draft.pk}/sign/", {"mark": mark}).status_code == 302
    assert any("2026-11-18" in text for text in said())
    assert not any("2026-12-01" in text for text in said())


def test_money_of_every_purpose_can_be_chosen(fund: Fund, client: Client, director: Cast) -> None:
    with guard_pass("a test"):
        Purpose.objects.bulk_create(
            Purpose(fund=fund, kind="other", name=f"Part {n:03}") for n in range(101)
        )
    page = client.get(f"/funds/{fund.pk}/").content.decode()
    assert all(f">{name}</option>" in page for name in ("Part 000", "Part 100", "Walks"))


def test_signed_submission_keeps_its_numbers(fund: Fund, client: Client, director: Cast) -> None:
    draft = BudgetSubmission.objects.get()
    own = f"/submission/{draft.pk}/"
    mark = client.get(own).context["file"].digest
    make_fund(director, code="LATE")
    late = client.post(own + "sign/", {"mark": mark})
    assert late.status_code == 422
    assert "Numbers changed since you opened this page" in late.content.decode()
    mark = client.get(own).context["file"].digest
    assert client.post(own + "sign/", {"mark": mark}).status_code == 302
    make_fund(director, code="LATER")
    page = client.get(own).content.decode()
    assert "LATER" not in page
    assert mark in page
    assert client.get(own + "paper.pdf").content.startswith(b"%PDF")
    assert client.post(own + "word/", {"note": "More"}).status_code == 409
    again = client.post("/submission/", {"year": "2027"})
    assert again.status_code == 302
    assert BudgetSubmission.objects.filter(year=2027).count() == 2
    assert client.post("/submission/", {"year": "2027"}).status_code == 409
