"""A walk from its drawing to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import EventDraft, hold_event, plan_event
from wardroom.calendar.models import Event
from wardroom.calendar.rules import PLANNED
from wardroom.directory.actions.passes import give_pass
from wardroom.directory.queries import get_party_of
from wardroom.fieldwork import facts, policy, rules
from wardroom.fieldwork.actions.applying import (
    apply_lines,
    attach_photos,
    line_words,
    walk_words,
)
from wardroom.fieldwork.models import Walk, WalkLine, WalkPhoto, WalkStop
from wardroom.fieldwork.queries.passes import WALK_PASS
from wardroom.fieldwork.queries.standings import asks_to_repeat, standing_lines
from wardroom.kernel.addresses import block_of
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters.actions import repeat_ask
from wardroom.matters.actions.outside import check_names_nobody
from wardroom.matters.models import Matter
from wardroom.matters.policy import reach_inside
from wardroom.matters.rules import check_text

OVER = "This walk is over."
LEAST_MINUTES = 30


@dataclass(frozen=True)
class WalkStopDraft:
    """One stop of a walk that is to be written down, in its turn."""

    reason: str
    matter_id: int | None
    label: str
    what: str
    latitude: float
    longitude: float
    leg: float


@dataclass(frozen=True)
class WalkDraft:
    """A walk that is to be written down; ``text`` is what its seed follows from.

    With ``starts_at`` it is put into the calendar, where people meet at ``meet_at``.
    """

    title: str
    ward_code: str
    walk_on: date
    start_label: str
    text: str
    stops: tuple[WalkStopDraft, ...]
    starts_at: datetime | None = None
    meet_at: str = ""


@action(policy.may_draw_walk)
def draw_walk(draft: WalkDraft, *, stamp: Stamp) -> Walk:
    """Write a walk down before anybody goes: its stops in their order, and why each is there.

    A restricted matter is never on a walk: it would go to a phone.
    Refuses: no title, or one that names a resident; a day that is over or far off; no stop, or
    more than 25; a matter that is closed, restricted, or out of reach. Records: `WalkDrawn`,
    and `EventPlanned` where its hour is given.
    """
    today = localdate(stamp.at)
    title = rules.check_walk(draft.title, draft.walk_on, len(draft.stops), today=today)
    check_names_nobody(title, ward_code=draft.ward_code, field="title")
    check_names_nobody(draft.meet_at, ward_code=draft.ward_code, field="meet_at")
    named = {stop.matter_id for stop in draft.stops if stop.matter_id is not None}
    there = Matter.objects.within(reach_inside(stamp.actor)).filter(
        pk__in=named, state="open", restricted=False, ward_code=draft.ward_code
    )
    if there.count() != len(named):
        raise Refused(
            "matter_gone", "One of these was closed or restricted meanwhile. Look again.",
            field="stops",
        )  # fmt: skip
    walk = Walk.objects.create(
        title=title,
        ward_code=draft.ward_code,
        walk_on=draft.walk_on,
        start_label=draft.start_label[:200],
        event=_planned(draft, title, stamp),
        text=draft.text,
        seed=rules.seed_of(draft.text),
        metres=round(sum(stop.leg for stop in draft.stops)),
        drawn_by=get_party_of(stamp.actor),
        drawn_at=stamp.at,
    )
    WalkStop.objects.bulk_create(
        WalkStop(
            walk=walk,
            position=position,
            reason=stop.reason,
            matter_id=stop.matter_id,
            label=stop.label[:200],
            what=stop.what[:200],
            latitude=stop.latitude,
            longitude=stop.longitude,
            leg=round(stop.leg),
        )
        for position, stop in enumerate(draft.stops, start=1)
    )
    fact = facts.WalkDrawn(
        **walk_words(walk),
        walk_on=walk.walk_on,
        stops=len(draft.stops),
        random=sum(stop.reason == rules.RANDOM for stop in draft.stops),
        seed=walk.seed,
    )
    record(fact, stamp=stamp)
    return walk


def _planned(draft: WalkDraft, title: str, stamp: Stamp) -> Event | None:
    """The walk in the calendar, for as long as it takes on foot and at its stops."""
    if draft.starts_at is None:
        return None
    metres = sum(stop.leg for stop in draft.stops)
    minutes = max(rules.walking_minutes(metres, len(draft.stops)), LEAST_MINUTES)
    planned = EventDraft(
        kind="walk",
        title=title,
        starts_at=draft.starts_at,
        ends_at=draft.starts_at + timedelta(minutes=minutes),
        ward_code=draft.ward_code,
        place_text=draft.meet_at or block_of(draft.start_label),
    )
    return plan_event(planned, stamp=stamp)


@action(policy.may_take_walk)
def take_walk(walk: Walk, *, stamp: Stamp) -> Walk:
    """Take a walk along on your phone: it gets a pass of its own, and needs no sign-in there.

    The pass opens this walk alone, hands in on your word alone, and ends a week after the
    walk. Refuses: a walk that is over, unless what a phone still holds has to come in.
    Records: `KeyIssued`, `WalkTaken`.
    """
    party = get_party_of(stamp.actor)
    if walk.ended_at is not None and not walk.lines.filter(observer=party).exists():
        raise Refused("already_ended", OVER)
    tomorrow = localdate(stamp.at) + timedelta(days=1)
    days = max(walk.walk_on - tomorrow, timedelta()) + rules.PASS_DAYS
    give_pass(WALK_PASS, walk.pk, party, expires_at=stamp.at + days, stamp=stamp)
    fact = facts.WalkTaken(
        **walk_words(walk),
        observer_id=party.pk,
        observer_name=party.name,
        until=stamp.at + days,
    )
    record(fact, stamp=stamp)
    return walk


@action(policy.may_settle_stop)
def settle_stop(stop: WalkStop, *, line: WalkLine, reason: str, stamp: Stamp) -> WalkStop:
    """Say which finding counts where two people saw a stop differently; both stay.

    Refuses: a stop that somebody else settled meanwhile; one where nobody disagrees; a line
    that does not stand there; no reason. Records: `StopSettled`.
    """
    stop = WalkStop.objects.select_for_update(of=("self",)).select_related("walk").get(pk=stop.pk)
    standing = standing_lines(stop.walk_id).get(stop.pk, ())
    if not rules.disagree([each.finding for each in standing]):
        raise Refused("no_conflict", "Nobody disagrees about this stop any longer.")
    if stop.settled_as_id in {each.pk for each in standing}:
        raise Refused(
            "stale", f"{stop.settled_by} settled this stop meanwhile. Look again.", field="line"
        )
    if line.pk not in {each.pk for each in standing}:
        raise Refused("not_standing", "Choose one of the findings that stand.", field="line")
    stop.settled_why = check_text(
        reason, code="reason_missing", sentence="Say why this one counts.", field="reason", most=300
    )
    stop.settled_as, stop.settled_at, stop.settled_by = line, stamp.at, stamp.actor.name
    stop.save(update_fields=["settled_as", "settled_at", "settled_by", "settled_why"])
    fact = facts.StopSettled(
        **walk_words(stop.walk),
        line_id=line.pk,
        stop=stop.position,
        place_label=stop.label,
        matter_id=stop.matter_id,
        observer_name=line.observer.name,
        note=line.note,
        seen_at=line.seen_at,
        finding_label=rules.finding_words(line.finding, random=stop.reason == rules.RANDOM),
        reason=stop.settled_why,
    )
    record(fact, stamp=stamp)
    return stop


@action(policy.may_withhold_photo)
def withhold_photo(photo: WalkPhoto, *, withheld: bool, stamp: Stamp) -> WalkPhoto:
    """Leave a photograph out of what those who came are given, or put it back; it is kept.

    Refuses: one that is so already. Records: `PhotoWithheld`.
    """
    if photo.withheld == withheld:
        raise Refused("already_so", "This is so already.")
    photo.withheld = withheld
    photo.save(update_fields=["withheld"])
    line = photo.line
    fact = facts.PhotoWithheld(
        **walk_words(photo.walk),
        photo_id=photo.pk,
        withheld=withheld,
        matter_id=(line.stop.matter_id or line.matter_id) if line is not None else None,
    )
    record(fact, stamp=stamp)
    return photo


@action(policy.may_end_walk)
def end_walk(
    walk: Walk,
    *,
    who_came: str = "",
    again: Sequence[int] = (),
    due_on: date | None = None,
    stamp: Stamp,
) -> Walk:
    """End a walk: ask again for what an agency called done and you found otherwise.

    ``again`` are the asks to ask again, by ``due_on``. The walk verifies nobody's work: asking
    again is all that the office can do for what it asked itself. Whatever a phone still holds
    may come in later, and is shown as late.
    Refuses: a walk that is over; one where nobody saw anything; an ask that the walk does not
    bear out, or about whose stop people disagree; a resident's name among those who came; what
    `repeat_ask` refuses. Records: `WalkEnded`, `EventHeld` where the calendar has it, and
    `AskRequested` for each ask.
    """
    if walk.ended_at is not None:
        raise Refused("already_ended", OVER)
    apply_lines(walk, stamp, all_of_them=True)
    seen = standing_lines(walk.pk)
    lines = WalkLine.objects.filter(walk=walk)
    if not lines.exists():
        raise Refused("nobody_looked", "Nothing has come in from this walk yet.")
    _ask_again(walk, set(again), due_on, stamp)
    walk.ended_at, walk.ended_by = stamp.at, stamp.actor.name
    walk.who_came = rules.check_came(who_came)
    check_names_nobody(walk.who_came, ward_code=walk.ward_code, field="who_came")
    _held(walk.event, stamp)
    walk.save(update_fields=["ended_at", "ended_by", "who_came"])
    fact = facts.WalkEnded(
        **walk_words(walk),
        stops=walk.stops.count(),
        seen=len(seen),
        asked_again=len(set(again)),
        troubles=lines.filter(kind=rules.TROUBLE).count(),
    )
    record(fact, stamp=stamp)
    return walk


def _held(event: Event | None, stamp: Stamp) -> None:
    """Whoever walked was there: the calendar says so, unless it said something else before."""
    begun = event is not None and localdate(event.starts_at) <= localdate(stamp.at)
    if event is not None and event.state == PLANNED and begun:
        hold_event(event, stamp=stamp)


def _ask_again(walk: Walk, again: set[int], due_on: date | None, stamp: Stamp) -> None:
    if not again:
        return
    if due_on is None:
        raise Refused("due_missing", "Say by when.", field="due_on")
    found = {row.ask.pk: row for row in asks_to_repeat(walk, stamp.actor)}
    if again - found.keys():
        raise Refused(
            "not_borne_out",
            "One of these asks changed meanwhile, or people disagree about its stop. Look again.",
            field="again",
        )
    for ask_id in sorted(again):
        row = found[ask_id]
        day = long_day(localdate(row.line.seen_at))
        label = rules.SPOT_FINDINGS[row.line.finding].lower()
        reason = f"Seen on a walk on {day}: {label}"
        repeat_ask(row.ask, due_on=due_on, reason=reason, stamp=stamp)


@action(policy.may_note_born)
def note_trouble_opened(
    line: WalkLine, *, matter: Matter | None, why: str = "", stamp: Stamp
) -> WalkLine:
    """Note the issue that was opened for what somebody came past, or why none could be.

    Refuses: a line that has its issue already. Records: `TroubleOpened` or `WalkLineKept`.
    """
    if line.matter_id is not None or line.state == rules.KEPT:
        raise Refused("already_opened", "This has its issue already.")
    line.matter = matter
    if matter is None:
        line.state, line.remark = rules.KEPT, why[:300]
    line.save(update_fields=["matter", "state", "remark"])
    if matter is None:
        record(facts.WalkLineKept(**line_words(line), why=line.remark), stamp=stamp)
    else:
        fact = facts.TroubleOpened(**walk_words(line.walk), line_id=line.pk, matter_id=matter.pk)
        record(fact, stamp=stamp)
    attach_photos(line, stamp)
    return line
