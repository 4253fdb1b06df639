"""The pages of the directory: lists by their filters, seats, consent, records that are joined."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.directory.test_organisations import load_city
from tests.engagement.test_commitments import heard
from tests.engagement.test_papers import taken_in
from tests.ground import Ground
from tests.trouble import load_topics
from tests.web.conftest import SignIn
from wardroom.directory.actions import (
    add_organisation,
    fill_seat,
    make_commissions,
    note_person,
)
from wardroom.directory.models import Consent, ContactPoint, Party, Seat
from wardroom.matters.actions import log_contact

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def city(director: Cast) -> None:
    load_city()
    make_commissions(None, stamp=director.stamp)


@pytest.mark.usefixtures("city")
def test_list_is_filtered_by_the_address(liaison5: Cast, sign_in: SignIn) -> None:
    desk = sign_in(liaison5)
    group = add_organisation(
        None, name="Friends", organisation_kind="civic", area="SMD 5B02", stamp=liaison5.stamp
    )
    person = note_person(None, name="Ash Reed", language="am", stamp=liaison5.stamp)
    seat = Seat.objects.get(smd_code="5B01")
    fill_seat(seat, holder=person, since_on=date(2025, 1, 2), stamp=liaison5.stamp)
    log_contact(
        None, channel="phone", text="Hello", party=person, ward_code="5", stamp=liaison5.stamp
    )

    def names(query: str) -> set[str]:
        table = desk.get(f"/people/?{query}").context["table"]
        return {row[0].text for row in table.rows}

    assert names("kind=civic") == {"Friends"}
    assert names("ward=5&kind=civic") == {"Friends"}
    assert names("ward=7&kind=civic") == set()
    assert names("anc=5B") == {"ANC 5B", "Friends", "Ash Reed"}
    assert names("language=am") == {"Ash Reed"}
    assert names("kind=person&quiet=90") == set()
    assert names("kind=civic&quiet=90") == {"Friends"}
    assert names("waits=vacancy&anc=5B") == {"ANC 5B"}
    assert names("kind=anc&ward=3") & names("kind=anc&ward=4") == {"ANC 3/4G"}
    assert names("q=friends") == {group.name}


def test_director_makes_the_commissions_with_a_button(director: Cast, sign_in: SignIn) -> None:
    load_city()
    desk = sign_in(director)
    page = desk.get("/people/").content.decode()
    assert "345 of them have no commissioner" in page
    assert desk.post("/people/commissions/").status_code == 302
    assert "Make the ANCs" not in desk.get("/people/").content.decode()
    assert Seat.objects.filter(district__isnull=False).count() == 345


def test_organization_is_added_and_bad_input_is_said_at_its_field(
    liaison5: Cast, sign_in: SignIn
) -> None:
    desk = sign_in(liaison5)
    way = reverse("organization_new")
    wrong = desk.post(way, {"called": "Friends", "organisation_kind": "civic", "area": "Ward 99"})
    assert wrong.status_code == 422
    assert "area" in wrong.context["form"].errors
    assert "Friends" in wrong.content.decode()
    done = desk.post(way, {"called": "Friends", "organisation_kind": "civic"})
    assert done.status_code == 302
    again = desk.post(way, {"called": "friends", "organisation_kind": "civic"})
    assert (again.status_code, list(again.context["form"].errors)) == (409, ["called"])


def test_consent_is_noted_by_purpose_on_the_page(liaison5: Cast, sign_in: SignIn) -> None:
    person = note_person(None, name="Ash Reed", email="ash@example.org", stamp=liaison5.stamp)
    point = ContactPoint.objects.get(party=person)
    desk = sign_in(liaison5)
    page = reverse("party", args=[person.pk])
    sent = {"point_id": point.pk, "purpose": "invitations", "said": "yes", "how": ""}
    wrong = desk.post(f"{page}consent/", sent)
    assert (wrong.status_code, list(wrong.context["failed"].errors)) == (422, ["how"])
    assert "What ash@example.org may be used for" in wrong.content.decode()
    assert desk.post(f"{page}consent/", {**sent, "how": "by mail"}).status_code == 302
    assert Consent.objects.filter(point=point, purpose="invitations", given=True).count() == 1
    assert "by mail" in desk.get(page).content.decode()


def test_joined_record_leads_to_the_one_that_stays_and_is_parted_again(
    liaison5: Cast, sign_in: SignIn
) -> None:
    kept = note_person(None, name="Ash Reed", phone="202-555-0101", stamp=liaison5.stamp)
    gone = note_person(None, name="Ash Reade", phone="202-555-0101", stamp=liaison5.stamp)
    log_contact(
        None, channel="phone", text="Old words", party=gone, ward_code="5", stamp=liaison5.stamp
    )
    desk = sign_in(liaison5)
    suggested = desk.get("/people/twins/").content.decode()
    way = reverse("party_join", args=[gone.pk, kept.pk])
    assert way in suggested
    assert desk.get(way).status_code == 200
    assert desk.post(way, {"reason": ""}).status_code == 422
    assert desk.post(way, {"reason": "She said so"}).status_code == 302
    assert way not in desk.get("/people/twins/").content.decode()
    page = reverse("party", args=[kept.pk])
    assert desk.get(reverse("party", args=[gone.pk])).headers["Location"] == page
    brief = reverse("brief", args=[gone.pk])
    assert desk.get(brief).headers["Location"] == reverse("brief", args=[kept.pk])
    words = desk.get(page).content.decode()
    assert "Old words" in words
    assert "was joined to this" in words
    assert "Ash Reade" not in {r[0].text for r in desk.get("/people/").context["table"].rows}
    part = reverse("party_part", args=[kept.pk, gone.pk])
    assert desk.post(part, {"reason": ""}).status_code == 422
    assert desk.post(part, {"reason": "Two sisters"}).status_code == 302
    assert desk.get(reverse("party", args=[gone.pk])).status_code == 200
    assert "Old words" not in desk.get(page).content.decode()


def test_brief_of_a_commissioner_holds_promises_and_papers_of_the_commission(
    ground: Ground, director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    load_topics()
    load_city()
    make_commissions(None, stamp=director.stamp)
    person = note_person(None, name="Ash Reed", stamp=liaison5.stamp)
    seat = Seat.objects.get(smd_code="5B01")
    fill_seat(seat, holder=person, since_on=date(2025, 1, 2), stamp=liaison5.stamp)
    taken_in(ground, liaison5)
    heard(ground, liaison5)
    heard(ground, liaison5, wording="We will trim the trees", made_to="Ash Reed of 5B01")
    heard(ground, liaison5, wording="We will paint the wall", made_to="ANC 5C")
    words = sign_in(liaison5).get(reverse("brief", args=[person.pk])).content.decode()
    for said in ("No trucks in the alley at night", "two cans on the corner", "trim the trees"):
        assert said in words, said
    assert "paint the wall" not in words
    commission = sign_in(liaison5).get(reverse("brief", args=[seat.organisation_id]))
    assert "No trucks in the alley at night" in commission.content.decode()


def test_card_of_one_and_of_a_list(liaison5: Cast, sign_in: SignIn) -> None:
    person = note_person(None, name="Ash Reed", phone="202-555-0101", stamp=liaison5.stamp)
    desk = sign_in(liaison5)
    one = desk.get(reverse("party_card", args=[person.pk]))
    assert one.headers["Content-Type"] == "text/vcard; charset=utf-8"
    text = one.content.decode()
    assert "VERSION:3.0" in text
    assert "TEL;TYPE=VOICE:+12025550101" in text
    four = desk.get(reverse("people_cards") + "?kind=person&version=4.0").content.decode()
    assert four.count("BEGIN:VCARD") == Party.objects.filter(kind="person", user=None).count() == 1
    assert "KIND:individual" in four


def test_import_says_what_is_wrong_and_keeps_what_was_pasted(
    liaison5: Cast, sign_in: SignIn
) -> None:
    desk = sign_in(liaison5)
    wrong = desk.post(reverse("contacts_import"), {"text": "Colour\nred <b>"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["text"]
    assert "red &lt;b&gt;" in wrong.content.decode()
