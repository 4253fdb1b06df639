"""ANCs and their seats, made from the boundaries that the city has loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.queries import DistrictInside, districts_inside
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record, record_together


@action(policy.may_make_commissions)
def make_commissions(_: None, *, stamp: Stamp) -> int:
    """Make each ANC and a commissioner's seat for each of its districts, from the boundaries.

    Seats of an older version end on the day the newer one began, and who held them with them;
    a commission stays the same one. Returns how many seats are new. Refuses: a city whose ANC
    and SMD boundaries are not loaded; what is made already. Records: `CommissionsMade`, and
    for each commission `OrganisationAdded`, `SeatsMade` and `SeatsOfBoundariesEnded`.
    """
    on = localdate(stamp.at)
    found = districts_inside("smd", ("anc", "ward"), on)
    members: dict[str, list[DistrictInside]] = {}
    for row in found:
        if row.inside.get("anc"):
            members.setdefault(row.inside["anc"], []).append(row)
    if not members:
        raise Refused("no_boundaries", "Load the boundaries of ANCs and SMDs first.")
    valid_from = found[0].valid_from
    there = set(
        Seat.objects.filter(district__in=[row.district_id for row in found]).values_list(
            "district", flat=True
        )
    )
    if len(there) == sum(len(rows) for rows in members.values()):
        raise Refused("nothing_new", "The ANCs and their seats are made already.")
    known = {p.area_code: p for p in Party.objects.filter(organisation_kind=rules.ANC)}
    ended = _end_older(known.values(), found, valid_from, stamp)
    made = 0
    for code, rows in sorted(members.items()):
        commission = known.get(code) or _commission(code, stamp)
        made += _seats(commission, [r for r in rows if r.district_id not in there], stamp)
    fact = facts.CommissionsMade(
        valid_from=valid_from, commissions=len(members), seats=made, ended=ended
    )
    record(fact, stamp=stamp)
    return made


def _commission(code: str, stamp: Stamp) -> Party:
    party = Party.objects.create(
        kind=Party.Kind.ORGANISATION,
        name=f"ANC {code}",
        organisation_kind=rules.ANC,
        area_kind="anc",
        area_code=code,
    )
    fact = facts.OrganisationAdded(
        party_id=party.pk,
        party_name=party.name,
        organisation_kind=rules.ORGANISATION_KINDS[rules.ANC],
        area=f"ANC {code}",
    )
    record(fact, stamp=stamp)
    index_party(party, stamp=stamp)
    return party


def _seats(commission: Party, rows: list[DistrictInside], stamp: Stamp) -> int:
    if not rows:
        return 0
    Seat.objects.bulk_create(
        Seat(
            organisation=commission,
            title=rules.COMMISSIONER,
            ward_code=row.inside.get("ward", ""),
            smd_code=row.code,
            district_id=row.district_id,
            since_on=row.valid_from,
        )
        for row in rows
    )
    fact = facts.SeatsMade(
        party_id=commission.pk,
        party_name=commission.name,
        seats=len(rows),
        since_on=rows[0].valid_from,
    )
    record(fact, stamp=stamp)
    return len(rows)


def _end_older(
    commissions: Iterable[Party],
    found: tuple[DistrictInside, ...],
    valid_from: date,
    stamp: Stamp,
) -> int:
    """End the seats that no district of today stands for; returns how many."""
    now = {row.district_id for row in found}
    old = Seat.objects.filter(
        organisation__in=list(commissions), district__isnull=False, until_on=None
    ).exclude(district__in=now)
    seats = list(old.select_related("organisation").order_by("organisation", "pk"))
    Tenure.objects.filter(seat__in=seats, until_on=None, since_on__lte=valid_from).update(
        until_on=valid_from
    )
    old.update(until_on=valid_from)
    by_party: dict[int, list[Seat]] = {}
    for seat in seats:
        by_party.setdefault(seat.organisation_id, []).append(seat)
    record_together(
        [
            facts.SeatsOfBoundariesEnded(
                party_id=rows[0].organisation_id,
                party_name=rows[0].organisation.name,
                seats=len(rows),
                until_on=valid_from,
            )
            for rows in by_party.values()
        ],
        stamp=stamp,
    )
    return len(seats)
