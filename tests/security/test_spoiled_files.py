"""S6: what others send may be anything; no reader falls over, and none thinks for long."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA

import pytest

from tests.incidents.messages import cap
from tests.security.fuzzing import SECRET, Reader, faults, laughs, wrong_with
from tests.security.readers import (
    CALENDAR,
    READERS,
    REQUESTS_XML,
    table,
    torn,
    torn_archive,
    wards,
)
from wardroom.incidents.gateways.reading import read_alert
from wardroom.kernel.errors import Refused
from wardroom.service_requests.gateways.calling import Answer, Unanswered
from wardroom.service_requests.gateways.wire import requests_in

SEED, CASES = 311, 150


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_whole_files_are_read(reader: Reader) -> None:
    for content in reader.wholes:
        assert wrong_with(reader, content) == ""


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_a_spoiled_file_is_taken_or_refused_in_time(reader: Reader) -> None:
    assert faults(reader, Random(SEED), cases=CASES) == []


# What such files broke once, each with the reader that it broke.
BROKE = (
    ("requests of the city, GeoJSON", b'{"features": [{"geometry": {"type": []}}]}'),
    ("requests of the city, GeoJSON", b'{"features": [{"geometry": "here"}]}'),
    ("requests of the city, GeoJSON", b'{"features": [{"geometry": {"coordinates": 5}}]}'),
    ("requests of the city, GeoJSON", b'{"features": [{"properties": {"A": "\\ud800"}}]}'),
    (
        "boundaries, GeoJSON",
        b'{"features": [{"properties": {"WARD": 5}, '
        b'"geometry": {"type": "MultiPolygon", "coordinates": [[]]}}]}',
    ),
    (
        "boundaries, GeoJSON",
        b'{"features": [{"properties": {"WARD": 5}, "geometry": {"type": "Polygon", '
        b'"coordinates": [[[-77, 38], [NaN, 38], [-77, 39], [-77, 38]]]}}]}',
    ),
    ("calendars", CALENDAR.replace(b"TZID=Here", b"TZID=" + b"Here" * 200)),
    ("services, JSON and ZIP", torn_archive(ZIP_DEFLATED)),
    ("services, JSON and ZIP", torn_archive(ZIP_LZMA)),
    ("services, JSON and ZIP", torn_archive(ZIP_BZIP2)),
    ("boundaries, GeoJSON", torn(gzip.compress(wards() * 20, mtime=0), 20)),
    ("requests of the city, packed", torn(gzip.compress(table() * 20, mtime=0), 20)),
)


@pytest.mark.parametrize(("name", "content"), BROKE)
def test_what_broke_a_reader_once_does_so_no_more(name: str, content: bytes) -> None:
    reader = next(reader for reader in READERS if reader.name == name)
    assert wrong_with(reader, content) == ""


def test_documents_that_ask_for_others_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(SECRET)
    for content in laughs(b"alert", str(secret)):
        with pytest.raises(Refused):
            read_alert(content)
    for content in laughs(b"service_requests", str(secret)):
        with pytest.raises(Unanswered):
            requests_in(Answer(200, content, None), "xml")


def test_no_file_of_the_machine_comes_in_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(SECRET)
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'.encode()
    for whole, inside in ((cap(), b"Flash flood until"), (REQUESTS_XML, b"500 Test Street")):
        head, _, body = whole.partition(b"?>")
        content = head + b"?>" + entity + body.replace(inside, b"&s;")
        assert b"&s;" in content
        try:
            told = repr(read_alert(content)) if inside in cap() else ""
            told += repr(requests_in(Answer(200, content, None), "xml"))
        except (Refused, Unanswered) as no:
            told = str(no)
        assert SECRET.decode() not in told


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_a_reader_that_falls_over_is_found(reader: Reader) -> None:
    """Each with a fault of its own put in: it cannot bear one letter fewer or more."""
    sizes = {len(content) for content in reader.wholes}

    def careless(content: bytes) -> None:
        if len(content) not in sizes:
            raise KeyError(len(content))

    weak = Reader(reader.name, reader.wholes, careless, reader.refuses)
    assert [fault.what.split()[0] for fault in faults(weak, Random(SEED), cases=20)] == ["KeyError"]


def test_a_reader_that_thinks_for_long_is_found() -> None:
    def slow(content: bytes) -> None:
        until = time.thread_time() + 0.02
        while time.thread_time() < until:
            pass

    weak = Reader("slow", (b"a,b",), slow)
    assert [f.what[:4] for f in faults(weak, Random(SEED), cases=2, seconds=0.01)] == ["slow"]
