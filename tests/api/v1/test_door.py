"""Who is let in, for what, how often, and how the API says no."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.v1.conftest import ROOT, Program, program_of
from tests.cast import Cast
from tests.web.conftest import open_site
from wardroom.directory.actions import end_key
from wardroom.directory.models import Party
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
STEP = {"next_on": "2026-11-30", "next_step": "Call the crew"}


def told(answer: Any) -> tuple[int, str]:
    """The status and the code of a problem, told as one."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    assert said["detail"]
    return answer.status_code, said["code"]


def test_no_key_and_no_good_key_open_nothing(liaison_program: Program) -> None:
    client = liaison_program.client
    assert told(client.get(f"{ROOT}/me")) == (401, "key_missing")
    for said in ("Bearer wr_" + "a" * 32, "bearer", "Basic YTpi", "Bearer " + "é" * 40):
        answer = client.get(f"{ROOT}/me", headers={"Authorization": said})
        assert told(answer)[0] == 401, said
        assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_a_sign_in_opens_no_door_of_the_api(liaison5: Cast) -> None:
    client = open_site(liaison5)
    assert client.get("/day/").status_code == 200
    assert told(client.get(f"{ROOT}/me")) == (401, "key_missing")


def test_ended_key_is_let_in_no_longer(liaison5: Cast) -> None:
    program = program_of(liaison5)
    assert program.data("/me")["data"]["wards"] == ["5"]
    end_key(liaison5.user.api_keys.get(), stamp=liaison5.stamp)
    assert told(program.get("/me")) == (401, "key_unknown")


def test_key_to_read_does_not_write(liaison5: Cast) -> None:
    reader, writer = program_of(liaison5, "read"), program_of(liaison5, "write")
    assert told(reader.post("/issues/1/next-step", STEP)) == (403, "scope_missing")
    assert told(writer.get("/me")) == (403, "scope_missing")
    assert told(writer.post("/issues/1/next-step", STEP)) == (404, "not_found")


def test_calls_are_counted_down_to_none(liaison5: Cast) -> None:
    program = program_of(liaison5, limit=2)
    left = [program.get("/me").headers["X-RateLimit-Remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    answer = program.get("/me")
    assert told(answer) == (429, "too_many")
    assert 0 < int(answer.headers["Retry-After"]) <= 3600


@pytest.mark.parametrize(
    "path", ["/nothing", "/nothing?x=1", "/issues/1/nothing", "/issues/", "/../day/"]
)
def test_every_other_address_is_told_in_json(path: str, liaison_program: Program) -> None:
    assert told(liaison_program.get(path)) == (404, "not_found")


def test_what_cannot_be_read_is_told_apart(liaison_program: Program) -> None:
    client = liaison_program.client
    headers = {"Authorization": f"Bearer {liaison_program.token}"}

    def send(data: bytes, kind: str = "application/json") -> tuple[int, str]:
        path = f"{ROOT}/issues"
        return told(client.post(path, data=data, content_type=kind, headers=headers))

    assert send(b"{") == (400, "unreadable")
    assert send(b"[" * 100_000) == (400, "unreadable")
    assert send(b'{"a":' + b"9" * 5000 + b"}") == (400, "unreadable")
    assert send(b"\xff\xfe") == (400, "unreadable")
    assert send(b"a=1", "application/x-www-form-urlencoded") == (415, "not_json")
    assert send(b" " * 300_000) == (413, "too_long")
    assert send(b"[]") == (422, "not_valid")
    assert told(liaison_program.get("/issues?ward=%00")) == (400, "zero_byte")
    assert told(liaison_program.get("/me%00")) == (400, "zero_byte")
    assert told(liaison_program.post("/me", {})) == (405, "method")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"next_on": "2026-11-30"}, "next_step"),
        ({**STEP, "next_on": "tomorrow"}, "next_on"),
        ({**STEP, "next_on": 0}, "next_on"),
        ({**STEP, "next_step": 5}, "next_step"),
        ({**STEP, "next_step": "a\0b"}, None),
        ({**STEP, "next_step": "\ud800"}, None),
        ({**STEP, "more": 1}, "more"),
    ],
)
def test_input_that_is_off_is_named(
    body: dict[str, object], field: str | None, liaison_program: Program
) -> None:
    answer = liaison_program.post("/issues/1/next-step", body)
    assert told(answer) == (422, "not_valid")
    assert answer.json()["field"] == field


