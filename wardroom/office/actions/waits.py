"""What runs out about somebody waits in the list of every director, and in their own."""

from __future__ import annotations

from datetime import date

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.matters.actions.waiting import end_wait, wait_for
from wardroom.matters.models import Waiting
from wardroom.matters.rules import Wait


def wait_for_both(
    noun: str,
    number: int,
    wait: Wait,
    *,
    party: Party,
    title: str,
    own: str,
    today: date,
    stamp: Stamp,
) -> None:
    """Say that a thing about somebody waits for each director, and for them where they sign in."""
    end_waits(noun, number)
    for director in get_directors(on=today):
        key = f"{number}-{director.pk}"
        wait_for(noun, key, wait, party=director, title=title, stamp=stamp)
    if party.user_id is not None and party not in get_directors(on=today):
        wait_for(noun, f"{number}-own", wait, party=party, title=own, stamp=stamp)


def end_waits(noun: str, number: int) -> None:
    """Say that a thing waits for nobody any more."""
    rows = Waiting.objects.filter(noun=noun, key__startswith=f"{number}-")
    for key in list(rows.values_list("key", flat=True)):
        end_wait(noun, key)
