"""A seeded city whose persistent places are known: for measuring the engine, never for the office.

Ordinary addresses differ a lot and in many ways (segment, address, agency, district); some
are big buildings, some have a short burst. Into these, places with real, lasting trouble are
planted. All randomness comes from one seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.folding import NEVER, Reports

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
DAY = 86_400
MONTHS = 36
DAYS = 1096
AGENCIES, KINDS, BUNDLES = 14, 60, 10
BLOCK = (100.0, 170.0)


@dataclass(frozen=True)
class Sites:
    """The planted places: where, how strong a month, and days from the start of the data."""

    x: Floats
    y: Floats
    strength: Floats
    began: Floats
    ended: Floats
    kinds: Ints


@dataclass(frozen=True)
class City:
    reports: Reports
    sites: Sites
    agency: Ints
    routine: NDArray[np.bool_]
    start: int


@dataclass(frozen=True)
class _Land:
    x: Floats
    y: Floats
    segment: Ints
    district: Ints
    ward: Ints
    region: Ints
    width: float


@dataclass(frozen=True)
class _Kinds:
    agency: Ints
    routine: NDArray[np.bool_]
    share: Floats
    season: Floats
    days: Floats
    nagging: Floats
    bundles: Ints


def build(events: int, seed: int, *, planted: bool = True, plain: bool = False) -> City:
    """A city with about this many reports over three years.

    ``planted`` False gives a null city; ``plain`` one whose ordinary places are alike.
    """
    rng = np.random.default_rng([seed, 20240101])
    scale = max(events / 1e6, 0.25)
    land = _land(rng, scale)
    kinds = _kinds(rng)
    reporting = np.exp(rng.normal(0, 0.0 if plain else 0.35, int(land.district.max()) + 1))
    count = round(400 * scale * (max(events / 1e6 / scale, 0.0) ** 0.3)) if planted else 0
    site, sites = _plant(rng, land, kinds, count, reporting)
    bursts = _bursts(rng, land, kinds, round(400 * scale))
    first = np.concatenate([site, bursts], axis=1)
    duplicates = 0.17
    wanted = max(0, int(events * (1 - duplicates)) - first.shape[1])
    ordinary = _ordinary(rng, land, kinds, wanted, reporting, plain)
    every = np.concatenate([ordinary, first], axis=1)
    at, kind, day, dx, dy = every[0].astype(np.int64), every[1].astype(np.int64), *every[2:]
    slow = np.exp(rng.normal(0, 0.25, 8))
    lasted = kinds.days[kind] * slow[land.ward[at]] * np.exp(rng.normal(0, 0.9, len(at)))
    stuck = rng.random(len(at)) < 0.012
    lasted = np.where(stuck, lasted + rng.uniform(150, 900, len(at)), lasted)
    seen = np.minimum(lasted, 100.0)
    more = rng.poisson(reporting[land.district[at]] * kinds.nagging[kind] * seen)
    late = rng.random(len(at)) < 0.5
    stuck_more = rng.poisson(np.where(stuck & late, 0.35 * np.minimum(lasted, DAYS - day) / 30, 0))
    again = np.repeat(np.arange(len(at)), np.minimum(more + np.maximum(stuck_more, 0), 60))
    after = day[again] + rng.random(len(again)) * lasted[again]
    x = np.concatenate([land.x[at] + dx, (land.x[at] + dx)[again]])
    y = np.concatenate([land.y[at] + dy, (land.y[at] + dy)[again]])
    x, y = x + rng.normal(0, 6, len(x)), y + rng.normal(0, 6, len(y))
    opened = np.concatenate([day, after])
    ends = np.concatenate([day + lasted, (day + lasted)[again]])
    kind = np.concatenate([kind, kind[again]])
    keep = opened < DAYS
    order = np.flatnonzero(keep)[np.argsort(opened[keep], kind="stable")]
    start = 1_640_995_200
    closed = start + (ends[order] * DAY).astype(np.int64)
    closed = np.where(ends[order] >= DAYS, NEVER, closed)
    reports = Reports(
        x[order],
        y[order],
        kind[order].astype(np.int16),
        start + (opened[order] * DAY).astype(np.int64),
        closed,
    )
    return City(reports, sites, kinds.agency, kinds.routine, start)


def _land(rng: np.random.Generator, scale: float) -> _Land:
    width = 13_300 * scale**0.5
    nx, ny = int(width / BLOCK[0]), int(width / BLOCK[1])
    columns, lines = np.meshgrid(np.arange(nx), np.arange(ny))
    gx, gy = columns.ravel(), lines.ravel()
    sx = np.concatenate([gx * BLOCK[0], gx * BLOCK[0]])
    sy = np.concatenate([gy * BLOCK[1], gy * BLOCK[1]])
    along = np.concatenate([np.zeros(len(gx)), np.ones(len(gx))])
    dense = np.exp(_field(rng, width, 1500.0, sx, sy) * 0.5)
    usual = 145_000 * scale / len(sx)
    many = rng.poisson(usual * dense / dense.mean() * np.where(along > 0, 1.25, 0.75))
    segment = np.repeat(np.arange(len(sx)), many)
    part = rng.random(len(segment))
    side = rng.choice([-9.0, 9.0], len(segment))
    up = along[segment] > 0
    x = sx[segment] + np.where(up, side, part * BLOCK[0])
    y = sy[segment] + np.where(up, part * BLOCK[1], side)
    across = max(1, round((345 * scale) ** 0.5))
    cell = width / across
    district = np.clip(x // cell, 0, across - 1) + across * np.clip(y // cell, 0, across - 1)
    ward = np.clip(x // (width / 4 + 1), 0, 3) + 4 * np.clip(y // (width / 2 + 1), 0, 1)
    wide = int(width // 1000) + 1
    region = np.clip(x // 1000, 0, wide - 1) + wide * np.clip(y // 1000, 0, wide - 1)
    return _Land(
        x,
        y,
        segment,
        district.astype(np.int64),
        ward.astype(np.int64),
        region.astype(np.int64),
        width,
    )


def _field(rng: np.random.Generator, width: float, grain: float, x: Floats, y: Floats) -> Floats:
    """A smooth field with mean 0 and spread 1, at points."""
    n = int(width / grain) + 3
    knots = rng.normal(0, 1, (n, n))
    u, v = np.clip(x / grain, 0, n - 2.001), np.clip(y / grain, 0, n - 2.001)
    i, j = u.astype(int), v.astype(int)
    a, b = u - i, v - j
    a, b = a * a * (3 - 2 * a), b * b * (3 - 2 * b)
    smooth: Floats = (
        knots[i, j] * (1 - a) * (1 - b)
        + knots[i + 1, j] * a * (1 - b)
        + knots[i, j + 1] * (1 - a) * b
        + knots[i + 1, j + 1] * a * b
    ) * 1.3
    return smooth


def _kinds(rng: np.random.Generator) -> _Kinds:
    agency = np.concatenate([np.arange(AGENCIES), rng.integers(0, AGENCIES, KINDS - AGENCIES)])
    routine = np.zeros(KINDS, dtype=bool)
    routine[rng.permutation(KINDS)[:18]] = True
    share = rng.permutation(1.0 / (np.arange(KINDS) + 3.0) ** 1.1)
    share = share * np.where(routine, 1.8, 1.0)
    share /= share.sum()
    b = np.arange(MONTHS)
    size = rng.uniform(0, 0.6, KINDS)[:, None]
    phase = rng.uniform(0, 12, KINDS)[:, None]
    trend = 1 + rng.uniform(-0.2, 0.35, KINDS)[:, None] * b / MONTHS
    season = (1 + size * np.cos(2 * np.pi * (b - phase) / 12)) * trend
    for _ in range(5):
        hit = rng.random(KINDS) < 0.2
        season[hit, rng.integers(0, MONTHS)] *= rng.uniform(1.5, 3.0)
    season /= season.mean(axis=1, keepdims=True)
    days = np.exp(rng.normal(np.log(8), 0.9, KINDS))
    nagging = 0.0105 * np.exp(rng.normal(0, 0.5, KINDS)) * np.clip(8 / days, 0.25, 2.5)
    trouble = rng.permutation(np.flatnonzero(~routine))
    bundles = np.array([rng.choice(trouble, 5, replace=False) for _ in range(BUNDLES)])
    return _Kinds(agency, routine, share, season, days, nagging, bundles)


def _days(rng: np.random.Generator, kinds: _Kinds, kind: Ints) -> Floats:
    """A day for each incident, by its kind's calendar."""
    running = np.cumsum(kinds.season / MONTHS, axis=1)
    u = rng.random(len(kind))
    month = np.empty(len(kind), dtype=np.int64)
    for k in range(KINDS):
        mine = np.flatnonzero(kind == k)
        month[mine] = np.searchsorted(running[k], u[mine] * running[k, -1])
    return (np.minimum(month, MONTHS - 1) + rng.random(len(kind))) * DAYS / MONTHS


