"""The ladder of one ask: what was done about its silence, and what is next and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.ledger.models import Entry
from wardroom.matters import facts, rules
from wardroom.matters.models import Ask
from wardroom.matters.queries.clocks import LADDER_SPAN, ladder_days, working_calendar


@dataclass(frozen=True)
class LadderStep:
    """One step: done on a day, next on a day, or later on the day on which it would be due."""

    number: int
    label: str
    state: str
    on: date


@dataclass(frozen=True)
class LadderView:
    """The steps in order, and since when the agency is silent; no steps where it owes nothing."""

    since: date | None
    broken: bool
    steps: tuple[LadderStep, ...]


NO_LADDER = LadderView(None, broken=False, steps=())


def ladder_of(ask: Ask) -> LadderView:
    """How far the silence of a referral has climbed; the caller has asked who may see it."""
    asked_on = localdate(ask.asked_at) if ask.asked_at else None
    since = rules.silent_since(ask.state, asked_on=asked_on, promised_on=ask.promised_on)
    if since is None:
        return NO_LADDER
    done = _done(ask) if ask.rung else {}
    calendar = working_calendar(since, since + LADDER_SPAN)
    days = ladder_days(since)
    steps = []
    for rung in rules.LADDER:
        on = rules.rung_on(rung, since, calendar=calendar, days=days)
        state = "later"
        if rung.number <= ask.rung:
            state, on = "done", done.get(rung.number, on)
        elif rung.number == ask.rung + 1:
            state, on = "next", ask.rung_on or on
        steps.append(LadderStep(rung.number, rung.label, state, on))
    return LadderView(since, broken=ask.state == "accepted", steps=tuple(steps))


def _done(ask: Ask) -> dict[int, date]:
    """On which day each step was taken last, as the ledger has it."""
    kinds = {kind.__name__: rules.LADDER[n].number for n, kind in enumerate(facts.RUNGS.values())}
    lines = Entry.objects.filter(
        kind__in=kinds, about__noun="ask", about__key=str(ask.pk)
    ).order_by("pk")
    return {kinds[kind]: localdate(at) for kind, at in lines.values_list("kind", "at")}
