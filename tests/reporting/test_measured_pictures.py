"""What only the page of one agency or kind shows, and wards compared: equal to the pure numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils.timezone import get_default_timezone, localtime

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.trouble import Report, bring_in, monthly
from wardroom.access.actor import SYSTEM, Reach
from wardroom.analysis.funnel import funnel, standardise
from wardroom.analysis.seasonal_chart import weekly_chart
from wardroom.analysis.survival import curve
from wardroom.reporting.gateways import measure
from wardroom.reporting.models import MeasuredCell, Measurement
from wardroom.reporting.queries import compared, measure_file
from wardroom.reporting.rules.measuring import beside_mix
from wardroom.service_requests.models import ServiceRequest
from wardroom.web.measures.drawing import curve_plot, funnel_plot, signal_sentences, weeks_plot

pytestmark = pytest.mark.django_db
WEEK, A_WEEK, WEEKS = timedelta(days=7), 12, 150
CLEARED = NOON - timedelta(days=40)


def lively() -> Iterator[Report]:
    """A dozen a week for three years, thirty more in one late week, forty closed in a second."""
    rng = np.random.default_rng(3)
    for week in range(1, WEEKS + 1):
        for n in range(A_WEEK + (30 if week == 3 else 0)):
            opened = NOON - week * WEEK + timedelta(minutes=int(rng.integers(7 * 1440)))
            closed = opened + timedelta(days=float(rng.exponential(4.0)), minutes=20)
            yield Report(
                n + 1 + 25 * (week % 4),
                opened,
                closed if closed < NOON else None,
                opened + timedelta(days=5),
                ward="57"[n % 2],
                kind="GRAF" if n % 3 else "DUMP",
                reporter=week * 100 + n,
            )
    for n in range(40):
        yield Report(200 + n, CLEARED - timedelta(days=3), CLEARED, CLEARED, reporter=n)


@pytest.fixture
def kept(small_city: Path, agencies: object) -> Measurement:
    bring_in(small_city, lively())
    return measure(stamp=HOUSE)


def pictures(kept: Measurement, **which: str) -> dict[str, Any]:
    empty = {"ward_code": "", "agency_code": "", "topic_code": ""}
    cell = MeasuredCell.objects.get(measurement=kept, **{**empty, **which})
    assert cell.pictures is not None
    return dict(cell.pictures)


def test_weeks_equal_the_seasonal_chart(kept: Measurement) -> None:
    told = pictures(kept, agency_code="DPW")["weeks"]
    first = date.fromisoformat(told["first"])
    assert first.weekday() == 0
    edges = [
        datetime.combine(first + n * WEEK, time(), get_default_timezone())
        for n in range(len(told["value"]) + 1)
    ]
    assert edges[-1] <= kept.data_as_of < edges[-1] + WEEK
    opened = [localtime(r.opened_at) for r in ServiceRequest.objects.order_by("pk")]
    count = np.array([sum(a <= at < b for at in opened) for a, b in zip(edges, edges[1:])])  # noqa: B905, RUF007
    chart = weekly_chart(count)
    assert told["value"] == count.tolist()
    assert told["centre"] == pytest.approx(chart.centre.tolist(), abs=0.01)
    assert told["upper"] == pytest.approx(chart.upper.tolist(), abs=0.01)
    assert len(told["signals"]) == len(chart.signals) > 0
    assert any("more came than the season" in words for words in signal_sentences(told))
    assert weeks_plot(told, name="DPW").dots


def test_list_that_was_cleared_at_once_stands_out(kept: Measurement) -> None:
    told = pictures(kept, topic_code="dumping")["bulk"]
    assert told["largest"][0]["number"] == 40
    assert told["busiest"][0]["number"] >= 40
    assert told["in_bulk"] >= 40
    assert pictures(kept, topic_code="graffiti")["bulk"]["bursts"] == 0


def test_curve_equals_the_pure_one(kept: Measurement) -> None:
    told = pictures(kept, topic_code="graffiti")["curve"]
    since = datetime.combine(kept.since_on, time(), get_default_timezone())
    rows = ServiceRequest.objects.filter(service__name__startswith="Graffiti", opened_at__gte=since)
    seen = [((r.closed_at or kept.data_as_of) - r.opened_at, bool(r.closed_at)) for r in rows]
    line = curve(
        np.array([took.total_seconds() / 86_400 for took, _ in seen]),
        np.array([closed for _, closed in seen]),
    )
    for point in told:
        by = line.closed_by(point["days"])
        assert by is not None
        assert (point["value"], point["lower"]) == pytest.approx((by.value, by.lower))
    assert curve_plot(told, name="Graffiti") is not None


def test_wards_in_the_funnel_equal_the_pure_function(kept: Measurement) -> None:
    since = datetime.combine(kept.since_on, time(), get_default_timezone())
    rows = list(
        ServiceRequest.objects.filter(due_at__gte=since, due_at__lte=kept.data_as_of).order_by("pk")
    )
    unit = np.array(["57".index(r.ward_code) for r in rows])
    kind = np.unique([r.service_id for r in rows], return_inverse=True)[1]
    late = np.array([r.closed_at is None or r.closed_at > r.due_at for r in rows])
    standard = standardise(unit, kind, late, units=2)
    told = funnel(standard)
    found = kept.funnels["late"]["ward"]["units"]
    assert [u["code"] for u in found] == ["5", "7"]
    assert [u["observed"] for u in found] == standard.observed.tolist()
    assert [u["expected"] for u in found] == pytest.approx(standard.expected.tolist(), abs=1e-3)
    assert [u["ratio"] for u in found] == pytest.approx(told.ratio.tolist())
    assert [u["standing"] for u in found] == [str(s) for s in told.standing]


def test_agency_in_a_ward_is_beside_its_own_rates_for_the_mix(kept: Measurement) -> None:
    wards = measure_file(SYSTEM, by="agency", code="DPW").wards
    assert wards is not None
    assert [u["code"] for u in wards["units"]] == ["5", "7"]
    expected = sum(u["expected"] for u in wards["units"])
    assert expected == pytest.approx(sum(u["observed"] for u in wards["units"]), abs=1e-2)
    assert measure_file(SYSTEM, by="kind", code="graffiti").wards is None
    seven = replace(SYSTEM, reach=Reach(wards=frozenset("7")))
    in_seven = measure_file(seven, by="agency", code="DPW", ward="7").wards
    assert in_seven is not None
    assert [u["code"] for u in in_seven["units"]] == ["7"]
    assert len(in_seven["limits"]) == 2


def test_measurement_of_before_says_nothing_of_a_mix(kept: Measurement) -> None:
    from tests.trouble import set_up

    with set_up():
        Measurement.objects.update(funnels={k: kept.funnels[k] for k in ("late", "back")})
    assert measure_file(SYSTEM, by="agency", code="DPW").wards is None


@pytest.mark.parametrize(
    ("standing", "end"),
    [
        ("outside: find out why", "That is fewer than chance explains. Find out why."),
        (
            "unusual: look closer",
            "One ward in twenty lies so far out by chance alone. Look closer.",
        ),
        ("within the ordinary", "That is an ordinary difference."),
        ("too few to say", "Those are too few to say more."),
    ],
)
def test_mix_is_told_in_words(standing: str, end: str) -> None:
    unit = {"observed": 20.0, "number": 1200, "expected": 31.4, "standing": standing}
    said = "Ward 5: 20 of 1,200 were late; its mix of kinds leads one to expect about 31."
    assert beside_mix("Ward 5", unit) == f"{said} {end}"


def test_agencies_that_share_no_kind_are_not_compared(kept: Measurement) -> None:
    told = kept.funnels["late"]["agency"]
    assert told["units"] == []
    assert told["left_out"] > 0
    assert funnel_plot({**told, "limits": []}, {}, what="Late") is None


def test_agencies_that_share_a_kind_are_compared_in_it_alone(
    small_city: Path, agencies: object
) -> None:
    bring_in(small_city, lively())
    from tests.trouble import set_up

    with set_up():
        rows = ServiceRequest.objects.filter(service__name__startswith="Graffiti")
        rows.filter(ward_code="7").update(agency_code="DDOT")
    told = measure(stamp=HOUSE).funnels["late"]["agency"]
    assert [u["code"] for u in told["units"]] == ["DDOT", "DPW"]
    compared_rows = sum(u["number"] for u in told["units"])
    assert compared_rows > 0
    assert told["left_out"] > 0


def test_months_stand_beside_each_other(kept: Measurement) -> None:
    measure(as_of=NOON - timedelta(days=62), stamp=replace(HOUSE, at=NOON))
    file = measure_file(SYSTEM, by="agency", code="DPW")
    assert [at for at, _ in file.earlier] == sorted([at for at, _ in file.earlier], reverse=True)
    assert len(file.earlier) == 2
    assert {row.code for row in file.parts} == {"dumping", "graffiti"}
    assert compared(SYSTEM) is not None


def test_place_that_is_silent_for_two_years_has_no_weekly_chart(
    small_city: Path, agencies: object
) -> None:
    bring_in(small_city, monthly(1, months=30))
    assert pictures(measure(stamp=HOUSE), agency_code="DPW")["weeks"] is None
