"""What the public may read of a location: one person writes it, another approves it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.problems import actions, queries
from wardroom.problems.queries import PublicTextFile
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.locations.file_forms import PublicTextForm, WithdrawTextForm
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page

SAID = {
    "write": "The text was written. Somebody else has to approve it.",
    "approve": "You approved the text. The public may read it now.",
    "withdraw": "The text was withdrawn. The reason stays with it.",
}


@require_safe
def public_text(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The text of one location for the public, and what waits for a second person."""
    return _page(request, queries.public_text_file(matter_id, actor_of(request)))


def public_text_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Write a text, approve what somebody else wrote, or withdraw one."""
    if verb not in SAID:
        raise Http404
    return _move(request, matter_id, verb)


@takes_form()
def _move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    actor = actor_of(request)
    file = queries.public_text_file(matter_id, actor)
    form = _forms(file, verb, request)[verb]
    done = submit(form, lambda given: _act(request, file, verb, getattr(form, "given", given)))
    if done is None:
        now = queries.public_text_file(matter_id, actor)
        return _page(request, now, failed={verb: form})
    return go_on(request, reverse("location_public", args=[matter_id]), SAID[verb])


def _act(request: HttpRequest, file: PublicTextFile, verb: str, given: dict[str, Any]) -> object:
    actor, stamp = actor_of(request), stamp_of(request)
    if verb == "write":
        location = queries.get_location(file.matter_id, actor)
        return actions.write_public_text(location, **given, stamp=stamp)
    number = number_meant(request.POST.get("version", ""))
    meant = next((row for row in file.rows if row.version == number), None)
    if meant is None:
        if "write" not in file.allowed and "withdraw" not in file.allowed:
            raise NotAllowed
        raise Refused("replaced", "Look at the page again: this version is not here.")
    row = queries.get_public_text(meant.id, file.matter_id, actor)
    if verb == "approve":
        return actions.approve_public_text(row, stamp=stamp)
    return actions.withdraw_public_text(row, **given, stamp=stamp)


def _forms(file: PublicTextFile, verb: str = "", request: HttpRequest | None = None) -> Any:
    def data(name: str) -> Any:
        return request.POST if request is not None and verb == name else None

    forms: dict[str, Form] = {
        "write": PublicTextForm(
            data("write"), steps=file.steps, seen=file.seen, initial={"text": file.text}
        ),
        "approve": PlainForm(data("approve")),
        "withdraw": WithdrawTextForm(data("withdraw")),
    }
    return forms


def _page(
    request: HttpRequest, file: PublicTextFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    first = next(iter((failed or {}).values()), None)
    home = reverse("location", args=[file.matter_id])
    return page(
        request,
        "locations/public.html",
        title="What the public reads",
        crumbs=(
            Crumb("Locations", "/locations/"),
            Crumb(file.title, home),
            Crumb("What the public reads"),
        ),
        status=first.status if first else 200,
        file=file,
        home=home,
        here=reverse("location_public", args=[file.matter_id]),
        forms={**_forms(file), **(failed or {})},
        failed=first,
    )
