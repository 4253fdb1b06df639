"""S19 at length: a file of 100,000 rows takes no more memory to send than a short one."""

from __future__ import annotations

import copy
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import NOON
from tests.office.funds import fund_in_use
from tests.torture.conftest import Tally
from tests.web.conftest import open_site
from wardroom.access.gate import guard_pass
from wardroom.library.models import ListedOrganization, ListedService
from wardroom.office.models import Fund, FundLine
from wardroom.office.queries.fund_lines import line_rows

pytestmark = pytest.mark.django_db
MOST_MB, BATCH = 100, 5_000


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixed noon on the clock of the site."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def seed(row: Any, number: int, change: Callable[[Any, int], None]) -> None:
    """So many more rows like this one, each changed a little."""
    with guard_pass("rows of a long file"):
        for start in range(0, number, BATCH):
            more = [copy.copy(row) for _ in range(min(BATCH, number - start))]
            for n, each in enumerate(more, start=start):
                change(each, n)
            type(row).objects.bulk_create(more)


def held(read: Callable[[], Iterable[Any]]) -> tuple[float, int]:
    """The most megabytes that are held at once while something is read, and how long it is."""
    tracemalloc.start()
    try:
        size = sum(len(piece) for piece in read())
        return tracemalloc.get_traced_memory()[1] / 1e6, size
    finally:
        tracemalloc.stop()


def file_of(client: Client, path: str) -> Iterable[bytes]:
    answer: Any = client.get(path)
    assert (answer.status_code, answer.streaming) == (200, True)
    pieces: Iterable[bytes] = answer.streaming_content
    return pieces


def lines(who: Cast, number: int) -> Fund:
    fund, _ = fund_in_use(who)
    seed(fund.lines.filter(kind="certify").first(), number, lambda row, n: setattr(row, "pk", None))
    return fund


@pytest.mark.torture("S19 rows of a file of money", 100_000, on=("sqlite",))
def test_money(director: Cast, tally: Tally) -> None:
    fund = lines(director, tally.asked)
    client = open_site(director)
    megabytes, size = held(lambda: file_of(client, f"/funds/{fund.pk}/lines.csv"))
    print(f"lines of money: {megabytes:.1f} MB held for {size / 1e6:.1f} MB sent")
    assert size > tally.asked * 50
    assert megabytes < MOST_MB
    tally.done = fund.lines.count()


@pytest.mark.torture("S19 rows of a file of services", 100_000, on=("sqlite",))
def test_services(liaison5: Cast, tally: Tally) -> None:
    with guard_pass("rows of a long file"):
        owner = ListedOrganization.objects.create(name="The pantry")
    row = ListedService(
        organization=owner, name="Bags of groceries", description="x" * 200, modified_at=NOON
    )
    field = ListedService._meta.get_field("id")
    seed(row, tally.asked, lambda row, n: setattr(row, "pk", field.get_default()))
    client = open_site(liaison5)
    megabytes, size = held(lambda: file_of(client, "/services/files/services.zip"))
    print(f"services: {megabytes:.1f} MB held for {size / 1e6:.1f} MB sent")
    assert megabytes < MOST_MB
    tally.done = ListedService.objects.count()


@pytest.mark.torture("S19 rows held at once are seen", 100_000, on=("sqlite",))
def test_power_check_rows_that_are_held_are_seen(director: Cast, tally: Tally) -> None:
    fund = lines(director, tally.asked)
    rows = FundLine.objects.filter(fund=fund).select_related("purpose")
    megabytes, _ = held(lambda: [line_rows(rows)])
    assert megabytes > MOST_MB
    tally.done = tally.asked
