"""API keys: which there are, making one, whose token is shown once, and ending one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Role
from wardroom.access.queries.api_keys import KeyRow, get_holder, get_key, key_page
from wardroom.access.rules import SCOPES
from wardroom.directory.actions import MadeKey, end_key, make_key
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.factors.stepping import needs_proof
from wardroom.web.keys.describing import site_of
from wardroom.web.keys.forms import OWN, KeyForm
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.new import posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Control, Tag, page_number
from wardroom.web.ui.words import day_text, instant_text

DATA = Crumb("Data", "/data/")
STATES = (("live", "Live"), ("ended", "Ended"))
COLUMNS = (
    Column("Key"),
    Column("May"),
    Column("Calls an hour", number=True),
    Column("Last used"),
    Column("Do it here"),
)
WORDS = ListWords(
    title="API keys",
    noun="key",
    empty="No key here. A key lets another program in, in your place.",
    crumbs=(DATA, Crumb("API keys")),
)


@require_safe
def key_list(request: HttpRequest) -> HttpResponse:
    """One's own keys; for the director all of them."""
    actor = actor_of(request)
    if not actor.roles:
        raise NotAllowed
    state = filters.choice(request.GET, "state", "State", STATES, default="live")
    found = key_page(actor, live=state.value == "live", page=page_number(request.GET))
    return list_page(
        request,
        "keys/list.html",
        WORDS,
        found,
        chosen=(state,),
        columns=COLUMNS,
        cells=_cells,
        site=site_of(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_proof
def key_new(request: HttpRequest) -> HttpResponse:
    """Make a key. The answer shows its token, which no later page can do."""
    actor = actor_of(request)
    if not actor.roles:
        raise NotAllowed
    form = KeyForm(posted(request), for_apps=actor.has(Role.DIRECTOR))
    made = submit(form, lambda given: _made(request, given)) if form.is_bound else None
    answer = page(
        request,
        "keys/new.html",
        title="Make an API key",
        crumbs=(DATA, Crumb("API keys", reverse("api_keys")), Crumb("Make an API key")),
        status=form.status,
        form=form,
        made=made,
        site=site_of(request),
    )
    if made is not None:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@takes_form(steps_up=2)
def key_end(request: HttpRequest, key_id: int) -> HttpResponse:
    """End a key at once."""
    key = end_key(get_key(key_id, actor_of(request)), stamp=stamp_of(request))
    return go_on(request, reverse("api_keys"), f"The key “{key.name}” lets nobody in any longer.")


def _made(request: HttpRequest, given: dict[str, Any]) -> MadeKey:
    own = given.pop("whose", OWN) == OWN
    holder = get_holder(actor_of(request)) if own else None
    return make_key(holder, name=given.pop("name_"), **given, stamp=stamp_of(request))


def _cells(row: KeyRow) -> tuple[Cell, ...]:
    ended = instant_text(row.ended_at) if row.ended_at else ""
    end = Control("End it", reverse("api_key_end", args=[row.id]), row.name, f"end_{row.id}")
    return (
        Cell(
            row.name,
            sub=f"wr_{row.hint}…, {row.holder or 'an app'}",
            tags=(Tag("Publishes", "accent"),) if row.publishes else (),
            main=True,
        ),
        Cell("; ".join(SCOPES.get(scope, scope) for scope in row.scopes)),
        Cell(f"{row.hourly_limit:,}", number=True),
        Cell(
            day_text(row.last_used_on) if row.last_used_on else "Never",
            sub=f"ended {ended}" if ended else f"made {instant_text(row.made_at)}",
        ),
        Cell(controls=(end,) if "end_key" in row.allowed else ()),
    )
