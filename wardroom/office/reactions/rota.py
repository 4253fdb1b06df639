"""A worker looks for a rota, keeps the gaps in the lists, and frees the shifts of who left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.analysis.rota import propose
from wardroom.calendar.facts import ShiftCleared, ShiftGiven, ShiftsPlaced
from wardroom.directory.facts import CoverCalledOff, GrantEnded, SignInClosed, WardCovered
from wardroom.ledger.models import Entry
from wardroom.office.actions import keep_gaps, keep_proposal
from wardroom.office.facts import ProposalWanted, WishFact
from wardroom.office.gateways import free_shifts_of_leavers
from wardroom.office.models import Rota
from wardroom.office.queries.gaps import gaps_have_changed
from wardroom.office.queries.proposing import Answer, answer_of, problem_of
from wardroom.office.rules.rota import DRAFT, WANTED

SECONDS = 30.0
NOBODY_HERE = "Nobody is a liaison or staff in these weeks."


def propose_rota(
    fact: ProposalWanted, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Look for the fairest rota, unless the draft changed hands meanwhile.

    Counts first, and gives back what keeps the answer, for the commit.
    """
    rota = Rota.objects.get(pk=fact.rota_id)
    asked_at = Entry.objects.values_list("at", flat=True).get(pk=entry_id)
    if rota.state != DRAFT or rota.sought != WANTED or rota.sought_at != asked_at:
        return None
    problem = problem_of(rota, with_gaps=fact.with_gaps)
    if not problem.people:
        answer = Answer(conflict=(NOBODY_HERE,))
    else:
        try:
            answer = answer_of(rota, propose(problem, seconds=SECONDS, seed=rota.pk))
        except TimeoutError:
            answer = Answer(failed=True)
    return partial(_keep_if_wanted, rota.pk, asked_at, answer, stamp)


def note_gaps(
    fact: ShiftsPlaced | ShiftGiven | ShiftCleared | WishFact | WardCovered | CoverCalledOff,
    *,
    entry_id: int,
    stamp: Stamp,
) -> None:
    """Keep the gaps of the next 30 days in the lists of those who can fill them.

    Leave and covers count, too: a ward can be left without anybody.
    """
    if gaps_have_changed(on=localdate(stamp.at)):
        keep_gaps(None, stamp=stamp)


def free_shifts(fact: SignInClosed | GrantEnded, *, entry_id: int, stamp: Stamp) -> None:
    """Make gaps of the shifts of somebody who can be on duty no more."""
    free_shifts_of_leavers(stamp=stamp)


def _keep_if_wanted(rota_id: int, asked_at: datetime, answer: Answer, stamp: Stamp) -> None:
    still = Rota.objects.select_for_update().get(pk=rota_id)
    if still.state == DRAFT and still.sought == WANTED and still.sought_at == asked_at:
        keep_proposal(still, answer=answer, stamp=stamp)
