"""A file comes into the mirror: new, changed, same; twice, in pieces, in any order."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.jobs.test_kill import address_of_test_database
from tests.service_requests.killed_import import ENOUGH
from tests.service_requests.samples import counts, mirror, rejects, row, take, write
from wardroom.access.gate import WriteOutsideAction
from wardroom.city.actions import Feature, load_boundaries
from wardroom.directory.models import Party, Service
from wardroom.kernel.errors import NotAllowed
from wardroom.ledger.models import Entry
from wardroom.service_requests.gateways import files
from wardroom.service_requests.gateways.importing import SQLITE_CACHE_KB
from wardroom.service_requests.models import Feed, ImportRun, ServiceRequest, StatusChange
from wardroom.service_requests.queries import requests_behind

pytestmark = pytest.mark.django_db
LATER = replace(HOUSE, at=NOON + timedelta(days=1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.csv"


def city(n: int = 200) -> list[dict[str, str]]:
    """So many ordinary rows, with a repeated id and two bad rows among them."""
    rows = [
        row(
            f"26-{i:04}",
            opened=f"2026-{1 + i % 10:02}-{1 + i % 28:02}T12:00:00Z",
            kind=f"K{i % 7}",
            kind_name=f"Kind {i % 7}",
            lon=str(-77.04 + 0.0007 * i),
            address_id="" if i % 3 else str(5000 + i % 40),
            address=f"{100 + i} TEST STREET NE",
            status=("OPEN", "CLOSED", "IN-PROGRESS")[i % 3],
        )
        for i in range(n)
    ]
    rows.insert(n // 3, row("26-0001", status="CLOSED", address="101 TEST STREET NE"))
    rows.insert(n // 2, row("bad", opened="never"))
    rows.append(row("", opened="2026-01-01T12:00:00Z"))
    return rows


def one(**given: object) -> ServiceRequest:
    return ServiceRequest.objects.get(**given)


def sqlite_cache() -> int | None:
    """How much of its file SQLite keeps in memory, as it is told; nothing for PostgreSQL."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        return int(cursor.fetchone()[0])


def test_new_rows_are_kept_with_what_their_words_stand_for(file: Path, ground: object) -> None:
    summary = take(
        write(file, [row("26-1", status="Closed (Transferred)", closed="2026-11-03T01:30:00Z")])
    )
    assert counts(summary) == (1, 1, 0, 0, 0)
    made = one()
    assert made.service.code == "DUMP"
    assert made.service.name == "Illegal dumping"
    assert (made.agency_code, made.status, made.ward_code) == ("DPW", "transferred", "5")
    assert made.closed_at == datetime(2026, 11, 3, 1, 30, tzinfo=UTC)
    assert made.status_given == "Closed (Transferred)"
    run = ImportRun.objects.get()
    assert (run.state, run.data_as_of) == ("done", datetime(2026, 11, 2, 14, tzinfo=UTC))


def test_same_file_twice_changes_nothing(file: Path) -> None:
    write(file, city())
    first = take(file)
    assert counts(first) == (203, 200, 0, 0, 3)
    before = list(ServiceRequest.objects.order_by("pk").values())
    directory = (Party.objects.count(), Service.objects.count(), Feed.objects.count())
    again = take(file, stamp=LATER)
    assert counts(again) == (203, 0, 0, 200, 3)
    assert list(ServiceRequest.objects.order_by("pk").values()) == before
    assert not StatusChange.objects.exists()
    assert directory == (Party.objects.count(), Service.objects.count(), Feed.objects.count())
    said = set(Entry.objects.filter(at=LATER.at).values_list("kind", flat=True))
    assert said == {"ImportStarted", "RequestsRead", "RequestsImported"}


def test_only_what_changed_is_changed(file: Path) -> None:
    take(write(file, [row("a"), row("b"), row("c")]))
    summary = take(
        write(file, [row("a"), row("b", address="502 TEST STREET NE"), row("d")]), stamp=LATER
    )
    assert counts(summary) == (3, 1, 1, 1, 0)
    changed = one(external_id="b")
    assert changed.address == "502 TEST STREET NE"
    assert changed.last_run_id == summary.run_id
    assert changed.first_run_id != summary.run_id
    assert one(external_id="a").last_run_id == changed.first_run_id
    assert not StatusChange.objects.exists()


def test_status_change_is_kept_as_history(file: Path) -> None:
    take(write(file, [row("a", status="OPEN")]))
    take(write(file, [row("a", status="IN PROGRESS")]), stamp=LATER)
    last = replace(LATER, at=LATER.at + timedelta(days=1))
    closed = row("a", status="CLOSED", closed="2026-11-19T12:00:00Z")
    take(write(file, [closed]), stamp=last)
    take(write(file, [closed]), stamp=last)
    history = StatusChange.objects.order_by("pk").values_list("before", "after", "seen_at")
    assert list(history) == [
        ("open", "in_progress", LATER.at),
        ("in_progress", "closed", last.at),
    ]
    assert one().status == "closed"


