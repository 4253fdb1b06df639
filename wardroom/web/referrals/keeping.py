"""A service that the office writes down, changes or closes itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import NotAllowed
from wardroom.kernel.versions import version_of
from wardroom.library.actions import list_service, revise_service
from wardroom.library.queries import get_listed_service, need_tree
from wardroom.library.queries.by_hand import service_draft
from wardroom.library.rules.by_hand import ServiceDraft, shown_in_form
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.referrals.find import moves_here
from wardroom.web.referrals.forms import ServiceForm
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page

HOME = Crumb("Services", "/services/")
TUPLES = ("places", "hours", "phones")


@require_http_methods(["GET", "HEAD", "POST"])
def service_new(request: HttpRequest) -> HttpResponse:
    """Write a service down that is in no file."""
    form = _form(request, {"assured_date": today_of(request)})
    if request.method == "POST":
        made = submit(
            form, lambda given: list_service(None, draft=_draft(given), stamp=stamp_of(request))
        )
        if made is not None:
            return _back(request, made.pk, "The service is listed.")
    return _page(request, form, "Write a service down", (HOME,), reverse("service_new"))


@require_http_methods(["GET", "HEAD", "POST"])
def service_edit(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Change what is said of a service."""
    row = get_listed_service(service_id, actor_of(request))
    draft = service_draft(service_id, actor_of(request))
    said = asdict(draft) | {name: "\n".join(getattr(draft, name)) for name in TUPLES}
    form = _form(request, said | {"called": said["name"]}, seen=version_of(shown_in_form(draft)))
    if request.method == "POST":
        made = submit(
            form,
            lambda given: revise_service(
                row, seen=given.pop("seen"), draft=_draft(given), stamp=stamp_of(request)
            ),
        )
        if made is not None:
            return _back(request, service_id, "Saved.")
    crumbs = (HOME, Crumb(row.name, reverse("service_listed", args=[service_id])))
    here = reverse("service_edit", args=[service_id])
    return _page(request, form, f"Change {row.name}", crumbs, here)


def _form(request: HttpRequest, initial: dict[str, Any], *, seen: str = "") -> ServiceForm:
    if "keep" not in moves_here(request):
        raise NotAllowed
    needs = [(need.id, need.label) for need in need_tree()]
    posted = request.POST if request.method == "POST" else None
    spoken = dict(LANGUAGES) | {code: code for code in initial.get("languages", ()) if code}
    languages = list(spoken.items())
    return ServiceForm(posted, initial=initial | {"seen": seen}, needs=needs, languages=languages)


def _draft(given: dict[str, Any]) -> ServiceDraft:
    lines = {
        name: tuple(line.strip() for line in given[name].splitlines() if line.strip())
        for name in TUPLES
    }
    chosen = {name: tuple(given[name]) for name in ("needs", "languages")}
    name = given.pop("called")
    given.pop("seen", None)
    return ServiceDraft(name=name, **(given | lines | chosen))


def _back(request: HttpRequest, service_id: UUID, said: str) -> HttpResponse:
    return go_on(request, reverse("service_listed", args=[service_id]), said)


def _page(
    request: HttpRequest, form: ServiceForm, title: str, crumbs: tuple[Crumb, ...], here: str
) -> HttpResponse:
    return page(
        request,
        "referrals/keep.html",
        title=title,
        crumbs=(*crumbs, Crumb(title)),
        status=form.status,
        form=form,
        here=here,
        back=crumbs[-1].href,
    )
