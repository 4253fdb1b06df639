"""Turning to whoever is suggested: a call that is logged, or a day that is put in the calendar."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import EventDraft, add_participation, plan_event
from wardroom.calendar.models import Event
from wardroom.directory.actions import note_holder
from wardroom.directory.models import Party, Seat
from wardroom.engagement import policy
from wardroom.engagement.queries.touchable import TouchDraft
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import log_contact


@action(policy.may_take_touch)
def log_touch(
    touch: TouchDraft,
    *,
    channel: str,
    text: str,
    language: str = "",
    interpreter_used: bool = False,
    stamp: Stamp,
) -> Entry:
    """Write down a contact with whoever was suggested.

    Who sits for a district and is known by name only is put into the directory with it.
    Refuses: a district for which nobody sits; what `log_contact` refuses. Records:
    `ContactLogged`, and `HolderNoted` the first time.
    """
    if touch.vacant:
        raise Refused("nobody_there", f"Nobody sits for {touch.name}, so there is nobody to call.")
    return log_contact(
        None,
        party=_party(touch, stamp),
        channel=channel,
        text=text,
        language=language,
        interpreter_used=interpreter_used,
        ward_code=touch.ward_code,
        stamp=stamp,
    )


@action(policy.may_take_touch)
def plan_touch(touch: TouchDraft, *, event: EventDraft, stamp: Stamp) -> Event:
    """Put a day with whoever was suggested into the calendar, with them as the guest.

    For a district for which nobody sits the commission takes part for the empty seat: once the
    event was held, it counts for that district.
    Refuses: what `plan_event` refuses. Records: `EventPlanned`, `ParticipationAdded`, and
    `HolderNoted` where somebody was known by name only.
    """
    planned = plan_event(event, stamp=stamp)
    seat = _seat(touch) if touch.vacant else None
    party = seat.organisation if seat is not None else _party(touch, stamp)
    add_participation(planned, party=party, seat=seat, stamp=stamp)
    return planned


def _party(touch: TouchDraft, stamp: Stamp) -> Party:
    if touch.party_id is None:
        return note_holder(_seat(touch), stamp=stamp)
    party = Party.objects.select_related("merged_into").get(pk=touch.party_id)
    return party.merged_into or party


def _seat(touch: TouchDraft) -> Seat:
    if touch.seat_id is None:
        raise NotFound(f"no seat in {touch.key}")
    return Seat.objects.select_related("organisation").get(pk=touch.seat_id)