def test_other_word_for_the_same_status_is_no_history(file: Path) -> None:
    take(write(file, [row("a", status="IN-PROGRESS")]))
    summary = take(write(file, [row("a", status="IN PROGRESS")]))
    assert summary.changed == 1
    assert not StatusChange.objects.exists()


def test_request_reopened_by_the_city_loses_its_closing_time(file: Path) -> None:
    take(write(file, [row("a", status="CLOSED", closed="2026-11-03T12:00:00Z")]))
    take(write(file, [row("a", status="OPEN")]))
    assert one().closed_at is None
    assert StatusChange.objects.get().after == "open"


def test_record_that_left_the_window_is_not_closed(file: Path) -> None:
    take(write(file, [row("old"), row("new")]))
    before = mirror()
    take(write(file, [row("new"), row("newer")]), stamp=LATER)
    assert [r for r in mirror() if r["external_id"] != "newer"] == before
    assert one(external_id="old").status == "open"


def test_last_of_a_repeated_number_counts_and_the_others_are_told(file: Path) -> None:
    write(file, [row("a", status="OPEN"), row("b"), row("a", status="CLOSED")])
    summary = take(file)
    assert counts(summary) == (3, 2, 0, 0, 1)
    assert one(external_id="a").status == "closed"
    assert rejects(summary) == [
        (2, "id", "a", "stands in the file again; the last one counts"),
    ]
    assert not StatusChange.objects.exists()


def test_bad_row_of_a_repeated_number_does_not_cost_the_good_one(file: Path) -> None:
    summary = take(write(file, [row("a"), row("a", opened="never")]))
    assert counts(summary) == (2, 1, 0, 0, 1)
    assert one().external_id == "a"


def test_spaces_around_a_number_are_no_other_number(file: Path) -> None:
    take(write(file, [row("a")]))
    assert counts(take(write(file, [row("  a ")]))) == (1, 0, 0, 1, 0)


def test_number_of_another_city_is_another_request(file: Path) -> None:
    write(file, [row("a")])
    take(file, feed_code="east")
    assert take(file, feed_code="west").new == 1
    assert ServiceRequest.objects.filter(external_id="a").count() == 2


def test_closing_time_before_the_opening_is_kept_as_the_city_has_it(file: Path) -> None:
    take(write(file, [row("a", closed="2026-11-01T14:00:00Z", status="CLOSED")]))
    made = one()
    assert made.closed_at is not None
    assert made.closed_at < made.opened_at


def test_file_without_a_column_leaves_what_that_column_held(file: Path) -> None:
    take(write(file, [row("a", closed="")]))
    file.write_text(
        "id,opened,closed,due,kind,agency,lon,lat\n"
        "a,2026-11-02T14:00:00Z,2026-11-05T14:00:00Z,,DUMP,DPW,-77.0,38.92\n"
    )
    summary = take(file)
    assert (summary.layout, summary.changed) == ("plain", 1)
    made = one()
    assert made.closed_at == datetime(2026, 11, 5, 14, tzinfo=UTC)
    assert (made.address, made.address_id, made.calls) == ("500 TEST STREET NE", 9001, 1)


def test_reading_that_fails_in_the_middle_is_marked_and_can_be_run_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BATCH", 50)
    write(file, city())
    usual = sqlite_cache()

    def fail(done: int) -> None:
        assert usual is None or sqlite_cache() == -SQLITE_CACHE_KB
        if done >= 100:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        take(file, feed_code="broken", progress=fail)
    run = ImportRun.objects.get()
    assert (run.state, run.finished_at) == ("failed", NOON)
    assert 0 < ServiceRequest.objects.count() < 200
    assert sqlite_cache() in {None, usual}, "also where it fails it gives the cache back"
    again = take(file, feed_code="broken", stamp=LATER)
    assert again.read == again.new + again.same + again.rejected == 203
    assert again.same > 0
    take(file, feed_code="whole")
    assert mirror("broken") == mirror("whole")


