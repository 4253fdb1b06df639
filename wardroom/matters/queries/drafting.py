"""What helps to compose asks: what was asked at this place before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask, Matter

MOST_DRAFTS = 3


@dataclass(frozen=True)
class AskedBefore:
    """What was asked the last time at a place: the matter, the day, and agency and words."""

    matter_id: int
    on: date
    asks: tuple[tuple[str, str], ...]


def asked_before(matter: Matter, actor: Actor) -> AskedBefore | None:
    """The asks of the newest other matter at the same place within reach; none without any."""
    if matter.place_id is None:
        return None
    rows = Ask.objects.filter(kind=rules.REFERRAL, matter__place_id=matter.place_id)
    rows = rows.within(policy.reach_of_asks(actor)).exclude(matter_id=matter.pk)
    newest = list(rows.exclude(state="withdrawn").order_by("-matter_id", "id")[:20])
    if not newest:
        return None
    same = [ask for ask in newest if ask.matter_id == newest[0].matter_id]
    asks = tuple(dict.fromkeys((ask.agency_code, ask.wording) for ask in same))
    number = newest[0].matter_id
    assert number is not None
    return AskedBefore(number, localdate(same[0].proposed_at), asks[:MOST_DRAFTS])
