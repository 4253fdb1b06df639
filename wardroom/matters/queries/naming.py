"""Whom or what a typed name means, where it means exactly one."""

from __future__ import annotations

from django.db.models import Q

from wardroom.access.actor import Actor
from wardroom.city.models import Place
from wardroom.city.rules import address_key
from wardroom.directory.models import Alias, Party
from wardroom.kernel.facts import Ref
from wardroom.library.models import Topic
from wardroom.matters.gateways import sees_party
from wardroom.matters.rules import Named


def meant(name: Named, actor: Actor) -> Ref | None:
    """The one party, topic or place that a name means; none where it means none or several.

    Somebody whom the writer may not see is not meant: the name stays as it was typed.
    """
    if name.noun == "party":
        found = _party(name.text)
        return found if found is not None and sees_party(actor, int(found.key)) else None
    if name.noun == "topic":
        return _topic(name.text)
    return _place(name.text)


def _party(text: str) -> Ref | None:
    exact = Party.objects.filter(
        Q(code__iexact=text) | Q(name__iexact=text), merged_into=None, withdrawn_at=None
    )
    found = list(exact.values_list("pk", flat=True)[:2])
    if not found:
        aliases = Alias.objects.filter(name__iexact=text).values_list("party_id", flat=True)
        found = list(aliases.distinct()[:2])
    return Ref("party", str(found[0])) if len(found) == 1 else None


def _topic(text: str) -> Ref | None:
    rows = Topic.objects.filter(Q(code__iexact=text) | Q(name__iexact=text))
    found = list(rows.values_list("code", flat=True)[:2])
    return Ref("topic", found[0]) if len(found) == 1 else None


def _place(text: str) -> Ref | None:
    key = address_key(text)
    if key is None:
        return None
    found = Place.objects.filter(key=key).values_list("pk", flat=True).first()
    return Ref("place", str(found)) if found is not None else None
