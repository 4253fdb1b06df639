"""The pages of the site and the things of the office that words lead to, before all else found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.urls import reverse

from wardroom.access.actor import Actor
from wardroom.hiring.queries.hirings import find_postings
from wardroom.office.queries.finding import find_office
from wardroom.web.frame import NavItem, navigation
from wardroom.web.search.hits import Shown

MOST_PAGES = 6
LEAST_LETTERS = 2
SMALL = frozenset({"a", "an", "the", "of", "for", "in", "to", "my", "our", "all", "new"})
ALSO_CALLED: Mapping[str, str] = {
    "/rota/": "rotas schedule shifts duty roster turns",
    "/week/": "who covers cover where schedule",
    "/on-call/": "who is call now tonight duty pager phone",
    "/my-shifts/": "swap swaps leave wish vacation give away",
    "/terms/": "details detailees volunteers interns fixed",
    "/positions/": "jobs seats units structure organization chart vacant vacancies",
    "/staffing/": "staffing workload requirement headcount scenario scenarios",
    "/hiring/": "jobs postings applications applicants panel recruit",
    "/residency/": "domicile clock proof",
    "/funds/": "funds budget grant grants allocate commit spend invoice",
    "/spending/": "plan actual ends scenario",
    "/submission/": "budget",
    "/incidents/": "emergency fire outage critical situation report review after action",
    "/training/": "trainings conferences certificates courses",
    "/staff/": "who works here hire colleagues team",
    "/call-addresses/": "phone numbers reached night text",
    "/outbox/": "mails sent letters",
}
LEADS = "Page"
OFFICE_KINDS: Mapping[str, str] = {
    "fund": "Fund",
    "position": "Position",
    "training": "Training",
}


def pages_found(actor: Actor, words: str) -> list[Shown]:
    """The pages whose names have these words, and the funds, positions and postings that do."""
    asked = [word for word in words.casefold().split() if word not in SMALL]
    if not asked or len("".join(asked)) < LEAST_LETTERS:
        return []
    pages = [
        _shown(LEADS, item.text, "its name", item.href)
        for item in _all_pages(actor)
        if _fits(asked, f"{item.text} {ALSO_CALLED.get(item.href, '')}")
    ]
    return [*pages[:MOST_PAGES], *_things(actor, asked)]


def _things(actor: Actor, asked: list[str]) -> Iterator[Shown]:
    for hit in find_office(actor, asked):
        yield _shown(
            OFFICE_KINDS[hit.noun], hit.title, hit.about or "its name",
            reverse(hit.noun, args=[hit.id]),
        )  # fmt: skip
    for slug, title in find_postings(actor, asked):
        yield _shown("Posting", title, "its name", reverse("job", args=[slug]))


def _all_pages(actor: Actor) -> Iterator[NavItem]:
    seen = set()
    for entry in navigation(actor, reverse("search")):
        for item in entry.beside or (entry,):
            if item.href not in seen:
                seen.add(item.href)
                yield item


def _fits(asked: list[str], names: str) -> bool:
    """Whether every word asked for begins a word of the names."""
    known = names.casefold().replace(",", " ").split()
    return all(any(name.startswith(word) for name in known) for word in asked)


def _shown(kind: str, title: str, why: str, href: str) -> Shown:
    return Shown(kind, title, why, "", "", href)