@pytest.mark.parametrize("levels", [21, 400, 800])
def test_deep_nests_are_told_and_break_nothing(levels: int, liaison_program: Program) -> None:
    for opens, closes in (("[", "]"), ('{"a":', "}")):
        nest = opens * levels + ("1" if opens == '{"a":' else "") + closes * levels
        body = f'{{"said":"x","channel":"phone","topic":{nest}}}'
        answer = liaison_program.client.post(
            f"{ROOT}/issues",
            data=body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {liaison_program.token}"},
        )
        assert told(answer)[0] in {400, 422}


def test_address_with_too_many_parts_is_told_in_json(liaison_program: Program) -> None:
    query = "&".join(f"a{n}=1" for n in range(1_500))
    assert told(liaison_program.get(f"/me?{query}")) == (400, "too_many_parts")


def test_numbers_that_no_database_holds_name_nothing(liaison_program: Program) -> None:
    for number in ("0", "-1", "1e3", "9" * 40, str(2**63), "x"):
        assert told(liaison_program.get(f"/issues/{number}"))[0] == 422, number
    assert told(liaison_program.get(f"/issues/{2**63 - 1}")) == (404, "not_found")


def test_filter_that_is_written_wrong_is_told(liaison_program: Program) -> None:
    answer = liaison_program.get("/issues?wards=5")
    assert told(answer) == (422, "unknown_filter")
    assert answer.json()["field"] == "wards"
    assert told(liaison_program.get("/me?x=1")) == (422, "unknown_filter")


def test_cursor_of_somebody_else_is_none(liaison_program: Program) -> None:
    for cursor in ("zz", "x:y", "W10:abc", "W10", "%ff", "a" * 4000, ":", "cDp4"):
        assert told(liaison_program.get(f"/parties?cursor={cursor}")) == (422, "not_valid"), cursor


@pytest.mark.parametrize("cursor", ["cDox", "cDoyNQ==", "cDo5OTk5OTk="])
def test_number_of_a_page_is_no_cursor_any_more(cursor: str, liaison_program: Program) -> None:
    answer = liaison_program.get(f"/parties?cursor={cursor}")
    assert told(answer) == (422, "not_valid")
    assert "Pages have no numbers any more" in answer.json()["detail"]


def test_what_is_known_already_is_not_sent_again(liaison_program: Program) -> None:
    first = liaison_program.get("/me")
    again = liaison_program.get("/me", If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert liaison_program.get("/me", If_None_Match='"other"').status_code == 200


def test_reading_leaves_the_first_use_of_the_day_and_nothing_else(liaison5: Cast) -> None:
    program = program_of(liaison5)
    before = Entry.objects.count()
    for path in ("/me", "/issues", "/asks", "/parties", "/topics", "/issues/9", "/nothing"):
        program.get(path)
    assert [e.kind for e in Entry.objects.order_by("-pk")[: Entry.objects.count() - before]] == [
        "ApiKeyUsed"
    ]


def test_partner_reads_asks_and_no_people(partner_dpw: Cast) -> None:
    program = program_of(partner_dpw, "read")
    assert program.data("/asks")["total"] == 0
    for path in ("/issues", "/parties", "/locations", "/requests", "/reports", "/commitments"):
        assert told(program.get(path)) == (403, "not_allowed"), path
    party = Party.objects.order_by("pk")[0]
    assert told(program.get(f"/parties/{party.pk}"))[0] in {403, 404}
