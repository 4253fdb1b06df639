"""The data behind the pages: what was read, and what was sent out."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.city.queries import boundary_notes
from wardroom.kernel.errors import NotAllowed
from wardroom.notices.actions import (
    hurry_message,
    recall_message,
    retry_message,
    set_message_aside,
)
from wardroom.notices.queries import OutboxRow, get_message, outbox_page
from wardroom.service_requests.queries import RunRow, import_runs
from wardroom.web.data.alarm import mail_alarms
from wardroom.web.data.forms import MessageAsideForm, PlainForm
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.tables import (
    Cell,
    Column,
    Control,
    Paging,
    Table,
    page_number,
    paging,
    table,
)
from wardroom.web.ui.words import counted, day_text, instant_text, state_tag

RUN_COLUMNS = (
    Column("File"),
    Column("Read"),
    Column("Rows", number=True),
    Column("New", number=True),
    Column("Changed", number=True),
    Column("Same", number=True),
    Column("Rejected", number=True),
    Column("State"),
)
BOUNDARY_COLUMNS = (Column("Boundary"), Column("In force since"), Column("Source"))
MESSAGE_COLUMNS = (
    Column("Message"),
    Column("To"),
    Column("Written"),
    Column("State"),
    Column("Do it here"),
)
STATES = [
    ("", "Any state"),
    ("dead", "Failed or came back"),
    ("queued", "Waits to go out"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("bounced", "Came back"),
    ("set_aside", "Set aside"),
    ("recalled", "Taken back"),
]
BUTTONS = (
    ("retry_message", "Try again"),
    ("hurry_message", "Send now"),
    ("recall_message", "Take back"),
)
FEW_DEAD = 10


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What was imported, and which boundaries hold."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    notes = boundary_notes(timezone.localdate(stamp_of(request).at))
    return page(
        request,
        "data/overview.html",
        title="Data",
        crumbs=(Crumb("Home", "/"), Crumb("Data")),
        runs=table(
            "Files that were read, the newest first",
            RUN_COLUMNS,
            [_run(row) for row in import_runs(actor)],
            empty="Nothing was imported yet. The shell reads files: wardroom import requests FILE.",
        ),
        boundaries=table(
            "Boundaries in force",
            BOUNDARY_COLUMNS,
            [
                (
                    Cell(note.kind.upper() if len(note.kind) < 4 else note.kind.title(), main=True),
                    Cell(day_text(note.valid_from)),
                    Cell(note.source, sub="schematic" if note.schematic else ""),
                )
                for note in notes
            ],
            empty="No boundaries are loaded: wardroom import boundaries FILE.",
        ),
    )


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message out, with its delivery state; what is dead stands on top."""
    return _outbox(request)


@takes_form(steps_up=2)
def retry(request: HttpRequest, message_id: int) -> HttpResponse:
    """Try a message again that could not be delivered."""
    retry_message(get_message(message_id, actor_of(request)), stamp=stamp_of(request))
    return go_on(request, back_to(request, reverse("outbox")), "The message will be tried again.")


@takes_form(steps_up=2)
def set_aside(request: HttpRequest, message_id: int) -> HttpResponse:
    """Say why a message that failed need not go out."""
    message = get_message(message_id, actor_of(request))
    form = MessageAsideForm(request.POST)
    done = submit(form, lambda given: set_message_aside(message, **given, stamp=stamp_of(request)))
    if done is None:
        typed = (message_id, request.POST.get("reason", ""))
        return _outbox(request, failed=(message.subject, form), typed=typed)
    return go_on(request, back_to(request, reverse("outbox")), "The message was set aside.")


