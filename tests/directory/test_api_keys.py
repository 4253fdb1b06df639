"""Keys of programs: who makes and ends them, what they open, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.forms.models import model_to_dict

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.access.actor import NOBODY
from wardroom.access.models import ApiKey
from wardroom.access.queries.api_keys import (
    actor_of_key,
    get_key,
    key_page,
    key_presented,
)
from wardroom.api.keys import KeyRefused, let_in
from wardroom.directory.actions import deactivate_user, end_key, make_key, note_key_used
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry

LATER = NOON + timedelta(hours=1)


@pytest.mark.django_db
class TestMaking:
    def test_token_opens_its_key_and_is_kept_nowhere(self, director: Cast) -> None:
        made = make_key(None, name="App", scopes=["open311"], stamp=director.stamp)
        found = key_presented(made.token, NOON)
        assert found is not None
        assert (found.name, found.user_id, found.scopes) == ("App", None, frozenset({"open311"}))
        assert made.token.startswith("wr_")
        assert len(made.token) == 35
        kept = str(model_to_dict(made.key)) + str(list(Entry.objects.values_list("body")))
        assert made.token not in kept
        assert made.token[3:] not in kept
        assert made.key.hint == made.token[3:9]

    def test_no_two_tokens_are_the_same(self, director: Cast) -> None:
        tokens = {
            make_key(None, name="App", scopes=["alerts"], stamp=director.stamp).token
            for _ in range(20)
        }
        assert len(tokens) == 20

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"name": "  "}, "name_missing"),
            ({"name": "a" * 121}, "too_long"),
            ({"scopes": []}, "scope_missing"),
            ({"scopes": ["open311", "root"]}, "scope_unknown"),
            ({"scopes": ["read"]}, "scope_not_theirs"),
            ({"hourly_limit": 0}, "limit_out_of_bounds"),
            ({"hourly_limit": 10**9}, "limit_out_of_bounds"),
        ],
    )
    def test_what_is_off_is_refused(
        self, director: Cast, more: dict[str, object], code: str
    ) -> None:
        words: dict[str, object] = {"name": "App", "scopes": ["open311"], **more}
        with pytest.raises(Refused) as no:
            make_key(None, stamp=director.stamp, **words)  # type: ignore[arg-type]
        assert no.value.code == code
        assert not ApiKey.objects.exists()

    def test_liaison_makes_an_own_key_and_no_other(self, liaison5: Cast, liaison7: Cast) -> None:
        made = make_key(liaison5.user, name="Mine", scopes=["read"], stamp=liaison5.stamp)
        found = key_presented(made.token, NOON)
        assert found is not None
        assert actor_of_key(found, on=NOON.date()) == liaison5.actor
        for other in (liaison7.user, None):
            with pytest.raises(NotAllowed):
                make_key(other, name="Theirs", scopes=["open311"], stamp=liaison5.stamp)

    def test_users_key_sends_no_alerts(self, director: Cast, liaison5: Cast) -> None:
        with pytest.raises(Refused, match="app's key"):
            make_key(liaison5.user, name="Mine", scopes=["alerts"], stamp=director.stamp)

    def test_who_holds_no_role_makes_none(self, roleless: Cast) -> None:
        with pytest.raises(NotAllowed):
            make_key(roleless.user, name="Mine", scopes=["read"], stamp=roleless.stamp)


@pytest.mark.django_db
class TestEnding:
    def test_ended_key_opens_nothing_from_then_on(self, director: Cast) -> None:
        made = make_key(None, name="App", scopes=["open311"], stamp=director.stamp)
        end_key(made.key, stamp=replace(director.stamp, at=LATER))
        assert key_presented(made.token, LATER) is None
        with pytest.raises(Refused, match="ended already"):
            end_key(made.key, stamp=director.stamp)

    def test_key_goes_with_its_holders_sign_in(self, director: Cast, liaison5: Cast) -> None:
        made = make_key(liaison5.user, name="Mine", scopes=["read"], stamp=liaison5.stamp)
        deactivate_user(liaison5.party, reason="Left", stamp=director.stamp)
        assert key_presented(made.token, NOON) is None

    def test_other_liaison_neither_sees_nor_ends_it(
        self, director: Cast, liaison5: Cast, liaison7: Cast
    ) -> None:
        made = make_key(liaison5.user, name="Mine", scopes=["read"], stamp=liaison5.stamp)
        assert [row.id for row in key_page(liaison5.actor).rows] == [made.key.pk]
        assert [row.id for row in key_page(director.actor).rows] == [made.key.pk]
        assert key_page(liaison7.actor).total == key_page(NOBODY).total == 0
        with pytest.raises(NotFound):
            get_key(made.key.pk, liaison7.actor)
        with pytest.raises(NotAllowed):
            end_key(made.key, stamp=liaison7.stamp)
        end_key(made.key, stamp=liaison5.stamp)
        assert key_page(liaison5.actor).total == 0
        assert key_page(liaison5.actor, live=False).total == 1


@pytest.mark.django_db
class TestLettingIn:
    @pytest.mark.parametrize("token", ["", "wr_", "wr_" + "a" * 32, "wr_" + "é" * 32, "x" * 5000])
    def test_wrong_token_is_not_let_in(self, token: str) -> None:
        with pytest.raises(KeyRefused) as no:
            let_in(token, scope="open311", at=NOON)
        assert no.value.status == 401

    def test_key_is_good_for_its_scopes_only(self, director: Cast) -> None:
        made = make_key(None, name="App", scopes=["open311"], stamp=director.stamp)
        with pytest.raises(KeyRefused) as no:
            let_in(made.token, scope="alerts", at=NOON)
        assert (no.value.status, no.value.code) == (403, "scope_missing")
        assert let_in(made.token, scope="open311", at=NOON).stamp.actor.roles == frozenset()

    def test_calls_of_an_hour_are_counted(self, director: Cast) -> None:
        made = make_key(None, name="App", scopes=["open311"], hourly_limit=2, stamp=director.stamp)
        left = [let_in(made.token, scope="open311", at=NOON).left for _ in range(2)]
        assert left == [1, 0]
        with pytest.raises(KeyRefused) as no:
            let_in(made.token, scope="open311", at=NOON)
        assert (no.value.status, no.value.wait) == (429, 3600)
        assert let_in(made.token, scope="open311", at=LATER).left == 1

    def test_first_use_of_a_day_is_noted_once(self, director: Cast) -> None:
        made = make_key(None, name="App", scopes=["open311"], stamp=director.stamp)
        for _ in range(3):
            let_in(made.token, scope="open311", at=NOON)
        let_in(made.token, scope="open311", at=NOON + timedelta(days=1))
        assert Entry.objects.filter(kind="ApiKeyUsed").count() == 2
        made.key.refresh_from_db()
        assert made.key.last_used_on == NOON.date() + timedelta(days=1)

    def test_use_that_is_noted_already_is_not_noted_again(self, director: Cast) -> None:
        made = make_key(None, name="App", scopes=["open311"], stamp=director.stamp)
        note_key_used(None, key_id=made.key.pk, stamp=HOUSE)
        with pytest.raises(Refused, match="noted already"):
            note_key_used(None, key_id=made.key.pk, stamp=HOUSE)
