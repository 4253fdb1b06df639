"""A report that is refused loses no picture: the page has it still, and so has the next send."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests.casework.reporting import staffed
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.casework.actions import drop_pictures, forget_held, hold_picture, holding
from wardroom.casework.models import HeldPicture, Report
from wardroom.casework.queries import held_pictures
from wardroom.casework.rules.tongues import TOLD
from wardroom.documents.models import Attachment, Document
from wardroom.kernel.errors import Refused
from wardroom.web.residents import holding as pages

pytestmark = [pytest.mark.django_db]

SOUND: dict[str, Any] = {
    "spot": "38.92123,-77.00345",
    "said": "Rats run out at night.",
    "topic_code": "rodents",
    "answer_seen": ["live", "burrows"],
    "language": "fr",
}
WRONG = {**SOUND, "email": "ada"}
WORD = re.compile(r'name="kept" value="([^"]+)"')
UNTIL = NOON + timedelta(hours=2)


@pytest.fixture(autouse=True)
def office(ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    """The liaisons in the seats of their wards."""
    staffed({"5": liaison5, "7": liaison7})


def picture(name: str = "rat.jpg", *, note: bytes = b"", color: str = "#335577") -> io.BytesIO:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x9286] = note
    Image.new("RGB", (40, 30), color).save(made, "JPEG", exif=exif)
    made.seek(0)
    made.name = name
    return made


def refused(**given: Any) -> str:
    answer = Client().post("/report/", {**WRONG, **given})
    assert answer.status_code == 422
    return html.unescape(answer.content.decode())


def word_of(page: str) -> str:
    found = WORD.search(page)
    assert found is not None
    return found[1]


def attached() -> int:
    return Attachment.objects.filter(noun="matter").count()


def test_picture_of_a_refused_report_is_shown_and_sent_with_the_next() -> None:
    page = refused(pictures=picture(note=b"where I live"))
    words = TOLD["fr"].form
    assert words.photos_kept in page
    assert words.photos_again not in page
    assert 'src="data:image/jpeg;base64,' in page
    assert b"where I live" not in bytes(HeldPicture.objects.get().content)
    assert not Document.objects.exists()
    again = Client().post("/report/", {**SOUND, "kept": word_of(page)})
    assert again.status_code == 302
    assert attached() == 1


def test_pictures_that_are_gone_are_said_once_before_the_report_is_sent() -> None:
    page = refused(pictures=picture())
    assert forget_held(at=HeldPicture.objects.get().until + timedelta(seconds=1)) == 1
    sent = {**SOUND, "kept": word_of(page)}
    answer = Client().post("/report/", sent)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert TOLD["fr"].form.photos_again in page
    assert 'name="kept"' not in page
    assert SOUND["said"] in page
    assert not Report.objects.exists()
    again = {**SOUND, "pictures": picture()}
    assert Client().post("/report/", again).status_code == 302
    assert attached() == 1


def test_word_that_ran_out_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LASTS", timedelta(seconds=-1))
    word = word_of(refused(pictures=picture()))
    assert TOLD["fr"].form.photos_again in refused(kept=word)
    assert not Report.objects.exists()


def test_who_takes_off_every_picture_is_told_of_no_loss() -> None:
    word = word_of(refused(pictures=picture()))
    page = refused(kept=word, drop=str(HeldPicture.objects.get().pk))
    assert TOLD["fr"].form.photos_again not in page
    assert 'name="kept"' not in page


def test_pictures_of_a_sent_report_are_held_ten_minutes_more() -> None:
    page = refused(pictures=picture())
    assert Client().post("/report/", {**SOUND, "kept": word_of(page)}).status_code == 302
    sent_at = Report.objects.get().received_at
    assert HeldPicture.objects.get().until == sent_at + timedelta(minutes=10)


def test_look_without_a_script_holds_the_picture_too() -> None:
    answer = Client().post("/report/", {**SOUND, "look": "1", "pictures": picture()})
    page = html.unescape(answer.content.decode())
    assert TOLD["fr"].form.photos_kept in page
    assert Client().post("/report/", {**SOUND, "kept": word_of(page)}).status_code == 302
    assert attached() == 1


def test_picture_alone_is_enough_said_on_the_second_send() -> None:
    page = refused(said="", pictures=picture())
    sent = {**SOUND, "said": "", "kept": word_of(page)}
    assert Client().post("/report/", sent).status_code == 302


def test_more_can_be_added_up_to_three() -> None:
    word = word_of(refused(pictures=picture()))
    page = refused(pictures=[picture("b.jpg", color="red"), picture("c.jpg")], kept=word)
    assert word_of(page) == word
    assert page.count('name="drop"') == 3
    page = refused(pictures=picture("d.jpg"), kept=word)
    assert page.count('name="drop"') == 3
    assert TOLD["fr"].form.wrong["many_files"] in page
    assert HeldPicture.objects.count() == 3


def test_four_at_once_are_refused_and_three_are_held() -> None:
    several = [picture(f"{n}.jpg") for n in range(4)]
    answer = Client().post("/report/", {**SOUND, "pictures": several})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert TOLD["fr"].form.wrong["many_files"] in page
    assert page.count('name="drop"') == 3


def test_what_is_taken_off_is_neither_shown_nor_sent() -> None:
    page = refused(pictures=[picture("a.jpg", color="red"), picture("b.jpg")])
    first = HeldPicture.objects.order_by("pk")[0]
    sent = {**SOUND, "kept": word_of(page), "drop": str(first.pk)}
    assert Client().post("/report/", sent).status_code == 302
    assert attached() == 1
    assert not HeldPicture.objects.filter(pk=first.pk).exists()


def test_file_that_is_no_picture_is_said_at_once_and_the_rest_is_held() -> None:
    bad = io.BytesIO(b"MZ nothing")
    bad.name = "rat.exe"
    page = refused(pictures=[picture(), bad])
    assert page.count('name="drop"') == 1
    assert TOLD["fr"].form.wrong["bad_file"] in page


@pytest.mark.parametrize("spoil", [lambda w: "x", lambda w: w[:-2] + "_", lambda w: "x" * 900])
def test_nobody_guesses_the_word_of_another(spoil: Any) -> None:
    word = word_of(refused(pictures=picture()))
    page = refused(kept=spoil(word))
    assert 'name="drop"' not in page
    assert HeldPicture.objects.count() == 1


def test_nobody_takes_off_the_picture_of_another() -> None:
    refused(pictures=picture())
    other = word_of(refused(pictures=picture("b.jpg")))
    first = HeldPicture.objects.order_by("pk")[0]
    refused(kept=other, drop=str(first.pk))
    assert HeldPicture.objects.count() == 2


def test_double_click_is_one_report() -> None:
    word = word_of(refused(pictures=picture()))
    sent = {**SOUND, "kept": word, "once": "the same form"}
    first, second = (Client().post("/report/", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_held_pictures_are_forgotten_after_their_time() -> None:
    held = hold_picture("x", name="a.jpg", content=picture().read(), until=UNTIL)
    assert [row.id for row in held_pictures("x", at=UNTIL)] == [held.pk]
    assert held_pictures("x", at=UNTIL + timedelta(seconds=1)) == ()
    assert forget_held(at=UNTIL) == 0
    assert forget_held(at=UNTIL + timedelta(seconds=1)) == 1
    assert held_pictures("", at=NOON) == ()


def test_network_has_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "MOST_OF_A_NETWORK", 2)
    refused(pictures=[picture(), picture("b.jpg", color="red")])
    assert len(set(HeldPicture.objects.values_list("network", flat=True))) == 1
    assert TOLD["fr"].form.photos_again in refused(pictures=picture())
    elsewhere = {**WRONG, "pictures": picture()}
    Client(REMOTE_ADDR="203.0.113.7").post("/report/", elsewhere)
    assert HeldPicture.objects.count() == 3


def test_house_holds_only_so_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = hold_picture("x", name="a.jpg", content=picture().read(), until=UNTIL)
    assert first.size == len(first.content) + len(first.thumbnail)
    monkeypatch.setattr(holding, "MOST_BYTES_HELD", first.size + 1)
    with pytest.raises(Refused):
        hold_picture("y", name="a.jpg", content=picture().read(), until=UNTIL)
    page = refused(pictures=picture())
    assert TOLD["fr"].form.photos_again in page
    assert drop_pictures("x", ids=[]) == 0
