"""What was written to and fro about one matter, and writing to somebody of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.actions import write_to_person
from wardroom.casework.queries import (
    IssueFile,
    Letters,
    came_over_to,
    letters_of,
    recipients_of,
)
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.matters.queries import get_matter
from wardroom.notices.queries import get_mail
from wardroom.web.data.forms import WriteForm
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.rows import matter_address, number_meant
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page


@require_safe
def letters(request: HttpRequest, matter_id: int) -> HttpResponse:
    """All e-mail of a matter, and a form to write more."""
    return _page(request, matter_id)


@takes_form()
def write(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Send an e-mail to somebody of a matter."""
    actor = actor_of(request)
    matter = get_matter(matter_id, actor)
    if not actor.is_staff:
        raise NotFound(f"no letters of {matter_id}")
    recipients = recipients_of(matter, actor)
    if not recipients:
        raise NotAllowed("Nobody on this matter can be written to, or the matter is not yours.")
    number = number_meant(request.POST.get("answers", ""))
    answers = get_mail(number, actor) if number is not None else None
    form = WriteForm(request.POST, recipients=recipients)

    def act(given: dict[str, Any]) -> Any:
        return write_to_person(matter, **given, answers=answers, stamp=stamp_of(request))

    if submit(form, act) is None:
        return _page(request, matter_id, form)
    said = "It goes out in 30 seconds. Until then you can take it back below."
    return go_on(request, reverse("letters", args=[matter_id]), said)


def _page(request: HttpRequest, matter_id: int, form: WriteForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    matter = get_matter(matter_id, actor)
    if not actor.is_staff:
        raise NotFound(f"no letters of {matter_id}")
    recipients = recipients_of(matter, actor)
    found = letters_of(matter.pk, actor, came_from=came_over_to(matter))
    address = matter_address(matter.kind, matter.pk)
    return page(
        request,
        "data/letters.html",
        title=f"E-mail of W-{matter.pk}",
        crumbs=(Crumb(f"W-{matter.pk}", address), Crumb("E-mail")),
        status=form.status if form else 200,
        matter=matter,
        matter_href=address,
        letters=found,
        answers=request.GET.get("answers", "") or request.POST.get("answers", ""),
        form=(form or _form(request, matter.title, recipients)) if recipients else None,
    )


def _form(request: HttpRequest, title: str, recipients: Any) -> WriteForm:
    """An empty letter; where it answers mail, to whoever wrote that, under the same subject."""
    number = number_meant(request.GET.get("answers", ""))
    start = {"subject": title[:180]}
    if number is not None:
        mail = get_mail(number, actor_of(request))
        subject = mail.subject[:170] or title[:170]
        start["subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
        for one in recipients:
            if one.address.casefold() == mail.from_address.casefold():
                start["to_address"] = one.address
    return WriteForm(initial=start, recipients=recipients)


def letters_of_issue(file: IssueFile, request: HttpRequest) -> Letters:
    """The e-mail that the page of an issue shows."""
    came_from = [row.came_from for row in file.complaints if row.came_from is not None]
    return letters_of(file.matter.id, actor_of(request), came_from=came_from)
