"""What the words of a row stand for: service, agency, status, place and districts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from wardroom.access.actor import Stamp
from wardroom.city.queries import DatedIndex, dated_indexes
from wardroom.city.rules import place_key
from wardroom.directory.actions import add_party, add_service
from wardroom.directory.models import Party, Service
from wardroom.directory.queries import agency_named
from wardroom.service_requests.gateways.files import Row
from wardroom.service_requests.rules import Layout, status_of

KINDS = ("ward", "anc", "smd")
UNKNOWN_AGENCY = "UNKNOWN"
TEST_WORDS = ("test sr", "sample sr")


@dataclass(frozen=True)
class Settled:
    """A row with everything its words stand for."""

    row: Row
    service_id: int
    agency_code: str
    status: str
    place_key: int | None
    ward_id: int | None
    anc_id: int | None
    smd_id: int | None
    ward_code: str


class Resolver:
    """Remembers, for one reading, what services, agencies and districts there are."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._services = {s.code: s.pk for s in Service.objects.only("pk", "code")}
        self._by_name = {s.name.lower(): s.pk for s in Service.objects.only("pk", "name")}
        self._agencies: dict[str, Party | None] = {}
        self._districts: dict[str, Sequence[DatedIndex]] = {k: dated_indexes(k) for k in KINDS}

    def learn(self, rows: Iterable[Row], *, stamp: Stamp) -> None:
        """Put services and agencies that nobody knew into the directory."""
        for row in rows:
            if self._service_of(row) is None:
                agency = self._agency(row.agency, stamp)
                made = add_service(
                    agency,
                    code=row.service_code,
                    name=row.service_name,
                    test_only=row.service_name.lower().startswith(TEST_WORDS),
                    stamp=stamp,
                )
                self._services[made.code] = made.pk
                self._by_name.setdefault(made.name.lower(), made.pk)
            elif row.agency and row.agency not in self._agencies:
                self._agency(row.agency, stamp)

    def settle(self, rows: Sequence[Row]) -> list[Settled]:
        """What each row's words stand for; districts by the version of its own day."""
        if not rows:
            return []
        found = {kind: self._districts_of(kind, rows) for kind in KINDS}
        made = []
        for n, row in enumerate(rows):
            ward_id, ward_code = found["ward"][n]
            service_id = self._service_of(row)
            assert service_id is not None
            agency = self._agencies.get(row.agency)
            made.append(
                Settled(
                    row=row,
                    service_id=service_id,
                    agency_code=agency.code if agency else row.agency,
                    status=status_of(
                        row.status_given,
                        own=self.layout.statuses,
                        closed=row.closed_at is not None,
                    ),
                    place_key=place_key(row.address_id, row.address, row.latitude, row.longitude),
                    ward_id=ward_id,
                    anc_id=found["anc"][n][0],
                    smd_id=found["smd"][n][0],
                    ward_code=ward_code,
                )
            )
        return made

    def _service_of(self, row: Row) -> int | None:
        found = self._services.get(row.service_code)
        if found is None and "service_code" not in self.layout.columns:
            found = self._by_name.get(row.service_name.lower())
        return found

    def _agency(self, word: str, stamp: Stamp) -> Party:
        code = word or UNKNOWN_AGENCY
        if self._agencies.get(code) is None:
            name = code if word else "Agency not named in the feed"
            self._agencies[code] = agency_named(code) or add_party(
                None, kind="organisation", name=name, code=code, agency=True, stamp=stamp
            )
        party = self._agencies[code]
        assert party is not None
        return party

    def _districts_of(self, kind: str, rows: Sequence[Row]) -> list[tuple[int | None, str]]:
        answer: list[tuple[int | None, str]] = [(None, "")] * len(rows)
        lon = np.array([np.nan if r.longitude is None else r.longitude for r in rows])
        lat = np.array([np.nan if r.latitude is None else r.latitude for r in rows])
        days = np.array([r.opened_on for r in rows])
        for version in self._districts[kind]:
            inside = days >= version.valid_from.isoformat()
            if version.valid_until is not None:
                inside &= days <= version.valid_until.isoformat()
            at = np.flatnonzero(inside)
            numbers = version.index.locate(lon[at], lat[at])
            ids = version.district_ids
            for n, number in zip(at.tolist(), numbers.tolist(), strict=True):
                if number >= 0:
                    answer[n] = (int(ids[number]), version.codes[number])
        return answer
