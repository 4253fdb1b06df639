"""What is somebody's now: their matters, their tasks, what they wait for, seats and covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from wardroom.access.actor import NOBODY, Actor
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party, Tenure
from wardroom.kernel.text import long_day
from wardroom.matters import policy, rules
from wardroom.matters.gateways import Gatherer, LiveThing, gatherers
from wardroom.matters.models import Ask, Handover, Matter, Waiting

OWN_NOUNS = frozenset(
    {
        "matter",
        "ask",
        "handover",
        "plan",
        rules.PANEL_NOUN,
        rules.KEEPER_NOUN,
        *rules.STAFFING_NOUNS,
    }
)


def live_matters(party: Party, on: date) -> tuple[LiveThing, ...]:
    """The open matters that somebody owns, with the asks that wait for an answer."""
    under_way = Count("asks", filter=Q(asks__kind=rules.REFERRAL, asks__state__in=rules.LIVE))
    rows = Matter.objects.filter(owner=party, state="open").annotate(live=under_way)
    return tuple(
        LiveThing(
            noun="matter",
            key=str(m.pk),
            title=m.title,
            ward_code=m.ward_code,
            detail=_stands(m.next_step, m.live),
            due_on=m.next_on,
            matter_id=m.pk,
            matter_kind=m.kind,
            needs="ward",
        )
        for m in rows.order_by("ward_code", "next_on", "pk")
    )


def live_tasks(party: Party, on: date) -> tuple[LiveThing, ...]:
    """The to-dos, approvals and legal deadlines on somebody's list."""
    return tuple(
        _task(ask, detail=rules.ASK_KINDS[ask.kind])
        for ask in _tasks().filter(party=party).order_by("due_on", "pk")
    )


def live_questions(party: Party, on: date) -> tuple[LiveThing, ...]:
    """What somebody asked of a colleague without a matter, whose owner would follow it up."""
    rows = _tasks().filter(asked_by=party, matter=None).exclude(party=party)
    return tuple(
        _task(ask, detail=f"{rules.ASK_KINDS[ask.kind]}, asked of {ask.party.name}")
        for ask in rows.order_by("due_on", "pk")
    )


def live_waits(party: Party, on: date) -> tuple[LiveThing, ...]:
    """Whatever else waits in somebody's list, such as mail."""
    claimed = OWN_NOUNS | {gatherer.noun for gatherer in gatherers()}
    rows = Waiting.objects.filter(party=party).exclude(noun__in=claimed).select_related("matter")
    return tuple(
        LiveThing(
            noun=row.noun,
            key=row.key,
            title=row.title,
            ward_code=row.ward_code,
            detail=rules.REASONS[row.reason],
            due_on=row.due_on,
            matter_id=row.matter.pk if row.matter else None,
            matter_kind=row.matter.kind if row.matter else "",
        )
        for row in rows.order_by("due_on", "pk")
    )


def live_seats(party: Party, on: date) -> tuple[LiveThing, ...]:
    """The seats of wards that somebody holds, not those at an agency's place on a core team."""
    rows = Tenure.objects.filter(party=party, seat__organisation__agency=False)
    rows = rows.filter(Q(until_on=None) | Q(until_on__gt=on))
    return tuple(
        LiveThing(
            noun="seat",
            key=str(row.seat.pk),
            title=f"{row.seat.title}, Ward {row.seat.ward_code}",
            ward_code=row.seat.ward_code,
            detail="New complaints of the ward come to whoever holds it",
            needs="ward",
        )
        for row in rows.exclude(seat__ward_code="").select_related("seat").order_by("pk")
    )


def live_covers(party: Party, on: date) -> tuple[LiveThing, ...]:
    """The wards that somebody looks after for a colleague, beyond today or later."""
    rows = Grant.objects.filter(user=party.user_id, cover=True, valid_until__gt=on)
    return tuple(
        LiveThing(
            noun="cover",
            key=str(row.pk),
            title=f"Cover of Ward {row.ward_code}",
            ward_code=row.ward_code,
            detail=f"Until {long_day(row.valid_until)}" if row.valid_until else "",
            due_on=row.valid_until,
            needs="liaison",
        )
        for row in rows.order_by("valid_until", "pk")
    )


