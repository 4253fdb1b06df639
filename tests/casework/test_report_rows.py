"""The file of reports has every public report once, and neither words nor anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.casework.reporting import report
from tests.cast import Cast
from tests.conftest import NOON
from wardroom.casework.actions import close_issue
from wardroom.casework.queries.report_rows import public_report_pieces, public_reports_mark
from wardroom.casework.rules import shown_number
from wardroom.matters.actions import restrict_matter

NOW = NOON + timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
MARKED: dict[str, Any] = {
    "said": "MARKED words, call 202-555-0199",
    "email": "marked@example.org",
    "name": "Markedname",
    "phone": "202-555-0199",
    "account_id": "marked-account",
    "device_id": "marked-device",
}


def the_file() -> str:
    cache.clear()
    answer: Any = Client().get("/open-data/reports.csv")
    return b"".join(answer.streaming_content).decode()


def test_a_report_is_told_by_its_number_and_nothing_personal() -> None:
    made = report(**MARKED)
    lines = the_file().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{shown_number(made.number)},rodents,")
    assert "marked" not in the_file().lower()
    assert "0199" not in the_file()
    assert ",38.921,-77.003" in lines[1]


def test_a_restricted_report_is_absent_and_the_file_is_new(director: Cast) -> None:
    made = report()
    before = public_reports_mark(at=NOW)
    assert made.complaint is not None
    restrict_matter(made.complaint.matter, reason="A threat", readers=(), stamp=director.stamp)
    after = public_reports_mark(at=NOW)
    assert before != after
    assert list(public_report_pieces(size=10, at=NOW)) == []


def test_a_closed_report_has_its_outcome_and_the_file_is_new(liaison5: Cast) -> None:
    made = report()
    before = public_reports_mark(at=NOW)
    assert made.complaint is not None
    matter = made.complaint.matter
    close_issue(matter, outcome="fixed", text="The rats are gone.", stamp=liaison5.stamp)
    assert public_reports_mark(at=NOW) != before
    assert ",closed,Fixed," in the_file()


def test_pieces_hold_each_report_once() -> None:
    numbers = {shown_number(report(said=f"Rats, {n}").number) for n in range(5)}
    pieces = list(public_report_pieces(size=2, at=NOW))
    assert [len(piece) for piece in pieces] == [2, 2, 1]
    assert {row.number for piece in pieces for row, _ in piece} == numbers
