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


def keep_alert_waiting(draft: IncidentDraft, *, stamp: Stamp) -> None:
    """Put an alert into the lists of the liaisons of the wards it touches, and of the directors."""
    wanted = _people(draft, stamp) if draft.state == WAITING else {}
    old = Waiting.objects.filter(noun=ALERT, key__startswith=f"{draft.pk}-")
    old.exclude(key__in=[f"{draft.pk}-{party_id}" for party_id in wanted]).delete()
    for party_id, (party, ward) in wanted.items():
        wait_for(
            ALERT,
            f"{draft.pk}-{party_id}",
            Wait("alert", localdate(draft.sent_at)),
            party=party,
            title=draft.title,
            ward_code=ward,
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


def _people(draft: IncidentDraft, stamp: Stamp) -> dict[int, tuple[Party, str]]:
    """Whoever is to decide, each once, with the ward that they decide for; directors for all."""
    today = localdate(stamp.at)
    found: dict[int, tuple[Party, str]] = {}
    for ward in sorted(draft.touched_wards):
        liaison = get_liaison_of(ward, on=today)
        if liaison is not None:
            found.setdefault(liaison.pk, (liaison, ward))
    for director in get_directors(on=today):
        found.setdefault(director.pk, (director, ""))
    return found
