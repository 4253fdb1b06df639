"""What each resource of GeoReport v2 looks like, said once; JSON and XML are written from it.

JSON is the Spark mapping of the XML: the root vanishes, rows are always an array, and what
is empty is null.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, FLAG, WHOLE, NUMBER, INSTANT = "string", "boolean", "integer", "number", "date-time"


@dataclass(frozen=True)
class Column:
    """One value of a row: its name, what it is, and where it is a list, of what shape.

    One that is ``left_out`` where it is empty does not stand there at all.
    """

    name: str
    kind: str = TEXT
    rows: Shape | None = None
    left_out: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Shape:
    """Rows of one kind: the element around them, the element of each, and its columns.

    Without columns a row is one text. One that is ``single`` is an object without an array.
    """

    root: str
    row: str
    columns: tuple[Column, ...] = ()
    single: bool = False


FORMATS = Shape("formats", "format")
ENDPOINTS = Shape(
    "endpoints",
    "endpoint",
    (
        Column("specification", needed=True),
        Column("url", needed=True),
        Column("changeset", INSTANT, needed=True),
        Column("type", needed=True),
        Column("formats", rows=FORMATS, needed=True),
    ),
)
DISCOVERY = Shape(
    "discovery",
    "discovery",
    (
        Column("changeset", INSTANT, needed=True),
        Column("contact", needed=True),
        Column("key_service", needed=True),
        Column("endpoints", rows=ENDPOINTS, needed=True),
    ),
    single=True,
)
SERVICES = Shape(
    "services",
    "service",
    (
        Column("service_code", needed=True),
        Column("service_name", needed=True),
        Column("description"),
        Column("metadata", FLAG, needed=True),
        Column("type", needed=True),
        Column("keywords"),
        Column("group"),
    ),
)
VALUES = Shape("values", "value", (Column("key", needed=True), Column("name", needed=True)))
ATTRIBUTES = Shape(
    "attributes",
    "attribute",
    (
        Column("variable", FLAG, needed=True),
        Column("code", needed=True),
        Column("datatype", needed=True),
        Column("required", FLAG, needed=True),
        Column("datatype_description"),
        Column("order", WHOLE),
        Column("description"),
        Column("values", rows=VALUES, left_out=True),
    ),
)
DEFINITION = Shape(
    "service_definition",
    "service_definition",
    (Column("service_code", needed=True), Column("attributes", rows=ATTRIBUTES, needed=True)),
    single=True,
)
POSTED = Shape(
    "service_requests",
    "request",
    (
        Column("service_request_id", left_out=True),
        Column("token", left_out=True),
        Column("service_notice"),
        Column("account_id"),
    ),
)
TOKENS = Shape(
    "service_requests",
    "request",
    (Column("service_request_id"), Column("token", needed=True)),
)
EXTENDED = Shape(
    "extended_attributes",
    "extended_attributes",
    tuple(
        Column(name, left_out=True)
        for name in (
            "ward",
            "channel",
            "priority",
            "agency_code",
            "parent_service_request_id",
            "duplicate",
        )
    ),
    single=True,
)
NOTES = Shape(
    "notes",
    "note",
    (
        Column("datetime", INSTANT, needed=True),
        Column("type", needed=True),
        Column("summary", needed=True),
        Column("description"),
    ),
)
_OF_A_REQUEST = (
    Column("service_request_id", needed=True),
    Column("status", needed=True),
    Column("status_notes"),
    Column("service_name"),
    Column("service_code", needed=True),
    Column("description"),
    Column("agency_responsible"),
    Column("service_notice"),
    Column("requested_datetime", INSTANT, needed=True),
    Column("updated_datetime", INSTANT),
    Column("expected_datetime", INSTANT),
    Column("address"),
    Column("address_id"),
    Column("zipcode"),
    Column("lat", NUMBER),
    Column("long", NUMBER),
    Column("media_url"),
)
REQUESTS = Shape("service_requests", "request", _OF_A_REQUEST)
REQUESTS_EXTENDED = Shape(
    "service_requests",
    "request",
    (
        *_OF_A_REQUEST,
        Column("extended_attributes", rows=EXTENDED),
        Column("notes", rows=NOTES),
    ),
)
ERRORS = Shape(
    "errors",
    "error",
    (Column("code", WHOLE, needed=True), Column("description", needed=True)),
)
