"""Who is on call now and next, the next 30 days, and a gap taken or given."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.calendar.queries import Gap, get_shift
from wardroom.calendar.queries.duty import duty_row
from wardroom.incidents.queries import without_address
from wardroom.kernel.errors import NotAllowed
from wardroom.office import actions
from wardroom.office.queries import WARD, gaps_to_take, may_plan, on_call_page, shift_sheet
from wardroom.web.duty.forms import GiveForm
from wardroom.web.duty.showing import TURNS, duty_cells, gap_words, swaps_table
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.new import posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import table
from wardroom.web.ui.words import counted, day_text


@require_safe
def on_call(request: HttpRequest) -> HttpResponse:
    """Who is on call."""
    return _page(request)


@takes_form(steps_up=2)
def take(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Take a shift that nobody has."""
    shift = get_shift(shift_id, actor_of(request))
    form = PlainForm(request.POST)
    stamp = stamp_of(request)
    if submit(form, lambda _: actions.take_gap(shift, stamp=stamp)) is None:
        return _page(request, failed=form)
    return go_on(request, reverse("my_shifts"), "The shift is yours.")


@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Give a shift in force to somebody, under the rules."""
    actor, stamp = actor_of(request), stamp_of(request)
    subject = get_shift(shift_id, actor)
    if not may_plan(actor):
        raise NotAllowed
    sheet = shift_sheet(duty_row(subject), actor, at=stamp.at)
    people = [(str(key), words) for key, words in sheet.people]
    form = GiveForm(posted(request), people=people)
    if form.is_bound:
        done = submit(form, lambda given: actions.give_shift(subject, **given, stamp=stamp))
        if done is not None:
            return go_on(request, reverse("on_call"), "The shift was given.")
    now = sheet.row.name or "nobody"
    return page(
        request,
        "duty/give.html",
        title=sheet.row.what,
        crumbs=(Crumb("On call", reverse("on_call")), Crumb(sheet.row.what)),
        status=form.status,
        form=form,
        lead=f"{sheet.row.when} · Now: {now}",
        holiday="",
        home=reverse("on_call"),
    )


def _week(gap: Gap) -> str:
    """Where the week board shows a ward that nobody covers."""
    return f"{reverse('week')}?week={gap.on_date.isoformat()}&ward={gap.ward_code}"


def _page(request: HttpRequest, *, failed: Form | None = None) -> HttpResponse:
    actor, at = actor_of(request), stamp_of(request).at
    if not actor.is_staff:
        raise NotAllowed
    found = on_call_page(actor, at=at)
    gives = "give_shift" in found.allowed
    takes = gaps_to_take(found.ahead, actor)
    tonight = found.tonight(today_of(request))
    silent = without_address(actor, tonight)
    gaps = [
        (
            gap.words,
            reverse("on_call_shift", args=[gap.shift_id]) if gives and gap.shift_id else "",
            reverse("on_call_take", args=[gap.shift_id]) if gap.shift_id in takes else "",
            _week(gap) if gap.role == WARD else "",
        )
        for gap in found.gaps
    ]
    return page(
        request,
        "duty/on_call.html",
        title="On call",
        crumbs=(Crumb("Office"), Crumb("On call")),
        status=failed.status if failed else 200,
        failed=failed,
        found=found,
        answers_on=day_text(found.answers_on),
        gaps=gaps,
        gap_words=gap_words(found.gaps),
        silent=sorted(name for user_id, name in tonight.items() if user_id in silent),
        swaps=swaps_table(found.swaps, "Open swaps", empty="No swap is open."),
        ahead=table(
            f"{counted(len(found.ahead), 'shift')} in the next 30 days",
            TURNS,
            [duty_cells(row, give=gives) for row in found.ahead],
            empty="No shift is planned in the next 30 days.",
        ),
    )
