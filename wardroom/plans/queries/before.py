"""What an ask waits for in its plan, as far as the agency that was asked may know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.matters.models import Ask
from wardroom.matters.policy import reach_of_asks
from wardroom.plans.models import PlanStep, StepWait

GONE = ("declined", "withdrawn")


@dataclass(frozen=True)
class StepBefore:
    """A step that has to be done first: what, by which agency, and on which day.

    ``how`` is done, promised or wanted. What else that agency said stays with it.
    """

    agency_name: str
    wording: str
    how: str
    on: date


def steps_before(ask_id: int, actor: Actor) -> tuple[StepBefore, ...]:
    """The steps that an ask waits for in the newest plan; none where the ask is out of reach."""
    seen = Ask.objects.within(reach_of_asks(actor)).filter(pk=ask_id)
    steps = PlanStep.objects.filter(ask__in=seen.values("pk")).order_by("-plan__version")
    rows = StepWait.objects.filter(step=steps.values("pk")[:1]).exclude(on__ask__state__in=GONE)
    rows = rows.select_related("on__ask__party").order_by("on__position")
    return tuple(_before(row.on.ask) for row in rows)


def _before(ask: Ask) -> StepBefore:
    how, on = "wanted", ask.due_on
    if ask.done_at is not None and ask.state == "done":
        how, on = "done", localdate(ask.done_at)
    elif ask.promised_on is not None:
        how, on = "promised", ask.promised_on
    return StepBefore(agency_name=ask.party.name, wording=ask.wording, how=how, on=on)
