"""Search leads to the pages of the site by their names, and to what the office itself keeps."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.office.funds import fund_in_use, make_fund
from tests.web.conftest import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def found(client: Client, words: str) -> str:
    answer = client.get("/search/", {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("who is on call", "/on-call/"),
        ("On call", "/on-call/"),
        ("rota", "/rota/"),
        ("swap", "/my-shifts/"),
        ("week board", "/week/"),
        ("incident", "/incidents/"),
        ("training", "/training/"),
        ("volunteers", "/terms/"),
        ("staffing", "/staffing/"),
        ("time study", "/staffing/study/"),
        ("hiring", "/hiring/"),
        ("call addresses", "/call-addresses/"),
    ],
)
def test_page_is_found_by_its_name_or_what_people_call_it(
    director: Cast, sign_in: SignIn, words: str, href: str
) -> None:
    main = found(sign_in(director), words).split('id="results"')[1]
    assert f'href="{href}"' in main
    assert sign_in(director).get(href).status_code == 200


def test_money_is_found_by_those_alone_who_read_it(
    director: Cast, auditor: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    fund, _ = fund_in_use(director)
    make_fund(director, code="FY27-SAFER", name="Safer blocks", proposed=True)
    for who in (director, auditor):
        assert f"/funds/{fund.pk}/" in found(sign_in(who), "FY27-LOCAL")
        assert "FY27-SAFER" in found(sign_in(who), "safer blocks")
        assert "Paid by FY27-LOCAL" in found(sign_in(who), "walks")
        assert 'href="/spending/"' in found(sign_in(who), "spending").split('id="results"')[1]
    for words in ("FY27-LOCAL", "safer blocks", "walks", "spending"):
        page = found(sign_in(liaison5), words).split('id="results"')[1]
        assert "/funds/" not in page
        assert "/spending/" not in page
        assert "Local funds" not in page
        assert "Paid by" not in page


def test_liaison_is_not_led_to_what_only_those_who_lead_see(
    liaison5: Cast, sign_in: SignIn
) -> None:
    client = sign_in(liaison5)
    assert 'href="/staffing/"' not in found(client, "staff needed").split('id="results"')[1]
    assert client.get("/call-addresses/").status_code == 200


def test_small_words_alone_and_nonsense_lead_nowhere(director: Cast, sign_in: SignIn) -> None:
    client = sign_in(director)
    assert ">Page</span>" in found(client, "rota")
    for words in ("the", "a", "'\"><b>", "%", "zzzz", "²"):
        assert ">Page</span>" not in found(client, words).split('id="results"')[1], words
