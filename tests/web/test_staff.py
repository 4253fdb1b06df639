"""The pages of the staff and of handovers: what they refuse, keep, and offer to whom."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.ground import DUE
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_forms import kept, refused, says
from wardroom.access.actor import Role
from wardroom.access.models import Grant
from wardroom.directory.actions import hire_person
from wardroom.directory.queries import liaison_of
from wardroom.kernel.facts import Ref
from wardroom.matters.actions import add_task, catch_up_handover, set_successor
from wardroom.matters.models import Handover

pytestmark = pytest.mark.django_db


def text(world: World, role: str, path: str) -> str:
    answer = world.clients[role].get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def hand_to(world: World, ward: str, role: str) -> Handover:
    """Everything of the ward's handover is proposed to somebody."""
    handover = world.handovers[ward]
    things = [Ref(item.noun, item.key) for item in handover.items.all()]
    set_successor(
        handover,
        successor=world.cast[role].party,
        things=things,
        stamp=world.cast["director"].stamp,
    )
    return handover


def test_the_list_shows_who_works_here_and_offers_buttons_to_the_director(world: World) -> None:
    page = text(world, "director", "/staff/")
    assert "Liaison of Ward 5" in page
    assert "Partner at DPW" not in page
    assert "Hire somebody" in page
    assert "Hands over" in page
    assert "Partner at DPW" in text(world, "director", "/staff/?group=agencies")
    assert "Without a role" in text(world, "director", "/staff/?group=former")
    assert "Liaison of Ward 7" not in text(world, "director", "/staff/?ward=5")
    assert "Nobody fits these filters" in text(world, "director", "/staff/?group=former&ward=5")
    for role in ("liaison5", "records"):
        page = text(world, role, "/staff/")
        assert "Liaison of Ward 7" in page
        assert "Hire somebody" not in page
        assert 'href="/staff/1' not in page


def test_nobody_with_live_work_is_let_go_and_the_page_says_where_to_go(world: World) -> None:
    path = address(world, "staff_member")
    grant = re.search(r'name="grant"[^>]*>.*?value="(\d+)"', text(world, "director", path), re.S)
    assert grant is not None
    for verb, sent in (
        ("close", {"reason": "Leaves <now>"}),
        ("end", {"grant": grant[1], "until_on": "2026-11-18"}),
    ):
        page = refused(world, "director", f"{path}{verb}/", sent)
        assert "still has live work" in page
        assert f'href="{address(world, "handover")}"' in page
        assert kept(page, sent) == []


HIRE = [
    ({}, "name_", "Fill in “Name”."),
    ({"role": "liaison"}, "ward_code", "Say which ward the liaison serves."),
    ({"role": "partner"}, "agency_code", "Say which agency the partner works for."),
    ({"email": "nowhere"}, "email", "nowhere is not an e-mail address."),
    ({"email": "director@example.org"}, "email", "director@example.org can already sign in."),
    ({"role": "king"}, "role", "Choose one of the answers listed under “Role”."),
    ({"since_on": "soon"}, "since_on", "“First day” must be a date, such as 2026-11-30."),
]


@pytest.mark.parametrize(("wrong", "field", "sentence"), HIRE)
def test_a_hiring_that_is_not_whole(
    wrong: dict[str, str], field: str, sentence: str, world: World
) -> None:
    whole = {"name_": "A <New>", "email": "n@example.org", "role": "staff",
             "since_on": "2026-11-18"}  # fmt: skip
    sent = {**whole, **wrong} if wrong else {**whole, "name_": ""}
    page = refused(world, "director", "/staff/hire/", sent)
    assert says(page, f"hire_{field}") == sentence
    assert kept(page, {k: v for k, v in sent.items() if v != "king"}) == []


