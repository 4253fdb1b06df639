"""The capture line: written from any page, and back to that page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format

from wardroom.kernel.errors import NotFound
from wardroom.ledger.queries import mentions_of
from wardroom.matters.actions import capture_line
from wardroom.matters.queries import get_matter
from wardroom.matters.rules import CHANNELS, captured
from wardroom.web.capture.forms import CaptureForm
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.rows import own_ward
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.words import day_text


@takes_form()
def capture(request: HttpRequest) -> HttpResponse:
    """Write one line down, about the page's matter where the page is about one."""
    actor, stamp = actor_of(request), stamp_of(request)
    number = request.POST.get("matter", "")
    matter = get_matter(_number(number), actor) if number else None
    back = back_to(request, "/")
    form = CaptureForm(request.POST)
    entry = submit(
        form,
        lambda given: capture_line(matter, **given, ward_code=own_ward(actor), stamp=stamp),
    )
    if entry is None:
        return page(
            request,
            "capture/again.html",
            title="This line was not noted",
            crumbs=(Crumb("Back", back), Crumb("Your line")),
            status=form.status,
            form=form,
            back=back,
            matter=number,
        )
    return go_on(request, back, _understood(request, form.cleaned_data["text"], entry.pk))


def _understood(request: HttpRequest, text: str, entry_id: int) -> str:
    """What was made of the line, in a sentence or two."""
    today = today_of(request)
    line = captured(text, today=today)
    said = [f"Noted as {CHANNELS[line.channel]}." if line.channel else "Noted."]
    if line.amounts:
        said.append(f"Amount: {', '.join(f'${amount:,.2f}' for amount in line.amounts)}.")
    if line.due_on is not None:
        how = "l, F j" if line.due_on.year == today.year else "l, F j, Y"
        said.append(f"To do by {date_format(line.due_on, how)}.")
    said += [f"Could not read !{word} as a day." for word in line.unread]
    said += [
        f"!{word} is {day_text(day)}, which is past: no to-do for it." for word, day in line.past
    ]
    rows = mentions_of(actor_of(request), entry_ids=[entry_id]).get(entry_id, ())
    unknown = ", ".join(f"{row.sign}{row.text}" for row in rows if not row.key)
    if unknown:
        said.append(f"Not known yet: {unknown}. Settle it under People, Names to settle.")
    return " ".join(said)


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise NotFound(f"no matter {given[:20]}")
    return int(given)
