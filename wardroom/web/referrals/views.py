"""Referrals: the list, making one, one with all that became of it, and where nothing fits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.city.queries import get_ward
from wardroom.directory.queries import get_liaison_of, get_party_of
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement import actions
from wardroom.engagement.queries.referrals import (
    ReferralFile,
    ReferralRow,
    gaps,
    helped_sheet,
    may_make_referrals,
    referral_file,
    referral_page,
    referral_sheet,
    services_to_check,
)
from wardroom.engagement.rules.referrals import REFERRAL_ENDS
from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import (
    Wanted,
    find_services,
    get_listed_service,
    get_need,
    live_services,
    need_tree,
    services_named,
)
from wardroom.matters.queries import get_matter
from wardroom.web.answers.views import by_link
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.referrals import forms
from wardroom.web.referrals.find import spoken
from wardroom.web.referrals.listed import HOME
from wardroom.web.rows import own_ward
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, table
from wardroom.web.ui.words import day_text, from_today
from wardroom.web.wards import all_wards, ward_choices

STATES = (("open", "Open"), ("to_ask", "To be asked now"), *REFERRAL_ENDS.items(), ("all", "All"))
COLUMNS = (Column("Need"), Column("Sent to"), Column("Made"), Column("Did it help?"))
LIST = ListWords(
    title="Referrals",
    noun="referral",
    empty="No referral fits these filters. Find a service and send somebody there.",
    crumbs=(Crumb("Home", "/"), HOME, Crumb("Referrals")),
)
REFERRALS = Crumb("Referrals", "/referrals/")


def _elsewhere(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    service = get_listed_service(given["services"], actor_of(request))
    return actions.refer_elsewhere(matter, services=[service], stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "answer": Move("answer", "Did it help?", as_filled_in(actions.note_answers)),
    "elsewhere": Move(
        "elsewhere", "Send them to another service", _elsewhere, "Saved. Ask again in 5 days."
    ),
    "end": Move("end", "End it without help", as_filled_in(actions.end_referral), "Ended."),
    **SHARED,
}


@require_safe
def referral_list(request: HttpRequest) -> HttpResponse:
    """The referrals within reach."""
    actor, state, today = actor_of(request), request.GET, today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = referral_page(
        actor,
        on=today,
        ward=ward.value,
        state="" if shown.value == "all" else shown.value,
        page=page_number(state),
    )
    return list_page(
        request,
        "referrals/list.html",
        LIST,
        found,
        chosen=(ward, shown),
        columns=COLUMNS,
        cells=lambda row: _cells(row, today),
        asked=found.asked,
        answered=found.answered,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def referral_new(request: HttpRequest) -> HttpResponse:
    """Send somebody to the services that were chosen in the search."""
    actor = actor_of(request)
    if not may_make_referrals(actor):
        raise NotAllowed
    sent = request.method == "POST"
    given = request.POST if sent else request.GET
    chosen = _chosen(request, given.getlist("services"))
    form = forms.ReferralForm(
        request.POST if sent else None,
        initial={**_started(request), "services": [code for code, _ in chosen]},
        services=chosen,
        **_choices(request),
    )
    made = submit(form, lambda words: _make(request, words)) if sent else None
    if made is not None:
        said = "Saved. Ask in 5 days."
        said += " The letter goes out within a minute." if made.address else ""
        return go_on(request, reverse("referral", args=[made.matter_id]), said)
    return page(
        request,
        "referrals/new.html",
        title="Send somebody to a service",
        crumbs=(HOME, REFERRALS, Crumb("New")),
        status=form.status,
        form=form,
        chosen=chosen,
        search=_search(given),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def gap_list(request: HttpRequest) -> HttpResponse:
    """Where nothing fitted in the last year; and saying so of a need now."""
    found = gaps(actor_of(request), on=today_of(request))
    may = may_make_referrals(actor_of(request))
    sent = request.method == "POST"
    if sent and not may:
        raise NotAllowed
    form = forms.NeedForm(
        request.POST if sent else None, initial=_started(request), **_choices(request)
    )
    if sent and submit(form, lambda words: _gap(request, words)) is not None:
        return go_on(request, reverse("gaps"), "Counted as a gap.")
    rows = [
        (
            Cell(need.need, main=True),
            Cell(f"Ward {row.ward}" if row.ward else "Not known"),
            Cell(row.language),
            Cell(row.shown, number=True),
            Cell(need.shown if first == 0 else "", number=True),
        )
        for need in found
        for first, row in enumerate(need.rows)
    ]
    columns = (
        Column("Need"),
        Column("Ward"),
        Column("Language"),
        Column("Times", number=True),
        Column("All of this need", number=True),
    )
    return page(
        request,
        "referrals/gaps.html",
        title="Where nothing fits",
        crumbs=(HOME, Crumb("Where nothing fits")),
        status=form.status,
        form=form,
        may=may,
        today=today_of(request),
        table=table(
            "Gaps of the last 12 months", columns, rows, empty="No gap was counted in a year."
        ),
    )


@require_safe
def referral(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One referral: the services, what they said of each, and what can be done."""
    return _page(request, referral_file(matter_id, actor_of(request), on=today_of(request)))


