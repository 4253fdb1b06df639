"""Mail about swaps: to whoever is asked, again where nobody answers, and to whoever asked.

It goes out at once where the shift begins within a day of the next working hours.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.calendar.rules.shifts import is_soon
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.matters.reactions.letters import write_to
from wardroom.notices.queries import next_hours
from wardroom.office.facts import SwapAccepted, SwapAsked, SwapEnded, SwapReminded
from wardroom.office.models import Swap
from wardroom.office.queries.people import duty_people
from wardroom.office.queries.swaps import first_start
from wardroom.office.rules.swaps import ACCEPTED, OPEN


def tell_of_swap(
    fact: SwapAsked | SwapReminded | SwapAccepted, *, entry_id: int, stamp: Stamp
) -> None:
    """Write to whoever can answer now: the colleague, everybody who could, or the director."""
    swap = Swap.objects.get(pk=fact.swap_id)
    again = "Again: " if isinstance(fact, SwapReminded) else ""
    if swap.state == ACCEPTED:
        people: Iterable[Party] = get_directors(on=localdate(stamp.at))
        subject = f"{again}A swap waits for you: {fact.shift}"
        text = f"{fact.asker_name} wants to give away {fact.shift}{fact.exchange}."
        text += f" It is against a rule: {'; '.join(swap.warnings)}."
    elif swap.state == OPEN:
        people = _asked(swap, stamp)
        subject = f"{again}Can you take a shift? {fact.shift}"
        text = (
            f"{fact.asker_name} asks {'you' if fact.asked_id else 'anyone'} to take {fact.shift}"
            f"{fact.exchange}."
        )
    else:
        return
    _write(people, subject, text, swap, entry_id, stamp)


def tell_swap_ended(fact: SwapEnded, *, entry_id: int, stamp: Stamp) -> None:
    """Write to whoever asked that the shift is still theirs."""
    if fact.how == "withdrawn":
        return
    swap = Swap.objects.get(pk=fact.swap_id)
    people = Party.objects.filter(user=fact.asker_id).select_related("user")
    why = "Nobody took it in time." if fact.how == "lapsed" else f"{fact.by} said no."
    text = f"{why} The shift is still yours: {fact.shift}."
    _write(people, f"Still yours: {fact.shift}", text, swap, entry_id, stamp)


def _asked(swap: Swap, stamp: Stamp) -> list[Party]:
    if swap.asked_id is not None:
        return list(Party.objects.filter(user=swap.asked_id).select_related("user"))
    day = swap.shift.on_date
    users = {person.user_id for person in duty_people(day, swap.shift.ends_on)} - {swap.asker_id}
    rows = Party.objects.filter(user__in=users).select_related("user")
    return list(rows.order_by("pk"))


def _write(
    people: Iterable[Party], subject: str, text: str, swap: Swap, entry_id: int, stamp: Stamp
) -> None:
    page = settings.SITE + reverse("swap", args=[swap.pk])
    urgent = is_soon(first_start(swap), next_hours(stamp.at) or stamp.at)
    for party in people:
        write_to(
            party,
            subject=subject,
            text=lambda _: f"{text}\n\nAnswer here:\n{page}\n",
            thread="",
            entry_id=entry_id,
            urgent=urgent,
            stamp=stamp,
        )
