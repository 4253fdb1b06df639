"""The agenda of a group's meeting, who came, what was said, and the minutes approved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import add_participation, record_attendance
from wardroom.calendar.actions.words import event_words
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries import city_zone
from wardroom.calendar.rules import ABSENT, HELD, PLANNED, PRESENT, check_meeting
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import AgendaItem, Minutes
from wardroom.engagement.queries.minutes import members_then, minutes_content
from wardroom.engagement.rules import groups as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text

MOST_GUESTS = 60


@action(policy.may_keep_minutes)
def set_agenda(event: Event, *, items: Sequence[str], stamp: Stamp) -> tuple[AgendaItem, ...]:
    """Give a meeting its agenda, one item on a line; what was said on an item that stays is kept.

    Refuses: a meeting that was held or canceled; minutes that were approved; no item.
    Records: `AgendaSet`.
    """
    if event.state != PLANNED:
        raise Refused("wrong_state", "This meeting is over or was canceled.")
    wanted = rules.check_agenda_items(items)
    said = dict(event.agenda.values_list("title", "said").order_by("pk"))
    event.agenda.all().delete()
    made = AgendaItem.objects.bulk_create(
        AgendaItem(
            event=event, position=position, title=title, minutes=many, said=said.get(title, "")
        )
        for position, (title, many) in enumerate(wanted, start=1)
    )
    fact = facts.AgendaSet(**event_words(event), items=tuple(title for title, _ in wanted))
    record(fact, stamp=stamp)
    return tuple(made)


@action(policy.may_keep_minutes)
def call_members(
    event: Event, *, present: Collection[int], guests: Sequence[str] = (), stamp: Stamp
) -> None:
    """Write down which members came to a meeting, and which guests; the others were absent.

    Refuses: a meeting that was canceled or is still to come; minutes that were approved; who
    is no member; far too many guests. Records: `RollCalled`, and what the calendar records.
    """
    _check_open(event)
    check_meeting(event.state, event.starts_at, now=stamp.at, zone=city_zone())
    members = members_then(event)
    strangers = set(present) - set(members)
    if strangers:
        raise Refused("not_a_member", "Choose among the members of that day.", field="present")
    names = [" ".join(name.split())[:120] for name in guests if name.strip()]
    if len(names) > MOST_GUESTS:
        raise Refused("too_many", f"Name at most {MOST_GUESTS} guests.", field="guests")
    rows = {row.party_id: row for row in event.participations.filter(party__isnull=False)}
    for party_id, party in members.items():
        came = PRESENT if party_id in present else ABSENT
        _note(rows.get(party_id), event, party, came, stamp)
    _note_guests(event, names, stamp)
    fact = facts.RollCalled(
        **event_words(event), present=len(present), absent=len(members) - len(present)
    )
    record(fact, stamp=stamp)


@action(policy.may_keep_minutes)
def note_item(event: Event, *, position: int, text: str, stamp: Stamp) -> AgendaItem:
    """Write down what was said on an item of the agenda.

    Refuses: a meeting that was canceled or is still to come; minutes that were approved; no
    such item; no words. Records: `ItemTalkedOver`.
    """
    _check_open(event)
    check_meeting(event.state, event.starts_at, now=stamp.at, zone=city_zone())
    item: AgendaItem | None = event.agenda.filter(position=position).first()
    if item is None:
        raise Refused("no_such_item", "This item is not on the agenda any more.")
    item.said = check_text(
        text, code="text_missing", sentence="Write what was said.", field="text", most=3000
    )
    item.save(update_fields=["said"])
    record(facts.ItemTalkedOver(**event_words(event), item=item.title, text=item.said), stamp=stamp)
    return item


@action(policy.may_keep_minutes)
def approve_minutes(event: Event, *, approved_on: date, approved_how: str, stamp: Stamp) -> Minutes:
    """Note that a group approved the minutes of a meeting: they are frozen as they stand now.

    Refuses: a meeting that was not held; a roll that was not called; minutes that were
    approved; a day before the meeting or to come; not said how. Records: `MinutesApproved`.
    """
    _check_open(event)
    if event.state != HELD:
        raise Refused("wrong_state", "Say first that the meeting was held.")
    held_on = localdate(event.starts_at)
    how = rules.check_approved(
        approved_on, approved_how, held_on=held_on, today=localdate(stamp.at)
    )
    if not event.participations.filter(attended=PRESENT).exists():
        raise Refused("roll_missing", "Write down first who came.")
    made: Minutes = Minutes.objects.create(
        event=event,
        content=minutes_content(event),
        approved_on=approved_on,
        approved_how=how,
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    fact = facts.MinutesApproved(**event_words(event), approved_on=approved_on, approved_how=how)
    record(fact, stamp=stamp)
    return made


def _check_open(event: Event) -> None:
    if Minutes.objects.filter(event=event).exists():
        raise Refused("already_approved", "The minutes were approved. They change no more.")


def _note(row: Participation | None, event: Event, party: Party, came: str, stamp: Stamp) -> None:
    if row is not None and row.attended == came:
        return
    row = row or add_participation(event, party=party, role="member", stamp=stamp)
    record_attendance(row, attended=came, stamp=stamp)


def _note_guests(event: Event, names: Sequence[str], stamp: Stamp) -> None:
    there = set(event.participations.filter(party=None).values_list("name", flat=True))
    for name in dict.fromkeys(names):
        if name not in there:
            row = add_participation(event, name=name, role="guest", stamp=stamp)
            record_attendance(row, attended=PRESENT, stamp=stamp)
