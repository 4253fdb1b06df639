"""Agreeing on a term: on which terms first, and then only what these ask for."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.web.conftest import SignIn
from wardroom.office.models import Term

pytestmark = pytest.mark.django_db

NEW = "/terms/new/"
DETAIL = {"home_agency", "home_name", "memorandum", "reason"}
VOLUNTEER = {"age", "consent_from", "consent_on", "displaces_nobody", "no_conflict"}


@pytest.fixture
def client(director: Cast, sign_in: SignIn) -> Client:
    return sign_in(director)


def test_terms_are_asked_for_first(client: Client) -> None:
    page = client.get(NEW).content.decode()
    for kind in ("detail", "volunteer", "fixed_term"):
        assert f'href="{NEW}?kind={kind}"' in page
    assert 'name="duties"' not in page
    assert "For a fixed term</a>" in client.get(f"{NEW}?kind=intern").content.decode()
    unsaid = client.post(NEW, {"duties": "Helps"})
    assert unsaid.status_code == 422
    assert b"Choose on which terms they come." in unsaid.content


@pytest.mark.parametrize(
    ("kind", "own", "others"),
    [
        ("detail", DETAIL, VOLUNTEER),
        ("volunteer", VOLUNTEER, DETAIL),
        ("fixed_term", set(), DETAIL | VOLUNTEER),
    ],
)
def test_form_asks_for_what_its_terms_need(
    client: Client, kind: str, own: set[str], others: set[str]
) -> None:
    page = client.get(f"{NEW}?kind={kind}").content.decode()
    for name in own | {"name_", "since_on", "until_on", "duties"}:
        assert f'name="{name}"' in page
    for name in others:
        assert f'name="{name}"' not in page
    assert "Under 14" not in page
    assert ('value="liaison"' in page) == (kind != "volunteer")


def test_volunteer_is_agreed_on_by_the_form(client: Client) -> None:
    sent = {
        "kind": "volunteer",
        "name_": "A neighbor who helps",
        "since_on": "2026-11-18",
        "until_on": "2027-01-20",
        "hours_weekly": "8",
        "duties": "Greets people at the door",
        "age": "minor",
        "displaces_nobody": "on",
        "no_conflict": "on",
    }
    again = client.post(f"{NEW}?kind=volunteer", sent)
    assert again.status_code == 422
    assert b"a parent or guardian has to agree" in again.content
    assert b"Greets people at the door" in again.content
    sent |= {"age": "grown"}
    assert client.post(f"{NEW}?kind=volunteer", sent).status_code == 302
    assert Term.objects.get().kind == "volunteer"