@takes_form(steps_up=2)
def recall(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a message back before it goes out."""
    message = get_message(message_id, actor_of(request))
    form = PlainForm(request.POST)
    done = submit(form, lambda given: recall_message(message, stamp=stamp_of(request)))
    if done is None:
        return _outbox(request, failed=(message.subject, form))
    return go_on(request, back_to(request, reverse("outbox")), "The message was taken back.")


@takes_form(steps_up=2)
def hurry(request: HttpRequest, message_id: int) -> HttpResponse:
    """Let a message that waits for working hours go out now."""
    message = get_message(message_id, actor_of(request))
    form = PlainForm(request.POST)
    done = submit(form, lambda given: hurry_message(message, stamp=stamp_of(request)))
    if done is None:
        return _outbox(request, failed=(message.subject, form))
    said = f"The message to {message.to_name or message.to_address} goes out within a minute."
    return go_on(request, back_to(request, reverse("outbox")), said)


def _outbox(
    request: HttpRequest,
    *,
    failed: tuple[str, Form] | None = None,
    typed: tuple[int, str] | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    address = reverse("outbox")
    back = request.get_full_path() if request.path == address else back_to(request, address)
    given = QueryDict(urlsplit(back).query)
    state = filters.choice(given, "state", "State", STATES)
    found = outbox_page(actor, state=state.value or None, page=page_number(given))
    first = not state.value and found.page == 1
    dead = outbox_page(actor, state="dead") if first and found.failed + found.bounced else None
    return page(
        request,
        "data/outbox.html",
        title="Messages out",
        crumbs=(Crumb("Data", "/data/"), Crumb("Messages out")),
        status=failed[1].status if failed else 200,
        alarms=mail_alarms(request),
        failed=failed,
        address=address,
        filters=filters.bar(given, state),
        dead=_messages("Not delivered", dead.rows[:FEW_DEAD], back, "dead_", typed)
        if dead
        else None,
        dead_total=dead.total if dead else 0,
        table=_messages(
            f"{counted(found.total, 'message')}, {found.waiting:,} waiting to go out",
            found.rows,
            back,
            "",
            typed,
            paging(given, page=found.page, pages=found.pages, total=found.total),
        ),
    )


def _messages(
    caption: str,
    rows: Iterable[OutboxRow],
    back: str,
    called: str,
    typed: tuple[int, str] | None,
    pages: Paging | None = None,
) -> Table:
    """A table of messages; ``called`` tells its fields from those of another, where a message
    stands in both, and ``typed`` is the reason that was not taken, with its message."""
    cells = [
        _message(row, back, called, typed[1] if typed and typed[0] == row.id else None)
        for row in rows
    ]
    empty = "No message fits these filters."
    return table(caption, MESSAGE_COLUMNS, cells, empty=empty, paging=pages)


def _message(row: OutboxRow, back: str, called: str, typed: str | None) -> tuple[Cell, ...]:
    buttons = [
        Control(label, reverse(verb, args=[row.id]), row.subject, f"{called}{verb}_{row.id}", back)
        for verb, label in BUTTONS
        if verb in row.allowed
    ]
    folded = [
        Control("Set aside", reverse(verb, args=[row.id]), row.subject,
                f"{called}{verb}_{row.id}", back, "reason", "Why it need not go out",
                value=typed or "", wrong=typed is not None)
        for verb in ("set_message_aside",)
        if verb in row.allowed
    ]  # fmt: skip
    when = f"sent {instant_text(row.sent_at)}" if row.sent_at else ""
    if row.state == "queued":
        when = f"goes out {instant_text(row.next_try_at)}"
    return (
        Cell(row.subject, sub=row.error, main=True),
        Cell(row.to_name or row.to_address, sub=row.to_address if row.to_name else ""),
        Cell(instant_text(row.queued_at), sub=when),
        Cell(tags=(state_tag(row.state),)),
        Cell(controls=tuple(buttons), folded=tuple(folded)),
    )


def _run(row: RunRow) -> tuple[Cell, ...]:
    return (
        Cell(row.file_name, sub=f"{row.feed_name} · {row.layout}", main=True),
        Cell(
            day_text(timezone.localdate(row.started_at)),
            sub=f"data as of {day_text(timezone.localdate(row.data_as_of))}"
            if row.data_as_of
            else "",
        ),
        *(
            Cell(f"{n:,}", number=True)
            for n in (
                row.rows_read,
                row.rows_new,
                row.rows_changed,
                row.rows_same,
                row.rows_rejected,
            )
        ),
        Cell(tags=(state_tag("read" if row.state == "done" else row.state),)),
    )
