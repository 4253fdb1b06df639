"""How a message in becomes a complaint: it fills the form, and goes along when it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest

from wardroom.casework.actions import take_mail_in
from wardroom.kernel.errors import NotFound
from wardroom.notices.queries import MailFile, get_mail, mail_file
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.rows import number_meant

MOST_SAID = 4000
Act = Callable[[dict[str, Any]], Any]


def filled_by_mail(request: HttpRequest, given: Mapping[str, Any]) -> Any:
    """What the form starts with: what was written, by whom, and how to answer."""
    found = _meant(request)
    if found is None or request.method == "POST":
        return given
    row = found.row
    said = "\n\n".join(part for part in (row.subject, row.said) if part)
    words = {
        "said": said[:MOST_SAID],
        "name_": row.from_name,
        "email": row.from_address,
        "channel": "email",
        "consent": "on" if row.from_address else "",
    }
    return {**words, **{name: given[name] for name in given}}


def with_mail(request: HttpRequest, act: Act) -> Act:
    """The same act, with the message going to the new matter in the same commit."""
    if _meant(request) is None:
        return act
    mail = get_mail(number_meant(request.POST["mail"]) or 0, actor_of(request))

    def both(given: dict[str, Any]) -> Any:
        return take_mail_in(mail, take=lambda: act(given), stamp=stamp_of(request))

    return both


def _meant(request: HttpRequest) -> MailFile | None:
    sent = request.POST if request.method == "POST" else request.GET
    number = number_meant(sent.get("mail", ""))
    if number is None:
        return None
    found = mail_file(number, actor_of(request))
    if "take_mail_in" not in found.row.allowed:
        raise NotFound(f"mail {number} is on a matter already")
    return found
