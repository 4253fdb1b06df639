"""What anybody may download: streamed a few rows at a time, safe to open, without persons."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.conftest import NOON
from tests.trouble import Trouble
from wardroom.access.gate import guard_pass
from wardroom.jobs.routines import make_open_data
from wardroom.reporting.gateways.open_data import kept_file, make_file
from wardroom.reporting.queries import open_data as queries
from wardroom.reporting.rules.open_data import (
    DATASETS,
    LOCATIONS,
    MARK,
    REQUESTS,
    csv_lines,
    features,
    public_place,
)
from wardroom.service_requests.models import ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()
SITE = "/open-data/"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    cache.clear()


def body(answer: Any) -> bytes:
    assert answer.streaming
    return b"".join(answer.streaming_content)


def get(name: str, **headers: str) -> Any:
    return Client().get(f"{SITE}{name}", headers=headers)


def rows_of(answer: Any) -> list[dict[str, str]]:
    text = body(answer).decode()
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def copies(number: int, **changes: Any) -> None:
    """As many copies of a request, each with a number of its own."""
    row = ServiceRequest.objects.order_by("pk")[0]
    for name, value in changes.items():
        setattr(row, name, value)
    made = []
    for n in range(number):
        fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
        fields |= {"id": None, "external_id": f"copy-{n}"}
        made.append(ServiceRequest(**fields))
    with guard_pass("a test makes many requests"):
        ServiceRequest.objects.bulk_create(made, batch_size=500)


def test_csv_has_every_request_once_in_the_columns_that_are_told(trouble: Trouble) -> None:
    copies(1, status="in_progress", closed_at=None)
    rows = rows_of(get("requests.csv"))
    assert list(rows[0]) == [column.name for column in REQUESTS.columns]
    numbers = [row["service_request_id"] for row in rows]
    assert len(set(numbers)) == len(numbers) == ServiceRequest.objects.count()
    assert {row["status"] for row in rows} == {"open", "closed"}
    assert all(row["requested_datetime"].endswith("Z") for row in rows)
    assert all(re.fullmatch(r"-?\d+\.\d{1,3}", row["lat"]) for row in rows if row["lat"])


def test_no_house_and_nobody_is_in_any_file(trouble: Trouble) -> None:
    copies(1, address="1427 MARKED STREET NW APT 4", channel="Phone", reporter_key=987654321)
    make_open_data()
    for name in ("requests.csv", "requests.geojson", "requests.parquet"):
        content = body(get(name))
        assert b"1427" not in content
        assert b"987654321" not in content
    assert "1400 block of MARKED STREET NW" in body(get("requests.csv")).decode()


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_a_word_that_begins_like_a_formula_is_set_off(begins: str) -> None:
    assert csv_lines([(f"{begins}SUM(A1)", -77.1, None)]).lstrip('"').startswith("'" + begins)
    assert csv_lines([(-77.1, 3)]) == "-77.1,3\r\n"


def test_a_cell_with_quotes_and_lines_stays_one_cell() -> None:
    line = csv_lines([('He said "no",\nthen left', datetime(2026, 1, 2, tzinfo=UTC), None)])
    assert list(csv.reader(io.StringIO(line, newline=""))) == [
        ['He said "no",\nthen left', "2026-01-02T00:00:00Z", ""]
    ]


def test_geojson_is_one_collection_of_points(trouble: Trouble) -> None:
    copies(1, latitude=None, longitude=None)
    found = json.loads(body(get("requests.geojson")))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == ServiceRequest.objects.count()
    points = [f["geometry"] for f in found["features"]]
    assert points.count(None) == 1
    longitude, latitude = next(p for p in points if p)["coordinates"]
    assert -77.1 < longitude < -76.9 < 38 < latitude < 39
    assert "lat" not in found["features"][0]["properties"]


def test_an_empty_city_still_gives_whole_files(db: None) -> None:
    assert rows_of(get("requests.csv")) == []
    assert json.loads(body(get("locations.geojson")))["features"] == []
    assert make_open_data() == len(DATASETS)
    assert body(get("requests.parquet"))[:4] == b"PAR1"


def test_rows_come_in_pieces_and_memory_does_not_grow_with_them(
    trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 100)

    def peak() -> int:
        tracemalloc.start()
        pieces = sum(1 for _ in get("requests.csv").streaming_content)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert pieces >= ServiceRequest.objects.count() / 100
        return most

    peak()
    few = peak()
    copies(20 * ServiceRequest.objects.count())
    assert peak() < 2 * few + 500_000


def test_a_packed_file_unpacks_to_the_same(trouble: Trouble) -> None:
    answer = get("requests.csv", accept_encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(body(answer)) == body(get("requests.csv"))


def test_an_unchanged_file_is_not_sent_again(trouble: Trouble) -> None:
    first = get("requests.csv")
    assert first.headers["Cache-Control"] == "public, max-age=900"
    assert not first.cookies
    again = get("requests.csv", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.headers["ETag"]) == (304, first.headers["ETag"])
    since = get("requests.csv", if_modified_since=first.headers["Last-Modified"])
    assert since.status_code == 304
    assert get("requests.geojson", if_none_match=first.headers["ETag"]).status_code == 200


def test_parquet_is_typed_and_read_in_parts(trouble: Trouble) -> None:
    assert get("requests.parquet").status_code == 404
    assert make_file(REQUESTS, at=NOON)
    assert not make_file(REQUESTS, at=NOON)
    kept = kept_file(REQUESTS)
    assert kept is not None
    whole = get("requests.parquet")
    content = body(whole)
    assert len(content) == kept.size == int(whole.headers["Content-Length"])
    import duckdb

    with duckdb.connect() as run:
        run.execute("SET TimeZone = 'UTC'")
        read = run.execute(f"SELECT * FROM '{kept.path}' ORDER BY 1")
        assert [d[0] for d in read.description or ()] == [c.name for c in REQUESTS.columns]
        rows = read.fetchall()
    assert len(rows) == ServiceRequest.objects.count()
    opened = {row[7] for row in rows}
    assert opened == set(ServiceRequest.objects.values_list("opened_at", flat=True))


def ranged(asked: str, **headers: str) -> Any:
    return get("requests.parquet", range=asked, **headers)


def test_a_part_of_a_file_is_that_part(trouble: Trouble) -> None:
    make_file(REQUESTS, at=NOON)
    whole = get("requests.parquet")
    content, size = body(whole), int(whole.headers["Content-Length"])
    for asked, part in (
        ("bytes=0-3", content[:4]),
        ("bytes=4-", content[4:]),
        ("bytes=-8", content[-8:]),
        (f"bytes=0-{size * 9}", content),
        (f"bytes=-{size * 9}", content),
    ):
        answer = ranged(asked)
        assert body(answer) == part, asked
        assert answer.status_code == (200 if part == content else 206), asked
    part = ranged("bytes=0-3")
    assert part.headers["Content-Range"] == f"bytes 0-3/{size}"
    for asked in (f"bytes={size}-", "bytes=-0"):
        assert ranged(asked).status_code == 416, asked
    for asked in ("bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b"):
        assert body(ranged(asked)) == content, asked
    assert body(ranged("bytes=0-3", if_range='"other"')) == content
    assert body(ranged("bytes=0-3", if_range=whole.headers["ETag"])) == content[:4]


def test_the_head_alone_has_no_body(trouble: Trouble) -> None:
    make_open_data()
    for name in ("requests.csv", "requests.parquet", "locations.geojson"):
        answer = Client().head(f"{SITE}{name}")
        assert answer.status_code == 200
        assert body(answer) == b""


def test_a_file_that_is_none_is_not_there(db: None) -> None:
    for name in ("people.csv", "requests.xlsx", "requests.csv.csv", "..csv"):
        assert get(name).status_code == 404, name


def test_who_takes_very_many_files_is_told_to_wait(db: None) -> None:
    answers = [get("locations.csv").status_code for _ in range(22)]
    assert set(answers) == {200, 429}
    assert get("locations.csv").headers["Retry-After"] == "3600"


def test_the_package_names_every_column(db: None) -> None:
    found = get("datapackage.json").json()
    assert len(found["resources"]) == 3 * len(DATASETS)
    fields = found["resources"][0]["schema"]["fields"]
    assert all(field["description"].endswith(".") for field in fields)


def test_features_without_a_point_have_no_geometry() -> None:
    row = tuple(None for _ in LOCATIONS.columns)
    [text] = features(LOCATIONS, [row])
    assert json.loads(text)["geometry"] is None
    assert public_place(38.92345, -77.00567) == (38.923, -77.006)
    assert public_place(None, -77.0) == (None, None)


def test_what_only_tests_the_311_system_is_left_out(trouble: Trouble) -> None:
    service = ServiceRequest.objects.order_by("pk")[0].service
    with guard_pass("a test"):
        type(service).objects.filter(pk=service.pk).update(test_only=True)
    codes = {row["service_code"] for row in rows_of(get("requests.csv"))}
    assert codes
    assert service.code not in codes


def test_the_page_leads_to_every_file(trouble: Trouble) -> None:
    page = Client().get(SITE)
    assert page.status_code == 200
    text = page.content.decode()
    assert "requests.parquet" not in text
    make_open_data()
    cache.clear()
    text = Client().get(SITE).content.decode()
    links = set(re.findall(r'href="(/open-data/[^"]+\.\w+)"', text))
    assert len(links) == 3 * len(DATASETS) + 1
    for link in links:
        assert Client().get(link).status_code == 200, link
