"""What the office keeps of HSDS 3.0: its tables and columns, by the standard's own names.

Left out are the deprecated columns (licenses, fees, wait time) and what nobody needs to send
somebody there; a file may hold them, and is told that they are not kept.
Source: Open Referral, Human Services Data Specification 3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/3.0/hsds/"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
PLACES = ("physical", "postal", "virtual")


class Kind(StrEnum):
    """What stands in a column."""

    ID = "uuid"
    TEXT = "string"
    NUMBER = "number"
    WHOLE = "integer"
    DAY = "date"
    TIME = "time"
    DAYS = "byday"
    MONTH_DAYS = "bymonthday"


@dataclass(frozen=True)
class Column:
    """A column: what it holds, how much of it, and to which table it points."""

    name: str
    kind: Kind = Kind.TEXT
    most: int = 200
    needed: bool = False
    to: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: its file in a data package, the list it is in JSON, what people call it.

    ``owners`` are the columns of which one at least says to what a row belongs.
    """

    name: str
    many: str
    label: str
    columns: tuple[Column, ...]
    owners: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.many}.csv"


def _text(name: str, most: int = 200, *, needed: bool = False) -> Column:
    return Column(name, most=most, needed=needed)


def _id(name: str, to: str = "", *, needed: bool = False) -> Column:
    return Column(name, Kind.ID, needed=needed, to=to)


OWN = _id("id", needed=True)
LONG = 4000
OF_SERVICE = (
    _id("service_id", "service"),
    _id("location_id", "location"),
    _id("service_at_location_id", "service_at_location"),
)
OWNERS = tuple(column.name for column in OF_SERVICE)
SPAN = (Column("valid_from", Kind.DAY), Column("valid_to", Kind.DAY))

ORGANIZATION = Table(
    "organization",
    "organizations",
    "Organization",
    (
        OWN,
        _text("name", needed=True),
        _text("alternate_name"),
        _text("description", LONG),
        _text("email", 254),
        _text("website", 500),
    ),
)
TERM = Table(
    "taxonomy_term",
    "taxonomy_terms",
    "Need",
    (
        OWN,
        _text("code", 60),
        _text("name", 120, needed=True),
        _text("description", 500),
        _id("parent_id", "taxonomy_term"),
        _text("taxonomy"),
        _id("taxonomy_id"),
    ),
)
SERVICE = Table(
    "service",
    "services",
    "Service",
    (
        OWN,
        _id("organization_id", "organization", needed=True),
        _text("name", needed=True),
        _text("alternate_name"),
        _text("description", LONG),
        _text("url", 500),
        _text("email", 254),
        Column("status", needed=True, among=STATUSES),
        _text("interpretation_services", LONG),
        _text("application_process", LONG),
        _text("fees_description", LONG),
        _text("eligibility_description", LONG),
        Column("minimum_age", Kind.WHOLE, most=150),
        Column("maximum_age", Kind.WHOLE, most=150),
        Column("assured_date", Kind.DAY),
        _text("assurer_email", 254),
        _text("alert", 500),
    ),
)
LOCATION = Table(
    "location",
    "locations",
    "Site",
    (
        OWN,
        Column("location_type", needed=True, among=PLACES),
        _text("url", 500),
        _text("name"),
        _text("description", LONG),
        _text("transportation", 500),
        Column("latitude", Kind.NUMBER, most=90),
        Column("longitude", Kind.NUMBER, most=180),
    ),
)
AT_LOCATION = Table(
    "service_at_location",
    "service_at_locations",
    "Service at a site",
    (
        OWN,
        _id("service_id", "service", needed=True),
        _id("location_id", "location", needed=True),
        _text("description", LONG),
    ),
)
ADDRESS = Table(
    "address",
    "addresses",
    "Address",
    (
        OWN,
        _id("location_id", "location", needed=True),
        _text("attention"),
        _text("address_1", needed=True),
        _text("address_2"),
        _text("city", 100, needed=True),
        _text("state_province", 50, needed=True),
        _text("postal_code", 20, needed=True),
        _text("country", 2, needed=True),
        Column("address_type", needed=True, among=PLACES),
    ),
)
PHONE = Table(
    "phone",
    "phones",
    "Phone",
    (
        OWN,
        *OF_SERVICE,
        _id("organization_id", "organization"),
        _text("number", 60, needed=True),
        Column("extension", Kind.WHOLE, most=999_999_999),
        _text("type", 20),
        _text("description", 300),
    ),
    (*OWNERS, "organization_id"),
)
SCHEDULE = Table(
    "schedule",
    "schedules",
    "Hours",
    (
        OWN,
        *OF_SERVICE,
        *SPAN,
        Column("dtstart", Kind.DAY),
        Column("until", Kind.DAY),
        Column("freq", among=("WEEKLY", "MONTHLY")),
        Column("interval", Kind.WHOLE, most=52),
        Column("byday", Kind.DAYS, most=60),
        Column("bymonthday", Kind.MONTH_DAYS, most=100),
        Column("opens_at", Kind.TIME),
        Column("closes_at", Kind.TIME),
        _text("description", 500),
    ),
    OWNERS,
)
AREA = Table(
    "service_area",
    "service_areas",
    "Area",
    (
        OWN,
        _id("service_id", "service", needed=True),
        _text("name"),
        _text("description", 500),
        _text("extent", 20_000),
        Column("extent_type", among=("geojson", "topojson", "kml", "text")),
    ),
)
LANGUAGE = Table(
    "language",
    "languages",
    "Language",
    (OWN, *OF_SERVICE[:2], _text("name", 80), _text("code", 10), _text("note", 300)),
    OWNERS[:2],
)
DOCUMENT = Table(
    "required_document",
    "required_documents",
    "Paper to bring",
    (
        OWN,
        _id("service_id", "service", needed=True),
        _text("document", 500, needed=True),
        _text("uri", 500),
    ),
)
COST = Table(
    "cost_option",
    "cost_options",
    "Cost",
    (
        OWN,
        _id("service_id", "service", needed=True),
        *SPAN,
        _text("option"),
        _text("currency", 3),
        Column("amount", Kind.NUMBER, most=99_999_999),
        _text("amount_description"),
    ),
)
ATTRIBUTE = Table(
    "attribute",
    "attributes",
    "Need of a service",
    (
        OWN,
        _id("link_id", "service", needed=True),
        Column("link_entity", needed=True, among=("service",)),
        _text("link_type", 60),
        _id("taxonomy_term_id", "taxonomy_term", needed=True),
        _text("value"),
    ),
)
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        ORGANIZATION,
        TERM,
        SERVICE,
        LOCATION,
        AT_LOCATION,
        ADDRESS,
        PHONE,
        SCHEDULE,
        AREA,
        LANGUAGE,
        DOCUMENT,
        COST,
        ATTRIBUTE,
    )
}
