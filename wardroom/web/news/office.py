"""Who gets news, for the office: the list, one subscriber, writing one down, boundary changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.engagement.actions import add_subscriber, stop_subscriber, undo_moves
from wardroom.engagement.queries.subscribers import (
    STATES,
    BoundaryChange,
    SubscriberFile,
    WishRow,
    boundary_changes,
    get_boundaries_of_moves,
    get_subscriber,
    may_add_subscribers,
    subscriber_file,
    wish_page,
)
from wardroom.engagement.rules.boundaries import EFFECTS
from wardroom.engagement.rules.subscriptions import FREQUENCIES
from wardroom.engagement.rules.tongues import TONGUES, tongue_of
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.news.asking import topic_choices
from wardroom.web.news.forms import AddForm, StopForm, UndoForm
from wardroom.web.people.moves import known_person
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import ward_choices

COLUMNS = (
    Column("Subscriber"),
    Column("News about"),
    Column("How often"),
    Column("Language"),
    Column("Asked", sort="-asked"),
)
LIST = ListWords(
    title="Subscribers",
    noun="subscription",
    empty="Nobody fits these filters. Write somebody down, or show them the public page.",
    crumbs=(Crumb("Home", "/"), Crumb("Subscribers")),
)
WISHES = (Column("News about"), Column("How often"), Column("Asked"), Column("How"))
MOVES = (Column("Subscriber"), Column("Before"), Column("Now"), Column("What happened"))
TONES = {"active": "good", "waits": "accent", "lost": "warn", "bounced": "bad"}
HOME = Crumb("Subscribers", "/subscribers/")
BEGUN = "Written down. It begins at once: they allowed it before."
WAITS = "Written down. It begins when they confirm it from their mailbox."


@require_safe
def subscribers(request: HttpRequest) -> HttpResponse:
    """The wishes for news within reach, the newest first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = request.GET
    languages = [(t.code, t.english) for t in TONGUES.values()]
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    language = filters.choice(state, "language", "Language", [("", "All"), *languages])
    often = filters.choice(state, "often", "How often", [("", "All"), *FREQUENCIES.items()])
    shown = filters.choice(
        state, "state", "State", [*STATES.items(), ("all", "All")], default="active"
    )
    found = wish_page(
        actor,
        ward=ward.value,
        language=language.value,
        frequency=often.value,
        state="" if shown.value == "all" else shown.value,
        sort=state.get("sort", "-asked"),
        page=page_number(state),
    )
    return list_page(
        request,
        "news/subscribers.html",
        LIST,
        found,
        chosen=(ward, language, often, shown),
        columns=COLUMNS,
        cells=_cells,
        adds=may_add_subscribers(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Write down for somebody that they want news; their mailbox confirms it."""
    if not may_add_subscribers(actor_of(request)):
        raise NotAllowed
    form = AddForm(
        posted(request),
        tongue=tongue_of("en"),
        topics=topic_choices(),
        initial={"language": "en"},
    )
    return new_page(
        request,
        "news/add.html",
        form,
        lambda given: _add(request, form, given),
        leads_to=lambda made: (
            _next_page(request, made.subscriber_id),
            BEGUN if made.confirmed_at else WAITS,
        ),
        title="Add a subscriber",
        crumbs=(Crumb("Home", "/"), HOME, Crumb("Add a subscriber")),
    )


@require_safe
def subscriber(request: HttpRequest, subscriber_id: int) -> HttpResponse:
    """One subscriber: what they get, what they agreed to, and where boundaries moved them."""
    return _page(request, subscriber_file(subscriber_id, actor_of(request)), StopForm())


@takes_form()
def stop(request: HttpRequest, subscriber_id: int) -> HttpResponse:
    """Stop all news to somebody who told the office so."""
    one = get_subscriber(subscriber_id, actor_of(request))
    form = StopForm(request.POST)
    done = submit(form, lambda given: stop_subscriber(one, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, subscriber_file(subscriber_id, actor_of(request)), form)
    return go_on(request, reverse("subscriber", args=[subscriber_id]), "Stopped.")


@require_safe
def moved(request: HttpRequest) -> HttpResponse:
    """What each change of boundaries did to subscribers within reach."""
    if not actor_of(request).is_staff:
        raise NotAllowed
    return _moved(request)


@takes_form(steps_up=2)
def undo(request: HttpRequest, boundary_set_id: int) -> HttpResponse:
    """Move everybody back whom wrong boundaries moved."""
    version = get_boundaries_of_moves(boundary_set_id, actor_of(request))
    form = UndoForm(request.POST)
    back = submit(form, lambda given: undo_moves(version, **given, stamp=stamp_of(request)))
    if back is None:
        return _moved(request, failed=(boundary_set_id, form))
    said = f"{counted(back, 'subscription')} moved back. Those who were written to are told."
    return go_on(request, reverse("subscribers_moved"), said)


def _next_page(request: HttpRequest, subscriber_id: int) -> str:
    """Their page, or the list where they get news about another ward only."""
    try:
        get_subscriber(subscriber_id, actor_of(request))
    except NotFound:
        return reverse("subscribers")
    return reverse("subscriber", args=[subscriber_id])


def _add(request: HttpRequest, form: AddForm, given: dict[str, Any]) -> Any:
    return add_subscriber(
        known_person(given["who"], request),
        address=given["address"],
        language=given["language"],
        wanted=form.wanted,
        how=given["how"],
        stamp=stamp_of(request),
    )


def _cells(row: WishRow) -> list[Cell]:
    return [
        Cell(
            row.address,
            href=reverse("subscriber", args=[row.subscriber_id]),
            main=True,
            tags=_tags(row),
        ),
        _area(row),
        Cell(FREQUENCIES[row.frequency]),
        Cell(row.language),
        Cell(day_text(localdate(row.asked_at))),
    ]


def _area(row: WishRow) -> Cell:
    return Cell(row.area[:1].upper() + row.area[1:], sub=", ".join(row.topics))


def _tags(row: WishRow) -> tuple[Tag, ...]:
    return (Tag(STATES[row.state], TONES.get(row.state, "")),)


def _page(request: HttpRequest, file: SubscriberFile, form: StopForm) -> HttpResponse:
    rows = [
        [_area(row), Cell(FREQUENCIES[row.frequency], tags=_tags(row)), _asked(row), Cell(row.how)]
        for row in file.wishes
    ]
    return page(
        request,
        "news/subscriber.html",
        title=file.address,
        crumbs=(Crumb("Home", "/"), HOME, Crumb(file.address)),
        status=form.status,
        file=file,
        form=form,
        effects=EFFECTS,
        wishes=table(counted(len(rows), "subscription"), WISHES, rows, empty="No subscription."),
        moves=_move_table(file.moves) if file.moves else None,
    )


def _asked(row: WishRow) -> Cell:
    return Cell(day_text(localdate(row.asked_at)))


def _move_table(rows: Any) -> Any:
    cells = [
        [
            Cell(row.address, href=reverse("subscriber", args=[row.subscriber_id]), main=True),
            Cell(row.before, sub=f"Lies now in {', '.join(row.became)}" if row.became else ""),
            Cell(row.after or "Has to choose"),
            Cell(
                EFFECTS[row.effect],
                sub="Told by mail" if row.told else "Not written to",
                tags=(Tag("Moved back"),) if row.undone else (),
            ),
        ]
        for row in rows
    ]
    return table(counted(len(cells), "subscription"), MOVES, cells, empty="Nobody.")


def _moved(request: HttpRequest, *, failed: tuple[int, UndoForm] | None = None) -> HttpResponse:
    found = boundary_changes(actor_of(request))
    return page(
        request,
        "news/moved.html",
        title="Boundary changes and subscribers",
        crumbs=(Crumb("Home", "/"), HOME, Crumb("Boundary changes")),
        status=failed[1].status if failed else 200,
        changes=[(one, _move_table(one.rows), _undo(one, failed)) for one in found],
        failed=failed[1] if failed else None,
    )


def _undo(one: BoundaryChange, failed: tuple[int, UndoForm] | None) -> UndoForm | None:
    if "undo_moves" not in one.allowed:
        return None
    wrong = failed is not None and failed[0] == one.id
    return failed[1] if failed is not None and wrong else UndoForm(auto_id=f"undo{one.id}_%s")
