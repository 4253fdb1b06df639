"""The pages of webhooks: a secret is shown once, and what was given up can be sent again."""

from __future__ import annotations

import re

import pytest

from tests.cast import Cast
from tests.ground import NEXT, Ground, open_at
from tests.web.conftest import SignIn
from wardroom.matters.actions import set_next_step
from wardroom.notices.actions import gather_lines
from wardroom.notices.models import Hook, HookDelivery

pytestmark = pytest.mark.django_db
NEW = {"name_": "Board", "address": "https://hooks.example.org/in", "kinds": "NextStepSet"}


def test_secret_is_shown_once(sign_in: SignIn, liaison5: Cast) -> None:
    client = sign_in(liaison5)
    answer = client.post("/data/hooks/new/", NEW)
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = answer.content.decode()
    [secret] = re.findall(r"whsec_[A-Za-z0-9+/=]{40,}", text)
    hook = Hook.objects.get()
    for path in ("/data/hooks/", f"/data/hooks/{hook.pk}/"):
        page = client.get(path).content.decode()
        assert "Board" in page
        assert secret not in page


def test_wrong_address_is_told_at_its_field_and_stays(sign_in: SignIn, liaison5: Cast) -> None:
    answer = sign_in(liaison5).post("/data/hooks/new/", {**NEW, "address": "ftp://a.example"})
    assert answer.status_code == 422
    assert "begin with https://" in answer.content.decode()
    assert "ftp://a.example" in answer.content.decode()


def test_inside_address_is_refused_and_the_page_names_the_setting(
    sign_in: SignIn, liaison5: Cast
) -> None:
    for address in ("https://127.0.0.1:9911/x", "http://127.0.0.1:9911/x"):
        answer = sign_in(liaison5).post("/data/hooks/new/", {**NEW, "address": address})
        assert answer.status_code == 422
        assert "WARDROOM_HOOKS_INSIDE" in answer.content.decode()
    assert not Hook.objects.exists()


def test_line_is_listed_and_sent_again_by_hand(
    sign_in: SignIn, ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    client = sign_in(liaison5)
    client.post("/data/hooks/new/", NEW)
    hook = Hook.objects.get()
    matter = open_at(ground, liaison5, "5")
    set_next_step(matter, next_on=NEXT, next_step="Call", stamp=liaison5.stamp)
    gather_lines(stamp=liaison5.stamp)
    row = HookDelivery.objects.get()
    own = f"/data/hooks/{hook.pk}/"
    assert f"/lines/{row.entry_id}/" in client.get(own).content.decode()
    assert client.post(f"{own}again/", {"delivery_id": row.pk}).status_code == 302
    assert client.post(f"{own}replay/", {"from_line": row.line}).status_code == 302
    wrong = client.post(f"{own}replay/", {"from_line": 10**9})
    assert wrong.status_code == 422
    assert "no such line" in wrong.content.decode()
    other = sign_in(liaison7)
    assert other.get(own).status_code == 404
    assert other.post(f"{own}end/").status_code == 404
    assert client.get(f"{own}nothing/").status_code == 404
    assert client.post(f"{own}end/").status_code == 302
    assert "It was ended" in client.get(own).content.decode()
    assert client.post(f"{own}end/").status_code == 409
