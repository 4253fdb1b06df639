"""Three years of service requests, of any number, from a seed.

The same seed, number and last day give the same bytes. Requests come in chunks of at most
`CHUNK` rows, so that ten million fit into a small machine.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.due_dates import promise_due_columns
from wardroom.demonstration import planted
from wardroom.demonstration.catalogue import SERVICES
from wardroom.demonstration.planted import REPORTING, Planted, Reports
from wardroom.demonstration.rhythm import (
    DAYS,
    MONTHS,
    day_shares,
    first_day,
    moments_of_day,
    to_utc,
)
from wardroom.demonstration.streets import ADDRESS, Sites, make_sites
from wardroom.kernel.business_time import Calendar
from wardroom.kernel.holidays import legal_holidays

Columns = dict[str, NDArray[Any]]
NAMES = (
    "id", "opened", "closed", "due", "kind", "kind_name", "agency", "lon", "lat", "address",
    "address_id", "reporter", "status", "calls",
)  # fmt: skip
CHUNK = 250_000
DUPLICATES, CANCELLED, MISSING_IDS, UNKNOWN_REPORTERS = 0.04, 0.006, 0.03, 0.3
BUSY_BUILDINGS, BUSY_FACTOR = 60, 80.0
AT_THE_STREET = 0.6
DAY_SECONDS = 86_400
OPEN, CLOSED, DUPLICATE_OPEN, DUPLICATE_CLOSED, CANCELED = range(5)
STATUSES = np.array(
    ["OPEN", "CLOSED", "DUPLICATE (OPENED)", "DUPLICATE (CLOSED)", "CANCELED"], dtype=object
)


def columns(n: int, *, seed: int = 5, end: date = date(2026, 11, 18)) -> Columns:
    """All n requests at once, as arrays of shape (n,).

    ``opened``, ``closed`` and ``due`` are UTC to the second (NaT where there is none);
    ``address_id`` and ``reporter`` are 0 where nothing is known; texts are object arrays.
    """
    parts = list(chunks(n, seed=seed, end=end))
    return {name: np.concatenate([part[name] for part in parts]) for name in NAMES}


def chunks(
    n: int, *, seed: int = 5, end: date = date(2026, 11, 18), size: int = CHUNK
) -> Iterator[Columns]:
    """The n requests in parts of at most ``size`` rows, each in the order of opening."""
    town = Town(n, seed=seed, end=end)
    special = town.special()
    number = 0
    for i in range(0, len(special.site), size):
        part = planted.chosen(special, np.arange(i, min(i + size, len(special.site))))
        yield town.finished(part, np.random.default_rng([seed, 6, i]), first=number)
        number += len(part.site)
    for i, begins in enumerate(range(number, n, size)):
        rng = np.random.default_rng([seed, 7, i])
        part = town.ordinary(min(size, n - begins), rng)
        yield town.finished(part, rng, first=begins)


def truth(n: int, *, seed: int = 5, end: date = date(2026, 11, 18)) -> tuple[Planted, ...]:
    """The planted places among these n requests."""
    return Town(n, seed=seed, end=end).places


def write_csv(
    path: Path,
    n: int,
    *,
    seed: int = 5,
    end: date = date(2026, 11, 18),
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Write the requests as a CSV file with a header; instants are ISO in UTC, blanks are blank."""
    import duckdb

    part = Path(tempfile.mkdtemp(prefix="wardroom-csv-")) / "part.csv"
    connection = duckdb.connect(config={"threads": 1})
    done = 0
    try:
        with path.open("wb") as out:
            out.write((",".join(NAMES) + "\n").encode())
            for chunk in chunks(n, seed=seed, end=end):
                connection.register("chunk", chunk)
                copy = f"COPY (SELECT {_COLUMNS} FROM chunk) TO '{part}' (HEADER false)"  # noqa: S608
                connection.execute(copy)
                connection.unregister("chunk")
                with part.open("rb") as rows:
                    shutil.copyfileobj(rows, out)
                done += len(chunk["id"])
                progress(done)
    finally:
        connection.close()
        shutil.rmtree(part.parent)


