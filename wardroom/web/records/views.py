"""The requests for records: their list, and one request whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.library.rules.exemptions import PRIVACY
from wardroom.records import actions, rules
from wardroom.records.queries.papers import preview_paper, release_pieces
from wardroom.records.queries.requests import (
    LATE,
    UNDECIDED,
    RecordRow,
    RequestFile,
    RequestRow,
    get_request,
    records_requests,
    request_file,
)
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.records import forms
from wardroom.web.reports.rows import sent, streamed
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, from_today

COLUMNS = (Column("Request"), Column("Due"), Column("Found"), Column("State"))
LIST = ListWords(
    title="Records requests",
    noun="request",
    empty="No request fits these filters.",
    crumbs=(Crumb("Home", "/"), Crumb("Records requests")),
)
RECORDS = (Column("Record"), Column("What it is"), Column("Day"), Column("What becomes of it"))
TONES = {rules.OPEN: "accent", rules.MAKING: "accent", rules.APPEALED: "warn"}
NOUNS: Mapping[str, str] = {
    rules.LINES: "Line of a timeline",
    rules.MATTERS: "Matter",
    rules.MAIL_IN: "Mail in",
    rules.MAIL_OUT: "Message out",
    rules.FILES: "File",
}
LAST_YEAR = timedelta(days=365)

MOVES: Mapping[str, Move] = {
    "search": Move(
        "search_records",
        "Search for the records",
        as_filled_in(actions.look_for_records),
        "The search is done. What it found stands below.",
        part="#found",
    ),
    "everywhere": Move(
        "redact_everywhere",
        "Take words out of every record",
        as_filled_in(actions.redact_everywhere),
        "They are taken out wherever they stood.",
        part="#found",
    ),
    "reaching": Move(
        "redact_reaching",
        "Take out e-mail addresses and phone numbers",
        as_filled_in(actions.redact_reaching),
        "Those written as such are taken out, but for the office's own. Look for others.",
        part="#found",
    ),
    "rest": Move(
        "decide_the_rest",
        "Decide about all that are left",
        as_filled_in(actions.decide_the_rest),
        "Every record is decided.",
        part="#found",
    ),
    "release": Move(
        "release_records",
        "Answer the request",
        lambda row, given, request: actions.release_records(
            row, words=given["words"], stamp=stamp_of(request)
        ),
        "It is answered. The papers are being made; whoever asked is told when they are there.",
    ),
    "extend": Move(
        "extend_request",
        "Take ten working days longer",
        as_filled_in(actions.extend_request),
        "Whoever asked is told in writing.",
        form=forms.ReasonForm,
    ),
    "appeal": Move(
        "note_appeal",
        "Note an appeal",
        as_filled_in(actions.note_appeal),
        "The clock of the appeal runs.",
    ),
    "uphold": Move(
        "uphold_answer",
        "The answer stands",
        as_filled_in(actions.uphold_answer),
        "The answer stands.",
        form=forms.ReasonForm,
    ),
    "reopen": Move(
        "reopen_request",
        "Answer it anew",
        as_filled_in(actions.reopen_request),
        "The request is open again.",
    ),
    "withdraw": Move(
        "withdraw_request",
        "It was withdrawn",
        as_filled_in(actions.withdraw_request),
        "The request is over: it was withdrawn.",
    ),
}


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """The requests for records, the next that is due first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = request.GET
    options = (("", "All"), (LATE, "Late"), *rules.STATES.items())
    shown = filters.choice(state, "state", "State", options)
    today = today_of(request)
    found = records_requests(actor, today=today, state=shown.value, page=page_number(state))
    return list_page(
        request,
        "records/list.html",
        LIST,
        found,
        chosen=(shown,),
        columns=COLUMNS,
        cells=lambda row: _cells(row, today),
        may_take=found.may_take,
        reads=found.reads,
    )


