"""The page of one group: its members, roles, meetings and health, and what can be done to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from wardroom.engagement import actions
from wardroom.engagement.queries.assistance import assistance_page
from wardroom.engagement.queries.group_plans import group_plan_page
from wardroom.engagement.queries.groups import GroupFile, get_group, get_member, group_file
from wardroom.engagement.queries.guidelines import accepted_by
from wardroom.engagement.rules.groups import TERMS, body_words, first_notice
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.text import long_instant
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.groups import forms, showing
from wardroom.web.groups.views import charter_of, crumbs, meetings_of
from wardroom.web.ui.moves import (
    Act,
    Failed,
    Move,
    as_filled_in,
    make,
    offers,
    takes_move,
)
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.words import counted

VERBS = frozenset({"notice", "officer", "rhythm", "charter", "shut", "reopen"})


def _charter(group: Any, given: dict[str, Any], request: HttpRequest) -> object:
    return actions.change_charter(
        group,
        charter=charter_of(given),
        why=given["why"],
        seen=given["seen"],
        stamp=stamp_of(request),
    )


def _officer(group: Any, given: dict[str, Any], request: HttpRequest) -> object:
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


def _rhythm(group: Any, given: dict[str, Any], request: HttpRequest) -> object:
    actions.begin_meetings(group, meetings=meetings_of(given), stamp=stamp_of(request))
    return group


def _switch(is_open: bool) -> Act:
    return lambda group, _, request: actions.switch_sign_up(
        group, is_open=is_open, stamp=stamp_of(request)
    )


@require_safe
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """One group whole."""
    return _page(request, _file(request, group_id))


@takes_move(VERBS)
def make_move(request: HttpRequest, group_id: int, verb: str) -> HttpResponse:
    """Do one thing to a group; what cannot be done to any has no page."""
    file = _file(request, group_id)
    move = _moves(file)[verb]
    return make(
        request,
        move,
        get_group(group_id, actor_of(request)),
        move.form(request.POST),
        address=reverse("group", args=[group_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


@require_safe
def picture(request: HttpRequest, group_id: int, kind: str) -> HttpResponse:
    """The code that opens the sign-up link, for a poster or a slide."""
    from wardroom.engagement.gateways.groups import PICTURES, link_picture

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


def _moves(file: GroupFile) -> dict[str, Move]:
    members = [(str(row.party_id), row.name) for row in file.members if row.party_id]
    return {
        "notice": Move(
            "notice",
            "Send a notice",
            as_filled_in(actions.send_group_notice),
            "The notice goes out in working hours.",
            lambda posted=None: forms.NoticeForm(posted, initial=_first_notice(file)),
        ),
        "officer": Move(
            "officer",
            "Give a role to a member",
            _officer,
            "Noted who has the role.",
            lambda posted=None: forms.OfficerForm(posted, members=members),
        ),
        "rhythm": Move(
            "rhythm",
            "Plan the meetings",
            _rhythm,
            "The meetings are in the calendar.",
            lambda posted=None: forms.RhythmForm(
                posted, initial={"starts": "18:30", "minutes": 90}
            ),
        ),
        "charter": Move(
            "charter",
            "Change the charter",
            _charter,
            "Saved. The version before stays on record.",
            lambda posted=None: forms.CharterForm(posted, initial=charter_now(file)),
        ),
        "shut": Move(
            "shut",
            "Close the sign-up link",
            _switch(is_open=False),
            "The link takes nobody in now.",
        ),
        "reopen": Move(
            "reopen",
            "Open the sign-up link",
            _switch(is_open=True),
            "The link is open again.",
        ),
    }


def charter_now(file: GroupFile) -> dict[str, Any]:
    """What the charter says today, to change it."""
    charter = file.charter
    return {
        "purpose": charter.purpose,
        "who_may_join": charter.who_may_join,
        "area": charter.area,
        "term_months": str(charter.term_months or ""),
        "decides": file.decides,
        "decides_what": file.decides_what,
    }


def _first_notice(file: GroupFile) -> dict[str, str]:
    """A notice to begin with, about the next meeting; nothing where none is planned."""
    if file.next_meeting is None:
        return {}
    event = file.next_meeting.event
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


def _page(request: HttpRequest, file: GroupFile, *, failed: Failed | None = None) -> HttpResponse:
    today = today_of(request)
    return page(
        request,
        "groups/group.html",
        title=file.name,
        crumbs=(*crumbs(), Crumb(file.name)),
        file=file,
        health=file.health,
        term=TERMS.get(str(file.charter.term_months or ""), ""),
        body=body_words(file.decides),
        link=_link(file.token),
        by_mail=sum(row.by_mail for row in file.members),
        members=showing.member_table(file),
        coming=showing.meeting_table("Planned", file.coming, empty="Nothing is planned."),
        past=showing.meeting_table("Past meetings", file.past, empty="It has not met yet."),
        **offers(_moves(file), file.allowed, failed),
        role_titles=[row.title for row in file.roles],
        roles=showing.role_table(file, today),
        waiting=[(row, _days_ago(row.asked_at, today)) for row in file.waiting],
        accepted=accepted_by(file.id),
        plans=group_plan_page(actor_of(request), on=today, group=file.id).rows,
        helps=assistance_page(actor_of(request), party=file.party_id).rows,
    )
