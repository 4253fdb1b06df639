"""My shifts: what is mine, what others ask me, and the days on which I can or cannot."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.calendar.queries import DutyRow, get_shift
from wardroom.calendar.queries.duty import duty_row
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.office import actions
from wardroom.office.queries import (
    MyShifts,
    WishRow,
    get_wish,
    may_plan,
    my_shifts,
    shift_sheet,
)
from wardroom.office.queries.swaps import shifts_in_return
from wardroom.office.rules.rota import span_words
from wardroom.web.duty.forms import SwapForm, WishForm
from wardroom.web.duty.showing import entered_words, mail_goes, swaps_table, withdraw_control
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted

ASK = "Swap or give away"
SHIFTS = (Column("When"), Column("Duty"), Column("Swap"))
WISHES = (Column("Days"), Column("What"), Column("Do it here"))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My shifts to come, my swaps and my days."""
    return _page(request)


@takes_form()
def wish(request: HttpRequest) -> HttpResponse:
    """Tell of some days."""
    form = WishForm(request.POST)
    stamp = stamp_of(request)
    if submit(form, lambda given: actions.enter_wish(None, **given, stamp=stamp)) is None:
        return _page(request, failed=form)
    return go_on(request, reverse("my_shifts"), "Saved. The director sees it for the next rota.")


@takes_form(steps_up=3)
def withdraw(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Take back what I told of some days."""
    found = get_wish(wish_id, actor_of(request))
    form = PlainForm(request.POST)
    stamp = stamp_of(request)
    if submit(form, lambda _: actions.withdraw_wish(found, stamp=stamp)) is None:
        return _page(request, failed=form)
    own = found.user_id == actor_of(request).user_id
    return go_on(request, reverse("my_shifts" if own else "rotas"), "Taken back.")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Ask a colleague, or anyone, to take a shift of mine."""
    actor, stamp = actor_of(request), stamp_of(request)
    shift = get_shift(shift_id, actor)
    row = duty_row(shift)
    if row.user_id != actor.user_id:
        raise NotFound("only one's own shift is asked about")
    people = [(str(key), words) for key, words in shift_sheet(row, actor, at=stamp.at).people]
    back = shifts_in_return(row, actor, at=stamp.at)
    goes = mail_goes(row.starts_at, stamp.at)
    return new_page(
        request,
        "duty/ask.html",
        SwapForm(posted(request), people=people, shifts=[(str(k), said) for k, said in back]),
        lambda given: actions.ask_swap(shift, **given, stamp=stamp),
        leads_to=lambda made: (
            reverse("swap", args=[made.pk]),
            f"Asked. {goes} It is asked again by itself, and ends when the shift begins.",
        ),
        title=ASK,
        crumbs=(Crumb("My shifts", reverse("my_shifts")), Crumb(ASK)),
        row=row,
        goes=goes,
    )


def _page(request: HttpRequest, *, failed: Form | None = None) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    at = stamp_of(request).at
    found = my_shifts(actor, at=at)
    wish_form = failed if isinstance(failed, WishForm) else WishForm()
    return page(
        request,
        "duty/mine.html",
        title="My shifts",
        crumbs=(Crumb("Office"), Crumb("My shifts")),
        status=failed.status if failed else 200,
        failed=failed,
        form=wish_form if found.can else None,
        spoken=_spoken(found),
        me=actor.user_id,
        plans=may_plan(actor),
        shifts=table(
            counted(len(found.shifts), "shift"),
            SHIFTS,
            [_shift(row, found, at=at) for row in found.shifts],
            empty="No shift of yours is still to come.",
        ),
        asked=swaps_table(found.asked, "Asked of you", empty="Nobody asks you for a swap."),
        swaps=swaps_table(found.swaps, "Your swaps", empty="You ask nobody for a swap."),
        wishes=table(
            counted(len(found.wishes), "wish", "wishes"),
            WISHES,
            [_wish(row) for row in found.wishes],
            empty="You told of no days. Leave and days on which you cannot belong here.",
        ),
    )


def _spoken(found: MyShifts) -> str:
    """What somebody speaks on duty, for those who can be."""
    if not found.can:
        return ""
    return f"English, {found.languages}" if found.languages else "English"


def _shift(row: DutyRow, found: MyShifts, *, at: datetime) -> tuple[Cell, ...]:
    away = (Tag("You told that you are away", "bad"),) if row.id in found.on_leave else ()
    if row.starts_at <= at:
        return (Cell(row.when, main=True, tags=away), Cell(row.what), Cell("On now"))
    if row.id in found.swapping:
        return (Cell(row.when, main=True, tags=away), Cell(row.what), Cell("Asked"))
    address = reverse("my_swap", args=[row.id])
    ask = Cell(ASK, href=address) if found.can else Cell()
    return (Cell(row.when, main=True, tags=away), Cell(row.what), ask)


def _wish(row: WishRow) -> tuple[Cell, ...]:
    days = span_words(row.from_on, row.until_on)
    control = withdraw_control(row)
    return (
        Cell(days, sub=entered_words(row), main=True),
        Cell(row.kind_label),
        Cell(controls=(control,)),
    )
