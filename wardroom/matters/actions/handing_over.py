"""Handing over: who leaves, what is theirs, who takes each thing, and when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Role, Stamp
from wardroom.access.gate import action
from wardroom.access.models import SealReader
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.listing import (
    brought_up_to_date,
    handover_words,
    keep_handover_waiting,
)
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.gateways import gatherer_of, gatherers
from wardroom.matters.models import Handover, HandoverItem, HandoverNote
from wardroom.matters.queries.live import things_to_hand_over


@action(policy.may_start_handover)
def start_handover(
    party: Party,
    *,
    why: str,
    last_on: date,
    ward_code: str = "",
    only_left: bool = False,
    stamp: Stamp,
) -> Handover:
    """Begin to hand over all that is somebody's, or all of one ward that they give up.

    What others hand over to them at this time goes back to the director. Of somebody who works
    here still, ``only_left`` takes what they left behind and nothing else.
    Refuses: somebody who cannot sign in; no reason; a last day that is far off; a handover
    that runs already; nothing that is live. Records: `HandoverStarted`.
    """
    if party.user_id is None:
        raise Refused("cannot_sign_in", f"{party.name} never worked here.", field="party")
    why = rules.check_text(
        why, code="why_missing", sentence="Say why it is handed over.", field="why", most=300
    )
    if not stamp.actor.has(Role.SYSTEM):
        rules.check_last_day(last_on, today=localdate(stamp.at))
    if Handover.objects.filter(party=party, state="running").exists():
        raise Refused("already_running", f"{party.name} is already handing over.")
    by = get_party_of(stamp.actor) if stamp.actor.user_id is not None else None
    handover = Handover(
        party=party,
        ward_code=ward_code,
        why=why,
        last_on=last_on,
        started_at=stamp.at,
        started_by=stamp.actor.name,
        begun_by=by,
        only_left=only_left,
    )
    found = things_to_hand_over(handover, on=localdate(stamp.at))
    if not found:
        raise Refused(
            "nothing_live", f"{party.name} has nothing to hand over: the role can simply end."
        )
    handover.save()
    fact = facts.HandoverStarted(
        **handover_words(handover), last_on=last_on, things=len(found), why=why
    )
    record(fact, stamp=stamp)
    brought_up_to_date(handover, stamp=stamp)
    _send_back_all_of(party, stamp)
    return handover


@action(policy.may_accept_items)
def catch_up_handover(handover: Handover, *, stamp: Stamp) -> tuple[int, int]:
    """Look again at what is still the leaver's: what came, and what was closed meanwhile.

    Gives how much came onto the list, and how much fell off. Refuses: a handover that is over.
    Records: `HandoverCaughtUp`.
    """
    rules.check_handover_move(handover.state, "catch_up_handover")
    found, overtaken = brought_up_to_date(handover, stamp=stamp)
    fact = facts.HandoverCaughtUp(**handover_words(handover), found=found, overtaken=overtaken)
    record(fact, stamp=stamp)
    keep_handover_waiting(handover, stamp=stamp)
    return found, overtaken


@action(policy.may_set_successor)
def set_successor(
    handover: Handover, *, successor: Party, things: Sequence[Ref], stamp: Stamp
) -> int:
    """Say who is to take over these things; each is theirs when they accept it, not before.

    Gives the number of things. Refuses: a handover that is over; nothing chosen; the leaver;
    somebody who leaves too; somebody without the reach that a thing needs; what was settled.
    Records: `SuccessorChosen`.
    """
    rules.check_handover_move(handover.state, "set_successor")
    today = localdate(stamp.at)
    _check_successor(handover, successor)
    brought_up_to_date(handover, stamp=stamp)
    items = _chosen(handover, things)
    if not items:
        raise Refused("nothing_chosen", "There is nothing there to hand over.", field="scope")
    actor = actor_for(successor.user, on=today)
    for item in items:
        to = rules.check_item_move(item.state, "set_successor", title=item.title)
        _check_reach(item, actor, successor)
        _let_in(item, actor, successor, stamp)
        item.state, item.successor, item.proposed_at, item.reason = to, successor, stamp.at, ""
    HandoverItem.objects.bulk_update(items, ["state", "successor", "proposed_at", "reason"])
    fact = facts.SuccessorChosen(**handover_words(handover), **_to(successor, len(items)))
    record(fact, stamp=stamp)
    keep_handover_waiting(handover, stamp=stamp)
    return len(items)


@action(policy.may_write_handover_note)
def write_handover_note(
    handover: Handover,
    *,
    text: str,
    ward_code: str = "",
    thing: Ref | None = None,
    stamp: Stamp,
) -> Handover:
    """Write what the successor needs to know: of one thing, of a ward, or of the whole work.

    Refuses: a handover that is over; a thing that is not in it; words that are too long.
    Records: `HandoverNoteWritten`, with the words before.
    """
    rules.check_handover_move(handover.state, "write_handover_note")
    text = rules.check_length(text.replace("\0", ""), field="text", most=4000)
    if thing is not None:
        brought_up_to_date(handover, stamp=stamp)
        (item,) = _chosen(handover, [thing])
        subject, former, item.note = f"{thing.noun} {thing.key}", item.note, text
        item.save(update_fields=["note"])
    else:
        subject = f"Ward {ward_code}" if ward_code else "the whole work"
        note = HandoverNote.objects.filter(handover=handover, ward_code=ward_code).first()
        former = note.text if note else ""
        note = note or HandoverNote(handover=handover, ward_code=ward_code)
        note.text, note.written_by, note.written_at = text, stamp.actor.name, stamp.at
        note.save()
    fact = facts.HandoverNoteWritten(**handover_words(handover), subject=subject, former=former)
    record(fact, stamp=stamp)
    return handover


@action(policy.may_accept_items)
def accept_items(handover: Handover, *, items: Sequence[int], stamp: Stamp) -> int:
    """Take over what was handed to you: from now on it is yours, in this very commit.

    What was closed or went another way meanwhile falls off the list. Gives the number of
    things taken. Refuses: a handover that is over; things that are handed to somebody else;
    what was sent back or settled; what the change of hands itself refuses.
    Records: `ItemsAccepted`, and for each thing that it changed hands.
    """
    rules.check_handover_move(handover.state, "accept_items")
    brought_up_to_date(handover, stamp=stamp)
    mine = _for_me(handover, items, "accept_items", stamp)
    for item in mine:
        assert item.successor is not None
        item.state = rules.check_item_move(item.state, "accept_items", title=item.title)
        item.answered_at, item.answered_by = stamp.at, stamp.actor.name
        thing = Ref(item.noun, item.key)
        gatherer_of(item.kind).pass_on(thing, handover.party, item.successor, stamp)
    HandoverItem.objects.bulk_update(mine, ["state", "answered_at", "answered_by"])
    for successor, number in _by_successor(mine):
        operator = stamp.actor.has(Role.SYSTEM)
        words = {**handover_words(handover), **_to(successor, number)}
        record(facts.ItemsAccepted(**words, by_operator=operator), stamp=stamp)
    keep_handover_waiting(handover, stamp=stamp)
    return len(mine)


@action(policy.may_send_back_items)
def send_back_items(handover: Handover, *, items: Sequence[int], reason: str, stamp: Stamp) -> int:
    """Say that you do not take what was handed to you, and why; the director hears of it.

    Refuses: a handover that is over; things that are handed to somebody else, or settled; no
    reason. Records: `ItemsSentBack`.
    """
    rules.check_handover_move(handover.state, "send_back_items")
    reason = rules.check_reason(reason)
    brought_up_to_date(handover, stamp=stamp)
    mine = _for_me(handover, items, "send_back_items", stamp)
    _send_back(handover, mine, reason, stamp)
    return len(mine)


@action(policy.may_call_off_handover)
def take_items(handover: Handover, *, things: Sequence[Ref], stamp: Stamp) -> int:
    """Take things over yourself, as the director, without waiting for anybody.

    Refuses: what `set_successor` and `accept_items` refuse. Records: `SuccessorChosen`,
    `ItemsAccepted`, and for each thing that it changed hands.
    """
    me = get_party_of(stamp.actor)
    set_successor(handover, successor=me, things=things, stamp=stamp)
    items = [item.pk for item in _chosen(handover, things)]
    return accept_items(handover, items=items, stamp=stamp)


def _check_successor(handover: Handover, successor: Party) -> None:
    if successor.pk == handover.party.pk:
        sentence = f"{successor.name} hands this over. Choose somebody else."
        raise Refused("same_person", sentence, field="successor")
    leaving = Handover.objects.filter(party=successor, state="running", ward_code="")
    if leaving.filter(only_left=False).exists():
        sentence = f"{successor.name} is handing over, too. Choose somebody who stays."
        raise Refused("leaves_too", sentence, field="successor")


def _check_reach(item: HandoverItem, actor: Actor, successor: Party) -> None:
    if policy.may_hold(actor, item.needs, item.ward_code):
        return
    where = f"no role in Ward {item.ward_code}" if item.needs == "ward" else "no such role"
    raise Refused(
        "no_reach",
        f"{successor.name} has {where} yet, and could not look after “{item.title}”. Give "
        "them the role or the cover first, then choose them again.",
        field="successor",
    )


def _let_in(item: HandoverItem, actor: Actor, successor: Party, stamp: Stamp) -> None:
    """A restricted matter is shown to whoever is to take it over."""
    matter = item.matter
    if matter is None or f"matter:{matter.pk}" not in actor.reach.sealed:
        return
    if stamp.actor.has(Role.SYSTEM):
        return  # the operator hands it on at once, and its seal moves with it
    readers = list(Party.objects.filter(user__in=_readers(matter.pk)))
    restrict_matter(
        matter, readers=[*readers, successor], reason="It is being handed over", stamp=stamp
    )


def _readers(matter_id: int) -> Any:
    seal = SealReader.objects.filter(seal__noun="matter", seal__key=str(matter_id))
    return seal.values("user")


def _chosen(handover: Handover, things: Sequence[Ref]) -> list[HandoverItem]:
    wanted = {(thing.noun, thing.key) for thing in things}
    rows = handover.items.select_related("matter").order_by("pk")
    found = [item for item in rows if (item.noun, item.key) in wanted]
    items = [item for item in found if item.state not in rules.SETTLED] or found
    if {(item.noun, item.key) for item in items} != wanted:
        raise NotFound("something that is not in this handover")
    return items


def _for_me(
    handover: Handover, items: Sequence[int], move: str, stamp: Stamp
) -> list[HandoverItem]:
    """The things of these that are proposed to the actor; the operator acts for anybody."""
    rows = list(handover.items.filter(pk__in=items).select_related("successor", "matter"))
    if not rows or len(rows) != len(set(items)):
        raise NotFound("something that is not in this handover")
    operator = stamp.actor.has(Role.SYSTEM)
    for item in rows:
        mine = item.successor is not None and item.successor.user_id == stamp.actor.user_id
        if not mine and not operator:
            name = item.successor.name if item.successor else "nobody yet"
            raise NotAllowed(f"This is handed to {name}.")
    live = [item for item in rows if item.state != "overtaken"] or rows
    for item in live:
        rules.check_item_move(item.state, move, title=item.title)
    order = {gatherer.kind: n for n, gatherer in enumerate(gatherers())}
    return sorted(live, key=lambda item: (order.get(item.kind, len(order)), item.pk))


def _send_back(
    handover: Handover, items: Iterable[HandoverItem], reason: str, stamp: Stamp
) -> None:
    sent = list(items)
    for item in sent:
        item.state = rules.check_item_move(item.state, "send_back_items", title=item.title)
        item.reason, item.answered_at, item.answered_by = reason, stamp.at, stamp.actor.name
    HandoverItem.objects.bulk_update(sent, ["state", "reason", "answered_at", "answered_by"])
    for successor, number in _by_successor(sent):
        words = {**handover_words(handover), **_to(successor, number)}
        record(facts.ItemsSentBack(**words, reason=reason), stamp=stamp)
    keep_handover_waiting(handover, stamp=stamp)


def _send_back_all_of(party: Party, stamp: Stamp) -> None:
    """What others hand over to somebody who now leaves, too.

    Each handover is held first, as for any change of it: whoever accepts at this moment is
    waited for, and what they took is theirs.
    """
    proposed = HandoverItem.objects.filter(successor=party, state="proposed")
    rows = Handover.objects.filter(state="running", pk__in=proposed.values("handover"))
    held = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    for handover in list(held.select_related("party", "begun_by")):
        items = list(proposed.filter(handover=handover).select_related("successor").order_by("pk"))
        if items:
            _send_back(handover, items, f"{party.name} is handing over, too", stamp)


def _by_successor(items: Iterable[HandoverItem]) -> list[tuple[Party, int]]:
    found: dict[int, tuple[Party, int]] = {}
    for item in items:
        if item.successor is not None:
            _, number = found.get(item.successor.pk, (item.successor, 0))
            found[item.successor.pk] = (item.successor, number + 1)
    return list(found.values())


def _to(successor: Party, number: int) -> Mapping[str, Any]:
    return {
        "successor_id": successor.pk,
        "successor_name": successor.name,
        "things": number,
    }
