"""Reports that programs send: rows P1 to P16 of the checklist."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.open311.conftest import HERE, TRIAL, Program, key_of, said
from tests.casework.test_reporting import picture_with_spot
from tests.cast import HOUSE, Cast
from wardroom.access.models import ApiKey
from wardroom.casework.models import Report
from wardroom.casework.rules import MOST_PICTURES
from wardroom.directory.actions import end_key
from wardroom.documents import actions as documents
from wardroom.documents.models import Attachment
from wardroom.ledger.models import Entry
from wardroom.library.actions import open_topic
from wardroom.library.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mirror")]


def test_p1_to_p3_answer_is_one_request_with_its_number(program: Program) -> None:
    answer = program.send()
    assert answer.status_code == 200
    [row] = answer.json()
    assert list(row) == ["service_request_id", "service_notice", "account_id"]
    assert row["service_request_id"].startswith("R-")
    assert row["service_notice"] == "We look at it by Thursday, November 19, 2026."
    assert answer.headers["Cache-Control"] == "no-store"
    root = program.send(ending="xml", description="More rats")
    assert b"<service_requests><request><service_request_id>R-" in root.content


@pytest.mark.parametrize("key", [None, "", "wrong", "wr_" + "x" * 32, "wr_\0" + "x" * 31])
def test_p4_p5_no_or_bad_key(program: Program, key: str | None) -> None:
    for ending in ("json", "xml"):
        answer = program.send(ending=ending, api_key=key)
        assert answer.status_code == 403
        assert b"api_key" in answer.content


def test_p5_key_for_something_else_and_ended_key(program: Program) -> None:
    assert program.send(api_key=key_of(scopes=("alerts",))).status_code == 403
    key = ApiKey.objects.get(name="A city app", scopes=["open311"])
    end_key(key, stamp=HOUSE)
    assert program.send().status_code == 403
    assert not Report.objects.exists()


def test_p5_key_of_one_city_sends_nothing_for_another(program: Program, settings: Any) -> None:
    settings.JURISDICTIONS = ["dc.gov", "takoma.md"]
    bound = key_of(name="Takoma's", jurisdiction="takoma.md")
    assert program.send(api_key=bound, jurisdiction_id="dc.gov").status_code == 403
    assert program.send(api_key=bound, jurisdiction_id="takoma.md").status_code == 200


def test_p6_p7_service_has_to_be_named_and_known(program: Program) -> None:
    answer = program.send(service_code=None)
    assert answer.status_code == 400
    assert "service_code" in said(answer)[0]
    assert program.send(service_code="owls").status_code == 404


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ({"lat": None, "long": None}, 400),
        ({"long": None}, 400),
        ({"lat": None}, 400),
        ({"lat": "north"}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "1e400"}, 400),
        ({"lat": "51.5", "long": "-0.1"}, 400),
        ({"lat": "0", "long": "0"}, 400),
        ({"lat": None, "long": None, "address_string": "500 Test Street NE"}, 200),
        ({"lat": None, "long": None, "address_string": "512 Test St. NE"}, 200),
        ({"lat": None, "long": None, "address_string": "500 block of Test Street NE"}, 200),
        ({"lat": None, "long": None, "address_string": "612 Test Street NE"}, 400),
        ({"lat": None, "long": None, "address_string": "nowhere street"}, 400),
        ({"lat": None, "long": None, "address_string": "500"}, 400),
        ({"lat": None, "long": None, "address_id": "99999"}, 400),
        ({"lat": None, "long": None, "address_id": "x"}, 400),
        ({"lat": None, "long": None, "address_string": ","}, 400),
        ({"email": "a@b_c.d"}, 400),
        ({"address_string": "512 Lamont Street NE"}, 200),
    ],
)
def test_p8_to_p10_one_way_to_say_where(
    program: Program, where: dict[str, str | None], status: int
) -> None:
    assert program.send(**where).status_code == status


def test_p10_address_id_of_the_city_is_enough(program: Program) -> None:
    number = program.sent(lat=None, long=None, address_id="9001")
    place = Report.objects.get(number=number.removeprefix("R-")).place
    assert place is not None
    assert (place.label, place.latitude, place.longitude) == ("500 TEST STREET NE", 38.92, -77.0)


def test_p9_address_in_a_known_block_has_a_ward_and_keeps_its_words(program: Program) -> None:
    program.sent(lat=None, long=None, address_string="512 Test Street NE")
    report = Report.objects.get()
    assert report.place is not None
    assert report.complaint is not None
    assert report.place.label == "512 Test Street NE"
    assert report.complaint.matter.ward is not None


def test_p9_address_that_nobody_finds_is_refused_and_nothing_promised(program: Program) -> None:
    answer = program.send(lat=None, long=None, address_string="nowhere street")
    assert said(answer) == [
        "lat, long, address_string or address_id: We cannot find this address."
        " Send its number and quadrant, or a point."
    ]
    assert not Report.objects.exists()


def test_p11_p12_description_keeps_its_lines_and_is_no_markup(publisher: Program) -> None:
    answer = publisher.send(description="x" * 4001)
    assert answer.status_code == 400
    number = publisher.sent(description="<b>One</b>\r\nTwo" + "x" * 3000)
    [row] = publisher.json(f"/requests/{number}")
    assert row["description"].startswith("<b>One</b>\r\nTwo")


def test_p13_required_answers(program: Program) -> None:
    answer = program.send(**{"attribute[seen]": None})
    assert answer.status_code == 400
    assert said(answer)[0].startswith("attribute[seen]")


@pytest.mark.parametrize(
    "given",
    [
        {"attribute[seen]": "live"},
        {"attribute[seen]": ["live", "burrows"]},
        {"attribute[seen]": None, "attribute[seen][]": ["live", "burrows"]},
        {"attribute[seen]": None, "attribute[seen][0]": "live", "attribute[seen][1]": "burrows"},
    ],
)
def test_p13_ways_to_write_answers(program: Program, given: dict[str, Any]) -> None:
    number = program.sent(**given)
    answers = Report.objects.get(number=number.removeprefix("R-")).answers
    assert answers["seen"][0] == "live"


def test_p13_value_outside_the_list_and_all_errors_at_once(program: Program) -> None:
    answer = program.send(
        **{"attribute[seen]": "owls", "attribute[spot]": "moon"}, email="nobody", phone="1"
    )
    assert answer.status_code == 400
    assert {text.partition(":")[0] for text in said(answer)} == {
        "attribute[seen]",
        "attribute[spot]",
        "email",
        "phone",
    }
    assert not Report.objects.exists()
    worse = program.send(service_code=None, lat="x", address_id="y")
    assert len(said(worse)) >= 3


@pytest.mark.parametrize("code", ["nope", None, "rodents"])
def test_p13_service_and_point_and_person_are_told_together(
    program: Program, code: str | None
) -> None:
    answer = program.send(service_code=code, long=None, email="nobody", description="x" * 4001)
    assert answer.status_code == 400
    told = [text.split(":")[0].split(" was")[0] for text in said(answer)]
    service = [] if code == "rodents" else ["service_code"]
    where = "lat, long, address_string or address_id"
    assert told == [*service, where, "description", "email"]


def test_p7_unknown_service_alone_is_not_found(program: Program) -> None:
    answer = program.send(service_code="nope")
    assert answer.status_code == 404
    assert said(answer) == ["service_code was not found."]


def test_p13_point_that_cannot_be_read_is_told_once(program: Program) -> None:
    assert said(program.send(lat="north", long="west")) == [
        "lat: this is not a number of degrees.",
        "long: this is not a number of degrees.",
    ]


def test_p14_what_is_optional_is_kept_and_never_echoed(program: Program) -> None:
    answer = program.send(
        email="ada@example.org",
        first_name="Ada",
        last_name="Planted",
        phone="202-555-0147",
        device_id="device-9",
        account_id="account-9",
        media_url="https://example.org/a.jpg",
    )
    kept = Report.objects.get()
    assert kept.reporter is not None
    assert kept.reporter.name == "Ada Planted"
    assert (kept.device_id, kept.account_id) == ("device-9", "account-9")
    for secret in ("Planted", "ada@", "555-0147", "device-9", "account-9"):
        assert secret not in answer.content.decode()


def test_p15_kinds_of_service(program: Program, director: Cast) -> None:
    topic = Topic.objects.get(code="noise")
    open_topic(topic, description="Noise.", kind="batch", stamp=director.stamp)
    [row] = program.send(service_code="noise", description="One").json()
    assert row["token"]
    assert "service_request_id" not in row
    open_topic(topic, description="Noise.", kind="blackbox", stamp=director.stamp)
    [row] = program.send(service_code="noise", description="Two").json()
    assert list(row) == ["service_notice", "account_id"]
    assert row["service_notice"]
    silent = Report.objects.get(said="Two")
    assert silent.complaint is not None


def test_p16_same_report_gets_its_first_number(program: Program) -> None:
    assert program.sent() == program.sent()
    assert program.sent(description="Other words") != program.sent()
    other = Program(key_of(name="Another app"))
    assert other.sent() != program.sent()
    assert Entry.objects.filter(kind="MatterOpened").count() == 3


def test_p16_picture_comes_as_a_file(program: Program) -> None:
    media = SimpleUploadedFile("rat.jpg", picture_with_spot(), "image/jpeg")
    number = program.sent(media=media)
    complaint = Report.objects.get(number=number.removeprefix("R-")).complaint
    assert complaint is not None
    assert Attachment.objects.get(noun="matter", key=str(complaint.matter.pk)).document
    wrong = SimpleUploadedFile("rat.jpg", b"MZ no picture", "image/jpeg")
    answer = program.send(media=wrong, description="Two")
    assert answer.status_code == 400
    assert said(answer)[0].startswith("media")


def test_no_more_files_are_scanned_than_it_takes_to_refuse_them(
    program: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCANNER = "tcp://127.0.0.1:1"
    asked: list[int] = []

    def scan(content: bytes) -> str:
        asked.append(len(content))
        return ""

    monkeypatch.setattr(documents, "scan", scan)
    picture = picture_with_spot()
    files = [SimpleUploadedFile(f"{n}.jpg", picture, "image/jpeg") for n in range(9)]
    assert program.send(media=files).status_code == 400
    assert len(asked) == MOST_PICTURES + 1


def test_sender_is_told_to_come_again_where_the_scanner_is_away(
    program: Program, settings: Any
) -> None:
    settings.SCANNER = "unix:///nowhere/clamd"
    media = SimpleUploadedFile("rat.jpg", picture_with_spot(), "image/jpeg")
    assert program.send(media=media).status_code == 503
    settings.SCANNER = ""
    media.seek(0)
    assert program.send(media=media).status_code == 200


def test_service_of_the_mirror_is_taken_in_under_its_topic(program: Program) -> None:
    number = program.sent(service_code="RODENT")
    [row] = program.json(f"/requests/{number}")
    assert (row["service_code"], row["service_name"]) == ("RODENT", "Rodents & <rats>")
    kept = Report.objects.get()
    assert kept.topic.code == "rodents"


def test_danger_is_answered_with_whom_to_call(program: Program) -> None:
    [row] = program.send(description="It smells of gas, I smell gas everywhere").json()
    assert row["service_notice"] == (
        "It smells of gas? Leave the building, then call 911 and Washington Gas."
    )
    assert Report.objects.count() == 1


def test_danger_is_answered_in_the_language_of_its_words(program: Program) -> None:
    [row] = program.send(description="Huele a gas en toda la calle").json()
    assert row["service_notice"].startswith("¿Huele a gas? Salga del edificio")


def test_endpoint_to_try_things_on_keeps_nothing(program: Program) -> None:
    answer = program.send(base=TRIAL)
    assert answer.status_code == 200
    assert answer.json()[0]["service_request_id"] == "TRIAL"
    assert program.send(base=TRIAL, **{"attribute[seen]": "owls"}).status_code == 400
    assert program.send(base=TRIAL, api_key="wrong").status_code == 403
    assert not Report.objects.exists()


def test_too_much_is_refused_before_it_is_read(program: Program) -> None:
    fields = {"api_key": program.token, **HERE, "service_code": "trash"}
    answer = program.client.post(
        "/open311/v2/requests.json", fields, CONTENT_LENGTH=str(26 * 1024 * 1024)
    )
    assert answer.status_code == 400


def test_many_fields_and_long_fields_do_no_harm(program: Program) -> None:
    many = {f"attribute[x{n}]": "y" for n in range(1200)}
    assert program.send(**many).status_code == 400
    for name in ("device_id", "account_id", "first_name", "address_string", "media_url"):
        assert program.send(**{name: "x" * 5000}).status_code == 400
