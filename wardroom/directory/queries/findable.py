"""What of people and organisations can be found: as one is changed, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from wardroom.access.models import holds_any
from wardroom.directory.models import Alias, ContactPoint, Party
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import About
from wardroom.search.rules import Shelf, Thing

LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def party_thing(party: Party, at: datetime) -> Thing:
    """Somebody is found by their names, code, telephone and address.

    Those of a record that was joined to this one count too.
    """
    points = ContactPoint.objects.filter(
        Q(party=party) | Q(party__merged_into=party), ended_at=None
    ).order_by("pk")
    names = list(Alias.objects.filter(party=party).order_by("pk").values_list("name", flat=True))
    names += Party.objects.filter(merged_into=party).order_by("pk").values_list("name", flat=True)
    return _thing(party, names, points.values_list("value", "match"), at)


def new_party_thing(party: Party, points: Iterable[ContactPoint], at: datetime) -> Thing:
    """The same for one who was written down just now, with these ways to reach them."""
    return _thing(party, [], [(point.value, point.match) for point in points], at)


def party_things(instants: Mapping[int, datetime]) -> Iterator[Thing]:
    """The same for many at once, each with its instant."""
    return _some(instants)


def shelves() -> tuple[Shelf, ...]:
    """All parties."""
    return (Shelf("party", _instants, _some),)


def _instants() -> Iterable[tuple[int, datetime]]:
    """Each with the instant of the newest line about it."""
    key = Cast(OuterRef("pk"), CharField(max_length=60))
    lines = About.objects.filter(noun="party", key=key).order_by("-entry")
    last = Coalesce(Subquery(lines.values("entry__at")[:1]), Value(LONG_AGO))
    rows = Party.objects.filter(merged_into=None, withdrawn_at=None)
    return rows.order_by().values_list("pk", last).iterator()


def _some(instants: Mapping[int, datetime]) -> Iterator[Thing]:
    names: dict[int, list[str]] = {}
    for pk, name in (
        Alias.objects.filter(holds_any("party", instants))
        .order_by("pk")
        .values_list("party_id", "name")
    ):
        names.setdefault(pk, []).append(name)
    joined = Party.objects.filter(holds_any("merged_into", instants)).order_by("pk")
    home = dict(joined.values_list("pk", "merged_into_id"))
    for pk, name in joined.values_list("merged_into_id", "name"):
        names.setdefault(pk, []).append(name)
    points: dict[int, list[tuple[str, str]]] = {}
    rows = ContactPoint.objects.filter(holds_any("party", [*instants, *home]), ended_at=None)
    for pk, value, match in rows.order_by("pk").values_list("party_id", "value", "match"):
        points.setdefault(home.get(pk, pk), []).append((value, match))
    for party in Party.objects.filter(holds_any("pk", instants)).order_by("pk"):
        pk = party.pk
        yield _thing(party, names.get(pk, ()), points.get(pk, ()), instants[pk])


def _thing(
    party: Party, names: Iterable[str], points: Iterable[tuple[str, str]], at: datetime
) -> Thing:
    words = [party.code, *names]
    for value, match in points:
        words += [value] if value == match else [value, match]
    return Thing(
        ref=Ref("party", str(party.pk)),
        title=party.name,
        text=" ".join(word for word in words if word),
        code=party.code,
        at=at,
    )
