"""Addresses that take a form lead back to their page when somebody just opens them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def form_addresses(world: World) -> dict[str, str]:
    """Every address that only takes a form, and the page it belongs to."""
    candidate, matter = world.candidates["5"].pk, world.matters["5"].pk
    person = world.people["5"].pk
    ask, draft = world.asks["5"].pk, world.drafts["5"].pk
    return {
        reverse("decide", args=[candidate]): reverse("candidate", args=[candidate]),
        reverse("check", args=[matter]): reverse("location", args=[matter]),
        reverse("next_step", args=[matter]): reverse("location", args=[matter]),
        reverse("close", args=[matter]): reverse("location", args=[matter]),
        reverse("ask_move", args=[ask, "move_promise"]): reverse("ask", args=[ask]),
        reverse("batch_move", args=[world.batches["5"].pk, "do"]): reverse(
            "batch", args=[world.batches["5"].pk]
        ),
        reverse("report_draft"): reverse("reports"),
        reverse("word_template_back", args=["weekly"]): reverse("word_template", args=["weekly"]),
        reverse("party_move", args=[person, "contact"]): reverse("party", args=[person]),
        reverse("roll_up_draft"): reverse("roll_ups"),
        reverse("monthly_report_draft"): reverse("monthly_reports"),
        reverse("report_answer", args=[draft]): reverse("report", args=[draft]),
        reverse("report_rebuild", args=[draft]): reverse("report", args=[draft]),
        reverse("report_sign", args=[draft]): reverse("report", args=[draft]),
        reverse("report_correct", args=[draft]): reverse("report", args=[draft]),
        reverse("house_check"): reverse("the_house"),
        reverse("receipt_retry", args=[world.given_up]): reverse("the_house"),
        reverse("retry_message", args=[world.message.pk]): reverse("outbox"),
    }


def test_opening_a_forms_address_leads_to_its_page(world: World) -> None:
    director = world.clients["director"]
    for address, parent in form_addresses(world).items():
        answer = director.get(address, follow=True)
        assert answer.redirect_chain == [(parent, 302)], address
        assert answer.status_code == 200, address
        assert director.head(f"{address}?from=mail").headers["Location"] == parent


def test_other_methods_are_told_what_is_taken(world: World) -> None:
    director = world.clients["director"]
    for address in form_addresses(world):
        for method in ("put", "patch", "delete"):
            answer = getattr(director, method)(address)
            assert answer.status_code == 405, (method, address)
            assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_form_sent_after_the_session_ended_leads_to_its_page_once_signed_in(world: World) -> None:
    visitor = world.clients["anonymous"]
    address = reverse("next_step", args=[world.matters["5"].pk])
    away = visitor.post(address, {"next_on": "2026-12-24", "next_step": "Look again"})
    assert away.headers["Location"] == f"/account/login/?next={address}"
    sent = {"login": "liaison5@example.org", "password": "walk-the-alley-twice", "next": address}
    back = visitor.post("/account/login/", sent, follow=True)
    assert back.redirect_chain[-1] == (reverse("location", args=[world.matters["5"].pk]), 302)
    assert back.status_code == 200
