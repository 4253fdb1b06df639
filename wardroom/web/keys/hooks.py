"""Webhooks: which there are, setting one up, what became of each line, sending lines again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.queries.api_keys import get_holder
from wardroom.kernel.errors import NotAllowed
from wardroom.ledger.queries import kind_in_words
from wardroom.notices.actions import end_hook, make_hook, replay_delivery, replay_hook
from wardroom.notices.queries import DeliveryRow, HookRow, delivery_page, get_hook, hook_page
from wardroom.notices.queries import hook_row as one_hook
from wardroom.notices.rules.hooks import DELIVERY_STATES
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.keys.forms import HookForm, ReplayForm, ReplayOneForm
from wardroom.web.keys.views import DATA, STATES
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Deed, as_filled_in, make, outcome, takes_move
from wardroom.web.ui.new import posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Control, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, instant_text

WORDS = ListWords(
    title="Webhooks",
    noun="webhook",
    empty="No webhook here. It sends another program word of new lines that you may read.",
    crumbs=(DATA, Crumb("Webhooks")),
)
COLUMNS = (
    Column("Webhook"),
    Column("Word of"),
    Column("Waiting", number=True),
    Column("Given up", number=True),
)
LINES = (
    Column("Line", number=True),
    Column("What"),
    Column("State"),
    Column("When"),
    Column("Do it here"),
)
DEEDS: Mapping[str, Deed] = {
    "end": Deed(as_filled_in(end_hook), "The webhook was ended. Nothing is sent there any more."),
    "replay": Deed(as_filled_in(replay_hook), "The lines are sent again within a minute."),
    "again": Deed(as_filled_in(replay_delivery), "The line is sent again within a minute."),
}
TONES = {"due": "warn", "sent": "good", "dead": "bad"}


@require_safe
def hook_list(request: HttpRequest) -> HttpResponse:
    """One's own webhooks; for the director all of them."""
    actor = actor_of(request)
    if not actor.roles:
        raise NotAllowed
    state = filters.choice(request.GET, "state", "State", STATES, default="live")
    found = hook_page(actor, live=state.value == "live", page=page_number(request.GET))
    return list_page(
        request, "keys/hooks.html", WORDS, found, chosen=(state,), columns=COLUMNS, cells=_cells
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hook_new(request: HttpRequest) -> HttpResponse:
    """Set a webhook up. The answer shows its secret, which no later page does."""
    actor = actor_of(request)
    if not actor.roles:
        raise NotAllowed
    form = HookForm(posted(request))
    made = submit(form, lambda given: _made(request, given)) if form.is_bound else None
    answer = page(
        request,
        "keys/hook_new.html",
        title="Set a webhook up",
        crumbs=(DATA, Crumb("Webhooks", reverse("hooks")), Crumb("Set a webhook up")),
        status=form.status,
        form=form,
        made=made,
    )
    if made is not None:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def hook(request: HttpRequest, hook_id: int) -> HttpResponse:
    """One webhook, and what became of each line."""
    return _page(request, hook_id)


@takes_move(DEEDS)
def hook_move(request: HttpRequest, hook_id: int, verb: str) -> HttpResponse:
    """End a webhook, or have lines sent again."""
    row = get_hook(hook_id, actor_of(request))
    kinds = {"replay": ReplayForm, "again": ReplayOneForm}
    form = kinds.get(verb, PlainForm)(request.POST)
    return make(
        request,
        DEEDS[verb],
        row,
        form,
        address=reverse("hook", args=[hook_id]),
        again=lambda wrong: _page(request, hook_id, failed={verb: wrong}),
    )


def _made(request: HttpRequest, given: dict[str, Any]) -> Any:
    kinds = given["kinds"].replace(",", " ").split()
    return make_hook(
        get_holder(actor_of(request)),
        name=given["name_"],
        address=given["address"],
        kinds=kinds,
        stamp=stamp_of(request),
    )


def _page(
    request: HttpRequest, hook_id: int, *, failed: Mapping[str, Form] | None = None
) -> HttpResponse:
    actor = actor_of(request)
    row = one_hook(hook_id, actor)
    states = [("", "Any state"), *DELIVERY_STATES.items()]
    state = filters.choice(request.GET, "state", "State", states)
    found = delivery_page(hook_id, actor, state=state.value, page=page_number(request.GET))
    again = "replay_hook" in row.allowed
    return page(
        request,
        "keys/hook.html",
        title=row.name,
        crumbs=(DATA, Crumb("Webhooks", reverse("hooks")), Crumb(row.name)),
        hook=row,
        replay=(failed or {}).get("replay") or ReplayForm(),
        filters=filters.bar(request.GET, state),
        table=table(
            counted(found.total, "line"),
            LINES,
            [_line(one, hook_id, again=again) for one in found.rows],
            empty="Nothing was sent yet. New lines go out within a minute.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
        **outcome(failed),
    )


def _cells(row: HookRow) -> tuple[Cell, ...]:
    resting = row.rests_until is not None and row.failures
    tags = (Tag(f"{row.failures} failures in a row", "bad"),) if resting else ()
    return (
        Cell(
            row.name,
            href=reverse("hook", args=[row.id]),
            sub=f"{row.address}, {row.holder}",
            tags=tags,
            main=True,
        ),
        Cell(", ".join(kind_in_words(kind) for kind in row.kinds) or "All but the noise"),
        Cell(f"{row.waiting:,}", number=True),
        Cell(f"{row.dead:,}", number=True),
    )


def _line(row: DeliveryRow, hook_id: int, *, again: bool) -> tuple[Cell, ...]:
    when = instant_text(row.sent_at) if row.sent_at else ""
    if row.state == "due":
        when = f"next try {instant_text(row.next_try_at)}"
    tries = f"{row.attempts} {'try' if row.attempts == 1 else 'tries'}" if row.attempts else ""
    repeat = Control(
        "Send again",
        reverse("hook_move", args=[hook_id, "again"]),
        f"line {row.line}",
        f"again_{row.id}",
        kept=(("delivery_id", str(row.id)),),
    )
    return (
        Cell(f"{row.line:,}", href=reverse("line", args=[row.entry_id]), number=True, main=True),
        Cell(kind_in_words(row.kind)),
        Cell(tags=(Tag(DELIVERY_STATES[row.state], TONES[row.state]),), sub=row.error),
        Cell(when, sub=tries),
        Cell(controls=(repeat,) if again and row.state != "due" else ()),
    )
