"""What HSDS 3.0 asks of a server: what it is, its services page by page, and one whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotFound
from wardroom.library.queries.published import (
    MOST_A_PAGE,
    PER_PAGE,
    Chosen,
    changed_services,
    published_service,
    published_services,
)
from wardroom.library.rules.hsds.tables import OPENAPI, PROFILE, VERSION

T = TypeVar("T")
MOST_PAGES = 1_000_000
YES_OR_NO = {"true": True, "1": True, "false": False, "0": False}


class BadQuery(ValueError):
    """A part of the address that asks for nothing; its words say which, and what it may be."""


@login_not_required
@require_safe
def root(request: HttpRequest) -> JsonResponse:
    """Which version of the standard this is, and where it is written."""
    about = {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": OPENAPI,
        "description": "Services that residents of the District can be sent to, to read only.",
        "publisher": {
            "name": "Mayor's Office of Community Relations",
            "website": request.build_absolute_uri(reverse("hsds_root")),
        },
    }
    return _answer(about)


@login_not_required
@require_safe
def service_list(request: HttpRequest) -> JsonResponse:
    """The services that fit all of what is asked, a page at a time."""
    given = request.GET
    try:
        chosen = Chosen(
            words=given.get("search", "")[:200],
            term=_read(given, "taxonomy_term_id", UUID, "a UUID"),
            taxonomy=_read(given, "taxonomy_id", UUID, "a UUID"),
            organization=_read(given, "organization_id", UUID, "a UUID"),
            modified_after=_read(given, "modified_after", _instant, "a date and time"),
        )
        number = _whole(given, "page", 1, MOST_PAGES)
        size = _whole(given, "per_page", PER_PAGE, MOST_A_PAGE)
        minimal = _flag(given, "minimal")
        full = _flag(given, "full")
        if given.get("format", "json") not in ("", "json"):
            raise BadQuery("“format” can only be json.")
    except BadQuery as no:
        return _answer({"error": str(no)}, status=400)
    if minimal:
        return _answer(changed_services(chosen).to_plain())
    found = published_services(chosen, page=number, per_page=size, full=full)
    return _answer(found.to_plain())


@login_not_required
@require_safe
def service(request: HttpRequest, service_id: str) -> JsonResponse:
    """One service with everything that belongs to it."""
    try:
        return _answer(published_service(UUID(service_id)))
    except (ValueError, NotFound):
        return _answer({"error": "There is no service with this number."}, status=404)


def _read(given: Mapping[str, str], name: str, read: Callable[[str], T], what: str) -> T | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        return read(text)
    except (ValueError, OverflowError):
        raise BadQuery(f"“{name}” must be {what}.") from None


def _instant(text: str) -> datetime:
    """An instant; one that names no zone is in UTC, and a plus that became a blank is a plus."""
    at = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _whole(given: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise BadQuery(f"“{name}” must be a whole number from 1 to {most:,}.")
    return int(text)


def _flag(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "").strip().lower()
    if text and text not in YES_OR_NO:
        raise BadQuery(f"“{name}” must be true or false.")
    return YES_OR_NO.get(text, False)


def _answer(content: dict[str, Any], status: int = 200) -> JsonResponse:
    answer = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "public, max-age=300" if status == 200 else "no-store"
    return answer
