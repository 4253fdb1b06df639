"""A service with everything that belongs to it inside, as HSDS writes it in JSON, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wardroom.library.rules.hsds.cells import Row
from wardroom.library.rules.hsds.tables import TABLES

Tables = Mapping[str, Iterable[Row]]
OF_SERVICE = (
    "phone",
    "schedule",
    "service_area",
    "language",
    "required_document",
    "cost_option",
)
OF_SITE = ("address", "phone", "schedule", "language")
OF_AT_SITE = ("phone", "schedule")
MANY = {name: table.many for name, table in TABLES.items()}


def flattened(service: Mapping[str, Any]) -> Iterator[tuple[str, Row]]:
    """The rows that a nested service is made of, each with the list it belongs to."""
    plain = _own(service)
    if isinstance(organization := service.get("organization"), dict):
        plain["organization_id"] = organization.get("id")
        yield "organizations", _own(organization)
        yield from _inside(organization, ("phone",), organization_id=organization.get("id"))
    yield "services", plain
    yield from _inside(service, OF_SERVICE, service_id=service.get("id"))
    for at in _objects(service.get("service_at_locations")):
        yield from _at_site(at, service.get("id"))
    for link in _objects(service.get("attributes")):
        yield from _need(link, service.get("id"))


def _at_site(at: Mapping[str, Any], service_id: Any) -> Iterator[tuple[str, Row]]:
    row = _own(at) | {"service_id": service_id}
    if isinstance(site := at.get("location"), dict):
        row["location_id"] = site.get("id")
        yield "locations", _own(site)
        yield from _inside(site, OF_SITE, location_id=site.get("id"))
    yield "service_at_locations", row
    yield from _inside(at, OF_AT_SITE, service_at_location_id=at.get("id"))


def _need(link: Mapping[str, Any], service_id: Any) -> Iterator[tuple[str, Row]]:
    row = _own(link) | {"link_id": service_id, "link_entity": "service"}
    if isinstance(term := link.get("taxonomy_term"), dict):
        row["taxonomy_term_id"] = term.get("id")
        yield "taxonomy_terms", _own(term)
    yield "attributes", row


def _inside(
    owner: Mapping[str, Any], names: Iterable[str], **owned: Any
) -> Iterator[tuple[str, Row]]:
    for name in names:
        for part in _objects(owner.get(MANY[name])):
            yield MANY[name], _own(part) | owned


def _own(given: Mapping[str, Any]) -> Row:
    return {name: value for name, value in given.items() if not isinstance(value, dict | list)}


def _objects(given: Any) -> list[Mapping[str, Any]]:
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


@dataclass(frozen=True)
class Nest:
    """The rows of all tables, so that a service is put together without looking twice."""

    by_id: Mapping[str, Mapping[str, Row]]
    by_owner: Mapping[tuple[str, str, str], list[Row]]

    @classmethod
    def of(cls, tables: Tables) -> Nest:
        """The rows, by their number and by what they belong to."""
        by_owner: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for name, rows in tables.items():
            owners = [column.name for column in TABLES[name].columns if column.to]
            for row in rows:
                for owner in owners:
                    if row[owner]:
                        by_owner[name, owner, row[owner]].append(row)
        by_id = {name: {row["id"]: row for row in rows} for name, rows in tables.items()}
        return cls(by_id, by_owner)

    def brief(self, service: Row) -> dict[str, Any]:
        """A service with what it has one of: its own columns and its organization."""
        organization = self.by_id["organization"].get(service["organization_id"])
        made = _said(service)
        return made | ({"organization": _said(organization)} if organization else {})

    def whole(self, service: Row) -> dict[str, Any]:
        """A service with everything that belongs to it."""
        made, key = self.brief(service), service["id"]
        if "organization" in made:
            owner = service["organization_id"]
            made["organization"] |= self._parts(("phone",), "organization_id", owner)
        made |= self._parts(OF_SERVICE, "service_id", key)
        sites = self.by_owner.get(("service_at_location", "service_id", key), [])
        links = self.by_owner.get(("attribute", "link_id", key), [])
        if sites:
            made["service_at_locations"] = [self._site(at) for at in sites]
        if links:
            made["attributes"] = [self._link(link) for link in links]
        return made

    def _site(self, at: Row) -> dict[str, Any]:
        site = self.by_id["location"].get(at["location_id"])
        made = _said(at) | self._parts(OF_AT_SITE, "service_at_location_id", at["id"])
        if site is not None:
            made["location"] = _said(site) | self._parts(OF_SITE, "location_id", site["id"])
        return made

    def _link(self, link: Row) -> dict[str, Any]:
        term = self.by_id["taxonomy_term"].get(link["taxonomy_term_id"])
        made = _said(link)
        if term is not None:
            made["taxonomy_term"] = _said(term, keep=("parent_id", "taxonomy_id"))
        return made

    def _parts(self, names: Iterable[str], owner: str, key: str) -> dict[str, list[dict[str, Any]]]:
        found = {MANY[name]: self.by_owner.get((name, owner, key), []) for name in names}
        return {many: [_said(row) for row in rows] for many, rows in found.items() if rows}


def _said(row: Row, keep: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a row says: without what is empty, and without pointers that the nesting tells."""
    return {
        name: value
        for name, value in row.items()
        if value not in (None, "") and (name == "id" or not name.endswith("_id") or name in keep)
    }
