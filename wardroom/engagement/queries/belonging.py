"""Where somebody belonged on a day: district, ward, kind of group, language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Q

from wardroom.city.models import Membership
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.directory.rules import ANC


@dataclass(frozen=True)
class Home:
    """Where somebody belonged on a day, as far as the office knows."""

    smd_code: str
    ward_code: str
    group_kind: str
    language: str


@dataclass(frozen=True)
class _Area:
    group_kind: str
    area_kind: str
    area_code: str


@dataclass(frozen=True)
class _Held:
    since_on: date
    until_on: date | None
    smd_code: str
    ward_code: str
    area: _Area

    def holds(self, on: date) -> bool:
        return self.since_on <= on and (self.until_on is None or on < self.until_on)


class Homes:
    """The homes of some people and groups, looked up together.

    Staff of the office and agencies have none: outreach is to the community.
    """

    def __init__(
        self, party_ids: Iterable[int] | None = None, *, parties: Collection[Party] | None = None
    ) -> None:
        """Of these parties, by their numbers or as they were looked up; without any, of all."""
        rows = Party.objects.filter(agency=False, user=None)
        tenures = Tenure.objects.filter(party__isnull=False)
        columns = ("organisation_kind", "area_kind", "area_code")
        if parties is not None:
            party_ids = [party.pk for party in parties]
        if party_ids is not None:
            some = list(party_ids)
            rows, tenures = rows.filter(pk__in=some), tenures.filter(party__in=some)
        if parties is None:
            named: Iterable[Any] = rows.values_list("pk", "language", *columns)
        else:
            of_all = attrgetter("pk", "language", *columns)
            named = (of_all(one) for one in parties if one.user_id is None and not one.agency)
        self._own = {pk: (_Area(*area), language) for pk, language, *area in named}
        self._held: dict[int, list[_Held]] = {}
        seats = ("party", "since_on", "until_on", "seat__smd_code", "seat__ward_code")
        of = [f"seat__organisation__{column}" for column in columns]
        for party, since, until, smd, ward, *area in tenures.order_by(
            "-since_on", "-pk"
        ).values_list(*seats, *of):
            self._held.setdefault(party, []).append(_Held(since, until, smd, ward, _Area(*area)))
        self._smds, self._ancs = _wards_of(self._districts(party_ids is not None))

    def of(self, party_id: int, on: date, *, smd: str = "", ward: str = "") -> Home | None:
        """Where a party belonged; a hint is where it was, for those of whom nothing is known."""
        if party_id not in self._own:
            return None
        own, language = self._own[party_id]
        held = next((h for h in self._held.get(party_id, ()) if h.holds(on)), None)
        area = own if own.area_kind or held is None else held.area
        smd_code = (held.smd_code if held else "") or _code(area, "smd") or smd
        ward_code = (
            self._smds.get(smd_code)
            or (held.ward_code if held else "")
            or _code(area, "ward")
            or self._ward_of_anc(_code(area, ANC), ward)
            or ward
        )
        kind = own.group_kind or (held.area.group_kind if held else "")
        return Home(smd_code, ward_code, kind, language)

    def _ward_of_anc(self, anc: str, hint: str) -> str:
        """The ward of a commission; of one in two wards, the one that is hinted at."""
        wards = self._ancs.get(anc, frozenset())
        return hint if hint in wards else min(wards, default="")

    def _districts(self, some: bool) -> Q:
        """Which seats say in which ward a district or a commission lies."""
        if not some:
            return Q()
        areas = [area for area, _ in self._own.values()]
        areas += [h.area for held in self._held.values() for h in held]
        ancs = {_code(area, ANC) for area in areas} - {""}
        smds = {_code(area, "smd") for area in areas} - {""}
        return Q(organisation__area_code__in=ancs) | Q(smd_code__in=smds)


def _code(area: _Area, kind: str) -> str:
    return area.area_code if area.area_kind == kind else ""


def _wards_of(which: Q) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """The ward of each district and the wards of each commission, by the seats of these."""
    rows = Seat.objects.filter(which, organisation__organisation_kind=ANC, until_on=None)
    smds: dict[str, str] = {}
    ancs: dict[str, frozenset[str]] = {}
    for smd, ward, anc in rows.exclude(ward_code="").values_list(
        "smd_code", "ward_code", "organisation__area_code"
    ):
        smds[smd] = ward
        ancs[anc] = ancs.get(anc, frozenset()) | {ward}
    return smds, ancs


def wards_of_smds() -> Mapping[str, str]:
    """The ward of each single-member district that has a commissioner's seat."""
    return _wards_of(Q(district__isnull=False))[0]


def smds_of_places(place_ids: Iterable[int]) -> Mapping[int, str]:
    """The single-member district of each place, by the newest boundaries that hold it."""
    rows = Membership.objects.filter(
        place__in=list(place_ids), district__boundary_set__kind="smd"
    ).order_by("district__boundary_set__valid_from")
    return dict(rows.values_list("place", "district__code"))
