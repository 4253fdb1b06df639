"""The page of a rota: what it offers in each state, and what it says before it is published."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import HOUSE, Cast
from tests.incidents.calling import on_call
from tests.office.rotas import MONDAY, begin, crew, published, wall
from tests.web.conftest import SignIn
from wardroom.calendar.models import Shift
from wardroom.incidents.actions import add_call_address
from wardroom.library.actions import load_reference_data
from wardroom.office.actions import ask_swap, enter_wish, give_turn, keep_proposal, want_proposal
from wardroom.office.models import Rota, Swap
from wardroom.office.queries import Answer
from wardroom.web.duty.showing import mail_goes

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "results"}


def shown(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def buttons(page: str, rota: Rota) -> list[str]:
    """The moves of a page in their order; an asterisk marks the one that stands out."""
    found = re.findall(
        rf'action="/rota/{rota.pk}/([a-z-]+)/".*?<button class="([^"]*)"', page, re.S
    )
    return [f"{v}{'' if 'outline' in look else '*'}" for v, look in found if v != "language"]


def test_what_updates_itself_brings_the_moves_of_the_new_state_along(
    director: Cast, sign_in: SignIn
) -> None:
    people = crew(3)
    rota = begin(director, weeks=1, backup=False)
    client, path = sign_in(director), f"/rota/{rota.pk}/"
    assert buttons(shown(client, path), rota) == ["propose*", "propose-with-gaps", "publish",
                                                  "drop"]  # fmt: skip
    page = unescape(client.post(f"{path}propose/", follow=True).content.decode())
    assert "Wardroom looks for the fairest rota since" in page
    assert "A proposal is being looked for" not in page
    assert buttons(shown(client, path, **HTMX), rota) == ["drop"]
    found = Answer(conflict=("Everybody is on leave",))
    keep_proposal(Rota.objects.get(pk=rota.pk), answer=found, stamp=HOUSE)
    part = shown(client, path, **HTMX)
    assert "Everybody is on leave" in part
    assert "hx-trigger" not in part
    assert buttons(part, rota) == ["propose-with-gaps*", "propose", "publish", "drop"]
    want_proposal(Rota.objects.get(pk=rota.pk), with_gaps=True, stamp=director.stamp)
    turns = list(rota.turns.order_by("pk"))
    given = {turn.pk: people[n % 3].user.pk for n, turn in enumerate(turns[:-1])}
    keep_proposal(Rota.objects.get(pk=rota.pk), answer=Answer(given), stamp=HOUSE)
    part = shown(client, path, **HTMX)
    assert buttons(part, rota) == ["publish*", "propose", "propose-with-gaps", "drop"]
    assert "1 turn of 7 has nobody." in part


def test_the_pages_of_a_swap_say_when_its_mail_goes_out(
    director: Cast, sign_in: SignIn, settings: Any
) -> None:
    people = crew(7)
    published(director, people)
    shift = Shift.objects.get(on_date=MONDAY)
    page = shown(sign_in(people[0]), f"/my-shifts/{shift.pk}/swap/")
    assert "Mail about it goes out at once." in page
    answer = sign_in(people[0]).post(f"/my-shifts/{shift.pk}/swap/", {"asked_id": ""}, follow=True)
    page = unescape(answer.content.decode())
    assert "Asked. Mail about it goes out at once. It is asked again by itself" in page
    settings.QUIET_HOURS = True
    load_reference_data(None, stamp=HOUSE)
    saturday = wall(MONDAY + timedelta(days=5), 14)
    assert (
        mail_goes(wall(MONDAY + timedelta(days=6), 8), saturday)
        == "Mail about it goes out at once."
    )
    assert mail_goes(wall(MONDAY + timedelta(days=8), 17), saturday) == (
        "Mail about it goes out on Monday at 9 a.m."
    )


def test_a_draft_says_whom_publishing_tells_and_which_days_stay_without_a_rota(
    director: Cast, sign_in: SignIn
) -> None:
    people = crew(7)
    rota = published(director, people)
    after = begin(director, first=rota.until_on + timedelta(days=15), backup=False)
    page = shown(sign_in(director), f"/rota/{after.pk}/")
    assert "Publishing tells 0 people by mail; 14 turns have nobody." in page
    assert "No rota is in force from Mon, December 14 to Sun, December 27 then." in page
    for turn in after.turns.order_by("pk")[:2]:
        give_turn(turn, user_id=people[turn.pk % 7].user.pk, because="so", stamp=director.stamp)
    page = shown(sign_in(director), f"/rota/{after.pk}/")
    assert "Publishing tells 2 people by mail; 12 turns have nobody." in page


def test_the_director_enters_leave_on_the_page_of_a_person(
    director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    path = f"/rota/people/{liaison5.user.pk}/"
    client = sign_in(director)
    assert "Enter leave for Liaison of Ward 5" in shown(client, path)
    assert "Enter leave" not in shown(sign_in(liaison5), path)
    client = sign_in(director)
    wrong = client.post(f"{path}leave/", {"kind": "leave", "from_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "These days are over." in unescape(wrong.content.decode())
    sent = {"kind": "leave", "from_on": "2027-03-01"}
    page = unescape(client.post(f"{path}leave/", sent, follow=True).content.decode())
    assert "Saved. They are told by mail." in page
    assert "Entered by The Director" in page
    action = re.search(r"/my-shifts/wishes/\d+/withdraw/", page)
    assert action is not None
    page = unescape(client.post(action[0], follow=True).content.decode())
    assert "Nobody has told of any days." in page


def test_a_swap_has_no_choice_of_lines_that_agencies_read(director: Cast, sign_in: SignIn) -> None:
    people = crew(7)
    published(director, people)
    swap = ask_swap(Shift.objects.get(on_date=MONDAY), stamp=people[0].stamp)
    page = shown(sign_in(people[0]), f"/swaps/{swap.pk}/")
    assert "What happened" in page
    assert "Shared with agencies" not in page
    assert "Office only" not in page


def test_who_could_have_a_turn_stands_whole_and_is_not_called_optional(
    director: Cast, sign_in: SignIn
) -> None:
    people = crew(7)
    rota = published(director, people)
    shift = Shift.objects.get(on_date=MONDAY)
    after = begin(director, first=rota.until_on + timedelta(days=1), backup=False)
    turn = after.turns.order_by("pk")[0]
    for who, path in (
        (director, f"/rota/{after.pk}/turns/{turn.pk}/"),
        (director, f"/on-call/{shift.pk}/"),
        (people[0], f"/my-shifts/{shift.pk}/swap/"),
    ):
        main = shown(sign_in(who), path).partition("<main")[2]
        assert re.search(r'<label class="usa-radio__label"[^>]*>Cleo[^<]*: free', main), path
        in_return = ["in_return_id"] if "/swap/" in path else []
        assert re.findall(r'<select name="([^"]*)"', main) == in_return, path
        assert "(optional)" not in main


def test_on_call_says_who_answers_in_working_hours(
    director: Cast, liaison5: Cast, liaison7: Cast, sign_in: SignIn
) -> None:
    today = localdate(director.stamp.at)
    enter_wish(None, kind="leave", from_on=today, until_on=today + timedelta(days=7),
               stamp=liaison7.stamp)  # fmt: skip
    page = shown(sign_in(director), "/on-call/")
    part = page.partition("In working hours")[2].partition("</section>")[0]
    assert re.search(r"<dt>Ward 5</dt><dd>Liaison of Ward 5</dd>", part), part
    assert re.search(r"<dt>Ward 7</dt><dd>.*Nobody.*Liaison of Ward 7", part), part


def test_on_call_warns_where_a_call_goes_to_the_sign_in_alone(
    director: Cast, liaison5: Cast, liaison7: Cast, sign_in: SignIn
) -> None:
    on_call(director, on_call=liaison5, backup=liaison7)

    def warned(who: Cast) -> str:
        page = shown(sign_in(who), "/on-call/")
        return page.partition("A call at night may not be seen")[2].partition("</section>")[0]

    assert "Liaison of Ward 5, Liaison of Ward 7: no address" in warned(director)
    assert "<p>Liaison of Ward 5: no address" in warned(liaison5)  # of a colleague nothing

    def add(who: Cast, value: str) -> None:
        add_call_address(who.party, kind="email", value=value, stamp=director.stamp)

    add(liaison7, liaison7.email.upper())
    add(liaison5, "night@example.org")
    assert "<p>Liaison of Ward 7: no address" in warned(director)
    add(liaison7, "other@example.org")
    assert [warned(who) for who in (director, liaison5, liaison7)] == ["", "", ""]


def test_a_swap_takes_a_shift_in_return_and_else_gives_it_away(
    director: Cast, sign_in: SignIn
) -> None:
    people = crew(7)
    published(director, people)
    ada, eve = people[0], people[4]
    mine = Shift.objects.get(on_date=MONDAY)
    back = Shift.objects.get(on_date=MONDAY + timedelta(days=11))
    assert "Swap or give away" in shown(sign_in(ada), "/my-shifts/")
    path = f"/my-shifts/{mine.pk}/swap/"
    page = shown(sign_in(ada), path)
    assert "None: I give it away" in page
    assert f'<option value="{back.pk}">Eve: Fri, December 11' in page
    sent = {"asked_id": str(people[2].user.pk), "in_return_id": str(back.pk)}
    wrong = sign_in(ada).post(path, sent)
    assert wrong.status_code == 422
    assert "This shift is somebody else's." in unescape(wrong.content.decode())
    answer = sign_in(ada).post(path, {**sent, "asked_id": ""}, follow=True)
    assert "Ada takes On call, Fri, December 11" in unescape(answer.content.decode())
    swap = Swap.objects.get()
    page = shown(sign_in(eve), f"/swaps/{swap.pk}/")
    assert "Swap these two shifts" in page
    page = unescape(sign_in(eve).post(f"/swaps/{swap.pk}/accept/", follow=True).content.decode())
    assert "Swapped" in page
    away = ask_swap(Shift.objects.get(on_date=MONDAY + timedelta(days=7)), stamp=ada.stamp)
    page = shown(sign_in(eve), f"/swaps/{away.pk}/")
    assert "None: the shift is given away" in page
    assert "Take this shift" in page