def _ordinary(
    rng: np.random.Generator,
    land: _Land,
    kinds: _Kinds,
    wanted: int,
    reporting: Floats,
    plain: bool,
) -> Floats:
    n = len(land.x)
    spread = 0.0 if plain else 1.0
    by_segment = rng.gamma(3.0, 1 / 3.0, int(land.segment.max()) + 1)
    rate = np.where(plain, 1.0, by_segment[land.segment] * rng.gamma(1.2, 1 / 1.2, n))
    rate = rate * reporting[land.district]
    big = rng.random(n) < 0.01
    rate = np.where(big & (not plain), rate * rng.uniform(8, 35, n), rate)
    mix = np.bincount(kinds.agency, weights=kinds.share, minlength=AGENCIES)
    table = np.empty((AGENCIES, n))
    for a in range(AGENCIES):
        smooth = np.exp(spread * 0.45 * _field(rng, land.width, 1200.0, land.x, land.y))
        frailty = 1.0 if plain else rng.gamma(2.0, 0.5, n)
        table[a] = rate * mix[a] * smooth * frailty
    running = np.cumsum(table.ravel())
    drawn = np.searchsorted(running, np.sort(rng.random(wanted)) * running[-1])
    agency, at = np.divmod(np.minimum(drawn, AGENCIES * n - 1), n)
    regions = int(land.region.max()) + 1
    local = np.exp(spread * 0.35 * rng.normal(0, 1, (regions, KINDS))) * kinds.share
    kind = np.empty(wanted, dtype=np.int64)
    for a in range(AGENCIES):
        mine = np.flatnonzero(agency == a)
        own = np.flatnonzero(kinds.agency == a)
        chance = np.cumsum(local[:, own], axis=1)
        chance /= chance[:, -1:]
        u = rng.random(len(mine))
        kind[mine] = own[(u[:, None] > chance[land.region[at[mine]]][:, :-1]).sum(axis=1)]
    day = _days(rng, kinds, kind)
    return np.array([at, kind, day, np.zeros(wanted), np.zeros(wanted)])


