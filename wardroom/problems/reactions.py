"""What follows from an import: the places are ranked again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wardroom.access.actor import Stamp
from wardroom.ledger.models import Entry
from wardroom.problems.actions import keep_ranking
from wardroom.problems.gateways import rank_city
from wardroom.problems.models import Detection
from wardroom.service_requests.facts import RequestsImported, RequestsPlaced
from wardroom.service_requests.queries import data_as_of


def detect_after_import(
    fact: RequestsImported | RequestsPlaced, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Rank the places again, unless a ranking already took this import in.

    Counts first, and gives back what keeps the ranking, for the commit.
    """
    imported_at = Entry.objects.values_list("at", flat=True).get(pk=entry_id)
    later = Detection.objects.filter(ran_at__gte=imported_at)
    if later.filter(data_as_of__gte=data_as_of() or imported_at).exists():
        return None
    return partial(keep_ranking, None, ranked=rank_city(now=stamp.at), stamp=stamp)


def detect_after_placing(
    fact: RequestsPlaced, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Rank the places again once the last request that had no ward has found one."""
    if not (fact.last and fact.placed and fact.district_kind == "ward"):
        return None
    return detect_after_import(fact, entry_id=entry_id, stamp=stamp)
