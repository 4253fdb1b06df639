"""Live capture: a line typed in a meeting becomes a promise heard, something asked, or a note."""

from __future__ import annotations

from datetime import timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import write_line
from wardroom.calendar.models import Event, MeetingLine
from wardroom.calendar.queries import city_zone
from wardroom.calendar.rules import NOTE, PROMISE, check_meeting
from wardroom.calendar.rules.capturing import kind_of_line, words_of_line
from wardroom.city.queries import get_ward
from wardroom.directory.queries import get_party_of
from wardroom.engagement import policy
from wardroom.engagement.actions.commitments import hear_commitment
from wardroom.engagement.rules.commitments import day_named
from wardroom.kernel.errors import Refused
from wardroom.matters.actions.outside import check_names_nobody
from wardroom.matters.models import Matter

CONFIRMED_WITHIN = timedelta(days=2)
THERE = "Everybody at the meeting"


@action(policy.may_capture_line)
def capture_line(event: Event, *, text: str, stamp: Stamp) -> MeetingLine:
    """Write down a line while it is said; “we will” is a promise that the director confirms.

    A promise counts only once it is confirmed, and says where it was made and by which day,
    where the words name one. At an event of the whole city only the director opens one; a
    liaison's line stays a note there. So does any line at an event of a restricted matter,
    since a promise is read by more people.
    Refuses: a meeting that was canceled or is still to come; no words; the name of a resident
    who complained in the ward. Records: `LineWritten`, and `CommitmentHeard` for a promise.
    """
    check_meeting(event.state, event.starts_at, now=stamp.at, zone=city_zone())
    kind, words = kind_of_line(text), words_of_line(text)
    if not words:
        raise Refused("text_missing", "Write what was said.", field="text")
    check_names_nobody(words, ward_code=event.ward_code, field="text")
    if kind == PROMISE and not event.ward_code and not stamp.actor.has(Role.DIRECTOR):
        kind = NOTE
    if kind == PROMISE and event.matter is not None and event.matter.restricted:
        kind = NOTE
    promise = _heard(event, words, stamp) if kind == PROMISE else None
    return write_line(event, kind=kind, text=words, promise=promise, stamp=stamp)


def _heard(event: Event, words: str, stamp: Stamp) -> Matter:
    today, said_on = localdate(stamp.at), localdate(event.starts_at)
    row = hear_commitment(
        None,
        wording=words,
        maker="mayor",
        maker_name=f"{stamp.actor.name}, for the Mayor",
        made_to=THERE,
        said_on=said_on,
        where=event.title,
        due_on=day_named(words, said_on=said_on),
        owner=get_party_of(stamp.actor),
        next_on=today + CONFIRMED_WITHIN,
        ward=get_ward(event.ward_code, today) if event.ward_code else None,
        stamp=stamp,
    )
    return row.matter