@require_safe
def one_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: what is asked, by when, what was found, and what goes out."""
    return _page(request, _file(request, request_id))


@takes_move(MOVES)
def request_move(request: HttpRequest, request_id: int, verb: str) -> HttpResponse:
    """Do one thing about a request."""
    found = _file(request, request_id)
    return make(
        request,
        MOVES[verb],
        get_request(request_id, actor_of(request)),
        _form(found, verb, today_of(request), request.POST),
        address=reverse("records_request", args=[request_id]),
        again=lambda form: _page(request, found, failed={verb: form}),
    )


@require_safe
def preview(request: HttpRequest, request_id: int) -> HttpResponse:
    """The records as they would go out now, with their bars."""
    name, content = preview_paper(request_id, actor_of(request), at=stamp_of(request).at)
    return sent(name, content, "application/pdf")


@require_safe
def release(request: HttpRequest, request_id: int, release_id: int) -> StreamingHttpResponse:
    """What went out with an answer, as it is on file."""
    name, pieces = release_pieces(request_id, release_id, actor_of(request))
    return streamed(request, name, pieces, "application/zip")


def crumbs(request_id: int) -> tuple[Crumb, ...]:
    """The way to a request."""
    home = reverse("records_request", args=[request_id])
    return (
        Crumb("Records requests", reverse("records_requests")),
        Crumb(f"Records request {request_id}", home),
    )


def decision_tag(decision: str, code: str = "", cuts: int = 0) -> Tag:
    """What becomes of a record, in a word."""
    if decision == rules.RELEASE:
        return Tag("Goes out in part", "warn") if cuts else Tag("Goes out", "good")
    if decision == rules.WITHHOLD:
        return Tag(f"Kept back under {code}", "bad")
    return Tag("Not asked for") if decision else Tag("Not decided", "accent")


def _file(request: HttpRequest, request_id: int) -> RequestFile:
    state = request.GET
    return request_file(
        request_id,
        actor_of(request),
        today=today_of(request),
        shown=_shown(state).value,
        page=page_number(state),
    )


def _shown(state: Any) -> filters.Choice:
    options = (("", "All"), (UNDECIDED, "Not decided"), *rules.DECISIONS.items())
    return filters.choice(state, "show", "What becomes of it", options)


def _form(found: RequestFile, verb: str, today: date, sent_: Any = None) -> Form:
    auto_id = f"{verb}_%s"
    privacy = {"code": PRIVACY if any(g.code == PRIVACY for g in found.grounds) else ""}
    makers: Mapping[str, Callable[[], Form]] = {
        "search": lambda: forms.SearchForm(
            sent_,
            initial={
                "from_on": found.received_on - LAST_YEAR,
                "until_on": found.received_on,
                "kinds": list(rules.KINDS),
            },
        ),
        "everywhere": lambda: forms.WordsForm(
            sent_, grounds=found.grounds, initial=privacy, auto_id=auto_id
        ),
        "reaching": lambda: forms.GroundForm(
            sent_,
            grounds=found.grounds,
            initial={**privacy, "reason": "How to reach somebody."},
            auto_id=auto_id,
        ),
        "rest": lambda: forms.DecideForm(sent_, grounds=found.grounds, auto_id=auto_id),
        "release": lambda: forms.ReleaseForm(sent_, has_preview=bool(found.found)),
        "extend": lambda: forms.ReasonForm(sent_, auto_id=auto_id),
        "appeal": lambda: forms.AppealForm(sent_, initial={"appealed_on": today}),
        "uphold": lambda: forms.ReasonForm(sent_, auto_id=auto_id),
        "reopen": lambda: forms.ReopenForm(sent_),
        "withdraw": lambda: PlainForm(sent_),
    }
    return makers[verb]()


def _page(
    request: HttpRequest, found: RequestFile, *, failed: Failed | None = None
) -> HttpResponse:
    today, home = today_of(request), reverse("records_request", args=[found.id])
    state = request.GET
    return page(
        request,
        "records/request.html",
        title=f"Records request {found.id}",
        crumbs=(Crumb("Records requests", reverse("records_requests")), Crumb(f"{found.id}")),
        found=found,
        state=_state(found.state, found.outcome),
        channel=rules.CHANNELS[found.channel].lower(),
        when=from_today(found.due_on, today),
        clock={
            "wording": "the answer",
            "name": found.why_due.get("rule", ""),
            "citation": found.why_due.get("citation", ""),
            "steps": found.why_due.get("steps", ()),
        },
        is_open=found.state == rules.OPEN,
        next_open=reverse("records_record", args=[found.id, found.next_open])
        if found.next_open is not None
        else "",
        filters=filters.bar(state, _shown(state)),
        table=table(
            counted(found.total, "record"),
            RECORDS,
            [_record(found.id, row) for row in found.records],
            empty="Nothing was found yet." if not found.found else "No record fits this filter.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
        searches=[
            (one, ", ".join(rules.KINDS[kind].lower() for kind in one.kinds))
            for one in found.searches
        ],
        outcomes=rules.OUTCOMES,
        releases=[(one, rules.OUTCOMES[one.outcome]) for one in found.releases],
        moves=[
            (*offer, reverse("records_request_move", args=[found.id, offer[0]]))
            for offer in offered(
                MOVES, found.allowed, failed or {}, lambda verb: _form(found, verb, today)
            )
        ],
        home=home,
        **outcome(failed),
    )


def _state(state: str, outcome_: str) -> Tag:
    if state == rules.ANSWERED:
        return Tag(rules.OUTCOMES[outcome_], "good")
    return Tag(rules.STATES[state], TONES.get(state, ""))


def _record(request_id: int, row: RecordRow) -> tuple[Cell, ...]:
    address = reverse("records_record", args=[request_id, row.number])
    return (
        Cell(
            f"{row.number}. {row.title or 'Without a subject'}",
            href=address,
            sub=row.said if row.said != row.title else "",
            main=True,
        ),
        Cell(NOUNS[row.noun], sub=f"{counted(row.cuts, 'place')} taken out" if row.cuts else ""),
        Cell(day_text(row.said_at.date())),
        Cell(tags=(decision_tag(row.decision, row.code, row.cuts),)),
    )


def _cells(row: RequestRow, today: date) -> tuple[Cell, ...]:
    late = (Tag("Late", "bad"),) if row.is_late else ()
    left = f"{row.undecided} not decided" if row.undecided else ""
    is_over = row.state in (rules.ANSWERED, rules.WITHDRAWN)
    return (
        Cell(
            f"{row.id}. {Truncator(' '.join(row.words.split())).words(16, truncate='...')}",
            href=reverse("records_request", args=[row.id]),
            sub=f"Came {rules.CHANNELS[row.channel].lower()} on {day_text(row.received_on)}",
            main=True,
        ),
        Cell(day_text(row.due_on), sub="" if is_over else from_today(row.due_on, today)),
        Cell(counted(row.records, "record"), sub=left),
        Cell(tags=(_state(row.state, row.outcome), *late)),
    )
