"""Invariant 6: what is restricted or out of reach is on no page, in no count, no search.

Two matters of Ward 5, an issue and a location, carry marks in everything that can be written
about them, and are restricted to their owner. Every address of the site is then read by
everybody else. A new page is tried by itself, since the addresses come from the site's own
list: what names a thing is called with the restricted ones.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, NEXT
from tests.web.addresses import address, names
from tests.web.asking import has_part, watched, worth_trying
from tests.web.conftest import SignIn, World
from tests.web.makers import plan_words
from wardroom.access import queries as access_queries
from wardroom.casework.actions import take_complaint
from wardroom.city.actions import note_place
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.fieldwork.actions import record_check
from wardroom.ledger.reactions import deliver_receipt, due_receipts
from wardroom.matters.actions import (
    accept_ask,
    add_task,
    ask_agencies,
    capture_line,
    log_contact,
    open_matter,
    restrict_matter,
    say_where_it_stands,
    set_next_step,
)
from wardroom.matters.actions.asking import AskDraft
from wardroom.matters.models import Matter
from wardroom.plans.actions import adopt_plan
from wardroom.plans.rules import StepDraft

pytestmark = pytest.mark.django_db
STEM = "quokk"
PLACE_MARK = "Quokkaplace"
MARK = re.compile(r"Quokka[a-z]+")
PART = {"HX-Request": "true", "HX-Target": "results"}
PARTS = ("?ward=5", "?state=all&ward=5&back=", "?whose=all&span=all&ward=5",
         f"?q={STEM}&place_text={STEM}")  # fmt: skip
PERSON_MARK = "Quokkacaller"
# A place and a person are of the whole office: who takes a call in finds them, and nothing of
# what was reported there or by whom.
FOUND_BY_THEMSELVES = {
    PLACE_MARK: {"intake", "search", "place", "nominate"},
    PERSON_MARK: {"intake", "search"},
}
OUTSIDERS = ("anonymous", "nobody", "roleless", "liaison7", "cover5", "staff", "partner_ddot")
ONCE = pytest.mark.one_database


def marked_issue(world: World, who: Cast, agencies: Mapping[str, Party]) -> World:
    """An issue with a mark in everything; gives the world in which it is the issue of Ward 5."""
    place = note_place(
        None, key=99_001, label=f"{PLACE_MARK} court", latitude=38.921, longitude=-77.001,
        stamp=HOUSE,
    )  # fmt: skip
    person = note_person(
        None, name="Quokkacaller", phone="202-555-0171", email="quokkamail@example.org",
        consent=True, stamp=HOUSE,
    )  # fmt: skip
    complaint = take_complaint(
        place, said="Quokkasaid at night", channel="phone", title="Quokkatitle", reporter=person,
        topic_code="rodents", request_number="Quokkanumber", stamp=who.stamp,
    )  # fmt: skip
    matter = complaint.matter
    draft = AskDraft(agencies["DPW"], "Quokkaask", DUE, "Quokkaauthority")
    (ask,) = ask_agencies(matter, drafts=[draft], stamp=who.stamp)
    partner = world.cast["partner_dpw"]
    accept_ask(ask, promised_on=DUE, text="Quokkaanswer", stamp=partner.stamp)
    task = add_task(matter, party=who.party, wording="Quokkatask", due_on=DUE, stamp=who.stamp)
    capture_line(matter, text="Quokkanote @Quokkaname #rodents", stamp=who.stamp)
    log_contact(matter, channel="phone", text="Quokkacontact", stamp=who.stamp)
    say_where_it_stands(matter, text="Quokkastanding", stamp=who.stamp)
    set_next_step(matter, next_on=NEXT, next_step="Quokkanext", stamp=who.stamp)
    record_check(
        matter, seen_at=NOON - timedelta(hours=1), finding="partly", rating=2,
        note="Quokkacheck", stamp=who.stamp,
    )  # fmt: skip
    restrict_matter(matter, readers=[], reason="Quokkareason", stamp=who.stamp)
    matter = Matter.objects.get(pk=matter.pk)
    return replace(
        world,
        issues={**world.issues, "5": matter},
        asks={**world.asks, "5": ask},
        tasks={**world.tasks, "5": task},
    )


def marked_location(world: World, who: Cast) -> World:
    """A location with a plan, marked alike; gives the world in which it is that of Ward 5."""
    matter = open_matter(
        world.issues["5"].place, kind="persistent_location", title="Quokkalocation",
        owner=who.party, next_on=NEXT, next_step="Quokkastep", ward=world.matters["5"].ward,
        public_text="Quokkapublic", stamp=who.stamp,
    )  # fmt: skip
    plan = {**plan_words("DDOB"), "objective": "Quokkaobjective"}
    plan["steps"] = [StepDraft("DOB", "Quokkaplanned", "", DUE)]
    adopt_plan(matter, **plan, stamp=who.stamp)  # type: ignore[arg-type]
    restrict_matter(matter, readers=[], reason="Quokkawhy", stamp=who.stamp)
    return replace(world, matters={**world.matters, "5": Matter.objects.get(pk=matter.pk)})


def send_letters() -> None:
    """Whatever follows is written, as the worker would."""
    for _ in range(3):
        for receipt in due_receipts(at=NOON, most=200):
            deliver_receipt(receipt, stamp=HOUSE)


@pytest.fixture
def clients(
    world: World, sign_in: SignIn, staff: Cast, auditor: Cast, roleless: Cast, cover5: Cast
) -> dict[str, Client]:
    """Everybody's browser."""
    more = {"staff": staff, "auditor": auditor, "roleless": roleless, "cover5": cover5}
    return {**world.clients, **{name: sign_in(who) for name, who in more.items()}}


