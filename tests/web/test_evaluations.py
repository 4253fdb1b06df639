"""The pages of evaluations: what they show, what they refuse, and who sees nothing of them."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast
from tests.problems.evaluations import designated, registered, told
from tests.trouble import Trouble
from tests.web.conftest import SignIn
from wardroom.problems.actions import keep_verdict
from wardroom.problems.models import Evaluation

pytestmark = pytest.mark.django_db


def test_pages_show_an_evaluation_before_and_after_it_is_judged(
    trouble: Trouble, liaison5: Cast, sign_in: SignIn
) -> None:
    location = designated(trouble, 1, liaison5)
    evaluation = registered(location, who=liaison5)
    client = sign_in(liaison5)
    path = f"/evaluations/{evaluation.pk}/"
    assert "No whole month is over yet" in client.get(path).content.decode()
    keep_verdict(evaluation, told=told(), stamp=HOUSE)
    page = client.get(path).content.decode()
    for part in (
        "Cannot tell yet",
        "interim look after 1 of 12 months",
        "Of 100 made-up plans of this size on untreated places, 5 would have looked helped.",
        'aria-label="30% fewer; 90% interval: from 60% fewer to 20% more."',
        evaluation.sha256,
    ):
        assert part in page, part
    assert evaluation.title in client.get("/evaluations/").content.decode()
    assert path in client.get(f"/locations/{location.matter_id}/").content.decode()
    answer = client.post(f"{path}withdraw/", {"reason": ""})
    assert answer.status_code == 422
    assert "Why is it withdrawn" in answer.content.decode()


def test_what_was_typed_is_kept_and_nothing_unseen_is_registered(
    trouble: Trouble, liaison5: Cast, sign_in: SignIn
) -> None:
    location = designated(trouble, 1, liaison5)
    client = sign_in(liaison5)
    sent = {
        "title": "Crews twice a week", "places": [location.pk], "starts_on": "2026-11-01",
        "verdict_on": "2027-12-01",
    }  # fmt: skip
    answer = client.post("/evaluations/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Crews twice a week" in page
    assert f'value="{location.pk}" checked' in page
    unseen = {**sent, "starts_on": "2026-12-01", "register": "1", "seen": "another"}
    assert client.post("/evaluations/new/", unseen).status_code == 409
    shown = client.post("/evaluations/new/", {**unseen, "register": ""} | {"title": ""})
    assert shown.status_code == 422
    assert not Evaluation.objects.exists()


def test_looking_first_then_registering_keeps_what_was_seen(
    trouble: Trouble, liaison5: Cast, sign_in: SignIn
) -> None:
    location = designated(trouble, 1, liaison5)
    client = sign_in(liaison5)
    sent = {
        "title": "Crews twice a week", "places": [location.pk], "starts_on": "2026-12-01",
        "verdict_on": "2027-12-01",
    }  # fmt: skip
    look = client.post("/evaluations/new/", sent)
    assert look.status_code == 200
    seen = look.context["seen"].sha256
    answer = client.post("/evaluations/new/", {**sent, "register": "1", "seen": seen})
    evaluation = Evaluation.objects.get()
    assert answer.headers["Location"] == f"/evaluations/{evaluation.pk}/"
    assert evaluation.sha256 == seen


def test_partner_and_other_ward_see_nothing(
    trouble: Trouble, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, sign_in: SignIn
) -> None:
    evaluation = registered(designated(trouble, 1, liaison5), who=liaison5)
    path = f"/evaluations/{evaluation.pk}/"
    for who in (liaison7, partner_dpw):
        assert sign_in(who).get(path).status_code == 404
    assert evaluation.title not in sign_in(liaison7).get("/evaluations/").content.decode()
    assert sign_in(partner_dpw).get("/evaluations/").status_code == 403
