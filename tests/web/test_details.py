"""An issue is corrected on its page; the place is looked up, and the ward follows from it."""

from __future__ import annotations

from html import unescape

import pytest

from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_forms import kept, refused, says
from tests.web.test_reading import row_counts
from wardroom.casework.actions import split_complaint, take_complaint
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db
SENT = {"title": "Bags and paint", "topic_code": "", "public_text": "The city clears it."}


def test_corrected_issue_says_so_everywhere(world: World) -> None:
    client, matter = world.clients["liaison5"], world.issues["5"]
    answer = client.post(address(world, "issue_details"), SENT, follow=True)
    page = unescape(answer.content.decode())
    assert answer.redirect_chain == [(address(world, "issue"), 302)]
    assert "Bags and paint" in page
    assert "Corrected: Title was" in page
    assert Matter.objects.get(pk=matter.pk).public_text == "The city clears it."
    assert "Bags and paint" in client.get("/issues/").content.decode()


def test_place_is_looked_up_before_it_is_chosen(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "issue_details")
    before = row_counts()
    there = world.matters["7"].place
    assert there is not None
    looked = client.post(path, {**SENT, "place_text": there.label, "look": "1"})
    page = looked.content.decode()
    assert (looked.status_code, row_counts()) == (200, before)
    assert f'value="id:{there.pk}"' in page
    assert kept(page, {**SENT, "place_text": there.label}) == []
    unchosen = refused(world, "liaison5", path, {**SENT, "place_text": there.label})
    assert says(unchosen, "details_spot") == "Choose which place it is."


def test_place_in_a_colleagues_ward_hands_the_issue_over(world: World) -> None:
    client, there = world.clients["liaison5"], world.matters["7"].place
    assert there is not None
    sent = {**SENT, "place_text": there.label, "spot": f"id:{there.pk}"}
    answer = client.post(address(world, "issue_details"), sent, follow=True)
    page = unescape(answer.content.decode())
    assert answer.redirect_chain == [("/issues/", 302)]
    assert "It is in Ward 7 now" in page
    assert Matter.objects.get(pk=world.issues["5"].pk).ward_code == "7"
    assert client.get(address(world, "issue")).status_code == 404


def test_place_that_is_only_written_keeps_the_ward(world: World) -> None:
    sent = {**SENT, "place_text": "By the tracks", "spot": "typed"}
    answer = world.clients["liaison5"].post(address(world, "issue_details"), sent)
    assert answer.status_code == 302
    moved = Matter.objects.select_related("place").get(pk=world.issues["5"].pk)
    assert (moved.ward_code, str(moved.place)) == ("5", "By the tracks")


def test_input_that_is_off_says_so_at_its_field(world: World) -> None:
    path = address(world, "issue_details")
    for sent, field, sentence in (
        ({**SENT, "title": ""}, "details_title", "Fill in “Title”."),
        (
            {**SENT, "title": "x" * 201},
            "details_title",
            "Keep “Title” within 200 characters; it has 201 now.",
        ),
        (
            {**SENT, "topic_code": "none-such"},
            "details_topic_code",
            "Choose one of the answers listed under “Topic”.",
        ),
        (
            {**SENT, "place_text": "By the tracks", "spot": "id:9"},
            "details_spot",
            "Choose one of the answers listed under “Which place”.",
        ),
    ):
        assert says(refused(world, "liaison5", path, sent), field) == sentence


def test_splitting_is_taken_back_on_the_page_of_what_was_split_off(world: World) -> None:
    who, one = world.cast["liaison5"], world.issues["5"]
    other = take_complaint(
        None, said="Paint, too", channel="phone", anonymous=True, onto=one, stamp=who.stamp
    )
    made = split_complaint(one, complaint_id=other.pk, title="Paint", stamp=who.stamp)
    client, path = world.clients["liaison5"], f"/issues/{made.pk}/details/"
    assert "Take the split back" in client.get(path).content.decode()
    assert "Take the split back" not in client.get(address(world, "issue_details")).content.decode()
    page = client.post(path, {"unsplit": "1", "reason": ""})
    assert page.status_code == 422
    assert says(page.content.decode(), "unsplit_reason") == (
        "Fill in “Why it is the same problem”."
    )
    done = client.post(path, {"unsplit": "1", "reason": "The same heap"}, follow=True)
    assert done.redirect_chain == [(address(world, "issue"), 302)]
    assert "The split was taken back" in done.content.decode()
    other.refresh_from_db()
    assert other.matter_id == one.pk
