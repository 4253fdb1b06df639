"""Two people decide about the same place at the same moment."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import NEXT
from tests.matters.test_same_time import race
from tests.trouble import Report, Trouble, bring_in, monthly
from wardroom.access.actor import SYSTEM
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.models import Matter
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect, keep_fresh, rank_city
from wardroom.problems.models import Candidate, Decision, Detection, PersistentLocation
from wardroom.problems.queries import latest_detection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


class Watch:
    """Each statement that was sent, and whether a transaction was open around it."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bool]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.seen.append((sql, connection.in_atomic_block))
        return execute(sql, params, many, context)

    def within(self, part: str) -> set[bool]:
        return {inside for sql, inside in self.seen if part in sql}


def assert_counts_before_it_writes(watch: Watch) -> None:
    """The requests are read while nobody waits; the candidates are stored in one change."""
    assert watch.within("coalesce(r.place_key") == {False}
    assert watch.within("r.place_key, r.address") == {False}
    assert watch.within('INSERT INTO "problems_candidate"') == {True}


def test_ranking_counts_before_it_opens_its_change(trouble: Trouble) -> None:
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=NOON + timedelta(hours=1))
    watch = Watch()
    with connection.execute_wrapper(watch):
        detect(stamp=stamp_for(SYSTEM, NOON + timedelta(hours=1)))
    assert_counts_before_it_writes(watch)


def test_ranking_after_an_import_counts_before_its_commit(trouble: Trouble) -> None:
    later = NOON + timedelta(hours=1)
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=later)
    entry = Entry.objects.filter(kind="RequestsImported").latest("pk")
    receipt = Receipt.objects.get(entry=entry, reaction="rank the places")
    watch = Watch()
    with connection.execute_wrapper(watch):
        assert deliver_receipt(receipt.pk, stamp=stamp_for(SYSTEM, later))
    assert_counts_before_it_writes(watch)
    assert Detection.objects.count() == 2


def designate(candidate: Candidate, who: Cast) -> Decision:
    return decide_candidate(
        candidate, verdict="designate", reason="Often", next_on=NEXT, stamp=who.stamp
    )


def test_place_is_designated_once(trouble: Trouble, director: Cast, liaison5: Cast) -> None:
    candidate = trouble.candidate(1)
    said = race(
        lambda: designate(candidate, director),
        lambda: designate(candidate, liaison5),
        lambda: designate(candidate, director),
    )
    assert sorted(said) == ["already_designated", "already_designated", "done"]
    assert Decision.objects.count() == Matter.objects.count() == 1


def test_place_is_designated_once_though_two_rankings_name_it(
    trouble: Trouble, director: Cast, liaison5: Cast
) -> None:
    first = trouble.candidate(1)
    later = detect(stamp=stamp_for(SYSTEM, NOON + timedelta(hours=1)))
    second = later.candidates.get(place=first.place)
    said = race(lambda: designate(first, director), lambda: designate(second, liaison5))
    assert sorted(said) == ["already_designated", "done"]
    assert PersistentLocation.objects.count() == 1


def test_two_batches_at_once_lose_nothing(trouble: Trouble) -> None:
    """Both were counted before either wrote; whatever order they write in, the fuller stands."""
    first, second, third = (NOON + timedelta(minutes=n) for n in (1, 2, 3))
    bring_in(trouble.folder, [Report(9, NOON, reporter=3)], at=first)
    assert keep_fresh(rank_city(now=first), stamp=stamp_for(SYSTEM, first)) is not None
    counted = []
    for at, place in ((second, 10), (third, 11)):
        bring_in(trouble.folder, monthly(place, months=14), at=at)
        counted.append((rank_city(now=at), stamp_for(SYSTEM, at)))
    said = race(*(partial(keep_fresh, ranked, stamp=stamp) for ranked, stamp in counted))
    assert said == ["done", "done"]
    latest = latest_detection()
    assert latest is not None
    labels = set(latest.candidates.values_list("place__label", flat=True))
    assert labels >= {"1 ALLEY STREET NE", "10 ALLEY STREET NE", "11 ALLEY STREET NE"}
    assert Detection.objects.filter(carried_into=None, kept_fresh=True).get() == latest
    assert Candidate.objects.filter(detection__carried_into__isnull=False).count() == 0
