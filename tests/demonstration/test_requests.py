"""The generated requests: repeatable, in a city's rhythm, with trouble that can be found."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from wardroom.demonstration import requests
from wardroom.demonstration.catalogue import AGENCIES, SERVICES
from wardroom.demonstration.requests import NAMES, Columns, chunks, columns, truth, write_csv
from wardroom.demonstration.rhythm import ZONE, to_utc
from wardroom.demonstration.streets import lettered, make_sites, numbered
from wardroom.kernel.business_time import Clock, due_date
from wardroom.library.rules import OTHER, TOPICS, topic_code_for

END = date(2026, 11, 18)
N = 60_000


@lru_cache(maxsize=1)
def city() -> Columns:
    return columns(N, seed=5, end=END)


def local(instants: np.ndarray) -> list[datetime]:
    return [t.replace(tzinfo=UTC).astimezone(ZONE) for t in instants.tolist()]


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("a", "b"):
        write_csv(tmp_path / name, 3_000, seed=9, end=END)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    write_csv(tmp_path / "c", 3_000, seed=10, end=END)
    assert hashlib.sha256((tmp_path / "c").read_bytes()).hexdigest() not in digests


@pytest.mark.parametrize("n", [1_000, 1_001, 25_000])
def test_there_are_exactly_as_many_as_asked_for(n: int) -> None:
    made = columns(n, end=END)
    assert {len(made[name]) for name in NAMES} == {n}
    assert len(set(made["id"].tolist())) == n


def test_small_chunks_bound_the_memory() -> None:
    sizes = [len(part["id"]) for part in chunks(20_000, end=END, size=3_000)]
    assert sum(sizes) == 20_000
    assert max(sizes) <= 3_000


def test_all_is_opened_before_noon_of_the_last_day_and_closed_later() -> None:
    made = city()
    noon = np.datetime64("2026-11-18T17:00:00")
    assert made["opened"].max() < noon
    is_closed = ~np.isnat(made["closed"])
    assert np.all(made["closed"][is_closed] >= made["opened"][is_closed])
    assert made["closed"][is_closed].max() <= noon
    open_words = {"OPEN", "DUPLICATE (OPENED)"}
    assert set(made["status"][~is_closed]) == open_words
    assert not set(made["status"][is_closed]) & open_words


def test_weekdays_are_busier_than_weekends_and_noon_than_night() -> None:
    when = local(city()["opened"])
    days = Counter(t.weekday() for t in when)
    weekend = (days[5] + days[6]) / N
    assert 0.10 < weekend < 0.20
    night = sum(t.hour < 6 for t in when) / N
    assert 0.01 < night < 0.05


def test_summer_brings_more_rats_and_snow_no_july() -> None:
    made = city()
    months = np.array([t.month for t in local(made["opened"])])
    rats = months[made["kind"] == "RODENT"]
    assert np.isin(rats, (6, 7, 8)).mean() > 2 * np.isin(rats, (12, 1, 2)).mean()
    assert not np.isin(months[made["kind"] == "SNOW"], (5, 6, 7, 8, 9)).any()


def test_people_order_about_two_fifths_as_routine() -> None:
    routine = {s.code for s in SERVICES if s.routine}
    share = np.isin(city()["kind"].astype(str), list(routine)).mean()
    assert 0.30 < share < 0.50


def test_promises_agree_with_the_houses_own_clock() -> None:
    made = city()
    promise = {s.code: s.promise for s in SERVICES}
    for i in np.random.default_rng(1).integers(0, N, 200):
        opened = made["opened"][i].item().replace(tzinfo=UTC)
        due = due_date(
            opened, days=promise[made["kind"][i]], clock=Clock.PROMISE, calendar=requests.CALENDAR
        )
        assert made["due"][i].item().replace(tzinfo=UTC) == due.due_at.replace(second=0)


def test_wards_report_unevenly() -> None:
    made, sites = city(), make_sites(N, seed=5)
    ward = dict(zip(sites.address.tolist(), sites.ward.tolist(), strict=True))
    found = Counter(ward[a] for a in made["address"].tolist())
    places = Counter(sites.ward.tolist())
    assert found[3] / places[3] > 1.5 * found[8] / places[8]


def test_some_address_ids_and_reporters_are_missing() -> None:
    made = city()
    assert 0.2 < (made["reporter"] == 0).mean() < 0.4
    houses = np.array([a[0].isdigit() and "BLOCK" not in a for a in made["address"]])
    assert 0.02 < (made["address_id"][houses] == 0).mean() < 0.04


def test_each_kind_of_service_belongs_to_a_topic() -> None:
    routine = {t.code for t in TOPICS if t.routine}
    for service in SERVICES:
        topic = topic_code_for(service.code, service.name)
        assert topic != OTHER.code, service
        assert (topic in routine) is service.routine, service
        assert service.agency in AGENCIES


def test_planted_trouble_stands_out_in_a_simple_count() -> None:
    made = city()
    routine = [s.code for s in SERVICES if s.routine]
    trouble = ~np.isin(made["kind"].astype(str), routine)
    counts = Counter(made["address"][trouble].tolist())
    places = truth(N, seed=5, end=END)
    assert len(places) == 75
    loud = [p for p in places if p.episodes_a_month > 2]
    ordinary = float(np.median(list(counts.values())))
    assert loud
    assert all(counts[p.address] > 6 * ordinary for p in loud)


def test_planted_places_lie_in_all_wards_and_need_several_agencies() -> None:
    places = truth(N, seed=5, end=END)
    assert {p.ward for p in places} == set("12345678")
    assert sum(len(p.agencies) > 1 for p in places) / len(places) > 0.8
    assert len({p.address for p in places}) == len(places)
    assert 20 <= len(truth(1_000, end=END)) <= len(truth(1_000_000, end=END)) == 400


def test_planted_trouble_takes_a_small_share_even_of_few_requests() -> None:
    made = columns(2_000, end=END)
    places = {p.address for p in truth(2_000, end=END)}
    assert np.isin(made["address"].astype(str), list(places)).mean() < 0.25


def test_closures_that_fix_nothing_are_quick_and_trouble_returns() -> None:
    made = city()
    loud = max(truth(N, seed=5, end=END), key=lambda p: p.episodes_a_month)
    here = (made["address"] == loud.address) & ~np.isnat(made["closed"])
    lasts = (made["closed"] - made["opened"])[here]
    assert (lasts < np.timedelta64(2, "h")).mean() > 0.2


def test_one_caller_can_be_a_storm() -> None:
    made = city()
    storm = made["reporter"] // 1_000_000 == 2
    callers = Counter(made["reporter"][storm].tolist())
    places = {made["address"][made["reporter"] == c][0] for c in callers}
    assert max(callers.values()) >= 15
    assert len(places) == len(callers)


def test_file_has_the_plain_columns_and_no_stray_commas(tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    write_csv(path, 2_000, seed=5, end=END)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2_000
    assert tuple(rows[0]) == NAMES
    instant = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
    assert all(instant.fullmatch(r["opened"]) for r in rows)
    assert all(r["closed"] == "" or instant.fullmatch(r["closed"]) for r in rows)
    assert any(r["address_id"] == "" for r in rows)


def test_streets_are_named_like_a_grid() -> None:
    assert [numbered(n) for n in (1, 2, 3, 4, 11, 12, 21, 22)] == [
        f"{n} STREET" for n in ("1ST", "2ND", "3RD", "4TH", "11TH", "12TH", "21ST", "22ND")
    ]
    assert lettered(1) == "A STREET"
    assert lettered(10) == "K STREET"
    assert lettered(23) == "ALDER STREET"
    shape = re.compile(
        r"\d+ [A-Z0-9]+ STREET (NE|NW|SE|SW)"
        r"|\d+ - \d+ BLOCK OF [A-Z0-9]+ STREET (NE|NW|SE|SW)"
        r"|[A-Z]+ STREET (NE|NW|SE|SW) AND \d+[A-Z]+ STREET (NE|NW|SE|SW)"
    )
    sites = make_sites(30_000, seed=5)
    assert all(shape.fullmatch(a) for a in sites.address)
    assert len(set(sites.address)) == len(sites)


def test_local_time_becomes_utc_across_the_clock_change() -> None:
    given = ["2026-03-08T01:30:00", "2026-03-08T03:30:00", "2026-11-01T12:00:00", "NaT"]
    found = to_utc(np.array(given, dtype="datetime64[s]")).astype(str).tolist()
    assert found == ["2026-03-08T06:30:00", "2026-03-08T07:30:00", "2026-11-01T17:00:00", "NaT"]
