"""Names that were typed in a line and are not known yet: the list, and saying whom one means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Actor
from wardroom.casework.queries import find_anything, get_party_seen
from wardroom.city.queries import find_places, get_place
from wardroom.directory.actions import note_person_meant
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import resolve_mention
from wardroom.ledger.queries import get_mention, unresolved_mentions
from wardroom.library.queries import topics
from wardroom.web.capture.forms import MeansForm
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.rows import number_meant
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, address, table
from wardroom.web.ui.words import day_text

NOUNS: Mapping[str, str] = {"party": "a person", "place": "a place", "topic": "a topic"}
WHOSE = (("", "Mine"), ("all", "Everybody's"))
KINDS = (("", "All"), ("party", "People"), ("place", "Places"), ("topic", "Topics"))
COLUMNS = (Column("Name as typed"), Column("In this line"), Column("Written"))
MOST_CHOICES, MOST_LETTERS = 8, 120


@dataclass(frozen=True)
class Candidate:
    """Somebody or something that the name may mean."""

    key: str
    name: str
    why: str


@require_safe
def mention_list(request: HttpRequest) -> HttpResponse:
    """The names that nobody has recognised yet, the newest first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    whose = filters.choice(request.GET, "whose", "Whose lines", WHOSE)
    noun = filters.choice(request.GET, "noun", "What", KINDS)
    before = number_meant(request.GET.get("older", ""))
    found = unresolved_mentions(actor, mine=whose.value == "", noun=noun.value, before=before)
    rows = [
        (
            Cell(
                f"{row.sign}{row.text}",
                href=reverse("mention", args=[row.mention_id]),
                main=True,
            ),
            Cell(row.sentence),
            Cell(day_text(localtime(row.at).date()), sub=row.actor_name),
        )
        for row in found.rows
    ]
    return page(
        request,
        "capture/mentions.html",
        title="Names to settle",
        crumbs=(Crumb("People", reverse("people")), Crumb("Names to settle")),
        filters=filters.bar(request.GET, whose, noun),
        table=table(
            "Names that are not known yet",
            COLUMNS,
            rows,
            empty="Every name in these lines is known.",
        ),
        older=address(request.GET, older=str(found.older)) if found.older else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mention(request: HttpRequest, mention_id: int) -> HttpResponse:
    """Say whom or what a name means: somebody known, or somebody new."""
    actor, today = actor_of(request), today_of(request)
    found = get_mention(actor, mention_id)
    if not actor.is_staff:
        raise NotFound(f"mention {mention_id}")
    sent = request.POST if request.method == "POST" else None
    form = MeansForm(sent, initial={"new": found.text})
    if request.method == "POST":
        done = submit(form, lambda given: _resolve(request, found, given))
        if done is not None:
            said = f"{found.sign}{found.text} is known now. The line stays as it was written."
            return go_on(request, _page_of(found.noun, done), said)
    words = " ".join(request.GET.get("q", found.text)[:MOST_LETTERS].split())
    return page(
        request,
        "capture/mention.html",
        title=f"{'Who' if found.noun == 'party' else 'What'} is {found.sign}{found.text}?",
        crumbs=(Crumb("Names to settle", reverse("mentions")), Crumb(found.text)),
        status=form.status,
        form=form,
        row=found,
        sentence=found.entry.sentence,
        what=NOUNS.get(found.noun, found.noun),
        words=words,
        choices=_choices(actor, found.noun, words, today),
        open=not found.key,
    )


def _resolve(request: HttpRequest, found: Any, given: dict[str, Any]) -> str:
    """Resolve the name, and return the key of what it means."""
    actor, stamp = actor_of(request), stamp_of(request)
    key, name = given["key"], ""
    if given["new"] and found.noun == "party":
        person = note_person_meant(found, name=given["new"], stamp=stamp)
        return str(person.pk)
    if not key:
        raise Refused("nobody_chosen", "Choose one from the list, or type a new name.", field="new")
    if found.noun == "party":
        name = get_party_seen(number_meant(key) or 0, actor).name
    elif found.noun == "place":
        name = get_place(number_meant(key) or 0, actor).label
    else:
        name = {t.code: t.name for t in topics()}.get(key, "")
        if not name:
            raise Refused("unknown_topic", "Choose a topic from the list.", field="key")
    resolve_mention(found, ref=Ref(found.noun, key), name=name, stamp=stamp)
    return str(key)


def _choices(actor: Actor, noun: str, words: str, today: date) -> list[Candidate]:
    """What the name may mean, as it is typed."""
    if noun == "party":
        hits = find_anything(actor, words, on=today, nouns=("party",), limit=MOST_CHOICES).rows
        return [Candidate(hit.key, hit.title, hit.why) for hit in hits]
    if noun == "place":
        rows = find_places(actor, words, on=today, limit=MOST_CHOICES).rows
        known = [row for row in rows if row.place_id is not None]
        return [Candidate(str(r.place_id), r.label, f"Ward {r.ward_code}") for r in known]
    low = words.casefold()
    named = [Candidate(t.code, t.name, "topic") for t in topics()]
    fitting = [c for c in named if low in c.name.casefold() or low in c.key.casefold()]
    return fitting or named


def _page_of(noun: str, key: str) -> str:
    """The page where the line now stands too."""
    return reverse(noun, args=[key]) if noun in {"party", "place"} else reverse("mentions")
