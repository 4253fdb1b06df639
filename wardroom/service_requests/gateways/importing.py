"""Taking a file into the mirror, from its first byte to its summary."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.db import connection

from wardroom.access.actor import Stamp
from wardroom.service_requests import actions
from wardroom.service_requests.actions.resolving import Resolver
from wardroom.service_requests.gateways import files
from wardroom.service_requests.gateways.ahead import read_ahead
from wardroom.service_requests.gateways.files import Draft
from wardroom.service_requests.gateways.rejects import Reject, Spill, write_rejects
from wardroom.service_requests.models import Feed, ImportRun
from wardroom.service_requests.rules import Layout

SQLITE_CACHE_KB = 16_384
AGAIN = "stands in the file again; the last one counts"


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
                Spill() as spill,
                _no_collector(),
                _small_cache(),
            ):
                take_rows(reading, run, Resolver(layout), spill, stamp, progress)
                count_malformed(reading, run, layout, stamp)
                where = write_rejects(
                    reading.rejects(iter(spill)),
                    rejects_path or path.with_name(f"{path.name}.rejects.csv"),
                )
        except Exception as error:
            actions.fail_import(run, reason=str(error)[:300], stamp=stamp)
            raise
    run = actions.finish_import(run, stamp=stamp)
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


def take_rows(
    reading: files.Reading,
    run: ImportRun,
    resolver: Resolver,
    spill: Spill,
    stamp: Stamp,
    progress: Callable[[int], None],
) -> None:
    """Keep the good rows batch by batch; set aside the bad ones and those that stand again."""
    superseded = reading.superseded()
    number = reading.layout.columns["external_id"]
    done = 0
    for batch in read_ahead(reading.batches()):
        ends = np.searchsorted(superseded, [batch[0].line, batch[-1].line + 1])
        beaten = set(superseded[slice(*ends)].tolist())
        good = []
        for row in batch:
            if row.problem is not None:
                spill.add(_reject(row))
            elif row.line in beaten:
                spill.add(Reject(row.line, number, row.external_id, AGAIN))
            else:
                good.append(row)
        bad = len(batch) - len(good)
        actions.take_batch(run, drafts=good, resolver=resolver, rejected=bad, stamp=stamp)
        done += len(batch)
        progress(done)


def count_malformed(reading: files.Reading, run: ImportRun, layout: Layout, stamp: Stamp) -> None:
    """Count the lines that were no rows at all among the rejected ones."""
    count = reading.malformed_count()
    if count:
        resolver = Resolver(layout)
        actions.take_batch(run, drafts=[], resolver=resolver, rejected=count, stamp=stamp)


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


@contextmanager
def _small_cache() -> Iterator[None]:
    """With less of SQLite's file in memory, of which a reader of a long file has little."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size=-{SQLITE_CACHE_KB}")
    try:
        yield
    finally:
        # A new one: where the connection broke off meanwhile, what is told is what broke it.
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size={int(usual)}")


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
