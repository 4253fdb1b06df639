"""The link by which somebody new chooses a password; its letter leaves with the commit."""

from __future__ import annotations

from html import unescape

import pytest

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.web.conftest import World
from wardroom.directory.actions import send_sign_in_link
from wardroom.jobs.delivery import sweep
from wardroom.notices.actions.keys import open_text
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def test_the_link_opens_one_sign_in_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    send_sign_in_link(world.cast["records"].party, stamp=HOUSE)
    sweep()
    message = Message.objects.get(subject="Your sign-in to Wardroom")
    assert "{{key:" in message.text
    body = open_text(message.text, holder=message.to_address, at=NOON)
    path = "/welcome/" + body.split("/welcome/")[1].split()[0]
    visitor = world.clients["anonymous"]
    answer = visitor.get(path)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    for sent, sentence in (
        ({"password": "one-two-three-four", "again": "other"}, "The two passwords differ."),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({}, "Fill in “Password”."),
    ):
        answer = visitor.post(path, sent)
        assert answer.status_code == 422
        assert sentence in unescape(answer.content.decode())
        assert "one-two-three-four" not in answer.content.decode()
    words = {"password": "one-two-three-four", "again": "one-two-three-four"}
    answer = visitor.post(path, words)
    assert answer.headers["Location"] == "/account/login/"
    assert visitor.get(path).status_code == 404
