"""How each kind of live thing becomes a successor's, in the commit in which it is accepted."""

from __future__ import annotations

from dataclasses import replace

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Role, Stamp
from wardroom.access.gate import action, hold
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.directory.actions import call_off_cover, cover_ward, end_grant, hold_seat
from wardroom.directory.models import Party, Seat
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.keeping import hand_over_matter
from wardroom.matters.actions.tasks import give_task, task_words
from wardroom.matters.gateways import Gatherer
from wardroom.matters.models import Ask, Matter, Waiting
from wardroom.matters.queries import live


@action(policy.may_give_task)
def take_over_asking(ask: Ask, *, asker: Party, stamp: Stamp) -> Ask:
    """Be the one who waits for what a colleague, who leaves, had asked for.

    Refuses: what was answered; whoever asked for it already. Records: `AskerChanged`.
    """
    rules.check_move(rules.TASK_MOVES, ask.state, "move_task")
    hold(asker)
    if ask.asked_by_id == asker.pk:
        raise Refused("already_so", f"{asker.name} is already waiting for it.")
    former, ask.asked_by = ask.asked_by, asker
    ask.save(update_fields=["asked_by"])
    fact = facts.AskerChanged(
        **task_words(ask),
        asker_id=asker.pk,
        asker_name=asker.name,
        former_id=former.pk,
        former_name=former.name,
    )
    record(fact, stamp=stamp)
    return ask


def pass_matter(thing: Ref, leaver: Party, successor: Party, stamp: Stamp) -> None:
    """Make a matter the successor's, with its asks."""
    hand_over_matter(Matter.objects.get(pk=int(thing.key)), owner=successor, stamp=stamp)


def pass_task(thing: Ref, leaver: Party, successor: Party, stamp: Stamp) -> None:
    """Put a task on the successor's list; the house does it on the successor's word."""
    ask = give_task(_ask(thing), party=successor, stamp=_house(stamp))
    if ask.asked_by_id == leaver.pk and ask.matter_id is None:
        pass_question(thing, leaver, successor, stamp)


def pass_question(thing: Ref, leaver: Party, successor: Party, stamp: Stamp) -> None:
    """Let the successor wait for an answer, unless it is the successor who was asked."""
    take_over_asking(_ask(thing), asker=successor, stamp=_house(stamp))


def pass_wait(thing: Ref, leaver: Party, successor: Party, stamp: Stamp) -> None:
    """Put what waited for the leaver into the successor's list."""
    hold(successor)
    rows = Waiting.objects.filter(party=leaver, noun=thing.noun, key=thing.key)
    rows.update(party=successor, since_at=stamp.at)


def pass_seat(thing: Ref, leaver: Party, successor: Party, stamp: Stamp) -> None:
    """Seat the successor from today; whoever held it before ends then."""
    seat = Seat.objects.select_related("organisation").get(pk=int(thing.key))
    hold_seat(
        seat.organisation,
        title=seat.title,
        holder=successor,
        since_on=localdate(stamp.at),
        ward_code=seat.ward_code,
        stamp=_house(stamp),
    )


def pass_cover(thing: Ref, leaver: Party, successor: Party, stamp: Stamp) -> None:
    """Let the successor look after the ward for the rest of the days, unless they do anyway."""
    grant = Grant.objects.get(pk=int(thing.key))
    today = localdate(stamp.at)
    begins = max(grant.valid_from, today)
    actor = actor_for(successor.user, on=begins)
    if not actor.has(Role.DIRECTOR) and grant.ward_code not in actor.reach.wards:
        assert grant.valid_until is not None
        cover_ward(
            successor,
            ward_code=grant.ward_code,
            valid_from=begins,
            valid_until=grant.valid_until,
            stamp=_house(stamp),
        )
    if grant.valid_from > today:
        call_off_cover(grant, stamp=_house(stamp))
    else:
        end_grant(grant, until_on=today, stamp=_house(stamp))


def _ask(thing: Ref) -> Ask:
    return Ask.objects.get(pk=int(thing.key))


def _house(stamp: Stamp) -> Stamp:
    """The house does what was arranged by the director and accepted by the successor."""
    return replace(stamp, actor=SYSTEM)


OWN_GATHERERS = (
    Gatherer(
        "matter", "open matter", "open matters", "matter",
        live.live_matters, live.counted_matters, pass_matter,
    ),
    Gatherer(
        "task", "task on the list", "tasks on the list", "ask",
        live.live_tasks, live.counted_tasks, pass_task,
    ),
    Gatherer(
        "question", "answer waited for", "answers waited for", "ask",
        live.live_questions, live.counted_questions, pass_question,
    ),
    Gatherer(
        "waiting", "other thing that waits", "other things that wait", "waiting",
        live.live_waits, live.counted_waits, pass_wait,
    ),
    Gatherer(
        "seat", "seat of a ward", "seats of wards", "seat",
        live.live_seats, live.counted_nothing, pass_seat, blocks=False,
    ),
    Gatherer(
        "cover", "cover of a ward", "covers of wards", "cover",
        live.live_covers, live.counted_nothing, pass_cover, blocks=False,
    ),
)  # fmt: skip
