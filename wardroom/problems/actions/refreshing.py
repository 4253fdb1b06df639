"""Taking new requests into the ranking of the day, so that only what changed is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.problems import facts, policy
from wardroom.problems.actions.detecting import (
    Ranked,
    candidates_of,
    detection_of,
    keep_rates,
    told_of,
)
from wardroom.problems.models import Candidate, Decision, Detection

STAYS = ("id", "detection_id", "place_id")
KEPT = tuple(f for f in Candidate._meta.concrete_fields if f.attname not in STAYS)
LONG = tuple(f.attname for f in KEPT if isinstance(f, models.JSONField))
SHORT = tuple(f.attname for f in KEPT if f.attname not in LONG)


@action(policy.may_detect)
def refresh_ranking(detection: Detection, *, ranked: Ranked, stamp: Stamp) -> Detection:
    """Take what came in since into the ranking of the day.

    A candidate stays the same row, under the same address, with its numbers of now; one that
    somebody decided about keeps those that were decided by, and a new row goes on. One that is
    on no list any more stays behind with the ranking that had it.
    Refuses: nothing. Records: `RankingKeptFresh`.
    """
    fresh = detection_of(ranked, stamp=stamp, kept_fresh=True)
    rows = Candidate.objects.filter(detection=detection).select_related("place")
    rows = rows.order_by("pk").select_for_update(of=("self",))
    there = {candidate.place_id: candidate for candidate in rows}
    decided = _decided(there.values())
    rates = keep_rates(
        fresh, ranked, of=detection, but=_read_still(there.values(), decided, ranked)
    )
    found = candidates_of(fresh, ranked, rates, stamp=stamp)
    pairs = [(there[f.place_id], f) for f in found if f.place_id in there]
    differ = [(old, new) for old, new in pairs if _changed(old, new, (*SHORT, *LONG))]
    left = [(old, new) for old, new in differ if old.pk in decided]
    over = [(old, new) for old, new in differ if old.pk not in decided]
    moves = {old.pk for old, _ in pairs} - {old.pk for old, _ in left}
    _write_short([(old.pk, new) for old, new in over if _changed(old, new, SHORT)])
    _write_long([(old, new) for old, new in over if _changed(old, new, LONG)])
    stays = [c.pk for c in there.values() if c.pk not in moves]
    Candidate.objects.filter(detection=detection).exclude(pk__in=stays).update(detection=fresh)
    new = [f for f in found if f.place_id not in there] + [new for _, new in left]
    Candidate.objects.bulk_create(new, batch_size=500)
    detection.carried_into = fresh
    detection.save(update_fields=["carried_into"])
    changed = len(new) + sum(_changed(old, new, LONG) for old, new in over)
    fact = facts.RankingKeptFresh(**told_of(fresh, ranked), changed=changed)
    record(fact, stamp=stamp)
    return fresh


def _decided(rows: Iterable[Candidate]) -> set[int]:
    made = Decision.objects.filter(candidate__in=[row.pk for row in rows])
    return set(made.values_list("candidate_id", flat=True))


def _read_still(rows: Iterable[Candidate], decided: set[int], ranked: Ranked) -> set[int]:
    """The rates that go on standing beside candidates which stay behind as they were."""
    listed = {found.draft.key for found in ranked.found}
    behind = [row for row in rows if row.pk in decided or row.place.key not in listed]
    return {row.rate_id for row in behind if row.rate_id is not None}


def _changed(old: Candidate, new: Candidate, names: Sequence[str]) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _write_short(rows: Sequence[tuple[int, Candidate]]) -> None:
    """Numbers move a little at every place when one report comes in; one statement for all."""
    if not rows:
        return
    fields = [Candidate._meta.get_field(name) for name in SHORT]
    columns = [str(field.column) for field in fields]  # type: ignore[union-attr]
    quoted = [connection.ops.quote_name(column) for column in columns]
    table = connection.ops.quote_name(Candidate._meta.db_table)
    sets = ", ".join(f"{column} = %s" for column in quoted)
    values: list[tuple[Any, ...]] = [
        (*(getattr(new, name) for name in SHORT), pk) for pk, new in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", values)  # noqa: S608


def _write_long(rows: Sequence[tuple[Candidate, Candidate]]) -> None:
    for old, new in rows:
        for name in LONG:
            setattr(old, name, getattr(new, name))
        old.save(update_fields=LONG)
