"""A phone at the door of an event: it is taken along, and hands in each line exactly once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions.words import event_words
from wardroom.calendar.models import Event, Participation
from wardroom.directory.actions.passes import give_pass
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.directory.queries.passes import Bearer
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.door import check_in_guest, check_in_invited, take_back_check_in
from wardroom.engagement.models import DoorLine
from wardroom.engagement.queries.door_phones import DOOR_PASS, door_is_over, open_door_pass
from wardroom.engagement.rules import door as rules
from wardroom.kernel.deliveries import (
    APPLIED,
    EARLY,
    KEPT,
    PASS_DAYS,
    check_body,
    check_key,
    check_new,
    check_whole,
    next_in_order,
    skew_of,
    true_time,
    with_clash,
)
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.actions import record

WAITS = "A line before it has not come in yet."
CLASHED = "Other words came under its key."


@action(policy.may_take_door)
def take_door(event: Event, *, stamp: Stamp) -> Event:
    """Take the door of an event along on your phone: it works there without a network.

    The phone gets a pass of its own: it opens this door alone, hands in on your word alone, and
    ends a week after the event. Refuses: an event that is over or was canceled, unless what a
    phone still holds has to come in. Records: `KeyIssued`, `DoorTaken`.
    """
    party = get_party_of(stamp.actor)
    written = DoorLine.objects.filter(event=event, observer=party).exists()
    if door_is_over(event, at=stamp.at) and not written:
        raise Refused("door_over", "This event is over. Nobody comes in any more.")
    until = max(event.ends_at, stamp.at) + PASS_DAYS
    give_pass(DOOR_PASS, event.pk, party, expires_at=until, stamp=stamp)
    fact = facts.DoorTaken(**event_words(event), observer_name=party.name, until=until)
    record(fact, stamp=stamp)
    return event


@action(policy.may_deliver_at_door)
def take_door_line(
    event: Event,
    *,
    token: str,
    key: str,
    series: str,
    number: int,
    sha256: str,
    body: str,
    sent_at: datetime,
    stamp: Stamp,
) -> DoorLine:
    """Take one line from a phone at the door, on the word of its pass, and do what it says.

    A line that comes before its turn waits for those before it; one that cannot do what it
    says is kept and shown. ``sent_at`` is what the phone's clock said as it sent it.
    Refuses: a pass that does not open this door; `already_taken` for the same line again, and
    `clash` for other words under its key; what was damaged; more lines than a door can have.
    Records: what checking in records, or `DoorLineKept`.
    """
    bearer = _bearer(event, token, stamp)
    check_key(key, sha256=sha256)
    check_key(series, sha256=sha256)
    check_whole(body.encode(), sha256)
    known = DoorLine.objects.filter(key=key).first()
    if known is not None:
        mine = (known.event_id, known.observer_id) == (event.pk, bearer.party.pk)
        check_new(known.sha256, mine=mine, sha256=sha256)
    check_body(body)
    _check_room(event, bearer.party, number)
    line: DoorLine = DoorLine.objects.create(
        event=event,
        observer=bearer.party,
        key=key,
        series=series,
        number=number,
        sha256=sha256,
        body=body,
        state=EARLY,
        received_at=stamp.at,
        **_times(body, sent_at, stamp),
    )
    _apply_in_turn(line, stamp)
    line.refresh_from_db()
    if line.state == EARLY:
        _keep(line, WAITS, stamp)
    return line


def _check_room(event: Event, observer: Party, number: int) -> None:
    """Refuses: more lines than a door can have; a number that none of them has."""
    if DoorLine.objects.filter(event=event, observer=observer).count() >= rules.MOST_DOOR_LINES:
        raise Refused("too_many_lines", "These are more lines than a door can have.")
    if not 1 <= number <= rules.MOST_DOOR_LINES:
        raise Refused("bad_line", "This line has no number that a door can have.")


@action(policy.may_deliver_at_door)
def note_door_clash(
    event: Event, *, token: str, key: str, sha256: str, body: str, stamp: Stamp
) -> None:
    """Keep what came under a key that stands for something else, for a person to see.

    Refuses: a pass that does not open this door; what is kept already, or no clash; a sixth
    one. Records: `DoorLineKept`.
    """
    bearer = _bearer(event, token, stamp)
    line = DoorLine.objects.filter(key=key, event=event).first()
    first, before = (None, ()) if line is None else (line.sha256, line.clashes)
    clashes = with_clash(first, before, sha256=sha256, body=body, by=bearer.party.name, at=stamp.at)
    assert line is not None  # what stands for nothing yet was refused
    line.clashes = clashes
    line.save(update_fields=["clashes"])
    _keep(line, CLASHED, stamp)


def _bearer(event: Event, token: str, stamp: Stamp) -> Bearer:
    """Whose pass it is; what comes with it is done on that person's word and no other."""
    bearer = open_door_pass(event.pk, token, at=stamp.at)
    if bearer.actor.user_id != stamp.actor.user_id:
        raise NotAllowed
    return bearer


