"""Looking changes nothing, and nothing is changed without the site's own form."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.apps import apps
from django.test import Client

from tests.cast import PASSWORD
from tests.web.addresses import address, names
from tests.web.conftest import ROLES, World

pytestmark = pytest.mark.django_db
OWN_BOOKS = {"sessions.Session"}  # kept by the sign-in itself, the named exemption


def row_counts() -> Mapping[str, int]:
    """How many rows each table of the house holds, the ledger's among them."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in OWN_BOOKS
    }


@pytest.mark.one_database
@pytest.mark.parametrize("method", ["get", "options"])
def test_looking_at_every_page_writes_nothing(method: str, world: World) -> None:
    before = row_counts()
    assert before["ledger.Entry"] > 0
    for role in ROLES:
        for name in names():
            getattr(world.clients[role], method)(address(world, name))
    assert row_counts() == before


def test_a_form_from_elsewhere_is_not_taken(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/account/login/")
    token = page.cookies["csrftoken"].value
    sent = {"login": "director@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert strict.post("/account/login/", sent).status_code == 302
    before = row_counts()
    for name in names():
        if name in {"healthz", "walk_lines", "walk_photograph", "event_door_lines", "api_alerts"}:
            continue
        if name == "near_find":
            continue  # it leads from an address to a district, and changes nothing
        if name.startswith(
            ("answer", "helped", "invitation", "news_", "report_mine", "report_say")
        ):
            continue  # a link's token, or a walk's pass, is all the power there is, and no cookie
        answer = strict.post(address(world, name), {"reason": "x", "verdict": "refuse"})
        assert answer.status_code == 403, name
        assert "The form was too old" in answer.content.decode(), name
    assert row_counts() == before


def test_the_same_form_with_its_token_is_taken(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.clients["liaison5"].cookies
    path = address(world, "location")
    page = strict.get(path)
    sent = {
        "next_on": "2026-12-24",
        "next_step": "Look again",
        "csrfmiddlewaretoken": page.context["csrf_token"],
    }
    answer = strict.post(f"{path}next/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
