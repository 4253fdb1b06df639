"""The pages of API keys: a token is shown once, and each person keeps their own keys."""

from __future__ import annotations

import re

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.web.conftest import SignIn
from wardroom.access.models import ApiKey
from wardroom.access.queries.api_keys import key_presented

pytestmark = pytest.mark.django_db
OWN = {"name_": "My board", "scopes": ["read", "write"], "hourly_limit": "500"}


def test_token_is_shown_once_and_never_again(sign_in: SignIn, liaison5: Cast) -> None:
    client = sign_in(liaison5)
    answer = client.post("/data/keys/new/", OWN)
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = answer.content.decode()
    [token] = re.findall(r"wr_[0-9A-Za-z]{32}", text)
    found = key_presented(token, NOON)
    assert found is not None
    assert (found.user_id, found.hourly_limit) == (liaison5.user.pk, 500)
    listed = client.get("/data/keys/").content.decode()
    assert "My board" in listed
    assert token not in listed
    assert f"wr_{token[3:9]}…" in listed


def test_director_makes_a_key_for_an_app(sign_in: SignIn, director: Cast) -> None:
    sent = {"name_": "City app", "whose": "app", "scopes": "open311", "publishes": "on"}
    client = sign_in(director)
    assert client.post("/data/keys/new/", {**sent, "hourly_limit": "9"}).status_code == 200
    key = ApiKey.objects.get()
    assert (key.holder, key.scopes, key.publishes) == (None, ["open311"], True)


def test_what_was_typed_stays_and_the_fault_is_named(sign_in: SignIn, director: Cast) -> None:
    sent = {"name_": "City app", "whose": "app", "scopes": "read", "hourly_limit": "9"}
    answer = sign_in(director).post("/data/keys/new/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Any other scope is for an app" in text
    assert 'value="City app"' in text
    assert not ApiKey.objects.exists()


def test_liaison_cannot_ask_for_more_than_their_own(sign_in: SignIn, liaison5: Cast) -> None:
    client = sign_in(liaison5)
    assert "whose" not in client.get("/data/keys/new/").content.decode()
    sent = {**OWN, "whose": "app", "scopes": ["alerts"], "publishes": "on"}
    assert client.post("/data/keys/new/", sent).status_code == 422
    assert client.post("/data/keys/new/", {**OWN, "whose": "app"}).status_code == 200
    assert ApiKey.objects.get().holder == liaison5.user


def test_key_is_ended_by_its_holder_and_not_by_a_colleague(
    sign_in: SignIn, liaison5: Cast, liaison7: Cast
) -> None:
    client = sign_in(liaison5)
    client.post("/data/keys/new/", OWN)
    key = ApiKey.objects.get()
    other = sign_in(liaison7)
    assert "My board" not in other.get("/data/keys/").content.decode()
    assert other.post(f"/data/keys/{key.pk}/end/").status_code == 404
    assert client.post(f"/data/keys/{key.pk}/end/").status_code == 302
    assert "wr_" not in client.get("/data/keys/").content.decode()
    assert "My board" in client.get("/data/keys/?state=ended").content.decode()
    assert client.post(f"/data/keys/{key.pk}/end/").status_code == 409


def test_page_of_the_api_names_every_call(sign_in: SignIn) -> None:
    client = sign_in(None)
    described = client.get("/api/v1/openapi.json").json()["paths"]
    text = client.get("/api/v1/").content.decode()
    assert len(described) > 30
    assert [path for path in described if path not in text] == []
