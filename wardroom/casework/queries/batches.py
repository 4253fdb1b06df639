"""Changes to many issues at once: the list of them, and one with its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from wardroom.access.actor import Actor
from wardroom.casework import policy, rules
from wardroom.casework.models import Batch, BatchItem
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Change
from wardroom.kernel.paging import page_at

PAGE_ROWS = 25
ITEM_ROWS = 50
ONLY_TRIED = ("trying", "tried")


@dataclass(frozen=True)
class BatchRow:
    """One change to many issues, as the list shows it."""

    id: int
    label: str
    said: str
    state: str
    made_at: datetime
    made_by: str
    rows: int
    done: int


@dataclass(frozen=True)
class BatchPage:
    """A page of batches, the newest first."""

    rows: tuple[BatchRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class ItemRow:
    """One issue of a batch: what changes, who is written to, and what became of it."""

    matter_id: int
    title: str
    state: str
    why: str
    changes: tuple[Change, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True)
class BatchFile:
    """One batch with a page of its rows; what is out of reach is not counted either."""

    id: int
    label: str
    said: str
    state: str
    digest: str
    made_at: datetime
    made_by: str
    done_at: datetime | None
    undone_at: datetime | None
    counts: Mapping[str, int]
    letters: int
    items: tuple[ItemRow, ...]
    shown: int
    page: int
    pages: int
    allowed: frozenset[str]

    @property
    def total(self) -> int:
        """All rows within reach."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """The rows that are still to be worked on now."""
        return self.counts.get(rules.WORK_LEFT.get(self.state, ""), 0)


def batch_page(actor: Actor, *, shown: str = "all", page: int = 1) -> BatchPage:
    """The batches within reach, the newest first: ``done``, ``never`` done, or all."""
    rows = Batch.objects.within(policy.reach_of_batches(actor))
    if shown == "never":
        rows = rows.filter(state__in=ONLY_TRIED)
    elif shown == "done":
        rows = rows.exclude(state__in=ONLY_TRIED)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = list(rows.order_by("-id")[on_page])
    seen = BatchItem.objects.within(policy.reach(actor)).filter(batch__in=[b.pk for b in chosen])
    done = Count("pk", filter=Q(state="done"))
    counted = seen.values("batch_id").annotate(n=Count("pk"), done=done).order_by()
    counts = {row["batch_id"]: (row["n"], row["done"]) for row in counted}
    return BatchPage(
        rows=tuple(_row(batch, counts.get(batch.pk, (0, 0))) for batch in chosen),
        total=total,
        page=page,
        pages=pages,
    )


def batch_file(batch_id: int, actor: Actor, *, state: str = "", page: int = 1) -> BatchFile:
    """One batch with a page of its rows; `NotFound` where it is out of reach."""
    batch = get_batch(batch_id, actor)
    seen = BatchItem.objects.within(policy.reach(actor)).filter(batch=batch)
    counted = seen.values("state").annotate(n=Count("pk")).order_by()
    counts = {row["state"]: row["n"] for row in counted}
    written = seen.filter(state__in=["ready", "done"]).values_list("letters", flat=True)
    shown = counts.get(state, 0) if state else sum(counts.values())
    page, pages, on_page = page_at(shown, page, ITEM_ROWS)
    rows = seen.filter(state=state) if state else seen
    items = rows.select_related("matter").order_by("matter_id")[on_page]
    return BatchFile(
        id=batch.pk,
        label=rules.BATCH_VERBS[batch.verb].label,
        said=batch.said,
        state=batch.state,
        digest=batch.digest,
        made_at=batch.made_at,
        made_by=batch.made_by_name,
        done_at=batch.done_at,
        undone_at=batch.undone_at,
        counts=counts,
        letters=sum(len(names) for names in written),
        items=tuple(_item(item) for item in items),
        shown=shown,
        page=page,
        pages=pages,
        allowed=_allowed(batch, counts, actor),
    )


def get_batch(batch_id: int, actor: Actor) -> Batch:
    """One batch, to act on it; `NotFound` where it is out of reach."""
    rows = Batch.objects.within(policy.reach_of_batches(actor))
    batch: Batch | None = rows.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(f"no batch {batch_id}")
    return batch


def _allowed(batch: Batch, counts: Mapping[str, int], actor: Actor) -> frozenset[str]:
    if not policy.may_run_batch(actor, batch):
        return frozenset()
    if batch.state in rules.WORK_LEFT:
        return frozenset({"go_on_with_batch"})
    if batch.state == "tried" and counts.get("ready"):
        return frozenset({"begin_batch"})
    if batch.state == "done" and counts.get("done"):
        return frozenset({"undo_batch"})
    return frozenset()


def _row(batch: Batch, counts: tuple[int, int]) -> BatchRow:
    return BatchRow(
        id=batch.pk,
        label=rules.BATCH_VERBS[batch.verb].label,
        said=batch.said,
        state=batch.state,
        made_at=batch.made_at,
        made_by=batch.made_by_name,
        rows=counts[0],
        done=counts[1],
    )


def _item(item: BatchItem) -> ItemRow:
    return ItemRow(
        matter_id=item.matter_id,
        title=item.matter.title,
        state=item.state,
        why=item.why,
        changes=tuple(Change(**change) for change in item.changes),
        letters=tuple(item.letters),
    )
