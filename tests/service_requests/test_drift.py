"""Where two systems do not say the same it is listed, until a person has looked at it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from tests.service_requests.city_server import NOW, City, at, raw, told
from tests.service_requests.endpoints import endpoint_at, later, read
from tests.trouble import load_topics
from wardroom.access.queries import actor_for
from wardroom.casework.actions import plan_after_drift, take_complaint
from wardroom.casework.queries import get_held_requests
from wardroom.jobs import endpoints as jobs
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.library.models import Topic
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.matters.queries import worklist
from wardroom.service_requests.actions import accept_drift, compare_ties, ignore_drift
from wardroom.service_requests.gateways.endpoint_checking import check_endpoint_requests
from wardroom.service_requests.models import Drift, Endpoint, ServiceRequest, Tie
from wardroom.service_requests.queries import drift_page, drift_row, get_drift, vanished_since

pytestmark = pytest.mark.django_db


@pytest.fixture
def endpoint(city: City, ground: Ground, agencies: object, director: Cast) -> Endpoint:
    """A server whose requests are mirrored once."""
    city.rows = [told("C-1"), told("C-2"), told("C-3", status="closed")]
    made = endpoint_at(city)
    read(made)
    return made


def check(endpoint: Endpoint, *tied: int, **more: Any) -> int:
    endpoint.refresh_from_db()
    return check_endpoint_requests(endpoint, tied=tied, stamp=later(hours=9), **more)


def number(external_id: str) -> ServiceRequest:
    return ServiceRequest.objects.get(external_id=external_id)


def complained(who: Cast, ground: Ground, request: str) -> Matter:
    """Somebody called about a request of the city's."""
    if not Topic.objects.exists():
        load_topics()
    made = take_complaint(
        ground.places["5"],
        said="It is still there.",
        topic_code="dumping",
        request_number=request,
        anonymous=True,
        channel="phone",
        stamp=who.stamp,
    )
    matter: Matter = made.matter
    return matter


def test_what_is_no_longer_there_is_marked_and_kept(city: City, endpoint: Endpoint) -> None:
    del city.rows[0]
    assert check(endpoint) == 1
    drift = Drift.objects.get()
    assert (drift.kind, drift.request, drift.state) == ("vanished", number("C-1"), "open")
    assert number("C-1").status == "open"
    assert check(endpoint) == 1
    assert Drift.objects.count() == 1


def test_what_comes_back_is_marked_no_more(city: City, endpoint: Endpoint, director: Cast) -> None:
    row = city.rows.pop(0)
    check(endpoint)
    assert vanished_since(number("C-1").pk, director.actor) is not None
    city.rows.append(row)
    check(endpoint)
    assert Drift.objects.get().state == "gone"
    assert vanished_since(number("C-1").pk, director.actor) is None


def test_change_of_an_old_request_comes_into_the_mirror_at_night(
    city: City, endpoint: Endpoint
) -> None:
    city.rows[1].update(status="closed", updated_datetime=at(NOW + timedelta(hours=1)))
    check(endpoint)
    assert number("C-2").status == "closed"


def test_server_that_knows_no_lists_of_numbers_is_asked_one_by_one(
    city: City, endpoint: Endpoint
) -> None:
    city.knows -= {"ids"}
    del city.rows[0]
    assert check(endpoint) == 1
    assert Drift.objects.get().request == number("C-1")


def test_server_that_fails_marks_nothing(city: City, endpoint: Endpoint) -> None:
    city.rows.clear()
    city.answers = lambda path, given: raw(500)
    assert check(endpoint) == 0
    endpoint.refresh_from_db()
    assert endpoint.check_error == "It answered 500."
    assert not Drift.objects.exists()


def test_server_that_lost_everything_is_not_believed(city: City, ground: Ground) -> None:
    city.rows = [told(f"C-{n}") for n in range(40)]
    endpoint = endpoint_at(city)
    read(endpoint)
    city.rows = city.rows[:3]
    assert check(endpoint) == 0
    endpoint.refresh_from_db()
    assert "may be broken" in endpoint.check_error
    assert not Drift.objects.exists()


