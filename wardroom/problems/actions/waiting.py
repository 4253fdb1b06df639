"""Nominations that wait for a decision, in the list of whoever runs the ward."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.city.models import Place
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import nomination_waits
from wardroom.problems.models import Nomination

NOUN = "nomination"


def keep_nomination_waiting(nomination: Nomination, *, stamp: Stamp) -> None:
    """Put a new nomination into the list of the ward's liaison, or of the director."""
    today = localdate(stamp.at)
    heirs = (get_liaison_of(nomination.ward_code, on=today), *get_directors(on=today))
    wait_for(
        NOUN,
        str(nomination.pk),
        nomination_waits(today),
        party=next((party for party in heirs if party is not None), None),
        title=f"{nomination.place.label}, nominated by {nomination.nominated_by}",
        ward_code=nomination.ward_code,
        place_label=nomination.place.label,
        new=True,
        stamp=stamp,
    )


def settle_nominations(place: Place, *, stamp: Stamp) -> None:
    """Take the nominations of a place off the lists: somebody has decided about it."""
    for number in Nomination.objects.filter(place=place).values_list("pk", flat=True):
        wait_for(NOUN, str(number), None, party=None, title="", stamp=stamp)
