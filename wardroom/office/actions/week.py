"""Who of the office covers an event or a shift, set on the week board and taken back there."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import add_participation, assign_shift, note_answer
from wardroom.calendar.models import Event, Participation, Shift
from wardroom.calendar.rules import PLANNED
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import ended
from wardroom.office import policy
from wardroom.office.queries.week_covering import against_covering, participation_of, person_on
from wardroom.office.queries.week_people import event_thing

TAKEN_BACK = "taken back on the week board"


@action(policy.may_send_to_event)
def send_to_event(event: Event, *, party_id: int, because: str = "", stamp: Stamp) -> Participation:
    """Send somebody of the office to an event, if they are free then or ``because`` says why.

    Refuses: an event that is not planned any more or over; a volunteer, who covers nothing;
    whoever is away or elsewhere, without a reason; who goes already.
    Records: `ParticipationAdded` or `AnswerNoted`.
    """
    if event.state != PLANNED or event.ends_at <= stamp.at:
        raise Refused("wrong_state", "This event is over, or was canceled.")
    thing = event_thing(event)
    person = person_on(party_id, thing, stamp.actor)
    if person.volunteer:
        sentence = f"{person.name} volunteers and covers nothing. Note them on the event's page."
        raise Refused("volunteer", sentence, field="who")
    against = [clash.words for clash in against_covering(thing, person) if clash.hard]
    if against and not because.strip():
        said = ended(f"{person.name} {'; '.join(against)}")
        sentence = f"{said} Say why all the same."
        raise Refused("clashes", sentence, field="because")
    there = participation_of(event, party_id)
    if there is not None and there.answer == "no":
        return note_answer(there, answer="yes", stamp=stamp)
    party = Party.objects.get(pk=party_id)
    return add_participation(event, party=party, role="member", stamp=stamp)


@action(policy.may_send_to_event)
def keep_from_event(event: Event, *, party_id: int, stamp: Stamp) -> Participation:
    """Write down that somebody of the office does not go to an event after all.

    Refuses: whoever takes no part in it; an event that is over. Records: `AnswerNoted`.
    """
    there = participation_of(event, party_id)
    if there is None or there.answer == "no":
        raise Refused("not_there", "They do not go there.")
    return note_answer(there, answer="no", stamp=stamp)


@action(policy.may_plan_rota)
def keep_from_shift(shift: Shift, *, party_id: int, stamp: Stamp) -> Shift:
    """Make a gap again of a shift that somebody was given on the week board.

    Refuses: one that somebody else has by now, or that is over. Records: `ShiftGiven`.
    """
    if not Party.objects.filter(pk=party_id, user=shift.user_id, user__isnull=False).exists():
        raise Refused("moved_on", "Somebody else has this shift by now, or nobody has it.")
    return assign_shift(shift, user=None, why=TAKEN_BACK, stamp=stamp)