_COLUMNS = ", ".join(
    f"strftime({name}, '%Y-%m-%dT%H:%M:%S+00:00') AS {name}"
    if name in ("opened", "closed", "due")
    else f"nullif({name}, 0) AS {name}"
    if name in ("address_id", "reporter")
    else name
    for name in NAMES
)


@dataclass(frozen=True)
class Town:
    """The sites, the trouble and the habits behind n requests."""

    n: int
    seed: int
    end: date

    @cached_property
    def sites(self) -> Sites:
        return make_sites(self.n, seed=self.seed)

    @cached_property
    def places(self) -> tuple[Planted, ...]:
        return planted.plant(self.n, self.sites, seed=self.seed, end=self.end)

    def special(self) -> Reports:
        """Planted trouble, storms and bursts, in the order of opening, never over half of all."""
        found = planted.joined(
            [
                planted.planted_reports(self.places, self.sites, seed=self.seed, end=self.end),
                planted.storms_and_bursts(self.n, self.sites, seed=self.seed),
            ]
        )
        order = np.argsort(found.opened_day, kind="stable")
        rng = np.random.default_rng([self.seed, 5])
        if len(order) > self.n // 2:
            order = np.sort(rng.choice(order, self.n // 2, replace=False))
        return planted.chosen(found, order)

    def ordinary(self, size: int, rng: np.random.Generator) -> Reports:
        """What people ask for anywhere: ordinary requests, some of them reported twice."""
        again = int(size * DUPLICATES)
        new = size - again
        service = _draw(rng, self._service_shares, new)
        on_street = self._on_street[service] & (rng.random(new) < AT_THE_STREET)
        routine = self._routine[service]
        site = np.empty(new, dtype=np.int64)
        for is_street, is_routine in ((True, True), (True, False), (False, True), (False, False)):
            here = (on_street == is_street) & (routine == is_routine)
            shares, numbers = self._site_shares[is_street, is_routine]
            site[here] = numbers[_draw(rng, shares, int(here.sum()))]
        day = np.empty(new, dtype=np.int64)
        for code, season in enumerate(MONTHS):
            here = self._season[service] == code
            day[here] = _draw(rng, self._days[season], int(here.sum()))
        callers = (rng.pareto(1.6, new) * self.n * 0.08).astype(np.int64) % 900_000 + 1
        reporter = np.where(rng.random(new) < UNKNOWN_REPORTERS, 0, callers)
        first = Reports(
            site=site,
            service=service,
            opened_day=day,
            lasts=np.full(new, -1, dtype=np.int64),
            reporter=reporter,
            duplicate=np.zeros(new, dtype=bool),
        )
        return planted.joined([first, self._reported_again(first, again, rng)])

    def _reported_again(self, first: Reports, size: int, rng: np.random.Generator) -> Reports:
        shares = np.cumsum(REPORTING[self.sites.ward[first.site]] * ~self._routine[first.service])
        of = _draw(rng, shares / shares[-1], size)
        later = rng.exponential(1.5, size).astype(np.int64)
        return Reports(
            site=first.site[of],
            service=first.service[of],
            opened_day=np.minimum(first.opened_day[of] + later, DAYS - 1),
            lasts=np.full(size, -1, dtype=np.int64),
            reporter=rng.integers(1, 900_000, size),
            duplicate=np.ones(size, dtype=bool),
        )

    def finished(self, part: Reports, rng: np.random.Generator, *, first: int) -> Columns:
        """Hours, closures, due dates and texts for a batch; rows in the order of opening."""
        size = len(part.site)
        start = np.datetime64(first_day(self.end), "s")
        now = np.datetime64(datetime.combine(self.end, time(12)), "s")
        opened = start + part.opened_day * np.timedelta64(DAY_SECONDS, "s")
        opened = opened + moments_of_day(rng, size).astype("timedelta64[s]")
        late = opened >= now
        opened[late] -= np.timedelta64(DAY_SECONDS, "s")
        order = np.argsort(opened, kind="stable")
        part, opened = planted.chosen(part, order), opened[order]
        median = self._median[part.service] * DAY_SECONDS
        usual = (median * np.exp(rng.normal(0, 1.1, size))).astype(np.int64) + 120
        usual = np.where(rng.random(size) < 0.01, 40 * usual + 200 * DAY_SECONDS, usual)
        lasts = np.where(
            part.duplicate, usual // 6 + 60, np.where(part.lasts >= 0, part.lasts, usual)
        )
        closed = opened + lasts.astype("timedelta64[s]")
        is_open = closed > now
        closed[is_open] = np.datetime64("NaT")
        canceled = ~is_open & (rng.random(size) < CANCELLED)
        status = np.select(
            [part.duplicate & is_open, part.duplicate, is_open, canceled],
            [DUPLICATE_OPEN, DUPLICATE_CLOSED, OPEN, CANCELED],
            CLOSED,
        )
        due = promise_due_columns(opened, self._promise[part.service], CALENDAR)
        ids = self.sites.address_id[part.site]
        return {
            "id": np.char.add("S", np.char.zfill(np.arange(first, first + size).astype("U8"), 8)),
            "opened": to_utc(opened),
            "closed": to_utc(closed),
            "due": to_utc(due),
            "kind": self._code[part.service],
            "kind_name": self._name[part.service],
            "agency": self._agency[part.service],
            "lon": self.sites.lon[part.site],
            "lat": self.sites.lat[part.site],
            "address": self.sites.address[part.site],
            "address_id": np.where(rng.random(size) < MISSING_IDS, 0, ids),
            "reporter": part.reporter,
            "status": STATUSES[status],
            "calls": 1 + rng.poisson(0.12, size),
        }

    @cached_property
    def _days(self) -> dict[str, NDArray[np.float64]]:
        return day_shares(self.end, seed=self.seed)

    @cached_property
    def _service_shares(self) -> NDArray[np.float64]:
        shares: NDArray[np.float64] = np.cumsum([s.share for s in SERVICES])
        return np.asarray(shares / shares[-1])

    @cached_property
    def _site_shares(
        self,
    ) -> dict[tuple[bool, bool], tuple[NDArray[np.float64], NDArray[np.int64]]]:
        """Running shares of the sites: by houses or streets, by routine or trouble."""
        rng = np.random.default_rng([self.seed, 8])
        sites = self.sites
        houses, streets = (
            np.flatnonzero(sites.kind == ADDRESS),
            np.flatnonzero(sites.kind != ADDRESS),
        )
        weight = rng.lognormal(0, 0.5, len(sites)) * REPORTING[sites.ward]
        busy = weight.copy()
        busy[rng.choice(houses, BUSY_BUILDINGS, replace=False)] *= BUSY_FACTOR
        found = {}
        for routine in (True, False):
            for is_street, numbers in ((False, houses), (True, streets)):
                shares = np.cumsum((busy if routine else weight)[numbers])
                found[is_street, routine] = (shares / shares[-1], numbers)
        return found

    @cached_property
    def _on_street(self) -> NDArray[np.bool_]:
        return np.array([s.on_street for s in SERVICES])

    @cached_property
    def _routine(self) -> NDArray[np.bool_]:
        return np.array([s.routine for s in SERVICES])

    @cached_property
    def _season(self) -> NDArray[np.int64]:
        return np.array([list(MONTHS).index(s.season) for s in SERVICES])

    @cached_property
    def _median(self) -> NDArray[np.float64]:
        return np.array([s.median_days for s in SERVICES])

    @cached_property
    def _promise(self) -> NDArray[np.int64]:
        return np.array([s.promise for s in SERVICES])

    @cached_property
    def _code(self) -> NDArray[np.object_]:
        return np.array([s.code for s in SERVICES], dtype=object)

    @cached_property
    def _name(self) -> NDArray[np.object_]:
        return np.array([s.name for s in SERVICES], dtype=object)

    @cached_property
    def _agency(self) -> NDArray[np.object_]:
        return np.array([s.agency for s in SERVICES], dtype=object)


def _draw(rng: np.random.Generator, shares: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    """Numbers drawn by running shares that end at 1, shape (size,)."""
    drawn = np.searchsorted(shares, rng.random(size), side="right")
    return np.minimum(drawn, len(shares) - 1).astype(np.int64)


CALENDAR = Calendar(
    code="dc",
    zone="America/New_York",
    opens=time(9),
    closes=time(17),
    holidays={row.on: row.name for row in legal_holidays(2010, 2035)},
)
