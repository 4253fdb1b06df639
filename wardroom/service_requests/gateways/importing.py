"""Taking a file into the mirror, from its first byte to its summary."""

from __future__ import annotations

import csv
import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from wardroom.access.actor import Stamp
from wardroom.service_requests import actions
from wardroom.service_requests.actions.resolving import Resolver
from wardroom.service_requests.gateways import files
from wardroom.service_requests.gateways.ahead import read_ahead
from wardroom.service_requests.gateways.files import Draft, Reject
from wardroom.service_requests.models import Feed, ImportRun
from wardroom.service_requests.rules import Layout

FORMULA = re.compile(r"[=+@\t\r]|-(?![\d.]+$)")


@dataclass(frozen=True)
class Summary:
    """What became of the rows of a file; read is the sum of the others."""

    run_id: int
    layout: str
    read: int
    new: int
    changed: int
    same: int
    rejected: int
    rejects_path: Path | None


def import_file(
    path: Path,
    *,
    layout_word: str = "auto",
    feed_code: str | None = None,
    schematic: bool = False,
    rejects_path: Path | None = None,
    stamp: Stamp,
    progress: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Read a file of requests into the mirror; bad rows go to a rejects file beside it.

    Where that folder cannot be written to, the rejects file is in the home of the house.

    Refuses: a file that is missing, unreadable, or in no known layout.
    """
    with files.as_table(path) as table:
        layout = files.find_layout(layout_word, files.header_of(table))
        feed = _feed(feed_code or layout.feed, layout, schematic=schematic, stamp=stamp)
        run = actions.start_import(
            feed,
            layout=layout.name,
            file_name=path.name,
            digest=files.file_digest(path),
            stamp=stamp,
        )
        try:
            with (
                files.Reading(table, layout, now=stamp.at, file_name=path.name) as reading,
                _no_collector(),
            ):
                found = list(_take(reading, run, Resolver(layout), stamp, progress))
                malformed = reading.malformed()
                rejects = _placed(reading, found, malformed)
        except Exception as error:
            actions.fail_import(run, reason=str(error)[:300], stamp=stamp)
            raise
    if malformed:
        resolver = Resolver(layout)
        actions.take_batch(run, drafts=[], resolver=resolver, rejected=len(malformed), stamp=stamp)
    run = actions.finish_import(run, stamp=stamp)
    where = _write_rejects(rejects, rejects_path or path.with_name(f"{path.name}.rejects.csv"))
    return Summary(
        run_id=run.pk,
        layout=layout.name,
        read=run.rows_read,
        new=run.rows_new,
        changed=run.rows_changed,
        same=run.rows_same,
        rejected=run.rows_rejected,
        rejects_path=where,
    )


def _take(
    reading: files.Reading,
    run: ImportRun,
    resolver: Resolver,
    stamp: Stamp,
    progress: Callable[[int], None],
) -> Iterable[Reject]:
    repeated = reading.repeated_ids()
    held: dict[str, list[Draft]] = {}
    done = 0
    for batch in read_ahead(reading.batches()):
        good, bad = [], 0
        for row in batch:
            if row.problem is not None:
                bad += 1
                yield _reject(row)
            elif row.external_id in repeated:
                held.setdefault(row.external_id, []).append(row)
            else:
                good.append(row)
        actions.take_batch(run, drafts=good, resolver=resolver, rejected=bad, stamp=stamp)
        done += len(batch)
        progress(done)
    winners, losers = [], []
    for rows in held.values():
        winner = max(rows, key=lambda r: (r.edited, r.line))
        winners.append(winner)
        losers += [r for r in rows if r is not winner]
    for at in range(0, len(winners), files.BATCH):
        part = winners[at : at + files.BATCH]
        lost = len(losers) if at == 0 else 0
        actions.take_batch(run, drafts=part, resolver=resolver, rejected=lost, stamp=stamp)
    for row in losers:
        yield Reject(
            row.line,
            reading.layout.columns["external_id"],
            row.external_id,
            "stands in the file again; the last one counts",
        )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Without Python's search for cycles, which would look at every row again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _feed(code: str, layout: Layout, *, schematic: bool, stamp: Stamp) -> Feed:
    feed = Feed.objects.filter(code=code).first()
    if feed is not None:
        return feed
    return actions.add_feed(
        None, code=code, name=layout.title, zone=layout.zone, schematic=schematic, stamp=stamp
    )


def _reject(row: Draft) -> Reject:
    column, _, rest = (row.problem or "").partition(files.BETWEEN)
    value, _, reason = rest.rpartition(files.BETWEEN)
    return Reject(row.line, column, value[:200], reason)


def _placed(
    reading: files.Reading, found: list[Reject], malformed: dict[int, tuple[str, str]]
) -> list[Reject]:
    """Every reject with the line of the file it begins on, in the order of the file."""
    if not found and not malformed:
        return []
    of_row, of_record = reading.lines_of({r.line for r in found}, malformed)
    placed = [replace(r, line=of_row.get(r.line, r.line)) for r in found]
    placed += [
        Reject(of_record.get(record, record), "", text, why)
        for record, (text, why) in malformed.items()
    ]
    return sorted(placed, key=lambda r: r.line)


def _write_rejects(rejects: list[Reject], path: Path) -> Path | None:
    if not rejects:
        return None
    if not os.access(path.parent, os.W_OK):
        path = Path(settings.HOME) / path.name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "column", "value", "reason"])
        for r in rejects:
            value = f"'{r.value}" if FORMULA.match(r.value) else r.value
            writer.writerow([r.line, r.column, value, r.reason])
    return path
