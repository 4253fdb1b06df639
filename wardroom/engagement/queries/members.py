"""Who is a member of a group on a day, who may be written to, and which roles are held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from wardroom.access.models import holds_any
from wardroom.directory.models import Consent, ContactPoint, Party, Seat, Tenure
from wardroom.directory.queries.consents import matches_refused
from wardroom.directory.queries.seats import holding
from wardroom.directory.rules import INVITATIONS
from wardroom.engagement.models import Group
from wardroom.engagement.rules import groups as rules


@dataclass(frozen=True)
class MemberRow:
    """A member of a group: since when, which role, and whether a notice reaches them."""

    party_id: int | None
    name: str
    since_on: date
    roles: tuple[str, ...]
    by_mail: bool


@dataclass(frozen=True)
class RoleRow:
    """A role of a group and who holds it; no name where it is vacant."""

    title: str
    party_id: int | None
    name: str
    since_on: date | None
    ends_on: date | None
    soon: bool


def addresses_of_members(organisation_id: int, *, on: date) -> dict[int, tuple[str, str]]:
    """The members who may be invited by e-mail on a day: name and address by number.

    What was last said about invitations counts; who was never asked is not written to, and an
    address that anybody refused is nobody's. A member whose record was joined to another is
    under the number of that one, and has the addresses of both.
    """
    rows = Tenure.objects.filter(holding(on), seat__organisation=organisation_id)
    members = set(rows.values_list(Coalesce("party__merged_into", "party"), flat=True)) - {None}
    points = ContactPoint.objects.annotate(who=Coalesce("party__merged_into", "party")).filter(
        holds_any("party", members) | holds_any("party__merged_into", members),
        channel="email",
        bounced_at=None,
        ended_at=None,
    )
    found = list(points.select_related("party__merged_into").order_by("pk"))
    said = _last_said([point.pk for point in found])
    matches = [point.match for point in found]
    refused = matches_refused(matches, purpose=INVITATIONS, channel="email")
    return {
        point.who: ((point.party.merged_into or point.party).name, point.value)
        for point in found
        if said.get(point.pk) and point.match not in refused
    }


def members_of(group: Group, *, on: date) -> tuple[MemberRow, ...]:
    """The members of a group on a day, by name, with their roles."""
    rows = Tenure.objects.filter(holding(on), seat__organisation=group.party)
    reached = addresses_of_members(group.party_id, on=on)
    found: dict[Any, list[Tenure]] = {}
    for row in rows.select_related("party", "seat").order_by("since_on", "pk"):
        found.setdefault(row.party_id or row.name, []).append(row)
    made = [
        MemberRow(
            party_id=held[0].party_id,
            name=held[0].holder_name,
            since_on=held[0].since_on,
            roles=tuple(t.seat.title for t in held if t.seat.title != rules.MEMBER),
            by_mail=_goes_on_as(held[0].party) in reached,
        )
        for held in found.values()
    ]
    return tuple(sorted(made, key=lambda row: (row.name.casefold(), row.party_id or 0)))


def roles_of(group: Group, *, term_months: int | None, on: date) -> tuple[RoleRow, ...]:
    """The roles of a group in the order in which they were made, vacant ones too."""
    seats = Seat.objects.filter(organisation=group.party, until_on=None)
    titles = list(seats.exclude(title=rules.MEMBER).order_by("pk").values_list("title", flat=True))
    held = Tenure.objects.filter(holding(on), seat__in=seats).select_related("party", "seat")
    by_title = {row.seat.title: row for row in held.order_by("pk")}
    return tuple(_role(title, by_title.get(title), term_months, on) for title in titles)


def came_and_went(group: Group, *, since_on: date, on: date) -> tuple[int, int]:
    """How many joined a group since a day, and how many left it."""
    rows: QuerySet[Tenure] = Tenure.objects.filter(
        seat__organisation=group.party, seat__title=rules.MEMBER
    )
    joined = rows.filter(since_on__gte=since_on, since_on__lte=on).count()
    return joined, rows.filter(until_on__gte=since_on, until_on__lte=on).count()


def _goes_on_as(party: Party | None) -> int | None:
    """The number of the record in which somebody goes on."""
    return None if party is None else party.merged_into_id or party.pk


def _role(title: str, held: Tenure | None, months: int | None, on: date) -> RoleRow:
    if held is None:
        return RoleRow(title, None, "", None, None, soon=False)
    ends_on = held.until_on or rules.term_ends(held.since_on, months)
    soon = rules.ends_soon(ends_on, today=on)
    return RoleRow(title, held.party_id, held.holder_name, held.since_on, ends_on, soon)


def _last_said(points: list[int]) -> dict[int, bool | None]:
    rows = Consent.objects.filter(point__in=points, purpose=INVITATIONS).order_by("pk")
    return dict(rows.values_list("point", "given"))
