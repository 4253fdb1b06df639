"""Mail in: what waits for a person, one message whole, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Actor
from wardroom.casework import actions
from wardroom.casework.queries import Likeness, likenesses
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.queries import get_matter, kinds_of
from wardroom.notices.queries import MailRow, get_mail, mail_document, mail_file, mail_page
from wardroom.records.policy import may_read_records_requests, may_take_request
from wardroom.records.rules import NOUN
from wardroom.search.queries import find
from wardroom.web.data import forms
from wardroom.web.data.alarm import mail_alarms
from wardroom.web.documents.views import handed_out
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.rows import matter_address, number_meant
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.tables import Cell, Column, Control, page_number, paging, table
from wardroom.web.ui.words import counted, instant_text, state_tag

COLUMNS = (Column("Mail"), Column("Came in"), Column("Seems to belong to"), Column("Do it here"))
STATES = (
    ("waiting", "Waits for a person"),
    ("unread", "Not read yet"),
    ("threaded", "On its matter"),
    ("ignored", "Not followed"),
    ("set_aside", "Set aside"),
    ("bounce", "Ours that came back"),
    ("all", "All"),
)
EMPTY = {
    "waiting": "No mail waits for a person. What answers a message of ours goes to its matter.",
    "unread": "Everything on the matters has been read.",
}
MEANWHILE = "Somebody dealt with this mail while your page was open. This is how it stands now."
FIRST_WORDS = 140
FOUND_ROWS = 8


class Move(NamedTuple):
    """One thing that can be done with a message in."""

    form: Callable[..., Form]
    act: Callable[[Any, dict[str, Any], HttpRequest], Any]
    said: str


def _place(mail: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    number = number_meant(given["into"])
    try:
        matter = get_matter(number or 0, actor_of(request))
    except NotFound:
        sentence = f"There is no matter {given['into']} that you can see."
        raise Refused("no_such_matter", sentence, field="into") from None
    return actions.place_message(mail, matter=matter, stamp=stamp_of(request))


def _confirm(mail: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    number = _matter_of(mail.like)
    if number is None:
        raise Refused("already_placed", MEANWHILE)
    return _place(mail, {"into": str(number)}, request)


def _aside(mail: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.put_mail_aside(mail, **given, stamp=stamp_of(request))


def _read(mail: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.mark_mail_read(mail, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "place": Move(forms.PlaceForm, _place, "The mail is on its matter now."),
    "confirm": Move(forms.PlainForm, _confirm, "The mail is on its matter now."),
    "aside": Move(forms.AsideForm, _aside, "The mail was set aside."),
    "read": Move(forms.PlainForm, _read, "Marked as read."),
}


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Mail that waits for a person, the oldest first; by filter all that came in."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = filters.choice(request.GET, "state", "State", STATES, default="waiting")
    chosen = "" if state.value == "all" else state.value
    found = mail_page(actor, state=chosen, page=page_number(request.GET))
    like = likenesses(found.rows, actor)
    numbers = {number for row in found.rows if (number := _matter_of(row.thread)) is not None}
    kinds = kinds_of(actor, numbers) if numbers else {}
    back = request.get_full_path()
    return page(
        request,
        "data/mail.html",
        title="Mail in",
        crumbs=(Crumb("Data", "/data/"), Crumb("Mail in")),
        alarms=mail_alarms(request),
        filters=filters.bar(request.GET, state),
        table=table(
            counted(found.total, "message"),
            COLUMNS,
            [_cells(row, like.get(row.id), kinds, back) for row in found.rows],
            empty=EMPTY.get(state.value, "No mail fits this filter."),
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_safe
def message(request: HttpRequest, received_id: int) -> HttpResponse:
    """One message: what was said, its files, and where it belongs."""
    return _page(request, received_id)


@require_safe
def file(request: HttpRequest, received_id: int, document_id: int) -> HttpResponse:
    """One file of a message, or the message as it came."""
    return handed_out(mail_document(received_id, document_id, actor_of(request)))


@takes_form()
def move(request: HttpRequest, received_id: int, verb: str) -> HttpResponse:
    """Say where a message belongs, set it aside, or mark it as read."""
    if verb not in MOVES:
        raise Http404
    mail = get_mail(received_id, actor_of(request))
    chosen = MOVES[verb]
    form = chosen.form(request.POST)
    done = submit(form, lambda given: chosen.act(mail, given, request))
    if done is None:
        return _page(request, received_id, failed={verb: form})
    return go_on(request, back_to(request, reverse("mail")), chosen.said)


def _page(
    request: HttpRequest, received_id: int, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    actor = actor_of(request)
    found = mail_file(received_id, actor)
    row = found.row
    failed = failed or {}
    first_failed = next(iter(failed.values()), None)
    words = " ".join(request.GET.get("find", "")[:200].split())
    hits = find(actor, words, nouns=("matter",), limit=FOUND_ROWS).rows if words else ()
    number = _matter_of(row.thread)
    kinds = kinds_of(actor, [number]) if number is not None else {}
    return page(
        request,
        "data/message.html",
        title=row.subject or "No subject",
        crumbs=(Crumb("Data", "/data/"), Crumb("Mail in", reverse("mail")), Crumb(row.who)),
        status=first_failed.status if first_failed else 200,
        found=found,
        row=row,
        tag=state_tag(_state(row)),
        like=likenesses([row], actor).get(row.id),
        matter_id=number if number in kinds else None,
        matter_href=matter_address(kinds[number], number)
        if number is not None and number in kinds
        else "",
        words=words,
        hits=[(hit, number_meant(hit.matter_key)) for hit in hits],
        failed=first_failed,
        request_id=_request_of(row, actor),
        may_ask=_may_ask(row, actor),
        place=failed.get("place") or forms.PlaceForm(),
        aside=failed.get("aside") or forms.AsideForm(),
    )


def _matter_of(thread: str) -> int | None:
    """The number of the matter that a thread is of; it may be of something else."""
    noun, _, key = thread.partition(":")
    return number_meant(key) if noun == "matter" else None


def _request_of(row: MailRow, actor: Actor) -> int | None:
    """The request for records that a message lies with, for whoever reads of those."""
    noun, _, key = row.thread.partition(":")
    reads = noun == NOUN and may_read_records_requests(actor)
    return number_meant(key) if reads else None


def _may_ask(row: MailRow, actor: Actor) -> bool:
    """Whether a message may still be written down as a request for records, by this person."""
    return row.state not in ("threaded", "bounce") and may_take_request(actor, None)


def _state(row: MailRow) -> str:
    return "unread" if row.state == "threaded" and row.read_at is None else row.state


def _cells(
    row: MailRow, like: Likeness | None, kinds: Mapping[int, str], back: str
) -> tuple[Cell, ...]:
    number = _matter_of(row.thread)
    said = " ".join(row.said.split())
    short = said if len(said) <= FIRST_WORDS else f"{said[:FIRST_WORDS].rstrip()}..."
    tags = () if row.state == "waiting" else (state_tag(_state(row)),)
    return (
        Cell(
            row.subject or "No subject",
            href=reverse("mail_message", args=[row.id]),
            sub=" · ".join(part for part in (row.who, short, row.reason) if part),
            tags=tags,
            main=True,
        ),
        Cell(instant_text(row.received_at)),
        _where(row, like, number if number in kinds else None, kinds),
        Cell(controls=_buttons(row, like, back), folded=_folded(row, back)),
    )


def _where(
    row: MailRow, like: Likeness | None, number: int | None, kinds: Mapping[int, str]
) -> Cell:
    if number is not None:
        return Cell(f"W-{number}", href=matter_address(kinds[number], number))
    if like is None:
        return Cell("-" if row.thread else "Nothing we know")
    address = matter_address(like.matter_kind, like.matter_id)
    return Cell(f"W-{like.matter_id}", href=address, sub=f"{like.title}. {row.how}.")


def _buttons(row: MailRow, like: Likeness | None, back: str) -> tuple[Control, ...]:
    found = []
    if like is not None and "place_message" in row.allowed:
        label, address = f"Yes, W-{like.matter_id}", _address(row, "confirm")
        found.append(Control(label, address, row.subject, f"confirm_{row.id}", back, key="d"))
    if "mark_mail_read" in row.allowed:
        address = _address(row, "read")
        found.append(Control("Read", address, row.subject, f"read_{row.id}", back, key="d"))
    return tuple(found)


def _folded(row: MailRow, back: str) -> tuple[Control, ...]:
    found = []
    if "place_message" in row.allowed:
        found.append(
            Control("Put it there", _address(row, "place"), row.subject, f"into_{row.id}", back,
                    "into", "Number, such as W-412")
        )  # fmt: skip
    if "put_mail_aside" in row.allowed:
        found.append(
            Control("Set aside", _address(row, "aside"), row.subject, f"reason_{row.id}", back,
                    "reason", "Why nothing follows")
        )  # fmt: skip
    return tuple(found)


def _address(row: MailRow, verb: str) -> str:
    return reverse("mail_move", args=[row.id, verb])
