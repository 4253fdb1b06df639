"""Of rows with one number one counts, the rest is told in order, however many there are."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest

from tests.service_requests.samples import counts, line, rejects, row, take, write, write_lines
from wardroom.service_requests.gateways import files
from wardroom.service_requests.models import ServiceRequest

pytestmark = pytest.mark.django_db
AGAIN = "stands in the file again; the last one counts"
LOS_ANGELES = "SRNumber,CreatedDate,UpdatedDate,Owner,RequestType,Status,RequestSource,"
LOS_ANGELES += "ServiceDate,ClosedDate,Address,ZipCode,Latitude,Longitude,CD\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "requests.csv"


@pytest.mark.parametrize("batch", [2, 5, 1000])
def test_rejects_of_every_kind_stand_in_the_order_of_the_file(
    batch: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BATCH", batch)
    write_lines(
        file,
        line("a"),  # 2, again in 12
        "",
        line("b", address='"ONE\nTWO"'),  # 4 and 5, again in 13
        line("c", opened="never"),  # 6
        "too,few",  # 7
        line("c", lat="north"),  # 8
        line("a", calls="2"),  # 9, again in 12
        line("d"),  # 10
        "more,too,few",  # 11
        line("a", calls="3"),  # 12
        line("b", calls="3"),  # 13
        line("c"),  # 14
    )
    summary = take(file)
    assert counts(summary) == (11, 4, 0, 0, 7)
    told = [(number, value) for number, _, value, _ in rejects(summary)]
    assert told == [
        (2, "a"), (4, "b"), (6, "never"), (7, "too,few"), (8, "north"), (9, "a"),
        (11, "more,too,few"),
    ]  # fmt: skip
    assert dict(ServiceRequest.objects.values_list("external_id", "calls")) == {
        "a": 3, "b": 3, "c": 1, "d": 1,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_row_that_was_edited_last_counts_then_the_one_further_down(
    seed: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BATCH", 7)
    dice = random.Random(seed)
    rows = [(dice.randrange(6), dice.choice(["", "01", "02", "03"])) for _ in range(40)]
    text = [
        f"{number},12/30/2017 08:15:00 AM,{f'01/{day}/2018 09:00:00 AM' if day else ''},BOS,"
        f"Bulky Items,Open,App,,,{at} A ST,90012,,,\n"
        for at, (number, day) in enumerate(rows, start=2)
    ]
    file.write_text(LOS_ANGELES + "".join(text))
    best: dict[int, tuple[str, int]] = {}
    for at, (number, day) in enumerate(rows, start=2):
        best[number] = max(best.get(number, ("", 0)), (day, at))
    summary = take(file)
    kept = dict(ServiceRequest.objects.values_list("external_id", "address"))
    assert kept == {str(n): f"{at} A ST" for n, (_, at) in best.items()}
    lost = [at for at in range(2, 42) if at not in {at for _, at in best.values()}]
    assert [(r[0], r[3]) for r in rejects(summary)] == [(at, AGAIN) for at in lost]
    assert counts(summary) == (40, len(best), 0, 0, 40 - len(best))


@pytest.mark.parametrize("spoilt", [{}, {"opened": "never"}])
def test_rows_that_are_set_aside_are_not_held_in_memory(
    spoilt: dict[str, str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every number twice, and every first row bad: a row more costs hashes, and no row."""
    monkeypatch.setattr(files, "BATCH", 500)

    def peak(n: int) -> int:
        numbers = [*range(n), *range(n)]
        rows = (
            row(x, address="A" * 100, **(spoilt if at < n else {})) for at, x in enumerate(numbers)
        )
        write(file, rows)
        tracemalloc.start()
        try:
            assert take(file, feed_code=f"of{n}").rejected == n
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(500)
    few, many = peak(1_000), peak(6_000)
    assert (many - few) / 10_000 < 150
