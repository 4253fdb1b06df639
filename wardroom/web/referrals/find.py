"""Finding a service: by need, open now, near, for their age and ward, in their language."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Role
from wardroom.city.queries import PlaceRow, find_places
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement.queries.referrals import services_to_check
from wardroom.kernel.errors import NotAllowed
from wardroom.library import policy
from wardroom.library.queries import NeedRow, Wanted, find_services, need_tree
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import page_number, paging
from wardroom.web.ui.words import counted
from wardroom.web.wards import all_wards

MOST_LETTERS = 80
OLDEST = 120
MILE = 1609.344
OPEN = (("", "Any time"), ("now", "Open now"))


@dataclass(frozen=True)
class Asked:
    """What the bar asks for, as the page and the search need it."""

    wanted: Wanted
    words: str
    near: str
    age: str
    choices: tuple[filters.Choice, ...]
    place: PlaceRow | None
    needs: tuple[NeedRow, ...]

    @property
    def need_name(self) -> str:
        return next((n.label for n in self.needs if n.id == self.wanted.need), "")


@require_safe
def service_list(request: HttpRequest) -> HttpResponse:
    """The services that fit what somebody needs."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    asked = asked_for(request)
    found = find_services(
        actor, asked.wanted, at=stamp_of(request).at, page=page_number(request.GET)
    )
    return page(
        request,
        "referrals/find.html",
        title="Services",
        crumbs=(Crumb("Home", "/"), Crumb("Services")),
        asked=asked,
        found=found,
        rows=[(hit, miles(hit.metres)) for hit in found.rows],
        doubtful=services_to_check([hit.id for hit in found.rows], on=today_of(request)),
        total=counted(found.total, "service"),
        paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        writes="refer" in moves_here(request),
        keeps="keep" in moves_here(request),
    )


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; what is no age or no place asks for nothing."""
    given = request.GET
    needs = need_tree()
    need = filters.choice(
        given, "need", "What they need", [("", "Any"), *((n.id, n.label) for n in needs)]
    )
    language = filters.choice(given, "language", "Language", [("", "Any"), *spoken()])
    wards = [("", "Any"), *((code, f"Ward {code}") for code, _ in all_wards(request))]
    ward = filters.choice(given, "ward", "Their ward", wards)
    opens = filters.choice(given, "open", "Open", OPEN)
    words = " ".join(given.get("q", "").split())[:MOST_LETTERS]
    near = " ".join(given.get("near", "").split())[:MOST_LETTERS]
    age = given.get("age", "").strip()
    place = _place(request, near) if near else None
    point = (place.latitude, place.longitude) if place is not None else None
    wanted = Wanted(
        words=words,
        need=need.value,
        language=language.value,
        age=int(age) if age.isascii() and age.isdigit() and int(age[:4]) <= OLDEST else None,
        ward=ward.value or (place.ward_code if place else ""),
        point=(point[0], point[1]) if point and point[0] is not None and point[1] else None,
        open_now=opens.value == "now",
    )
    return Asked(wanted, words, near, age[:4], (need, language, ward, opens), place, needs)


def spoken() -> list[tuple[str, str]]:
    """The languages that somebody may ask for."""
    return [(code, name) for code, name in LANGUAGES.items() if code not in ("und",)]


def miles(metres: float | None) -> str:
    """How far it is, as people say it."""
    if metres is None:
        return ""
    return f"{metres / MILE:.1f} miles away" if metres > MILE / 10 else "close by"


def moves_here(request: HttpRequest) -> frozenset[str]:
    """What this person may do with services: keep them, and send people to them."""
    actor = actor_of(request)
    keeps = {"keep"} if policy.may_keep_services(actor, None) else set()
    refers = {"refer"} if actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF) else set()
    return frozenset(keeps | refers)


def _place(request: HttpRequest, near: str) -> PlaceRow | None:
    """The likeliest place of that name that has a point."""
    rows = find_places(actor_of(request), near, on=today_of(request), limit=3).rows
    return next((row for row in rows if row.latitude is not None), None)
