"""The legal holds: their list, a new one, and one whole with what it keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.retention import actions
from wardroom.retention.queries.holding import (
    HoldFile,
    HoldRow,
    get_hold,
    hold_file,
    legal_holds,
)
from wardroom.retention.rules.classes import CLASSES
from wardroom.retention.rules.holds import Scope
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.factors.stepping import needs_proof
from wardroom.web.retention import forms
from wardroom.web.retention.views import check_reader, crumbs
from wardroom.web.ui import filters
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import day_text

COLUMNS = (Column("Hold"), Column("What it keeps"), Column("Since"), Column("State"))
LIFTED = "lifted"
NOUNS: Mapping[str, str] = {
    "issue": "matter",
    "matter": "matter",
    "request": "records_request",
    **{noun: noun for noun in ("hiring", "training", "term", "residency")},
}
SAID: Mapping[str, str] = {
    "matter": "Issue",
    "records_request": "Records request",
    **{noun: noun.capitalize() for noun in ("hiring", "training", "term", "residency")},
}
UNIT = re.compile(
    r"\s*(issue|matter|(?:records )?request|hiring|training|term|residency)?"
    r"\s*#?\s*(\d{1,12})\s*",
    re.IGNORECASE,
)

MOVES: Mapping[str, Move] = {
    "lift": Move(
        "lift_hold",
        "Lift this hold",
        as_filled_in(actions.lift_hold),
        "It is lifted. What it kept goes by its schedule again.",
        form=forms.LiftForm,
    ),
}


@require_safe
def hold_list(request: HttpRequest) -> HttpResponse:
    """The legal holds that stand, or those that were lifted."""
    check_reader(request)
    state = request.GET
    shown = filters.choice(state, "state", "State", (("", "Standing"), (LIFTED, "Lifted")))
    found = legal_holds(actor_of(request), lifted=shown.value == LIFTED, page=page_number(state))
    words = ListWords(
        title="Legal holds",
        noun="hold",
        empty="No hold fits this filter.",
        crumbs=(*crumbs(), Crumb("Legal holds")),
    )
    return list_page(
        request,
        "retention/holds.html",
        words,
        found,
        chosen=(shown,),
        columns=COLUMNS,
        cells=_cells,
        may_place=found.may_place,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hold_new(request: HttpRequest) -> HttpResponse:
    """Place a legal hold."""
    if not legal_holds(actor_of(request)).may_place:
        raise NotAllowed
    form = forms.HoldForm(posted(request), initial={"since_on": today_of(request)})
    return new_page(
        request,
        "retention/hold_new.html",
        form,
        lambda given: _place(request, given),
        leads_to=lambda hold: (
            reverse("legal_hold", args=[hold.pk]),
            "It stands from now on. See below what it keeps.",
        ),
        title="Place a legal hold",
        crumbs=(*crumbs(), Crumb("Legal holds", reverse("legal_holds")), Crumb("Place one")),
        all_of=forms.ALL_OF,
    )


@require_safe
def one_hold(request: HttpRequest, hold_id: int) -> HttpResponse:
    """One hold: why, for whom, and which records that are over it keeps."""
    return _page(request, hold_file(hold_id, actor_of(request), today=today_of(request)))


@takes_move(MOVES)
@needs_proof
def hold_move(request: HttpRequest, hold_id: int, verb: str) -> HttpResponse:
    """Lift a hold."""
    actor, today = actor_of(request), today_of(request)
    return make(
        request,
        MOVES[verb],
        get_hold(hold_id, actor),
        forms.LiftForm(request.POST),
        address=reverse("legal_hold", args=[hold_id]),
        again=lambda form: _page(
            request, hold_file(hold_id, actor, today=today), failed={verb: form}
        ),
    )


def what_it_keeps(scope: Scope) -> tuple[tuple[str, str], ...]:
    """The scope of a hold as labels and words."""
    noun, _, key = scope.unit.partition(":")
    unit = f"{SAID.get(noun, noun)} {key}" if scope.unit else ""
    days = " to ".join(day_text(day) for day in (scope.from_on, scope.until_on) if day)
    if days and not (scope.from_on and scope.until_on):
        days = f"{'From' if scope.from_on else 'Until'} {days}"
    said = (
        ("Class", CLASSES[scope.class_code].name if scope.class_code in CLASSES else ""),
        ("Record", unit),
        ("Somebody in it", scope.person),
        ("Place", scope.place),
        ("Words", scope.words),
        ("Days", days),
    )
    return tuple((label, words) for label, words in said if words)


def _place(request: HttpRequest, given: dict[str, Any]) -> Any:
    scope = Scope(
        class_code=given.pop("class_code"),
        unit=_unit(given.pop("unit")),
        **{name: given.pop(name) for name in ("person", "place", "words", "from_on", "until_on")},
    )
    return actions.place_hold(None, **given, scope=scope, stamp=stamp_of(request))


def _unit(typed: str) -> str:
    """One record as noun:key, from how people write it. Refuses: anything else."""
    if not typed.strip():
        return ""
    found = UNIT.fullmatch(typed)
    if found is None:
        sentence = "Write it as issue 412, records request 7, hiring 3, training 5 or term 2."
        raise Refused("bad_unit", sentence, field="unit")
    word = (found.group(1) or "issue").lower().split()[-1]
    return f"{NOUNS[word]}:{int(found.group(2))}"


def _page(request: HttpRequest, found: HoldFile, *, failed: Failed | None = None) -> HttpResponse:
    row = found.row
    return page(
        request,
        "retention/hold.html",
        title=f"Legal hold {row.id}",
        crumbs=(*crumbs(), Crumb("Legal holds", reverse("legal_holds")), Crumb(f"{row.id}")),
        found=found,
        row=row,
        state=_state(row),
        scope=what_it_keeps(row.scope),
        moves=[
            (*offer, reverse("legal_hold_move", args=[row.id, offer[0]]))
            for offer in offered(MOVES, found.allowed, failed or {})
        ],
        **outcome(failed),
    )


def _state(row: HoldRow) -> Tag:
    return Tag("Lifted") if row.lifted_at is not None else Tag("Stands", "warn")


def _cells(row: HoldRow) -> tuple[Cell, ...]:
    kept = "; ".join(f"{label}: {words}" for label, words in what_it_keeps(row.scope))
    return (
        Cell(
            f"{row.id}. {row.reason[:90]}",
            href=reverse("legal_hold", args=[row.id]),
            sub=f"Asked by {row.asked_by}",
            main=True,
        ),
        Cell(kept or "Its words went with the records it kept"),
        Cell(day_text(row.since_on), sub=f"Placed by {row.placed_by}"),
        Cell(tags=(_state(row),)),
    )
