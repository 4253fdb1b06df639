"""Residents are told whom to call about what is not the city's; the director keeps the list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from tests.casework.reporting import staffed
from tests.cast import HOUSE, Cast
from tests.ground import Ground
from tests.web.conftest import SignIn
from wardroom.casework.models import Report
from wardroom.casework.rules.tongues import TOLD
from wardroom.demonstration.authorities import LISTED
from wardroom.library.actions import keep_authority, translate_authority
from wardroom.library.models import OtherAuthority
from wardroom.library.queries.elsewhere import authorities
from wardroom.library.rules.authorities import Authority

pytestmark = [pytest.mark.django_db]

POWER = {
    "code": "power",
    "name_": "The power company",
    "about": "Poles and wires.",
    "phone": "202-555-0105",
    "hours": "At all hours",
    "words": "power pole",
}
SOUND: dict[str, Any] = {
    "spot": "38.92123,-77.00345",
    "said": "A power pole leans over the fence.",
    "topic_code": "rodents",
    "answer_seen": ["live"],
}
OUTSIDE = "51.5,-0.1"


@pytest.fixture(autouse=True)
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    """The liaisons in the seats of their wards, and whom the demonstration tells of."""
    staffed({"5": liaison5, "7": liaison7})


def listed() -> None:
    for kept in LISTED:
        keep_authority(None, kept=kept, stamp=HOUSE)


def looked(**given: str) -> str:
    answer = Client().post("/report/", {**given, "look": "1"})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("language", sorted(TOLD))
def test_words_of_a_report_tell_whom_to_call_in_its_language(language: str) -> None:
    listed()
    power = next(each for each in LISTED if each.code == "power_company")
    page = looked(said="The power pole leans", language=language)
    told = TOLD[language].danger
    for part in (told.others, told.still_send, power.phone, power.said_in("hours", language)):
        assert escape(part) in page
    assert escape(power.said_in("name", language)) in page
    assert 'href="tel:2025550105"' in page
    assert "202-555-0104" not in page


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "Un cable de luz cuelga sobre la acera"), ("en", "A live wire is on the sidewalk")],
)
def test_a_hanging_line_says_911_and_the_power_companys_number(language: str, said: str) -> None:
    listed()
    page = looked(said=said, language=language)
    assert escape(TOLD[language].danger.say["wires"]) in page
    assert "911" in TOLD[language].danger.say["wires"]
    assert 'href="tel:2025550105"' in page


def test_place_outside_the_city_tells_whom_to_call_there() -> None:
    listed()
    page = looked(spot=OUTSIDE, language="es")
    assert TOLD["es"].danger.others_outside in page
    assert "301-555-0107" in page
    assert "703-555-0108" in page
    assert "202-555-0105" not in page


def test_address_in_another_city_tells_whom_to_call() -> None:
    listed()
    assert "301-555-0107" in looked(place="8600 Georgia Avenue, Silver Spring", language="en")


def test_report_can_be_sent_all_the_same() -> None:
    listed()
    assert Client().post("/report/", SOUND).status_code == 302
    assert Report.objects.count() == 1


def test_nobody_is_told_of_where_nothing_means_them() -> None:
    listed()
    assert "note--warn" not in looked(said="Rats run out at night.", language="en")


def test_untranslated_word_is_marked_as_english() -> None:
    listed()
    row = OtherAuthority.objects.get(code="power_company")
    said = {"name": "La compañía"}
    translate_authority(row, language="es", said=said, stamp=HOUSE)
    page = looked(said="The power pole leans", language="es")
    assert "<strong>La compañía</strong>" in page
    assert '<span lang="en-US">At all hours</span>' in page


def test_director_adds_changes_translates_and_ends(sign_in: SignIn, director: Cast) -> None:
    client = sign_in(director)
    answer = client.post("/authorities/add/", POWER, follow=True)
    assert answer.redirect_chain[0][0] == "/authorities/power/"
    page = answer.content.decode()
    assert "Still in English" in page
    assert "Korean: its name, what is theirs, its hours" in page
    client.post("/authorities/power/keep/", {**POWER, "hours": "By day", "outside": "on"})
    said = {"language": "ko", "name_": "전력 회사", "about": "전봇대", "hours": "매일"}
    page = client.post("/authorities/power/translate/", said, follow=True).content.decode()
    assert '<span class="worklist__title" lang="ko">전력 회사</span>' in page
    assert "Korean: its name" not in page
    assert "By words, outside the city" in page
    answer = client.post("/authorities/power/end/", follow=True)
    assert answer.redirect_chain[0][0] == "/authorities/"
    assert "The power company" not in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "Power!"}, "code"),
        ({"code": "add"}, "code"),
        ({"name_": " "}, "name_"),
        ({"phone": "none"}, "phone"),
        ({"words": "x"}, "words"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    changed: dict[str, str], field: str, sign_in: SignIn, director: Cast
) -> None:
    answer = sign_in(director).post("/authorities/add/", {**POWER, **changed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="new_{field}_error"' in page
    assert "Poles and wires." in page
    assert not OtherAuthority.objects.exists()


def test_name_in_another_language_is_refused_at_its_field(sign_in: SignIn, director: Cast) -> None:
    client = sign_in(director)
    client.post("/authorities/add/", POWER)
    answer = client.post("/authorities/power/translate/", {"language": "ko"})
    assert answer.status_code == 422
    assert 'id="translate_name__error"' in answer.content.decode()


@pytest.mark.parametrize("phone", ["(202) 555-0143", "911", "+1 202-555-0143"])
def test_phone_number_is_written_as_people_write_it(
    phone: str, sign_in: SignIn, director: Cast
) -> None:
    sign_in(director).post("/authorities/add/", {**POWER, "phone": phone})
    assert OtherAuthority.objects.get().phone == phone


def test_list_is_by_name_whatever_the_letters() -> None:
    for code, name in (("b", "The zoo"), ("a", "The National Guard"), ("c", "The highway")):
        kept = Authority(code=code, name=name, about="x", phone="911", hours="x")
        keep_authority(None, kept=kept, stamp=HOUSE)
    assert [kept.code for kept in authorities()] == ["c", "a", "b"]


def test_code_that_is_taken_is_refused(sign_in: SignIn, director: Cast) -> None:
    client = sign_in(director)
    client.post("/authorities/add/", POWER)
    answer = client.post("/authorities/add/", {**POWER, "name_": "Another"})
    assert answer.status_code == 422
    assert "Another authority has this code." in answer.content.decode()


def test_liaison_reads_the_list_and_changes_nothing(
    sign_in: SignIn, director: Cast, liaison5: Cast
) -> None:
    sign_in(director).post("/authorities/add/", POWER)
    client = sign_in(liaison5)
    page = client.get("/authorities/").content.decode()
    assert "The power company" in page
    assert "Add an authority" not in page
    assert "What to do" not in client.get("/authorities/power/").content.decode()
    assert client.post("/authorities/add/", {**POWER, "code": "x"}).status_code == 403
    assert client.post("/authorities/add/", {}).status_code == 403
    assert client.get("/authorities/none/").status_code == 404