def test_closed_there_and_open_here_is_listed_until_they_agree(
    city: City, endpoint: Endpoint, ground: Ground, liaison5: Cast
) -> None:
    matter = complained(liaison5, ground, "C-1")
    held = get_held_requests(NOW)
    assert [(h.request_id, h.matter_id, h.is_open) for h in held] == [
        (number("C-1").pk, matter.pk, True)
    ]
    assert compare_ties(None, held=held, stamp=HOUSE) == 0
    city.rows[0].update(status="closed", updated_datetime=at(NOW + timedelta(hours=1)))
    check(endpoint)
    assert compare_ties(None, held=held, stamp=later(hours=10)) == 1
    drift = Drift.objects.get()
    assert (drift.kind, drift.matter_id, drift.ward_code) == ("closed_there", matter.pk, "5")
    assert drift.what == "Illegal dumping, C-1"
    assert (drift.here, drift.there) == ("open", "closed on Wednesday, November 18, 2026")
    assert compare_ties(None, held=held, stamp=later(hours=11)) == 0
    closed_here = [replace(one, is_open=False) for one in held]
    compare_ties(None, held=closed_here, stamp=later(hours=12))
    drift.refresh_from_db()
    assert drift.state == "gone"


def test_moved_due_date_and_place_are_listed_once(
    city: City, endpoint: Endpoint, ground: Ground, liaison5: Cast
) -> None:
    complained(liaison5, ground, "C-1")
    held = get_held_requests(NOW)
    compare_ties(None, held=held, stamp=HOUSE)
    assert Tie.objects.get().due_at == NOW + timedelta(days=9)
    city.rows[0].update(
        expected_datetime=at(NOW + timedelta(days=40)),
        lat=38.925,
        updated_datetime=at(NOW + timedelta(hours=1)),
    )
    check(endpoint)
    assert compare_ties(None, held=held, stamp=later(hours=10)) == 2
    due, place = Drift.objects.order_by("kind")
    assert (due.kind, due.here) == ("due_moved", "Friday, November 27, 2026")
    assert due.there == "Monday, December 28, 2026"
    assert place.kind == "place_moved"
    assert "556 m away" in place.there
    assert compare_ties(None, held=held, stamp=later(hours=34)) == 0


def test_settled_drift_is_listed_again_only_where_it_says_something_new(
    city: City, endpoint: Endpoint, ground: Ground, liaison5: Cast
) -> None:
    complained(liaison5, ground, "C-3")
    held = get_held_requests(NOW)
    compare_ties(None, held=held, stamp=HOUSE)
    drift = Drift.objects.get()
    with pytest.raises(Refused, match="Say why"):
        ignore_drift(drift, reason=" ", stamp=liaison5.stamp)
    ignore_drift(drift, reason="We look by ourselves.", stamp=liaison5.stamp)
    assert compare_ties(None, held=held, stamp=later(days=1)) == 0
    with pytest.raises(Refused, match="settled in the meantime"):
        accept_drift(drift, stamp=liaison5.stamp)
    city.rows[2].update(updated_datetime=at(NOW + timedelta(days=1)))
    check(endpoint, number("C-3").pk)
    assert compare_ties(None, held=held, stamp=later(days=2)) == 1


def test_next_step_on_the_matter_settles_it(
    city: City, endpoint: Endpoint, ground: Ground, liaison5: Cast
) -> None:
    matter = complained(liaison5, ground, "C-3")
    compare_ties(None, held=get_held_requests(NOW), stamp=HOUSE)
    drift = Drift.objects.get()
    given: dict[str, Any] = {"next_on": date(2026, 11, 20), "next_step": "Walk there"}
    given["stamp"] = liaison5.stamp
    plan_after_drift(drift, **given)
    matter.refresh_from_db()
    drift.refresh_from_db()
    assert (matter.next_step, matter.next_on) == ("Walk there", date(2026, 11, 20))
    assert drift.state == "planned"
    with pytest.raises(Refused):
        plan_after_drift(drift, **given)


