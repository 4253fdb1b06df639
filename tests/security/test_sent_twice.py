"""S3, R2: a form that asks who it is first is done once too, however often it is sent."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.security.clocks import Clock, is_in, sign_in
from tests.security.factors import set_up, shown
from wardroom.access.models import ApiKey, Grant, SentForm
from wardroom.web import once
from wardroom.web.factors import stepping

pytestmark = pytest.mark.django_db
PATH = "/data/keys/new/"
KEY = {"name_": "Feed reader", "scopes": ["read"], "hourly_limit": "50", "whose": "own"}
PROOF = {"confirm-password": PASSWORD}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "LOOK_EVERY", 0.01)


def hidden(page: str) -> dict[str, Any]:
    """What a page carries along of the form that it holds, with the mark of its own."""
    found: dict[str, Any] = {}
    form = page[page.index("<form") :] if "auth" not in page else page[page.index('class="auth"') :]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    return found


def opened(client: Client, path: str = PATH) -> dict[str, Any]:
    mark = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())
    assert mark
    return {**KEY, "csrfmiddlewaretoken": mark.group(1)}


def held(client: Client, sent: Mapping[str, Any], path: str = PATH) -> dict[str, Any]:
    """A form that was held: what the page that asks who it is sends on."""
    page = client.post(path, sent).content.decode()
    assert "Confirm it is you" in page
    carried = hidden(page)
    assert carried["csrfmiddlewaretoken"] != [sent["csrfmiddlewaretoken"]]
    return carried


def twin(client: Client) -> Client:
    """The same browser as it is now: what it sent before an answer came."""
    other = Client()
    for name, cookie in client.cookies.items():
        other.cookies[name] = cookie.value
    return other


def says_done(answer: Any) -> bool:
    page = answer.content.decode()
    return "done once" in page and "Nothing was changed" not in page


def test_second_click_says_that_it_was_done(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    sent = opened(client)
    clock.go_on(minutes=20)
    sent = {**held(client, sent), **PROOF}
    late = twin(client)
    assert "Copy this key now" in client.post(PATH, sent).content.decode()
    assert says_done(late.post(PATH, sent))
    assert ApiKey.objects.count() == 1
    assert is_in(client)


def test_what_was_not_done_is_said_to_be_not_saved(clock: Clock, liaison5: Cast) -> None:
    """Power check: the same words on another page were never sent."""
    client = sign_in(liaison5.email)
    sent = opened(client)
    clock.go_on(minutes=20)
    late, other = twin(client), {**opened(client), **PROOF}
    client.post(PATH, {**held(client, sent), **PROOF})
    answer = late.post(PATH, other)
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


def test_sent_again_after_a_lost_answer_nothing_is_made_twice(clock: Clock, liaison5: Cast) -> None:
    """The answer and its cookie never came: they sign in again and send what they see."""
    client = sign_in(liaison5.email)
    sent = opened(client)
    clock.go_on(minutes=20)
    sent = {**held(client, sent), **PROOF}
    late = twin(client)
    client.post(PATH, sent)
    assert says_done(late.post(PATH, sent))
    again = late.post(PATH, sent, follow=True)
    assert says_done(again)
    assert ApiKey.objects.count() == 1


def test_form_that_was_held_is_the_form_that_was_filled_in(clock: Clock, liaison5: Cast) -> None:
    """Going back to the page before the question and sending it again does nothing more."""
    client = sign_in(liaison5.email)
    first = opened(client)
    clock.go_on(minutes=20)
    client.post(PATH, {**held(client, first), **PROOF})
    answer = client.post(PATH, first)
    assert answer.status_code == 302
    assert ApiKey.objects.count() == 1


@pytest.fixture
def with_app(clock: Clock, liaison5: Cast) -> tuple[Client, str]:
    client = sign_in(liaison5.email)
    secret, _codes = set_up(client, clock)
    return client, secret


def test_code_that_was_used_by_the_first_click_does_nothing_twice(
    clock: Clock, with_app: tuple[Client, str]
) -> None:
    """The second one is asked for another code; with it the form is still the same form."""
    client, secret = with_app
    sent = opened(client)
    clock.go_on(minutes=20)
    sent = held(client, sent)
    asked = client.post(PATH, {**sent, "confirm-code": "000000"})
    assert asked.status_code == 422
    anew = hidden(asked.content.decode())
    assert anew["confirm-mark"] == sent["confirm-mark"]
    late = twin(client)
    client.post(PATH, {**sent, "confirm-code": shown(secret, clock.now())})
    assert ApiKey.objects.count() == 1
    clock.go_on(minutes=1)
    code = {"confirm-code": shown(secret, clock.now())}
    assert says_done(late.post(PATH, {**anew, **code}))
    assert client.post(PATH, {**anew, **code}).status_code == 302
    assert ApiKey.objects.count() == 1


def test_second_click_on_a_code_app_says_that_it_was_done(clock: Clock, liaison5: Cast) -> None:
    client, path = sign_in(liaison5.email), "/account/security/codes/"
    set_up(client, clock)
    mark = opened(client, "/account/security/")["csrfmiddlewaretoken"]
    late, sent = twin(client), {"csrfmiddlewaretoken": mark}
    assert "<code>" in client.post(path, sent).content.decode()
    again = late.post(path, sent, follow=True)
    assert "done once" in again.content.decode()


def test_the_app_itself_sent_twice(clock: Clock, liaison5: Cast) -> None:
    """It ends the sign-ins of before: the second click finds nobody, and says what is so."""
    client, path = sign_in(liaison5.email), "/account/security/app/"
    late = twin(client)
    kept: list[dict[str, Any]] = []
    post: Callable[..., Any] = client.post

    def seen(path: str, sent: dict[str, Any]) -> Any:
        kept.append({**sent, "csrfmiddlewaretoken": "m" * 64})
        return post(path, kept[-1])

    client.post = seen  # type: ignore[assignment]
    set_up(client, clock)
    answer = late.post(path, kept[0])
    assert answer.status_code == 403
    assert says_done(answer)
    assert is_in(client)


def test_second_click_on_the_question_alone_leads_on(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    late, sent = twin(client), {"next": "/people/cards.vcf", **PROOF}
    assert client.post("/account/reauthenticate/", sent).status_code == 302
    answer = late.post("/account/reauthenticate/", sent)
    assert answer.headers["Location"] == "/account/login/?next=/people/cards.vcf"


def asked_alone(client: Client) -> dict[str, Any]:
    """The page that asks who it is, opened by itself, with where to go on."""
    mark = opened(client, "/account/reauthenticate/")["csrfmiddlewaretoken"]
    return {"next": "/people/cards.vcf", "csrfmiddlewaretoken": mark}


def test_code_of_the_first_click_is_not_wrong_at_the_second(
    clock: Clock, with_app: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes while the first has used the code and has not answered yet."""
    client, secret = with_app
    clock.go_on(minutes=20)
    sent = {**asked_alone(client), "confirm-code": shown(secret, clock.now())}
    late, answers = twin(client), list[Any]()
    is_them = stepping.is_them

    def clicks(request: Any, form: Any) -> bool:
        good = is_them(request, form)
        if not answers:
            answers.append(None)
            with monkeypatch.context() as written:
                written.setattr(once, "was_sent", lambda _: True)
                answers[0] = late.post("/account/reauthenticate/", sent)
        return good

    monkeypatch.setattr(stepping, "is_them", clicks)
    assert client.post("/account/reauthenticate/", sent).headers["Location"] == sent["next"]
    assert answers[0].status_code == 302
    assert client.post("/account/reauthenticate/", sent).headers["Location"] == sent["next"]
    assert is_in(client)


