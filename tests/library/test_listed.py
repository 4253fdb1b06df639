"""Services in and out, and found: what came in is found, what was taken back is not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.library.files import as_json, key, pantry
from tests.trouble import load_topics
from wardroom.access.actor import Stamp
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.library.actions import (
    assure_service,
    end_service_alert,
    load_needs,
    read_service_file,
    set_service_alert,
    take_services_back,
    write_service_file,
)
from wardroom.library.models import ListedService, ServiceImport
from wardroom.library.queries import (
    Wanted,
    everything_nested,
    everything_packed,
    find_services,
    get_listed_service,
    service_file,
    service_preview,
)
from wardroom.library.queries.finding import get_services_to_quiet
from wardroom.library.queries.hsds import all_rows
from wardroom.library.rules.hsds.nesting import Nest
from wardroom.library.rules.hsds.reading import read_package
from wardroom.library.rules.needs import need_id

DAY = timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def library(db: None) -> None:
    load_topics()
    load_needs(None, stamp=HOUSE)


def brought_in(who: Cast, *services: dict[str, Any], stamp: Stamp | None = None) -> ServiceImport:
    """A file of these services, read and written as it was shown."""
    stamp = stamp or who.stamp
    made = read_service_file(None, data=as_json(*services), source="test.json", stamp=stamp)
    digest = service_preview(made.pk, who.actor).digest
    return write_service_file(made, digest=digest, stamp=stamp)


def found(who: Cast, **wanted: Any) -> list[str]:
    at = wanted.pop("at", NOON)
    return [hit.name for hit in find_services(who.actor, Wanted(**wanted), at=at).rows]


def test_what_comes_in_goes_out_the_same(library: None, liaison5: Cast) -> None:
    made = brought_in(liaison5, pantry())
    assert (made.added, made.changed) == (13, 0)
    again = read_package(b"".join(everything_packed(liaison5.actor))).rows
    assert {name: list(rows.values()) for name, rows in again.items()} == all_rows()
    nested = list(everything_nested(liaison5.actor))
    nest = Nest.of(all_rows())
    assert nested == [nest.whole(row) for row in nest.by_id["service"].values()]
    back = read_package(json.dumps(nested).encode())
    assert back.left_out == []
    packed = b"".join(everything_packed(liaison5.actor))
    same = read_service_file(None, data=packed, source="own.zip", stamp=liaison5.stamp)
    assert service_preview(same.pk, liaison5.actor).to_write == 0


def test_taken_back_is_as_before(library: None, liaison5: Cast) -> None:
    before = all_rows()
    made = brought_in(liaison5, pantry())
    assert found(liaison5) == ["Tuesday pantry"]
    take_services_back(made, stamp=liaison5.stamp)
    assert (found(liaison5), all_rows()) == ([], before)
    again = brought_in(liaison5, pantry())
    changed = brought_in(liaison5, pantry(alert="Closed this week"))
    assert (changed.added, changed.changed) == (0, 1)
    row = get_listed_service(key("pantry"), liaison5.actor)
    assert row.alert == "Closed this week"
    assure_service(row, stamp=liaison5.stamp)
    kept = take_services_back(changed, stamp=liaison5.stamp).kept
    assert [row["name"] for row in kept] == ["Tuesday pantry"]
    with pytest.raises(Refused, match="nothing of this file"):
        take_services_back(changed, stamp=liaison5.stamp)
    assert again.undone_at is None


def test_what_changed_since_the_preview_is_not_written(library: None, liaison5: Cast) -> None:
    brought_in(liaison5, pantry())
    new = read_service_file(None, data=as_json(pantry(alert="x")), source="x", stamp=liaison5.stamp)
    digest = service_preview(new.pk, liaison5.actor).digest
    row = get_listed_service(key("pantry"), liaison5.actor)
    set_service_alert(row, alert="Moved", status="active", stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        write_service_file(new, digest=digest, stamp=liaison5.stamp)
    assert no.value.code == "stale"


def test_an_alert_ends_after_its_last_day(library: None, liaison5: Cast) -> None:
    brought_in(liaison5, pantry())
    row, today = get_listed_service(key("pantry"), liaison5.actor), NOON.date()
    given: dict[str, Any] = {"status": "active", "stamp": liaison5.stamp}
    wrongs: list[dict[str, Any]] = [
        {"alert": "", "until": today},
        {"alert": "Ice", "until": today - DAY},
    ]
    for wrong in wrongs:
        with pytest.raises(Refused):
            set_service_alert(row, **wrong, **given)
    given["status"] = "temporarily closed"
    set_service_alert(row, alert="Closed for ice", until=today, **given)
    night = replace(HOUSE, at=NOON + DAY)
    with pytest.raises(Refused, match="still holds"):
        end_service_alert(row, stamp=replace(night, at=NOON))
    assert get_services_to_quiet(on=today) == []
    (found,) = get_services_to_quiet(on=today + DAY)
    end_service_alert(found, stamp=night)
    [hit] = find_services(liaison5.actor, Wanted(), at=NOON).rows
    assert (hit.alert, hit.closed_for_now) == ("", False)


def test_a_file_leaves_the_last_day_of_an_alert(library: None, liaison5: Cast) -> None:
    brought_in(liaison5, pantry())
    row, today = get_listed_service(key("pantry"), liaison5.actor), NOON.date()
    set_service_alert(row, alert="Bring two", status="active", until=today, stamp=liaison5.stamp)
    same = {"alert": "Bring two", "fees_description": "A dollar"}
    made = brought_in(liaison5, pantry(**same))
    row.refresh_from_db()
    assert (row.fees_description, row.alert_until) == ("A dollar", today)
    take_services_back(made, stamp=liaison5.stamp)
    other = brought_in(liaison5, pantry(alert="Bring three"))
    row.refresh_from_db()
    assert row.alert_until is None
    take_services_back(other, stamp=liaison5.stamp)
    row.refresh_from_db()
    assert row.alert == "Bring two"
    assert row.alert_until == today


def test_only_its_reader_and_the_director_write_a_file(
    library: None, liaison5: Cast, liaison7: Cast, director: Cast, records_officer: Cast
) -> None:
    made = read_service_file(None, data=as_json(pantry()), source="x", stamp=liaison5.stamp)
    digest = service_preview(made.pk, director.actor).digest
    for who in (liaison7, records_officer):
        with pytest.raises(NotAllowed):
            write_service_file(made, digest=digest, stamp=who.stamp)
    assert write_service_file(made, digest=digest, stamp=director.stamp).added == 13


def test_found_by_what_fits(library: None, liaison5: Cast) -> None:
    """On the Wednesday at noon of every test."""
    lawyer = {
        "id": key("lawyer"),
        "name": "Tenant lawyers",
        "status": "active",
        "maximum_age": 60,
        "organization": pantry()["organization"],
        "service_areas": [{"id": key("area2"), "name": "District of Columbia"}],
    }
    brought_in(liaison5, pantry(), lawyer)
    assert found(liaison5) == ["Tuesday pantry", "Tenant lawyers"]
    assert found(liaison5, words="groceries") == ["Tuesday pantry"]
    assert found(liaison5, words="despensa") == ["Tuesday pantry"]
    assert found(liaison5, need=str(need_id("food"))) == ["Tuesday pantry"]
    assert found(liaison5, need=str(need_id("housing"))) == []
    assert found(liaison5, need="no number") == []
    assert found(liaison5, age=17) == ["Tenant lawyers"]
    assert found(liaison5, age=70) == ["Tuesday pantry"]
    assert found(liaison5, ward="7") == ["Tenant lawyers"]
    assert found(liaison5, language="es") == ["Tuesday pantry"]
    assert found(liaison5, language="am") == ["Tuesday pantry"]
    assert found(liaison5, open_now=True) == ["Tuesday pantry"]
    assert found(liaison5, open_now=True, at=NOON + timedelta(hours=2)) == []
    assert found(liaison5, point=(38.93, -76.98))[0] == "Tuesday pantry"
    [hit] = find_services(liaison5.actor, Wanted(words="pantry", language="am"), at=NOON).rows
    assert (hit.language, hit.phone, hit.stale) == ("interpreter", "202-555-0100", False)
    assert (hit.open_words, hit.freshness) == ("Open until 1 p.m.", "Checked 48 days ago")
    assert find_services(liaison5.actor, Wanted(), at=NOON + timedelta(days=200)).rows[1].stale


def test_closed_for_now_comes_last_and_says_so(library: None, liaison5: Cast) -> None:
    brought_in(liaison5, pantry(), pantry(id=key("b"), name="Zebra pantry"))
    row = get_listed_service(key("pantry"), liaison5.actor)
    set_service_alert(row, alert="Flooded", status="temporarily closed", stamp=liaison5.stamp)
    hits = find_services(liaison5.actor, Wanted(), at=NOON).rows
    assert [(h.name, h.closed_for_now, h.alert) for h in hits] == [
        ("Zebra pantry", False, "Bring a bag"),
        ("Tuesday pantry", True, "Flooded"),
    ]
    file = service_file(UUID(key("pantry")), liaison5.actor, at=NOON)
    assert file.hours == ("Tuesday and Wednesday, 9 a.m. to 1 p.m.",)
    assert file.sites[0].address == "100 Example St NE, Washington, DC, 20017"


def test_other_programs_read_it(library: None, liaison5: Cast) -> None:
    later = replace(liaison5.stamp, at=NOON + timedelta(days=1))
    brought_in(liaison5, pantry())
    brought_in(liaison5, pantry(id=key("late"), name="Later pantry"), stamp=later)
    browser = Client()
    assert browser.get("/hsds/v3/").json()["version"] == "3.0"

    def read(query: str) -> dict[str, Any]:
        answer: dict[str, Any] = browser.get(f"/hsds/v3/services?{query}").json()
        return answer

    listed = read("per_page=1&page=2")
    assert (listed["total_items"], listed["total_pages"], listed["size"]) == (2, 2, 1)
    assert (listed["first_page"], listed["last_page"], listed["empty"]) == (False, True, False)
    assert read("page=9")["contents"] == []
    org, term = key("org"), need_id("food-pantry")
    both = f"organization_id={org}&taxonomy_term_id={term}"
    assert read(both)["total_items"] == 1
    assert read(f"organization_id={org}&taxonomy_term_id={need_id('law')}")["empty"]
    since = (NOON + timedelta(hours=5)).isoformat().replace("+", "%2B")
    assert [s["name"] for s in read(f"modified_after={since}")["contents"]] == ["Later pantry"]
    assert set(read("minimal=true")["contents"][0]) == {"id", "modified_date"}
    one = browser.get(f"/hsds/v3/services/{key('late')}").json()
    assert read_package(json.dumps(one).encode()).left_out == []
    before_time = "modified_after=0001-01-01T00:00:00%2B14:00"
    bad_ones = ("page=0", "per_page=x", "organization_id=7", "modified_after=soon", "full=maybe")
    for bad in (*bad_ones, before_time):
        answer = browser.get(f"/hsds/v3/services?{bad}")
        assert answer.status_code == 400
        assert bad.split("=")[0] in answer.json()["error"]
    assert browser.get("/hsds/v3/services/nothing").status_code == 404
    assert browser.post("/hsds/v3/services").status_code == 405
    assert ListedService.objects.count() == 2
