"""One reading of one file: started, taken in batches, finished or failed.

Each batch is one commit, so that a reading which is killed can simply be run again: what
was taken is found to be the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.service_requests import facts, policy
from wardroom.service_requests.actions import rows as table
from wardroom.service_requests.actions.resolving import Resolver
from wardroom.service_requests.gateways.files import Draft
from wardroom.service_requests.models import Feed, ImportRun, StatusChange


@action(policy.may_import)
def start_import(
    feed: Feed, *, layout: str, file_name: str, digest: str, stamp: Stamp
) -> ImportRun:
    """Begin to read a file; a reading of this feed that died is marked as failed.

    Refuses: nothing. Records: `ImportStarted`, and `ImportFailed` for a dead reading.
    """
    dead = ImportRun.objects.filter(feed=feed, state=ImportRun.State.RUNNING)
    for run in dead.select_for_update():
        run.state = ImportRun.State.FAILED
        run.finished_at = stamp.at
        run.save()
        reason = "it was cut off before its end"
        record(facts.ImportFailed(**_about(run), reason=reason), stamp=stamp)
    run = ImportRun.objects.create(
        feed=feed,
        layout=layout,
        file_name=file_name[:200],
        digest=digest,
        started_at=stamp.at,
    )
    record(facts.ImportStarted(**_about(run), layout=layout), stamp=stamp)
    return run


@action(policy.may_import)
def take_batch(
    run: ImportRun,
    *,
    drafts: Sequence[Draft],
    resolver: Resolver,
    rejected: int = 0,
    stamp: Stamp,
) -> tuple[int, int, int]:
    """Keep one batch of clean rows: new ones, changed ones with their history, same ones not.

    A row that is older than what we have counts as the same: it changes nothing.
    ``rejected`` rows of the batch were set aside before. Returns new, changed and same.
    Refuses: nothing. Records: `RequestsRead`, and what was unknown in the directory.
    """
    clock = table.clock_of(resolver.layout)
    dated = any(d.edited for d in drafts)
    numbers = [d.external_id for d in drafts]
    known = table.known_rows(run.feed_id, numbers, clock=clock, dated=dated)
    new, other, alike = [], {}, []
    same = 0
    for draft in drafts:
        before = known.get(draft.external_id)
        if before is None:
            new.append(draft.taken_apart())
        elif draft.edited and draft.edited < before.edited:
            same += 1
        elif before.digest == draft.digest:
            same += 1
            if draft.edited > before.edited:
                alike.append(before._replace(edited=draft.edited))
        else:
            other[before.pk] = draft.taken_apart()
    stored = table.stored_rows(list(other), clock=clock)
    over = {pk: resolver.over(row, stored[pk]) for pk, row in other.items()}
    resolver.learn([*new, *over.values()], stamp=stamp)
    table.insert_rows(run, resolver.settle(new), clock=clock)
    settled = resolver.settle_over(list(over.values()), [stored[pk] for pk in over])
    changed = []
    for pk, after in zip(over, settled, strict=True):
        if table.values_of(after) == table.values_of(stored[pk]):
            same += 1
            alike.append(table.Known(pk, after.row.digest, after.row.edited))
        else:
            changed.append((pk, after))
    table.note_read(alike, clock=clock)
    table.change_rows(run, changed, clock=clock)
    StatusChange.objects.bulk_create(
        StatusChange(
            request_id=pk, before=stored[pk].status, after=s.status, seen_at=stamp.at, run=run
        )
        for pk, s in changed
        if s.status != stored[pk].status
    )
    run.rows_read += len(drafts) + rejected
    run.rows_new += len(new)
    run.rows_changed += len(changed)
    run.rows_same += same
    run.rows_rejected += rejected
    latest = max((d.opened_at for d in drafts), default="")
    if latest:
        at = datetime.fromisoformat(latest).replace(tzinfo=UTC)
        run.data_as_of = max(run.data_as_of or at, min(at, stamp.at))
    run.save()
    fact = facts.RequestsRead(**_about(run), new=len(new), changed=len(changed), same=same)
    record(fact, stamp=stamp)
    return len(new), len(changed), same


@action(policy.may_import)
def finish_import(run: ImportRun, *, stamp: Stamp) -> ImportRun:
    """Close a reading that came to the end of its file.

    Refuses: nothing. Records: `RequestsImported`.
    """
    run.state = ImportRun.State.DONE
    run.finished_at = stamp.at
    run.save()
    fact = facts.RequestsImported(
        **_about(run),
        read=run.rows_read,
        new=run.rows_new,
        changed=run.rows_changed,
        same=run.rows_same,
        rejected=run.rows_rejected,
    )
    record(fact, stamp=stamp)
    return run


@action(policy.may_import)
def fail_import(run: ImportRun, *, reason: str, stamp: Stamp) -> ImportRun:
    """Close a reading that could not go on; what it had taken stays.

    Refuses: nothing. Records: `ImportFailed`.
    """
    run.state = ImportRun.State.FAILED
    run.finished_at = stamp.at
    run.save()
    record(facts.ImportFailed(**_about(run), reason=reason), stamp=stamp)
    return run


def _about(run: ImportRun) -> dict[str, Any]:
    return {"run_id": run.pk, "feed_code": run.feed.code, "file_name": run.file_name}
