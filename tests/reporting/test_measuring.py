"""Measuring the requests: what is kept equals the pure functions, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils.timezone import get_default_timezone, localdate

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.trouble import KINDS, Report, bring_in, monthly, set_up
from wardroom.access.actor import SYSTEM
from wardroom.analysis.backlog import BANDS, backlog
from wardroom.analysis.durations import watched
from wardroom.analysis.folding import NEVER
from wardroom.analysis.recurrence import recurrence
from wardroom.analysis.survival import curve
from wardroom.analysis.timeliness import on_time
from wardroom.jobs.cli import DONE, FAILED, main
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.library.models import TopicService
from wardroom.library.queries import topic_of_services
from wardroom.reporting.actions import keep_measurement
from wardroom.reporting.gateways import measure, measure_city
from wardroom.reporting.models import MeasuredCell, Measurement
from wardroom.reporting.queries import measure_page
from wardroom.reporting.rules.measuring import AGES, FLOW_DAYS, YEAR_DAYS
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import RequestFilters, requests_counted
from wardroom.service_requests.rules import NOT_MEASURED, OPEN

pytestmark = pytest.mark.django_db
DAY, DAY_SECONDS = timedelta(days=1), 86_400
MINUTE = timedelta(minutes=1)
HOUSE_SOON = stamp_for(SYSTEM, NOON + MINUTE)


def mixed() -> Iterator[Report]:
    """Requests of every standing, in both wards, for two years and more."""
    rng = np.random.default_rng(7)
    for n in range(900):
        opened = NOON - timedelta(
            days=int(rng.integers(1, 900)), seconds=int(rng.integers(DAY_SECONDS))
        )
        took = timedelta(days=float(rng.exponential(9.0)))
        closed = opened + took if opened + took < NOON and rng.random() < 0.85 else None
        due = opened + timedelta(days=10) if rng.random() < 0.9 else None
        status = ("TRANSFERRED" if n % 41 == 0 else "DUPLICATE (CLOSED)") if n % 29 == 0 else ""
        yield Report(
            int(rng.integers(1, 60)),
            opened,
            closed,
            due,
            ward="57"[n % 2],
            kind=sorted(KINDS)[int(rng.integers(len(KINDS)))],
            reporter=n,
            status=status if closed else "",
        )


@pytest.fixture
def city(small_city: Path, agencies: object) -> Path:
    bring_in(small_city, [*mixed(), *monthly(70, months=30), *monthly(71, ward="7", months=30)])
    return small_city


def columns(**which: Any) -> dict[str, Any]:
    """The requests of one cell as plain columns, straight from the database."""
    topics = {service: topic.code for service, topic in topic_of_services().items()}
    rows = [
        r
        for r in ServiceRequest.objects.filter(service__test_only=False).order_by("pk")
        if all(
            value == (topics.get(r.service_id) if name == "topic" else getattr(r, name))
            for name, value in which.items()
        )
    ]
    counted = np.array(
        [r.status not in NOT_MEASURED and bool(r.closed_at or r.status in OPEN) for r in rows], bool
    )
    seconds = {
        name: np.array([_seconds(getattr(r, f"{name}_at")) for r in rows], dtype=np.int64)
        for name in ("opened", "closed", "due")
    }
    moved = np.array([r.status == "transferred" and bool(r.closed_at) for r in rows], bool)
    return {**seconds, "counted": counted, "moved": moved}


def _seconds(at: datetime | None) -> int:
    return int(at.timestamp()) if at else int(NEVER)


def midnight(kept: Measurement, days_back: int) -> int:
    """When a day so many days before that of the data began."""
    day = localdate(kept.data_as_of) - timedelta(days=days_back)
    return int(datetime.combine(day, time(), get_default_timezone()).timestamp())


@pytest.mark.parametrize(
    ("cell", "which"),
    [
        ({}, {}),
        ({"ward_code": "5"}, {"ward_code": "5"}),
        ({"agency_code": "DPW"}, {"agency_code": "DPW"}),
        ({"ward_code": "7", "agency_code": "DPW"}, {"ward_code": "7", "agency_code": "DPW"}),
        ({"topic_code": "graffiti"}, {"topic": "graffiti"}),
        ({"ward_code": "5", "topic_code": "rodents"}, {"ward_code": "5", "topic": "rodents"}),
        (
            {"agency_code": "DPW", "topic_code": "dumping"},
            {"agency_code": "DPW", "topic": "dumping"},
        ),
    ],
    ids=str,
)
def test_kept_figures_equal_the_pure_functions(
    city: Path, cell: dict[str, str], which: dict[str, str]
) -> None:
    kept = measure(stamp=HOUSE)
    as_of, since = int(kept.data_as_of.timestamp()), midnight(kept, YEAR_DAYS)
    empty = {"ward_code": "", "agency_code": "", "topic_code": ""}
    found = MeasuredCell.objects.get(measurement=kept, **{**empty, **cell}).figures
    c = columns(**which)
    in_year = np.where(c["due"] < NEVER, c["due"], c["opened"]) >= since
    told = on_time(
        c["due"][in_year], c["closed"][in_year], as_of=as_of, left_out=~c["counted"][in_year]
    )
    assert told.share.of > 10
    assert [found["on_time"][name] for name in ("yes", "of", "value", "lower", "upper")] == [
        told.share.yes,
        told.share.of,
        told.share.value,
        told.share.lower,
        told.share.upper,
    ]
    rest = ("late", "overdue", "not_yet_due", "without_due", "left_out")
    assert [found["on_time"][name] for name in rest] == [
        told.resolved_late,
        told.overdue_open,
        told.not_yet_due,
        told.without_due,
        told.left_out,
    ]
    mine = (c["opened"] >= since) & (c["counted"] | c["moved"])
    gone = c["moved"][mine]
    seen = watched(
        c["opened"][mine],
        np.where(gone, NEVER, c["closed"][mine]),
        as_of=as_of,
        moved=np.where(gone, c["closed"][mine], NEVER),
    )
    line = curve(seen.days, seen.closed)
    assert found["time"]["number"] == line.number
    assert found["time"]["median"]["value"] == line.quantile(0.5).value
    by = line.closed_by(30)
    assert by is not None
    assert found["time"]["by_days"] == {"value": by.value, "lower": by.lower, "upper": by.upper}
    own = c["counted"]
    stock = backlog(
        c["opened"][own], c["closed"][own], c["due"][own],
        since=midnight(kept, FLOW_DAYS) - 1, as_of=as_of,
    )  # fmt: skip
    assert found["backlog"]["open"] == stock.open
    assert found["backlog"]["by_age"] == stock.by_age.tolist()
    assert found["backlog"]["by_overdue"] == stock.by_overdue.tolist()
    assert (found["backlog"]["came_in"], found["backlog"]["went_out"]) == (
        stock.came_in,
        stock.went_out,
    )


def test_what_came_back_equals_the_pure_function(small_city: Path, agencies: object) -> None:
    bring_in(small_city, [*monthly(1, months=30), *monthly(2, ward="7", months=30, kind="GRAF")])
    kept = measure(stamp=HOUSE)
    c = columns(topic="graffiti")
    n = len(c["opened"])
    told = recurrence(
        np.ones(n, dtype=np.int64),
        np.zeros(n, dtype=np.int64),
        c["opened"],
        c["closed"],
        np.full(n, 30),
        as_of=int(kept.data_as_of.timestamp()),
        since=int(columns()["opened"].min()),
        chosen=c["closed"] >= midnight(kept, YEAR_DAYS),
    )
    cell = MeasuredCell.objects.get(
        measurement=kept, topic_code="graffiti", ward_code="", agency_code=""
    )
    found = cell.figures["back"]
    assert told.share.of == 11
    assert (found["yes"], found["of"], found["too_recent"], found["too_early"]) == (
        told.share.yes,
        told.share.of,
        told.too_recent,
        told.too_early,
    )
    assert (found["by_chance"], found["excess"], found["excess_lower"]) == (
        told.by_chance,
        told.excess,
        told.lower,
    )


LINKS = {
    "due_by_then": lambda row: row.on_time["of"],
    "on_time": lambda row: row.on_time["yes"],
    "done_late": lambda row: row.on_time["late"],
    "overdue": lambda row: row.on_time["overdue"],
    "waiting": lambda row: row.backlog["open"],
    "watched": lambda row: row.time["number"] + row.time["backwards"],
    "counted": lambda row: row.backlog["came_in"],
}
SINCE = {
    "watched": ("opened_from", YEAR_DAYS),
    "counted": ("opened_from", FLOW_DAYS),
    **dict.fromkeys(("due_by_then", "on_time", "done_late", "overdue"), ("due_from", YEAR_DAYS)),
}


@pytest.mark.parametrize("standing", LINKS)
@pytest.mark.parametrize("by", ["agency", "kind"])
def test_each_number_has_as_many_rows_as_it_says(city: Path, standing: str, by: str) -> None:
    kept = measure(stamp=HOUSE)
    page = measure_page(SYSTEM, by=by, ward="5")
    assert len(page.rows) > 2
    for row in page.rows:
        assert row.rows is not None
        limits: dict[str, Any] = {name: value or None for name, value in row.rows}
        if standing in SINCE:
            name, back = SINCE[standing]
            limits[name] = localdate(kept.data_as_of) - timedelta(days=back)
        filters = RequestFilters(
            **limits, standing=standing, as_of=kept.data_as_of + timedelta(seconds=1)
        )
        assert requests_counted(SYSTEM, filters) == LINKS[standing](row), row.name


def test_rows_stand_by_name_whatever_they_achieve(city: Path) -> None:
    measure(stamp=HOUSE)
    for by in ("agency", "kind"):
        names = [row.name for row in measure_page(SYSTEM, by=by).rows]
        assert names == sorted(names, key=str.lower)


def test_the_last_of_each_month_is_kept(city: Path) -> None:
    for back in (70, 65, 40, 2, 1, 0):
        at = NOON - back * DAY
        measure(as_of=at, stamp=HOUSE)
    days = [localdate(m.data_as_of) for m in Measurement.objects.order_by("data_as_of")]
    months = [(day.year, day.month) for day in days]
    assert len(set(months)) == len(months) == 3
    assert days[-1] == max(days)
    fact = Entry.objects.filter(kind="RequestsMeasured").order_by("pk").last()
    assert fact is not None
    assert len(fact.body["dropped"]) == 1
    held = set(MeasuredCell.objects.order_by().values_list("measurement", flat=True))
    assert held == set(Measurement.objects.values_list("pk", flat=True))


def test_measurement_that_somebody_asked_for_is_there_to_be_read(city: Path) -> None:
    measure(stamp=HOUSE)
    asked = measure(as_of=NOON - 2 * DAY, stamp=HOUSE)
    assert Measurement.objects.filter(pk=asked.pk).exists()
    head = measure_page(SYSTEM, measurement_id=asked.pk).head
    assert head is not None
    assert head.data_as_of == asked.data_as_of
    measure(stamp=HOUSE)
    assert not Measurement.objects.filter(pk=asked.pk).exists()


def test_definitions_are_kept_with_the_figures(city: Path) -> None:
    kept = measure(stamp=HOUSE)
    assert {code: word["version"] for code, word in kept.definitions.items()} == dict.fromkeys(
        ("on_time", "time", "backlog", "back", "weeks", "signals", "bulk", "funnel"), 1
    )


def test_city_without_requests_is_refused(small_city: Path) -> None:
    with pytest.raises(Refused) as no:
        measure(stamp=HOUSE)
    assert no.value.code == "no_requests"
    assert measure_page(SYSTEM).head is None


def test_liaison_may_not_measure(city: Path, liaison5: Cast) -> None:
    with pytest.raises(NotAllowed):
        measure(stamp=liaison5.stamp)
    assert not Measurement.objects.exists()


def test_measurement_follows_an_import_once(city: Path) -> None:
    entry = Entry.objects.filter(kind="RequestsImported").order_by("pk").last()
    receipt = Receipt.objects.get(entry=entry, reaction="measure the requests")
    assert deliver_receipt(receipt.pk, stamp=HOUSE)
    assert Measurement.objects.count() == 1
    assert not deliver_receipt(receipt.pk, stamp=HOUSE)


def test_measurement_made_meanwhile_is_not_made_again(city: Path) -> None:
    measure(stamp=HOUSE)
    entry = Entry.objects.filter(kind="RequestsImported").order_by("pk").last()
    receipt = Receipt.objects.get(entry=entry, reaction="measure the requests")
    assert deliver_receipt(receipt.pk, stamp=HOUSE)
    assert Measurement.objects.count() == 1


def test_import_that_was_under_way_then_is_measured_too(city: Path) -> None:
    """It brought nothing newer, only older requests: a file of an earlier year."""
    measure(stamp=HOUSE_SOON)
    bring_in(city, [Report(61, NOON - 300 * DAY, kind="HOLE", reporter=5)], at=NOON)
    entry = Entry.objects.filter(kind="RequestsImported").latest("pk")
    receipt = Receipt.objects.get(entry=entry, reaction="measure the requests")
    assert deliver_receipt(receipt.pk, stamp=stamp_for(SYSTEM, NOON + 2 * MINUTE))
    assert Measurement.objects.latest("pk").requests == ServiceRequest.objects.count()


def test_counting_holds_no_lock_and_changes_nothing(city: Path) -> None:
    measured = measure_city(now=NOON)
    assert not Measurement.objects.exists()
    kept = keep_measurement(None, measured=measured, stamp=HOUSE)
    assert kept.cells.count() == len(measured.cells)


def test_liaison_sees_the_city_and_their_own_ward(
    city: Path, liaison5: Cast, partner_dpw: Cast
) -> None:
    measure(stamp=HOUSE)
    actor = liaison5.stamp.actor
    mine = measure_page(actor, ward="5")
    assert mine.total is not None
    assert all(row.rows for row in mine.rows)
    whole = measure_page(actor)
    assert whole.total is not None
    assert {row.rows for row in whole.rows} == {None}
    assert measure_page(actor, ward="7").rows == ()
    assert measure_page(partner_dpw.stamp.actor).head is None


def test_request_without_agency_or_kind_is_a_row_of_its_own(city: Path) -> None:
    with set_up():
        ServiceRequest.objects.filter(agency_code="MPD").update(agency_code="")
        TopicService.objects.filter(topic__code="noise").delete()
    measure(as_of=NOON - timedelta(seconds=1), stamp=HOUSE)
    for by, name in (("agency", "No agency named"), ("kind", "Of no kind yet")):
        last = measure_page(SYSTEM, by=by).rows[-1]
        assert (last.name, last.rows) == (name, None)


def test_ages_are_those_of_the_backlog() -> None:
    assert AGES == BANDS


def test_command_measures_and_prints_the_agencies(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measure", "--by", "kind", "--ward", "5"]) == DONE
    told = capsys.readouterr().out
    assert "Data as of" in told
    assert "Illegal dumping" in told
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--ward", "99"), "There is no Ward 99"), (("--as-of", "yesterday"), "is not a day")],
)
def test_command_says_what_it_cannot_do(
    city: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measure", *words]) == FAILED
    assert said in capsys.readouterr().err
    assert not Measurement.objects.exists()
