"""Where a plan is found: under the page of the matter that it belongs to, whatever its kind."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from wardroom.kernel.errors import NotFound
from wardroom.matters.queries import MatterHeader
from wardroom.web.rows import matter_address
from wardroom.web.ui.page import Crumb

LISTS = {"location": ("Locations", "locations"), "initiative": ("Initiatives", "initiatives")}


def place_of(kind: str) -> str:
    """How the addresses of a kind begin: a location's plan has the older, shorter names."""
    return "location" if kind == "persistent_location" else "initiative"


def form_address(kind: str, matter_id: int) -> str:
    """Where the plan is written and revised."""
    return reverse(_named(kind, "plan"), args=[matter_id])


def version_address(kind: str, matter_id: int, version: int) -> str:
    """Where one version of the plan is read."""
    return reverse(_named(kind, "plan_version"), args=[matter_id, version])


def step_address(kind: str, matter_id: int, position: int) -> str:
    """Where one step of the plan is read."""
    return reverse(_named(kind, "plan_step"), args=[matter_id, position])


def crumbs_to(matter: MatterHeader, *rest: str) -> tuple[Crumb, ...]:
    """The path to the matter and on."""
    text, name = LISTS[place_of(matter.kind)]
    own = Crumb(matter.title, matter_address(matter.kind, matter.id))
    return (Crumb(text, reverse(name)), own, *(Crumb(word) for word in rest))


def check_path(request: HttpRequest, kind: str) -> None:
    """Each plan has one address; under the path of another kind there is none."""
    path = request.resolver_match
    under = "initiative" if path and str(path.url_name).startswith("initiative") else "location"
    if under != place_of(kind):
        raise NotFound(f"no plan of a {kind} here")


def _named(kind: str, name: str) -> str:
    return name if place_of(kind) == "location" else f"initiative_{name}"
