"""Residents report on one page, follow by their link, and nobody learns whose address is known."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.casework.postroom import letters_go
from tests.casework.reporting import report, staffed
from tests.cast import Cast
from tests.ground import Ground
from tests.web.conftest import SignIn
from wardroom.casework.actions import ask_reporter, close_issue
from wardroom.casework.models import Report
from wardroom.casework.queries import follow_token
from wardroom.casework.rules import role_in, shown_number
from wardroom.casework.rules.tongues import TOLD
from wardroom.documents.actions import detach_document
from wardroom.documents.models import Attachment
from wardroom.engagement.rules.tongues import TONGUES
from wardroom.engagement.rules.tongues.frames import FRAMES
from wardroom.ledger.models import Entry
from wardroom.web.ui import work

pytestmark = [pytest.mark.django_db]

HERE = "38.92123,-77.00345"
SOUND: dict[str, Any] = {
    "spot": HERE,
    "said": "Rats run out at night.",
    "topic_code": "rodents",
    "answer_seen": ["live", "burrows"],
    "language": "en",
}
ADA = {"email": "ada@example.org", "consent": "on", "who": "Ada"}


@pytest.fixture(autouse=True)
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    """The liaisons in the seats of their wards, and what the public may report."""
    staffed({"5": liaison5, "7": liaison7})


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "#335577").save(made, "JPEG")
    made.seek(0)
    made.name = "rat.jpg"
    return made


def shown(answer: Any) -> str:
    return str(answer.content.decode())


def told(text: str) -> str:
    """What somebody reads, without the marks of the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_report_is_taken_in_and_leads_to_its_own_page(liaison5: Cast) -> None:
    visitor = Client()
    answer = visitor.post("/report/", {**SOUND, **ADA, "pictures": picture()}, follow=True)
    made = Report.objects.get()
    assert answer.redirect_chain[0][0] == f"/mine/{follow_token(made)}/?sent=1"
    page = told(shown(answer))
    assert TOLD["en"].follow.thanks in page
    assert shown_number(made.number) in page
    assert "The liaison of the Mayor's office for Ward 5" in page.replace("&#x27;", "'")
    assert liaison5.party.name not in page
    assert made.complaint is not None
    assert made.reporter is not None
    assert made.reporter.name == "Ada"
    assert Attachment.objects.filter(noun="matter", key=str(made.complaint.matter_id)).count() == 1
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_lost() -> None:
    wrong = {"topic_code": "rodents", "email": "ada", "who": "Ada <b>", "language": "fr"}
    answer = Client().post("/report/", {**wrong, "consent": "on", "said": "Des rats"})
    page = shown(answer)
    words = TOLD["fr"].form.wrong
    assert answer.status_code == 422
    for key in ("place_missing", "bad_email", "fill_in"):
        assert words[key].replace("'", "&#x27;") in page
    assert "Des rats</textarea>" in page
    assert "Ada &lt;b&gt;" in page
    assert 'id="report_answer_seen' in page
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"said": ""}, "said_missing"),
        ({"email": "ada@example.org"}, "not_agreed"),
        ({"spot": "51.5,-0.1"}, "place_outside"),
        ({"spot": "x"}, "place_missing"),
        ({"topic_code": "permits"}, "gone"),
        ({"answer_seen": "owls"}, "gone"),  # a choice that is none
        ({"said": "x" * 4001}, "too_long"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(more: dict[str, Any], key: str) -> None:
    answer = Client().post("/report/", {**SOUND, **more})
    assert answer.status_code == 422
    assert TOLD["en"].form.wrong[key] in shown(answer)
    assert not Report.objects.exists()


def test_a_file_that_is_no_picture_is_refused() -> None:
    file = io.BytesIO(b"MZ nothing")
    file.name = "rat.jpg"
    answer = Client().post("/report/", {**SOUND, "pictures": file})
    assert answer.status_code == 422
    assert TOLD["en"].form.wrong["bad_file"] in shown(answer)
    assert not Report.objects.exists()


@pytest.mark.parametrize("code", sorted(TOLD))
def test_a_picture_of_a_phone_is_refused_with_what_to_do(code: str) -> None:
    file = io.BytesIO(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50)
    file.name = "rat.heic"
    sent = {**SOUND, "language": code, "pictures": file}
    answer = Client().post("/report/", sent)
    assert answer.status_code == 422
    assert TOLD[code].form.wrong["phone_file"] in shown(answer)
    assert not Report.objects.exists()


def test_words_are_not_needed_with_a_picture() -> None:
    answer = Client().post("/report/", {**SOUND, "said": "", "pictures": picture()})
    assert answer.status_code == 302, told(shown(answer))
    assert Report.objects.count() == 1


def test_looking_sends_nothing_and_says_what_is_known() -> None:
    report(address="512 Lamont Street NE")
    known = {**SOUND, "look": "1", "said": "I smell gas. And rats.", "language": "es"}
    page = shown(Client().post("/report/", known))
    assert TOLD["es"].danger.say["gas"] in page
    assert TOLD["es"].form.near_away.format(n=50) in page
    assert "Lamont" not in page
    assert TOLD["es"].form.me_too in page
    assert Report.objects.count() == 1
    assert 'name="answer_seen" value="live" checked' in page


NOWHERE = {**SOUND, "spot": "", "place": "1 Main Street, Baltimore"}


@pytest.mark.parametrize("code", sorted(TOLD))
def test_an_address_that_nobody_finds_is_refused_at_its_field(code: str) -> None:
    words = TOLD[code].form
    answer = Client().post("/report/", {**NOWHERE, "language": code})
    page = html.unescape(shown(answer))
    assert answer.status_code == 422
    assert f'id="report_place_error">{words.wrong["place_unknown"]}' in page
    assert words.place_sure in page
    assert 'value="1 Main Street, Baltimore"' in page
    assert not Report.objects.exists()


def test_all_is_said_at_once_of_an_address_that_nobody_finds() -> None:
    sent = {**NOWHERE, "topic_code": "", "said": "", "email": "ada@example.org"}
    page = html.unescape(shown(Client().post("/report/", sent)))
    wrong = TOLD["en"].form.wrong
    for key in ("place_unknown", "said_missing", "not_agreed", "choose"):
        assert wrong[key] in page, key


@pytest.mark.parametrize("code", sorted(TOLD))
def test_who_is_sure_of_an_address_reads_that_no_ward_is_known_yet(code: str) -> None:
    sent = {**NOWHERE, "place_sure": "on", "language": code}
    page = html.unescape(shown(Client().post("/report/", sent, follow=True)))
    assert TOLD[code].follow.role_no_ward in page
    assert TOLD[code].ward.format(code="-") not in page


def test_the_place_of_a_photograph_stays_where_the_address_is_not_found() -> None:
    words = TOLD["en"].form
    sent = {**NOWHERE, "photo_spot": HERE}
    page = told(html.unescape(shown(Client().post("/report/", {**sent, "look": "1"}))))
    assert f"{words.wrong['place_unknown']} {words.photo_placed} This place: " in page
    assert words.place_sure not in page
    answer = Client().post("/report/", sent, follow=True)
    assert "for Ward 5" in shown(answer)


def test_two_reports_of_one_block_can_be_told_apart() -> None:
    made = [report(), report(said="Other rats", latitude=38.9218)]
    words = TOLD["es"].form
    page = html.unescape(shown(Client().post("/report/", {**SOUND, "look": "1", "language": "es"})))
    labels = re.findall(r'for="report_me_too_\d">(.*?)</label>', page, re.S)[:2]
    assert all(words.near_away.split("{")[0] in label for label in labels)
    for each in made:
        assert sum(shown_number(each.number) in label for label in labels) == 1


@pytest.mark.parametrize("code", sorted(TOLD))
def test_menu_and_title_have_one_word_for_reporting(code: str) -> None:
    assert FRAMES[code].report == TOLD[code].form.title


@pytest.mark.parametrize("code", sorted(set(TOLD) - {"en"}))
def test_wards_are_called_as_the_pages_near_by_call_them(code: str) -> None:
    near = TONGUES[code].named["ward"].format(code="5")
    assert near in role_in(TOLD[code], "5")
    assert "Ward" not in near + role_in(TOLD[code], "5")


def test_me_too_joins_the_issue_without_questions() -> None:
    first = report()
    assert first.complaint is not None
    number = shown_number(first.number)
    sent = {"spot": HERE, "topic_code": "rodents", "me_too": number, "language": "en"}
    answer = Client().post("/report/", sent, follow=True)
    assert TOLD["en"].follow.joined in shown(answer)
    assert first.complaint.matter.complaints.count() == 2


def test_two_neighbors_with_the_same_words_have_a_page_each() -> None:
    sent = [Client().post("/report/", SOUND).headers["Location"] for _ in range(2)]
    assert Report.objects.count() == 2
    assert sent[0] != sent[1]


def test_one_form_sent_twice_is_one_report() -> None:
    once = re.search(r'name="once" value="([^"]+)"', shown(Client().get("/report/")))
    assert once is not None
    sent = [Client().post("/report/", {**SOUND, "once": once[1]}) for _ in range(2)]
    assert Report.objects.count() == 1
    assert sent[0].headers["Location"] == sent[1].headers["Location"]


def test_a_number_that_is_not_near_joins_nothing() -> None:
    far = report(latitude=38.9255)
    assert far.complaint is not None
    Client().post("/report/", {**SOUND, "me_too": shown_number(far.number)})
    assert far.complaint.matter.complaints.count() == 1


def test_whoever_is_not_sure_can_send_in_every_language() -> None:
    for code in sorted(TOLD):
        page = shown(Client().get(f"/report/?language={code}&topic_code=rodents"))
        assert 'name="answer_seen" value="unsure"' in page
    answer = Client().post("/report/", {**SOUND, "answer_seen": "unsure"})
    assert answer.status_code == 302
    assert Report.objects.get().answers == {"seen": ["unsure"]}


def test_enter_in_a_field_sends_the_form() -> None:
    page = shown(Client().get("/report/"))
    form = page[page.index('<form class="form told"') :]
    buttons = re.findall(r'<button[^>]*type="submit"[^>]*>', form)
    assert 'name="look"' not in buttons[0]
    assert any('name="look"' in each for each in buttons[1:])


def test_a_machine_that_fills_in_everything_is_forgotten() -> None:
    answer = Client().post("/report/", {**SOUND, "leave_empty": "https://x.example"})
    assert answer.status_code == 302
    assert not Report.objects.exists()


def test_few_reports_an_hour_come_in_without_the_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "WITHOUT", 2)
    visitor = Client()
    codes = [
        visitor.post("/report/", {**SOUND, "said": f"Night {n}"}).status_code for n in range(3)
    ]
    assert codes == [302, 302, 429]
    assert Report.objects.count() == 2


