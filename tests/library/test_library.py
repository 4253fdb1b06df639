"""The library starts full, stays as the office edits it, and knows which clock held when."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.cast import HOUSE, Cast
from wardroom.city.models import Holiday
from wardroom.directory.actions import add_service
from wardroom.directory.models import Party
from wardroom.jobs.cli import main
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.library import actions, queries, rules
from wardroom.library.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(db: None) -> None:
    actions.load_reference_data(None, stamp=HOUSE)


def test_second_load_changes_nothing_and_keeps_the_offices_words(
    library: None, director: Cast
) -> None:
    before = (Topic.objects.count(), Holiday.objects.count())
    with pytest.raises(Refused) as no:
        actions.load_reference_data(None, stamp=director.stamp)
    assert no.value.code == "nothing_new"
    assert (Topic.objects.count(), Holiday.objects.count()) == before


def test_every_holiday_names_its_law(library: None) -> None:
    assert not Holiday.objects.filter(legal_basis="").exists()
    juneteenth = Holiday.objects.filter(name="Juneteenth").order_by("on").first()
    assert juneteenth is not None
    assert juneteenth.on == date(2021, 6, 18)


def test_liaison_does_not_keep_the_library(liaison5: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.load_reference_data(None, stamp=liaison5.stamp)


def test_rule_of_another_time_is_refused_with_its_dates(library: None) -> None:
    with pytest.raises(Refused) as no:
        queries.rule_in_force("dc-311-2015", date(2010, 1, 1))
    assert "holds from January 1, 2014" in no.value.sentence
    with pytest.raises(Refused) as no:
        queries.rule_in_force("dc-unknown", date(2026, 1, 1))
    assert "dc-foia" in no.value.sentence


def test_service_is_placed_under_a_topic(agencies: Mapping[str, Party], library: None) -> None:
    service = add_service(agencies["DPW"], code="X1", name="Illegal Dumping", stamp=HOUSE)
    assert actions.sort_services(None, stamp=HOUSE) == 1
    assert queries.topic_of_services()[service.pk].code == "dumping"
    actions.place_service_under_topic(service, topic_code="trash", stamp=HOUSE)
    assert queries.topic_of_services()[service.pk].code == "trash"
    with pytest.raises(Refused):
        actions.place_service_under_topic(service, topic_code="nonsense", stamp=HOUSE)


@pytest.mark.real_data
def test_most_services_of_the_district_find_a_topic(shared_data: Path) -> None:
    with (shared_data / "lists" / "service_catalogue_2018.csv").open() as file:
        rows = list(csv.DictReader(file))
    other = [
        r["service_name"]
        for r in rows
        if rules.topic_code_for(r["service_code"], r["service_name"]) == "other"
    ]
    assert len(other) <= len(rows) * 0.3, other


def test_due_command_shows_its_arithmetic(
    library: None, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["due", "--rule", "dc-311-2015", "--start", "2015-09-11T05:50", "--days", "2"]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert out.startswith("Due Monday, September 14, 2015 at 17:00\n")
    assert "day 1 of 2" in out


def test_due_command_says_what_is_wrong(library: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--rule", "dc-foia", "--start", "tomorrow"]) == 1
    assert "is not a time such as" in capsys.readouterr().err
    assert main(["due", "--rule", "dc-foia", "--start", "2026-04-01", "--days", "9"]) == 1
    assert "always 15 days" in capsys.readouterr().err


def test_due_command_before_set_up_says_what_to_do(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", "--rule", "dc-foia", "--start", "2026-04-01"]) == 1
    assert "Run: wardroom setup" in capsys.readouterr().err


def test_due_command_keeps_the_good_rows_of_a_file(library: None, tmp_path: Path) -> None:
    given, out = tmp_path / "in.csv", tmp_path / "out.csv"
    given.write_text("start,days\n2026-04-01,\nyesterday,\n2026-06-05T10:00,x\n")
    assert main(["due", "--rule", "dc-foia", "--csv", str(given), "--out", str(out)]) == 3
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["due"] == "2026-04-23T17:00:00-04:00"
    assert [bool(r["error"]) for r in rows] == [False, True, True]
