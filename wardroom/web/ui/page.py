"""The page: one way to answer with a page, a part of it, or a way on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme


class Crumb(NamedTuple):
    """One step of the path above the title; ``lang`` where it is not in that of the page."""

    text: str
    href: str = ""
    lang: str = ""


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    crumbs: Iterable[Crumb] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Answer with a page, or with its part `results` where htmx asks for that part.

    The part is the partial of that name inside the same template, so it is byte for byte
    what a reload would show in its place. A page without one is sent whole.
    """
    context.update(title=title, crumbs=tuple(crumbs))
    part = request.headers.get("HX-Target", "")
    wants_part = request.headers.get("HX-Request") == "true" and part == "results"
    templates = [template]
    if wants_part and request.headers.get("HX-History-Restore-Request") != "true":
        templates.insert(0, f"{template}#{part}")
    answer = render(request, templates, context, status=status)
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def go_on(request: HttpRequest, address: str, said: str, *, undo: str = "") -> HttpResponseRedirect:
    """Send the browser on after a change, with a sentence about what was done.

    ``undo`` is the address that takes the change back.
    """
    messages.success(request, said, extra_tags=undo)
    return HttpResponseRedirect(address)


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where a form says that it was sent from, if that is a page of this site."""
    given = request.POST.get("back", "")
    return given if is_local_path(given) else otherwise


def is_local_path(address: str) -> bool:
    """Whether an address is a path of this site, for every browser."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