@pytest.mark.parametrize("code", sorted(TOLD))
def test_the_form_is_whole_in_every_language(code: str) -> None:
    page = shown(Client().get(f"/report/?language={code}&topic_code=rodents"))
    words = TOLD[code]
    for said in (words.form.title, words.form.where, words.form.send, words.danger.always):
        assert said.replace("'", "&#x27;") in page, said
    if code != "en":
        for said in (TOLD["en"].form.lead, "(optional)", TOLD["en"].form.unsure):
            assert said not in page


def test_the_page_of_a_link_speaks_the_language_of_the_report(liaison5: Cast) -> None:
    made = report(language="ko", email="ada@example.org", may_write=True)
    page = shown(Client().get(f"/mine/{follow_token(made)}/"))
    assert '<html lang="ko">' in page
    assert TOLD["ko"].follow.status in page
    other = shown(Client().get(f"/mine/{follow_token(made)}/?language=vi"))
    assert TOLD["vi"].follow.status in other


def test_still_there_after_the_end_opens_it_again_and_the_end_is_rated(liaison5: Cast) -> None:
    made = report(email="ada@example.org", may_write=True)
    assert made.complaint is not None
    close_issue(made.complaint.matter, outcome="fixed", text="Trapped.", stamp=liaison5.stamp)
    visitor, path = Client(), f"/mine/{follow_token(made)}/"
    page = shown(visitor.get(path))
    assert "Trapped." not in page
    assert TOLD["en"].follow.rating not in page
    letters_go()
    page = shown(visitor.get(path))
    assert "Trapped." in page
    assert TOLD["en"].follow.rating in page
    assert visitor.post(f"{path}rate/", {}).status_code == 422
    rated = visitor.post(f"{path}rate/", {"rating": "no", "text": "Rats"}, follow=True)
    assert TOLD["en"].follow.rating_kept in shown(rated)
    again = visitor.post(f"{path}still/", {"text": "Two"}, follow=True)
    assert TOLD["en"].follow.still_opened in shown(again)
    page = told(html.unescape(shown(again)))
    for kept in (TOLD["en"].follow.returned, "Trapped.", "Was it solved? No Rats", "there Two"):
        assert kept in page, kept
    assert visitor.post(f"{path}nothing/").status_code == 404


