"""A caller whose number is known is not noted twice: who takes it in is asked, script or not."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import HOUSE
from tests.web.conftest import World
from wardroom.casework.models import Complaint
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party

pytestmark = pytest.mark.django_db
PHONE = "202-555-0147"
SENT = {
    "said": "Bags in the alley again",
    "channel": "phone",
    "ward_code": "5",
    "name_": "Somebody Typed",
    "phone": "(202) 555-0147",
    "email": "",
    "language": "es",
    "interpreter": "on",
}


@pytest.fixture
def ada(world: World) -> Party:
    """Somebody who called before, and whom every liaison may see."""
    return note_person(None, name="Ada Poe", phone=PHONE, email="ada@example.org", stamp=HOUSE)


def take(client: Client, status: int, **words: str) -> str:
    answer = client.post(reverse("intake"), {**SENT, **words})
    assert answer.status_code == status
    return unescape(answer.content.decode())


def latest() -> Complaint:
    found: Complaint = Complaint.objects.select_related("reporter").order_by("-pk")[0]
    return found


def test_known_number_is_asked_about_and_nothing_typed_is_lost(world: World, ada: Party) -> None:
    complaints, people = Complaint.objects.count(), Party.objects.count()
    answer = world.clients["liaison5"].post(reverse("intake"), SENT)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"phone"}
    page = unescape(answer.content.decode())
    assert "Ada Poe has this phone number already." in page
    assert re.search(rf'name="person" id="person_{ada.pk}" value="{ada.pk}">', page)
    assert 'name="person" id="person_0" value="other">' in page
    assert "Somebody new" in page
    for typed in ("Bags in the alley again", "Somebody Typed", "(202) 555-0147"):
        assert typed in page
    assert '<option value="es" selected>' in page
    assert re.search(r'name="interpreter"[^>]* checked', page)
    assert (Complaint.objects.count(), Party.objects.count()) == (complaints, people)


def test_person_who_is_chosen_is_not_noted_again(world: World, ada: Party) -> None:
    people = Party.objects.count()
    take(world.clients["liaison5"], 302, person=str(ada.pk))
    assert latest().reporter == ada
    assert Party.objects.count() == people


def test_somebody_new_is_noted_where_that_is_said(world: World, ada: Party) -> None:
    take(world.clients["liaison5"], 302, person="other", offered=f"{ada.pk},")
    reporter = latest().reporter
    assert reporter is not None
    assert (reporter.name, reporter == ada) == ("Somebody Typed", False)


def test_page_that_was_sent_without_a_choice_asks_again(world: World, ada: Party) -> None:
    page = take(world.clients["liaison5"], 422)
    again = re.search(r'name="offered" value="([^"]*)"', page)
    assert again is not None
    take(world.clients["liaison5"], 422, offered=again[1])


def test_choice_made_before_the_number_was_typed_is_no_answer(world: World, ada: Party) -> None:
    """The page offered who had called from the place; then a known number was typed."""
    assert "Ada Poe" in take(world.clients["liaison5"], 422, person="", offered="")


def chosen_beforehand(page: str) -> list[str]:
    radios = re.findall(r'<input[^>]* name="person"[^>]*>', page)
    assert radios
    return [radio for radio in radios if " checked" in radio]


@pytest.mark.parametrize("sent", [{}, {"phone": "", "email": "ada@example.org"}])
def test_nobody_is_chosen_beforehand_while_the_number_is_typed(
    world: World, ada: Party, sent: dict[str, str]
) -> None:
    liaison, people = world.clients["liaison5"], Party.objects.count()
    shown = take(liaison, 200, look="1", **sent)
    assert chosen_beforehand(shown) == []
    take(liaison, 422, offered=f"{ada.pk},", **sent)
    take(liaison, 422, offered=f"{ada.pk},", person="", **sent)
    assert Party.objects.count() == people


def test_somebody_new_is_asked_about_again_once_another_number_is_typed(
    world: World, ada: Party
) -> None:
    liaison = world.clients["liaison5"]
    said = {"look": "1", "person": "other"}
    assert chosen_beforehand(take(liaison, 200, **said, offered="")) == []
    assert len(chosen_beforehand(take(liaison, 200, **said, offered=f"{ada.pk},"))) == 1
    take(liaison, 422, person="other", offered="")


def test_name_alone_leaves_somebody_new_chosen(world: World, ada: Party) -> None:
    shown = take(world.clients["liaison5"], 200, look="1", name_="Ada Poe", phone="")
    assert [radio for radio in chosen_beforehand(shown) if 'value="other"' in radio]


def test_known_address_is_asked_about_too(world: World, ada: Party) -> None:
    sent = {"phone": "", "email": "ADA@example.org"}
    assert "Ada Poe has this e-mail already." in take(world.clients["liaison5"], 422, **sent)


def test_several_with_one_number_are_all_offered(world: World, ada: Party) -> None:
    ben = note_person(None, name="Ben Poe", phone=PHONE, stamp=HOUSE)
    page = take(world.clients["liaison5"], 422)
    assert "2 people have this phone number already." in page
    assert {f"person_{ada.pk}", f"person_{ben.pk}"} <= set(re.findall(r'id="(person_\d+)"', page))


def test_person_of_the_same_name_and_number_is_chosen_beforehand(world: World, ada: Party) -> None:
    page = take(world.clients["liaison5"], 422, name_="Ada Poe")
    assert f'value="{ada.pk}" checked' in page


def test_nobody_is_asked_where_nothing_is_known(world: World, ada: Party) -> None:
    take(world.clients["liaison5"], 302, phone="202-555-0199")
    take(world.clients["liaison5"], 302, name_="", phone="", anonymous="on", interpreter="")


def test_somebody_out_of_reach_is_not_named(world: World) -> None:
    hidden = world.people["7"]
    phone = "202-555-0107"
    assert hidden.contact_points.get(channel="phone").value == phone
    answer = world.clients["liaison5"].post(reverse("intake"), {**SENT, "phone": phone})
    seen = hidden.name in unescape(answer.content.decode())
    looked = world.clients["liaison5"].post(
        reverse("intake"), {**SENT, "phone": phone, "look": "1"}
    )
    assert seen == (hidden.name in unescape(looked.content.decode()))
