"""What joining two records would do, before anybody does it."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.directory import rules
from wardroom.directory.models import ContactPoint, Party
from wardroom.directory.queries.consents import consents_of


@dataclass(frozen=True)
class RefusalToCome:
    """A number or an address for which a refusal on the other record would hold too."""

    point: ContactPoint
    purpose: str

    @property
    def words(self) -> str:
        """It in words."""
        return f"{self.point.value}: {rules.PURPOSES[self.purpose].lower()}"


def hindrance(party: Party, into: Party) -> str:
    """Why two records cannot be joined, in a sentence; nothing where they can."""
    if party.pk == into.pk:
        return "These are the same record."
    for one in (party, into):
        if one.merged_into_id is not None:
            return f"{one.name} is joined to another record already."
        if one.withdrawn_at is not None:
            return f"{one.name} was taken out of the directory."
    if party.kind != into.kind:
        return "One is a person, and the other an organization."
    if party.user_id is not None:
        return f"{party.name} signs in here. Keep that record, and join the other one to it."
    if party.agency or party.organisation_kind in rules.OWN_KINDS:
        return f"{party.name} is an agency or a commission, and stays a record of its own."
    return ""


def refusals_to_come(party: Party, into: Party) -> tuple[RefusalToCome, ...]:
    """What would be refused on either record, because it is refused on the other one."""
    both = [party.pk, into.pk, *Party.objects.filter(merged_into=into).values_list("pk", flat=True)]
    both += Party.objects.filter(merged_into=party).values_list("pk", flat=True)
    points = list(ContactPoint.objects.filter(party__in=both, ended_at=None).order_by("pk"))
    held = consents_of(point.pk for point in points)
    shared: dict[tuple[str, str], list[ContactPoint]] = {}
    for point in points:
        if point.match:
            shared.setdefault((point.channel, point.match), []).append(point)
    coming = []
    for alike in shared.values():
        for code in rules.PURPOSES:
            states = {p.pk: _state(held[p.pk][0], code) for p in alike}
            coming += [
                RefusalToCome(p, code)
                for p in alike
                if rules.after_joining(states[p.pk], states.values()) != states[p.pk]
            ]
    return tuple(coming)


def _state(rows: tuple[object, ...], purpose: str) -> str:
    return next(str(r.state) for r in rows if r.purpose == purpose)  # type: ignore[attr-defined]
