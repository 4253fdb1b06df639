"""Adding an organization, and making the ANCs and their seats from the boundaries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.directory import policy
from wardroom.directory.actions import add_organisation, make_commissions
from wardroom.directory.rules import ORGANISATION_KINDS, OWN_KINDS
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.people.forms import OrganisationForm
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import counted


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Add a group that the directory does not have yet."""
    if not policy.may_add_organisation(actor_of(request), None):
        raise NotAllowed
    kinds = [(code, words) for code, words in ORGANISATION_KINDS.items() if code not in OWN_KINDS]
    form = OrganisationForm(request.POST if request.method == "POST" else None, kinds=kinds)
    if request.method == "POST":
        made = submit(
            form,
            lambda given: add_organisation(
                None,
                name=given["called"],
                organisation_kind=given["organisation_kind"],
                area=given["area"],
                stamp=stamp_of(request),
            ),
        )
        if made is not None:
            return go_on(request, reverse("party", args=[made.pk]), f"{made.name} was added.")
    return page(
        request,
        "people/organization_new.html",
        title="Add an organization",
        crumbs=(Crumb("People", reverse("people")), Crumb("Add an organization")),
        status=form.status,
        form=form,
    )


@takes_form()
def make(request: HttpRequest) -> HttpResponse:
    """Make the ANCs and a seat for each of their districts."""
    made = make_commissions(None, stamp=stamp_of(request))
    said = f"{counted(made, 'seat')} of ANCs were made from the boundaries."
    return go_on(request, f"{reverse('people')}?kind=anc", said)
