"""Notices owed to ANCs: the list, writing one down, and one with its log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.city.queries import areas_named, find_places, get_place
from wardroom.directory.queries import agencies, get_agency, get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.notices import (
    NoticeFile,
    NoticeRow,
    ancs_owed,
    get_matter_owed,
    may_announce_notices,
    may_expect_notices,
    notice_file,
    notice_page,
)
from wardroom.engagement.rules.notices import CAUSE, DEEDS, MEDIA, SAID, SEEN, STANDINGS
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.web.anc_notices import forms
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import day_text, from_today
from wardroom.web.wards import ward_choices, ward_meant

COLUMNS = (
    Column("What is planned", sort="-noted"),
    Column("Agency", sort="agency"),
    Column("ANCs"),
    Column("Notice by", sort="due"),
    Column("Decision planned", sort="decision"),
    Column("How it stands"),
)
STATES = (
    ("open", "Open"),
    ("pending", "Without a notice yet"),
    *STANDINGS.items(),
    ("closed", "Closed"),
    ("all", "All"),
)
TONES = {"in_time": "good", "excepted": "", "awaited": "accent", "said": "warn",
         "dropped": "", "opened_in_error": ""}  # fmt: skip
EXPECTED = "Written down. Whom the agency has to tell stands below."
LIST = ListWords(
    title="Notices owed",
    noun="notice",
    empty="No notice fits these filters. Write it down when an agency plans a change.",
    crumbs=(Crumb("Home", "/"), Crumb("Notices owed")),
)


MOVES: Mapping[str, Move] = {
    "seen": Move(
        "note_notice", "A notice came", as_filled_in(actions.note_notice), form=forms.SeenForm
    ),
    "decision": Move(
        "move_decision",
        "It decides on another day",
        as_filled_in(actions.move_decision),
        form=forms.DecisionForm,
    ),
    "cause": Move(
        "note_good_cause",
        "It published good cause",
        as_filled_in(actions.note_good_cause),
        form=forms.CauseForm,
    ),
    "confirm": Move("confirm_claim", "Confirm what it says", as_filled_in(actions.confirm_claim)),
    "strike": Move("strike_claim", "Strike what was not so", as_filled_in(actions.strike_claim)),
    "close": Move("end_notice", "Say how it ended", as_filled_in(actions.end_notice)),
    **{verb: move._replace(said="Saved.") for verb, move in SHARED.items()},
}


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """The notices within reach, the one that is due first first."""
    actor = actor_of(request)
    if not actor.is_staff and not may_announce_notices(actor):
        raise NotAllowed
    state, today = request.GET, today_of(request)
    codes = [(code, f"ANC {code}") for code in ancs_owed(actor)]
    named = [(a.code, a.name) for a in agencies(actor)]
    deeds = [(code, deed.label) for code, deed in DEEDS.items()]
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    anc = filters.choice(state, "anc", "ANC", [("", "All"), *codes])
    agency = filters.choice(state, "agency", "Agency", [("", "All"), *named])
    deed = filters.choice(state, "deed", "Kind", [("", "All"), *deeds])
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = notice_page(
        actor,
        on=today,
        ward=ward.value,
        anc=anc.value,
        agency=agency.value,
        deed=deed.value,
        state="" if shown.value == "all" else shown.value,
        sort=state.get("sort", "due"),
        page=page_number(state),
    )
    return list_page(
        request,
        "anc_notices/list.html",
        LIST,
        found,
        chosen=(ward, anc, agency, deed, shown) if actor.is_staff else (anc, deed, shown),
        columns=COLUMNS,
        cells=lambda row: notice_cells(row, today),
        office=actor.is_staff,
        expects=may_expect_notices(actor) or may_announce_notices(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notice_new(request: HttpRequest) -> HttpResponse:
    """Write down that an agency plans something of which it owes notice; a partner, the own."""
    actor = actor_of(request)
    office = may_expect_notices(actor)
    if not office and not may_announce_notices(actor):
        raise NotAllowed
    take = _expect if office else _announce
    return new_page(
        request,
        "anc_notices/new.html",
        _new_form(request, office=office),
        lambda given: take(request, given),
        leads_to=lambda made: (reverse("anc_notice", args=[made.matter_id]), EXPECTED),
        title="Write down a notice",
        crumbs=(*_crumbs(), Crumb("Write down a notice")),
    )


def _new_form(request: HttpRequest, *, office: bool) -> Form:
    sent, actor = posted(request), actor_of(request)
    named = [(a.code, f"{a.name} ({a.code})") for a in agencies(actor)]
    if office:
        return forms.NoticeForm(sent, wards=wards_to_open(request), agencies=named)
    own = [(code, name) for code, name in named if code in actor.reach.agencies]
    return forms.OwnNoticeForm(sent, agencies=own)


@require_safe
def notice(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One notice: whom it is owed to, how it stands, its log, and why these days."""
    return _page(request, notice_file(matter_id, actor_of(request), on=today_of(request)))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a notice; what cannot be done to any has no page."""
    file = notice_file(matter_id, actor_of(request), on=today_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter_owed(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("anc_notice", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _expect(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given.pop("ward_code")
    where = _where(request, given.pop("where"))
    return actions.expect_notice(
        get_agency(given.pop("agency_code")),
        **given,
        **where,
        owner=get_party_of(stamp.actor),
        ward=ward_meant(code, request),
        stamp=stamp,
    )


def _announce(request: HttpRequest, given: dict[str, Any]) -> Any:
    agency, where = get_agency(given.pop("agency_code")), _where(request, given.pop("where"))
    return actions.announce_notice(agency, **given, **where, stamp=stamp_of(request))


def _where(request: HttpRequest, typed: str) -> dict[str, Any]:
    """The areas that were typed, or the one place that the words mean.

    Refuses: an area that is none; words that mean no place, or several.
    """
    actor, today = actor_of(request), today_of(request)
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    areas = [area for part in parts for area in areas_named(part, on=today)]
    if parts and len(areas) >= len(parts):
        return {"areas": areas}
    rows = find_places(actor, typed, on=today).rows
    found = [(row.place_id, row.label) for row in rows if row.place_id]
    if len(found) == 1 or (found and found[0][1].lower() == typed.strip().lower()):
        return {"place": get_place(found[0][0], actor)}
    hint = f" These are known: {'; '.join(label for _, label in found[:3])}." if found else ""
    raise Refused(
        "unknown_place", f"This is no ANC, SMD, ward or place that we know.{hint}", field="where"
    )


def _form(request: HttpRequest, file: NoticeFile, verb: str, posted: Any = None) -> Form:
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    if verb == "close":
        return forms.CloseForm(posted, outcomes=file.matter.outcomes)
    if verb in forms.CLAIMS:
        return forms.CLAIMS[verb](posted, claims=_claims(file, said_only=verb == "confirm"))
    told = ", ".join(row.what for row in file.told)[:300]
    started = {"sent_on": today_of(request), "sent_to": told, "decide_on": file.row.decide_on}
    return MOVES[verb].form(posted, initial={**started, "medium": "email"})


def _page(request: HttpRequest, file: NoticeFile, *, failed: Failed | None = None) -> HttpResponse:
    today = today_of(request)
    return page(
        request,
        "anc_notices/file.html",
        title=file.row.title,
        crumbs=(*_crumbs(), Crumb(file.row.title)),
        file=file,
        row=file.row,
        matter=file.matter,
        deed=DEEDS[file.row.deed].label,
        standing=_tag(file.row),
        when=from_today(file.matter.next_on, today) if file.matter.next_on else "",
        office=actor_of(request).is_staff,
        log=[(MEDIA[line.medium], line) for line in file.log],
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )


def _claims(file: NoticeFile, *, said_only: bool) -> list[tuple[str, str]]:
    """What the agency says and, to strike it, what counts already: by number, with its words."""
    states = {SAID} if said_only else {SAID, SEEN}
    cause = file.cause_said or ("" if said_only else file.good_cause)
    lines = [
        (str(line.id), f"{MEDIA[line.medium]} of {day_text(line.sent_on)} to {line.sent_to[:60]}")
        for line in file.log
        if line.state in states
    ]
    return [*lines, *([(CAUSE, f"Good cause: {cause[:60]}")] if cause else [])]


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Notices owed", reverse("anc_notices")),)


def _tag(row: NoticeRow) -> Tag:
    words = {**STANDINGS, "dropped": "The plan was dropped", "opened_in_error": "Opened in error"}
    return Tag(words[row.standing], TONES.get(row.standing, "bad"))


def notice_cells(row: NoticeRow, today: date) -> tuple[Cell, ...]:
    """A notice in a list: what, whose, to whom, by when, and how it stands."""
    left = "" if row.notice_on or row.closed else from_today(row.send_by_on, today)
    return (
        Cell(
            row.title,
            href=reverse("anc_notice", args=[row.id]),
            sub=DEEDS[row.deed].label,
            main=True,
        ),
        Cell(row.agency_code),
        Cell(", ".join(row.ancs), sub=f"SMD {row.smds[0]}" if len(row.smds) == 1 else ""),
        Cell(day_text(row.send_by_on), sub=left),
        Cell(day_text(row.decide_on)),
        Cell(
            tags=(_tag(row),),
            sub=f"May decide from {day_text(row.earliest_on)}" if row.earliest_on else "",
        ),
    )
