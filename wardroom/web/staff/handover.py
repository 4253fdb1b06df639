"""One handover: for whoever leaves, for the director, and for those who take over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.actions import introduce_successor
from wardroom.casework.queries import greetings
from wardroom.directory.queries import colleagues, get_colleague
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.matters import actions as matters
from wardroom.matters.queries import HandoverFile, get_handover, handover_file, things_in
from wardroom.matters.rules import ITEM_WORDS
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.staff import forms
from wardroom.web.staff.items import COLUMNS, Typed, item_cells
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import page_number, paging, table
from wardroom.web.ui.words import counted

SHOWN = (("", "Everything"), ("open", "Not settled"), *ITEM_WORDS.items())
SIZES = (("", "50 a page"), ("500", "500 a page"))
Act = Callable[[Any, dict[str, Any], HttpRequest], str]


class Move(NamedTuple):
    """One thing that can be done in a handover, and the sentence that is said then."""

    act: Act
    form: Callable[..., Form]


def _successor(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    try:
        party = get_colleague(given["successor"], actor_of(request), on=today_of(request))
    except NotFound:
        sentence = "This person does not work here today. Give them a role first."
        raise Refused("no_reach", sentence, field="successor") from None
    things = _meant(handover, given, request)
    number = matters.set_successor(
        handover, successor=party, things=things, stamp=stamp_of(request)
    )
    return f"{party.name} is asked to take over {counted(number, 'thing')}."


def _take(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    things = [_ref(given["thing"])]
    matters.take_items(handover, things=things, stamp=stamp_of(request))
    return "It is yours now."


def _note(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    thing = _ref(given["thing"]) if given["thing"] else None
    matters.write_handover_note(
        handover,
        text=given["text"],
        ward_code=given["ward_code"],
        thing=thing,
        stamp=stamp_of(request),
    )
    return "The note was saved."


def _accept(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    number = matters.accept_items(handover, items=given["item"], stamp=stamp_of(request))
    return f"{counted(number, 'thing is', 'things are')} yours now."


def _back(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    matters.send_back_items(
        handover, items=given["item"], reason=given["reason"], stamp=stamp_of(request)
    )
    return "Sent back. The director chooses somebody else."


def _again(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    came, gone = matters.catch_up_handover(handover, stamp=stamp_of(request))
    if not came and not gone:
        return "Nothing has changed: the list is up to date."
    return f"{counted(came, 'thing')} came onto the list, {gone:,} fell off."


def _finish(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    matters.finish_handover(handover, stamp=stamp_of(request))
    ending = "" if handover.only_left else " The roles end on the last day."
    return f"The handover is finished.{ending}"


def _call_off(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    matters.call_off_handover(handover, **given, stamp=stamp_of(request))
    return "The handover is called off."


def _hello(handover: Any, given: dict[str, Any], request: HttpRequest) -> str:
    number = introduce_successor(handover, stamp=stamp_of(request))
    return f"{counted(number, 'person is', 'people are')} written to."


def _moves(request: HttpRequest, file: HandoverFile) -> Mapping[str, Move]:
    people = [
        (str(row.party_id), row.label)
        for row in colleagues(actor_of(request), on=today_of(request))
        if row.party_id != file.head.party_id
    ]
    scopes = [("unchosen", "Everything that nobody was chosen for"), ("all", "Everything")]
    scopes += [(f"ward:{code}", f"All of Ward {code}") for code in file.wards]
    ids = [r.id for group in file.groups for r in group.rows if r.id is not None]
    sent = [pk for word in request.POST.getlist("item") if (pk := _number(word)) is not None]
    items = [*ids, *sent]
    return {
        "successor": Move(
            _successor,
            lambda *a, **k: forms.SuccessorForm(*a, people=people, scopes=scopes, **k),
        ),
        "take": Move(_take, forms.TakeForm),
        "note": Move(_note, lambda *a, **k: forms.NoteForm(*a, wards=file.wards, **k)),
        "accept": Move(_accept, lambda *a, **k: forms.ItemsForm(*a, items=items, **k)),
        "back": Move(_back, lambda *a, **k: forms.BackForm(*a, items=items, **k)),
        "again": Move(_again, forms.PlainForm),
        "finish": Move(_finish, forms.PlainForm),
        "call_off": Move(_call_off, forms.CallOffForm),
        "hello": Move(_hello, forms.PlainForm),
    }


@require_safe
def show(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Everything that is handed over, by kind, with who takes it and how far that is."""
    return _page(request, handover_id, request.GET)


