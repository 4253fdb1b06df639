"""The page with one form that makes something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page


def posted(request: HttpRequest) -> Any:
    """What was sent, to bind a form to; none where the form is only looked at."""
    return request.POST if request.method == "POST" else None


def new_page(
    request: HttpRequest,
    template: str,
    form: Form,
    make: Callable[[dict[str, Any]], Any],
    *,
    leads_to: Callable[[Any], tuple[str, str]],
    title: str,
    crumbs: Iterable[Crumb],
    **more: Any,
) -> HttpResponse:
    """Make what the form asks for and go on to it, or show the form with what was typed.

    ``leads_to`` gives for what was made its address, and what is said there.
    """
    if form.is_bound:
        made = submit(form, make)
        if made is not None:
            return go_on(request, *leads_to(made))
    return page(
        request, template, title=title, crumbs=crumbs, status=form.status, form=form, **more
    )