@pytest.fixture
def secret(world: World, agencies: Mapping[str, Party]) -> World:
    """The office with the marked matters in it."""
    send_letters()
    who = world.cast["liaison5"]
    made = marked_location(marked_issue(world, who, agencies), who)
    send_letters()
    return made


def read(client: Client, world: World, *names_read: str) -> Iterator[tuple[str, str]]:
    """Every answer of the site to this browser, by the name of its address: whole and in part."""
    for name in names_read or names():
        if name.endswith(("_pdf", "_word")) or name in {"feed_wards", "account_logout"}:
            continue
        path = address(world, name)
        with watched():
            plain = client.get(path)
        yield name, words_of(plain) + str(plain.headers.get("Location", ""))
        tried = worth_trying(plain, PARTS) if plain.status_code == 200 else []
        asked: tuple[dict[str, str], ...] = ({}, PART) if has_part(plain) else ({},)
        for query, headers in [*product(("",), asked[1:]), *product(tried, asked)]:
            answer = client.get(path + query, headers=headers)
            yield name, words_of(answer) + str(answer.headers.get("Location", ""))
        yield name, looked_up(client, path, world)


def words_of(answer: Any) -> str:
    """What an answer says; a paper is read where papers are tested."""
    kind = answer.headers.get("Content-Type", "")
    paper = kind.startswith("application/") and "json" not in kind
    return "" if paper else str(answer.getvalue().decode())


def looked_up(client: Client, path: str, world: World) -> str:
    """What a form answers to somebody who tries things out; nothing of it is kept."""
    issue = world.issues["5"]
    sent: dict[str, Any] = {
        "look": "1", "place_text": STEM, "said": STEM, "name_": STEM, "phone": "202-555-0171",
        "email": f"{STEM}amail@example.org", "spot": f"id:{issue.place_id}", "q": STEM,
        "text": f"@{STEM} !fri", "into": f"W-{issue.pk}", "onto": str(issue.pk),
    }  # fmt: skip
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.post(path, sent)
        shown = answer.content.decode()
        transaction.set_rollback(True)
    client.cookies = cookies
    return shown.replace(sent["email"], "")