def test_drift_is_seen_and_settled_within_reach_alone(
    city: City,
    endpoint: Endpoint,
    ground: Ground,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    director: Cast,
) -> None:
    matter = complained(liaison5, ground, "C-3")
    compare_ties(None, held=get_held_requests(NOW), stamp=HOUSE)
    drift = Drift.objects.get()
    for who in (liaison7, partner_dpw):
        assert drift_page(who.actor).total == 0
        with pytest.raises(NotFound):
            get_drift(drift.pk, who.actor)
        with pytest.raises(NotAllowed):
            accept_drift(drift, stamp=who.stamp)
    assert drift_page(liaison5.actor).total == 1
    assert drift_row(drift.pk, liaison5.actor).allowed == {
        "accept_drift", "ignore_drift", "plan_after_drift",
    }  # fmt: skip
    restrict_matter(matter, readers=[director.party], reason="At risk", stamp=director.stamp)
    sealed = actor_for(liaison7.user, on=NOW.date())
    assert drift_page(sealed).total == 0


def drift_rows(who: Cast, at: Any) -> list[tuple[str, str, date]]:
    found = worklist(who.actor, on=at.at.date(), size=100)
    return [(row.why, row.title, row.due_on) for row in found.rows if row.noun == "drift"]


def test_one_row_counts_for_the_director_what_nobody_looked_at(
    city: City, endpoint: Endpoint, ground: Ground, liaison5: Cast, director: Cast
) -> None:
    complained(liaison5, ground, "C-3")
    complained(liaison5, ground, "C-1")
    compare_ties(None, held=get_held_requests(NOW), stamp=HOUSE)
    why, due = "Another system does not agree with ours", HOUSE.at.date() + timedelta(days=7)
    assert drift_rows(director, HOUSE) == [(why, "1 thing to look at", due)]
    city.rows[0].update(status="closed", updated_datetime=at(NOW + timedelta(hours=1)))
    check(endpoint)
    compare_ties(None, held=get_held_requests(NOW), stamp=later(days=1))
    assert drift_rows(director, later(days=1)) == [(why, "2 things to look at", due)]
    assert drift_rows(liaison5, later(days=1)) == []
    first, second = Drift.objects.order_by("pk")
    accept_drift(first, stamp=liaison5.stamp)
    assert [title for _, title, _ in drift_rows(director, HOUSE)] == ["1 thing to look at"]
    ignore_drift(second, reason="We look ourselves.", stamp=director.stamp)
    assert drift_rows(director, HOUSE) == []


def test_the_row_goes_by_itself_where_both_agree_again(
    city: City, endpoint: Endpoint, ground: Ground, liaison5: Cast, director: Cast
) -> None:
    complained(liaison5, ground, "C-3")
    held = get_held_requests(NOW)
    compare_ties(None, held=held, stamp=HOUSE)
    assert len(drift_rows(director, HOUSE)) == 1
    compare_ties(None, held=[replace(one, is_open=False) for one in held], stamp=later(days=1))
    assert drift_rows(director, HOUSE) == []


def test_night_does_it_all(
    city: City,
    endpoint: Endpoint,
    ground: Ground,
    liaison5: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    complained(liaison5, ground, "C-1")
    monkeypatch.setattr(jobs, "worker_stamp", lambda: later(hours=9))
    assert jobs.compare_nightly() == 0
    city.rows[0].update(status="closed", updated_datetime=at(NOW + timedelta(hours=1)))
    del city.rows[1]
    assert jobs.compare_nightly() == 1
    assert set(Drift.objects.values_list("kind", flat=True)) == {"vanished", "closed_there"}


def test_worker_reads_what_is_due(
    city: City, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.rows = [told("C-1")]
    endpoint_at(city)
    monkeypatch.setattr(jobs, "worker_stamp", lambda: HOUSE)
    assert jobs.read_endpoints() == 1
    assert jobs.read_endpoints() == 0
    assert number("C-1").status == "open"
