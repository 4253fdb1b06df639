"""Who has work that they cannot look after any more, as their role has ended."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.matters.models import Handover
from wardroom.matters.queries.live import left_behind, live_counts


def get_people_who_left_work(*, on: date) -> tuple[Party, ...]:
    """Whoever has live work after a role of theirs has ended, and hands nothing over yet."""
    ended = Grant.objects.filter(user=OuterRef("user"), valid_until__lt=on)
    running = Handover.objects.filter(party=OuterRef("pk"), state="running")
    people = Party.objects.filter(Exists(ended) | Q(user__is_active=False)).exclude(Exists(running))
    found = {party.pk: party for party in people.select_related("user").order_by("pk")}
    counts = live_counts(found, on=on)
    busy = (party for pk, party in found.items() if counts[pk])
    return tuple(p for p in busy if left_behind(p, actor_for(p.user, on=on), on=on))
