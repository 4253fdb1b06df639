"""In whose list an alert stands until it is decided, and a change until it is read."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.incidents.models import IncidentDraft
from wardroom.incidents.rules import WAITING
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.models import Waiting
from wardroom.matters.rules import Wait

ALERT, CHANGE = "alert", "alert_change"
CITY = "city"


def keep_alert_waiting(draft: IncidentDraft, *, stamp: Stamp) -> None:
    """Put an alert into the list of the liaison of each ward that it touches, and a director's."""
    wanted: dict[str, Party] = {}
    if draft.state == WAITING:
        wanted = _people(draft, stamp)
    old = Waiting.objects.filter(noun=ALERT, key__startswith=f"{draft.pk}-")
    old.exclude(key__in=[f"{draft.pk}-{ward}" for ward in wanted]).delete()
    for ward, party in wanted.items():
        wait_for(
            ALERT,
            f"{draft.pk}-{ward}",
            Wait("alert", localdate(draft.sent_at)),
            party=party,
            title=draft.title,
            ward_code="" if ward == CITY else ward,
            stamp=stamp,
        )


def keep_change_waiting(draft: IncidentDraft, *, stamp: Stamp) -> None:
    """Put what is new about an open incident into its owner's list, until somebody read it."""
    matter, at = draft.matter, draft.changed_at
    waits = matter is not None and matter.state == "open" and at is not None
    wait_for(
        CHANGE,
        str(draft.pk),
        Wait("alert_change", localdate(at)) if waits and at is not None else None,
        party=matter.owner if matter is not None else None,
        title=draft.title,
        matter=matter,
        ward_code=matter.ward_code if matter is not None else "",
        stamp=stamp,
    )


def _people(draft: IncidentDraft, stamp: Stamp) -> dict[str, Party]:
    """Whoever is to decide, each once: by ward, and a director for the whole."""
    today = localdate(stamp.at)
    found: dict[str, Party] = {}
    for ward in sorted(draft.touched_wards):
        liaison = get_liaison_of(ward, on=today)
        if liaison is not None and liaison not in found.values():
            found[ward] = liaison
    director = next((d for d in get_directors(on=today) if d not in found.values()), None)
    return {**found, CITY: director} if director is not None else found
