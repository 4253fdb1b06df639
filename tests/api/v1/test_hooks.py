"""Programs set up their own webhooks, see what became of each line, and have lines sent again."""

from __future__ import annotations

import pytest

from tests.api.v1.conftest import Program, program_of
from tests.api.v1.test_door import told
from tests.cast import Cast
from wardroom.access.models import ApiCall

pytestmark = pytest.mark.django_db
NEW = {"name": "Board", "address": "https://hooks.example.org/in", "kinds": ["NextStepSet"]}


def test_webhook_is_set_up_looked_at_and_ended(liaison_program: Program) -> None:
    made = liaison_program.post("/hooks", NEW)
    assert made.status_code == 201
    data = made.json()["data"]
    assert data["secret"].startswith("whsec_")
    own = f"/hooks/{data['hook']['id']}"
    read = liaison_program.data(own)
    assert read["data"]["kinds"] == ["NextStepSet"]
    assert "secret" not in read["data"]
    assert liaison_program.data(f"{own}/deliveries")["items"] == []
    assert liaison_program.post(f"{own}/replay", {"from_line": 1}).status_code == 200
    assert told(liaison_program.post(f"{own}/replay", {"from_line": 10**9}))[0] == 422
    assert told(liaison_program.post(f"{own}/deliveries/99/replay"))[0] == 422
    assert liaison_program.post(f"{own}/end").status_code == 200
    assert told(liaison_program.post(f"{own}/end")) == (409, "already_ended")
    assert liaison_program.data("/hooks?state=ended")["total"] == 1


def test_secret_is_given_once_and_kept_in_no_answer(liaison_program: Program) -> None:
    first = liaison_program.post("/hooks", NEW, Idempotency_Key="1").json()
    again = liaison_program.post("/hooks", NEW, Idempotency_Key="1").json()
    assert first["data"]["secret"]
    assert again["data"]["secret"] == ""
    assert again["data"]["hook"]["id"] == first["data"]["hook"]["id"]
    assert ApiCall.objects.get().made == str(first["data"]["hook"]["id"])


def test_key_needs_the_scope_and_others_see_nothing(
    liaison5: Cast, liaison_program: Program, other_program: Program
) -> None:
    assert told(program_of(liaison5, "read", "write").get("/hooks")) == (403, "scope_missing")
    number = liaison_program.post("/hooks", NEW).json()["data"]["hook"]["id"]
    assert other_program.data("/hooks")["total"] == 0
    for path in (f"/hooks/{number}", f"/hooks/{number}/deliveries"):
        assert told(other_program.get(path)) == (404, "not_found")
    assert told(other_program.post(f"/hooks/{number}/end")) == (404, "not_found")


def test_inside_address_is_refused_at_once_with_the_name_of_the_setting(
    liaison_program: Program,
) -> None:
    for address in ("https://127.0.0.1:9911/x", "http://127.0.0.1:9911/x"):
        answer = liaison_program.post("/hooks", {**NEW, "address": address})
        assert answer.status_code == 422
        assert answer.json()["field"] == "address"
        assert "WARDROOM_HOOKS_INSIDE" in answer.content.decode()
    assert liaison_program.data("/hooks")["total"] == 0


def test_wrong_address_or_kind_is_told_at_its_field(liaison_program: Program) -> None:
    for more, field in (({"address": "http://a.example/"}, "address"), ({"kinds": ["X"]}, "kinds")):
        answer = liaison_program.post("/hooks", {**NEW, **more})
        assert answer.status_code == 422
        assert answer.json()["field"] == field
