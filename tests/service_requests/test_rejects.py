"""A bad row goes to the rejects file with its line, its column and a reason; the rest is kept."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from tests.service_requests.samples import (
    HEADER,
    counts,
    line,
    rejects,
    row,
    take,
    write,
    write_lines,
)
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.service_requests.models import ImportRun, ServiceRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.csv"


def kept() -> set[str]:
    return set(ServiceRequest.objects.values_list("external_id", flat=True))


@pytest.mark.parametrize(
    ("given", "column", "reason"),
    [
        ({"id": ""}, "id", "has no request number"),
        ({"id": "9" * 41}, "id", "is longer than a request number"),
        ({"kind": ""}, "kind", "names no service"),
        ({"opened": ""}, "opened", "is not a time we can read"),
        ({"opened": "yesterday"}, "opened", "is not a time we can read"),
        ({"opened": "2026-13-01T10:00:00Z"}, "opened", "is not a time we can read"),
        ({"opened": "2026-02-30T10:00:00Z"}, "opened", "is not a time we can read"),
        ({"opened": "1970-01-01T00:00:00Z"}, "opened", "is not a time we can read"),
        ({"opened": "2027-01-01T10:00:00Z"}, "opened", "lies in the future"),
        ({"closed": "soon"}, "closed", "is not a time we can read"),
        ({"due": "2026-11-31"}, "due", "is not a time we can read"),
        ({"lat": "north"}, "lat", "is not a number"),
        ({"lon": "77W"}, "lon", "is not a number"),
        ({"lat": "95.1"}, "lat", "is not a latitude"),
        ({"lat": "nan"}, "lat", "is not a latitude"),
        ({"lon": "-181"}, "lon", "is not a longitude"),
        ({"lon": "inf"}, "lon", "is not a longitude"),
    ],
)
def test_bad_value_is_set_apart_with_its_place_and_reason(
    given: dict[str, str], column: str, reason: str, file: Path
) -> None:
    summary = take(write(file, [row("a"), row("b", **given), row("c")]))
    assert counts(summary) == (3, 2, 0, 0, 1)
    assert kept() == {"a", "c"}
    assert rejects(summary) == [(3, column, given[column], reason)]


def test_reason_names_the_column_as_the_file_does(file: Path) -> None:
    header = "SRNUM,WHAT,WHEN"
    file.write_text(f"{header}\n1,Rats,2026-11-02\n2,Rats,02.11.2026\n")
    mapping = file.with_name("city.toml")
    mapping.write_text(
        '[time]\nclock="local"\nformats=["%Y-%m-%d"]\n'
        '[columns]\nexternal_id="SRNUM"\nservice_name="WHAT"\nopened="WHEN"\n'
    )
    summary = take(file, layout_word=str(mapping))
    assert rejects(summary) == [(3, "WHEN", "02.11.2026", "is not a time we can read")]


def test_what_a_city_leaves_empty_or_marks_as_nothing_is_no_fault(file: Path) -> None:
    rows = [
        row("blank", lat="", lon="", address_id="", calls="", reporter="", agency=""),
        row("zero", lat="0", lon="0"),
        row("1970", closed="1970-01-01T00:00:00Z", due="1970-01-01T00:00:00Z"),
        row("9999", due="9999-12-31T00:00:00Z"),
        row("words", address_id="n/a", calls="many"),
    ]
    summary = take(write(file, rows))
    assert counts(summary) == (5, 5, 0, 0, 0)
    assert summary.rejects_path is None
    made = {r.external_id: r for r in ServiceRequest.objects.all()}
    assert (made["blank"].latitude, made["blank"].calls) == (None, 1)
    assert made["zero"].latitude is None
    assert (made["1970"].closed_at, made["1970"].due_at) == (None, None)
    assert made["9999"].due_at is None
    assert (made["words"].address_id, made["words"].calls) == (None, 1)


def test_status_word_that_nobody_knows_is_kept_as_unknown(file: Path) -> None:
    summary = take(write(file, [row("a", status="Rerouted to the moon")]))
    assert summary.rejected == 0
    made = ServiceRequest.objects.get()
    assert (made.status, made.status_given) == ("unknown", "Rerouted to the moon")


def test_line_with_too_few_columns_is_set_apart(file: Path) -> None:
    summary = take(write_lines(file, line("a"), "b,2026-11-02T14:00:00Z", line("c")))
    assert counts(summary) == (3, 2, 0, 0, 1)
    assert kept() == {"a", "c"}
    ((number, _, value, reason),) = rejects(summary)
    assert (number, value) == (3, "b,2026-11-02T14:00:00Z")
    assert "14" in reason
    assert "2" in reason


def test_line_with_too_many_columns_is_set_apart(file: Path) -> None:
    summary = take(write_lines(file, line("a"), line("b") + ",more,still more", line("c")))
    assert counts(summary) == (3, 2, 0, 0, 1)
    assert kept() == {"a", "c"}
    assert rejects(summary)[0][0] == 3


@pytest.mark.parametrize("before", [0, 3000])
def test_letters_that_are_not_utf8_cost_one_row(before: int, file: Path) -> None:
    """The byte of an old Windows or Mac file, near the top or far down."""
    good = [line(f"x{n}") for n in range(before)]
    write_lines(file, *good, line("a"), line("b", address="CAFE STREET"), line("c"))
    file.write_bytes(file.read_bytes().replace(b"CAFE", b"CAF\xe9"))
    summary = take(file)
    assert counts(summary) == (before + 3, before + 2, 0, 0, 1)
    assert {"a", "c"} <= kept()
    assert "b" not in kept()
    assert [r[0] for r in rejects(summary)] == [before + 3]


@pytest.mark.parametrize("before", [0, 3000])
def test_quote_that_never_ends_loses_no_row_before_it(before: int, file: Path) -> None:
    good = [line(f"x{n}") for n in range(before)]
    write_lines(file, *good, line("a"), line("b", address='"500 TEST'), line("c"), line("d"))
    summary = take(file)
    assert "a" in kept()
    assert summary.new == before + 1
    assert summary.rejected >= 1
    assert rejects(summary)[0][0] == before + 3


def test_lines_are_those_of_the_file_after_blank_lines_and_quoted_ones(file: Path) -> None:
    write_lines(
        file,
        line("a"),  # 2
        "",  # 3
        line("b", address='"ONE\nTWO\nTHREE"'),  # 4 to 6
        line("c", opened="never"),  # 7
        "d,too few",  # 8
        line("e"),  # 9
        line("f", lat="north"),  # 10
        line("e"),  # 11
    )
    summary = take(file)
    assert [r[0] for r in rejects(summary)] == [7, 8, 9, 10]
    assert counts(summary) == (7, 3, 0, 0, 4)
    assert ServiceRequest.objects.get(external_id="b").address == "ONE\nTWO\nTHREE"


def test_windows_line_ends_and_byte_order_mark_change_nothing(file: Path) -> None:
    write_lines(file, line("a"), line("b", opened="never"), line("c"), end="\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    summary = take(file)
    assert counts(summary) == (3, 2, 0, 0, 1)
    assert rejects(summary)[0][0] == 3
    assert set(ServiceRequest.objects.values_list("calls", flat=True)) == {1}


def test_packed_file_is_read_as_it_is(file: Path, tmp_path: Path) -> None:
    write(file, [row("a"), row("b", opened="never")])
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert counts(take(packed)) == (2, 1, 0, 0, 1)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1 day", "@SUM(A1)", "\tx", "\rx"])
def test_rejects_file_holds_no_formula(cell: str, file: Path) -> None:
    """A spreadsheet that opens the rejects file runs nothing (the value is set off by ')."""
    summary = take(write(file, [row("a"), row("b", opened=cell), row(f"{cell}{'9' * 41}")]))
    assert summary.rejected == 2
    assert summary.rejects_path is not None
    with summary.rejects_path.open(newline="", encoding="utf-8") as opened:
        cells = [c for r in csv.reader(opened) for c in r]
    assert [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_hostile_row_text_of_a_malformed_line_is_no_formula(file: Path) -> None:
    summary = take(write_lines(file, line("a"), "=cmd|'/C calc'!A0,2026"))
    assert rejects(summary)[0][2].startswith("'=cmd")


def test_characters_that_no_database_holds_stop_nothing(file: Path) -> None:
    """PostgreSQL knows no NUL in text and no count over two thousand million."""
    write(file, [row("a", address="500\x00 TEST"), row("b", calls="5000000000"), row("c")])
    summary = take(file)
    assert summary.read == 3
    assert summary.new + summary.rejected == 3
    assert "c" in kept()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no columns"),
        (b"\n\n", "no columns"),
        (b"hello\n", "no columns"),
        (b"name,colour\nball,red\n", "--layout"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        (gzip.compress(b"id,opened\n")[:12], "cannot be read"),
    ],
)
def test_what_is_no_table_of_requests_is_refused_in_a_sentence(
    content: bytes, word: str, file: Path
) -> None:
    if content[:2] == b"\x1f\x8b":
        file = file.with_name("requests.csv.gz")
    file.write_bytes(content)
    with pytest.raises(Refused) as no:
        take(file)
    assert word in no.value.sentence
    assert "codec" not in no.value.sentence
    assert not ImportRun.objects.exists()
    assert not Entry.objects.exists()


def test_boundaries_are_no_requests(tmp_path: Path) -> None:
    shape = {"type": "Polygon", "coordinates": [[[-77, 38], [-76, 38], [-76, 39], [-77, 38]]]}
    path = tmp_path / "wards.geojson"
    feature = {"type": "Feature", "properties": {"WARD": 1}, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(Refused, match="wardroom import boundaries"):
        take(path)
    path.write_text('{"features": [1, 2]}')
    with pytest.raises(Refused, match="is not GeoJSON"):
        take(path)


def test_packed_file_that_was_cut_off_is_refused(file: Path) -> None:
    """Nothing of it is taken, so that nobody counts on half a city."""
    whole = gzip.compress(write(file, [row(n, address=f"{n}") for n in range(20_000)]).read_bytes())
    cut = file.with_name("cut.csv.gz")
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused, match="cannot be read"):
        take(cut)
    assert not ImportRun.objects.exists()
    cut.write_bytes(whole)
    summary = take(cut)
    assert (summary.read, summary.rejected) == (20_000, 0)
    assert ServiceRequest.objects.count() == 20_000


def test_header_alone_is_an_empty_reading(file: Path) -> None:
    summary = take(write(file, []))
    assert counts(summary) == (0, 0, 0, 0, 0)
    assert summary.rejects_path is None
    assert ImportRun.objects.get().state == ImportRun.State.DONE


def test_missing_file_and_missing_layout_are_refused(file: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        take(file)
    write(file, [row("a")])
    with pytest.raises(Refused, match="There is no layout moon"):
        take(file, layout_word="moon")
    with pytest.raises(Refused, match="There is no mapping file"):
        take(file, layout_word=str(file.with_name("none.toml")))
    with pytest.raises(Refused, match="The file has no column"):
        take(file, layout_word="chicago")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[columns", "is not a TOML file"),
        ('[columns]\nopened="opened"\nservice_code="kind"\n', "does not map external_id"),
        ('[columns]\nexternal_id="id"\nopened="opened"\n', "service_code or service_name"),
        ('[columns]\nshoe="id"\n', "maps 'shoe'"),
        (
            '[columns]\nexternal_id="id"\nopened="opened"\nservice_code="kind"\n'
            '[time]\nclock="sundial"\n',
            "time.clock must be one of",
        ),
        (
            '[columns]\nexternal_id="id"\nopened="opened"\nservice_code="kind"\n'
            '[time]\nclock="instant"\nzone="America/Nowhere"\n',
            "there is no time zone America/Nowhere",
        ),
        (
            '[columns]\nexternal_id="id"\nopened="opened"\nservice_code="kind"\n'
            '[time]\nclock="local"\n',
            "time.formats must say",
        ),
        (
            '[columns]\nexternal_id="id"\nopened="opened"\nservice_code="kind"\n'
            '[time]\nclock="instant"\n[statuses]\nDone="finished"\n',
            "the status 'finished' does not exist",
        ),
    ],
)
def test_mapping_file_that_is_wrong_is_refused_with_what_is_wrong(
    text: str, sentence: str, file: Path
) -> None:
    mapping = file.with_name("city.toml")
    mapping.write_text(text)
    write(file, [row("a")])
    with pytest.raises(Refused) as no:
        take(file, layout_word=str(mapping))
    assert sentence in no.value.sentence


def test_rejects_file_stands_where_the_operator_says(file: Path, tmp_path: Path) -> None:
    write(file, [row("a", opened="never")])
    beside = take(file)
    assert beside.rejects_path == tmp_path / "requests.csv.rejects.csv"
    elsewhere = take(file, rejects_path=tmp_path / "bad.csv")
    assert elsewhere.rejects_path == tmp_path / "bad.csv"
    assert rejects(beside) == rejects(elsewhere)


def test_every_column_of_the_sample_is_one_of_the_layout() -> None:
    from wardroom.service_requests.gateways.files import find_layout

    assert find_layout("auto", HEADER).name == "plain-full"
