"""A request of ours that may or may not have arrived is never sent twice, and is looked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.service_requests.city_server import NOW, City, Rows, at, raw
from tests.service_requests.endpoints import endpoint_at, later, read
from tests.service_requests.submitting import now_of, send_on, taken
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.models import Matter
from wardroom.matters.queries import worklist
from wardroom.service_requests.actions import (
    give_up_submission,
    look_again,
    number_submission,
    send_again,
)
from wardroom.service_requests.gateways import endpoint_sending
from wardroom.service_requests.gateways.endpoint_sending import send_submission
from wardroom.service_requests.models import Endpoint, Submission

pytestmark = pytest.mark.django_db


def die_after_sending(row: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is gone between the answer and writing it down."""

    def gone(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(endpoint_sending, "_note_answer", gone)
        with pytest.raises(KeyboardInterrupt):
            send_submission(row.pk, stamp=HOUSE)


def test_worker_that_dies_after_sending_sends_nothing_twice(
    city: City,
    endpoint: Endpoint,
    matter5: Matter,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    die_after_sending(row, monkeypatch)
    assert now_of(row).state == "sending"
    send_submission(row.pk, stamp=later(minutes=1))
    assert now_of(row).state == "sending"
    send_submission(row.pk, stamp=later(minutes=6))
    assert (now_of(row).state, row.external_id) == ("sent", "S-1")
    assert len(city.posts) == 1


def test_what_is_not_found_under_its_mark_is_left_to_a_person(
    city: City,
    endpoint: Endpoint,
    matter5: Matter,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    die_after_sending(row, monkeypatch)
    city.rows[0]["description"] = "[hidden]"
    send_submission(row.pk, stamp=later(minutes=6))
    assert now_of(row).state == "unclear"
    assert "may have arrived" in row.error
    send_submission(row.pk, stamp=later(days=1))
    assert len(city.posts) == 1
    city.rows[0]["description"] = f"Alley. Ref. {row.mark}"
    look_again(row, stamp=liaison5.stamp)
    send_submission(row.pk, stamp=HOUSE)
    assert (now_of(row).state, row.external_id) == ("sent", "S-1")
    assert len(city.posts) == 1


def test_person_may_send_again_or_give_the_number(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast, liaison7: Cast
) -> None:
    city.takes = lambda city, form: (200, [])
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert now_of(row).state == "unclear"
    with pytest.raises(NotAllowed):
        send_again(row, stamp=liaison7.stamp)
    send_again(row, stamp=liaison5.stamp)
    send_submission(row.pk, stamp=HOUSE)
    assert len(city.posts) == 2
    with pytest.raises(Refused, match="number"):
        number_submission(now_of(row), number=" ", stamp=liaison5.stamp)
    number_submission(now_of(row), number="26-77", stamp=liaison5.stamp)
    assert (now_of(row).state, row.external_id) == ("sent", "26-77")
    with pytest.raises(Refused, match="not possible"):
        give_up_submission(row, reason="No", stamp=liaison5.stamp)


def test_endpoint_that_keeps_repetitions_once_is_sent_to_again_within_minutes(
    city: City, matter5: Matter, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.takes = taken
    endpoint = endpoint_at(city, mode="submit", keeps_repeats=True)
    row = send_on(matter5, liaison5, endpoint)
    die_after_sending(row, monkeypatch)
    city.rows.clear()
    send_submission(row.pk, stamp=later(minutes=6))
    assert now_of(row).state == "sent"
    assert len(city.posts) == 2


def test_it_is_looked_for_by_the_other_sides_clock(
    city: City,
    endpoint: Endpoint,
    matter5: Matter,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    die_after_sending(row, monkeypatch)
    city.rows[0]["requested_datetime"] = at(NOW - timedelta(hours=9))
    city.clock = -timedelta(hours=9)
    read(endpoint)
    send_submission(row.pk, stamp=later(minutes=6))
    assert (now_of(row).state, row.external_id) == ("sent", "S-1")


def test_look_that_takes_too_long_is_given_up_and_made_again(
    city: City,
    endpoint: Endpoint,
    matter5: Matter,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    die_after_sending(row, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(endpoint_sending, "LOOK_SECONDS", -1.0)
        send_submission(row.pk, stamp=later(minutes=6))
        assert now_of(row).state == "sending"
        for hour in range(1, 9):
            send_submission(row.pk, stamp=later(hours=hour))
    assert now_of(row).state == "unclear"
    assert "more than can be looked through" in row.error
    assert len(city.posts) == 1


@pytest.mark.parametrize(
    "answer",
    [raw(500), raw(502), raw(503, Retry_After="1"), raw(408), raw(303, Location="/requests/S-1")],
    ids=lambda answer: str(answer.status),
)
def test_server_that_fails_or_leads_on_may_have_taken_it(
    answer: Any, city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    def takes(city: City, form: dict[str, list[str]]) -> tuple[int, Rows]:
        taken(city, form)
        raise answer

    city.takes = takes
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert now_of(row).state == "sending"
    send_submission(row.pk, stamp=later(minutes=6))
    assert (now_of(row).state, row.external_id) == ("sent", "S-1")
    assert len(city.posts) == 1


def test_nobody_there_is_tried_again_and_given_up_in_the_end(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    city.answers = lambda path, given: raw(308, Location="/elsewhere")
    for hours in range(8):
        send_submission(row.pk, stamp=later(hours=7 * hours))
    assert now_of(row).state == "refused"
    assert "elsewhere" in row.error
    assert len(city.posts) == 8


def unclear_rows(who: Cast) -> list[tuple[str, str, str]]:
    found = worklist(who.actor, on=NOW.date(), size=100)
    return [(r.why, r.title, r.ward_code) for r in found.rows if r.noun == "submission"]


def test_what_may_have_arrived_waits_for_the_director_until_it_is_known(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    city.takes = lambda city, form: (200, [])
    row = send_on(matter5, liaison5, endpoint)
    assert unclear_rows(director) == []
    send_submission(row.pk, stamp=HOUSE)
    said = "Sent on, and nobody knows whether it arrived"
    title = f"{row.service_name}, to {endpoint.name}"
    assert unclear_rows(director) == [(said, title, "5")]
    send_again(now_of(row), stamp=liaison5.stamp)
    assert unclear_rows(director) == []
    send_submission(row.pk, stamp=HOUSE)
    assert unclear_rows(director) == [(said, title, "5")]
    number_submission(now_of(row), number="26-77", stamp=liaison5.stamp)
    assert unclear_rows(director) == []


def test_what_is_given_up_waits_no_longer(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    city.takes = lambda city, form: (200, [])
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert len(unclear_rows(director)) == 1
    give_up_submission(now_of(row), reason="They did it already.", stamp=liaison5.stamp)
    assert unclear_rows(director) == []
