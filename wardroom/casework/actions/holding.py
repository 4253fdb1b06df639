"""What the public form holds for a while: sums that were used, pictures of what is not sent yet.

This is bookkeeping of a page: nothing of it is a report, and all of it is forgotten soon.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from wardroom.access.gate import guard_pass
from wardroom.casework import rules
from wardroom.casework.models import HeldPicture, UsedSum
from wardroom.documents.actions import picture_made_anew
from wardroom.kernel.errors import Refused

BOOKKEEPING = "what the public form holds"
MOST_BYTES_HELD, MOST_OF_A_NETWORK = 200_000_000, 30


def use_sum(mark: str, *, until: datetime) -> bool:
    """Use the sum of a form; whether nobody used it before. Refuses and records nothing."""
    try:
        with transaction.atomic(), guard_pass(BOOKKEEPING):
            UsedSum.objects.create(mark=mark, until=until)
    except IntegrityError:
        return False
    return True


def hold_picture(
    draft: str, *, name: str, content: bytes, until: datetime, network: str = ""
) -> HeldPicture:
    """Hold a picture of a report that was not sent yet, with nothing hidden in it.

    Refuses: what `picture_made_anew` refuses; more than a report takes; more than one network
    may have held here, or than the house holds in bytes. Records nothing.
    """
    if HeldPicture.objects.filter(draft=draft).count() >= rules.MOST_PICTURES:
        sentence = f"Send {rules.MOST_PICTURES} pictures at most."
        raise Refused("too_many", sentence, field="pictures")
    full = Refused("too_often", "Too many pictures are held now.", field="pictures")
    if network and HeldPicture.objects.filter(network=network).count() >= MOST_OF_A_NETWORK:
        raise full
    made = picture_made_anew(name=name, content=content)
    size = len(made.picture.content) + len(made.thumbnail.content)
    if (HeldPicture.objects.aggregate(all=Sum("size"))["all"] or 0) + size > MOST_BYTES_HELD:
        raise full
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        held: HeldPicture = HeldPicture.objects.create(
            draft=draft,
            network=network,
            size=size,
            name=made.name,
            content=made.picture.content,
            thumbnail=made.thumbnail.content,
            until=until,
        )
    return held


def drop_pictures(draft: str, *, ids: Collection[int]) -> int:
    """Hold some pictures of a draft no longer; no other draft's. Records nothing."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        gone, _ = HeldPicture.objects.filter(draft=draft, pk__in=ids).delete()
    return gone


def hold_until(draft: str, *, until: datetime) -> int:
    """Hold the pictures of a draft that was sent no longer than this. Records nothing."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        return int(HeldPicture.objects.filter(draft=draft, until__gt=until).update(until=until))


def forget_held(*, at: datetime) -> int:
    """Forget the sums and the pictures whose time is over; how many. Records nothing."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        sums, _ = UsedSum.objects.filter(until__lt=at).delete()
        pictures, _ = HeldPicture.objects.filter(until__lt=at).delete()
    return sums + pictures
