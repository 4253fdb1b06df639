"""What the words of a row stand for: service, agency, status, place and districts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardroom.access.actor import Stamp
from wardroom.city.queries import dated_indexes
from wardroom.city.rules import place_key
from wardroom.directory.actions import add_party, add_service
from wardroom.directory.models import Party, Service
from wardroom.directory.queries import agency_named
from wardroom.service_requests.gateways.files import Row
from wardroom.service_requests.rules import KINDS, Layout, status_after_closing, status_of

FIELD_OF = {
    "agency": "agency", "status_given": "status", "closed_at": "closed", "due_at": "due",
    "address": "address", "zip_code": "zip_code", "address_id": "address_id",
    "latitude": "latitude", "longitude": "longitude", "ward_given": "ward",
    "priority": "priority", "calls": "calls", "channel": "channel", "reporter": "reporter",
    "parent_id": "parent_id",
}  # fmt: skip
UNKNOWN_AGENCY = "UNKNOWN"
TEST_WORDS = ("test sr", "sample sr")


class Settled(NamedTuple):
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
        self._words = {s.pk: {s.code, s.name.lower()} for s in Service.objects.only("code", "name")}
        self._not_carried = [a for a, f in FIELD_OF.items() if f not in layout.carried]
        self._agencies: dict[str, Party | None] = {}
        self._statuses: dict[tuple[str, bool], str] = {}
        self._locators = {kind: Locator(kind) for kind in KINDS}

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
                self._words[made.pk] = {made.code, made.name.lower()}
            elif row.agency and row.agency not in self._agencies:
                self._agency(row.agency, stamp)

    def settle(self, rows: Sequence[Row]) -> list[Settled]:
        """What each row's words stand for; districts by the version of its own day."""
        if not rows:
            return []
        points = Points.of(
            [r.longitude for r in rows], [r.latitude for r in rows], [r.opened_on for r in rows]
        )
        wards, ward_codes = self._locators["ward"].districts_of(points)
        ancs, _ = self._locators["anc"].districts_of(points)
        smds, _ = self._locators["smd"].districts_of(points)
        agencies = {word: party.code for word, party in self._agencies.items() if party}
        return [
            Settled(
                row,
                self._known_service(row),
                agencies.get(row.agency, row.agency),
                self.status_of(row),
                place_key(row.address_id, row.address, row.latitude, row.longitude),
                wards[n],
                ancs[n],
                smds[n],
                ward_codes[n],
            )
            for n, row in enumerate(rows)
        ]

    def over(self, row: Row, before: Settled) -> Row:
        """The row, and what was kept before where the file does not carry a column."""
        kept = {a: getattr(before.row, a) for a in self._not_carried}
        return row._replace(edited=row.edited or before.row.edited, **kept)

    def settle_over(self, rows: Sequence[Row], before: Sequence[Settled]) -> list[Settled]:
        """What rows stand for that lie over what was kept before.

        Districts change only with the point or the day: they are never silently reassigned.
        """
        return [
            self._kept(after, was) for after, was in zip(self.settle(rows), before, strict=True)
        ]

    def _kept(self, after: Settled, before: Settled) -> Settled:
        row, old = after.row, before.row
        service_id = after.service_id
        if "service_code" not in self.layout.columns:
            words = self._words.get(before.service_id, set())
            if {row.service_code, row.service_name.lower()} & words:
                service_id = before.service_id
        status = after.status
        if "status" not in self.layout.columns:
            was, now = old.closed_at is not None, row.closed_at is not None
            status = status_after_closing(before.status, was_closed=was, closed=now)
        after = after._replace(service_id=service_id, status=status)
        moved = (row.latitude, row.longitude, row.opened_at) != (
            old.latitude, old.longitude, old.opened_at,
        )  # fmt: skip
        if moved:
            return after
        if before.ward_id is not None:
            after = after._replace(ward_id=before.ward_id, ward_code=before.ward_code)
        return after._replace(
            anc_id=after.anc_id if before.anc_id is None else before.anc_id,
            smd_id=after.smd_id if before.smd_id is None else before.smd_id,
        )

    def status_of(self, row: Row) -> str:
        """What the row's status word means in this layout."""
        key = (row.status_given, row.closed_at is not None)
        found = self._statuses.get(key)
        if found is None:
            found = status_of(key[0], own=self.layout.statuses, closed=key[1])
            self._statuses[key] = found
        return found

    def _known_service(self, row: Row) -> int:
        found = self._service_of(row)
        assert found is not None
        return found

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


class Points(NamedTuple):
    """Where and on which day; arrays of one length, not-a-number where nowhere."""

    longitudes: NDArray[np.float64]
    latitudes: NDArray[np.float64]
    days: NDArray[np.str_]

    @classmethod
    def of(
        cls,
        longitudes: Sequence[float | None],
        latitudes: Sequence[float | None],
        days: Sequence[str],
    ) -> Points:
        """Lists as arrays."""
        east, north = (
            np.array([np.nan if x is None else x for x in xs]) for xs in (longitudes, latitudes)
        )
        return cls(east, north, np.array(days))


class Locator:
    """Every version of one kind of boundary, each for its own days."""

    def __init__(self, kind: str) -> None:
        self._versions = dated_indexes(kind)

    def districts_of(self, points: Points) -> tuple[list[int | None], list[str]]:
        """The number and the code of each point's district on its day; none outside all."""
        ids = np.full(len(points.days), None, dtype=object)
        codes = np.full(len(points.days), "", dtype=object)
        for version in self._versions:
            inside = points.days >= version.valid_from.isoformat()
            if version.valid_until is not None:
                inside &= points.days <= version.valid_until.isoformat()
            at = np.flatnonzero(inside)
            numbers = version.index.locate(points.longitudes[at], points.latitudes[at])
            found = np.flatnonzero(numbers >= 0)
            ids[at[found]] = version.district_ids.astype(object)[numbers[found]]
            codes[at[found]] = np.array(version.codes, dtype=object)[numbers[found]]
        return ids.tolist(), codes.tolist()
