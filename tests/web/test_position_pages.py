"""Positions on their pages: who holds them, what is asked, and what can be taken back."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.office.people import lent, placed
from tests.web.conftest import SignIn
from wardroom.office.models import Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(director: Cast, sign_in: SignIn) -> Client:
    return sign_in(director)


def holds(client: Client, position: Position, who: Cast, **more: str) -> int:
    sent = {"holder": str(who.party.pk), "since_on": "2026-11-18", **more}
    return client.post(f"/positions/{position.pk}/fill/", sent).status_code


def test_second_job_is_asked_about_and_nothing_is_lost(
    client: Client, director: Cast, liaison5: Cast
) -> None:
    first, second = placed("5", director), placed("7", director)
    assert holds(client, first, liaison5) == 302
    assert b"this is meant" not in client.get(f"/positions/{second.pk}/").content
    sent = {"holder": str(liaison5.party.pk), "since_on": "2026-11-18"}
    asked = client.post(f"/positions/{second.pk}/fill/", sent)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "makes 2 full-time jobs" in page
    assert f'value="{liaison5.party.pk}" selected' in page
    assert "this is meant" in page
    assert holds(client, second, liaison5, again="on") == 302


def test_wrong_pick_is_taken_back(
    client: Client, director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    position = placed("5", director)
    at = f"/positions/{position.pk}/"
    assert f"{at}take-back/" not in client.get(at).content.decode()
    holds(client, position, liaison5)
    page = client.get(at).content.decode()
    assert f"{at}take-back/" in page
    assert f"Take back that {liaison5.party.name} holds it" in page
    assert sign_in(liaison5).post(f"{at}take-back/").status_code == 403
    page = client.post(f"{at}take-back/", follow=True).content.decode()
    assert "It was taken back." in page
    assert "<p>Vacant.</p>" in page
    assert f"It was taken back that {liaison5.party.name} is" in page


def test_jobs_are_told_so_that_they_add_up(client: Client, director: Cast, liaison5: Cast) -> None:
    held = placed("5", director)
    placed("7", director)
    assert b"0 of 2 full-time jobs are filled and 2 are vacant (2 positions)" in (
        client.get("/positions/").content
    )
    holds(client, held, liaison5)
    lent(liaison5, director)
    page = client.get("/positions/").content.decode()
    assert "0 of 2 full-time jobs are filled, 1 is held by somebody on detail" in page
    assert "and 1 is vacant (1 position)" in page
    assert "0 funds that run today" in page
    assert "Outreach specialist, Ward 5; Outreach specialist, Ward 7" in page