def test_power_check_code_that_nobody_sent_before_is_wrong(
    clock: Clock, with_app: tuple[Client, str]
) -> None:
    client, secret = with_app
    clock.go_on(minutes=20)
    code = {"confirm-code": shown(secret, clock.now())}
    other = {**asked_alone(client), **code}
    client.post("/account/reauthenticate/", {**asked_alone(client), **code})
    assert client.post("/account/reauthenticate/", other).status_code == 422


def test_second_form_leads_to_a_page_though_nobody_says_where_it_stood(
    clock: Clock, director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No Referer came, and where the first answer led was lost."""
    client, page = sign_in(director.email), f"/staff/{liaison5.party.pk}/"
    sent = {**opened(client, page), "role": "director", "valid_from": "2026-11-18"}
    assert client.post(f"{page}role/", sent).status_code == 302
    monkeypatch.setattr(once, "_kept", lambda _: "")
    again = client.post(f"{page}role/", sent, follow=True)
    assert again.status_code == 200
    assert says_done(again)


def test_error_of_ours_after_the_proof_signs_nobody_out(
    clock: Clock, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(minutes=20)
    client.raise_request_exception = False

    def fails(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a fault put in on purpose")

    monkeypatch.setattr("wardroom.web.keys.views.make_key", fails)
    assert client.post(PATH, {**KEY, **PROOF}).status_code == 500
    assert is_in(client)


def test_a_role_is_given_once(clock: Clock, director: Cast, liaison5: Cast) -> None:
    client, page = sign_in(director.email), f"/staff/{liaison5.party.pk}/"
    sent = {**opened(client, page), "role": "director", "valid_from": "2026-11-18"}
    clock.go_on(minutes=20)
    path = f"{page}role/"
    sent = {**held(client, sent, path), **PROOF}
    late = twin(client)
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()
    before = Grant.objects.count()
    assert says_done(late.post(path, sent))
    assert Grant.objects.count() == before
    assert SentForm.objects.count() == 1


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["password", "code"])
def test_two_clicks_at_once_make_one(
    clock: Clock, liaison5: Cast, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The second comes while the first has shown who it is and has not done it yet."""
    client = sign_in(liaison5.email)
    proof: dict[str, str] = PROOF
    secret = set_up(client, clock)[0] if how == "code" else ""
    sent = opened(client)
    clock.go_on(minutes=20)
    sent = held(client, sent)
    if secret:
        proof = {"confirm-code": shown(secret, clock.now())}
    late, proved, asked = twin(client), threading.Event(), threading.Event()
    is_them, answers = stepping.is_them, {}

    def slow(request: Any, form: Any) -> bool:
        first = not proved.is_set()
        good = is_them(request, form)
        if first:
            proved.set()
            assert asked.wait(timeout=20)
        else:
            asked.set()
        return good

    monkeypatch.setattr(stepping, "is_them", slow)
    monkeypatch.setattr(once, "LOOK_EVERY", 0.05)

    def click(name: str, browser: Client) -> None:
        try:
            answers[name] = browser.post(PATH, {**sent, **proof})
        finally:
            connection.close()

    first = threading.Thread(target=click, args=("first", client))
    first.start()
    assert proved.wait(timeout=20)
    second = threading.Thread(target=click, args=("second", late))
    second.start()
    for each in (first, second):
        each.join()
    assert ApiKey.objects.count() == 1
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
