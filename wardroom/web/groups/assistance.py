"""Help for groups: the list with its hours, opening help, and one with needs and sessions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.assistance import (
    AssistanceFile,
    AssistanceRow,
    assistance_file,
    assistance_page,
    get_line_of,
    may_open_assistances,
    organization_called,
)
from wardroom.engagement.queries.groups import get_group, group_choices
from wardroom.engagement.rules.assistance import (
    ASSISTANCE_KINDS,
    DONATION,
    DONATION_WORDS,
    MEDIATION,
)
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import get_matter
from wardroom.matters.rules import kind_of
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.groups import work_forms
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.initiatives.shared import shared_moves
from wardroom.web.meetings.showing import MEETING_STATES, clock
from wardroom.web.ui import filters
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import (
    Failed,
    Move,
    as_filled_in,
    make,
    offers,
    takes_move,
)
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, Tag, page_number, table
from wardroom.web.ui.words import from_today, state_tag
from wardroom.web.wards import ward_choices, ward_meant

COLUMNS = (
    Column("For whom"),
    Column("How it stands"),
    Column("Needs met", number=True),
    Column("Hours of sessions", number=True),
    Column("Hours times people", number=True),
)
SESSIONS = (
    Column("Session"),
    Column("State"),
    Column("Came", number=True),
    Column("Hours", number=True),
)
STATES = (("", "All"), ("open", "Open"), ("closed", "Over"))
HOURS = (
    "Hours are those of sessions that were held; hours times people are these times how many "
    "came. Definition 1."
)
VERBS = frozenset({"need", "met", "session", "gift", "end", "next", "lead", "reopen"})


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The help within reach, the newest first; gifts are open to inspection here."""
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    kinds = [("", "All kinds"), *ASSISTANCE_KINDS.items()]
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    kind = filters.choice(state, "kind", "Kind", kinds)
    shown = filters.choice(state, "state", "State", STATES)
    found = assistance_page(
        actor, ward=ward.value, kind=kind.value, state=shown.value, page=page_number(state)
    )
    words = ListWords(
        title="Help for groups",
        noun="entry",
        plural="entries",
        empty="Nothing fits these filters.",
        crumbs=(Crumb("Citizen groups", reverse("groups")), Crumb("Help for groups")),
    )
    return list_page(
        request,
        "groups/assistances.html",
        words,
        found,
        chosen=(ward, kind, shown),
        columns=COLUMNS,
        cells=_cells,
        opens=may_open_assistances(actor),
        hours=HOURS,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take on to help a group, or both sides of a dispute."""
    if not may_open_assistances(actor_of(request)):
        raise NotAllowed
    groups = [(str(pk), name) for pk, name in group_choices(actor_of(request))]
    form = work_forms.AssistanceForm(
        posted(request),
        wards=wards_to_open(request),
        groups=groups,
        initial=_started(request.GET.get("for", ""), groups),
    )
    return new_page(
        request,
        "groups/work_new.html",
        form,
        lambda given: _open(request, given),
        leads_to=lambda made: (reverse("assistance", args=[made.matter_id]), "Taken on."),
        title="Help a group",
        lead="Say what they want to be able to do. A mediation is confidential from the start.",
        button="Take it on",
        back=reverse("assistances"),
        crumbs=(*_crumbs(), Crumb("New")),
    )


@require_safe
def assistance(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Help for one group: needs, sessions with their hours, what was handed over."""
    return _page(request, assistance_file(matter_id, actor_of(request)), {})


@takes_move(VERBS)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Add a need, say that one was met, plan a session, or say what came of it."""
    file = assistance_file(matter_id, actor_of(request))
    move = _moves(request, file)[verb]
    return make(
        request,
        move,
        get_matter(matter_id, actor_of(request)),
        move.form(request.POST),
        address=reverse("assistance", args=[matter_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _moves(request: HttpRequest, file: AssistanceFile) -> dict[str, Move]:
    outcomes = list(kind_of(file.row.kind).outcomes.items())
    open_lines = [(str(line.id), line.text) for line in file.lines if line.done_on is None]
    return {
        "need": Move(
            "add_need",
            "Add a need, or something to hand over",
            as_filled_in(actions.add_need),
            "Added.",
            work_forms.NeedForm,
        ),
        "met": Move(
            "meet_need",
            "Say that one was done",
            _met,
            "Saved.",
            lambda posted=None: work_forms.MetForm(posted, lines=open_lines),
        ),
        "session": Move(
            "plan_session",
            "Plan a session",
            _session,
            "The session is in the calendar.",
            work_forms.SessionForm,
        ),
        "gift": Move(
            "approve_gift",
            "Note who approved the gift",
            as_filled_in(actions.approve_gift),
            "Noted.",
            work_forms.GiftForm,
        ),
        "end": Move(
            "end",
            "Say what came of it",
            as_filled_in(actions.end_assistance),
            "Closed.",
            lambda posted=None: work_forms.EndForm(posted, outcomes=outcomes),
        ),
        **shared_moves(request, file.matter),
    }


def _met(matter: Any, given: dict[str, Any], request: HttpRequest) -> object:
    line = get_line_of(given["line"], matter.pk, actor_of(request))
    return actions.meet_need(line, done_words=given["done_words"], stamp=stamp_of(request))


def _session(matter: Any, given: dict[str, Any], request: HttpRequest) -> object:
    draft = actions.SessionDraft(**given)
    return actions.plan_session(matter, draft=draft, stamp=stamp_of(request))


def _open(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given.pop("ward_code")
    next_on = given.pop("next_on")
    group = given.pop("group")
    known = (
        get_group(int(group), stamp.actor).party
        if group
        else organization_called(given["for_whom"], stamp.actor)
    )
    return actions.open_assistance(
        known,
        draft=actions.AssistanceDraft(**given),
        owner=get_party_of(stamp.actor),
        next_on=next_on,
        ward=ward_meant(code, request),
        stamp=stamp,
    )


def _started(name: str, groups: list[tuple[str, str]]) -> dict[str, str]:
    """For whom it is as the page before said: one of the groups, or somebody else by name."""
    group = next((key for key, called in groups if called == name), "")
    return {"group": group} if group else {"for_whom": name}


def _page(request: HttpRequest, file: AssistanceFile, failed: Failed) -> HttpResponse:
    title = file.matter.title
    shown = file.allowed
    if all(line.done_on for line in file.lines):
        shown -= {"meet_need"}
    return page(
        request,
        "groups/assistance.html",
        title=title,
        crumbs=(*_crumbs(), Crumb(title)),
        file=file,
        row=file.row,
        matter=file.matter,
        kind=ASSISTANCE_KINDS[file.row.kind],
        gift_words=DONATION_WORDS if file.row.kind == DONATION else "",
        confidential=file.row.kind == MEDIATION and file.restricted,
        when=from_today(file.matter.next_on, today_of(request)),
        needs=[line for line in file.lines if line.kind == "need"],
        handed=[line for line in file.lines if line.kind == "deliverable"],
        sessions=_session_table(file),
        hours=HOURS,
        **offers(_moves(request, file), shown, failed),
    )


def _session_table(file: AssistanceFile) -> Table:
    cells = [
        (
            Cell(
                clock(one.event.starts_at),
                href=reverse("event", args=[one.event.id]),
                sub=one.event.place_label,
                main=True,
            ),
            Cell(tags=(MEETING_STATES[one.event.state],)),
            Cell(str(one.came), number=True),
            Cell(f"{one.hours:g}", number=True),
        )
        for one in file.sessions
    ]
    empty = "No session is planned yet."
    return table("Sessions", SESSIONS, cells, empty=empty, caption_hidden=True)


def _crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb("Citizen groups", reverse("groups")),
        Crumb("Help for groups", reverse("assistances")),
    )


def _cells(row: AssistanceRow) -> tuple[Cell, ...]:
    what = f"{row.gift}, from {row.giver}" if row.gift else row.goal
    state = Tag(row.outcome_label) if row.outcome_label else state_tag(row.state)
    gift = row.kind == DONATION
    approved = f"Approved: {row.approval}" if row.approval else "Not approved yet"
    return (
        Cell(
            row.for_whom,
            href=reverse("assistance", args=[row.id]),
            sub=f"{ASSISTANCE_KINDS[row.kind]}: {what}",
            main=True,
        ),
        Cell(tags=(state,), sub=approved if gift else ""),
        Cell(f"{row.met} of {row.needs}", number=True),
        Cell(f"{row.hours.hours:g}", number=True),
        Cell(f"{row.hours.person_hours:g}", number=True),
    )
