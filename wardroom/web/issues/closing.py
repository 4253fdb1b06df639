"""Telling everybody and closing: first who gets what, then the sending, then a way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.casework import actions
from wardroom.casework.queries import issue_file, tell_preview
from wardroom.casework.rules import WAYS_TO_TELL
from wardroom.matters.queries import get_matter
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.issues.forms import CloseForm, TellForm
from wardroom.web.issues.moved_on import closed_already
from wardroom.web.ui.forms import NOT_ACCEPTED, submit
from wardroom.web.ui.page import Crumb, go_on, page


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
            return go_on(request, reverse("issue", args=[matter_id]), _said(count), undo=undo)
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


def _said(mails: int) -> str:
    if not mails:
        return "Closed. There was nobody left to write to."
    many = "1 person" if mails == 1 else f"{mails} people"
    return f"Closed. E-mail goes to {many} in half a minute; until then you can take it back."
