"""What other systems say otherwise, or may not have taken, in the list of the director.

The rows follow from the drift and from what was sent on: they record no fact of their own.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.kernel.facts import Fact
from wardroom.ledger.models import Entry
from wardroom.matters import rules
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.models import Matter
from wardroom.service_requests.facts import (
    DriftAccepted,
    DriftIgnored,
    DriftPlanned,
    NumberGiven,
    RequestsCompared,
    SubmissionGivenUp,
    SubmissionRetried,
    SubmissionUnclear,
    TakenWithoutNumber,
    TokenGiven,
)
from wardroom.service_requests.queries import drift_left_open, sending_unclear

DRIFT, SENDING = "drift", "submission"
SETTLED = (DriftAccepted, DriftIgnored, DriftPlanned)
SENT = (SubmissionUnclear, SubmissionRetried, NumberGiven, TokenGiven, TakenWithoutNumber,
        SubmissionGivenUp)  # fmt: skip


def keep_systems_waiting(entry: Entry, fact: Fact) -> None:
    """Keep what waits because of other systems; hears of every line.

    One row counts all drift that nobody has looked at; each sending of which nobody knows
    whether it arrived has its own.
    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    if isinstance(fact, SETTLED) or (isinstance(fact, RequestsCompared) and fact.found + fact.gone):
        _keep_drift(entry.at)
    elif isinstance(fact, SENT):
        _keep_sending(fact.submission_id, entry.at)


def _keep_drift(at: datetime) -> None:
    """It counts what its reader sees in the list that it leads to, no more."""
    director = _director(at)
    seen = actor_for(director.user, on=localdate(at)) if director is not None else None
    number, since = drift_left_open(seen) if seen is not None else (0, None)
    wait_for(
        DRIFT,
        "all",
        rules.drift_waits(localdate(since)) if since is not None else None,
        party=director,
        title=f"{number:,} {'thing' if number == 1 else 'things'} to look at",
        stamp=_stamp(at),
    )


def _keep_sending(submission_id: int, at: datetime) -> None:
    found = sending_unclear(submission_id)
    matter = Matter.objects.select_related("place").filter(pk=found.matter_id if found else 0)
    about = matter.first()
    wait_for(
        SENDING,
        str(submission_id),
        rules.sending_waits(localdate(found.first_sent_at or at)) if found else None,
        party=_director(at) if found else None,
        title=f"{found.service_name}, to {found.endpoint_name}" if found else "",
        matter=about,
        ward_code=found.ward_code if found else "",
        place_label=about.place.label if about is not None and about.place else "",
        stamp=_stamp(at),
    )


def _director(at: datetime) -> Party | None:
    return next(iter(get_directors(on=localdate(at))), None)


def _stamp(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.WORKER)
