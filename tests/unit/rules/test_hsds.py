"""HSDS files: what goes out comes in the same, and what is hostile is told so in a sentence."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest

from tests.library.files import as_json, key, pantry, zipped
from wardroom.kernel.errors import Refused
from wardroom.library.rules.hsds.cells import unset, written
from wardroom.library.rules.hsds.comparing import CHANGED, NEW, REFUSED, SAME, compare
from wardroom.library.rules.hsds.nesting import Nest
from wardroom.library.rules.hsds.reading import LARGEST_FILE, LARGEST_INSIDE, read_package
from wardroom.library.rules.hsds.tables import TABLES, Column
from wardroom.library.rules.hsds.writing import packed

HEAD = "id,organization_id,name,status\n"
# Required by the standard, table by table; a service's organization in the tabular form.
REQUIRED = {
    "organization": {"id", "name"},
    "service": {"id", "name", "status", "organization_id"},
    "location": {"id", "location_type"},
    "service_at_location": {"id", "service_id", "location_id"},
    "phone": {"id", "number"},
    "address": {"id", "location_id", "address_1", "city", "state_province", "postal_code",
                "country", "address_type"},
    "taxonomy_term": {"id", "name"},
    "attribute": {"id", "link_id", "link_entity", "taxonomy_term_id"},
}  # fmt: skip


def test_tables_ask_for_what_the_standard_requires() -> None:
    for name, columns in REQUIRED.items():
        assert {c.name for c in TABLES[name].columns if c.needed} == columns


def test_json_and_data_package_come_back_the_same() -> None:
    package = read_package(as_json(pantry()))
    assert package.left_out == []
    tables = {name: list(rows.values()) for name, rows in package.rows.items()}
    again = read_package(packed(tables))
    assert (again.rows, again.left_out, again.not_kept) == (package.rows, [], set())
    nest = Nest.of(tables)
    whole = nest.whole(nest.by_id["service"][key("pantry")])
    assert read_package(as_json(whole)).rows == package.rows
    assert packed(tables) == packed(
        again_tables := {n: list(r.values()) for n, r in again.rows.items()}
    )
    assert again_tables == tables


def test_no_cell_is_run_by_a_table_program() -> None:
    package = read_package(as_json(pantry()))
    tables = {name: list(rows.values()) for name, rows in package.rows.items()}
    with zipfile.ZipFile(BytesIO(packed(tables))) as archive:
        text = archive.read("services.csv").decode("utf-8-sig")
        assert "'=Bags of groceries" in text
        assert "-76.99" in archive.read("locations.csv").decode("utf-8-sig")
    for told in ("=1", "+1", "-1", "@x", "'=1", "'", "plain", "it's"):
        assert unset(written(Column("name"), told)) == told


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_json"),
        (b"\xff\xfe\x00", "bad_encoding"),
        (b"[" * 100_000, "bad_json"),
        (b'[{"id": NaN}]', "bad_json"),
        (b"[1]", "bad_shape"),
        (b'"x"', "bad_shape"),
        (b'{"services": 3}', "bad_shape"),
        (b"PK\x03\x04 rubbish", "bad_zip"),
        (b"x" * (LARGEST_FILE + 1), "too_large"),
        (zipped(service=b"\xff\xfe"), "bad_encoding"),
        (zipped(service="name\nx\n"), "bad_heads"),
        (zipped(service="id,id\n1,2\n"), "bad_heads"),
        (zipped(service=HEAD + '"never closed'), "bad_csv"),
        (zipped(service=b" " * (LARGEST_INSIDE + 1)), "too_large"),
        (zipped(), "nothing_there"),
        (b"[]", "nothing_there"),
    ],
)
def test_what_is_no_file_of_services_is_told_so(data: bytes, code: str) -> None:
    if data == zipped():
        held = BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("readme.txt", "nothing")
        data = held.getvalue()
    with pytest.raises(Refused) as no:
        read_package(data)
    assert no.value.code == code
    assert no.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"status": "open"}, "must be one of"),
        ({"id": "7"}, "is no UUID"),
        ({"name": " "}, "is missing"),
        ({"minimum_age": -1}, "whole number"),
        ({"minimum_age": "1e999"}, "whole number"),
        ({"assured_date": "yesterday"}, "is no day"),
        ({"name": "x" * 201}, "longer than 200"),
        ({"name": "a\x00b"}, "no text has"),
        ({"name": True}, "no single value"),
    ],
)
def test_bad_row_is_left_out_with_its_reason(changes: dict[str, Any], why: str) -> None:
    package = read_package(as_json(pantry(**changes)))
    assert [row.table for row in package.left_out][:1] == ["service"]
    assert why in package.left_out[0].why


@pytest.mark.parametrize(
    ("hour", "kept"),
    [("09:00", "09:00"), ("09:00:00", "09:00"), ("09:00-05:00", "09:00"), ("24:00", "00:00"),
     ("14:00Z", None), ("9 o'clock", None), ("24:30", None)],
)  # fmt: skip
def test_hours_are_the_citys_own(hour: str, kept: str | None) -> None:
    spans = [{"id": key("hours"), "opens_at": hour}]
    rows = read_package(as_json(pantry(schedules=spans))).rows["schedule"]
    assert [row["opens_at"] for row in rows.values()] == ([kept] if kept else [])


def test_what_would_change_is_told_column_by_column() -> None:
    old = read_package(as_json(pantry())).rows
    assert {row.state for row in compare(old, {})} == {REFUSED, NEW}
    known = {**old, "taxonomy_term": {**old["taxonomy_term"], **_parent()}}
    assert {row.state for row in compare(old, known)} == {SAME}
    new = read_package(as_json(pantry(alert="Closed"))).rows
    [changed] = [row for row in compare(new, known) if row.state == CHANGED]
    assert [(d.column, d.before, d.after) for d in changed.differs] == [
        ("alert", "Bring a bag", "Closed")
    ]


def _parent() -> dict[str, Any]:
    food = pantry()["attributes"][0]["taxonomy_term"]["parent_id"]
    return {food: {"id": food}}


def test_row_that_points_to_nothing_is_left_out_and_what_hangs_on_it() -> None:
    lone = {name: value for name, value in pantry().items() if name != "organization"}
    package = read_package(as_json({**lone, "organization_id": key("nobody")}))
    found = compare(package.rows, {})
    refused = {row.table for row in found if row.state == REFUSED}
    assert {"service", "phone", "service_at_location", "attribute"} <= refused
    assert "not there" in next(row.why for row in found if row.table == "service")


def test_columns_that_are_not_kept_are_named() -> None:
    package = read_package(as_json(pantry(wait_time="long", licenses="x")))
    assert package.not_kept == {"services.wait_time", "services.licenses"}
    assert json.loads(as_json(pantry()))
