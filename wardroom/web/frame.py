"""What the frame around every page shows: the way about, the person, the schematic label."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from wardroom.access.actor import Actor, Role
from wardroom.city.queries import boundary_notes
from wardroom.web.presence import Presence, presence_of
from wardroom.web.ui.words import day_text

SCHEMATIC = (
    "The boundaries, addresses, requests and people shown here are invented."
    " The layout of the wards is not the real one."
)

# The frame of the office, and that of the pages for everybody.
OFFICE, EVERYBODY = "ui/frame.html", "ui/public.html"

# What stands under an entry of the main navigation, for staff; the first is its own page.
BESIDE = {
    "issues": (
        ("Issues", "issues"),
        ("Services", "services"),
        ("Referrals", "referrals"),
        ("Incidents", "incidents"),
        ("Call addresses", "call_addresses"),
        ("Alerts", "alerts"),
    ),
    "people": (
        ("People", "people"),
        ("Citizen groups", "groups"),
        ("Outreach", "outreach"),
        ("Subscribers", "subscribers"),
        ("Letters to many", "circulars"),
    ),
    "ancs": (
        ("ANC meetings", "ancs"),
        ("ANC papers", "commission_papers"),
        ("Notices owed", "anc_notices"),
    ),
    "asks": (
        ("Asks", "asks"),
        ("Commitments", "commitments"),
        ("Programs", "programs"),
        ("Policies", "policies"),
    ),
    "locations": (
        ("Locations", "locations"),
        ("Nominations", "nominations"),
        ("Walks", "outings"),
        ("Spot checks", "rounds"),
        ("Evaluations", "evaluations"),
        ("Initiatives", "initiatives"),
        ("Improvements", "improvements"),
    ),
    "reports": (
        ("Reports", "reports"),
        ("Roll-ups", "roll_ups"),
        ("ANC reports", "monthly_reports"),
        ("Measures", "measures"),
        ("How the office does", "office_measures"),
    ),
    "calendar": (
        ("Calendar", "calendar"),
        ("Core teams", "teams"),
        ("Public bodies", "bodies"),
        ("Events with the Mayor", "event_requests"),
    ),
    "rotas": (
        ("Rota", "rotas"),
        ("Week board", "week"),
        ("On call", "on_call"),
        ("My shifts", "my_shifts"),
        ("Staff", "staff"),
        ("People on other terms", "terms"),
        ("Positions", "positions"),
        ("Staff needed", "staffing"),
        ("Time study", "time_study"),
        ("Hiring", "hirings"),
        ("Training", "trainings"),
        ("Residency", "residency"),
        ("Money", "funds"),
        ("Spending", "spending"),
        ("Budget submissions", "budget_submissions"),
    ),
    "data": (
        ("Data", "data"),
        ("Requests", "requests"),
        ("Mail in", "mail"),
        ("Messages out", "outbox"),
        ("Endpoints", "endpoints"),
        ("Drift", "drifts"),
        ("API keys", "api_keys"),
        ("Records requests", "records_requests"),
        ("How long records are kept", "retention"),
        ("Topics", "topics"),
        ("Other authorities", "authorities"),
        ("Webhooks", "hooks"),
        ("The house", "the_house"),
    ),
}

# Pages of the list above that only some of the office may open.
ONLY_FOR = {
    "office_measures": (Role.DIRECTOR, Role.STAFF, Role.RECORDS, Role.AUDITOR),
    "call_addresses": (Role.DIRECTOR, Role.LIAISON, Role.STAFF),
    "the_house": (Role.DIRECTOR, Role.RECORDS, Role.AUDITOR),
    "staffing": (Role.DIRECTOR, Role.AUDITOR, Role.RECORDS),
    "time_study": (Role.DIRECTOR, Role.LIAISON, Role.STAFF),
    "funds": (Role.DIRECTOR, Role.AUDITOR),
    "spending": (Role.DIRECTOR, Role.AUDITOR),
    "budget_submissions": (Role.DIRECTOR, Role.AUDITOR),
    "retention": (Role.DIRECTOR, Role.RECORDS),
}

# Pages that belong to an entry and have addresses of their own.
ALSO = {
    "on_call": ("/swaps/",),
    "retention": ("/records/holds/", "/records/disposals/"),
    "groups": ("/guidelines/", "/group-plans/", "/assistance/", "/reviews/"),
}


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation."""

    text: str
    href: str
    here: bool
    beside: tuple[NavItem, ...] = ()


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
    presence: Presence | None = None

    @property
    def on(self) -> NavItem | None:
        """The entry that one is on, where other pages stand under it."""
        return next((item for item in self.nav if item.here and item.beside), None)

    @property
    def parts(self) -> tuple[NavItem, ...]:
        """The entries that other pages stand under: the parts of the office."""
        return tuple(item for item in self.nav if item.beside)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The frame, for the templates."""
    stamp = getattr(request, "stamp", None)
    if stamp is None:
        label = SCHEMATIC if settings.DEMONSTRATION else ""
        return {"frame": Frame("", (), label, ""), "skeleton": OFFICE}
    notes = boundary_notes(timezone.localdate(stamp.at))
    schematic = settings.DEMONSTRATION or any(note.schematic for note in notes)
    ward = next((note for note in notes if note.kind == "ward"), None)
    since = f"{ward.source}, in force since {day_text(ward.valid_from)}" if ward else ""
    actor: Actor = stamp.actor
    return {
        "skeleton": OFFICE if actor.user_id is not None else EVERYBODY,
        "frame": Frame(
            name=actor.name if actor.user_id is not None else "",
            nav=navigation(actor, request.path),
            schematic=SCHEMATIC if schematic else "",
            boundaries=f"Ward boundaries: {since}." if ward else "",
            staff=actor.is_staff,
            capture=_capture(request, actor),
            presence=presence_of(request, stamp.at) if actor.user_id is not None else None,
        ),
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
    """Where this person may go; a partner sees what concerns the agency."""
    if actor.user_id is None:
        return ()
    entries = [("Home", "home")]
    if actor.is_staff:
        entries += [("My day", "day"), ("Issues", "issues"), ("People", "people")]
        entries += [("ANCs", "ancs"), ("Candidates", "candidates"), ("Locations", "locations")]
    if actor.is_staff or actor.has(Role.PARTNER):
        entries += [("Asks", "asks"), ("Calendar", "calendar")]
    if actor.has(Role.PARTNER):
        entries += [("Notices owed", "anc_notices"), ("Found not fixed", "found")]
    if actor.is_staff:
        entries += [("Reports", "reports"), ("Data", "data"), ("Office", "rotas")]
    return tuple(_entry(text, name, path, actor) for text, name in entries)


def _entry(text: str, name: str, path: str, actor: Actor) -> NavItem:
    """One entry; what stands under it is listed where one is on any page of it."""
    under = BESIDE.get(name, ()) if actor.is_staff else ()
    under = tuple(one for one in under if one[1] not in ONLY_FOR or actor.has(*ONLY_FOR[one[1]]))
    beside = _only_nearest(tuple(_item(*one, path) for one in under))
    here = _item(text, name, path)
    among = here.here or any(item.here for item in beside)
    return NavItem(text, here.href, among, beside)


def _item(text: str, name: str, path: str) -> NavItem:
    href = _address(name, get_script_prefix())
    here = path == href if href == "/" else path.startswith((href, *ALSO.get(name, ())))
    return NavItem(text, href, here)


@functools.cache
def _address(name: str, under: str) -> str:
    """The address of a page of the frame, worked out once for a site and its prefix."""
    return reverse(name)


def _only_nearest(items: tuple[NavItem, ...]) -> tuple[NavItem, ...]:
    """Of pages below one another only the nearest is the one that one is on."""
    on = max((item.href for item in items if item.here), key=len, default="")
    return tuple(NavItem(item.text, item.href, item.href == on) for item in items)