def marks(answers: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    """The marks that can be read, each with the address."""
    return {(name, mark) for name, text in answers for mark in MARK.findall(text)}


def told(answers: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    """The marks that tell of the matters, so not a place or a person alone."""
    found = marks(answers)
    return {(name, mark) for name, mark in found if name not in FOUND_BY_THEMSELVES.get(mark, ())}


@pytest.mark.parametrize(
    "role", [who if who == "cover5" else pytest.param(who, marks=ONCE) for who in OUTSIDERS]
)
def test_what_is_restricted_is_on_no_page(
    role: str, secret: World, clients: dict[str, Client]
) -> None:
    assert told(read(clients[role], secret)) == set()


def test_agency_reads_what_it_was_asked_and_no_more(
    secret: World, clients: dict[str, Client]
) -> None:
    found = {mark for _, mark in marks(read(clients["partner_dpw"], secret))}
    assert found == {"Quokkaask", "Quokkaauthority", "Quokkaanswer", PLACE_MARK}


def test_those_it_is_open_to_read_every_mark(secret: World, clients: dict[str, Client]) -> None:
    """The power of the check: each mark stands somewhere, so each could have been found."""
    found = {mark for _, mark in marks(read(clients["director"], secret))}
    wanted = "title said number ask authority answer task note contact standing next check reason"
    wanted += " location step objective planned why caller"
    assert {f"Quokka{word}" for word in wanted.split()} <= found


def test_without_the_seal_the_office_reads_them(
    secret: World, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = access_queries.actor_for

    def unsealed(user: Any, *, on: Any) -> Any:
        actor = real(user, on=on)
        return replace(actor, reach=replace(actor.reach, sealed=frozenset()))

    monkeypatch.setattr("wardroom.web.edge.actor_for", unsealed)
    found = {mark for _, mark in marks(read(clients["staff"], secret, "issues", "issue", "day"))}
    assert {"Quokkatitle", "Quokkasaid", "Quokkanext"} <= found


# Where the director, to whom it is open, sees the difference that there is.
LISTS = ("issues", "asks")
LOOSE = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|nonce-[\w+/=-]+|csrf-token" content="[^"]+"'
    r'|data-sum="[^"]+"|name="(?:once|token)" value="[^"]+"'
)


def seen_by(client: Client, world: World, *read_names: str) -> dict[str, str]:
    """The lists and counts that somebody sees, without what differs from answer to answer."""
    client.get("/")  # which greets once
    wanted = read_names or names()
    plain = [name for name in wanted if address(world, name) == address(world, name, "7")]
    found = {}
    for name in plain:
        if name.startswith("account_") or name in {"intake", "feed_wards"}:
            continue
        with watched():
            first = client.get(address(world, name))
        found[name] = LOOSE.sub("", words_of(first))
        for query in worth_trying(first, ("?ward=5", "?state=all", "?whose=all")):
            answer = client.get(address(world, name) + query)
            found[f"{name}{query}"] = LOOSE.sub("", words_of(answer))
    return found


@pytest.mark.parametrize(
    "role", ["staff", pytest.param("cover5", marks=ONCE), pytest.param("liaison7", marks=ONCE)]
)
def test_no_count_tells_that_something_is_restricted(
    role: str, world: World, clients: dict[str, Client], agencies: Mapping[str, Party]
) -> None:
    """The lists are the same to the letter as if the restricted matters had never been."""
    send_letters()
    before = seen_by(clients[role], world)
    open_before = seen_by(clients["director"], world, *LISTS)
    who = world.cast["liaison5"]
    secret = marked_location(marked_issue(world, who, agencies), who)
    send_letters()
    after = seen_by(clients[role], world)
    changed = sorted(name for name in before if before[name] != after[name])
    assert changed == []
    open_after = seen_by(clients["director"], secret, *LISTS)
    assert [name for name in LISTS if open_before[name] == open_after[name]] == []
