"""Promises and letters to many that wait for the director, in the director's list."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_directors
from wardroom.engagement.models import Circular, Commitment
from wardroom.engagement.rules.circulars import DRAFT, ENGLISH
from wardroom.engagement.rules.commitments import HEARD
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import letter_waits, promise_waits

NOUN = "promise"
LETTER = "circular"


def keep_promise_waiting(row: Commitment, *, stamp: Stamp) -> None:
    """Put a promise that was heard into the director's list; take one that was judged off it."""
    today, matter = localdate(stamp.at), row.matter
    waits = row.stage == HEARD and matter.state == "open"
    wait_for(
        NOUN,
        str(matter.pk),
        promise_waits(today) if waits else None,
        party=next(iter(get_directors(on=today)), None),
        title=row.wording,
        matter=matter,
        ward_code=matter.ward_code,
        stamp=stamp,
    )


def keep_letter_waiting(row: Circular, *, stamp: Stamp) -> None:
    """Put a draft into the list of a director who wrote no word of it; take others off it."""
    written = row.texts.values_list("written_by", flat=True)
    wrote = {row.written_by_id, *written}
    directors = get_directors(on=localdate(stamp.at)) if row.state == DRAFT else ()
    wait_for(
        LETTER,
        str(row.pk),
        letter_waits(localdate(row.written_at)) if row.state == DRAFT else None,
        party=next((one for one in directors if one.pk not in wrote), None),
        title=row.texts.get(language=ENGLISH).subject,
        stamp=stamp,
    )
