"""The page of a record that was destroyed: it says so, and under which schedule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardroom.access.actor import Actor, Role


class Where(NamedTuple):
    """By which part of the address a page names its record, and what kind of record that is."""

    noun: str
    named: str


GONE = 410
READ_BY: Mapping[str, tuple[Role, ...]] = {
    "records_request": (Role.RECORDS, Role.DIRECTOR),
    "matter": (Role.RECORDS, Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.AUDITOR),
}
PAGES: Mapping[str, Where] = {
    "records_request": Where("records_request", "request_id"),
    "records_preview": Where("records_request", "request_id"),
    "records_release": Where("records_request", "request_id"),
    "records_record": Where("records_request", "request_id"),
    "records_record_file": Where("records_request", "request_id"),
    **{
        name: Where("matter", "matter_id")
        for name in ("issue", "issue_details", "issue_ask", "issue_close", "issue_todo")
    },
}


def gone_page(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    """What is left of a record that is not found, for whom it was; None otherwise."""
    found = request.resolver_match
    where = PAGES.get(found.url_name or "") if found is not None else None
    if found is None or where is None or not actor.has(*READ_BY[where.noun]):
        return None
    from wardroom.retention.queries.disposals import tombstone

    stone = tombstone(where.noun, str(found.kwargs.get(where.named, "")), actor)
    if stone is None:
        return None
    context = {"title": "This record was destroyed", "stone": stone}
    return render(request, "retention/gone.html", context, status=GONE)
