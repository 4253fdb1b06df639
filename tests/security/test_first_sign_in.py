"""Where a second factor is asked of all: the first sign-in, another phone, and the way on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast
from tests.security.clocks import Clock, is_in, sign_in
from tests.security.factors import add_app, second_step, set_up, shown
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
SECURITY, SECOND = "/account/security/", "/account/second/"


@pytest.fixture(autouse=True)
def as_in_the_office(settings: Settings) -> None:
    settings.SECOND_FACTOR = "required"


def main_of(answer: Any) -> str:
    """What stands in the page itself."""
    page = str(answer.content.decode())
    return page[page.index("<main") : page.index("</main>")]


def after_adding(client: Client, clock: Clock) -> tuple[str, str]:
    """Add a code app: its secret, and the page that it led to."""
    secret, answer = add_app(client, clock)
    led = answer.headers.get("Location")
    return secret, main_of(client.get(led) if led else answer)


def test_first_factor_leads_on_to_where_one_wanted_to_go(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    wanted = "/people/?q=ann&kind=person"
    assert client.get(wanted).headers["Location"] == SECURITY
    client.get("/near/data/", headers={"Sec-Fetch-Mode": "cors"})  # a script asked, nobody else
    _, page = after_adding(client, clock)
    assert 'href="/people/?q=ann&amp;kind=person">I have kept them' in page
    assert "Codes from before" not in page
    assert "Codes from before" in main_of(client.post("/account/security/codes/"))


def test_first_factor_leads_home_where_nothing_else_was_wanted(
    clock: Clock, liaison5: Cast, partner_dpw: Cast
) -> None:
    _, page = after_adding(sign_in(liaison5.email), clock)
    assert 'href="/">I have kept them' in page
    _, page = after_adding(sign_in(partner_dpw.email), clock)  # who could do all before, goes back
    assert f'href="{SECURITY}">I have kept them' in page


def test_another_phone_takes_the_place_of_the_one_before(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    old, codes = set_up(client, clock)
    assert "Move it to another phone" in main_of(client.get(SECURITY))
    clock.go_on(minutes=5)
    new, page = after_adding(client, clock)
    assert "Code app moved." in page
    assert is_in(client)
    clock.go_on(minutes=5)
    other = second_step(liaison5.email)
    assert other.post(SECOND, {"code": shown(old, clock.now())}).status_code == 422
    assert other.post(SECOND, {"code": shown(new, clock.now())}).status_code == 302
    assert second_step(liaison5.email).post(SECOND, {"code": codes[0]}).status_code == 302
    kinds = ["SecondFactorAdded", "SecondFactorRemoved", "SecondFactorAdded"]
    lines = Entry.objects.filter(kind__startswith="SecondFactor").order_by("pk")
    assert list(lines.values_list("kind", flat=True)) == kinds


def test_a_wrong_code_of_another_phone_leaves_the_one_before(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    old, _ = set_up(client, clock)
    page = client.get("/account/security/app/").content.decode()
    hidden = re.search(r'name="secret" value="([^"]+)"', page)
    assert hidden
    sent = {"secret": hidden.group(1), "code": "000000"}
    assert client.post("/account/security/app/", sent).status_code == 422
    clock.go_on(minutes=5)
    right = second_step(liaison5.email).post(SECOND, {"code": shown(old, clock.now())})
    assert right.status_code == 302


def test_what_cannot_be_removed_is_not_offered_to_be(
    clock: Clock, liaison5: Cast, settings: Settings
) -> None:
    client = sign_in(liaison5.email)
    set_up(client, clock)
    assert "/remove/" not in main_of(client.get(SECURITY))
    settings.SECOND_FACTOR = "offered"
    assert "/remove/" in main_of(client.get(SECURITY))
    settings.SECOND_FACTOR = "required"
    more = {"type": "webauthn", "data": {"name": "Blue key", "credential": {}}}
    Authenticator.objects.create(user=liaison5.user, **more)
    assert main_of(client.get(SECURITY)).count("/remove/") == 2


def test_whoever_has_a_link_uses_it_before_the_factor_too(clock: Clock, liaison5: Cast) -> None:
    """A call-out at night waits for no code app; a stranger with the link could answer it."""
    client = sign_in(liaison5.email)
    for path in ("/call/no-such-link/", "/answer/no-such-link/"):
        stranger = Client().get(path)
        assert stranger.status_code == 404, path
        assert client.get(path).status_code == 404, path
    assert client.get("/issues/").status_code == 302


def test_a_wrong_code_is_not_shown_again(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    set_up(client, clock)
    wrong = second_step(liaison5.email).post(SECOND, {"code": "918273"})
    assert "This code is not right" in main_of(wrong)
    assert "918273" not in main_of(wrong)
    clock.go_on(minutes=20)
    wrong = client.post("/account/reauthenticate/", {"confirm-code": "918273"})
    assert "This code is not right" in main_of(wrong)
    assert "918273" not in main_of(wrong)


def test_starting_again_still_leads_to_where_one_wanted_to_go(clock: Clock, liaison5: Cast) -> None:
    set_up(sign_in(liaison5.email), clock)
    client = second_step(liaison5.email, wanted="/people/?q=ann&page=2")
    page = main_of(client.get(SECOND))
    assert 'href="/account/login/?next=/people/%3Fq%3Dann%26page%3D2">Start again' in page
    assert 'name="next" value="/people/?q=ann&amp;page=2"' in page


def test_who_took_too_long_is_told_so_and_still_gets_there(clock: Clock, liaison5: Cast) -> None:
    sent = {"code": "123456", "next": "/people/"}
    late = Client().post(SECOND, sent, follow=True)
    assert late.redirect_chain == [("/account/login/?next=/people/", 302)]
    assert "took longer" in main_of(late)
    away = Client().post(SECOND, {**sent, "next": "//evil.example/"}, follow=True)
    assert away.redirect_chain[0][0].startswith("/account/login/")
    secret, _ = set_up(sign_in(liaison5.email), clock)
    clock.go_on(minutes=5)
    client = second_step(liaison5.email, wanted="//evil.example/")
    answer = client.post(SECOND, {"code": shown(secret, clock.now()), "next": "//evil.example/"})
    assert answer.headers["Location"] == "/"


def test_short_entries_too_are_shown_when_the_sign_in_ran_out(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(hours=1)
    sent = {
        "text": "The lamp is out.",
        "name": "Tesfaye",
        "phone": "202-555-0147",
        "email": "tesfaye@wardroom.example",
        "kind": "meeting",
        "ward": "5",
        "code": "123456X",
        "new_password": "Hidden1",
        "confirm-code": "Hidden2",
        "secret": "Hidden3",
        "csrfmiddlewaretoken": "Hidden4",
    }
    page = main_of(client.post("/capture/", sent))
    for typed in ("The lamp is out.", "Tesfaye", "202-555-0147", "tesfaye@wardroom.example"):
        assert typed in page
    for other in ("meeting", "123456X", "Hidden"):
        assert other not in page


def test_signing_out_is_said_in_one_way(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    client.get(SECURITY)  # where the sign-in is said
    page = main_of(client.post("/account/logout/", follow=True))
    assert page.count('role="status"') == 1
    assert "You are signed out." in page


def test_nobody_is_offered_to_reset_their_own(clock: Clock, director: Cast, liaison5: Cast) -> None:
    set_up(sign_in(liaison5.email), clock)
    client = sign_in(director.email)
    set_up(client, clock)
    asked = "What was lost, and how you know it is them"
    assert asked in main_of(client.get(f"/staff/{liaison5.party.pk}/"))
    assert asked not in main_of(client.get(f"/staff/{director.party.pk}/"))
