"""People and organisations: the list, one of them, and what can be noted about them."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import PartyFile, PartyRow, get_party_seen, party_file, people_page
from wardroom.directory.queries import commissions_to_make
from wardroom.directory.rules import LANGUAGES
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, takes_form, today_of
from wardroom.web.people import forms
from wardroom.web.people.filtering import filters_given, letters_given
from wardroom.web.people.moves import MOVES, forms_of, picked_point, picked_seat
from wardroom.web.rows import matter_address
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag

WORDS: Mapping[str, str] = {"person": "Person", "agency": "Agency", "organisation": "Organization",
                            "login": "Signs in"}  # fmt: skip
COLUMNS = (
    Column("Name", sort="name"),
    Column("Area"),
    Column("Complaints", number=True),
    Column("Still open", number=True),
    Column("Last contact"),
)


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """The people and organizations within reach, by name."""
    actor, today = actor_of(request), today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    choices, wanted = filters_given(request, today)
    found = people_page(
        actor,
        wanted,
        on=today,
        sort=request.GET.get("sort", "name"),
        page=page_number(request.GET),
    )
    return page(
        request,
        "people/list.html",
        title="People",
        crumbs=(Crumb("Home", "/"), Crumb("People")),
        words=letters_given(request),
        choices=choices,
        sort=request.GET.get("sort", ""),
        query=request.GET.urlencode(),
        allowed=found.allowed,
        to_make=commissions_to_make(actor, on=today),
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
    file = _file(request, party_id)
    if file.card.party_id != party_id:
        return HttpResponseRedirect(reverse("party", args=[file.card.party_id]))
    return _page(request, file)


@takes_form()
def make_move(request: HttpRequest, party_id: int, verb: str) -> HttpResponse:
    """Log a contact, note a way to reach somebody, or what they say about one; keep seats."""
    if verb not in MOVES:
        raise Http404
    chosen = MOVES[verb]
    found = get_party_seen(party_id, actor_of(request))
    file = _file(request, party_id)
    form = forms_of(request, file, verb)[verb]
    done = submit(form, lambda given: chosen.act(found, given, request))
    if done is None:
        return _page(request, file, failed={verb: form})
    own = reverse("party", args=[file.card.party_id])
    return go_on(request, back_to(request, own), chosen.said)


def _file(request: HttpRequest, party_id: int) -> PartyFile:
    return party_file(party_id, actor_of(request), on=today_of(request))


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
        forms={**forms_of(request, file), **(failed or {})},
        part_form=forms.PartForm(),
        seat=picked_seat(request, file),
        point=picked_point(request, file),
        inside=[
            (row, matter_address(row.kind, row.matter_id))
            for row in (file.inside.rows[:5] if file.inside else ())
        ],
        states=[
            (state_tag(row.state), row.count, f"{asks}?agency={file.card.code}&state={row.state}")
            for row in (file.asks.states if file.asks else ())
        ],
    )


def _cells(row: PartyRow) -> tuple[Cell, ...]:
    tags = [Tag(row.organisation_kind or WORDS[row.kind])] if row.kind != "person" else []
    if row.is_commission:
        tags = []
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
        Cell(row.area or "-"),
        Cell(f"{row.complaints:,}" if row.complaints else "-", number=True),
        Cell(f"{row.open_complaints:,}" if row.complaints else "-", number=True),
        Cell(day_text(row.touched_on) or "-"),
    )
