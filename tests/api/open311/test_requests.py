"""What was reported, and tokens: rows Q1 to Q16, G1 to G4, T0 and T1, and the extensions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.api.open311.conftest import HERE, Program, said
from tests.casework.postroom import Worker
from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.service_requests.endpoints import draft_of
from tests.service_requests.samples import row, take, write
from wardroom.access.actor import SYSTEM
from wardroom.casework.actions import close_issue
from wardroom.casework.models import Report
from wardroom.jobs import delivery
from wardroom.library.actions import open_topic
from wardroom.library.models import Topic
from wardroom.matters.actions import restrict_matter
from wardroom.service_requests.actions import add_endpoint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mirror")]
FIELDS = (
    "service_request_id", "status", "status_notes", "service_name", "service_code",
    "description", "agency_responsible", "service_notice", "requested_datetime",
    "updated_datetime", "expected_datetime", "address", "address_id", "zipcode", "lat", "long",
    "media_url",
)  # fmt: skip


def numbers(rows: Any) -> list[str]:
    return [row["service_request_id"] for row in rows]


def report_of(number: str) -> Report:
    found: Report = Report.objects.get(number=number.removeprefix("R-"))
    return found


def test_q1_to_q3_shape_in_both_formats(program: Program) -> None:
    rows = program.json("/requests")
    assert isinstance(rows, list)
    assert all(tuple(row) == FIELDS for row in rows)
    root = program.xml("/requests")
    assert root.tag == "service_requests"
    assert all(child.tag == "request" for child in root)
    assert all(tuple(field.tag for field in child) == FIELDS for child in root)


def test_q4_ninety_days_newest_first_ours_among_them(program: Program) -> None:
    number = program.sent()
    assert numbers(program.json("/requests")) == [number, "26-3", "26-2", "26-1"]


@pytest.mark.parametrize("own", [False, True])
def test_the_citys_own_server_is_listed_and_another_citys_is_not(
    program: Program, own: bool
) -> None:
    before = [n for n in numbers(program.json("/requests")) if n.startswith("26-")]
    assert before
    draft = draft_of(
        "https://311.example/v2", mode="mirror", key_name="", feed_code="dc-311", own_codes=not own
    )
    add_endpoint(None, draft=draft, stamp=HOUSE)
    after = [n for n in numbers(program.json("/requests")) if n.startswith("26-")]
    assert after == (before if own else [])
    one = program.get(f"/requests/{before[0]}.json")
    assert one.status_code == (200 if own else 404)


def test_q5_to_q8_fields_of_a_mirrored_request(program: Program) -> None:
    [row] = program.json("/requests/26-2")
    assert row["status"] == "closed"
    assert row["service_code"] == "DUMP"
    assert row["requested_datetime"] == "2026-11-03T14:00:00Z"
    assert row["updated_datetime"] == "2026-11-05T16:30:00Z"
    assert row["expected_datetime"] == "2026-11-09T22:00:00Z"
    assert row["address"] == "500 block of TEST STREET NE"
    assert row["address_id"] is None
    assert (row["lat"], row["long"]) == (38.92, -76.96)


def test_q16_mirrored_points_are_told_and_found_to_the_block(program: Program) -> None:
    [row] = program.json("/requests/26-3")
    assert (row["lat"], row["long"]) == (38.92, -77.001)
    at_the_door = {"bbox": "-77.00141,38.91999,-77.00139,38.92001"}
    assert program.json("/requests", **at_the_door) == []
    block = {"bbox": "-77.0015,38.9195,-77.0005,38.9205"}
    assert numbers(program.json("/requests", **block)) == ["26-3"]


def test_q5_our_own_report_says_the_day_that_its_sender_was_told(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    [told] = program.send().json()
    [row] = program.json(f"/requests/{told['service_request_id']}")
    assert row["service_notice"] == told["service_notice"]
    assert row["service_notice"] == "We look at it by Thursday, November 19, 2026."
    assert row["expected_datetime"] is None
    later = SimpleNamespace(now=lambda: NOON + timedelta(days=30), localdate=localdate)
    monkeypatch.setattr("wardroom.web.edge.timezone", later)
    [late] = program.json(f"/requests/{told['service_request_id']}")
    assert late["service_notice"] is None


def test_q5_our_own_report_that_is_closed_says_when_and_how(
    program: Program, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = program.sent()
    complaint = report_of(number).complaint
    assert complaint is not None
    close_issue(complaint.matter, outcome="fixed", text="Gone.", stamp=liaison5.stamp)
    [row] = program.json(f"/requests/{number}")
    assert (row["status"], row["status_notes"], row["service_notice"]) == ("open", None, None)
    half_a_minute = NOON + timedelta(seconds=30)
    monkeypatch.setattr("wardroom.web.edge.timezone.now", lambda: half_a_minute)
    [row] = program.json(f"/requests/{number}")
    assert (row["status"], row["status_notes"]) == ("closed", "Fixed")
    assert row["updated_datetime"] == "2026-11-18T17:00:30Z"


def test_q9_q10_status_alone_and_as_a_list(program: Program) -> None:
    number = program.sent()
    assert numbers(program.json("/requests", status="closed")) == ["26-2"]
    assert numbers(program.json("/requests", status="open")) == [number, "26-3", "26-1"]
    both = program.json("/requests", status="open,closed")
    assert both == program.json("/requests")


def test_q11_other_status_is_refused(program: Program) -> None:
    assert program.get("/requests.json", status="pending").status_code == 400


def test_q12_services_as_a_list(program: Program) -> None:
    number = program.sent()
    assert numbers(program.json("/requests", service_code="RODENT")) == ["26-3"]
    wanted = program.json("/requests", service_code="RODENT,rodents")
    assert numbers(wanted) == [number, "26-3"]
    assert program.json("/requests", service_code="owls") == []


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2026-13-01T00:00:00Z",
        "2026-11-01T25:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2026-11-01T00:00:00+99:99",
        "２０２６-11-01T00:00:00Z",
        "1" * 5000,
    ],
)
@pytest.mark.parametrize("name", ["start_date", "end_date", "updated_after"])
def test_q13_bad_dates_are_refused(program: Program, name: str, text: str) -> None:
    answer = program.get("/requests.json", **{name: text})
    assert answer.status_code == 400
    assert said(answer)[0].startswith(name)


def test_q14_span_of_dates(program: Program) -> None:
    span = {"start_date": "2026-11-03T00:00:00Z", "end_date": "2026-11-04T23:00:00-05:00"}
    assert numbers(program.json("/requests", **span)) == ["26-3", "26-2"]
    long = {"start_date": "2026-05-01T00:00:00Z", "end_date": "2026-11-04T00:00:00Z"}
    answer = program.get("/requests.json", **long)
    assert answer.status_code == 400
    assert "90 days" in said(answer)[0]
    back = {"start_date": "2026-11-04T00:00:00Z", "end_date": "2026-11-03T00:00:00Z"}
    assert program.get("/requests.json", **back).status_code == 400


def test_q14_open_side_is_ninety_days_away(program: Program) -> None:
    assert numbers(program.json("/requests", start_date="2026-04-30T00:00:00Z")) == ["26-4"]
    assert numbers(program.json("/requests", end_date="2026-05-02T00:00:00Z")) == ["26-4"]
    assert "26-4" not in numbers(program.json("/requests", start_date="2026-11-01T00:00:00Z"))


def test_q15_numbers_override_all_else(program: Program) -> None:
    number = program.sent()
    wanted = {
        "service_request_id": f"26-4,{number},none",
        "status": "closed",
        "service_code": "owls",
        "start_date": "nonsense",
        "page": "0",
    }
    assert numbers(program.json("/requests", **wanted)) == [number, "26-4"]


def test_q16_no_personal_data(program: Program) -> None:
    program.send(
        description="I am Ada Planted, 202-555-0147.",
        first_name="Ada",
        last_name="Planted",
        email="planted@example.org",
        phone="202-555-0147",
        device_id="device-9",
        account_id="account-9",
        address_string="512 Lamont Street NE",
        media_url="https://example.org/planted.jpg",
    )
    for path in ("/requests.json", "/requests.xml"):
        for more in ({}, {"extensions": "true"}):
            content = program.get(path, **more).content.decode()
            for secret in ("Planted", "planted", "555-0147", "device-9", "account-9", "Lamont"):
                assert secret not in content
            assert HERE["lat"] not in content


def test_q16_restricted_reports_are_absent_everywhere(program: Program, director: Cast) -> None:
    number = program.sent()
    complaint = report_of(number).complaint
    assert complaint is not None
    restrict_matter(complaint.matter, readers=(), reason="A threat", stamp=director.stamp)
    assert number not in numbers(program.json("/requests"))
    assert program.json("/requests", service_request_id=number) == []
    assert program.get(f"/requests/{number}.json").status_code == 404
    paged = program.json("/requests", page="2", page_size="1")
    assert number not in numbers(paged)


def test_g1_g2_single_request_is_an_array_of_one(program: Program) -> None:
    rows = program.json("/requests/26-1")
    assert numbers(rows) == ["26-1"]
    assert len(program.xml("/requests/26-1")) == 1


def test_g3_text_comes_back_as_it_was_sent(publisher: Program) -> None:
    text = 'Line one\r\nline <two> & "three"\r\n\r\n¿Ratas? 老鼠'
    number = publisher.sent(description=text)
    assert publisher.json(f"/requests/{number}")[0]["description"] == text
    assert publisher.xml(f"/requests/{number}").findtext("request/description") == text
    [row] = publisher.json("/requests/26-3")
    assert row["service_name"] == "Rodents & <rats>"
    assert publisher.xml("/requests/26-3").findtext("request/service_name") == "Rodents & <rats>"


@pytest.mark.parametrize("number", ["none", "R-00000000", "26-5", "26-1x", "%2e%2e", "x" * 500])
def test_g4_unknown_number_is_not_there(program: Program, number: str) -> None:
    for ending in ("json", "xml"):
        assert program.get(f"/requests/{number}.{ending}").status_code == 404


def test_t0_token_has_its_number_once_it_was_taken_in(
    program: Program, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = Topic.objects.get(code="noise")
    open_topic(topic, description="Noise.", kind="batch", stamp=director.stamp)
    [posted] = program.send(service_code="noise", description="Loud").json()
    token = posted["token"]
    assert program.json(f"/tokens/{token}") == [{"service_request_id": None, "token": token}]
    worker = Worker()
    monkeypatch.setattr(delivery, "worker_stamp", lambda: stamp_for(SYSTEM, worker.at))
    delivery.sweep()
    [told] = program.json(f"/tokens/{token}")
    assert told["token"] == token
    assert numbers(program.json(f"/requests/{told['service_request_id']}"))
    root = program.xml(f"/tokens/{token}")
    assert root.tag == "service_requests"
    assert [child.tag for child in root[0]] == ["service_request_id", "token"]
    answer = program.get(f"/tokens/{token}.json")
    assert answer.headers["Cache-Control"] == "no-store"


def test_t1_unknown_token_is_not_there(program: Program) -> None:
    for token in ("none", "x" * 500, "%20"):
        assert program.get(f"/tokens/{token}.json").status_code == 404


def test_pages_follow_each_other_and_end_empty(program: Program) -> None:
    program.sent()
    whole = numbers(program.json("/requests"))
    paged: list[str] = []
    for page in range(1, 4):
        answer = program.get("/requests.json", page=str(page), page_size="2")
        paged += numbers(answer.json())
        assert ("X-Next-Page-URL" in answer.headers) == (page == 1)
    assert paged == whole
    assert program.json("/requests", page="9", page_size="2") == []


def test_two_feeds_with_the_same_numbers_neither_overlap_nor_repeat_over_pages(
    program: Program, tmp_path: Path
) -> None:
    rows = [row(f"77-{n}", opened="2026-11-03T14:00:00Z") for n in range(4)]
    for feed in ("one", "two"):
        take(write(tmp_path / f"{feed}.csv", rows), feed_code=feed)
    program.sent()
    whole = program.json("/requests")
    paged: list[Any] = []
    for page in range(1, len(whole) // 3 + 2):
        some = program.json("/requests", page=str(page), page_size="3")
        assert len(some) <= 3
        paged += some
    assert paged == whole
    assert numbers(whole).count("77-0") == 2


def test_deep_page_of_an_agency_holds_none_of_our_reports(program: Program) -> None:
    program.sent()
    whole = program.json("/requests", agency_responsible="DPW")
    paged = [
        found
        for page in range(1, len(whole) + 2)
        for found in program.json(
            "/requests", agency_responsible="DPW", page=str(page), page_size="1"
        )
    ]
    assert paged == whole


def test_next_page_keeps_what_was_asked(program: Program) -> None:
    answer = program.get("/requests.json", page_size="1", status="open")
    following = program.client.get(answer.headers["X-Next-Page-URL"]).json()
    assert numbers(following) == ["26-1"]
    keyed = program.get("/requests.json", page_size="1", api_key=program.token)
    assert program.token not in keyed.headers["X-Next-Page-URL"]


@pytest.mark.parametrize(
    "given",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "x"},
        {"page_size": "501"},
        {"page_size": "٣"},
        {"page": "1000", "page_size": "500"},
        {"extensions": "perhaps"},
        {"bbox": "1,2,3"},
        {"bbox": "-76,38,-77,39"},
        {"bbox": "nan,nan,nan,nan"},
        {"bbox": "1e999,0,0,0"},
        {"lat": "38.9"},
        {"lat": "38.9", "long": "-77", "radius": "50000"},
        {"lat": "89.9", "long": "-77", "radius": "5"},
    ],
)
def test_bad_extensions_are_refused(program: Program, given: dict[str, str]) -> None:
    assert program.get("/requests.json", **given).status_code == 400


def test_extended_fields_stand_there_only_on_request(program: Program) -> None:
    [row] = program.json("/requests/26-2", extensions="true")
    assert tuple(row) == (*FIELDS, "extended_attributes", "notes")
    assert row["extended_attributes"]["ward"] == "7"
    assert [note["type"] for note in row["notes"]] == ["opened", "closed"]
    root = program.xml("/requests/26-2", extensions="true")
    assert root.findtext("request/extended_attributes/ward") == "7"
    assert len(root.findall("request/notes/note")) == 2


def test_box_and_circle_limit_the_map(program: Program) -> None:
    number = program.sent()
    west = {"bbox": "-77.02,38.90,-76.99,38.94"}
    assert numbers(program.json("/requests", **west)) == [number, "26-3", "26-1"]
    tiny = {"bbox": "-77.0001,38.9199,-76.9999,38.9201"}
    assert numbers(program.json("/requests", **tiny)) == ["26-1"]
    column = {"bbox": "-77.0004,-1,-76.9996,39"}
    assert numbers(program.json("/requests", **column)) == ["26-1"]
    whole = {"bbox": "-77.5,38.5,-76.5,39.5", "status": "closed"}
    assert numbers(program.json("/requests", **whole)) == ["26-2"]
    assert program.json("/requests", bbox="-77.5,38.5,-77.2,38.7") == []
    near = {"lat": "38.92", "long": "-76.96", "radius": "200"}
    assert numbers(program.json("/requests", **near)) == ["26-2"]
    assert program.json("/requests", lat="38.9", long="-76.96", radius="200") == []


def test_changes_since_an_instant(program: Program) -> None:
    since = program.json("/requests", updated_after="2026-11-04T12:00:00Z")
    assert numbers(since) == ["26-3", "26-2"]
    until = program.json("/requests", updated_before="2026-11-04T00:00:00Z")
    assert numbers(until) == ["26-1"]


def test_q_finds_words_that_everybody_may_read_and_no_others(
    program: Program, publisher: Program
) -> None:
    hidden = program.sent(description="A squirrel lives in the gutter.")
    public = publisher.sent(description="A squirrel lives in the attic.")
    assert numbers(program.json("/requests", q="squirrel")) == [public]
    assert numbers(program.json("/requests", q="ATTIC squirrel")) == [public]
    assert program.json("/requests", q="squirrel gutter") == []
    assert numbers(program.json("/requests", q="rodents")) == ["26-3"]
    [row] = program.json(f"/requests/{public}")
    assert {hidden, public} == set(numbers(program.json("/requests", q=row["service_name"])))
    wide = {"bbox": "-77.5,38.5,-76.5,39.5"}
    assert numbers(program.json("/requests", q="<rats>", **wide)) == ["26-3"]
    assert program.json("/requests", q="Rodents", service_code="none", **wide) == []
    assert program.json("/requests", q="%", **wide) == []
    assert [r.findtext("service_request_id") for r in program.xml("/requests", q="attic")] == [
        public
    ]
    for bad in ("x" * 121, "a b c d e f g h i"):
        assert program.get("/requests.json", q=bad).status_code == 400


def test_agency_limits_what_is_told(program: Program) -> None:
    program.sent()
    by_code = program.json("/requests", agency_responsible="dpw")
    assert numbers(by_code) == ["26-3", "26-2", "26-1"]
    name = by_code[0]["agency_responsible"]
    assert numbers(program.json("/requests", agency_responsible=name)) == numbers(by_code)
