"""S3: before what would do most harm, one shows anew that it is oneself; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.security.clocks import Clock, is_in, sign_in
from wardroom.access.models import ApiKey, Grant
from wardroom.web.factors import forms, stepping

pytestmark = pytest.mark.django_db
KEY = {"name_": "Feed reader of <the> office", "scopes": ["read", "hooks"], "hourly_limit": "50"}
PROOF = {"confirm-password": PASSWORD}


def key_path(who: Cast) -> tuple[str, Mapping[str, object]]:
    return "/data/keys/new/", {**KEY, "whose": "own"}


def asks(client: Client, path: str, sent: Mapping[str, object]) -> bool:
    """Whether a form is held until somebody shows who they are."""
    answer = client.post(path, sent)
    return "Confirm it is you" in answer.content.decode()


@pytest.mark.parametrize("path", ["/data/keys/new/", "/staff/hire/", "/account/security/codes/"])
def test_a_quarter_of_an_hour_after_signing_in_it_is_asked(
    clock: Clock, director: Cast, path: str
) -> None:
    client = sign_in(director.email)
    clock.go_on(minutes=14)
    assert not asks(client, path, {})
    clock.go_on(minutes=1)
    assert asks(client, path, {})


def test_a_grant_and_a_reset_are_asked_about(clock: Clock, director: Cast, liaison5: Cast) -> None:
    client = sign_in(director.email)
    clock.go_on(minutes=20)
    for verb in ("role", "factors", "link", "open", "close", "end", "cover"):
        assert asks(client, f"/staff/{liaison5.party.pk}/{verb}/", {"role": "director"}), verb
    assert not Grant.objects.filter(user=liaison5.user, role="director").exists()


def test_what_was_typed_is_carried_and_done_with_the_proof(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    path, sent = key_path(liaison5)
    clock.go_on(minutes=20)
    page = client.post(path, sent).content.decode()
    assert 'value="Feed reader of &lt;the&gt; office"' in page
    assert page.count('name="scopes"') == 2
    assert not ApiKey.objects.exists()
    before = client.cookies["sessionid"].value
    wrong = client.post(path, {**sent, "confirm-password": "not this one"})
    assert wrong.status_code == 422
    assert "This is not your password." in wrong.content.decode()
    assert "not this one" not in wrong.content.decode()
    done = client.post(path, {**sent, **PROOF})
    assert "Copy this key now" in done.content.decode()
    assert ApiKey.objects.get().name == KEY["name_"]
    assert client.cookies["sessionid"].value != before  # S4: a new number at step-up
    assert not asks(client, path, sent)


def test_with_the_ask_taken_out_it_would_be_done(
    clock: Clock, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check."""
    client = sign_in(liaison5.email)
    clock.go_on(minutes=20)
    monkeypatch.setattr(stepping, "LASTS", 10**9)
    assert not asks(client, *key_path(liaison5))
    assert ApiKey.objects.count() == 1


def test_an_export_of_people_is_asked_about(clock: Clock, director: Cast) -> None:
    client = sign_in(director.email)
    assert client.get("/people/cards.vcf").headers["Content-Type"].startswith("text/vcard")
    clock.go_on(minutes=20)
    page = client.get("/people/cards.vcf?ward=5").content.decode()
    assert "Confirm it is you" in page
    assert 'name="next" value="/people/cards.vcf?ward=5"' in page
    sent = {"next": "/people/cards.vcf?ward=5", **PROOF}
    answer = client.post("/account/reauthenticate/", sent)
    assert answer.headers["Location"] == "/people/cards.vcf?ward=5"
    assert client.get("/people/cards.vcf").headers["Content-Type"].startswith("text/vcard")


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/\\evil.example", "x"]
)
def test_the_proof_leads_nowhere_else(clock: Clock, director: Cast, away: str) -> None:
    client = sign_in(director.email)
    sent = {"next": away, **PROOF}
    assert client.post("/account/reauthenticate/", sent).headers["Location"] == "/"


