"""What was found as pages show it: its kind in a word, and the way to its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from wardroom.access.actor import Actor, Role
from wardroom.casework.queries import Hit
from wardroom.matters.queries import kinds_of
from wardroom.matters.rules import kind_of
from wardroom.web.rows import matter_address

KINDS: Mapping[str, str] = {
    "matter": "Matter",
    "ask": "Ask",
    "entry": "Line",
    "place": "Place",
    "ground": "Ground",
    "mail": "E-mail",
    "party": "Person or organization",
    "area": "Area",
    "request": "311 request",
}
PAGES: Mapping[str, str] = {
    "ask": "ask",
    "entry": "line",
    "mail": "mail_message",
    "party": "party",
    "place": "place",
    "request": "request",
}


@dataclass(frozen=True)
class Shown:
    """One thing found: what kind it is, why it was found, and where its page is."""

    kind: str
    title: str
    why: str
    ward: str
    when: str
    href: str
    log: str = ""


def shown_hits(actor: Actor, hits: Sequence[Hit]) -> list[Shown]:
    """What was found, each with its page; a matter that has none is not shown."""
    keys = {int(hit.key) for hit in hits if hit.noun == "matter" and hit.key.isdigit()}
    kinds = kinds_of(actor, keys) if keys else {}
    writes = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    made = [_shown(hit, kinds, writes=writes) for hit in hits]
    return [each for each in made if each.href]


def _shown(hit: Hit, kinds: Mapping[int, str], *, writes: bool) -> Shown:
    href = _address(hit, kinds)
    log = f"{href}?log=1" if hit.noun == "party" and writes else ""
    return Shown(
        kind=_kind(hit, kinds),
        title=hit.title,
        why=hit.why,
        ward=f"Ward {hit.ward_code}" if hit.ward_code else "",
        when=date_format(localtime(hit.at)) if hit.at else "",
        href=href,
        log=log,
    )


def _kind(hit: Hit, kinds: Mapping[int, str]) -> str:
    if hit.noun == "matter" and hit.key.isdigit() and int(hit.key) in kinds:
        return kind_of(kinds[int(hit.key)]).label
    return KINDS.get(hit.noun, hit.noun.capitalize())


def _address(hit: Hit, kinds: Mapping[int, str]) -> str:
    if hit.noun == "matter":
        known = hit.key.isdigit() and int(hit.key) in kinds
        return matter_address(kinds[int(hit.key)], hit.key) if known else ""
    if hit.noun == "area":
        return reverse("area", args=[hit.kind, hit.key])
    if hit.noun == "ground":
        return reverse("area", args=["ground", hit.key])
    return reverse(PAGES[hit.noun], args=[hit.key]) if hit.noun in PAGES else ""
