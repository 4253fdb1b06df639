"""Help for groups: the list with its hours, opening help, and one with needs and sessions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.city.queries import get_ward
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
from wardroom.engagement.rules.assistance import (
    ASSISTANCE_KINDS,
    DONATION,
    DONATION_WORDS,
    MEDIATION,
)
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.rules import kind_of
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.groups import moves, work_forms
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.meetings.showing import MEETING_STATES, clock
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Table, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, from_today, state_tag
from wardroom.web.wards import ward_choices

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
    return page(
        request,
        "groups/assistances.html",
        title="Help for groups",
        crumbs=(Crumb("Citizen groups", reverse("groups")), Crumb("Help for groups")),
        filters=filters.bar(state, ward, kind, shown),
        opens=may_open_assistances(actor),
        hours=HOURS,
        table=table(
            counted(found.total, "entry", "entries"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="Nothing fits these filters.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take on to help a group, or both sides of a dispute."""
    if not may_open_assistances(actor_of(request)):
        raise NotAllowed
    form = work_forms.AssistanceForm(
        request.POST if request.method == "POST" else None,
        wards=wards_to_open(request),
        initial={"for_whom": request.GET.get("for", "")},
    )
    if request.method == "POST":
        made = submit(form, lambda given: _open(request, given))
        if made is not None:
            return go_on(request, reverse("assistance", args=[made.matter_id]), "Taken on.")
    return page(
        request,
        "groups/work_new.html",
        title="Help a group",
        lead="Say what they want to be able to do. A mediation is confidential from the start.",
        button="Take it on",
        back=reverse("assistances"),
        crumbs=(*_crumbs(), Crumb("New")),
        status=form.status,
        form=form,
    )


@require_safe
def assistance(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Help for one group: needs, sessions with their hours, what was handed over."""
    return _page(request, assistance_file(matter_id, actor_of(request)), {})


def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Add a need, say that one was met, plan a session, or say what came of it."""
    if verb not in VERBS:
        raise Http404
    return _make_move(request, matter_id, verb)


@takes_form()
def _make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    file = assistance_file(matter_id, actor_of(request))
    return moves.make(
        request,
        _moves(request, file)[verb],
        moves.matter_of(request, matter_id),
        address=reverse("assistance", args=[matter_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _moves(request: HttpRequest, file: AssistanceFile) -> dict[str, moves.Move]:
    outcomes = list(kind_of(file.row.kind).outcomes.items())
    open_lines = [(str(line.id), line.text) for line in file.lines if line.done_on is None]
    return {
        "need": moves.Move(
            "add_need",
            "Add a need, or something to hand over",
            work_forms.NeedForm,
            moves.as_filled_in(actions.add_need),
            "Added.",
        ),
        "met": moves.Move(
            "meet_need",
            "Say that one was done",
            lambda posted=None: work_forms.MetForm(posted, lines=open_lines),
            _met,
            "Saved.",
        ),
        "session": moves.Move(
            "plan_session",
            "Plan a session",
            work_forms.SessionForm,
            _session,
            "The session is in the calendar.",
        ),
        "gift": moves.Move(
            "approve_gift",
            "Note who approved the gift",
            work_forms.GiftForm,
            moves.as_filled_in(actions.approve_gift),
            "Noted.",
        ),
        "end": moves.Move(
            "end",
            "Say what came of it",
            lambda posted=None: work_forms.EndForm(posted, outcomes=outcomes),
            moves.as_filled_in(actions.end_assistance),
            "Closed.",
        ),
        **moves.shared_moves(file.matter, request),
    }


def _met(request: HttpRequest, matter: Any, given: dict[str, Any]) -> object:
    line = get_line_of(given["line"], matter.pk, actor_of(request))
    return actions.meet_need(line, done_words=given["done_words"], stamp=stamp_of(request))


def _session(request: HttpRequest, matter: Any, given: dict[str, Any]) -> object:
    draft = actions.SessionDraft(**given)
    return actions.plan_session(matter, draft=draft, stamp=stamp_of(request))


def _open(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given.pop("ward_code")
    next_on = given.pop("next_on")
    known = organization_called(given["for_whom"], stamp.actor)
    return actions.open_assistance(
        known,
        draft=actions.AssistanceDraft(**given),
        owner=get_party_of(stamp.actor),
        next_on=next_on,
        ward=get_ward(code, today_of(request)) if code else None,
        stamp=stamp,
    )


def _page(request: HttpRequest, file: AssistanceFile, failed: dict[str, Form]) -> HttpResponse:
    wrong, title = next(iter(failed.values()), None), file.matter.title
    shown = file.allowed
    if all(line.done_on for line in file.lines):
        shown -= {"meet_need"}
    return page(
        request,
        "groups/assistance.html",
        title=title,
        crumbs=(*_crumbs(), Crumb(title)),
        status=wrong.status if wrong else 200,
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
        moves=moves.offered(_moves(request, file), shown, failed),
        failed=wrong,
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