@takes_form()
def make_move(request: HttpRequest, handover_id: int, verb: str) -> HttpResponse:
    """Choose a successor, accept, send back, write a note, look again, finish, and more."""
    actor = actor_of(request)
    file = handover_file(handover_id, actor, on=today_of(request))
    moves = _moves(request, file)
    if verb not in moves:
        raise Http404
    handover = get_handover(handover_id, actor)
    form = moves[verb].form(request.POST)
    said = submit(form, lambda given: moves[verb].act(handover, given, request))
    if said is None:
        return _page(request, handover_id, QueryDict(), failed=(verb, form))
    return go_on(request, reverse("handover", args=[handover_id]), said)


def _page(
    request: HttpRequest,
    handover_id: int,
    state: QueryDict,
    *,
    failed: tuple[str, Form] | None = None,
) -> HttpResponse:
    actor, today = actor_of(request), today_of(request)
    ward = state.get("ward", "")[:10]
    shown = filters.choice(state, "show", "Show", SHOWN)
    size = filters.choice(state, "size", "Rows", SIZES)
    file = handover_file(
        handover_id,
        actor,
        on=today,
        ward=ward,
        show=shown.value,
        page=page_number(state),
        size=int(size.value or 50),
    )
    wards = [("", "All wards"), *((code, f"Ward {code}") for code in file.wards)]
    bar = filters.bar(state, shown, filters.choice(state, "ward", "Ward", wards), size)
    moves = _moves(request, file)
    own = {name: moves[name].form() for name in ("successor", "note", "call_off")}
    if failed is not None and failed[0] in own and not failed[1].data.get("thing"):
        own[failed[0]] = failed[1]
    typed = Typed.of(failed) if failed is not None else Typed()
    people = tuple(getattr(own["successor"].fields["successor"], "choices", ()))
    greeted = greetings(get_handover(handover_id, actor), actor)
    head = file.head
    return page(
        request,
        "staff/handover.html",
        title=f"Handover of {head.party_name}",
        crumbs=(Crumb("Staff", reverse("staff")), Crumb(f"Handover of {head.party_name}")),
        status=failed[1].status if failed else 200,
        file=file,
        head=head,
        filters=bar,
        forms=own,
        failed=failed[1] if failed else None,
        greetings=greeted,
        tables=[
            (
                group,
                table(
                    counted(len(group.rows), group.one, group.many),
                    COLUMNS,
                    [item_cells(row, head.id, people, typed, today) for row in group.rows],
                    empty="",
                ),
            )
            for group in file.groups
        ],
        paging=paging(state, page=file.page, pages=file.pages, total=file.total),
        counts=[(ITEM_WORDS[s], n) for s, n in file.counts.items() if n],
    )


def _meant(handover: Any, given: dict[str, Any], request: HttpRequest) -> list[Ref]:
    """The one thing, or all that the chosen scope holds."""
    if given["thing"]:
        return [_ref(given["thing"])]
    scope = given["scope"]
    code = scope.removeprefix("ward:") if scope.startswith("ward:") else None
    found = things_in(
        handover.pk,
        actor_of(request),
        on=today_of(request),
        ward=code,
        unchosen=scope == "unchosen",
    )
    return list(found)


def _ref(words: str) -> Ref:
    noun, _, key = words.partition(":")
    return Ref(noun, key)


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 18 else None
