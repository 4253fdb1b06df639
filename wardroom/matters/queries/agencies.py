"""How an agency answers: its asks by state, and whether it kept its first promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from wardroom.access.actor import Actor
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask


@dataclass(frozen=True)
class StateCount:
    """How many asks are in one state."""

    state: str
    count: int


@dataclass(frozen=True)
class AgencyAsks:
    """The asks to one agency within reach.

    ``kept`` and ``missed`` are first promises whose day is over or that were done before it;
    ``late`` are asks that lie with the agency past their day.
    """

    states: tuple[StateCount, ...]
    total: int
    late: int
    kept: int
    missed: int


def agency_asks(party_id: int, actor: Actor, *, on: date) -> AgencyAsks:
    """How the asks to an agency stand, as far as the actor sees them; ``on`` is today."""
    rows = Ask.objects.filter(kind=rules.REFERRAL, party_id=party_id)
    rows = rows.within(policy.reach_of_asks(actor))
    by_state = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    with_agency = Q(state__in=rules.WITH_AGENCY)
    kept = Q(done_at__date__lte=F("first_promised_on"))
    over = Q(first_promised_on__lt=on) & ~Q(state="withdrawn")
    counted = rows.aggregate(
        late=Count("pk", filter=with_agency & _expected_before(on)),
        kept=Count("pk", filter=kept),
        over=Count("pk", filter=over | kept),
    )
    return AgencyAsks(
        states=tuple(StateCount(s, by_state[s]) for s in rules.ASK_MOVES if s in by_state),
        total=sum(by_state.values()),
        late=counted["late"],
        kept=counted["kept"],
        missed=counted["over"] - counted["kept"],
    )


def _expected_before(on: date) -> Q:
    return Q(promised_on__lt=on) | Q(promised_on=None, due_on__lt=on)