def counted_matters(people: Iterable[int], on: date) -> Mapping[int, int]:
    """How many open matters each of these people owns."""
    return _by(Matter.objects.filter(state="open", owner__in=people), "owner")


def counted_tasks(people: Iterable[int], on: date) -> Mapping[int, int]:
    """How many tasks each of these people has on the list."""
    return _by(_tasks().filter(party__in=people), "party")


def counted_questions(people: Iterable[int], on: date) -> Mapping[int, int]:
    """For how many such answers each of these people waits."""
    rows = _tasks().filter(asked_by__in=people, matter=None)
    return _by(rows.exclude(party=F("asked_by")), "asked_by")


def counted_waits(people: Iterable[int], on: date) -> Mapping[int, int]:
    """How much else waits for each of these people."""
    claimed = OWN_NOUNS | {gatherer.noun for gatherer in gatherers()}
    return _by(Waiting.objects.filter(party__in=people).exclude(noun__in=claimed), "party")


def counted_nothing(people: Iterable[int], on: date) -> Mapping[int, int]:
    """Seats and covers end with the role, and count for nobody as live work."""
    return {}


def live_things(
    party: Party, *, on: date, ward_code: str = ""
) -> tuple[tuple[Gatherer, LiveThing], ...]:
    """Everything live of somebody, or of them in one ward; the caller limits who sees it."""
    found = ((g, thing) for g in gatherers() for thing in g.gather(party, on))
    return tuple(pair for pair in found if not ward_code or pair[1].ward_code == ward_code)


def left_behind(
    party: Party, afterwards: Actor, *, on: date
) -> tuple[tuple[Gatherer, LiveThing], ...]:
    """What of somebody's live work they cannot look after as who they are afterwards."""
    return tuple(
        (gatherer, thing)
        for gatherer, thing in live_things(party, on=on)
        if gatherer.blocks and not policy.may_hold(afterwards, thing.needs, thing.ward_code)
    )


def things_to_hand_over(handover: Handover, *, on: date) -> tuple[tuple[Gatherer, LiveThing], ...]:
    """What belongs on the list of a handover on a day.

    What the house began for somebody who still works here holds exactly what they left behind.
    """
    party, ward_code = handover.party, handover.ward_code
    now = actor_for(party.user, on=on) if handover.only_left else NOBODY
    if not now.roles:
        return live_things(party, on=on, ward_code=ward_code)
    left = left_behind(party, now, on=on)
    return tuple(pair for pair in left if not ward_code or pair[1].ward_code == ward_code)


def counted_things(found: Iterable[tuple[Gatherer, LiveThing]]) -> str:
    """How much of each kind there is, in words."""
    number = Counter(gatherer.kind for gatherer, _ in found)
    return rules.counted_words((number[g.kind], g.one, g.many) for g in gatherers())


def still_at_work(party: Party, afterwards: Actor, on: date) -> str:
    """What somebody could not look after any more as who they would be, in words."""
    return counted_things(left_behind(party, afterwards, on=on))


def live_counts(people: Iterable[int], *, on: date) -> Mapping[int, int]:
    """How much live work each of these people has: a statement a kind, however many they are."""
    wanted = list(people)
    total = dict.fromkeys(wanted, 0)
    for gatherer in gatherers():
        for party_id, number in gatherer.count(wanted, on).items():
            total[party_id] += number
    return total


def _tasks() -> Any:
    rows = Ask.objects.filter(kind__in=rules.TASK_KINDS, state="requested")
    rows = rows.filter(Q(matter=None) | Q(matter__state="open"))
    return rows.select_related("party", "matter")


def _task(ask: Ask, *, detail: str) -> LiveThing:
    about = f", for {ask.matter.title}" if ask.matter is not None else ""
    return LiveThing(
        noun="ask",
        key=str(ask.pk),
        title=ask.wording,
        ward_code=ask.ward_code,
        detail=f"{detail}{about}",
        due_on=ask.due_on,
        matter_id=ask.matter.pk if ask.matter else None,
        matter_kind=ask.matter.kind if ask.matter else "",
    )


def _stands(next_step: str, live: int) -> str:
    asked = rules.counted_words([(live, "ask under way", "asks under way")])
    return ". ".join(word for word in (next_step, asked) if word)


def _by(rows: Any, column: str) -> Mapping[int, int]:
    return dict(rows.order_by().values_list(column).annotate(Count("pk")))
