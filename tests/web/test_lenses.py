"""The timeline as pages show it, names that are settled, contacts that are logged."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.web.conftest import World
from wardroom.ledger.models import Entry, Mention
from wardroom.matters.actions import set_next_step

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def text(world: World, role: str, path: str) -> str:
    answer = world.clients[role].get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def lines_of(page: str) -> str:
    """The timeline of a page."""
    return page[page.index('id="lines"') :]


def test_reader_is_told_which_lines_the_agency_reads(world: World) -> None:
    path = reverse("location", args=[world.matters["5"].pk])
    page = lines_of(text(world, "liaison5", path))
    assert "The agency reads this" in page
    inner = lines_of(text(world, "liaison5", f"{path}?lines=internal"))
    assert "The agency reads this" not in inner
    assert "was designated" in inner or "Bags again" in inner
    shared = lines_of(text(world, "liaison5", f"{path}?lines=partner"))
    assert "was asked for" in shared
    assert "Bags again" not in shared


def test_partner_is_offered_no_choice_and_reads_no_inner_line(world: World) -> None:
    path = reverse("ask", args=[world.asks["5"].pk])
    for query in ("", "?lines=internal", "?lines=partner&automatic=off"):
        page = lines_of(text(world, "partner_dpw", path + query))
        assert "was asked for" in page
        assert "Office only" not in page
        assert "was written" not in page
        assert "Full history" not in page


def test_older_lines_are_one_link_away_without_script(world: World) -> None:
    matter, who = world.issues["5"], world.cast["liaison5"]
    for n in range(60):
        matter.refresh_from_db()
        set_next_step(matter, next_on=matter.next_on, next_step=f"Step {n} of 60", stamp=who.stamp)  # type: ignore[arg-type]
    path = reverse("issue", args=[matter.pk])
    page = lines_of(text(world, "liaison5", path))
    assert "Step 59 of 60" in page
    assert "Step 5 of 60" not in page
    older = re.search(r'href="(\?older=\d+)#lines" rel="next"', page)
    assert older is not None
    before = lines_of(text(world, "liaison5", path + older[1]))
    assert "Step 5 of 60" in before
    assert "Step 59 of 60" not in before
    assert "Back to the newest" in before


@pytest.mark.parametrize("query", ["?older=x", "?older=0", "?lines=zz", f"?older={'9' * 40}"])
def test_nonsense_in_the_address_shows_the_timeline(query: str, world: World) -> None:
    path = reverse("issue", args=[world.issues["5"].pk])
    assert 'id="lines"' in text(world, "liaison5", path + query)


def test_unknown_name_is_shown_with_a_way_to_settle_it(world: World) -> None:
    line = text(world, "liaison5", reverse("line", args=[world.lines["5"]]))
    assert reverse("mention", args=[world.mentions["5"]]) in line
    page = text(world, "liaison5", reverse("mentions"))
    assert "@nobody of 5" in page
    assert "nobody of 7" not in text(world, "liaison5", reverse("mentions") + "?whose=all")


def test_settled_name_puts_the_line_on_the_persons_page(world: World) -> None:
    person, mention = world.people["5"], world.mentions["5"]
    client, entry = world.clients["liaison5"], world.lines["5"]
    sentence = Entry.objects.get(pk=entry).sentence
    path = reverse("party", args=[person.pk])
    assert "nobody_of_5" not in text(world, "liaison5", path)
    answer = client.post(reverse("mention", args=[mention]), {"key": str(person.pk)})
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert "nobody_of_5" in text(world, "liaison5", path)
    assert Entry.objects.get(pk=entry).sentence == sentence
    again = client.post(reverse("mention", args=[mention]), {"key": str(person.pk)})
    assert again.status_code == 409


def test_new_person_is_made_of_a_name(world: World) -> None:
    number = world.mentions["5"]
    path = reverse("mention", args=[number])
    answer = world.clients["liaison5"].post(path, {"new": "A new neighbor"}, follow=True)
    assert "A new neighbor" in answer.content.decode()
    assert Mention.objects.get(pk=number).key != ""


def test_name_cannot_mean_somebody_out_of_reach(world: World) -> None:
    path = reverse("mention", args=[world.mentions["5"]])
    sent = {"key": str(world.people["7"].pk)}
    assert world.clients["liaison5"].post(path, sent).status_code == 404
    empty = world.clients["liaison5"].post(path, {})
    assert empty.status_code == 422
    assert "Choose one from the list" in empty.content.decode()


def test_amount_in_a_line_is_said_back(world: World) -> None:
    sent = {"text": "Met the owner; a gate costs $1,200", "back": "/people/"}
    answer = world.clients["liaison5"].post(reverse("capture"), sent, follow=True)
    assert "Amount: $1,200.00." in answer.content.decode()


def test_contact_is_logged_on_the_persons_page(world: World) -> None:
    path = reverse("party", args=[world.people["5"].pk])
    sent = {"text": "She will wait until Friday", "channel": "phone", "about": ""}
    answer = world.clients["liaison5"].post(f"{path}contact/", sent, follow=True)
    assert "A call: She will wait until Friday" in answer.content.decode()
    empty = world.clients["liaison5"].post(f"{path}contact/", {"text": "", "channel": "phone"})
    assert empty.status_code == 422
    assert "Fill in “What was said”" in empty.content.decode()


def test_contact_about_an_issue_stands_on_it_too(world: World) -> None:
    person = world.people["5"]
    matter = person.complaints.get().matter
    path = reverse("party", args=[person.pk])
    sent = {"text": "Still there", "channel": "in_person", "about": str(matter.pk)}
    assert world.clients["liaison5"].post(f"{path}contact/", sent).status_code == 302
    assert "Still there" in text(world, "liaison5", reverse("issue", args=[matter.pk]))


def test_contact_point_is_noted_and_marked(world: World) -> None:
    path = reverse("party", args=[world.people["5"].pk])
    client = world.clients["liaison5"]
    bad = client.post(f"{path}point/", {"channel": "phone", "value": "12"})
    assert bad.status_code == 422
    assert "This is not a phone number" in bad.content.decode()
    sent = {"channel": "email", "value": "caller@example.org", "consent": "on", "how": "said so"}
    assert client.post(f"{path}point/", sent).status_code == 302
    missing = client.post(f"{path}bounced/", {"channel": "email", "value": "caller@example.org"})
    assert missing.status_code == 422
    assert 'id="bounced_reason"' in missing.content.decode()
    sent = {"channel": "email", "value": "caller@example.org", "reason": "mailbox full"}
    page = client.post(f"{path}bounced/", sent, follow=True).content.decode()
    assert "Does not work" in page


def test_person_of_another_ward_has_no_page_and_takes_no_note(world: World) -> None:
    path = reverse("party", args=[world.people["7"].pk])
    client = world.clients["liaison5"]
    assert client.get(path).status_code == 404
    sent = {"text": "x", "channel": "phone"}
    assert client.post(f"{path}contact/", sent).status_code == 404


def test_search_says_why_and_every_hit_has_a_page(world: World) -> None:
    client = world.clients["liaison5"]
    for words in ("alley", "caller", "nobody", "DPW", "Ward 5", world.requests["5"].external_id):
        page = text(world, "liaison5", f"/search/?q={words}")
        hrefs = re.findall(r'class="worklist__title" href="([^"]+)"', page)
        assert hrefs, words
        assert page.count("Found by ") == len(hrefs)
        for href in hrefs:
            assert client.get(href).status_code == 200, href
