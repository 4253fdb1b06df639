"""The pages of a call-out: two taps open an incident, one says "I have it"."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.ground import Ground
from tests.incidents.calling import NIGHT, fire, on_call, token_for
from wardroom.incidents.models import CallAddress, CallOut, Incident
from wardroom.ledger.models import Entry
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db]
MOST_BYTES = 4_096


@pytest.fixture(autouse=True)
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT)


def signed_in(who: Cast) -> Client:
    client = Client()
    client.post("/account/login/", {"login": who.email, "password": PASSWORD})
    return client


def test_two_taps_open_an_incident_and_a_third_opens_nothing(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    client = signed_in(liaison5)
    assert '<a class="usa-button" href="/incidents/new/">' in client.get("/day/").content.decode()
    page = client.get("/incidents/new/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    ward = re.search(r'<option value="5" selected', page)
    assert token
    assert ward
    sent = {"kind_code": "fire", "token": token[1], "ward_code": "5"}
    first = client.post("/incidents/new/", sent)
    again = client.post("/incidents/new/", sent)
    incident = Incident.objects.get()
    assert first.headers["Location"] == again.headers["Location"]
    assert first.headers["Location"] == f"/incidents/{incident.matter_id}/"
    assert (incident.severity, incident.ward_code) == (1, "5")
    shown = client.get(first.headers["Location"]).content.decode()
    assert "Nobody has it yet." in shown
    assert "The Director" in shown
    client.post(f"/incidents/{incident.matter_id}/take/")
    assert "Liaison of Ward 5 has it" in client.get(first.headers["Location"]).content.decode()


def test_words_of_a_restricted_matter_are_copied_into_no_incident(
    matter5: Matter, director: Cast
) -> None:
    client = signed_in(director)
    title = matter5.title
    assert title in typed(client, matter5)
    restrict_matter(matter5, readers=[director.party], reason="At risk", stamp=director.stamp)
    assert typed(client, matter5) == ""
    sent = {"kind_code": "fire", "token": "t", "came_from": f"matter:{matter5.pk}"}
    assert client.post("/incidents/new/", sent).status_code == 302
    incident = Incident.objects.get()
    assert title not in incident.words + incident.matter.title
    assert not Message.objects.filter(text__contains=title).exists()


def typed(client: Client, source: Matter) -> str:
    """What the form has under "What is known" already."""
    page = client.get(f"/incidents/new/?from=matter:{source.pk}").content.decode()
    found = re.search(r'<textarea[^>]*name="words"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1].strip()


def test_the_link_shows_and_takes_on_a_page_of_a_few_lines(
    ground: Ground, director: Cast, liaison7: Cast, staff: Cast
) -> None:
    on_call(director, on_call=liaison7)
    fire(staff, ground.wards["5"], words="Roof <b>burns</b>")
    address = f"/call/{token_for(liaison7, NIGHT)}/"
    visitor = Client(enforce_csrf_checks=True)
    lines = Entry.objects.count()
    page = visitor.get(address)
    said = page.content.decode()
    assert len(page.content) < MOST_BYTES
    assert "I have it" in said
    assert "I cannot" in said
    assert "<script" not in said
    assert "Roof &lt;b&gt;burns" in said
    assert page.headers["Cache-Control"] == "private, no-store"
    assert Entry.objects.count() == lines
    assert visitor.post(address, {"answer": "perhaps"}).status_code == 422
    assert visitor.post(address, {"answer": "mine"}).status_code == 302
    assert "You have it" in visitor.get(address).content.decode()
    again = visitor.post(address, {"answer": "mine"})
    assert again.status_code == 409
    assert "You have it since 2:10 a.m." in again.content.decode()
    assert CallOut.objects.get().state == "taken"
    assert visitor.get("/call/no-such-link/").status_code == 404
    assert visitor.post("/call/no-such-link/", {"answer": "mine"}).status_code == 404


def test_call_addresses_are_kept_by_their_page(director: Cast, liaison5: Cast) -> None:
    client = signed_in(liaison5)
    given = {"party": liaison5.party.pk, "sort": "short", "value": "night@example.org"}
    other = client.post("/call-addresses/", {**given, "party": director.party.pk})
    assert other.status_code == 422
    assert client.post("/call-addresses/", given).status_code == 302
    row = CallAddress.objects.get()
    assert "night@example.org" in signed_in(director).get("/call-addresses/").content.decode()
    assert client.post(f"/call-addresses/{row.pk}/end/").status_code == 302
    assert "night@example.org" not in client.get("/call-addresses/").content.decode()
