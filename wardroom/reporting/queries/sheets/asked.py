"""The asks of a matter as a sheet tells them, with what others saw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wardroom.access.actor import Actor
from wardroom.matters.models import Ask
from wardroom.matters.policy import reach_of_asks
from wardroom.matters.queries import DoneAsk, seen_by_others
from wardroom.matters.rules import REFERRAL
from wardroom.reporting.rules.sheets import AskNow

FOUND = {
    "clean": "clean",
    "partly": "partly done",
    "not_fixed": "not done",
    "worse": "worse than before",
    "cannot_determine": "nobody could tell",
}


def asks_told(matter_id: int, actor: Actor) -> tuple[AskNow, ...]:
    """The referrals of a matter within reach that stand, the soonest expected first."""
    rows = Ask.objects.within(reach_of_asks(actor)).filter(kind=REFERRAL, matter=matter_id)
    told = asks_now(rows.exclude(state__in=["proposed", "withdrawn"]))
    return tuple(sorted(told, key=lambda ask: ask.expected_on))


def all_asks_told(matter_id: int, actor: Actor) -> tuple[AskNow, ...]:
    """Each ask, to-do, approval and legal clock of a matter within reach, the soonest first."""
    rows = Ask.objects.within(reach_of_asks(actor)).filter(matter=matter_id)
    told = asks_now(rows.exclude(state="withdrawn"))
    return tuple(sorted(told, key=lambda ask: ask.expected_on))


def asks_now(rows: Any) -> tuple[AskNow, ...]:
    """Asks as they stand, in the order of their numbers."""
    asks = list(rows.select_related("party").order_by("pk"))
    seen = _seen(asks)
    return tuple(
        AskNow(
            agency=ask.party.code or ask.party.name,
            wording=ask.wording,
            state=ask.state,
            due_on=ask.due_on,
            promised_on=ask.promised_on,
            counter_on=ask.counter_on,
            seen=seen.get(ask.pk, ""),
            kind=ask.kind,
            first_promised_on=ask.first_promised_on,
            matter_id=ask.matter_id,
            paused=ask.clock_is_paused,
        )
        for ask in asks
    )


def _seen(asks: Iterable[Ask]) -> dict[int, str]:
    done = [
        DoneAsk(ask.pk, ask.matter_id, ask.done_at, ask.asked_by_id, ask.party_id)
        for ask in asks
        if ask.state == "done" and ask.done_at is not None and ask.matter_id is not None
    ]
    return {pk: FOUND[looks[-1].finding] for pk, looks in seen_by_others(done).items()}
