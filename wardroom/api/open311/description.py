"""These endpoints as OpenAPI says it, made from the same shapes that the answers are made of."""

from __future__ import annotations

from typing import Any

from wardroom.api.open311 import schema
from wardroom.api.open311.schema import INSTANT, TEXT, Column, Shape

QUERY = "query"
ABOUT = """What was reported in the city, and reports from other programs.

Reading needs no key. A report is sent as a form with an api_key among its fields, to the code of
a service. Services whose group begins with "Mayor's office" are the office's own topics, for
trouble that stays or comes back; the others are called as 311 calls them. The office takes in
both, and neither makes a request with 311. service_notice says by when the office looks at a
report; expected_datetime is when 311 promised to be done, and is empty where nobody did. An
answer to something that its service does not ask is left out. Nobody is written to at the email of
a report, since nobody agreed to it: show your users the number, and ask for what became of it.
"""
FORMAT: dict[str, Any] = {
    "name": "format",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": ["json", "xml"]},
}
JURISDICTION: dict[str, Any] = {
    "name": "jurisdiction_id",
    "in": QUERY,
    "schema": {"type": "string"},
}
FILTERS = {
    "service_request_id": "Numbers, with commas. They override all else.",
    "service_code": "Codes of services, with commas.",
    "start_date": "From when on, with its zone, such as 2026-11-01T00:00:00Z.",
    "end_date": "Until when; 90 days after start_date at most.",
    "status": "open, closed, or both with a comma.",
    "page": "Which page, from 1.",
    "page_size": "How many on a page, 500 at most.",
    "extensions": "true for extended_attributes and notes.",
    "bbox": "west,south,east,north in degrees.",
    "lat": "The middle of a circle.",
    "long": "The middle of a circle.",
    "radius": "Its radius, in meters.",
    "updated_after": "What was opened, closed or edited since.",
    "updated_before": "What was not opened, closed or edited since.",
    "q": "Words that all stand in the name of the service or in what was written for everybody.",
    "agency_responsible": "The name or the code of an agency.",
}
FIELDS = (
    "api_key", "jurisdiction_id", "service_code", "lat", "long", "address_string", "address_id",
    "description", "email", "device_id", "account_id", "first_name", "last_name", "phone",
    "media_url",
)  # fmt: skip


def openapi(base: str) -> dict[str, Any]:
    """The description, of the server at this address."""
    one = [FORMAT, JURISDICTION]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Open311 GeoReport v2",
            "version": "2.0",
            "description": ABOUT,
        },
        "servers": [{"url": base}],
        "paths": {
            "/services.{format}": _get("Everything that can be reported", schema.SERVICES, one),
            "/services/{service_code}.{format}": _get(
                "What is asked about one", schema.DEFINITION, [_path("service_code"), *one]
            ),
            "/requests.{format}": {
                **_get("What was reported", schema.REQUESTS, [*one, *_filters()]),
                "post": _post(),
            },
            "/requests/{service_request_id}.{format}": _get(
                "One report", schema.REQUESTS, [_path("service_request_id"), *one]
            ),
            "/tokens/{token}.{format}": _get(
                "The number behind a token", schema.TOKENS, [_path("token"), *one]
            ),
        },
    }


def _filters() -> list[dict[str, Any]]:
    return [
        {"name": name, "in": QUERY, "description": said, "schema": {"type": "string"}}
        for name, said in FILTERS.items()
    ]


def _path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _get(summary: str, shape: Shape, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"get": {"summary": summary, "parameters": parameters, "responses": _answers(shape)}}


def _post() -> dict[str, Any]:
    fields = {name: {"type": "string"} for name in FIELDS}
    fields["media"] = {"type": "string", "format": "binary"}
    forms = ("application/x-www-form-urlencoded", "multipart/form-data")
    needed = {"type": "object", "properties": fields, "required": ["api_key", "service_code"]}
    return {
        "summary": "Report something",
        "parameters": [FORMAT],
        "requestBody": {"required": True, "content": {form: {"schema": needed} for form in forms}},
        "responses": _answers(schema.POSTED),
    }


def _answers(shape: Shape) -> dict[str, Any]:
    found = {"200": _answer("What was asked for", shape)}
    for status, said in (
        ("400", "Something is off, and each thing is said"),
        ("403", "No api_key that is good for this"),
        ("404", "Nothing is there"),
        ("429", "Too many calls"),
    ):
        found[status] = _answer(said, schema.ERRORS)
    return found


def _answer(said: str, shape: Shape) -> dict[str, Any]:
    return {
        "description": said,
        "content": {
            "application/json": {"schema": _shape(shape)},
            "text/xml": {"schema": {"type": "string"}},
        },
    }


def _shape(shape: Shape) -> dict[str, Any]:
    if not shape.columns:
        return {"type": "array", "items": {"type": "string"}}
    item: dict[str, Any] = {
        "type": "object",
        "properties": {column.name: _column(column) for column in shape.columns},
        "additionalProperties": False,
    }
    if needed := [column.name for column in shape.columns if column.needed]:
        item["required"] = needed
    return item if shape.single else {"type": "array", "items": item}


def _column(column: Column) -> dict[str, Any]:
    if column.rows is not None:
        return _shape(column.rows)
    kind = TEXT if column.kind == INSTANT else column.kind
    found: dict[str, Any] = {"type": kind, "nullable": not column.needed}
    if column.kind == INSTANT:
        found["format"] = INSTANT
    return found
