"""Discovery, services and definitions: rows D1 to D6, S1 to S9 and F1 to F7 of the checklist."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from tests.api.open311.conftest import Program
from tests.cast import Cast
from wardroom.library.actions import ask_question, close_topic
from wardroom.library.models import Topic
from wardroom.library.rules.asking import Asked, Choice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mirror")]
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}


def discovery(client: Client) -> Any:
    return client.get("/open311/discovery.json").json()


def test_d1_to_d3_discovery_says_the_same_in_both_formats(client: Client) -> None:
    told = discovery(client)
    root = etree.fromstring(client.get("/open311/discovery.xml").content)
    assert [child.tag for child in root] == ["changeset", "contact", "key_service", "endpoints"]
    assert list(told) == ["changeset", "contact", "key_service", "endpoints"]
    for name in ("changeset", "contact", "key_service"):
        assert root.findtext(name) == told[name] != ""
    assert len(root.findall("endpoints/endpoint")) == len(told["endpoints"])
    assert datetime.fromisoformat(told["changeset"]) < datetime.now(UTC)


def test_d4_each_endpoint_says_what_it_is(client: Client) -> None:
    ends = discovery(client)["endpoints"]
    assert [end["type"] for end in ends] == ["production", "test"]
    for end in ends:
        assert end["specification"] == "http://wiki.open311.org/GeoReport_v2"
        assert datetime.fromisoformat(end["changeset"]) < datetime.now(UTC)
        assert client.get(f"{end['url']}/services.json").status_code == 200


def test_d5_xml_is_among_the_formats(client: Client) -> None:
    for end in discovery(client)["endpoints"]:
        assert end["formats"] == ["text/xml", "application/json"]
    root = etree.fromstring(client.get("/open311/discovery.xml").content)
    formats = root.findall("endpoints/endpoint/formats/format")
    assert [each.text for each in formats[:2]] == ["text/xml", "application/json"]


def test_d6_root_of_discovery(client: Client) -> None:
    assert etree.fromstring(client.get("/open311/discovery.xml").content).tag == "discovery"


def test_s4_services_stand_in_their_element(program: Program) -> None:
    root = program.xml("/services")
    assert root.tag == "services"
    assert {child.tag for child in root} == {"service"}


def test_s5_services_are_an_array_of_ours_and_of_the_mirror(program: Program) -> None:
    rows = program.json("/services")
    assert isinstance(rows, list)
    codes = [row["service_code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert {"rodents", "dumping", "DUMP", "RODENT"} <= set(codes)
    assert "TEST" not in codes


def test_s6_to_s9_fields_of_a_service(program: Program) -> None:
    fields = [
        "service_code",
        "service_name",
        "description",
        "metadata",
        "type",
        "keywords",
        "group",
    ]
    for row in program.json("/services"):
        assert list(row) == fields
        assert row["type"] in {"realtime", "batch", "blackbox"}
        assert isinstance(row["metadata"], bool)
    for element in program.xml("/services"):
        assert [child.tag for child in element] == fields
        assert element.findtext("metadata") in {"true", "false"}


def test_services_say_which_are_ours_and_which_are_called_as_311_does(program: Program) -> None:
    rows = {row["service_code"]: row for row in program.json("/services")}
    assert rows["rodents"]["group"].startswith("Mayor's office")
    assert "A topic of the Mayor's office" in rows["rodents"]["description"]
    assert rows["DUMP"]["group"].startswith("311")
    assert "makes no request with 311" in rows["DUMP"]["description"]


def test_closed_topic_is_not_offered(program: Program, director: Cast) -> None:
    close_topic(Topic.objects.get(code="rodents"), stamp=director.stamp)
    assert "rodents" not in {row["service_code"] for row in program.json("/services")}
    assert program.get("/services/rodents.json").status_code == 404


def test_f1_service_with_metadata_has_its_definition_in_both_formats(program: Program) -> None:
    for row in program.json("/services"):
        if row["metadata"]:
            assert program.json(f"/services/{row['service_code']}")["attributes"]
            assert len(program.xml(f"/services/{row['service_code']}").find("attributes")) > 0


def test_f2_attributes_stand_in_their_wrapper(program: Program) -> None:
    root = program.xml("/services/rodents")
    assert root.tag == "service_definition"
    assert [child.tag for child in root] == ["service_code", "attributes"]
    assert {child.tag for child in root.find("attributes")} == {"attribute"}


def test_f3_definition_is_an_object(program: Program) -> None:
    told = program.json("/services/rodents")
    assert isinstance(told, dict)
    assert told["service_code"] == "rodents"


def test_f4_fields_of_an_attribute(program: Program) -> None:
    names = ["variable", "code", "datatype", "required", "datatype_description", "order"]
    for row in program.json("/services/rodents")["attributes"]:
        assert list(row)[:6] == names
        assert row["datatype"] in DATATYPES
        assert row["description"]


def test_f4_notice_takes_no_answer(program: Program) -> None:
    told = program.json("/services/streetlights")["attributes"]
    notice = next(row for row in told if row["code"] == "wires")
    assert (notice["variable"], notice["required"]) == (False, False)
    assert "values" not in notice


def test_f5_lists_carry_their_values(program: Program) -> None:
    for row in program.json("/services/rodents")["attributes"]:
        assert ("values" in row) == row["datatype"].endswith("list")
    [seen] = [r for r in program.json("/services/rodents")["attributes"] if r["code"] == "seen"]
    assert seen["values"][0] == {"key": "live", "name": "Live rats"}
    value = program.xml("/services/rodents").find("attributes/attribute/values/value")
    assert (value.findtext("key"), value.findtext("name")) == ("live", "Live rats")


def test_f5_one_value_is_an_array(program: Program, director: Cast) -> None:
    asked = Asked(
        code="one",
        text="Which?",
        datatype="singlevaluelist",
        choices=(Choice("a", "A"), Choice("b", "B")),
    )
    ask_question(Topic.objects.get(code="noise"), asked=asked, stamp=director.stamp)
    told = program.json("/services/noise")["attributes"]
    assert isinstance(told[-1]["values"], list)


def test_f6_order_is_unique_and_counts_from_one(program: Program) -> None:
    orders = [row["order"] for row in program.json("/services/rodents")["attributes"]]
    assert orders == list(range(1, len(orders) + 1))


def test_f7_unknown_service_is_not_there(program: Program) -> None:
    for ending in ("json", "xml"):
        assert program.get(f"/services/owls.{ending}").status_code == 404


def test_service_without_metadata_has_an_empty_list(program: Program) -> None:
    codes = [row["service_code"] for row in program.json("/services") if not row["metadata"]]
    assert codes
    for code in codes:
        assert program.json(f"/services/{code}")["attributes"] == []
        assert len(program.xml(f"/services/{code}").find("attributes")) == 0
