"""A form of the staff is done once: a double click and a resend after a lost answer add nothing."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from secrets import token_hex
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory

from tests.casework.reporting import staffed
from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.web.conftest import open_site
from wardroom.access.actor import Actor, Stamp, Window
from wardroom.access.models import SentForm
from wardroom.casework.models import Complaint
from wardroom.directory.actions import forget_sent_forms, sent_once
from wardroom.web import once

INTAKE = "/issues/new/"
SENT = {"said": "Bags in the alley", "channel": "phone", "anonymous": "on", "ward_code": "5"}
pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "LOOK_EVERY", 0.001)


@pytest.fixture
def desk(ground: Ground, liaison5: Cast) -> Client:
    staffed({"5": liaison5})
    return open_site(liaison5)


def form_of(client: Client, path: str = INTAKE) -> dict[str, str]:
    """A form as its page gives it out: with the mark of this page."""
    found = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode()
    )
    assert found
    return {**SENT, "csrfmiddlewaretoken": found.group(1)}


def made() -> int:
    return Complaint.objects.filter(said=SENT["said"]).count()


@pytest.mark.django_db
def test_sent_again_it_leads_to_where_the_first_one_led(desk: Client) -> None:
    sent = form_of(desk)
    first, second = (desk.post(INTAKE, sent) for _ in range(2))
    assert made() == 1
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"] != INTAKE
    page = desk.get(second.headers["Location"]).content.decode()
    assert once.SAID in page


@pytest.mark.django_db
def test_power_check_without_it_two_would_be_made(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "digest_of", lambda request: token_hex(32))
    sent = form_of(desk)
    for _ in range(2):
        desk.post(INTAKE, sent)
    assert made() == 2


@pytest.mark.django_db
def test_where_the_first_answer_was_lost_its_page_says_so(desk: Client) -> None:
    sent = form_of(desk)
    desk.post(INTAKE, sent)
    cache.clear()  # the server was killed before it knew where it would lead
    answer = desk.post(INTAKE, sent, headers={"referer": "http://testserver/issues/?ward=5"})
    assert answer.headers["Location"] == "/issues/?ward=5"
    answer = desk.post(INTAKE, sent, headers={"referer": "http://elsewhere.example/issues/"})
    assert answer.headers["Location"] == INTAKE
    assert once.SAID in desk.get(INTAKE).content.decode()
    assert made() == 1


@pytest.mark.django_db
def test_where_no_address_can_be_kept_the_form_is_done_all_the_same(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "set", full)
    sent = form_of(desk)
    assert desk.post(INTAKE, sent).headers["Location"].startswith("/issues/")
    assert desk.post(INTAKE, sent).headers["Location"] == INTAKE
    assert made() == 1


@pytest.mark.django_db
def test_where_addresses_cannot_be_looked_up_the_second_one_is_answered(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise ConnectionError("the other machine is gone")

    monkeypatch.setattr(cache, "get", gone)
    sent = form_of(desk)
    for _ in range(2):
        assert desk.post(INTAKE, sent).status_code == 302
    assert made() == 1


@pytest.mark.django_db
def test_same_words_on_a_page_that_was_opened_anew_are_another_form(desk: Client) -> None:
    for _ in range(2):
        desk.post(INTAKE, form_of(desk))
    assert made() == 2


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(desk: Client) -> None:
    sent = form_of(desk)
    assert desk.post(INTAKE, {**sent, "said": ""}).status_code == 422
    assert SentForm.objects.count() == 0
    assert desk.post(INTAKE, sent).status_code == 302
    assert made() == 1


@pytest.mark.django_db
def test_somebody_elses_form_is_another(desk: Client, director: Cast) -> None:
    sent = form_of(desk)
    desk.post(INTAKE, sent)
    open_site(director).post(INTAKE, sent)
    assert made() == 2


@pytest.mark.django_db
def test_words_are_not_kept_and_the_rest_is_forgotten_after_a_day(desk: Client) -> None:
    desk.post(INTAKE, form_of(desk))
    kept = str(list(SentForm.objects.values()))
    assert "alley" not in kept
    assert forget_sent_forms(at=NOON - timedelta(days=400)) == 0
    assert forget_sent_forms(at=SentForm.objects.get().sent_at + timedelta(hours=25)) == 1


class Asked:
    """A request as the middleware sees it."""

    def __init__(self, path: str, fields: dict[str, Any], user_id: int = 1) -> None:
        self.request: Any = RequestFactory().post(path, fields)
        actor = Actor(user_id=user_id, name="")
        vars(self.request)["stamp"] = Stamp(actor=actor, at=NOON, window=Window.WEB)

    @property
    def digest(self) -> str:
        return once.digest_of(self.request)


def test_each_field_and_each_byte_of_a_file_tells_two_forms_apart() -> None:
    def file(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("a.txt", content)

    forms = [
        Asked("/a/", {"x": "1", "y": "2"}),
        Asked("/a/", {"x": "1", "y": "2"}, user_id=2),
        Asked("/b/", {"x": "1", "y": "2"}),
        Asked("/a/?z=1", {"x": "1", "y": "2"}),
        Asked("/a/", {"x": "12", "y": ""}),
        Asked("/a/", {"x": ["1", "2"]}),
        Asked("/a/", {"x": "1", "y": file(b"one")}),
        Asked("/a/", {"x": "1", "y": file(b"two")}),
    ]
    assert len({form.digest for form in forms}) == len(forms)
    assert Asked("/a/", {"y": file(b"one")}).digest == Asked("/a/", {"y": file(b"one")}).digest
    read_after = forms[-1].request.FILES["y"].read()
    assert read_after == b"two"


@pytest.fixture
def together(desk: Client) -> list[Client]:
    other = Client()
    for name, cookie in desk.cookies.items():
        other.cookies[name] = cookie.value
    return [desk, other]


@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_double_click_makes_one(together: list[Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are past the first look before either writes; the second waits and does nothing."""
    gate, begin = threading.Barrier(2), sent_once

    def both(*args: Any, **kwargs: Any) -> Any:
        found = begin(*args, **kwargs)
        entered = found.__enter__()

        class Under:
            def __enter__(self) -> Any:
                gate.wait(timeout=20)
                return entered

            def __exit__(self, *given: Any) -> Any:
                return found.__exit__(*given)

        return Under()

    monkeypatch.setattr(once, "sent_once", both)
    sent, answers = form_of(together[0]), []

    def click(client: Client) -> None:
        try:
            answers.append(client.post(INTAKE, sent))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click, args=(client,)) for client in together]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert made() == 1
    assert [answer.status_code for answer in answers] == [302, 302]
