"""Call addresses: a director sees those of everybody, others their own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.incidents.actions import add_call_address, end_call_address
from wardroom.incidents.queries import get_address, may_open_incidents, reached_page
from wardroom.kernel.errors import NotAllowed
from wardroom.web.alerts.forms import AddressForm
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.initiatives.shared import colleague
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on


@require_http_methods(["GET", "HEAD", "POST"])
def call_addresses(request: HttpRequest) -> HttpResponse:
    """Where people are called when they are on call, and one more address."""
    actor = actor_of(request)
    if not may_open_incidents(actor):
        raise NotAllowed
    people = reached_page(actor, at=stamp_of(request).at)
    choices = [(str(person.party_id), person.name) for person in people]
    own = next((str(person.party_id) for person in people if person.own), "")
    return new_page(
        request,
        "alerts/addresses.html",
        AddressForm(posted(request), initial={"party": own}, people=choices),
        lambda given: _add(request, given),
        leads_to=lambda _: (reverse("call_addresses"), "The address was added."),
        title="Call addresses",
        crumbs=(
            Crumb("Home", "/"),
            Crumb("Incidents", reverse("incidents")),
            Crumb("Call addresses"),
        ),
        people=people,
    )


@takes_form(steps_up=2)
def address_end(request: HttpRequest, address_id: int) -> HttpResponse:
    """Say that somebody is not reached there any more."""
    end_call_address(get_address(address_id, actor_of(request)), stamp=stamp_of(request))
    return go_on(request, reverse("call_addresses"), "The address is not used any more.")


def _add(request: HttpRequest, given: dict[str, Any]) -> Any:
    party = colleague(given["party"], "party", request)
    return add_call_address(
        party, kind=given["sort"], value=given["value"], stamp=stamp_of(request)
    )
