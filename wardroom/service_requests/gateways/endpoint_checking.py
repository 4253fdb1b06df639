"""Holding mirrored requests of an endpoint to what it says of them now: the nightly check.

Those that are still open come first to mind, and those that matters of ours hang on; so the
check asks by number, which every server has to understand, however old a request is.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from wardroom.access.actor import Stamp
from wardroom.service_requests import actions
from wardroom.service_requests.gateways.asking import (
    Line,
    NotUnderstood,
    Unanswered,
    numbered,
)
from wardroom.service_requests.gateways.endpoint_reading import is_being_read
from wardroom.service_requests.gateways.taking import take_told
from wardroom.service_requests.models import Drift, Endpoint, ServiceRequest
from wardroom.service_requests.rules.drift import VANISHED, too_many_vanished
from wardroom.service_requests.rules.layouts import LIVE
from wardroom.service_requests.rules.told import Told

AT_ONCE, MOST, MOST_ALONE = 50, 3_000, 400
SECONDS = 900.0
TOO_MANY = "So much is gone at once that the other side may be broken: nothing was marked."


@dataclass
class _Seen:
    """What came of a check so far."""

    told: dict[str, Told] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    alone: int = 0


def check_endpoint_requests(
    endpoint: Endpoint, *, tied: Collection[int], stamp: Stamp, seconds: float = SECONDS
) -> int:
    """Ask an endpoint for the requests that we mirror and count on; returns how many vanished.

    ``tied`` are the requests that matters of ours hang on: they are asked for every night, the
    open ones in turn. Changes go into the mirror; what is gone is marked, never deleted.
    """
    if endpoint.feed is None or is_being_read(endpoint.feed, stamp=stamp):
        return 0
    wanted, after_id = _wanted(endpoint, tied)
    seen, problem = _Seen(), ""
    try:
        _ask(Line(endpoint), list(wanted), seen, ends=time.monotonic() + seconds)
    except Unanswered as no:
        problem, after_id = no.sentence, endpoint.check_after_id
    take_told(endpoint, seen.told.values(), name=f"{endpoint.code} nightly check", stamp=stamp)
    back = [wanted[number] for number in seen.told if number in wanted]
    gone = [wanted[number] for number in seen.missing]
    checked = len(seen.told) + len(gone)
    if too_many_vanished(len(gone), checked):
        problem, gone = TOO_MANY, []
    if gone or Drift.objects.filter(kind=VANISHED, state="open", request__among=back).exists():
        actions.note_vanished(endpoint, request_ids=gone, back=back, stamp=stamp)
    actions.note_endpoint_checked(
        endpoint,
        checked=checked,
        vanished=len(gone),
        after_id=after_id,
        problem=problem,
        stamp=stamp,
    )
    return len(gone)


def _wanted(endpoint: Endpoint, tied: Collection[int]) -> tuple[dict[str, int], int]:
    """The numbers to ask for, and where to go on next night."""
    rows = ServiceRequest.objects.filter(feed=endpoint.feed)
    held = rows.filter(pk__among=list(tied)).order_by("pk").values_list("external_id", "pk")
    live = rows.filter(status__in=sorted(LIVE), pk__gt=endpoint.check_after_id).order_by("pk")
    turn = list(live.values_list("external_id", "pk")[:MOST])
    after_id = turn[-1][1] if len(turn) == MOST else 0
    return {**dict(held[:MOST]), **dict(turn)}, after_id


def _ask(line: Line, numbers: Sequence[str], seen: _Seen, *, ends: float) -> None:
    """Ask in portions; where a server does not know lists of numbers, one by one."""
    by_list = True
    for portion in numbered(numbers, AT_ONCE):
        found: dict[str, Told] = {}
        if by_list:
            try:
                found = line.several(portion)
            except NotUnderstood:
                by_list = False
        seen.told.update(found)
        for number in portion:
            if number in found:
                continue
            if seen.alone >= MOST_ALONE or time.monotonic() >= ends:
                return
            _ask_alone(line, number, seen)


def _ask_alone(line: Line, number: str, seen: _Seen) -> None:
    seen.alone += 1
    one = line.one(number)
    if one is None:
        seen.missing.append(number)
    else:
        seen.told[number] = one