def _plant(
    rng: np.random.Generator, land: _Land, kinds: _Kinds, count: int, reporting: Floats
) -> tuple[Floats, Sites]:
    place = rng.choice(len(land.x), count, replace=False) if count else np.empty(0, np.int64)
    strength = np.exp(rng.uniform(np.log(0.4), np.log(8), count))
    lasts = rng.uniform(6, 36, count)
    began = rng.uniform(-6, 33, count)
    began = np.where(began + lasts > 36, np.minimum(began, 36 - np.minimum(lasts, 30)), began)
    ended = began + lasts
    began = np.maximum(began, 0)
    number = rng.integers(1, 5, count)
    bundle = rng.integers(0, BUNDLES, count)
    members = np.full((count, 4), -1, dtype=np.int64)
    rows = []
    seasonal = rng.random(count) < 0.15
    along = rng.random(count) < 0.4
    for s in range(count):
        chosen = rng.choice(kinds.bundles[bundle[s]], number[s], replace=False)
        members[s, : number[s]] = chosen
        weight = rng.dirichlet(np.full(number[s], 2.0))
        until = min(ended[s], MONTHS)
        a = np.clip(reporting[land.district[place[s]]], 0.5, 2.0) ** 0.5
        many = rng.poisson(strength[s] * (until - began[s]) * a)
        day = rng.uniform(began[s], until, many)
        if seasonal[s]:
            day = day[rng.random(many) < 0.5 + 0.5 * np.cos(2 * np.pi * (day - s) / 12)]
        kind = rng.choice(chosen, len(day), p=weight)
        slip = rng.uniform(-45, 45, len(day)) if along[s] else np.zeros(len(day))
        turn = rng.random() < 0.5
        rows.append(
            np.array(
                [
                    np.full(len(day), place[s]),
                    kind,
                    day * DAYS / MONTHS,
                    slip * turn,
                    slip * (not turn),
                ]
            )
        )
    events = np.concatenate(rows, axis=1) if rows else np.empty((5, 0))
    sites = Sites(
        land.x[place],
        land.y[place],
        strength,
        began * DAYS / MONTHS,
        ended * DAYS / MONTHS,
        members,
    )
    return events, sites


def _bursts(rng: np.random.Generator, land: _Land, kinds: _Kinds, count: int) -> Floats:
    rows = []
    trouble = np.flatnonzero(~kinds.routine)
    for _ in range(count):
        many = rng.integers(6, 30)
        start = rng.uniform(0, DAYS - 35)
        day = rng.uniform(start, start + rng.uniform(7, 35), many)
        rows.append(
            np.array(
                [
                    np.full(many, rng.integers(len(land.x))),
                    np.full(many, rng.choice(trouble)),
                    day,
                    np.zeros(many),
                    np.zeros(many),
                ]
            )
        )
    return np.concatenate(rows, axis=1) if rows else np.empty((5, 0))