@pytest.mark.django_db(transaction=True)
def test_reading_that_was_killed_is_run_again_as_if_nothing_had_been(file: Path) -> None:
    """kill -9 in a process of its own, after three batches were kept."""
    write(file, city())
    killed = subprocess.run(
        [sys.executable, "-m", "tests.service_requests.killed_import", str(file)],
        env={**os.environ, "DATABASE_URL": address_of_test_database()},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert ImportRun.objects.get().state == "running"
    assert 0 < ServiceRequest.objects.count() <= ENOUGH
    again = take(file, stamp=LATER)
    assert counts(again)[0] == 203
    assert again.same > 0
    assert sorted(ImportRun.objects.values_list("state", flat=True)) == ["done", "failed"]
    take(file, feed_code="whole")
    assert mirror("plain") == mirror("whole")


@pytest.mark.parametrize(
    ("opened", "ward"),
    [
        ("2021-12-31T18:00:00Z", "5"),
        ("2022-01-01T04:59:59Z", "5"),
        ("2022-01-01T05:00:00Z", "7"),
        ("2026-11-01T12:00:00Z", "7"),
        ("2011-12-31T12:00:00Z", ""),
    ],
)
def test_ward_is_that_of_the_local_day_it_was_opened(opened: str, ward: str, file: Path) -> None:
    """The same alley lay in Ward 5 until the end of 2021, Washington time."""
    alley = box(-77.02, 38.90, -76.98, 38.94)
    for code, day in (("5", date(2012, 1, 1)), ("7", date(2022, 1, 1))):
        load_boundaries(
            None,
            kind="ward",
            valid_from=day,
            features=[Feature(code, f"Ward {code}", alley)],
            source="a test",
            digest=code * 64,
            stamp=HOUSE,
        )
    take(write(file, [row("a", opened=opened)]))
    assert one().ward_code == ward


def test_liaison_and_partner_may_not_feed_the_mirror(
    file: Path, liaison5: Cast, partner_dpw: Cast, director: Cast
) -> None:
    write(file, [row("a")])
    for who in (liaison5, partner_dpw):
        with pytest.raises(NotAllowed):
            take(file, stamp=who.stamp)
    assert not Feed.objects.exists()
    assert take(file, stamp=director.stamp).new == 1
    assert requests_behind(director.actor).total == 1


def test_mirror_is_written_by_actions_only(file: Path) -> None:
    take(write(file, [row("a")]))
    with pytest.raises(WriteOutsideAction):
        ServiceRequest.objects.update(status="closed")


MESSY = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.sampled_from(["a", "b", " b ", "c", "", "x" * 41, "é", "=1", "d"]),
            "opened": st.sampled_from(
                ["2026-11-02T14:00:00Z", "2026-11-02", "never", "", "1970-01-01", "2031-01-01"]
            ),
            "closed": st.sampled_from(["", "2026-11-03T10:00:00Z", "?", "9999-01-01", "1969"]),
            "kind": st.sampled_from(["DUMP", "RATS", ""]),
            "status": st.sampled_from(["OPEN", "CLOSED", "Never heard", ""]),
            "lat": st.sampled_from(["38.92", "", "0", "x", "-400"]),
            "address": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
            "address_id": st.sampled_from(["", "7", "7.0", "-1", "x", "99999999999999999999"]),
            "calls": st.sampled_from(["", "3", "-2", "1e3", "x"]),
            "reporter": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
        },
    ),
    max_size=14,
)
FREELY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FREELY
@given(first=MESSY, second=MESSY)
def test_every_row_is_new_changed_same_or_rejected(
    first: list[dict[str, str]], second: list[dict[str, str]], tmp_path: Path
) -> None:
    feed = f"f{Feed.objects.count()}"
    known: set[str] = set()
    for rows in (first, second, second):
        path = write(tmp_path / "messy.csv", [{**row("z"), **r} for r in rows])
        summary = take(path, feed_code=feed)
        assert summary.read == len(rows)
        assert summary.read == summary.new + summary.changed + summary.same + summary.rejected
        assert len(rejects(summary)) == summary.rejected
        there = {r["external_id"] for r in mirror(feed)}
        assert len(there) == len(known) + summary.new
        known = there
    assert (summary.new, summary.changed) == (0, 0)


@FREELY
@given(seed=st.integers(0, 10_000), batch=st.sampled_from([3, 7, 100]))
def test_order_of_the_rows_does_not_matter(seed: int, batch: int, tmp_path: Path) -> None:
    rows = [r for r in city(20) if r["id"] not in {"26-0001", ""}]
    shuffled = random.Random(seed).sample(rows, len(rows))
    feeds = [f"{n}-{Feed.objects.count()}" for n in ("straight", "mixed")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "BATCH", batch)
        straight = take(write(tmp_path / "a.csv", rows), feed_code=feeds[0])
        mixed = take(write(tmp_path / "b.csv", shuffled), feed_code=feeds[1])
    assert counts(straight) == counts(mixed)
    assert mirror(feeds[0]) == mirror(feeds[1])
