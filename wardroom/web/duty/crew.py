"""What one person speaks on duty, and the days on which they are away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.office import actions
from wardroom.office.queries import CrewRow, crew_member, get_crew_member
from wardroom.web.duty.forms import LeaveForm, SpokenForm
from wardroom.web.duty.showing import rota_crumb
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.new import posted
from wardroom.web.ui.page import Crumb, go_on, page


@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: HttpRequest, user_id: int) -> HttpResponse:
    """Say what somebody speaks on duty: oneself, or the director for anybody."""
    actor, today = actor_of(request), today_of(request)
    row = crew_member(user_id, actor, on=today)
    form = SpokenForm(posted(request), initial={"languages": sorted(row.languages)})
    if form.is_bound:
        subject = get_crew_member(user_id, actor, on=today)
        stamp = stamp_of(request)
        if submit(form, lambda given: actions.note_languages(subject, **given, stamp=stamp)):
            home = _person_home(request, user_id)
            return go_on(request, home, "Saved. The next proposal knows it.")
    return _person(request, row, spoken=form)


@takes_form()
def leave(request: HttpRequest, user_id: int) -> HttpResponse:
    """Enter leave for somebody who cannot do it, such as who is ill; they are told."""
    actor, today = actor_of(request), today_of(request)
    row = crew_member(user_id, actor, on=today)
    subject, stamp = get_crew_member(user_id, actor, on=today), stamp_of(request)
    form = LeaveForm(request.POST)
    if submit(form, lambda given: actions.enter_wish(subject, **given, stamp=stamp)) is None:
        return _person(request, row, away=form)
    said = "Saved. They are told by mail."
    return go_on(request, _person_home(request, user_id), said)


def _person(
    request: HttpRequest, row: CrewRow, *, spoken: Form | None = None, away: Form | None = None
) -> HttpResponse:
    """What somebody speaks on duty, and for the director the days on which they are away."""
    other = actor_of(request).user_id != row.user_id
    form = spoken or SpokenForm(initial={"languages": sorted(row.languages)})
    failed = next((one for one in (spoken, away) if one is not None and one.is_bound), None)
    title = "Languages and leave" if other else "Languages on duty"
    return page(
        request,
        "duty/languages.html",
        title=title,
        crumbs=(rota_crumb(), Crumb(title)),
        status=failed.status if failed else 200,
        failed=failed,
        form=form,
        away=(away or LeaveForm()) if other else None,
        row=row,
        home=_person_home(request, row.user_id),
    )


def _person_home(request: HttpRequest, user_id: int) -> str:
    own = actor_of(request).user_id == user_id
    return reverse("my_shifts") if own else reverse("rotas")
