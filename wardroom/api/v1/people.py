"""Who the key acts for; people and organizations, and contacts with them."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Router

from wardroom.api.v1 import bodies, shapes
from wardroom.api.v1.answers import (
    Listed,
    Single,
    content_of,
    done_as,
    listed,
    read_as,
    single,
)
from wardroom.api.v1.bodies import Code, Cursor, Number, Words
from wardroom.api.v1.cursors import place_in
from wardroom.api.v1.doing import Deed, do
from wardroom.api.v1.door import READ, WRITE, caller, stamp_of
from wardroom.api.v1.work import staff
from wardroom.casework.queries import get_party_seen, two_minute_brief
from wardroom.casework.queries.people import PartyRow, PeopleFilters, people_page
from wardroom.ledger.queries import line_file
from wardroom.matters.actions import log_contact
from wardroom.matters.queries import get_matter

router = Router(tags=["People"])


@router.get("/me", auth=READ, response=read_as(Single[shapes.Me]), summary="Who I am")
def me(request: HttpRequest) -> HttpResponse:
    """Who the key acts for, how far their sight goes, and what the key is good for."""
    let = caller(request)
    actor = let.stamp.actor
    shape = shapes.Me(
        key=let.key.name,
        name=actor.name,
        roles=tuple(sorted(role.value for role in actor.roles)),
        wards=tuple(sorted(actor.reach.wards)),
        agencies=tuple(sorted(actor.reach.agencies)),
        whole_city=actor.reach.city,
        scopes=tuple(sorted(let.key.scopes)),
        hourly_limit=let.key.hourly_limit,
    )
    return single(request, shapes.Me, shape, {"self": ("GET", "/me")})


@router.get("/parties", auth=READ, response=read_as(Listed[PartyRow]), summary="People")
def parties(
    request: HttpRequest,
    kind: Code = "",
    text: Words = "",
    waits: Literal["", "untold", "interpreter", "vacancy"] = "",
    ward: Code = "",
    anc: Code = "",
    language: Code = "",
    sort: Literal["name", "-name", "added", "-added"] = "name",
    cursor: Cursor = "",
) -> HttpResponse:
    """The people and organizations within reach, by name."""
    filters = PeopleFilters(
        kind=kind, text=text.strip(), waits=waits, ward=ward, anc=anc, language=language
    )
    on = localdate(stamp_of(request).at)
    found = people_page(staff(request), filters, on=on, sort=sort, page=place_in(request, cursor))
    return listed(request, found)


@router.get(
    "/parties/{number}",
    auth=READ,
    response=read_as(Single[shapes.BriefShape]),
    summary="The brief before a call",
)
def brief(request: HttpRequest, number: Number) -> HttpResponse:
    """What to know of somebody before a call: who it is, last contacts, open promises."""
    stamp = stamp_of(request)
    found = two_minute_brief(number, staff(request), at=stamp.at)
    own = f"/parties/{found.card.party_id}"
    links = {"self": ("GET", own), "log_contact": ("POST", f"{own}/contacts")}
    return single(request, shapes.BriefShape, found, links)


@router.post(
    "/parties/{number}/contacts",
    auth=WRITE,
    response=done_as(Single[shapes.ContactShape], status=201),
    summary="Log a contact",
)
def contact(request: HttpRequest, number: Number, given: bodies.Contact) -> HttpResponse:
    """Log a call, a talk, an e-mail or a letter with somebody, and what was said."""
    stamp = stamp_of(request)
    actor = staff(request)
    party = get_party_seen(number, actor)
    own = actor.reach.wards - actor.reach.covers
    ward = next(iter(own)) if len(own) == 1 and not actor.reach.city else ""

    def act() -> Any:
        return log_contact(
            get_matter(given.matter, actor) if given.matter is not None else None,
            party=party,
            channel=given.channel,
            text=given.text,
            language=given.language,
            interpreter_used=given.interpreter_used,
            ward_code=ward,
            stamp=stamp,
        )

    def show(line_id: int) -> Any:
        line = line_file(actor, line_id).line
        shape = shapes.ContactShape(line_id=line_id, at=line.at, sentence=line.sentence)
        return content_of(shapes.ContactShape, shape, {"party": ("GET", f"/parties/{number}")})

    deed = Deed(lambda: int(act().pk), show, number=str, find=int, status=201)
    return do(request, deed)
