"""The pages of evaluations: what they show, what they refuse, and who sees nothing of them."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.problems.evaluations import designated, registered, told, tried
from tests.trouble import Trouble
from tests.web.conftest import SignIn
from wardroom.access.gate import guard_pass
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.problems.actions import keep_false_alarms, keep_verdict
from wardroom.problems.models import Evaluation, EvaluationPreview, PersistentLocation

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
    sent = crews_at(location)
    look = client.post("/evaluations/new/", sent)
    assert look.headers["Location"] == "/evaluations/new/?look=1#results"
    waiting = client.get("/evaluations/new/?look=1").content.decode()
    assert "Being counted since" in waiting
    assert "Register it" not in waiting
    assert f'value="{location.pk}" checked' in waiting
    count_what_is_wanted()
    shown = client.get("/evaluations/new/?look=1")
    assert "12 months before" in shown.content.decode()
    seen = shown.context["seen"].sha256
    changed = {**sent, "verdict_on": "2028-01-01", "register": "1", "seen": seen}
    assert client.post("/evaluations/new/", changed).status_code == 409
    answer = client.post("/evaluations/new/", {**sent, "register": "1", "seen": seen})
    evaluation = Evaluation.objects.get()
    assert answer.headers["Location"] == f"/evaluations/{evaluation.pk}/"
    assert evaluation.sha256 == seen


def test_a_count_that_never_comes_ends_the_waiting_and_says_whom_to_ask(
    trouble: Trouble, liaison5: Cast, sign_in: SignIn
) -> None:
    location = designated(trouble, 1, liaison5)
    client = sign_in(liaison5)
    sent = crews_at(location)
    client.post("/evaluations/new/", sent)
    assert "every 1s" in client.get("/evaluations/new/?look=1").content.decode()
    asked = EvaluationPreview.objects.get().asked_at
    with guard_pass("the clock of a test"):
        EvaluationPreview.objects.update(asked_at=asked - timedelta(minutes=11))
    page = client.get("/evaluations/new/?look=1").content.decode()
    assert "the director finds which under Data" in page
    assert "every 1s" not in page
    assert "Look again" in page


def crews_at(location: PersistentLocation) -> dict[str, Any]:
    """What a liaison fills in for a year of crews at one location."""
    return {
        "title": "Crews twice a week",
        "places": [location.pk],
        "starts_on": "2026-12-01",
        "verdict_on": "2027-12-01",
    }


def count_what_is_wanted() -> None:
    """What the worker does."""
    for receipt in Receipt.objects.filter(entry__kind="PreviewWanted", state="due"):
        assert deliver_receipt(receipt.pk, stamp=HOUSE)


def test_what_somebody_wants_to_register_is_theirs_alone(
    trouble: Trouble, liaison5: Cast, director: Cast, sign_in: SignIn
) -> None:
    location = designated(trouble, 1, liaison5)
    sent = crews_at(location)
    sign_in(liaison5).post("/evaluations/new/", sent)
    count_what_is_wanted()
    others = sign_in(director).get("/evaluations/new/?look=1")
    assert others.context["seen"] is None
    assert "Crews twice a week" not in others.content.decode()


def test_newest_look_is_the_one_that_is_counted(
    trouble: Trouble, liaison5: Cast, sign_in: SignIn
) -> None:
    location = designated(trouble, 1, liaison5)
    client = sign_in(liaison5)
    sent = crews_at(location)
    client.post("/evaluations/new/", sent)
    client.post("/evaluations/new/", {**sent, "title": "Lights mended"})
    count_what_is_wanted()
    seen = client.get("/evaluations/new/?look=1").context["seen"]
    assert (seen.counted, seen.draft.title) == (True, "Lights mended")


def test_list_says_how_often_the_judge_is_wrong(
    trouble: Trouble, liaison5: Cast, sign_in: SignIn
) -> None:
    client = sign_in(liaison5)
    assert "It was not tried yet" in client.get("/evaluations/").content.decode()
    keep_false_alarms(None, tried=tried(), stamp=HOUSE)
    page = client.get("/evaluations/").content.decode()
    for part in (
        "2.0 of 100", "95% interval: 1.2 to 3.5", "Seldom", "5.0 of 100", "9.0 of 100",
        "Too often", "As it should be".lower(), "Aug 2025", "1,234 requests",
    ):  # fmt: skip
        assert part in page, part
    keep_false_alarms(None, tried=tried(figures=(), starts=()), stamp=HOUSE)
    assert "There is too little data yet" in client.get("/evaluations/").content.decode()


@pytest.mark.parametrize(
    ("checks", "parts"),
    [
        (None, ("Nobody has looked at these places since the start",)),
        (
            {"clean": 3, "checked": 4, "clean_there": 0, "checked_there": 0},
            (
                "3 of 4 treated places were clean when last seen; before the start nobody looked.",
                "Nobody looked at places without a plan",
            ),
        ),
        (
            {
                "clean": 3, "checked": 4, "clean_there": 1, "checked_there": 4,
                "clean_before": 1, "checked_before": 3, "difference": [0.5, -0.02, 0.81],
            },
            (
                "3 of 4 treated places were clean when last seen; before the start 1 of 3.",
                "1 of 4 places that wait were clean when last seen; before the start nobody",
                "+50 percentage points for the treated ones; 90% interval: from -2 to +81.",
            ),
        ),
    ],
)  # fmt: skip
def test_what_was_seen_in_the_field_stands_beside_the_verdict(
    checks: dict[str, object] | None,
    parts: tuple[str, ...],
    trouble: Trouble,
    liaison5: Cast,
    sign_in: SignIn,
) -> None:
    evaluation = registered(designated(trouble, 1, liaison5), who=liaison5)
    said = told()
    figures = {**said.figures, "checks": checks, "ring": {"effect": 2, "low": 1.2, "high": 3}}
    keep_verdict(evaluation, told=told(figures=figures), stamp=HOUSE)
    page = unescape(sign_in(liaison5).get(f"/evaluations/{evaluation.pk}/").content.decode())
    for part in (*parts, "some of the trouble may have moved there", "10% fewer"):
        assert part in page, part


def test_partner_and_other_ward_see_nothing(
    trouble: Trouble, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, sign_in: SignIn
) -> None:
    evaluation = registered(designated(trouble, 1, liaison5), who=liaison5)
    path = f"/evaluations/{evaluation.pk}/"
    for who in (liaison7, partner_dpw):
        assert sign_in(who).get(path).status_code == 404
    assert evaluation.title not in sign_in(liaison7).get("/evaluations/").content.decode()
    assert sign_in(partner_dpw).get("/evaluations/").status_code == 403
