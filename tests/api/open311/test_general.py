"""What holds of every resource: rows C1 to C10, E1 and E2 of the checklist."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from pytest_django import Settings

from tests.api.open311.conftest import Program, key_of, said
from tests.conftest import NOON
from wardroom.access.gate import guard_pass
from wardroom.directory.models import Service
from wardroom.service_requests.models import Endpoint, Feed, ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mirror")]
RESOURCES = (
    "/open311/discovery",
    "/open311/v2/services",
    "/open311/v2/services/rodents",
    "/open311/v2/requests",
    "/open311/v2/requests/26-1",
)


@pytest.mark.parametrize("address", RESOURCES)
def test_c1_both_formats_by_their_ending_and_no_other(client: Client, address: str) -> None:
    assert client.get(f"{address}.xml").status_code == 200
    assert client.get(f"{address}.json").status_code == 200
    for ending in (".yaml", ".XML", ""):
        assert client.get(address + ending).status_code == 404


@pytest.mark.parametrize("address", [*RESOURCES, "/open311/v2/requests/none", "/open311/none"])
def test_c2_content_types(client: Client, address: str) -> None:
    assert client.get(f"{address}.xml").headers["Content-Type"] == "text/xml; charset=utf-8"
    json = client.get(f"{address}.json")
    assert json.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("address", RESOURCES)
def test_c3_xml_has_its_declaration_and_no_namespace(client: Client, address: str) -> None:
    content = client.get(f"{address}.xml").content
    assert content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    assert b"xmlns" not in content
    assert all(not e.attrib and "}" not in str(e.tag) for e in etree.fromstring(content).iter())


def test_c4_utf8_in_and_out(publisher: Program) -> None:
    words = "¿Ratas? አይጦች 老鼠 <&> 쥐 🐀"
    number = publisher.sent(description=words)
    assert publisher.json(f"/requests/{number}")[0]["description"] == words
    assert publisher.xml(f"/requests/{number}").findtext("request/description") == words


def test_c4_other_charset_and_broken_bodies_are_told(program: Program) -> None:
    for body, kind in (
        (b"description=%E9", "application/x-www-form-urlencoded; charset=latin-1"),
        (b"--x\r\n", "multipart/form-data"),
        (
            b"--x\r\nContent-Disposition: form-data\r\n",
            "multipart/form-data; boundary=x",
        ),
        (b"{}", "application/json"),
        (b"\xff\xfe=\x00", "application/x-www-form-urlencoded"),
    ):
        answer = program.client.post("/open311/v2/requests.json", body, content_type=kind)
        assert answer.status_code in (400, 403)
        assert said(answer)


def test_c5_datetimes_carry_their_zone(program: Program) -> None:
    for row in program.json("/requests"):
        for name in ("requested_datetime", "updated_datetime", "expected_datetime"):
            if row[name] is not None:
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row[name])
                assert datetime.fromisoformat(row[name]).tzinfo is not None


def test_c6_json_is_the_xml_without_its_root(program: Program) -> None:
    rows = program.json("/requests")
    elements = program.xml("/requests").findall("request")
    assert [row["service_request_id"] for row in rows] == [
        element.findtext("service_request_id") for element in elements
    ]
    for row, element in zip(rows, elements, strict=True):
        assert [child.tag for child in element] == list(row)
        for child in element:
            value = row[str(child.tag)]
            assert (child.text or None) == (None if value is None else str(value))


def test_c6_one_row_is_an_array_and_an_empty_element_is_null(program: Program) -> None:
    [row] = program.json("/requests/26-1")
    assert row["media_url"] is None
    assert program.xml("/requests/26-1").find("request/media_url") is not None


@pytest.mark.parametrize(
    "name", ["jurisdiction_id", "status", "service_code", "start_date", "bbox"]
)
def test_c7_empty_parameter_is_an_absent_one(program: Program, name: str) -> None:
    assert program.json("/requests", **{name: ""}) == program.json("/requests")
    assert program.json("/requests", **{name: "  "}) == program.json("/requests")


def test_c7_empty_field_is_an_absent_one(program: Program) -> None:
    assert program.send(address_id="", email="", address_string=" ").status_code == 200


def test_c8_only_jurisdiction_need_not_be_named_and_no_other_is_there(program: Program) -> None:
    assert program.json("/requests", jurisdiction_id="dc.gov") == program.json("/requests")
    for path in ("/services", "/services/rodents", "/requests", "/requests/26-1", "/tokens/none"):
        answer = program.get(f"{path}.json", jurisdiction_id="elsewhere.gov")
        assert answer.status_code == 404
        assert "jurisdiction_id" in said(answer)[0]
    assert program.send(jurisdiction_id="elsewhere.gov").status_code == 404
    assert program.send(jurisdiction_id="dc.gov").status_code == 200


def test_c8_one_of_several_has_to_be_named(program: Program, settings: Settings) -> None:
    settings.JURISDICTIONS = ["dc.gov:dc-311", "takoma.md:takoma"]
    assert program.get("/requests.json").status_code == 400
    assert program.get("/services.json").status_code == 400
    assert program.send().status_code == 400
    number = program.sent(jurisdiction_id="takoma.md")
    there = program.json("/requests", jurisdiction_id="takoma.md")
    assert [row["service_request_id"] for row in there] == [number]
    here = program.json("/requests", jurisdiction_id="dc.gov")
    assert {row["service_request_id"] for row in here} == {"26-1", "26-2", "26-3"}
    away = program.get(f"/requests/{number}.json", jurisdiction_id="dc.gov")
    assert away.status_code == 404


def test_c8_discovery_and_tokens_need_no_jurisdiction(program: Program, settings: Settings) -> None:
    settings.JURISDICTIONS = ["dc.gov", "takoma.md"]
    assert program.client.get("/open311/discovery.json").status_code == 200
    assert program.get("/tokens/none.json").status_code == 404


def test_other_cities_requests_are_not_ours(program: Program, settings: Settings) -> None:
    with guard_pass("a test"):
        away = Feed.objects.create(code="chicago", name="Chicago")
        Endpoint.objects.create(
            code="chi", name="Chicago", url="https://example.org", mode="mirror", feed=away,
            since_on="2026-01-01", added_at=NOON,
        )  # fmt: skip
        ServiceRequest.objects.filter(external_id="26-3").update(feed=away)
        Service.objects.filter(code="RODENT").update(code="chi:RODENT")
    assert "26-3" not in program.get("/requests.json").content.decode()
    assert program.get("/requests/26-3.json").status_code == 404
    assert program.get("/services/chi:RODENT.json").status_code == 404
    settings.JURISDICTIONS = ["dc.gov", "chicago.il:chicago"]
    there = program.json("/requests", jurisdiction_id="chicago.il")
    assert [row["service_request_id"] for row in there] == ["26-3"]
    named = {"jurisdiction_id": "chicago.il"}
    assert program.get("/services/chi:RODENT.json", **named).status_code == 200


def test_c8_jurisdiction_may_stand_in_the_address_or_the_body(
    program: Program, settings: Settings
) -> None:
    settings.JURISDICTIONS = ["dc.gov", "takoma.md"]
    answer = program.client.post(
        f"/open311/v2/requests.json?jurisdiction_id=takoma.md&api_key={program.token}",
        {"service_code": "trash", "lat": "38.92", "long": "-77.0"},
    )
    assert answer.status_code == 200


def test_c9_key_stands_in_the_body_the_address_or_a_header(program: Program) -> None:
    fields = {"service_code": "trash", "lat": "38.92", "long": "-77.0", "description": "One"}
    address = "/open311/v2/requests.json"
    assert program.client.post(f"{address}?api_key={program.token}", fields).status_code == 200
    header = {"X-API-Key": program.token}
    fields["description"] = "Two"
    assert program.client.post(address, fields, headers=header).status_code == 200


def test_c9_reading_needs_no_key(client: Client) -> None:
    assert client.get("/open311/v2/requests.json?api_key=wrong").status_code == 200


def test_c10_json_types(program: Program) -> None:
    kinds: dict[str, Any] = {"lat": float, "long": float}
    for row in program.json("/requests"):
        for name, value in row.items():
            assert value is None or isinstance(value, kinds.get(name, str)), name
    for row in program.json("/services"):
        for name, value in row.items():
            assert isinstance(value, bool) == (name == "metadata"), name
    for row in program.json("/services/rodents")["attributes"]:
        assert isinstance(row["variable"], bool)
        assert isinstance(row["required"], bool)
        assert type(row["order"]) is int


def test_e1_errors_are_told_in_both_formats(program: Program) -> None:
    [error] = program.get("/requests/none.json").json()
    assert error["code"] == 404
    assert error["description"]
    root = etree.fromstring(program.get("/requests/none.xml").content)
    assert root.tag == "errors"
    assert root.findtext("error/code") == "404"
    assert root.findtext("error/description") == error["description"]


def test_e2_several_errors_stand_in_one_answer(program: Program) -> None:
    answer = program.get("/requests.json", status="maybe", start_date="now", bbox="1,2")
    assert answer.status_code == 400
    assert [text.partition(":")[0] for text in said(answer)] == ["start_date", "status", "bbox"]


def test_other_methods_are_told_what_is_taken(client: Client) -> None:
    for method in ("put", "patch", "delete"):
        answer = getattr(client, method)("/open311/v2/requests.json")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, POST, OPTIONS"
        assert answer.json()[0]["code"] == 405
    assert client.post("/open311/v2/services.json").status_code == 405
    assert client.head("/open311/v2/services.json").status_code == 200


def test_pages_of_any_site_may_read_and_send(client: Client) -> None:
    answer = client.options("/open311/v2/requests.json")
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, POST, OPTIONS"
    for path in ("/open311/v2/requests.json", "/open311/v2/requests/none.json", "/open311/none"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_answers_carry_no_cookie_and_say_how_long_they_keep(client: Client) -> None:
    for address in RESOURCES:
        answer = client.get(f"{address}.json")
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert client.get("/open311/v2/requests/none.json").headers["Cache-Control"] == "no-store"


def test_zero_bytes_are_told_in_the_words_of_the_standard(client: Client) -> None:
    for address in (
        "/open311/v2/services/%00.json",
        "/open311/v2/requests/%00.json",
        "/open311/v2/tokens/%00.json",
        "/open311/v2/services/a%0Ab.json",
        "/open311/%0A.json",
        "/open311/v2/requests.json?service_code=%00",
        "/open311/v2/requests.json?%00=x",
    ):
        answer = client.get(address)
        assert answer.status_code in (400, 404)
        assert said(answer)


def test_too_many_readings_from_one_network_are_told_to_wait(
    client: Client, settings: Settings
) -> None:
    settings.OPEN311_READS = 3
    codes = [client.get("/open311/v2/services.json").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert int(client.get("/open311/v2/services.json").headers["Retry-After"]) <= 60
    settings.OPEN311_READS = 0
    assert client.get("/open311/v2/services.json").status_code == 200


def test_sending_without_a_key_counts_too(client: Client, settings: Settings) -> None:
    settings.OPEN311_READS = 2
    codes = [client.post("/open311/v2/requests.json").status_code for _ in range(3)]
    assert codes == [403, 403, 429]


def test_too_many_parameters_are_told(client: Client) -> None:
    query = "&".join(f"x{n}=1" for n in range(1100))
    answer = client.get(f"/open311/v2/requests.json?{query}")
    assert answer.status_code == 400
    assert said(answer)


def test_too_many_reports_with_one_key_are_told_to_wait(office: Any) -> None:
    program = Program(key_of(hourly_limit=2))
    codes = [program.send(description=f"Rats {n}").status_code for n in range(3)]
    assert codes == [200, 200, 429]


def test_description_of_the_endpoints_can_be_read(client: Client) -> None:
    told = client.get("/open311/v2/openapi.json").json()
    assert "/requests.{format}" in told["paths"]
