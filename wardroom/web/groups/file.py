"""The page of one group: its members, roles, meetings and health, and what can be done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from wardroom.engagement import actions
from wardroom.engagement.queries import (
    GroupFile,
    accepted_by,
    assistance_page,
    get_group,
    get_member,
    group_file,
    group_plan_page,
)
from wardroom.engagement.rules import TERMS, body_words, first_notice
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.text import long_instant
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.groups import forms, showing
from wardroom.web.groups.views import charter_of, crumbs, meetings_of
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import counted


class Move(NamedTuple):
    """One thing that is done to a group: its words, how, and what is said then."""

    title: str
    act: Callable[[HttpRequest, Any, dict[str, Any]], object]
    said: str


def _charter(request: HttpRequest, group: Any, given: dict[str, Any]) -> object:
    return actions.change_charter(
        group, charter=charter_of(given), why=given["why"], stamp=stamp_of(request)
    )


def _officer(request: HttpRequest, group: Any, given: dict[str, Any]) -> object:
    try:
        member = get_member(given["member"], group, on=today_of(request))
    except NotFound:
        raise Refused("not_a_member", "Choose a member of the group.", field="member") from None
    actions.name_officer(
        group,
        role=given["role"],
        member=member,
        since_on=given["since_on"],
        stamp=stamp_of(request),
    )
    return member


def _notice(request: HttpRequest, group: Any, given: dict[str, Any]) -> object:
    return actions.send_group_notice(group, **given, stamp=stamp_of(request))


def _rhythm(request: HttpRequest, group: Any, given: dict[str, Any]) -> object:
    actions.begin_meetings(group, meetings=meetings_of(given), stamp=stamp_of(request))
    return group


def _switch(is_open: bool) -> Callable[[HttpRequest, Any, dict[str, Any]], object]:
    return lambda request, group, _: actions.switch_sign_up(
        group, is_open=is_open, stamp=stamp_of(request)
    )


MOVES: Mapping[str, Move] = {
    "notice": Move("Send a notice", _notice, "The notice goes out in working hours."),
    "officer": Move("Give a role to a member", _officer, "Noted who has the role."),
    "rhythm": Move("Plan the meetings", _rhythm, "The meetings are in the calendar."),
    "charter": Move("Change the charter", _charter, "Saved. The version before stays on record."),
    "shut": Move("Close the sign-up link", _switch(is_open=False), "The link takes nobody in now."),
    "reopen": Move("Open the sign-up link", _switch(is_open=True), "The link is open again."),
}


@require_safe
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """One group whole."""
    return _page(request, _file(request, group_id))


def make_move(request: HttpRequest, group_id: int, verb: str) -> HttpResponse:
    """Do one thing to a group; what cannot be done to any has no page."""
    if verb not in MOVES:
        raise Http404
    return _make_move(request, group_id, verb)


@takes_form()
def _make_move(request: HttpRequest, group_id: int, verb: str) -> HttpResponse:
    file = _file(request, group_id)
    found = get_group(group_id, actor_of(request))
    form = _form(file, verb, request.POST)
    done = submit(form, lambda given: MOVES[verb].act(request, found, given))
    if done is None:
        return _page(request, file, failed={verb: form})
    return go_on(request, reverse("group", args=[group_id]), MOVES[verb].said)


@require_safe
def picture(request: HttpRequest, group_id: int, kind: str) -> HttpResponse:
    """The code that opens the sign-up link, for a poster or a slide."""
    from wardroom.engagement.gateways import PICTURES, link_picture

    if kind not in PICTURES:
        raise Http404
    made = link_picture(_link(get_group(group_id, actor_of(request)).token), kind)
    answer = HttpResponse(made, content_type=PICTURES[kind])
    answer.headers["Content-Disposition"] = f'inline; filename="join-{group_id}.{kind}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _file(request: HttpRequest, group_id: int) -> GroupFile:
    return group_file(group_id, actor_of(request), at=stamp_of(request).at)


def _link(token: str) -> str:
    return str(settings.SITE) + reverse("join_group", args=[token])


def _offered(file: GroupFile) -> list[str]:
    if "keep_group" not in file.allowed:
        return []
    left = {"reopen" if file.sign_up_open else "shut"}
    left |= {"rhythm"} if file.meets else set()
    left |= {"notice", "officer"} if not file.members else set()
    return [verb for verb in MOVES if verb not in left]


def _form(file: GroupFile, verb: str, posted: Any = None) -> Form:
    charter = file.charter
    if verb == "charter":
        started = {
            "purpose": charter.purpose,
            "who_may_join": charter.who_may_join,
            "area": charter.area,
            "term_months": str(charter.term_months or ""),
            "votes": file.votes,
            "votes_why": file.votes_why,
        }
        return forms.CharterForm(posted, initial=started)
    if verb == "officer":
        members = [(str(row.party_id), row.name) for row in file.members if row.party_id]
        return forms.OfficerForm(posted, members=members)
    if verb == "notice":
        return forms.NoticeForm(posted, initial=_first_notice(file))
    if verb == "rhythm":
        return forms.RhythmForm(posted, initial={"starts": "18:30", "minutes": 90})
    return PlainForm(posted)


def _first_notice(file: GroupFile) -> dict[str, str]:
    """A notice to begin with, about the next meeting; nothing where none is planned."""
    if not file.coming:
        return {}
    event = file.coming[0].event
    subject, text = first_notice(
        file.name,
        when=long_instant(localtime(event.starts_at)),
        where=event.place_label,
        purpose=file.charter.purpose,
        agenda=file.next_agenda,
    )
    return {"subject": subject, "text": text}


def _days_ago(at: datetime, today: date) -> str:
    days = (today - localtime(at).date()).days
    return f"{counted(days, 'day')} ago" if days else "today"


def _page(
    request: HttpRequest, file: GroupFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    wrong, today = next(iter((failed or {}).values()), None), today_of(request)
    shown = [verb for verb in MOVES if verb in _offered(file) or verb in (failed or {})]
    return page(
        request,
        "groups/group.html",
        title=file.name,
        crumbs=(*crumbs(), Crumb(file.name)),
        status=wrong.status if wrong else 200,
        file=file,
        health=file.health,
        term=TERMS.get(str(file.charter.term_months or ""), ""),
        body=body_words(file.votes),
        link=_link(file.token),
        by_mail=sum(row.by_mail for row in file.members),
        members=showing.member_table(file),
        coming=showing.meeting_table("Planned", file.coming, empty="Nothing is planned."),
        past=showing.meeting_table("Past meetings", file.past, empty="It has not met yet."),
        moves=[
            (verb, MOVES[verb].title, (failed or {}).get(verb) or _form(file, verb))
            for verb in shown
        ],
        role_titles=[row.title for row in file.roles],
        roles=showing.role_table(file, today),
        waiting=[(row, _days_ago(row.asked_at, today)) for row in file.waiting],
        failed=wrong,
        accepted=accepted_by(file.id),
        plans=group_plan_page(actor_of(request), on=today, group=file.id).rows,
        helps=assistance_page(actor_of(request), party=file.party_id).rows,
    )
