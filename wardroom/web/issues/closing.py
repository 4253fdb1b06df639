"""Telling everybody and closing: first who gets what, then the sending, then a way back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.casework import actions
from wardroom.casework.queries import issue_file, tell_preview
from wardroom.casework.rules import TIME_TO_TAKE_BACK, WAYS_TO_TELL
from wardroom.matters.queries import get_matter
from wardroom.notices.queries import next_hours
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.issues.forms import CloseForm, TellForm
from wardroom.web.issues.moved_on import closed_already
from wardroom.web.ui.forms import NOT_ACCEPTED, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import clock_text


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Write what the people are told, see who gets what, then send it and close the issue."""
    actor = actor_of(request)
    file = issue_file(matter_id, actor)
    if "close_issue" not in file.allowed:
        return closed_already(request, file.matter)
    people = tell_preview(file, actor)
    posted = request.method == "POST"
    form = CloseForm(
        request.POST if posted else None,
        outcomes=file.matter.outcomes,
        languages=people.languages,
    )
    shown = None
    if posted and "send" not in request.POST:
        if form.is_valid():
            given = form.cleaned_data
            shown = tell_preview(
                file, actor, outcome=given["outcome"], text=given["text"], texts=form.texts
            )
        else:
            form.status = NOT_ACCEPTED
    elif posted:
        done = submit(form, lambda given: _send(request, matter_id, form, given))
        if done is not None:
            count = len(people.by_mail)
            undo = reverse("issue_move", args=[matter_id, "untell"])
            said = _said(count, _opens(request))
            return go_on(request, reverse("issue", args=[matter_id]), said, undo=undo)
    own = reverse("issue", args=[matter_id])
    crumbs = (Crumb("Issues", "/issues/"), Crumb(f"W-{matter_id}", own), Crumb("Tell and close"))
    return page(
        request,
        "issues/close.html",
        title="Tell everybody and close",
        crumbs=crumbs,
        status=form.status,
        file=file,
        matter=file.matter,
        form=form,
        people=shown or people,
        previewed=shown is not None,
        goes_out=_goes_out(len((shown or people).by_mail), _opens(request)),
        tell=[
            (
                row,
                TellForm(
                    people=[(str(row.complaint_id), row.reporter)],
                    ways=[way for way in WAYS_TO_TELL.items() if way[0] != "email"],
                    initial={"complaint_id": row.complaint_id, "text": form["text"].value() or ""},
                    auto_id=f"tell_{row.complaint_id}_%s",
                ),
            )
            for row in people.by_person
        ],
    )


def _send(request: HttpRequest, matter_id: int, form: CloseForm, given: dict[str, Any]) -> Any:
    matter = get_matter(matter_id, actor_of(request))
    return actions.close_issue(
        matter,
        outcome=given["outcome"],
        text=given["text"],
        texts={code: given.get(f"text_{code}", "") for code, _ in form.languages},
        stamp=stamp_of(request),
    )


def _goes_out(mails: int, opens: datetime | None) -> str:
    """What the preview says of the letters: how many, and when they go."""
    if not mails:
        return "No e-mail goes out."
    many = "1 e-mail goes out" if mails == 1 else f"{mails} e-mails go out"
    when = f"on {clock_text(opens)}" if opens else "half a minute after you press the button"
    return f"{many} {when}; until then you can take it back."


def _opens(request: HttpRequest) -> datetime | None:
    """When the letters go that are written now, where they wait for working hours."""
    return next_hours(stamp_of(request).at + TIME_TO_TAKE_BACK)


def _said(mails: int, opens: datetime | None) -> str:
    if not mails:
        return "Closed. There was nobody left to write to."
    many = "1 person" if mails == 1 else f"{mails} people"
    when = f"on {clock_text(opens)}" if opens else "in half a minute"
    return f"Closed. E-mail goes to {many} {when}; until then you can take it back."
