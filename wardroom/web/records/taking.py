"""A request for records that came by letter, mail, phone or in person is written down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.notices.queries import get_mail
from wardroom.notices.rules.reading import said_and_quoted
from wardroom.records import actions, rules
from wardroom.records.queries.requests import records_requests
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.records import forms
from wardroom.web.rows import number_meant
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb
from wardroom.web.ui.words import day_text


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: HttpRequest) -> HttpResponse:
    """Write down a request that came by letter, mail, phone or in person."""
    found = records_requests(actor_of(request), today=today_of(request))
    if not found.may_take:
        raise NotAllowed
    mail = _mail(request)
    today = today_of(request)
    form = forms.TakeForm(
        posted(request),
        initial={
            "received_on": today,
            "channel": "mail",
            "language": "en",
            **(_written_in(mail) if mail is not None else {}),
        },
    )

    def leads_to(made: Any) -> tuple[str, str]:
        said = f"Records request {made.pk} is with whoever keeps the records."
        said += f" The answer is due on {day_text(made.due_on)}."
        home = reverse("records_request", args=[made.pk])
        return (home if found.reads else reverse("records_requests"), said)

    return new_page(
        request,
        "records/new.html",
        form,
        lambda given: actions.take_request(
            None, name=given.pop("asker"), **given, mail=mail, stamp=stamp_of(request)
        ),
        leads_to=leads_to,
        mail=mail,
        title="Write down a records request",
        crumbs=(Crumb("Records requests", reverse("records_requests")), Crumb("Write one down")),
    )


def _mail(request: HttpRequest) -> Any:
    """The message that a request came in, where the address names one that lies nowhere yet."""
    number = number_meant(request.GET.get("mail", ""))
    mail = get_mail(number, actor_of(request)) if number is not None else None
    if mail is not None and mail.state == "bounce":
        raise NotFound(f"mail {mail.pk} is a notice of a mail server")
    return mail


def _written_in(mail: Any) -> dict[str, Any]:
    """What the form starts with: who wrote, when it came, and what was written."""
    said, _ = said_and_quoted(mail.text)
    return {
        "received_on": localdate(mail.received_at),
        "asker": mail.from_name,
        "email": mail.from_address,
        "words": "\n\n".join(part for part in (mail.subject, said) if part)[: rules.MOST_WORDS],
    }
