"""Who is told that their shifts changed: those whom it touches, and nobody else."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.calendar.facts import DutyChanged
from wardroom.directory.models import Party
from wardroom.ledger.models import Entry
from wardroom.matters.reactions.letters import addresses_of
from wardroom.notices.actions import note_nobody_to_tell, queue_message


def tell_duty_changed(fact: DutyChanged, *, entry_id: int, stamp: Stamp) -> None:
    """Write to somebody what changed in their shifts; not to who did it themselves.

    Other news waits for working hours; what begins within a day of these goes out at once.
    """
    line = Entry.objects.get(pk=entry_id)
    party = Party.objects.select_related("user").filter(user=fact.user_id).first()
    if party is None or line.actor_id == fact.user_id or not fact.lines:
        return
    many = "1 shift" if len(fact.lines) == 1 else f"{len(fact.lines)} shifts"
    subject = f"Your shifts have changed: {many}"
    page = settings.SITE + reverse("my_shifts")
    text = "\n".join((f"Because of: {fact.because}" if fact.because else "", "", *fact.lines))
    addresses = addresses_of(party, on=localdate(stamp.at))
    if not addresses:
        note_nobody_to_tell(
            None, entry_id=entry_id, to_name=party.name, subject=subject, stamp=stamp
        )
    for address in addresses:
        queue_message(
            None,
            entry_id=entry_id,
            to_name=party.name,
            to_address=address,
            subject=subject,
            text=f"{text.strip()}\n\nAll your shifts:\n{page}\n",
            urgent=fact.soon,
            stamp=stamp,
        )