def test_a_question_is_answered_on_the_page(liaison5: Cast) -> None:
    made = report(email="ada@example.org", may_write=True)
    assert made.complaint is not None
    complaint = made.complaint
    asked = ask_reporter(
        complaint.matter, complaint_id=complaint.pk, text="Which gate?", stamp=liaison5.stamp
    )
    visitor, path = Client(), f"/mine/{follow_token(made)}/"
    assert "Which gate?" in shown(visitor.get(path))
    assert TOLD["vi"].only_english in shown(visitor.get(f"{path}?language=vi"))
    empty = visitor.post(f"{path}answer/", {"question": asked.pk, "text": ""})
    assert (empty.status_code, "Which gate?" in shown(empty)) == (422, True)
    kept = visitor.post(f"{path}answer/", {"question": asked.pk, "text": "The left"}, follow=True)
    assert "The left" in shown(kept)
    assert visitor.post(f"{path}answer/", {"question": 10**20, "text": "x"}).status_code == 404


def test_nobody_learns_whether_an_address_is_known() -> None:
    report(email="ada@example.org", may_write=True)
    answers = [
        Client().post("/mine/", {"email": address}).content
        for address in ("ada@example.org", "eve@example.org")
    ]
    bare = [re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", each) for each in answers]
    assert bare[0] == bare[1]
    assert TOLD["en"].follow.mine_sent in shown(Client().post("/mine/", {"email": "x@example.org"}))
    assert Entry.objects.filter(kind="LinksWanted").count() == 3


def test_a_link_that_opens_nothing_says_where_to_go() -> None:
    answer = Client().get("/mine/no-such-link/", headers={"accept-language": "es"})
    assert answer.status_code == 404
    assert TOLD["es"].follow.nothing_opens in shown(answer)


def test_a_page_shows_nothing_of_another_report(liaison5: Cast) -> None:
    mine = report(email="ada@example.org", may_write=True)
    assert mine.complaint is not None
    report(
        said="The neighbor Ben shouts",
        name="Ben",
        email="ben@example.org",
        may_write=True,
        onto=mine.complaint.matter_id,
    )
    page = shown(Client().get(f"/mine/{follow_token(mine)}/"))
    assert "Ben" not in page


def test_the_liaison_asks_on_the_page_of_the_issue(liaison5: Cast, sign_in: SignIn) -> None:
    made = report(email="ada@example.org", may_write=True, name="Ada")
    assert made.complaint is not None
    desk, path = sign_in(liaison5), f"/issues/{made.complaint.matter_id}/"
    assert "Ask somebody who reported it" in shown(desk.get(path))
    sent = {"complaint_id": made.complaint.pk, "text": "Which gate?"}
    answer = desk.post(f"{path}ask_reporter/", sent, follow=True)
    assert "Asked Ada: Which gate?" in shown(answer)
    assert "Which gate?" in shown(Client().get(f"/mine/{follow_token(made)}/"))
    nobody = report(said="Other rats", latitude=38.9255)
    assert nobody.complaint is not None
    page = shown(desk.get(f"/issues/{nobody.complaint.matter_id}/"))
    assert "Ask somebody who reported it" not in page
    wrong = {"complaint_id": nobody.complaint.pk, "text": "x"}
    refused = desk.post(f"/issues/{nobody.complaint.matter_id}/ask_reporter/", wrong)
    assert refused.status_code == 422


def test_receipt_shows_answers_and_pictures_to_whoever_has_the_link(director: Cast) -> None:
    sent = {**SOUND, **ADA, "language": "es", "pictures": picture()}
    answer = Client().post("/report/", sent, follow=True)
    page = html.unescape(shown(answer))
    assert "<dt>¿Qué vio?</dt><dd>Ratas vivas, Madrigueras</dd>" in page
    assert 'src="data:image/jpeg;base64,' in page
    kept = Attachment.objects.get(noun="matter")
    address = answer.redirect_chain[0][0]
    detach_document(kept, reason="Shows a face", stamp=director.stamp)
    assert "data:image" not in shown(Client().get(address))
