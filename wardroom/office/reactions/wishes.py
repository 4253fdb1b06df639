"""Mail to somebody of whose days somebody else told, or took back what was told."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.kernel.text import ended
from wardroom.matters.reactions.letters import write_to
from wardroom.office.facts import WishEntered, WishWithdrawn
from wardroom.office.models import Wish
from wardroom.office.rules.rota import span_words
from wardroom.office.rules.wishes import WISHES


def tell_of_wish(fact: WishEntered | WishWithdrawn, *, entry_id: int, stamp: Stamp) -> None:
    """Write to somebody what others told of their days; their own word needs no letter."""
    if not fact.by:
        return
    wish = Wish.objects.get(pk=fact.wish_id)
    told = f"{WISHES[wish.kind]} {span_words(wish.from_on, wish.until_on)}"
    back = isinstance(fact, WishWithdrawn)
    text = f"{fact.by} {'took back' if back else 'entered'} for you: {told}"
    page = settings.SITE + reverse("my_shifts")
    for party in Party.objects.filter(user=fact.user_id).select_related("user"):
        write_to(
            party,
            subject="Your days for the rota",
            text=lambda _: f"{ended(text)}\n\nYour days stand here:\n{page}\n",
            thread="",
            entry_id=entry_id,
            stamp=stamp,
        )