@require_safe
def referral_pdf(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The services of a referral on one sheet."""
    name, content = referral_sheet(matter_id, actor_of(request), on=today_of(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@takes_move(MOVES)
def referral_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a referral."""
    file = referral_file(matter_id, actor_of(request), on=today_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("referral", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def helped(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever was sent somewhere says whether it helped; looking changes nothing."""
    found = helped_sheet(token, at=stamp_of(request).at)
    form = forms.AnswersForm(request.POST if request.method == "POST" else None, lines=found.lines)
    done = None
    if request.method == "POST":
        done = submit(
            form,
            lambda _: actions.answer_referral_by_link(
                None, token=token, **form.cleaned_data, stamp=stamp_of(request)
            ),
        )
    return page(
        request,
        "referrals/helped.html",
        title="Thank you" if done else "Did it help?",
        status=form.status,
        form=form,
        done=done is not None,
        token=token,
    )


def _page(
    request: HttpRequest, file: ReferralFile, *, failed: Failed | None = None
) -> HttpResponse:
    today = today_of(request)
    doubtful = services_to_check([line.service.id for line in file.lines], on=today)
    return page(
        request,
        "referrals/file.html",
        title=file.matter.title,
        crumbs=(HOME, REFERRALS, Crumb(f"W-{file.matter.id}")),
        file=file,
        matter=file.matter,
        lines=[(line, line.service.id in doubtful) for line in file.lines],
        when=from_today(file.matter.next_on, today),
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )


def _form(request: HttpRequest, file: ReferralFile, verb: str, posted: Any = None) -> Form:
    if verb == "answer":
        open_lines = [(line.id, line.service.name) for line in file.lines if not line.answer]
        return forms.AnswersForm(posted, lines=open_lines)
    if verb == "elsewhere":
        return forms.ElsewhereForm(posted, services=_others(request, file))
    if verb == "end":
        return forms.EndForm(posted)
    return shared_form(request, file.matter, verb, posted)


def _others(request: HttpRequest, file: ReferralFile) -> list[tuple[str, str]]:
    """Services for the same need first, then the rest; without those they were sent to."""
    actor, at, ward = actor_of(request), stamp_of(request).at, file.row.ward_code
    fitting = find_services(actor, Wanted(need=file.need_id, ward=ward), at=at)
    there = {line.service.id for line in file.lines}
    found = {hit.id: f"{hit.name} ({hit.open_words})" for hit in fitting.rows}
    found = {**found, **{key: name for key, name in live_services(actor) if key not in found}}
    return [(key, words) for key, words in found.items() if key not in there]


def _chosen(request: HttpRequest, keys: list[str]) -> list[tuple[str, str]]:
    """The services that were ticked, each once; what names none is left out."""
    return services_named(keys, actor_of(request))


def _choices(request: HttpRequest) -> dict[str, Any]:
    """A caller may live in any ward, whose liaison then looks after it."""
    every = [(code, f"Ward {code}") for code, _ in all_wards(request)]
    anywhere = [("", "Not known")] if actor_of(request).reach.city else []
    return {
        "needs": [(need.id, need.label) for need in need_tree()],
        "wards": [*anywhere, *every],
        "languages": spoken(),
    }


def _started(request: HttpRequest) -> dict[str, Any]:
    given = request.GET
    return {
        "need": given.get("need", ""),
        "ward_code": given.get("ward", "") or own_ward(actor_of(request)),
        "language": given.get("language", "") or "en",
    }


def _search(given: QueryDict) -> str:
    """The way back to the search, with what it asked for."""
    asked = {"need": given.get("need"), "ward": given.get("ward") or given.get("ward_code")}
    said = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(said)}" if said else ""


def _make(request: HttpRequest, given: dict[str, Any]) -> Any:
    actor = actor_of(request)
    services = [get_listed_service(key, actor) for key in given.pop("services")]
    need, whose = get_need(given.pop("need")), _whose(request, given)
    return actions.make_referral(need, services=services, **given, **whose)


def _gap(request: HttpRequest, given: dict[str, Any]) -> Any:
    need, whose = get_need(given.pop("need")), _whose(request, given)
    return actions.note_gap(need, **given, **whose)


def _whose(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    """Who looks after it: the liaison of the ward, or whoever writes it down."""
    today, code = today_of(request), given.pop("ward_code")
    owner = get_liaison_of(code, on=today) if code else None
    return {
        "owner": owner or get_party_of(actor_of(request)),
        "ward": get_ward(code, today) if code else None,
        "stamp": stamp_of(request),
    }


def _cells(row: ReferralRow, today: date) -> tuple[Cell, ...]:
    tags = (Tag("Ask now", "warn"),) if row.to_ask else ()
    where = f"Ward {row.ward_code}" if row.ward_code else "Ward not known"
    when = from_today(row.ask_on, today)
    return (
        Cell(
            row.need,
            href=reverse("referral", args=[row.id]),
            sub=f"{where}, {LANGUAGES.get(row.language, row.language)}",
            tags=tags,
            main=True,
        ),
        Cell(", ".join(row.services) or "Nothing fitted"),
        Cell(day_text(row.made_on)),
        Cell(row.state or f"Ask on {day_text(row.ask_on)}", sub="" if row.state else when),
    )
