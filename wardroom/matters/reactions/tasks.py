"""Whoever gets something on the list from somebody else is told."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.kernel.text import long_day
from wardroom.ledger.models import Entry
from wardroom.matters.facts import TaskAdded
from wardroom.matters.reactions.letters import facts_of, write_to


def tell_holder(fact: TaskAdded, *, entry_id: int, stamp: Stamp) -> None:
    """Write to somebody that something was put on their list by somebody else.

    What people put on their own lists, they know. What the house puts there by the clock
    comes with a letter of its own, from the step that led to it.
    """
    line = Entry.objects.get(pk=entry_id)
    party = Party.objects.select_related("user").filter(pk=fact.party_id).first()
    if line.actor_id is None or party is None or party.user_id == line.actor_id:
        return
    told = facts_of(
        [
            ("To do", fact.wording),
            ("By", long_day(fact.due_on)),
            ("About", fact.title),
            ("From", line.actor_name),
            ("Authority", fact.citation),
        ]
    )
    text = f"{told}\n\n{settings.SITE}{reverse('home')}\n"
    write_to(
        party,
        subject=f"On your list by {long_day(fact.due_on)}: {fact.wording}",
        text=lambda _: text,
        thread=f"matter:{fact.matter_id}" if fact.matter_id else "",
        entry_id=entry_id,
        stamp=stamp,
    )
