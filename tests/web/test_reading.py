"""Looking changes nothing, and nothing is changed without the site's own form."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.test import Client

from tests.cast import PASSWORD
from tests.web.addresses import address, names
from tests.web.asking import unwritten
from tests.web.conftest import ROLES, World
from wardroom.access.gate import guard_pass
from wardroom.matters.models import Matter

if TYPE_CHECKING:
    from tests.web.looking import Look

pytestmark = pytest.mark.django_db
# Kept by the sign-in itself, the named exemption, and by what counts how often is too often.
OWN_BOOKS = {"sessions.Session", "access.Tally"}


def row_counts() -> Mapping[str, int]:
    """How many rows each table of the house holds, the ledger's among them."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in OWN_BOOKS
    }


def contents() -> Mapping[str, str]:
    """A digest of all that stands in each table of the house, to the last letter."""
    digests = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.label not in OWN_BOOKS:
            digest = sha256()
            for row in model._base_manager.order_by("pk").values_list().iterator():
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
            digests[model._meta.label] = digest.hexdigest()
    return digests


@pytest.mark.one_database
def test_looking_at_every_page_writes_nothing(looked: Look) -> None:
    assert looked.before["ledger.Entry"] > 0
    assert looked.after == looked.before


@pytest.mark.one_database
def test_looking_at_every_page_changes_no_letter(looked: Look) -> None:
    assert len(looked.contents_before) > 100
    assert looked.contents_after == looked.contents_before


def test_one_letter_that_changed_is_seen(world: World) -> None:
    before = contents()
    with guard_pass("a fault put in"):
        Matter.objects.filter(pk=world.matters["5"].pk).update(next_step="Walk the alleys")
    changed = contents()
    assert {label for label in before if changed[label] != before[label]} == {"matters.Matter"}
    assert contents() == changed


@pytest.mark.one_database
def test_asking_what_every_page_takes_writes_nothing(world: World) -> None:
    before = row_counts()
    assert before["ledger.Entry"] > 0
    for name in names():
        path = address(world, name)
        with unwritten():
            for role in ROLES:
                world.clients[role].options(path)
    assert row_counts() == before


def test_a_form_from_elsewhere_is_not_taken(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/account/login/")
    token = page.cookies["csrftoken"].value
    sent = {"login": "director@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert strict.post("/account/login/", sent).status_code == 302
    before = row_counts()
    for name in names():
        if name in {"walk_lines", "walk_photograph", "event_door_lines", "api_alerts"}:
            continue
        if name == "near_find":
            continue  # it leads from an address to a district, and changes nothing
        if (
            name.startswith(
                (
                    "answer",
                    "helped",
                    "invitation",
                    "news_",
                    "report_mine",
                    "report_say",
                    "job_mine",
                    "job_receipt",
                    "job_withdraw",
                    "records_mine",
                    "records_fetch",
                )
            )
            or name == "call"
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