def _times(body: str, sent_at: datetime, stamp: Stamp) -> dict[str, Any]:
    """When somebody came by our clock; when it came in, where the line does not say it."""
    skew = skew_of(sent_at, at=stamp.at)
    try:
        seen_at = rules.read_door_line(body).seen_at
    except Refused:
        return {"came_at": stamp.at, "skew": 0}
    came_at = true_time(seen_at, skew, at=stamp.at)
    return {"came_at": came_at, "skew": round(skew.total_seconds())}


def _apply_in_turn(line: DoorLine, stamp: Stamp) -> None:
    """Apply the lines of a phone whose turn has come, without a gap."""
    lines = DoorLine.objects.filter(
        event=line.event_id, observer=line.observer_id, series=line.series
    )
    applied = lines.exclude(state=EARLY).aggregate(top=Max("number"))["top"] or 0
    waiting = lines.filter(state=EARLY).select_related("event").order_by("number", "pk")
    ready = set(next_in_order(applied, [each.number for each in waiting]))
    for each in waiting:
        if each.number in ready:
            _apply(each, stamp)


def _apply(line: DoorLine, stamp: Stamp) -> None:
    """Do what a line says; what cannot be done is kept, and why. Who is there already is there."""
    try:
        line.participation = _done(line, rules.read_door_line(line.body), stamp)
        line.state = APPLIED
    except Refused as no:
        there = no.code == "already_there"
        line.state, line.remark = (APPLIED, "") if there else (KEPT, no.sentence[:300])
        _keep(line, no.sentence, stamp)
    line.save(update_fields=["state", "remark", "participation"])


def _done(line: DoorLine, words: rules.DoorWords, stamp: Stamp) -> Participation | None:
    """Whom a line checked in; nobody where it takes a check-in back."""
    event = Event.objects.get(pk=line.event_id)
    if words.kind == rules.UNDO:
        _undo(line, words.of, stamp)
        return None
    if words.kind == rules.GUEST:
        return _walked_in(line, event, words, stamp)
    row = Participation.objects.filter(event=event, pk=words.guest).first()
    if row is None:
        raise Refused("no_guest", "Nobody of that number is on the list.")
    made = check_in_invited(event, participation=row, came_at=line.came_at, stamp=stamp)
    return made.participation


def _walked_in(line: DoorLine, event: Event, words: rules.DoorWords, stamp: Stamp) -> Participation:
    """Check in by the name alone where the way to reach them cannot be; it stays on the line."""

    def check_in(**reach: Any) -> Participation:
        made = check_in_guest(
            event,
            name=words.name,
            language=words.language,
            came_at=line.came_at,
            stamp=stamp,
            **reach,
        )
        return made.participation

    try:
        return check_in(phone=words.phone, email=words.email, consent=words.consent)
    except Refused as no:
        if no.field not in {"phone", "email"}:
            raise
        line.remark = no.sentence[:300]
    return check_in()


def _undo(line: DoorLine, key: str, stamp: Stamp) -> None:
    """Take back what an earlier line of the same person did."""
    lines = DoorLine.objects.filter(event=line.event_id, observer=line.observer_id, key=key)
    before = lines.filter(participation__isnull=False).first()
    if before is None or before.participation is None:
        raise Refused("nothing_to_undo", "What this takes back had checked nobody in.")
    take_back_check_in(line.event, participation=before.participation, stamp=stamp)
    lines.update(participation=None)


def _keep(line: DoorLine, why: str, stamp: Stamp) -> None:
    fact = facts.DoorLineKept(
        **event_words(line.event), line_id=line.pk, observer_name=line.observer.name, why=why
    )
    record(fact, stamp=stamp)
