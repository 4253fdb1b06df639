"""Policies that are watched: the list, one with what was said of it, and writing it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.policies import (
    MOST_WORDS,
    PolicyRow,
    get_policy_watch,
    may_watch_policies,
    policy_file,
    policy_page,
    words_used,
)
from wardroom.engagement.rules.policies import POLICY_SIGNAL, TENORS
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.policies import forms, showing
from wardroom.web.rows import own_ward
from wardroom.web.ui import filters
from wardroom.web.ui.bars import monthly_bars
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, from_today
from wardroom.web.wards import all_wards, ward_choices

HOME = Crumb("Home", "/")
POLICIES = Crumb("Policies", "/policies/")
STATES = (("open", "Watched"), ("closed", "Watched no more"), ("all", "All"))
COLUMNS = (
    Column("Policy"),
    Column("Said, where you see it", number=True),
    Column("Read it by", sort="due"),
)


MOVES: Mapping[str, Move] = {
    "say": Move(
        "say",
        "Write down what was said",
        as_filled_in(actions.note_policy_entry),
        "Written down, without a name.",
    ),
    "end": Move(
        "end",
        "Stop watching it",
        as_filled_in(actions.end_policy_watch),
        "It is watched no more.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def policies(request: HttpRequest) -> HttpResponse:
    """The policies that are or were watched; the director begins to watch one."""
    if request.method != "POST":
        return _list(request, forms.PolicyForm())
    if not may_watch_policies(actor_of(request)):
        raise NotAllowed
    form = forms.PolicyForm(request.POST)
    made = submit(form, lambda given: _watch(request, given))
    if made is None:
        return _list(request, form)
    return go_on(request, reverse("policy", args=[made.pk]), "It is watched now.")


@require_safe
def policy(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One policy: what was said, ward by ward, and the newest entries."""
    return _page(request, matter_id)


@takes_move(MOVES)
def policy_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Write down what was said, or stop watching."""
    return make(
        request,
        MOVES[verb],
        get_policy_watch(matter_id, actor_of(request)),
        _form(request, verb, words_used(matter_id, actor_of(request)), request.POST),
        address=reverse("policy", args=[matter_id]),
        again=lambda form: _page(request, matter_id, failed={verb: form}),
    )


def _watch(request: HttpRequest, given: dict[str, Any]) -> Any:
    owner = get_party_of(actor_of(request))
    return actions.watch_policy(None, **given, owner=owner, stamp=stamp_of(request))


def _list(request: HttpRequest, form: Form) -> HttpResponse:
    actor, state, today = actor_of(request), request.GET, today_of(request)
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = policy_page(
        actor,
        state="" if shown.value == "all" else shown.value,
        sort=state.get("sort", ""),
        page=page_number(state),
    )

    def cells(row: PolicyRow) -> tuple[Cell, ...]:
        href, tags = reverse("policy", args=[row.id]), () if row.open else (Tag("Ended"),)
        due = from_today(row.next_on, today) if row.open and row.next_on else ""
        return Cell(row.title, href=href, tags=tags, main=True), Cell(f"{row.said:,}"), Cell(due)

    return page(
        request,
        "policies/list.html",
        title="Policies",
        crumbs=(HOME, Crumb("Policies")),
        status=form.status,
        filters=filters.bar(state, shown, keep=("sort",)),
        form=form,
        may=may_watch_policies(actor),
        table=table(
            counted(found.total, "policy", "policies"),
            COLUMNS,
            [cells(row) for row in found.rows],
            empty="No policy fits these filters. The director begins to watch one.",
            state=state,
            sort=found.sort,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )


def _form(request: HttpRequest, verb: str, used: Sequence[str], posted: Any = None) -> Form:
    if verb == "end":
        return forms.EndForm(posted)
    started = {"ward_code": own_ward(actor_of(request)), "heard_on": today_of(request)}
    wards = [(code, f"Ward {code}") for code, _ in all_wards(request)]
    return forms.SaidForm(posted, initial=started, wards=wards, used=used)


def _page(request: HttpRequest, matter_id: int, *, failed: Failed | None = None) -> HttpResponse:
    state, today = request.GET, today_of(request)
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    tenor = filters.choice(state, "tenor", "What it was", (("", "Everything"), *TENORS.items()))
    file = policy_file(
        matter_id,
        actor_of(request),
        on=today,
        ward=ward.value,
        tenor=tenor.value,
        about=state.get("about", ""),
        page=page_number(state),
    )
    words = [row.about for row in file.abouts if row.about]
    abouts = (("", "Everything"), *((word, word) for word in words))
    about = filters.choice(state, "about", "What about", abouts)
    return page(
        request,
        "policies/file.html",
        title=file.title,
        crumbs=(HOME, POLICIES, Crumb(file.title)),
        file=file,
        as_of=stamp_of(request).at,
        when=from_today(file.next_on, today) if file.next_on else "",
        filters=filters.bar(state, ward, tenor, about),
        bars=monthly_bars(file.months, caption="Said, month by month", unit="entries"),
        total=counted(file.total, "entry", "entries"),
        definitions=(POLICY_SIGNAL,),
        wards=showing.ward_table(file),
        abouts=showing.about_table(file),
        lines=showing.line_table(file.said, state),
        **offers(
            MOVES, file.allowed, failed, lambda verb: _form(request, verb, words[:MOST_WORDS])
        ),
    )
