"""Promises, letters, requests and sign-ups that wait for the director or a liaison."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.engagement.models import Circular, Commitment, EventRequest, SignUp
from wardroom.engagement.rules.circulars import DRAFT, ENGLISH
from wardroom.engagement.rules.commitments import HEARD
from wardroom.engagement.rules.groups import WAITING
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import letter_waits, promise_waits, request_waits, sign_up_waits

NOUN, LETTER, REQUEST, ASKS_TO_JOIN = "promise", "circular", "event_request", "sign_up"


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


def keep_request_waiting(row: EventRequest, *, stamp: Stamp) -> None:
    """Put a request for the Mayor into the director's list until it was decided.

    One that the director keeps stands there by its next step already.
    """
    today, matter = localdate(stamp.at), row.matter
    director = next(iter(get_directors(on=today)), None)
    waits = not row.decision and matter.state == "open" and director != matter.owner
    wait_for(
        REQUEST,
        str(matter.pk),
        request_waits(today) if waits else None,
        party=director,
        title=f"{row.asked_name}: {matter.title}",
        matter=matter,
        ward_code=matter.ward_code,
        stamp=stamp,
    )


def keep_sign_up_waiting(row: SignUp, *, stamp: Stamp) -> None:
    """Put whoever asks to join a group into the list of the liaison, or of the director."""
    today, group = localdate(stamp.at), row.group
    wait = sign_up_waits(localdate(row.asked_at)) if row.state == WAITING else None
    liaison = get_liaison_of(group.ward_code, on=today) if wait and group.ward_code else None
    wait_for(
        ASKS_TO_JOIN,
        f"{group.pk}-{row.pk}",
        wait,
        party=liaison or next(iter(get_directors(on=today)), None),
        title=f"{group.party.name}: {row.name}",
        ward_code=group.ward_code,
        stamp=stamp,
    )
