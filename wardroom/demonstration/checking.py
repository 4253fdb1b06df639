"""The demonstration's spot checks: one round that is over, one walked, with a dispute open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain, repeat

from django.utils.timezone import localdate

from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.fieldwork.actions import dispute_finding, end_round, record_spot_check
from wardroom.fieldwork.gateways.drawing import draw_wanted
from wardroom.fieldwork.models import CheckRound, SpotCheck, Stop
from wardroom.fieldwork.rules import REQUESTS, Wanted

DIRECTOR = "director@wardroom.example"
TITLE, LOT_TITLE = "What the city closed last month", "Is DPW's work accepted?"
CHECKS = 40
SEEN = (
    ("fixed", 1, ""),
    ("fixed", None, ""),
    ("fixed", 1, "Clean, and the lid is new"),
    ("not_fixed", 3, "Nobody was here; the pile has grown"),
    *(("fixed", None, "") for _ in range(9)),
    ("partly", 2, "The sofa is gone, the bags are not"),
    *(("fixed", 1, "") for _ in range(11)),
    ("cannot_determine", None, "Behind a locked gate"),
    ("fixed", None, ""),
    ("not_fixed", 2, "As it was reported"),
)
USUAL = ("fixed", None, "")
LOOKED_SO_FAR = 7
DISPUTED = "The crew was there on the day it was closed. What you saw was put out afterwards."


def show_spot_checks(plan: Plan) -> int:
    """Draw two rounds, walk one to its end and the other a little; how many there are."""
    if not CheckRound.objects.exists():
        _walk_to_the_end(plan)
        _begin_to_walk(plan)
    return CheckRound.objects.count()


def _walk_to_the_end(plan: Plan) -> None:
    at = plan.now - timedelta(days=21)
    until = localdate(at) - timedelta(days=1)
    wanted = Wanted(TITLE, REQUESTS, until - timedelta(days=30), until, checks=CHECKS)
    row = draw_wanted(wanted, stamp=stamp_of(DIRECTOR, at))
    _look(plan, _stops(row), days_ago=18)
    end_round(row, stamp=stamp_of(DIRECTOR, plan.now - timedelta(days=15)))


def _begin_to_walk(plan: Plan) -> None:
    at = plan.now - timedelta(days=2)
    until = localdate(at) - timedelta(days=1)
    wanted = Wanted(
        LOT_TITLE, REQUESTS, until - timedelta(days=21), until, agency="DPW", lot="10-30"
    )
    row = draw_wanted(wanted, stamp=stamp_of(DIRECTOR, at))
    _look(plan, _stops(row)[-LOOKED_SO_FAR:], days_ago=1)
    _dispute(plan, row)


def _dispute(plan: Plan, row: CheckRound) -> None:
    """The agency disputes the first finding that is against it; nobody has settled it yet."""
    bad = SpotCheck.objects.filter(stop__round=row, finding="not_fixed", stands=True)
    check = bad.select_related("stop__round", "stop__ask").order_by("pk").first()
    if check is not None:
        stamp = stamp_of("partner.dpw@wardroom.example", plan.now - timedelta(hours=3))
        dispute_finding(check, wording=DISPUTED, stamp=stamp)


def _stops(row: CheckRound) -> Sequence[Stop]:
    rows = Stop.objects.filter(round=row).select_related("round", "ask")
    return list(rows.order_by("walk", "position"))


def _look(plan: Plan, stops: Sequence[Stop], *, days_ago: int) -> None:
    """Each ward's liaison walks and records, a few minutes a stop."""
    seen: Iterator[tuple[str, int | None, str]] = chain(SEEN, repeat(USUAL))
    for stop, (finding, rating, note) in zip(stops, seen, strict=False):
        at = plan.now - timedelta(days=days_ago) + timedelta(minutes=4 * stop.position)
        stamp = stamp_of(f"liaison{stop.ward_code}@wardroom.example", at)
        record_spot_check(stop, finding=finding, rating=rating, note=note, stamp=stamp)
