"""What follows from an import: the places are ranked again at once, all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from wardroom.access.actor import Stamp
from wardroom.ledger.models import Entry
from wardroom.problems.actions import Counted, keep_preview
from wardroom.problems.facts import PreviewWanted
from wardroom.problems.gateways import keep_fresh, rank_city
from wardroom.problems.models import Detection, EvaluationPreview
from wardroom.problems.rules.evaluations import EvaluationDraft
from wardroom.service_requests.facts import RequestsImported, RequestsPlaced
from wardroom.service_requests.queries import data_as_of


def detect_after_import(
    fact: RequestsImported | RequestsPlaced, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Rank the places again, unless a ranking already took this import in.

    An import bears the time of its beginning, so one that ran beside it may lack its rows.
    Counts first, and gives back what keeps the ranking, for the commit.
    """
    from wardroom.service_requests.gateways.snapshot import rows_taken_in

    imported_at = Entry.objects.values_list("at", flat=True).get(pk=entry_id)
    later = Detection.objects.filter(ran_at__gte=imported_at, rows_taken_in__gte=rows_taken_in())
    if later.filter(data_as_of__gte=data_as_of() or imported_at).exists():
        return None
    return partial(keep_fresh, rank_city(now=stamp.at), stamp=stamp)


def detect_after_placing(
    fact: RequestsPlaced, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Rank the places again once the last request that had no ward has found one."""
    if not (fact.last and fact.placed and fact.district_kind == "ward"):
        return None
    return detect_after_import(fact, entry_id=entry_id, stamp=stamp)


def count_preview(
    fact: PreviewWanted, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Count what an evaluation would take, unless somebody wants another one by now.

    Counts first, and gives back what keeps it, for the commit.
    """
    preview = EvaluationPreview.objects.get(pk=fact.preview_id)
    asked_at = Entry.objects.values_list("at", flat=True).get(pk=entry_id)
    if preview.counted_at is not None or preview.asked_at != asked_at:
        return None
    from wardroom.problems.gateways.foreseeing import count_ahead

    counted = count_ahead(EvaluationDraft.from_plain(preview.wanted), now=stamp.at)
    return partial(_keep_if_wanted, preview.pk, asked_at, counted, stamp)


def _keep_if_wanted(preview_id: int, asked_at: datetime, counted: Counted, stamp: Stamp) -> None:
    still = EvaluationPreview.objects.select_for_update().get(pk=preview_id)
    if still.asked_at == asked_at:
        keep_preview(still, counted=counted, stamp=stamp)
