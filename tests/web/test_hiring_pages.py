"""The pages of a hiring, and of an application: what they say, and where they lead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import HOUSE, Cast, hire
from tests.hiring.jobs import CANARY, WORDS, applied, drafted, follow, opened, scored
from tests.hiring.test_filling import FIRST_DAY, appointed
from tests.web.conftest import SignIn
from wardroom.access.actor import Role
from wardroom.hiring.actions import declare_conflict, draft_posting
from wardroom.library.actions import load_reference_data

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def noon(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noon: Any) -> None:
    """Fixed noon, and a place for files."""
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


def test_from_the_appointment_one_goes_on_to_all_that_follows(
    director: Cast, sign_in: SignIn
) -> None:
    posting = opened(director)
    applied(posting, "two@example.org")
    appointed(applied(posting), director)
    client = sign_in(director)
    page = client.get(reverse("hiring_application", args=[posting.pk, 2])).content.decode()
    onward = f"{reverse('hire')}?hiring={posting.pk}&amp;application=2"
    for words in ("1 of 1 is appointed", onward, reverse("positions"), reverse("residency")):
        assert words in page, words
    form = client.get(onward.replace("&amp;", "&")).content.decode()
    assert f'value="{CANARY}"' in form
    assert 'value="one@example.org"' in form
    assert f'value="{FIRST_DAY.isoformat()}"' in form
    other = sign_in(hire("director2", "The Other Director", Role.DIRECTOR))
    assert CANARY not in other.get(onward.replace("&amp;", "&")).content.decode()
    address = reverse("hiring_application_move", args=[posting.pk, 2, "fill"])
    after = client.post(address, {"reason": "Somebody was appointed"})
    assert after["Location"] == reverse("hiring", args=[posting.pk])
    page = client.get(after["Location"]).content.decode()
    assert "1 application can be told with one press: 1 in English." in page
    rest = reverse("hiring_move", args=[posting.pk, "rest"])
    assert client.post(rest, {"seen": "9", "reason": "Filled"}).status_code == 409
    assert client.post(rest, {"seen": "1", "reason": "Filled"}).status_code == 302
    assert posting.applications.get(number=1).stage == "not_selected"


def test_residency_says_in_how_many_days_somebody_begins(director: Cast, sign_in: SignIn) -> None:
    load_reference_data(None, stamp=HOUSE)
    appointed(applied(opened(director)), director)
    follow()
    page = sign_in(director).get(reverse("residency")).content.decode()
    assert "Grade 5, in 8 days" in page
    assert "0 days ago" not in page


def test_a_draft_offers_only_what_can_be_done(director: Cast, sign_in: SignIn) -> None:
    bare = draft_posting(None, words=WORDS, stamp=director.stamp)
    client = sign_in(director)
    page = client.get(reverse("hiring", args=[bare.pk])).content.decode()
    for words in ("Take a question off", "Hand it over", 'value="filled"', 'value="closed"'):
        assert words not in page, words
    assert 'value="withdrawn"' in page
    whole = drafted(director)
    hire("director2", "The Other Director", Role.DIRECTOR)
    page = client.get(reverse("hiring", args=[whole.pk])).content.decode()
    assert "Take a question off" in page
    choices = page.split('id="handover_user_id"')[1].split("</select>")[0]
    assert "The Other Director" in choices
    assert ">The Director<" not in choices


def test_publishing_asks_with_a_preview(director: Cast, liaison5: Cast, sign_in: SignIn) -> None:
    posting = drafted(director)
    client, home = sign_in(director), reverse("hiring", args=[posting.pk])
    publish = reverse("hiring_move", args=[posting.pk, "publish"])
    answer = client.post(publish, {"looked": "on"})
    assert answer.status_code == 422
    assert "Seat somebody on the panel first" in answer.content.decode()
    client.post(reverse("hiring_move", args=[posting.pk, "seat"]), {"user_id": liaison5.user.pk})
    page = client.get(home).content.decode()
    for words in (
        "Preview: what everybody will read",
        "answers 2 questions, and the panel asks 2 questions. On the panel: Liaison of Ward 5.",
    ):
        assert words in page, words
    assert client.post(publish, {}).status_code == 422
    assert client.post(publish, {"looked": "on"}).status_code == 302
    client.get(home)
    edit = client.get(reverse("hiring_edit", args=[posting.pk]))
    assert edit.status_code == 200
    applied(posting)
    assert client.get(reverse("hiring_edit", args=[posting.pk])).status_code == 403


def test_points_have_their_limits_said_at_their_field(
    director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    posting = opened(director, liaison5)
    declare_conflict(applied(posting), conflict=False, stamp=liaison5.stamp)
    first, second = posting.questions.filter(asked_of="panel")
    address = reverse("hiring_application_move", args=[posting.pk, 1, "score"])
    page = sign_in(liaison5).post(address, {f"points_{first.pk}": "9"}).content.decode()
    for question in (first, second):
        said = f"Give 0 to 5 points to “{question.text}”"
        assert f'href="#score_points_{question.pk}">{said}</a>' in page
    assert "Ensure this value" not in page
    assert "This field is required" not in page


def test_extra_points_of_a_resident_stand_beside_the_points(
    director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    posting = opened(director, liaison5, preference="points", preference_points=10)
    row = applied(posting)
    client, home = sign_in(director), reverse("hiring", args=[posting.pk])
    assert "as a resident" not in client.get(home).content.decode()
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    scored(row, liaison5, 5)
    page = client.get(home).content.decode()
    assert "100 of 100" in page
    assert "and 10 as a resident: 110" in page
