"""Taking out somebody whom nothing in the house names any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from wardroom.access.actor import Stamp
from wardroom.access.models import pointing_at
from wardroom.directory.models import Alias, Consent, ContactImport, ContactPoint, Party
from wardroom.kernel.facts import Ref
from wardroom.search.actions import unindex_things

GONE = "(destroyed)"
# What says how to reach somebody and what they are called: no reason to keep them.
OWN = (Alias, ContactPoint)
# What is counted from lines names nobody once the matter of its line was destroyed.
COUNTED = ("engagement.realcontact",)


def empty_people(parties: Iterable[int], *, stamp: Stamp) -> tuple[int, ...]:
    """Take out those of these people whom nothing names any more; gives back who went.

    Their names, ways to reach them and what they agreed to go; a number without a name stays.
    Who signs in, an organization, who was joined with another record, or came in a file of
    contacts that is kept, stays. Called inside the action that disposes of what they reported.
    Records nothing by itself.
    """
    some = Party.objects.filter(
        pk__in=list(parties), kind=Party.Kind.PERSON, user=None, code="", merged_into=None
    )
    held = some.select_for_update(of=("self",)).order_by("pk")  # who names them now waits
    loose = [party.pk for party in held if not _is_named(party)]
    brought = _imported() if loose else frozenset()
    gone = [pk for pk in loose if pk not in brought]
    Consent.objects.filter(point__party__in=gone).delete()
    ContactPoint.objects.filter(party__in=gone).delete()
    Alias.objects.filter(party__in=gone).delete()
    Party.objects.filter(pk__in=gone).update(
        name=GONE, language="", interpreter=False, access_needs="", withdrawn_at=stamp.at
    )
    unindex_things([Ref("party", str(pk)) for pk in gone])
    return tuple(gone)


def _is_named(party: Party) -> bool:
    """Whether any row of the house points at somebody."""
    links = pointing_at(Party, but=OWN)
    return any(_rows(model, name, party).exists() for model, name in links)


def _rows(model: type[Model], name: str, party: Party) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._base_manager.filter(**{name: party})
    if model._meta.label_lower in COUNTED:
        return rows.exclude(line__isnull=False, matter__destroyed_at__isnull=False)
    return rows


def _imported() -> frozenset[int]:
    """Whom the files of contacts brought."""
    files = ContactImport.objects.order_by("pk").values_list("changes", flat=True)
    found = {row.get("party") for changes in files.iterator() for row in changes}
    return frozenset(pk for pk in found if pk is not None)
