"""The page of the office's twelve measures: who reads it, what it says, targets, and the file."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.web.conftest import SignIn, World
from wardroom.reporting.models import MeasureTarget
from wardroom.reporting.queries.office import measure_rows, office_measure
from wardroom.reporting.queries.office.page import MIRRORED, OfficeMeasure
from wardroom.reporting.rules.office_measures import ALL, MEASURES, Figure, MonthFigure, Trend
from wardroom.web.office_measures.showing import likely
from wardroom.web.office_measures.views import month_lines

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAGE = "/office-measures/"


def text_of(world: World, role: str, path: str, status: int = 200) -> str:
    answer = world.clients[role].get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def test_all_twelve_stand_on_one_page_with_what_they_mean(world: World) -> None:
    page = text_of(world, "director", PAGE)
    for measure in ALL:
        assert measure.name in page
        assert f"Definition {measure.definition.version}." in page
    assert "Steps of plans that are overdue" in page
    assert "Trouble that came back after it was closed" in page


def test_what_was_never_counted_is_said_and_is_no_zero(world: World) -> None:
    page = text_of(world, "director", f"{PAGE}sustained/")
    assert "Not measured yet" in page
    assert "No location that was left as solved has come to the end of its watch yet." in page


def test_whoever_sees_one_ward_does_not_see_the_office(world: World) -> None:
    for role in ("liaison5", "liaison7", "partner_dpw"):
        for path in ("", "figures.csv", "promises/", "promises/rows/", "promises/target/"):
            text_of(world, role, f"{PAGE}{path}", 403)
    assert "How the office does" not in text_of(world, "liaison5", "/measures/")
    assert "How the office does" in text_of(world, "records", "/measures/")


def test_a_measure_that_is_not_there_has_no_page(world: World) -> None:
    for path in ("nonsense/", "nonsense/rows/", "on_time/rows/", "nonsense/target/"):
        text_of(world, "director", f"{PAGE}{path}", 404)


@pytest.mark.parametrize("code", [m.code for m in ALL if m.code not in MIRRORED])
def test_a_number_is_its_rows(code: str, world: World, director: Cast) -> None:
    one = office_measure(code, director.actor, at=NOON).one
    rows = measure_rows(code, director.actor, at=NOON)
    if code == "seen_fixed":
        assert bool(rows.total) == (one.figure.value is not None)
        return
    assert rows.total == one.figure.of
    met = measure_rows(code, director.actor, at=NOON, only="met")
    assert met.total == (one.figure.yes or 0)
    for month in one.months:
        found = measure_rows(code, director.actor, at=NOON, month=month.on)
        assert found.total == month.of, month.on


def test_the_director_sets_a_target_with_its_reason(
    world: World, director: Cast, sign_in: SignIn
) -> None:
    client = sign_in(director)
    sent = {"value": "85", "from_on": "2026-11-18", "why": "What we told the mayor"}
    answer = client.post(f"{PAGE}promises/target/", sent, follow=True)
    page = unescape(answer.content.decode())
    assert "Target: at least 85%." in page
    assert "What we told the mayor" in page
    kept = MeasureTarget.objects.get()
    assert (kept.code, kept.value, kept.set_by) == ("promises", 0.85, "The Director")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"value": "130"}, "Give a share from 1 to 100 percent."),
        ({"value": "0"}, "Give a share from 1 to 100 percent."),
        ({"from_on": "2026-11-01"}, "A target holds from today on or later"),
        ({"why": " "}, "why"),
    ],
)
def test_a_target_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    sent: dict[str, str], said: str, world: World
) -> None:
    given = {"value": "85", "from_on": "2026-11-20", "why": "What we told the mayor", **sent}
    answer = world.clients["director"].post(f"{PAGE}promises/target/", given)
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())
    assert not MeasureTarget.objects.exists()


def test_the_file_has_every_month_of_every_measure(world: World) -> None:
    answer = world.clients["director"].get(f"{PAGE}figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 12 * 25
    assert {row["code"] for row in rows} == {m.code for m in ALL}


def test_month_in_which_none_of_many_was_kept_has_a_zero_in_the_file() -> None:
    promises = next(m for m in ALL if m.code == "promises")
    months = (MonthFigure(date(2026, 9, 1), 0, 5, 0.0), MonthFigure(date(2026, 10, 1), 0, 0, None))
    figure = Figure(0.0, None, None, 0, 5)
    one = OfficeMeasure(promises, figure, None, (), "", months, Trend(months, None, ()))
    none_of_five, nothing = month_lines(one)
    assert none_of_five[5:8] == (0.0, 0, 5)
    assert nothing[5:8] == ("", "", 0)
    uncounted = replace(one, figure=replace(figure, yes=None))
    assert month_lines(uncounted)[0][6] == "", "a measure of days counts no yes"


def test_interval_of_very_many_is_not_told_as_one_number() -> None:
    share = next(m for m in MEASURES.values() if m.code == "on_time")
    assert likely(share, 0.8361, 0.8402) == "83.6 to 84.0%"
    assert likely(share, 0.7, 0.99) == "70 to 99%"
    assert likely(share, None, None) == ""
