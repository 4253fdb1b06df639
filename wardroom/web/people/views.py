"""People and organisations: the list, one of them, and what can be noted about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import (
    PartyFile,
    PartyRow,
    get_party_seen,
    party_file,
    people_page,
)
from wardroom.directory.actions import mark_bounced, note_contact_point
from wardroom.directory.rules import CHANNELS as WAYS
from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.actions import log_contact
from wardroom.matters.queries import get_matter
from wardroom.matters.rules import CHANNELS
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.people import forms
from wardroom.web.rows import number_meant, own_ward
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag

KINDS = (("", "Everybody"), ("person", "Residents and contacts"), ("agency", "Agencies"),
         ("organisation", "Other organizations"), ("login", "Those who sign in"))  # fmt: skip
WAITS = (("", "All"), ("untold", "Still to be told"), ("interpreter", "Need an interpreter"))
WORDS: Mapping[str, str] = {"person": "Person", "agency": "Agency", "organisation": "Organization",
                            "login": "Signs in"}  # fmt: skip
COLUMNS = (
    Column("Name", sort="name"),
    Column("Complaints", number=True),
    Column("Still open", number=True),
    Column("Last reported"),
)
MOST_LETTERS = 100


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """The people and organizations within reach, by name."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    kind = filters.choice(request.GET, "kind", "Who", KINDS)
    waits = filters.choice(request.GET, "waits", "What waits", WAITS)
    text = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    found = people_page(
        actor,
        kind=kind.value,
        text=text,
        waits=waits.value,
        sort=request.GET.get("sort", "name"),
        page=page_number(request.GET),
    )
    return page(
        request,
        "people/list.html",
        title="People",
        crumbs=(Crumb("Home", "/"), Crumb("People")),
        words=text,
        choices=(kind, waits),
        sort=request.GET.get("sort", ""),
        table=table(
            counted(found.total, "person or organization", "people and organizations"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="Nobody fits these filters. People are added when their complaint is taken in.",
            state=request.GET,
            sort=found.sort,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_safe
def party(request: HttpRequest, party_id: int) -> HttpResponse:
    """One person or organization: how to reach them, what is open, and what happened."""
    return _page(request, _file(request, party_id))


class Move(NamedTuple):
    """Something that can be noted here: what it needs, how it is done, what is said then."""

    needs: str
    act: Callable[[Any, dict[str, Any], HttpRequest], Any]
    said: str


def _contact(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    actor = actor_of(request)
    number = number_meant(given.pop("about"))
    matter = get_matter(number, actor) if number is not None else None
    ward = own_ward(actor)
    return log_contact(matter, party=found, **given, ward_code=ward, stamp=stamp_of(request))


def _point(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return note_contact_point(found, **given, stamp=stamp_of(request))


def _bounced(found: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    mark_bounced(found, **given, stamp=stamp_of(request))
    return found


MOVES: Mapping[str, Move] = {
    "contact": Move("log_contact", _contact, "The contact was logged."),
    "point": Move("note_contact_point", _point, "Saved how to reach them."),
    "bounced": Move("mark_bounced", _bounced, "It is marked as not working."),
}


@takes_form()
def make_move(request: HttpRequest, party_id: int, verb: str) -> HttpResponse:
    """Log a contact, note a way to reach somebody, or mark one that does not work."""
    if verb not in MOVES:
        raise Http404
    chosen = MOVES[verb]
    found = get_party_seen(party_id, actor_of(request))
    file = _file(request, party_id)
    form = _forms(request, file, verb)[verb]
    done = submit(form, lambda given: chosen.act(found, given, request))
    if done is None:
        return _page(request, file, failed={verb: form})
    own = reverse("party", args=[party_id])
    return go_on(request, back_to(request, own), chosen.said)


def _file(request: HttpRequest, party_id: int) -> PartyFile:
    return party_file(party_id, actor_of(request), on=today_of(request))


def _forms(request: HttpRequest, file: PartyFile, verb: str = "") -> dict[str, Form]:
    """The forms of the page; the one that was sent holds what was sent."""
    about = [(str(c.matter_id), f"W-{c.matter_id}: {c.title}") for c in file.open_issues]

    def sent(name: str) -> Any:
        return request.POST if name == verb else None

    return {
        "contact": forms.ContactForm(
            sent("contact"), channels=CHANNELS.items(), about=about, begin="log" in request.GET
        ),
        "point": forms.PointForm(sent("point"), ways=WAYS.items()),
        "bounced": forms.BouncedForm(sent("bounced")),
    }


def _page(
    request: HttpRequest, file: PartyFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    first = next(iter((failed or {}).values()), None)
    asks = reverse("asks")
    return page(
        request,
        "people/party.html",
        title=file.card.name,
        crumbs=(Crumb("People", reverse("people")), Crumb(file.card.name)),
        status=first.status if first else 200,
        file=file,
        card=file.card,
        failed=first,
        forms={**_forms(request, file), **(failed or {})},
        states=[
            (state_tag(row.state), row.count, f"{asks}?agency={file.card.code}&state={row.state}")
            for row in (file.asks.states if file.asks else ())
        ],
    )


def _cells(row: PartyRow) -> tuple[Cell, ...]:
    tags = [Tag(WORDS[row.kind])] if row.kind != "person" else []
    tags += [Tag("Needs an interpreter", "warn")] if row.interpreter else []
    tags += [Tag("Still to be told", "warn")] if row.untold else []
    language = LANGUAGES.get(row.language, "") if row.language not in {"", "en"} else ""
    return (
        Cell(
            row.name,
            href=reverse("party", args=[row.party_id]),
            sub=" · ".join(part for part in (row.code, language) if part),
            tags=tuple(tags),
            main=True,
        ),
        Cell(f"{row.complaints:,}" if row.complaints else "-", number=True),
        Cell(f"{row.open_complaints:,}" if row.complaints else "-", number=True),
        Cell(day_text(row.last_on) or "-"),
    )