MEMBER = [
    ("cover", {"ward_code": "7", "valid_from": "2026-11-20", "valid_until": "2026-11-19"},
     "cover_valid_until", "The cover ends before it starts."),
    ("cover", {"ward_code": "5", "valid_from": "2026-11-20", "valid_until": "2026-11-21"},
     "cover_ward_code", "Liaison of Ward 5 has Ward 5 already."),
    ("role", {"role": "liaison", "ward_code": "", "valid_from": "2026-11-20"},
     "role_ward_code", "Say which ward the liaison serves."),
    ("end", {"grant": "99999", "until_on": "2026-11-20"}, "end_grant",
     "Choose one of the answers listed under “Which role”."),
    ("close", {"reason": ""}, "close_reason", "Fill in “Why”."),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "sent", "control", "sentence"), MEMBER)
def test_a_change_to_somebody_that_is_not_whole(
    verb: str, sent: dict[str, str], control: str, sentence: str, world: World
) -> None:
    page = refused(world, "director", f"{address(world, 'staff_member')}{verb}/", sent)
    assert says(page, control) == sentence


def test_the_bar_says_whose_seat_a_new_liaison_takes(world: World) -> None:
    hire_person(
        None,
        email="first@example.org",
        name="First Liaison",
        password="walk-the-alley-twice",
        role=Role.LIAISON,
        since_on=date(2026, 11, 2),
        ward_code="7",
        stamp=world.cast["director"].stamp,
    )
    sent = {"name_": "Second Liaison", "email": "n@example.org", "role": "liaison",
            "ward_code": "7", "since_on": "2026-11-18"}  # fmt: skip
    answer = world.clients["director"].post("/staff/hire/", sent, follow=True)
    assert (
        "First Liaison had the liaison's seat of Ward 7: new complaints there go to"
        " Second Liaison from Nov 18, 2026 on."
    ) in unescape(answer.content.decode())
    assert liaison_of("7", on=date(2026, 11, 18)) == "Second Liaison"


def test_another_role_takes_no_seat_and_the_bar_says_so(world: World) -> None:
    path = reverse("staff_move", args=[world.cast["liaison5"].party.pk, "role"])
    sent = {"role": "liaison", "ward_code": "7", "valid_from": "2026-11-18"}
    before = liaison_of("7", on=date(2026, 11, 18))
    answer = world.clients["director"].post(path, sent, follow=True)
    said = unescape(answer.content.decode())
    assert "The role is given." in said
    assert (f"{before} has" if before else "Nobody has") + " the liaison's seat of Ward 7" in said
    assert liaison_of("7", on=date(2026, 11, 18)) == before


def test_a_second_handover_is_told_apart_from_a_mistake(world: World) -> None:
    path = f"{address(world, 'staff_member')}start/"
    sent = {"why": "Again", "last_on": "2026-12-01"}
    refused(world, "director", path, sent, status=409)


def test_a_choice_that_cannot_be_keeps_the_form(world: World) -> None:
    other = world.cast["liaison7"].party.pk
    path = address(world, "handover")
    page = refused(
        world, "director", f"{path}successor/", {"successor": str(other), "scope": "all"}
    )
    assert "is handing over, too. Choose somebody who stays." in page
    page = refused(world, "director", f"{path}successor/", {"successor": "", "scope": "all"})
    assert says(page, "successor_successor") == "Choose “Who takes over”."
    item = world.handovers["5"].items.order_by("pk")[0]
    sent = {"successor": str(other), "thing": f"{item.noun}:{item.key}"}
    page = refused(world, "director", f"{path}successor/", sent)
    assert f'<option value="{other}" selected>' in page
    assert '<details class="more" open>' in page


def test_what_was_typed_in_a_row_comes_back(world: World) -> None:
    handover = hand_to(world, "5", "director")
    item = handover.items.order_by("pk")[0]
    long = "x" * 301
    path = address(world, "handover")
    page = refused(world, "director", f"{path}back/", {"item": str(item.pk), "reason": long})
    assert f'value="{long}"' in page
    sent = {"thing": f"{item.noun}:{item.key}", "text": "y" * 4001}
    page = refused(world, "director", f"{path}note/", sent)
    assert "y" * 4001 in page


