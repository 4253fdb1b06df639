"""Taking every word out of a matter that is disposed of, and out of what was asked about it."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.matters.models import Ask, HandoverItem, Matter, MatterLink, Waiting

GONE = "(destroyed)"


def empty_matter(matter: Matter, *, stamp: Stamp) -> None:
    """Leave of a closed matter its number, kind, ward, outcome and days: no word, and no place.

    Its asks keep whom they were put to, what became of them and when; a restriction stays, so
    that what is left is open to the same people as before. Called inside the action
    that disposes of it. Records nothing by itself.
    """
    Matter.objects.filter(pk=matter.pk).update(
        title=GONE,
        next_step="",
        public_text="",
        standing="",
        standing_by="",
        standing_at=None,
        place=None,
        destroyed_at=stamp.at,
    )
    asks = Ask.objects.filter(matter=matter)
    asks.exclude(answer_text="").update(answer_text=GONE)
    asks.update(wording=GONE, where_text="", authority="", why_due=None, pauses=[])
    HandoverItem.objects.filter(matter=matter).update(title=GONE, note="")
    HandoverItem.objects.filter(matter=matter).exclude(reason="").update(reason=GONE)
    Waiting.objects.filter(matter=matter).delete()
    MatterLink.objects.filter(of=matter, ended_at=None).update(ended_at=stamp.at)
    MatterLink.objects.filter(to=matter, ended_at=None).update(ended_at=stamp.at)