def test_ten_wrong_proofs_make_one_wait(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(minutes=20)
    for _ in range(10):
        client.post("/account/reauthenticate/", {"confirm-password": "no"})
    answer = client.post("/account/reauthenticate/", PROOF)
    assert answer.status_code == 429
    assert asks(client, *key_path(liaison5))


@pytest.mark.parametrize("page", ["key", "app"])
def test_a_factor_is_added_only_by_whoever_has_just_shown_who_they_are(
    clock: Clock, liaison5: Cast, page: str
) -> None:
    """Asked before the page opens: a key is touched once, for what the page then says."""
    client, path = sign_in(liaison5.email), f"/account/security/{page}/"
    assert "Confirm it is you" not in client.get(path).content.decode()
    clock.go_on(minutes=20)
    asked = client.get(path).content.decode()
    assert "Confirm it is you" in asked
    assert f'name="next" value="{path}"' in asked
    answer = client.post("/account/reauthenticate/", {"next": path, **PROOF})
    assert answer.headers["Location"] == path
    assert "Confirm it is you" not in client.get(path).content.decode()


def test_what_a_key_said_is_not_carried(clock: Clock, liaison5: Cast) -> None:
    client, path = sign_in(liaison5.email), "/account/security/key/"
    clock.go_on(minutes=20)
    sent = {"name_": "Blue key", "credential": '{"id": "said"}'}
    page = client.post(path, sent).content.decode()
    assert 'value="Blue key"' in page
    assert 'name="credential"' not in page
    answer = client.post(path, {"name_": "Blue key", **PROOF})
    assert answer.status_code == 422
    assert "The key was not asked yet" in answer.content.decode()
    assert 'value="Blue key"' in answer.content.decode()


OTHER = "rain-on-the-tin-roof"
NEW = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}


def test_another_password_is_asked_about_and_shown_back_nowhere(
    clock: Clock, liaison5: Cast
) -> None:
    client, path = sign_in(liaison5.email), "/account/password/"
    clock.go_on(minutes=20)
    assert "Confirm it is you" in client.get(path).content.decode()
    page = client.post(path, NEW).content.decode()
    assert "Confirm it is you" in page
    assert OTHER not in page
    assert PASSWORD not in page
    assert client.post("/account/reauthenticate/", {"next": path, **PROOF}).status_code == 302
    assert client.post(path, NEW).status_code == 302
    assert sign_in(liaison5.email, OTHER)


def test_the_password_of_now_is_guessed_ten_times_however_it_is_asked_for(
    clock: Clock, liaison5: Cast
) -> None:
    """At the form of another password, at the proof and at the sign-in: one count of all."""
    client, path = sign_in(liaison5.email), "/account/password/"
    guesses = [client.post(path, {**NEW, "oldpassword": f"guess {n}"}) for n in range(4)]
    assert [one.status_code for one in guesses] == [422] * 4
    for n in range(6):
        client.post("/account/reauthenticate/", {"confirm-password": f"guess {n}"})
    stopped = client.post(path, NEW)
    assert stopped.status_code == 429
    assert "Too many wrong tries" in stopped.content.decode()
    assert client.post("/account/reauthenticate/", PROOF).status_code == 429
    client.post("/account/logout/")
    sent = {"login": liaison5.email, "password": PASSWORD}
    assert client.post("/account/login/", sent).status_code == 200
    clock.go_on(minutes=17)
    assert sign_in(liaison5.email, client=client)


def test_power_check_a_guess_that_is_not_counted_goes_on(
    clock: Clock, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "take_try", lambda *_: lambda: None)
    client = sign_in(liaison5.email)
    for n in range(4):
        client.post("/account/password/", {**NEW, "oldpassword": f"guess {n}"})
    assert client.post("/account/password/", NEW).status_code == 302


def test_a_clock_that_is_put_back_makes_no_proof_last(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    clock.go_on(seconds=-30)  # two machines are never quite at one
    assert not asks(client, "/account/security/codes/", {})
    clock.go_on(minutes=-2)
    assert not is_in(client)


@pytest.mark.parametrize(
    "headers", [{"x-requested-with": "XMLHttpRequest"}, {"accept": "application/json"}]
)
def test_a_program_that_changes_the_password_is_answered(
    clock: Clock, liaison5: Cast, headers: dict[str, str]
) -> None:
    client = sign_in(liaison5.email)
    answer = client.post("/account/password/", NEW, headers=headers)
    assert answer.status_code < 400
    assert sign_in(liaison5.email, OTHER)