def test_a_successor_accepts_one_kind_at_once_and_a_stranger_nothing(world: World) -> None:
    other = world.cast["liaison7"]
    add_task(None, party=other.party, wording="Write", due_on=DUE, stamp=other.stamp)
    catch_up_handover(world.handovers["7"], stamp=other.stamp)
    handover = hand_to(world, "7", "director")
    path = address(world, "handover", "7")
    page = text(world, "director", path)
    tasks = [str(pk) for pk in handover.items.filter(kind="task").values_list("pk", flat=True)]
    assert f"Accept all {len(tasks)}" in page
    assert world.clients["liaison7"].post(f"{path}accept/", {"item": tasks}).status_code == 403
    assert world.clients["liaison5"].post(f"{path}accept/", {"item": tasks}).status_code == 404
    assert world.clients["director"].post(f"{path}accept/", {"item": tasks}).status_code == 302
    assert handover.items.filter(state="accepted").count() == len(tasks)
    nothing = world.clients["director"].post(f"{path}accept/", {"item": "x"})
    assert nothing.status_code == 422
    foreign = str(world.handovers["5"].items.all()[0].pk)
    assert world.clients["director"].post(f"{path}accept/", {"item": foreign}).status_code == 404
    for verb in ("accepted", "drop", "__init__"):
        assert world.clients["director"].post(f"{path}{verb}/", {}).status_code == 404


def test_what_came_since_is_put_on_the_list_by_a_button(world: World) -> None:
    other, path = world.cast["liaison7"], address(world, "handover", "7")
    add_task(None, party=other.party, wording="Write", due_on=DUE, stamp=other.stamp)
    before = world.handovers["7"].items.count()
    for role in ("director", "liaison7"):
        assert "Look again" in text(world, role, path)
    assert "Look again" not in text(world, "records", path)
    answer = world.clients["liaison7"].post(f"{path}again/", {}, follow=True)
    assert "1 thing came onto the list, 0 fell off." in answer.content.decode()
    assert world.handovers["7"].items.count() == before + 1
    answer = world.clients["director"].post(f"{path}again/", {}, follow=True)
    assert "Nothing has changed: the list is up to date." in answer.content.decode()
    assert world.clients["liaison5"].post(f"{path}again/", {}).status_code == 404


def test_filters_of_a_handover_choose_rows_and_bear_nonsense(world: World) -> None:
    path = address(world, "handover")
    assert "Ring them" in text(world, "director", f"{path}?show=gathered")
    assert "Nothing fits these filters" in text(world, "director", f"{path}?show=accepted")
    for query in ("show=xyz", "ward=%C3%A9", "size=-1", "page=999", "size=500", "ward=7"):
        text(world, "director", f"{path}?{query}")


def test_the_why_is_for_the_leaver_and_those_above(world: World) -> None:
    hand_to(world, "7", "director")
    assert "A detail" in text(world, "liaison7", address(world, "handover", "7"))


def test_last_day_to_come_says_what_becomes_of_the_work(world: World) -> None:
    person = hire_person(
        None,
        email="soon@example.org",
        name="Leaves Soon",
        password="walk-the-alley-twice",
        role=Role.STAFF,
        since_on=NOON.date(),
        stamp=HOUSE,
    )
    director = world.clients["director"]
    path = reverse("staff_move", args=[person.pk, "end"])
    grant = Grant.objects.get(user=person.user)
    answer = director.post(path, {"grant": grant.pk, "until_on": "2026-11-30"}, follow=True)
    assert "stands in your list the morning after" in unescape(answer.content.decode())
    todo = text(world, "director", reverse("issue_todo", args=[world.issues["5"].pk]))
    assert "Leaves Soon, until Monday, November 30, 2026" in todo
    sent = {"which": "task", "wording": "Call", "kind": "todo", "due_on": "2026-12-24"}
    address = reverse("issue_todo", args=[world.issues["5"].pk])
    answer = director.post(address, {**sent, "party_id": person.pk}, follow=True)
    assert "Leaves Soon works here until" in unescape(answer.content.decode())
