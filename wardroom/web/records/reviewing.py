"""One record that was found for a request: read, decided about, and parts of it taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.library.rules.exemptions import PRIVACY
from wardroom.matters.rules import kind_of
from wardroom.records import actions, rules
from wardroom.records.queries.papers import record_bytes
from wardroom.records.queries.requests import RecordFile, get_record, record_file
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.records import forms
from wardroom.web.records.views import NOUNS, crumbs, decision_tag
from wardroom.web.reports.rows import sent
from wardroom.web.rows import matter_address
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.page import Crumb, page


def _drop(found: Any, _: dict[str, Any], request: HttpRequest) -> Any:
    number = request.POST.get("redaction", "")
    redaction = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    return actions.drop_redaction(found, redaction=redaction, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "words": Move(
        "redact_words", "Take words out", as_filled_in(actions.redact_words), "They are taken out."
    ),
    "decide": Move("decide_record", "Decide", as_filled_in(actions.decide_record), "Decided."),
    "drop": Move("drop_redaction", "Put it back", _drop, "It is back in the text."),
}


@require_safe
def record(request: HttpRequest, request_id: int, number: int) -> HttpResponse:
    """One record, with what is taken out marked in its text."""
    return _page(request, _file(request, request_id, number))


@takes_move(MOVES)
def record_move(request: HttpRequest, request_id: int, number: int, verb: str) -> HttpResponse:
    """Decide about it and go on to the next that waits, or take a part out or put it back."""
    found = _file(request, request_id, number)
    home = reverse("records_record", args=[request_id, number])
    if verb == "decide":
        home = (
            reverse("records_record", args=[request_id, found.next_open])
            if found.next_open is not None
            else f"{reverse('records_request', args=[request_id])}#found"
        )
    return make(
        request,
        MOVES[verb],
        get_record(request_id, number, actor_of(request)),
        _form(found, verb, request.POST),
        address=home,
        again=lambda form: _page(request, found, failed={verb: form}),
    )


@require_safe
def record_file_view(request: HttpRequest, request_id: int, number: int) -> HttpResponse:
    """The file of a record, to be read before it goes out."""
    name, media_type, content = record_bytes(request_id, number, actor_of(request))
    return sent(name, content, media_type)


def _file(request: HttpRequest, request_id: int, number: int) -> RecordFile:
    return record_file(request_id, number, actor_of(request), today=today_of(request))


def _form(found: RecordFile, verb: str, sent_: Any = None) -> Form:
    auto_id = f"{verb}_%s"
    privacy = {"code": PRIVACY if any(g.code == PRIVACY for g in found.grounds) else ""}
    makers: Mapping[str, Callable[[], Form]] = {
        "words": lambda: forms.WordsForm(
            sent_, grounds=found.grounds, initial=privacy, auto_id=auto_id
        ),
        "decide": lambda: forms.DecideForm(
            sent_,
            grounds=found.grounds,
            initial={
                "decision": found.decision or rules.RELEASE,
                "code": found.code,
                "reason": found.reason,
            },
            auto_id=auto_id,
        ),
        "drop": lambda: PlainForm(sent_),
    }
    return makers[verb]()


def _page(request: HttpRequest, found: RecordFile, *, failed: Failed | None = None) -> HttpResponse:
    def near(number: int | None) -> str:
        return reverse("records_record", args=[found.request_id, number]) if number else ""

    forms_of = {
        verb: (
            title,
            form,
            reverse("records_record_move", args=[found.request_id, found.number, verb]),
        )
        for verb, title, form in offered(
            MOVES, found.allowed, failed or {}, lambda verb: _form(found, verb)
        )
    }
    return page(
        request,
        "records/record.html",
        title=f"Record {found.number}",
        crumbs=(*crumbs(found.request_id), Crumb(f"Record {found.number}")),
        found=found,
        noun=NOUNS[found.noun],
        decision=decision_tag(found.decision, found.code, len(found.cuts)),
        forms=forms_of,
        before=near(found.before),
        after=near(found.after),
        file=reverse("records_record_file", args=[found.request_id, found.number])
        if found.document_id is not None
        else "",
        belongs=f"Open {kind_of(found.matter[0]).label.lower()} {found.matter[1]}"
        if found.matter is not None
        else "",
        whole=matter_address(*found.matter) if found.matter is not None else "",
        home=reverse("records_request", args=[found.request_id]),
        **outcome(failed),
    )
