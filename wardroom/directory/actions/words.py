"""What every change to a party shares: its place in the index."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.directory.models import Alias, ContactPoint, Party
from wardroom.kernel.facts import Ref
from wardroom.search.actions import index_thing


def index_party(party: Party, *, stamp: Stamp) -> None:
    """Let a person or an organisation be found by its names, code, telephone and address."""
    points = ContactPoint.objects.filter(party=party).order_by("pk")
    names = Alias.objects.filter(party=party).order_by("pk").values_list("name", flat=True)
    words = [party.code, *names]
    for value, match in points.values_list("value", "match"):
        words += [value] if value == match else [value, match]
    index_thing(
        Ref("party", str(party.pk)),
        title=party.name,
        text=" ".join(word for word in words if word),
        code=party.code,
        at=stamp.at,
    )
