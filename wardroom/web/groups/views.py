"""Citizen involvement groups: the list, and calling one together with one short form."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.rules import INVOLVEMENT, ORGANISATION_KINDS, OWN_KINDS
from wardroom.engagement import actions
from wardroom.engagement.queries.groups import GroupRow, group_page, may_found_groups
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.groups import forms
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.ui import filters
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import day_text, instant_text
from wardroom.web.wards import ward_choices

COLUMNS = (
    Column("Group", sort="name"),
    Column("Members", sort="-members", number=True),
    Column("Ask to join", sort="-waiting", number=True),
    Column("Last met", sort="last"),
    Column("Meets next"),
)
DECIDES = (("", "All"), ("yes", "Take action by vote"), ("no", "Advise only"))
FOUNDED = "The group is there: charter, roles, meetings, agenda and a link to join."
CHARTER = ("purpose", "who_may_join", "area", "term_months", "decides", "decides_what")


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups within reach, with who waits and when they met."""
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    decides = filters.choice(state, "decides", "Action by vote", DECIDES)
    found = group_page(
        actor,
        at=stamp_of(request).at,
        ward=ward.value,
        decides=decides.value,
        sort=state.get("sort", "name"),
        page=page_number(state),
    )
    words = ListWords(
        title="Citizen groups",
        noun="group",
        empty="No group fits these filters. Call one together in five minutes.",
        crumbs=(Crumb("People", reverse("people")), Crumb("Citizen groups")),
    )
    return list_page(
        request,
        "groups/list.html",
        words,
        found,
        chosen=(ward, decides),
        columns=COLUMNS,
        cells=_cells,
        founds=may_found_groups(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """Call a group together: one form makes its charter, roles, meetings, agenda and link."""
    if not may_found_groups(actor_of(request)):
        raise NotAllowed
    started = {"starts": time(18, 30), "minutes": 90, "kind": INVOLVEMENT, "term_months": "12"}
    form = forms.FoundForm(
        posted(request),
        initial=started,
        wards=wards_to_open(request),
        kinds=[(k, v) for k, v in ORGANISATION_KINDS.items() if k not in OWN_KINDS],
    )
    return new_page(
        request,
        "groups/new.html",
        form,
        lambda given: _found(request, given),
        leads_to=lambda made: (reverse("group", args=[made.pk]), FOUNDED),
        title="Call a group together",
        crumbs=(*crumbs(), Crumb("New group")),
    )


def crumbs() -> tuple[Crumb, ...]:
    """The way to the list of groups."""
    return (Crumb("Citizen groups", reverse("groups")),)


def charter_of(given: dict[str, Any]) -> actions.CharterDraft:
    """A charter as it was filled in."""
    return actions.CharterDraft(**{name: given[name] for name in CHARTER})


def meetings_of(given: dict[str, Any]) -> actions.Meetings:
    """When and where a group meets, as it was filled in."""
    names = ("first_on", "starts", "repeats", "minutes", "place_text")
    return actions.Meetings(**{name: given[name] for name in names})


def _found(request: HttpRequest, given: dict[str, Any]) -> Any:
    draft = actions.GroupDraft(
        name=given["called"],
        ward_code=given["ward_code"],
        kind=given["kind"],
        charter=charter_of(given),
        meetings=meetings_of(given) if given["first_on"] else None,
    )
    return actions.found_group(draft, stamp=stamp_of(request))


def _cells(row: GroupRow) -> tuple[Cell, ...]:
    ward = f"Ward {row.ward_code}" if row.ward_code else "Citywide"
    tags = (Tag("May be a public body", "warn"),) if row.decides else ()
    return (
        Cell(row.name, href=reverse("group", args=[row.id]), sub=ward, tags=tags, main=True),
        Cell(str(row.members), number=True),
        Cell(str(row.waiting), number=True),
        Cell(day_text(row.last_met.date()) if row.last_met else "Not yet"),
        Cell(instant_text(row.next_meets) or "Nothing planned"),
    )
