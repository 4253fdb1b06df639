"""Who is a member of a group on a day, who may be written to, and which roles are held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
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
    members = rows.values_list(Coalesce("party__merged_into", "party"), flat=True)
    return _addresses_of(set(members) - {None})


def _addresses_of(members: set[int]) -> dict[int, tuple[str, str]]:
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


def tenures_in(group: Group, *, on: date) -> tuple[Tenure, ...]:
    """The memberships and roles that are held in a group on a day, the oldest first."""
    rows = Tenure.objects.filter(holding(on), seat__organisation=group.party)
    return tuple(rows.select_related("party", "seat").order_by("since_on", "pk"))


def members_of(held: Iterable[Tenure]) -> tuple[MemberRow, ...]:
    """The members of a group by name, with their roles, of what is held in it."""
    found: dict[Any, list[Tenure]] = {}
    for row in held:
        found.setdefault(row.party_id or row.name, []).append(row)
    going_on = {_goes_on_as(rows[0].party) for rows in found.values()}
    reached = _addresses_of({pk for pk in going_on if pk is not None})
    made = [
        MemberRow(
            party_id=rows[0].party_id,
            name=rows[0].holder_name,
            since_on=rows[0].since_on,
            roles=tuple(t.seat.title for t in rows if t.seat.title != rules.MEMBER),
            by_mail=_goes_on_as(rows[0].party) in reached,
        )
        for rows in found.values()
    ]
    return tuple(sorted(made, key=lambda row: (row.name.casefold(), row.party_id or 0)))


def roles_of(
    group: Group, held: Iterable[Tenure], *, term_months: int | None, on: date
) -> tuple[RoleRow, ...]:
    """The roles of a group in the order in which they were made, vacant ones too."""
    seats = Seat.objects.filter(organisation=group.party, until_on=None)
    titles = list(seats.exclude(title=rules.MEMBER).order_by("pk").values_list("title", flat=True))
    standing = sorted((t for t in held if t.seat.until_on is None), key=lambda t: t.pk)
    by_title = {row.seat.title: row for row in standing}
    return tuple(_role(title, by_title.get(title), term_months, on) for title in titles)


def came_and_went(group: Group, *, since_on: date, on: date) -> tuple[int, int]:
    """How many joined a group since a day, and how many left it."""
    rows = Tenure.objects.filter(seat__organisation=group.party, seat__title=rules.MEMBER)
    told = rows.aggregate(
        joined=Count("pk", filter=Q(since_on__gte=since_on, since_on__lte=on)),
        left=Count("pk", filter=Q(until_on__gte=since_on, until_on__lte=on)),
    )
    return told["joined"], told["left"]


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
