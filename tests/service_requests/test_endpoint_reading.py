"""Another city's server is mirrored a little further each time, whatever it does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from tests.cast import HOUSE
from tests.service_requests.city_server import NOW, City, at, raw, told
from tests.service_requests.endpoints import draft_of, endpoint_at, later, read
from wardroom.ledger.models import Entry
from wardroom.service_requests.actions import (
    add_endpoint,
    claim_endpoint,
    correct_endpoint,
    pause_endpoint,
)
from wardroom.service_requests.gateways.endpoint_reading import read_endpoint
from wardroom.service_requests.models import Endpoint, ImportRun, ServiceRequest, StatusChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def numbers() -> set[str]:
    return set(ServiceRequest.objects.values_list("external_id", flat=True))


def many(n: int, **more: Any) -> list[dict[str, Any]]:
    """So many requests, minutes apart, the newest first."""
    return [told(f"C-{i}", opened=NOW - timedelta(minutes=15 * i), **more) for i in range(n)]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_request_is_mirrored_as_it_is_told(city: City, form: str) -> None:
    more = {"status": "closed", "address_id": "77", "zipcode": "20002"}
    city.rows = [told("C-1", updated=NOW - timedelta(days=1), **more)]
    endpoint = endpoint_at(city, format=form)
    assert read(endpoint)
    made = ServiceRequest.objects.get()
    assert (made.external_id, made.status, made.feed.code) == ("C-1", "closed", "chicago")
    assert made.service.code == "chicago:DUMP"
    assert made.service.name == "Illegal dumping"
    assert (made.agency_code, made.ward_code, made.address_id) == ("DPW", "5", 77)
    assert made.opened_at == NOW - timedelta(days=3)
    assert made.closed_at == NOW - timedelta(days=1)
    assert made.due_at == NOW + timedelta(days=9)
    assert (made.latitude, made.longitude, made.zip_code) == (38.92, -77.0, "20002")


def test_words_of_a_stranger_are_not_kept(city: City) -> None:
    city.rows = [told("C-1")]
    read(endpoint_at(city))
    kept = " ".join(str(v) for row in ServiceRequest.objects.values() for v in row.values())
    assert "202-555-0100" not in kept
    assert not any("202-555-0100" in str(e.body) for e in Entry.objects.all())


def test_second_reading_asks_for_what_changed_alone(city: City) -> None:
    city.rows = many(5)
    endpoint = endpoint_at(city)
    read(endpoint)
    assert endpoint.reads_by == "updated"
    city.rows[0].update(status="closed", updated_datetime=at(NOW + timedelta(minutes=10)))
    city.now = NOW + timedelta(minutes=20)
    city.asked.clear()
    read(endpoint, later(minutes=20))
    [first, *_] = city.questions("requests")
    assert first["updated_after"] == at(NOW - timedelta(minutes=10))
    assert ServiceRequest.objects.get(external_id="C-0").status == "closed"
    assert StatusChange.objects.get().after == "closed"
    assert ImportRun.objects.latest("pk").rows_changed == 1


def test_server_that_ignores_updated_after_is_read_by_windows_that_overlap(city: City) -> None:
    city.knows -= {"updated_after"}
    city.rows = many(5)
    endpoint = endpoint_at(city)
    read(endpoint)
    assert endpoint.reads_by == "windows"
    city.asked.clear()
    city.now = NOW + timedelta(minutes=20)
    read(endpoint, later(minutes=20))
    asked = [given for given in city.questions("requests") if "start_date" in given]
    assert asked[0]["start_date"] == at(NOW - timedelta(days=1))


def test_every_page_is_read(city: City) -> None:
    city.rows = many(130)
    city.cap = 50
    read(endpoint_at(city))
    assert len(numbers()) == 130
    assert ImportRun.objects.filter(layout="open311").latest("pk").state == "done"


def test_answer_that_was_cut_off_is_read_in_halves(city: City) -> None:
    city.knows -= {"page", "updated_after"}
    city.rows = many(130)
    city.cap = 50
    endpoint = endpoint_at(city)
    read(endpoint)
    assert len(numbers()) == 130
    assert endpoint.gap == ""
    assert endpoint.window_seconds < 7 * 86_400


def test_what_cannot_be_read_whole_is_said(city: City) -> None:
    city.knows -= {"page", "updated_after"}
    city.rows = [told(f"C-{i}", opened=NOW - timedelta(hours=3)) for i in range(80)]
    city.cap = 50
    endpoint = endpoint_at(city)
    assert read(endpoint)
    assert "more was there than it gives" in endpoint.gap
    assert len(numbers()) == 50


def test_server_that_knows_neither_days_nor_pages_is_not_asked_for_ever(city: City) -> None:
    city.knows = {"single"}
    city.rows = [told(f"C-{i}", opened=NOW - timedelta(days=40, hours=i)) for i in range(80)]
    city.cap = 50
    endpoint = endpoint_at(city)
    assert read(endpoint)
    assert "does not keep to the days" in endpoint.gap
    assert len(city.asked) < 20


def test_clock_of_the_other_side_is_followed(city: City) -> None:
    city.clock = -timedelta(hours=3)
    city.rows = [told("C-1", opened=NOW - timedelta(hours=4))]
    endpoint = endpoint_at(city)
    read(endpoint)
    assert endpoint.skew_seconds == -3 * 3600
    assert endpoint.read_until_at == NOW - timedelta(hours=3)
    city.rows.append(told("C-2", opened=NOW - timedelta(hours=2, minutes=50)))
    city.now = NOW + timedelta(minutes=15)
    read(endpoint, later(minutes=15))
    assert numbers() == {"C-1", "C-2"}


def test_reading_that_breaks_off_keeps_what_came_and_goes_on_next_time(city: City) -> None:
    city.knows -= {"updated_after"}
    city.rows = many(300)
    city.cap = 100
    broken = [True]

    def answers(path: str, given: dict[str, str]) -> Any:
        return raw(500) if broken[0] and given.get("page") == "2" else None

    city.answers = answers
    endpoint = endpoint_at(city)
    assert not read(endpoint)
    assert 0 < len(numbers()) < 300
    assert (endpoint.failures, endpoint.error) == (1, "It answered 500.")
    assert endpoint.read_until_at is None
    assert endpoint.next_at is not None
    assert endpoint.next_at > NOW
    broken[0] = False
    assert read(endpoint, later(hours=1))
    assert len(numbers()) == 300
    assert (endpoint.failures, endpoint.error) == (0, "")


def test_failures_in_a_row_wait_longer_and_retry_after_is_kept(city: City) -> None:
    city.answers = lambda path, given: raw(503, Retry_After="7200")
    endpoint = endpoint_at(city)
    read(endpoint)
    assert endpoint.next_at == NOW + timedelta(hours=2)
    city.answers = lambda path, given: raw(500)
    stamp = later(hours=2)
    read(endpoint, stamp)
    assert endpoint.next_at == stamp.at + timedelta(minutes=30)


def test_bad_rows_are_set_aside_with_their_reason(city: City) -> None:
    city.rows = [
        told("C-1"),
        told("C-2", requested_datetime="soon"),
        told("C-3", lat="north", long="west"),
        told("x" * 60),
        told("", service_code="DUMP"),
        told("C-4", service_name=["a", {"b": 1}], address=None, lat=None, long=None),
    ]
    city.knows -= {"dates"}
    endpoint = endpoint_at(city)
    assert read(endpoint)
    assert numbers() == {"C-1", "C-4"}
    rejects = (Path(django_settings.HOME) / "endpoints" / "chicago.rejects.csv").read_text()
    assert "is not a time we can read" in rejects
    assert "is not a number" in rejects
    assert "is longer than a request number" in rejects
    assert "has no request number" in rejects


def test_service_codes_may_be_the_citys_own(city: City) -> None:
    city.rows = [told("C-1")]
    read(endpoint_at(city, own_codes=False))
    assert ServiceRequest.objects.get().service.code == "DUMP"


def test_reading_that_is_under_way_is_not_begun_twice(city: City) -> None:
    endpoint = endpoint_at(city)
    assert claim_endpoint(endpoint.pk, stamp=HOUSE) is not None
    assert claim_endpoint(endpoint.pk, stamp=HOUSE) is None
    assert claim_endpoint(endpoint.pk, stamp=later(minutes=16)) is not None


def test_endpoint_that_is_only_sent_to_tells_its_services_once_a_day(city: City) -> None:
    endpoint = endpoint_at(city, mode="submit")
    assert read(endpoint)
    assert [row["code"] for row in endpoint.services] == ["DUMP", "RATS"]
    assert endpoint.next_at == NOW + timedelta(days=1)
    assert not numbers()


def test_endpoint_that_rests_is_not_read(city: City) -> None:
    endpoint = pause_endpoint(endpoint_at(city), stamp=HOUSE)
    assert claim_endpoint(endpoint.pk, stamp=HOUSE) is None


def test_long_past_is_read_window_by_window_over_several_readings(city: City) -> None:
    city.rows = [told(f"C-{i}", opened=NOW - timedelta(days=10 * i)) for i in range(12)]
    endpoint = endpoint_at(city, since_on=date(2026, 8, 10))
    read(endpoint, seconds=0)
    first = endpoint.read_until_at
    assert first is not None
    assert first < NOW - timedelta(days=60)
    assert endpoint.next_at == NOW
    read(endpoint)
    assert endpoint.read_until_at == NOW
    assert len(numbers()) == 11


def test_reading_that_was_corrected_meanwhile_is_not_noted(city: City) -> None:
    city.rows = many(3)
    endpoint = endpoint_at(city)
    claimed = claim_endpoint(endpoint.pk, stamp=HOUSE)
    assert claimed is not None
    correct_endpoint(endpoint, draft=draft_of(city.url, since_on=date(2026, 11, 1)), stamp=HOUSE)
    assert not read_endpoint(claimed, stamp=HOUSE)
    endpoint.refresh_from_db()
    assert endpoint.read_until_at is None
    assert "corrected it meanwhile" in endpoint.error


def test_two_endpoints_may_feed_one_mirror(city: City) -> None:
    city.rows = [told("C-1")]
    read(endpoint_at(city, own_codes=False))
    second = add_endpoint(
        None,
        draft=draft_of(city.url, code="again", feed_code="chicago", own_codes=False),
        stamp=HOUSE,
    )
    read(second)
    assert Endpoint.objects.filter(feed__code="chicago").count() == 2
    assert numbers() == {"C-1"}
