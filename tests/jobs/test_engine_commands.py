"""The engine from the shell, on files of any city: it needs no database."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from wardroom.jobs.cli import DONE, FAILED, USAGE, main

HEADER = ("id", "opened", "closed", "due", "kind", "agency", "lon", "lat")
KINDS = ("Dumping", "Graffiti", "Pothole", "Rats", "Bulk collection", "Tree")
CORNER = (-77.0, 38.9)
FIRST = datetime(2022, 1, 1)
Row = tuple[str, ...]
Output = pytest.CaptureFixture[str]


def city(*, seed: int = 5, corner: bool = True) -> list[Row]:
    """Three years of ordinary reports on 2 km, and one corner where dumping keeps coming back."""
    rng = np.random.default_rng(seed)
    places = rng.uniform(-0.012, 0.012, (600, 2))
    rows: list[Row] = []
    for n in range(9_000):
        east, north = places[rng.integers(len(places))]
        day = FIRST + timedelta(days=float(rng.uniform(0, 1_095)))
        kind = KINDS[rng.integers(len(KINDS))]
        rows.append(_row(f"o{n}", day, 6, kind, CORNER[0] + east, CORNER[1] + north))
    for month in range(14 if corner else 0):
        for again in range(3):
            day = datetime(2023, 11, 2) + timedelta(days=30 * month + 9 * again)
            rows.append(_row(f"c{month}.{again}", day, 4, "Dumping", *CORNER))
    return rows


def _row(number: str, day: datetime, days: int, kind: str, lon: float, lat: float) -> Row:
    closed = day + timedelta(days=days)
    return (
        number, f"{day:%Y-%m-%dT%H:%M:%SZ}", f"{closed:%Y-%m-%dT%H:%M:%SZ}", "", kind,
        f"A{KINDS.index(kind) % 3}" if kind in KINDS else "", f"{lon:.6f}", f"{lat:.6f}",
    )  # fmt: skip


def write(path: Path, rows: list[Row], header: tuple[str, ...] = HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("city") / "requests.csv", city())


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    lines: list[Row] = [
        (k, f"A{n % 3}", "yes" if k.startswith("Bulk") else "no") for n, k in enumerate(KINDS)
    ]
    return write(tmp_path / "kinds.csv", lines, ("kind", "agency", "routine"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.csv"


def scan(file: Path, out: Path, *words: str) -> int:
    return main(["scan", str(file), "--layout", "plain", "--out", str(out), *words])


def test_scan_puts_the_corner_that_comes_back_first(requests: Path, kinds: Path, out: Path) -> None:
    assert scan(requests, out, "--kinds", str(kinds), "--as-of", "2024-12-31") == DONE
    found = read(out)
    best = found[0]
    assert [r["rank"] for r in found] == [str(n) for n in range(1, len(found) + 1)]
    assert best["flagged"] == "yes"
    assert "Dumping" in best["kinds"]
    assert abs(float(best["lon"]) - CORNER[0]) < 0.0004
    assert abs(float(best["lat"]) - CORNER[1]) < 0.0004
    assert int(best["episodes"]) > 20
    assert float(best["excess_per_month"]) > 1.5
    assert best["first_month"] == "2023-11"
    assert "Dumping" in best["sentence"]
    assert best["sentence"].endswith("first seen in November 2023.")
    assert sum(r["flagged"] == "yes" for r in found) <= 3


def test_scan_flags_next_to_nothing_in_an_ordinary_city(tmp_path: Path, out: Path) -> None:
    file = write(tmp_path / "plain.csv", city(seed=9, corner=False))
    assert scan(file, out) == DONE
    assert sum(r["flagged"] == "yes" for r in read(out)) <= 2


def test_scan_of_an_earlier_day_knows_nothing_of_later_ones(requests: Path, out: Path) -> None:
    assert scan(requests, out, "--as-of", "2023-10-31") == DONE
    assert not any(r["flagged"] == "yes" and r["first_month"] >= "2023-11" for r in read(out))


def test_scan_gives_the_same_answer_whatever_the_file_is_packed_in(
    requests: Path, tmp_path: Path, out: Path
) -> None:
    assert scan(requests, out) == DONE
    said = out.read_bytes()
    rows = read(requests)
    packed = tmp_path / "requests.csv.gz"
    packed.write_bytes(gzip.compress(requests.read_bytes()))
    columns = tmp_path / "requests.parquet"
    with duckdb.connect() as db:
        db.execute(f"COPY (FROM read_csv('{requests}')) TO '{columns}' (FORMAT parquet)")
    shuffled = [tuple(r.values()) for r in rows]
    np.random.default_rng(1).shuffle(shuffled)
    mixed = write(tmp_path / "mixed.csv", shuffled)
    for file in (packed, columns, mixed):
        assert scan(file, out) == DONE
        assert out.read_bytes() == said, file.name


def test_fold_says_which_requests_are_repeats(tmp_path: Path, out: Path) -> None:
    day = datetime(2024, 3, 1, 9)
    rows = [
        _row("1", day, 10, "Rats", *CORNER),
        _row("2", day + timedelta(days=2), 1, "Rats", CORNER[0] + 0.0002, CORNER[1]),
        _row("3", day + timedelta(days=2), 1, "Rats", CORNER[0] + 0.0010, CORNER[1]),
        _row("4", day + timedelta(days=3), 1, "Tree", *CORNER),
        _row("5", day + timedelta(days=12), 1, "Rats", *CORNER),
    ]
    file = write(tmp_path / "few.csv", rows)
    assert main(["fold", str(file), "--out", str(out)]) == DONE
    told = [(r["id"], r["episode"], r["repeat"]) for r in read(out)]
    assert told == [
        ("1", "1", "no"), ("2", "1", "yes"), ("3", "3", "no"), ("4", "4", "no"), ("5", "5", "no"),
    ]  # fmt: skip


def test_reach_of_a_kind_can_be_set(tmp_path: Path, out: Path) -> None:
    day = datetime(2024, 3, 1, 9)
    rows = [
        _row("1", day, 10, "Rats", *CORNER),
        _row("2", day + timedelta(days=2), 1, "Rats", CORNER[0] + 0.0010, CORNER[1]),
    ]
    file = write(tmp_path / "few.csv", rows)
    wide = write(
        tmp_path / "k.csv", [("Rats", "A", "no", "120")], ("kind", "agency", "routine", "reach_m")
    )
    assert main(["fold", str(file), "--kinds", str(wide), "--out", str(out)]) == DONE
    assert [r["repeat"] for r in read(out)] == ["no", "yes"]


def test_rows_that_cannot_be_placed_are_left_out_and_counted(
    tmp_path: Path, out: Path, capsys: Output
) -> None:
    good = _row("1", datetime(2024, 3, 1), 1, "Rats", *CORNER)
    bad = [
        ("2", "soon", "", "", "Rats", "A", "-77", "38.9"),
        ("3", good[1], "", "", "", "A", "-77", "38.9"),
        ("4", good[1], "", "", "Rats", "A", "", "north"),
        ("5", good[1], "", "", "Rats", "A", "12.5", "41.9"),
    ]
    file = write(tmp_path / "some.csv", [good, good, *bad])
    assert main(["fold", str(file), "--out", str(out)]) == DONE
    said = capsys.readouterr().err
    for why in ("readable time", "without a kind", "without a point", "over 100 km away"):
        assert f"Left out: 1 row {why}" in said or f"Left out: 1 row without a {why}" in said


@pytest.mark.parametrize(
    ("header", "named"),
    [(("id", "opened", "closed", "due", "kind", "agency", "lon", "y"), "lat"),
     (("id", "start", "closed", "due", "kind", "agency", "lon", "lat"), "opened")],
)  # fmt: skip
def test_missing_column_is_named(
    header: tuple[str, ...], named: str, tmp_path: Path, out: Path, capsys: Output
) -> None:
    file = write(tmp_path / "off.csv", city()[:5], header)
    assert scan(file, out) == FAILED
    assert f"no column {named}" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("lines", "header", "said"),
    [([("Rats", "A")], ("kind", "agency"), "no column routine"),
     ([("Rats", "A", "perhaps")], ("kind", "agency", "routine"), "line 2: routine is yes or no"),
     ([("Rats", "A", "no", "near")], ("kind", "agency", "routine", "reach_m"), "meters from 1"),
     ([], ("kind", "agency", "routine"), "needs kind, agency and routine")],
)  # fmt: skip
def test_list_of_kinds_that_is_off_is_refused(
    lines: list[Row],
    header: tuple[str, ...],
    said: str,
    requests: Path,
    tmp_path: Path,
    out: Path,
    capsys: Output,
) -> None:
    kinds = write(tmp_path / "kinds.csv", lines, header)
    assert scan(requests, out, "--kinds", str(kinds)) == FAILED
    assert said in capsys.readouterr().err


def test_file_that_is_none_is_refused(
    requests: Path, tmp_path: Path, out: Path, capsys: Output
) -> None:
    assert scan(tmp_path / "absent.csv", out) == FAILED
    assert "There is no file" in capsys.readouterr().err
    noise = tmp_path / "noise.parquet"
    noise.write_bytes(b"PAR1 but no more")
    assert scan(noise, out) == FAILED
    assert "not Parquet" in capsys.readouterr().err
    assert scan(requests, out, "--as-of", "yesterday") == FAILED
    assert "is not a day" in capsys.readouterr().err
    assert scan(requests, out, "--as-of", "2019-01-01") == FAILED
    assert "opened later" in capsys.readouterr().err
    with pytest.raises(SystemExit) as end:
        main(["scan", str(requests)])
    assert end.value.code == USAGE


def test_text_that_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path, out: Path) -> None:
    rows = [(*r[:4], "=cmd()" if r[4] == "Dumping" else r[4], *r[5:]) for r in city()]
    file = write(tmp_path / "sly.csv", rows)
    assert scan(file, out) == DONE
    best = read(out)[0]
    assert best["kinds"].startswith("'=cmd()")
    assert best["sentence"].startswith("'=cmd()")
