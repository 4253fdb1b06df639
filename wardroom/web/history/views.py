"""The whole history of a matter, and one line by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Actor
from wardroom.casework.queries import seen_party_ids
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import history, history_choices, kind_in_words, line_file, mentions_of
from wardroom.matters.queries import get_matter, kinds_of, matter_header
from wardroom.web.edge import actor_of
from wardroom.web.history.lens import OLDER
from wardroom.web.rows import matter_address, number_meant
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import address
from wardroom.web.ui.words import counted


@require_safe
def matter_history(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Every line about a matter with all that changed, by person, kind and day; staff only."""
    actor = actor_of(request)
    header = matter_header(get_matter(matter_id, actor), actor)
    if not header.inside:
        raise NotFound(f"no matter {matter_id}")
    ref = Ref("matter", str(matter_id))
    whole = history_choices(actor, ref=ref)
    person = filters.choice(request.GET, "person", "Who", [("", "Everybody"), *whole.people])
    kind = filters.choice(request.GET, "kind", "What", [("", "Everything"), *whole.kinds])
    first = filters.day(request.GET, "from", "From")
    last = filters.day(request.GET, "until", "Until")
    found = history(
        actor,
        ref=ref,
        person=person.value,
        kind=kind.value,
        from_on=filters.as_day(first.value),
        until_on=filters.as_day(last.value),
        before=number_meant(request.GET.get(OLDER, "")),
    )
    own = matter_address(header.kind, matter_id)
    return page(
        request,
        "history/history.html",
        title=f"History of W-{matter_id}",
        crumbs=(Crumb(f"W-{matter_id}", own), Crumb("History")),
        matter=header,
        filters=filters.bar(request.GET, person, kind, first, last),
        lines=[(line, kind_in_words(line.kind)) for line in found.lines],
        caption=counted(found.total, "line"),
        older=address(request.GET, **{OLDER: str(found.older)}) if found.older else "",
        newest=address(request.GET, **{OLDER: ""}) if request.GET.get(OLDER) else "",
    )


@dataclass(frozen=True)
class AboutLink:
    """Something that a line is about, with its page."""

    text: str
    href: str


@require_safe
def line(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One line with everything in it: what changed, whom it names, and what it is about."""
    actor = actor_of(request)
    file = line_file(actor, entry_id)
    return page(
        request,
        "history/line.html",
        title="A line of the ledger",
        crumbs=(Crumb("Search", reverse("search")), Crumb("Line")),
        line=file.line,
        kind=kind_in_words(file.line.kind),
        names=mentions_of(actor, entry_ids=[entry_id]).get(entry_id, ()),
        about=about_links(actor, file.about),
    )


def about_links(actor: Actor, refs: tuple[Ref, ...]) -> list[AboutLink]:
    """The pages of what a line is about, as far as the actor may open them."""
    matters = kinds_of(actor, [int(r.key) for r in refs if r.noun == "matter" and r.key.isdigit()])
    parties = seen_party_ids(actor, [int(r.key) for r in refs if r.noun == "party"])
    made = []
    for ref in refs:
        number = int(ref.key) if ref.key.isdigit() else 0
        if ref.noun == "matter" and number in matters:
            made.append(AboutLink(f"W-{ref.key}", matter_address(matters[number], ref.key)))
        elif ref.noun == "party" and number in parties:
            made.append(AboutLink("The person or organization", reverse("party", args=[ref.key])))
        elif ref.noun == "place":
            made.append(AboutLink("The place", reverse("place", args=[ref.key])))
        elif ref.noun == "ask":
            made.append(AboutLink("The ask", reverse("ask", args=[ref.key])))
    return made
