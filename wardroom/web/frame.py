"""What the frame around every page shows: the way about, the person, the schematic label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from wardroom.access.actor import Actor, Role
from wardroom.city.queries import boundary_notes
from wardroom.web.ui.words import day_text

SCHEMATIC = (
    "The boundaries, addresses, requests and people shown here are invented."
    " The layout of the wards is not the real one."
)

BESIDE = {
    "people": ("/staff/",),
    "locations": ("/evaluations/", "/checks/", "/walks/"),
    "reports": ("/measures/",),
}


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Capture:
    """The capture line: the page it goes back to, and the matter that the page is about."""

    back: str
    matter: str = ""


@dataclass(frozen=True)
class Frame:
    """The frame of one page."""

    name: str
    nav: tuple[NavItem, ...]
    schematic: str
    boundaries: str
    staff: bool = False
    capture: Capture | None = None


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The frame, for the templates."""
    stamp = getattr(request, "stamp", None)
    if stamp is None:
        label = SCHEMATIC if settings.DEMONSTRATION else ""
        return {"frame": Frame("", (), label, "")}
    notes = boundary_notes(timezone.localdate(stamp.at))
    schematic = settings.DEMONSTRATION or any(note.schematic for note in notes)
    ward = next((note for note in notes if note.kind == "ward"), None)
    since = f"{ward.source}, in force since {day_text(ward.valid_from)}" if ward else ""
    actor: Actor = stamp.actor
    return {
        "frame": Frame(
            name=actor.name if actor.user_id is not None else "",
            nav=navigation(actor, request.path),
            schematic=SCHEMATIC if schematic else "",
            boundaries=f"Ward boundaries: {since}." if ward else "",
            staff=actor.is_staff,
            capture=_capture(request, actor),
        )
    }


def _capture(request: HttpRequest, actor: Actor) -> Capture | None:
    """The capture line for those who write; a page that took a form is gone back to by its list."""
    if not actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF) or request.resolver_match is None:
        return None
    named = request.resolver_match.kwargs
    matter = named.get("matter_id") or named.get("issue_id") or ""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    return Capture(back, str(matter))


def navigation(actor: Actor, path: str) -> tuple[NavItem, ...]:
    """Where this person may go; a partner sees the asks only."""
    if actor.user_id is None:
        return ()
    entries = [("Home", "home")]
    if actor.is_staff:
        entries += [("My day", "day"), ("Issues", "issues"), ("People", "people")]
        entries += [("Candidates", "candidates"), ("Locations", "locations")]
    if actor.is_staff or actor.has(Role.PARTNER):
        entries.append(("Asks", "asks"))
    if actor.is_staff:
        entries += [("Reports", "reports"), ("Requests", "requests"), ("Data", "data")]
    items = []
    for text, name in entries:
        href = reverse(name)
        here = path == href if href == "/" else path.startswith((href, *BESIDE.get(name, ())))
        items.append(NavItem(text, href, here))
    return tuple(items)
