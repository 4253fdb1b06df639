"""Whom a liaison can turn to: those who sit for a district, districts where nobody does, groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import Actor
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.directory.queries.seats import holding
from wardroom.directory.rules import ANC
from wardroom.engagement import policy
from wardroom.engagement.queries.belonging import Home, Homes

PARTY, DISTRICT = "party", "smd"


def key_of(party_id: int | None, smd_code: str) -> str:
    """How an address names somebody, or a district where nobody is known."""
    code = smd_code.replace("/", "_")
    return f"{DISTRICT}-{code}" if party_id is None else f"{PARTY}-{party_id}"


@dataclass(frozen=True)
class TouchDraft:
    """Somebody who could be turned to, or a district where nobody is known.

    Who sits for a district may be known by name only, without a ``party_id``; a seat that is
    ``vacant`` is named by its district. ``commission_id`` is the ANC of the seat.
    """

    party_id: int | None
    name: str
    smd_code: str
    ward_code: str
    anc_code: str = ""
    group_kind: str = ""
    language: str = ""
    seat_id: int | None = None
    commission_id: int | None = None
    vacant: bool = False

    @property
    def key(self) -> str:
        """How an address names it."""
        return key_of(self.party_id, self.smd_code)

    @property
    def keys(self) -> frozenset[str]:
        """All that it may have been named by: a district stays one when it is known who sits."""
        seat = {key_of(None, self.smd_code)} if self.seat_id is not None else set()
        return frozenset({self.key, *seat})

    @property
    def area(self) -> str:
        """The part of the city that it stands for."""
        return self.smd_code or f"{self.anc_code}/{self.ward_code}"


def touchable(actor: Actor, *, on: date, ward: str = "", smd: str = "") -> tuple[TouchDraft, ...]:
    """The districts of commissioners and the groups of an area, within reach."""
    scope = policy.reach_of_contacts(actor)
    return tuple(
        draft
        for draft in (*_commissioners(on), *_groups(on))
        if ward in ("", draft.ward_code)
        and smd in ("", draft.smd_code)
        and scope.covers({"ward_code": draft.ward_code})
    )


def smds_within(actor: Actor, wards: Mapping[str, str]) -> tuple[str, ...]:
    """The single-member districts whose contacts the actor sees, to choose from.

    ``wards`` is the ward of each district, see `wards_of_smds`.
    """
    scope = policy.reach_of_contacts(actor)
    return tuple(sorted(smd for smd, ward in wards.items() if scope.covers({"ward_code": ward})))


def _commissioners(on: date) -> list[TouchDraft]:
    """Each district once: with the commissioner, or without where the seat is empty."""
    seats = Seat.objects.filter(district__isnull=False, until_on=None).order_by("smd_code")
    held = Tenure.objects.filter(holding(on), seat__in=seats.values("pk"))
    sits = {t.seat_id: t for t in held.select_related("party").order_by("since_on", "pk")}
    columns = ("pk", "smd_code", "ward_code", "organisation", "organisation__area_code")
    return [_of_seat(sits.get(row[0]), *row) for row in seats.values_list(*columns)]


def _of_seat(
    tenure: Tenure | None, seat: int, smd: str, ward: str, commission: int, anc: str
) -> TouchDraft:
    party = tenure.party if tenure is not None else None
    return TouchDraft(
        party_id=party.pk if party is not None else None,
        name=tenure.holder_name if tenure is not None else f"SMD {smd}",
        smd_code=smd,
        ward_code=ward,
        anc_code=anc,
        group_kind=ANC,
        language=party.language if party is not None else "",
        seat_id=seat,
        commission_id=commission,
        vacant=tenure is None,
    )


def _groups(on: date) -> list[TouchDraft]:
    rows = Party.objects.filter(agency=False, merged_into=None, withdrawn_at=None)
    rows = rows.exclude(organisation_kind="").exclude(area_kind="").order_by("name", "pk")
    parties = list(rows)
    homes = Homes(parties=parties)
    found = []
    for party in parties:
        home = homes.of(party.pk, on) or Home("", "", "", "")
        found.append(
            TouchDraft(
                party_id=party.pk,
                name=party.name,
                smd_code=home.smd_code,
                ward_code=home.ward_code,
                anc_code=party.area_code if party.area_kind == ANC else "",
                group_kind=party.organisation_kind,
                language=party.language,
            )
        )
    return found
