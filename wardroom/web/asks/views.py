"""Asks: the list, one ask, and every answer to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.access.actor import Role
from wardroom.directory.queries import agencies
from wardroom.documents.queries import attachments_of
from wardroom.kernel.errors import NotAllowed
from wardroom.kernel.versions import version_of
from wardroom.matters import actions, queries
from wardroom.matters.queries import AskFile, AskRow, AsksThen
from wardroom.notices.queries import links_to
from wardroom.plans.queries import steps_before
from wardroom.service_requests.queries import anything_takes
from wardroom.web.asks import forms
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.rows import AS_OF, as_of_given, as_of_words, matter_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, from_today, state_tag
from wardroom.web.wards import ward_choices

OPEN_STATES = frozenset({"requested", "countered", "accepted"})
COLUMNS = (
    Column("Ask"),
    Column("Agency", sort="agency"),
    Column("State", sort="state"),
    Column("Expected", sort="due"),
)


THEN = ("was", "promised_from", "promised_until", AS_OF)
BEFORE = {"done": "done, says the agency,", "promised": "promised for", "wanted": "wanted by"}
WAS = {
    "waiting": "without an answer",
    "late": "past their date",
    "promised": "promised for those days",
}


@dataclass(frozen=True)
class Move:
    """One thing that can be done to an ask: its words, its form and its action."""

    name: str
    title: str
    button: str
    said: str
    form: type[Form]
    act: Callable[..., Any]
    needs: tuple[str, ...] = ()


MOVES = {
    move.name: move
    for move in (
        Move(
            "accept_ask",
            "Accept, with a date",
            "Accept",
            "You accepted the ask. The ward's liaison is told.",
            forms.AcceptForm,
            actions.accept_ask,
        ),
        Move(
            "counter_ask",
            "Offer another date",
            "Offer this date",
            "You offered another date. The ward's liaison is told.",
            forms.CounterForm,
            actions.counter_ask,
        ),
        Move(
            "decline_ask",
            "Decline, with a reason",
            "Decline",
            "You declined the ask. The ward's liaison is told.",
            forms.DeclineForm,
            actions.decline_ask,
            needs=("reasons",),
        ),
        Move(
            "report_done",
            "Report it done",
            "Report it done",
            "You reported it done. The office will go and look.",
            forms.DoneForm,
            actions.report_done,
            needs=("dispositions",),
        ),
        Move(
            "move_promise",
            "Move the promise",
            "Move the promise",
            "The promise was moved. The first date stays on record.",
            forms.MoveForm,
            actions.move_promise,
        ),
        Move(
            "request_ask",
            "Send it to the agency",
            "Send",
            "The ask was sent.",
            forms.RequestForm,
            actions.request_ask,
        ),
        Move(
            "agree_counter",
            "Agree to the date offered",
            "Agree",
            "You agreed to the date. It is now the agency's promise.",
            forms.AgreeForm,
            actions.agree_counter,
        ),
        Move(
            "repeat_ask",
            "Ask again",
            "Ask again",
            "The ask was sent again.",
            forms.RepeatForm,
            actions.repeat_ask,
        ),
        Move(
            "withdraw_ask",
            "Withdraw it",
            "Withdraw",
            "The ask was withdrawn. The agency is told.",
            forms.WithdrawForm,
            actions.withdraw_ask,
        ),
    )
}


class Answerable(Protocol):
    """What the forms of an ask need to know of it."""

    @property
    def due_on(self) -> date: ...
    @property
    def decline_reasons(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def dispositions(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True)
class ShownMove:
    """A move with its form, ready to draw."""

    move: Move
    form: Form
    href: str

    @property
    def is_open(self) -> bool:
        return self.form.is_bound

    @property
    def takes_files(self) -> bool:
        return self.form.is_multipart()


@require_safe
def ask_list(request: HttpRequest) -> HttpResponse:
    """The asks within reach, the soonest first."""
    actor = actor_of(request)
    if not (actor.is_staff or actor.has(Role.PARTNER)):
        raise NotAllowed
    today = timezone.localdate(stamp_of(request).at)
    given = request.GET
    states = [("", "Any state"), *((v, t.capitalize()) for v, t in queries.ask_states())]
    state = filters.choice(given, "state", "State", states)
    overdue = filters.choice(given, "overdue", "Date", [("", "Any date"), ("1", "Past their date")])
    items = [state, overdue]
    ward = agency = None
    if actor.is_staff:
        named = [("", "All agencies"), *((a.code, a.name) for a in agencies(actor))]
        ward = filters.choice(given, "ward", "Ward", ward_choices(request))
        agency = filters.choice(given, "agency", "Agency", named)
        items = [ward, agency, *items]
    then = _then(given)
    found = queries.ask_list(
        actor,
        on=today,
        agency=agency.value if agency else None,
        ward=ward.value if ward else None,
        state=state.value or None,
        overdue=bool(overdue.value),
        then=then,
        sort=given.get("sort", "due"),
        page=page_number(given),
    )
    return page(
        request,
        "asks/list.html",
        title="Asks",
        crumbs=(Crumb("Home", "/"), Crumb("Asks")),
        filters=filters.bar(request.GET, *items, keep=("sort", *THEN)),
        table=table(
            _caption(found.total, then),
            COLUMNS,
            [ask_cells(row, today) for row in found.rows],
            empty="No ask fits these filters.",
            state=request.GET,
            sort=found.sort,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
        found=found,
    )


@require_safe
def ask(request: HttpRequest, ask_id: int) -> HttpResponse:
    """One ask: what was asked, what was answered, and what can be done now."""
    return _page(request, queries.ask_file(ask_id, actor_of(request)))


@takes_form()
def make_move(request: HttpRequest, ask_id: int, verb: str) -> HttpResponse:
    """Answer an ask, or follow it up."""
    move = MOVES.get(verb)
    if move is None:
        raise Http404
    file = queries.ask_file(ask_id, actor_of(request))
    row = queries.get_ask(ask_id, actor_of(request))
    form = move_form(move, file, request.POST, request.FILES)
    done = submit(form, lambda given: move.act(row, **given, stamp=stamp_of(request)))
    if done is None:
        now = queries.ask_file(ask_id, actor_of(request))
        return _page(request, now, failed=(verb, form))
    return go_on(request, back_to(request, reverse("ask", args=[ask_id])), move.said)


def _then(given: Mapping[str, str]) -> AsksThen | None:
    at, was = as_of_given(given), given.get("was", "")
    if at is None or was not in WAS:
        return None
    first, last = (filters.as_day(given.get(f"promised_{edge}", "")) for edge in ("from", "until"))
    return AsksThen(was, at, promised_from=first, promised_until=last)


def _caption(total: int, then: AsksThen | None) -> str:
    if then is None:
        return "Asks you can see"
    return f"{counted(total, 'ask')} {WAS[then.was]}{as_of_words(then.at)}"


def ask_cells(row: AskRow, today: Any) -> tuple[Cell, ...]:
    """An ask as a row of the table."""
    late = row.state in OPEN_STATES and row.expected_on < today
    tags = (state_tag(row.state), Tag("Late", "bad")) if late else (state_tag(row.state),)
    word = "promised" if row.promised_on else "asked for"
    return (
        Cell(
            row.wording,
            href=reverse("ask", args=[row.id]),
            sub=f"{row.matter_title} · Ward {row.ward_code}" if row.ward_code else row.matter_title,
            main=True,
        ),
        Cell(row.agency_code or row.agency_name),
        Cell(tags=tags),
        Cell(
            day_text(row.expected_on),
            sub=f"{word}, {from_today(row.expected_on, today)}"
            if row.state in OPEN_STATES
            else word,
        ),
    )


def _page(
    request: HttpRequest, file: AskFile, *, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    today = timezone.localdate(stamp_of(request).at)
    moves = []
    for name, move in MOVES.items():
        mine = failed is not None and failed[0] == name
        if name in file.allowed or mine:
            form = failed[1] if failed is not None and mine else move_form(move, file, today=today)
            moves.append(ShownMove(move, form, reverse("ask_move", args=[file.row.id, name])))
    return page(
        request,
        "asks/file.html",
        title=file.row.wording,
        crumbs=(Crumb("Asks", "/asks/"), Crumb(file.row.wording)),
        status=failed[1].status if failed else 200,
        file=file,
        matter_href=matter_address(file.matter.kind, file.matter.id),
        sends_on="withdraw_ask" in file.allowed and anything_takes(),
        moves=moves,
        failed=failed[1] if failed else None,
        before=[(step, BEFORE[step.how]) for step in steps_before(file.row.id, actor_of(request))],
        evidence=attachments_of("ask", str(file.row.id), actor_of(request)),
        links=links_to(
            "ask",
            str(file.row.id),
            actor_of(request),
            purpose="answer",
            at=stamp_of(request).at,
        ),
        late=file.row.state in OPEN_STATES and file.row.expected_on < today,
        when=from_today(file.row.expected_on, today),
    )


def move_form(
    move: Move,
    file: Answerable,
    data: Any = None,
    files: Any = None,
    *,
    today: date | None = None,
) -> Form:
    """The form of a move, with the reasons and dispositions that it offers.

    A day that was asked for is offered as the promise unless it is over ``today``.
    """
    offers: dict[str, Any] = {
        "reasons": file.decline_reasons,
        "dispositions": file.dispositions,
    }
    extra = {name: offers[name] for name in move.needs}
    if isinstance(file, AskFile) and move.form.saves:
        extra["seen"] = version_of({name: getattr(file.row, name) for name in move.form.saves})
    ahead = today is None or file.due_on >= today
    initial = {"promised_on": file.due_on} if move.name == "accept_ask" and ahead else None
    return move.form(data, files, initial=initial, **extra)
