"""Finding anything: the index, with numbers and codes that it does not hold, and why each fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wardroom.access.actor import Actor
from wardroom.casework.queries.people import seen_party_ids
from wardroom.city.queries import AreaRow, areas_named, ward_of_places
from wardroom.notices.queries import seen_mail_ids
from wardroom.search import rules
from wardroom.search.queries import Found, find
from wardroom.search.rules import Term
from wardroom.service_requests.queries import RequestRow, requests_numbered

BEFORE, AFTER = 4, 9
_MATTER = re.compile(r"w-?(\d{1,18})", re.IGNORECASE)
NAMED = {
    "party": "the name",
    "place": "the address",
    "ground": "the name",
    "entry": "the words",
    "mail": "who wrote it",
}


@dataclass(frozen=True)
class Hit:
    """One thing that was found: what it is, and what in it fits what was typed."""

    noun: str
    key: str
    title: str
    why: str
    ward_code: str = ""
    at: datetime | None = None
    matter_key: str = ""
    kind: str = ""


@dataclass(frozen=True)
class HitPage:
    """What was found, whether there is more, and what was looked for instead."""

    rows: tuple[Hit, ...]
    more: bool = False
    corrected: str = ""


def find_anything(
    actor: Actor,
    text: str,
    *,
    on: date,
    nouns: Sequence[str] = (),
    limit: int = 10,
    page: int = 1,
) -> HitPage:
    """What the asker may see and all words stand in; numbers and codes that fit come first.

    People and places that the asker may not see are left out here, as in every list; so a
    page may be shorter than its limit. ``on`` is today. Staff only.
    """
    if not actor.is_staff:
        return HitPage(())
    matter = _MATTER.fullmatch(text.strip())
    words = matter[1] if matter else text
    nouns = ("matter",) if matter and matter[0] != words else nouns
    exact = [] if nouns or page > 1 else _numbered(actor, text, on)
    found = find(actor, words, nouns=nouns, limit=limit, offset=(page - 1) * limit)
    rows = _within(actor, found.rows, on)
    terms = rules.asked(found.corrected or words)
    hits = [_hit(row, terms, words) for row in rows]
    return HitPage(
        rows=(*exact, *hits),
        more=found.more,
        corrected=found.corrected if rows else "",
    )


def _within(actor: Actor, rows: Sequence[Found], on: date) -> list[Found]:
    """The rows that have a page for this asker."""
    people = seen_party_ids(actor, _keys(rows, "party"))
    places = _keys(rows, "place")
    if not actor.reach.city:
        wards = ward_of_places(places, on=on)
        places = [pk for pk in places if wards.get(pk, "") in actor.reach.wards | {""}]
    mail = seen_mail_ids(actor, _keys(rows, "mail"))
    seen = {"party": people, "place": frozenset(places), "mail": mail}
    return [r for r in rows if r.ref.noun not in seen or int(r.ref.key) in seen[r.ref.noun]]


def _keys(rows: Sequence[Found], noun: str) -> list[int]:
    return [int(row.ref.key) for row in rows if row.ref.noun == noun]


def _numbered(actor: Actor, text: str, on: date) -> list[Hit]:
    """What bears exactly this code or number: areas, and requests of the city's 311 system."""
    areas = [_area(row) for row in areas_named(text, on=on)]
    return [*areas, *(_request(row) for row in requests_numbered(actor, text.strip()))]


def _area(row: AreaRow) -> Hit:
    return Hit("area", row.key, row.label, "this code", kind=row.kind)


def _request(row: RequestRow) -> Hit:
    title = f"{row.service_name}, {row.address}" if row.address else row.service_name
    why = f"the 311 number {row.external_id}"
    return Hit("request", str(row.id), title, why, row.ward_code, row.opened_at)


def _hit(row: Found, terms: Sequence[Term], words: str) -> Hit:
    return Hit(
        noun=row.ref.noun,
        key=row.ref.key,
        title=row.title,
        why=why_found(row, terms, words),
        ward_code=row.ward_code,
        at=row.at,
        matter_key=row.matter_key,
    )


def why_found(row: Found, terms: Sequence[Term], words: str) -> str:
    """What in a thing fits: its number, its title, or the words around the first that fits."""
    if rules.squashed(row.ref.key) == rules.squashed(words):
        return f"the number {row.ref.key}"
    title = rules.words_of(row.title)
    if all(rules.stands(term, title) for term in terms):
        return NAMED.get(row.ref.noun, "the title")
    return _around(row, terms) or "its words"


def _around(row: Found, terms: Sequence[Term]) -> str:
    """A few words around the first one that fits; of a person only the telephone or address."""
    spoken = row.text.split()
    for n, word in enumerate(spoken):
        if any(rules.stands(term, rules.words_of(word)) for term in terms):
            if row.ref.noun == "party":
                return word
            start, end = max(0, n - BEFORE), n + AFTER
            before = "… " if start else ""
            after = " …" if end < len(spoken) else ""
            return f"“{before}{' '.join(spoken[start:end])}{after}”"
    return "a phone number or address" if row.ref.noun == "party" else ""
