"""The pages of a group that strangers open: asking to join, leaving, and the code of the link."""

from __future__ import annotations

from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.cast import HOUSE, Cast
from tests.counting import count_anew
from tests.engagement.test_groups import founded, joined
from tests.web.conftest import SignIn
from wardroom.engagement.actions import switch_sign_up
from wardroom.engagement.models import Assistance
from wardroom.engagement.queries.groups import group_file
from wardroom.engagement.rules.groups import consent_words
from wardroom.engagement.rules.tongues import TONGUES
from wardroom.notices.actions import issue_key
from wardroom.notices.gateways import key_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "ground")]
SOUND = {"called": "Ada Quill", "email": "ada@example.org", "language": "am", "agreed": "on"}


def test_a_machine_that_fills_in_every_field_is_thanked_and_forgotten(liaison5: Cast) -> None:
    group = founded(liaison5)
    answer = Client().post(f"/join/{group.token}/", {**SOUND, "leave_empty": "https://a.example"})
    assert "The office has it" in answer.content.decode()
    assert not group.sign_ups.exists()


def test_who_asks_too_often_from_one_address_has_to_wait(liaison5: Cast) -> None:
    group, visitor = founded(liaison5), Client()
    words = [{**SOUND, "email": f"a{n}@example.org"} for n in range(11)]
    codes = [visitor.post(f"/join/{group.token}/", sent).status_code for sent in words]
    assert codes == [200] * 10 + [429]
    assert group.sign_ups.count() == 10


def test_who_asks_for_the_mayor_too_often_waits_and_a_reload_sends_nothing() -> None:
    visitor, sent = Client(), {"title": "An opening"}
    codes = [visitor.post("/visits/ask/", sent).status_code for _ in range(21)]
    assert codes == [422] * 20 + [429]
    count_anew()
    machine = {
        "title": "An opening", "asked_name": "Ada", "email": "ada@example.org", "wanted": "mayor",
        "on": "2126-11-30", "starts": "18:00", "ends": "20:00", "leave_empty": "x",
    }  # fmt: skip
    answer = visitor.post("/visits/ask/", machine)
    assert (answer.status_code, answer["Location"]) == (302, "/visits/ask/?sent=1")
    assert "The office has it" in visitor.get(answer["Location"]).content.decode()


def test_what_is_typed_wrong_stays_in_the_form_and_is_escaped(liaison5: Cast) -> None:
    group = founded(liaison5)
    wrong = {**SOUND, "called": "<script>alert(1)</script>", "email": "nowhere"}
    answer = Client().post(f"/join/{group.token}/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not an e-mail address." in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_stranger_reads_and_agrees_in_the_own_language(liaison5: Cast, sign_in: SignIn) -> None:
    group, korean = founded(liaison5), TONGUES["ko"]
    agreed = consent_words(group.party.name, "ko")
    path, browser = f"/join/{group.token}/?language=ko", Client(headers={"accept-language": "am"})
    shown = browser.get(path).content.decode()
    assert agreed in shown
    assert 'lang="ko"' in shown
    assert '<option value="ko" selected' in shown
    wrong = browser.post(path, {**SOUND, "email": "", "agreed": ""}).content.decode()
    assert korean.join.not_agreed in wrong
    refused = browser.post(path, {**SOUND, "email": ""}).content.decode()
    assert korean.join.no_way in refused
    assert korean.join.thanks in browser.post(path, SOUND).content.decode()
    row = group.sign_ups.get()
    assert (row.language, row.read_in, row.consent_text) == ("am", "ko", agreed)
    desk = sign_in(liaison5).get(f"/groups/{group.pk}/asking/{row.pk}/").content.decode()
    assert "<dt>Language</dt><dd>Amharic</dd>" in desk
    assert "What they agreed to, in Korean" in desk
    assert consent_words(group.party.name) in unescape(desk)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("de, es-MX;q=0.4, en;q=0.2", "es"),
        ("zh-Hant-TW", "zh"),
        ("ko;q=0, *", "en"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_without_a_choice_the_browser_says_the_language(
    liaison5: Cast, asked: str, code: str
) -> None:
    browser = Client(headers={"accept-language": asked})
    for path in (f"/join/{founded(liaison5).token}/", "/news/"):
        assert f'<html lang="{TONGUES[code].tag}">' in browser.get(path).content.decode()


def test_a_closed_link_takes_nobody_in(liaison5: Cast) -> None:
    group = founded(liaison5)
    switch_sign_up(group, is_open=False, stamp=liaison5.stamp)
    for answer in (Client().get(f"/join/{group.token}/"), Client().post(f"/join/{group.token}/")):
        assert "takes nobody in by link" in answer.content.decode()
    assert not group.sign_ups.exists()


def test_the_code_is_a_picture_of_the_link(liaison5: Cast, sign_in: SignIn) -> None:
    group, client = founded(liaison5), sign_in(liaison5)
    drawn = client.get(f"/groups/{group.pk}/join.svg").content
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert f"/join/{group.token}/" in drawn.decode()
    assert client.get(f"/groups/{group.pk}/join.png").content.startswith(b"\x89PNG")
    assert client.get(f"/groups/{group.pk}/join.exe").status_code == 404


def test_a_member_leaves_once_by_the_link(liaison5: Cast) -> None:
    group = founded(liaison5)
    ada = joined(group, liaison5)
    key = issue_key(
        None,
        purpose="leave_group",
        noun="group_member",
        key=f"{group.pk}-{ada.pk}",
        holder="ada@example.org",
        expires_at=HOUSE.at.replace(year=HOUSE.at.year + 1),
        stamp=HOUSE,
    )
    path = f"/leave/{key_token(key.purpose, key.pk, key.nonce)}/"
    assert Client().get(path).status_code == 200
    assert len(group_file(group.pk, liaison5.actor, at=HOUSE.at).members) == 1
    assert "You left Neighbors" in Client().post(path).content.decode()
    assert not group_file(group.pk, liaison5.actor, at=HOUSE.at).members
    assert Client().post(path).status_code == 409


def test_help_is_chosen_for_a_group_and_stands_on_its_page(
    liaison5: Cast, liaison7: Cast, sign_in: SignIn
) -> None:
    group, client = founded(liaison5), sign_in(liaison5)
    page = client.get("/assistance/new/", {"for": group.party.name}).content.decode()
    assert f'<option value="{group.pk}" selected' in page
    words = {
        "kind": "technical_assistance", "ward_code": "5", "goal": "Write by-laws",
        "next_on": "2026-12-01", "next_step": "Call",
    }  # fmt: skip
    nobody = client.post("/assistance/new/", words)
    assert (nobody.status_code, "Say for whom it is" in nobody.content.decode()) == (422, True)
    assert client.post("/assistance/new/", {**words, "group": group.pk}).status_code == 302
    helped = Assistance.objects.get()
    assert (helped.party, helped.for_whom) == (group.party, group.party.name)
    other = sign_in(liaison7).get("/assistance/new/").content.decode()
    assert group.party.name not in other
