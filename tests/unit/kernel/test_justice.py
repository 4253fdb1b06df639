"""Columns about arrests, charges and convictions are told from those a city's office may read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wardroom.kernel.errors import Refused
from wardroom.kernel.justice import of_justice
from wardroom.service_requests.rules import layout_from_toml

MAPPING = """
[columns]
external_id = "ID"
opened = "OPENED"
service_name = "WHAT"
reporter = "{column}"
[time]
clock = "instant"
"""


@pytest.mark.parametrize(
    "heading",
    [
        *("Arrests", "ARREST_DATE", "arrestNumber", "Suspect name", "offender-id", "Convictions"),
        *("Outstanding warrants", "NCIC", "Criminal history", "Parole officer", "Fingerprint id"),
        *("Charges", "Charge description", "ARRESTDATE", "Mug shot", "Indicted on", "Offence"),
    ],
)
def test_what_the_courts_know_is_recognized(heading: str) -> None:
    assert of_justice(["Name", heading]) == (heading,)


@pytest.mark.parametrize(
    "heading",
    [
        *("Name", "Police report number", "CCN", "Restoration", "Charge", "Court of appeals"),
        *("Warranty ends", "Suspended on", "Service code", "Parolin Street"),
    ],
)
def test_what_is_ours_is_left_alone(heading: str) -> None:
    assert of_justice([heading]) == ()


def test_no_file_of_the_city_is_taken_for_one_of_the_police(shared_data: Path) -> None:
    files = sorted(shared_data.rglob("*.csv"))
    assert files
    for path in files:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            assert of_justice(next(csv.reader(file))) == (), path.name


def test_mapping_that_reads_such_a_column_is_refused_by_its_name() -> None:
    assert layout_from_toml(MAPPING.format(column="CALLER"), name="mine").name == "mine"
    with pytest.raises(Refused, match=r"ARREST_NAME.*police report is fine") as no:
        layout_from_toml(MAPPING.format(column="ARREST_NAME"), name="mine")
    assert no.value.code == "bad_mapping"
