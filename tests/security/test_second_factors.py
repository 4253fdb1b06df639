"""S3: staff sign in with two factors; each code opens once; what is lost is reset by another."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from tests.cast import HOUSE, PASSWORD, Cast
from tests.security.clocks import Clock, is_in, sign_in
from tests.security.factors import second_step, set_up, shown
from wardroom.directory.actions import reset_factors, use_code
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.reactions import FOLLOWS, TELL_OF_SIGN_IN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_the_office(settings: Settings) -> None:
    settings.SECOND_FACTOR = "required"


def test_staff_without_a_factor_reach_nothing_else(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    for path in ("/", "/issues/", "/people/", "/search/?q=a", "/feeds/wards.geojson", "/data/keys/",
                 "/account/password/", "/near/data/"):  # fmt: skip
        answer = client.get(path)
        led = answer.status_code == 302 and answer.headers["Location"] == "/account/security/"
        assert led or answer.status_code == 404 or path == "/", path
    sent = {"text": "The lamp is out <again>", "confirm-code": "12345 67890", "code": "1 2"}
    kept = client.post("/capture/", sent)
    assert kept.status_code == 403
    page = kept.content.decode()
    assert "The lamp is out &lt;again&gt;" in page
    assert "12345" not in page
    assert 'href="/account/security/"' in page
    assert "Sign in again" not in page
    assert "One more step before you start" in client.get("/account/security/").content.decode()
    _secret, codes = set_up(client, clock)
    assert len(codes) == len(set(codes)) == 10
    assert client.get("/issues/").status_code == 200


def test_without_the_look_they_would_reach_all(
    clock: Clock, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: with the look taken out, the list opens."""
    client = sign_in(liaison5.email)
    monkeypatch.setattr("wardroom.web.edge._lacks_factor", lambda *_: False)
    assert client.get("/issues/").status_code == 200


def test_the_password_alone_signs_nobody_in(clock: Clock, liaison5: Cast) -> None:
    secret, _codes = set_up(sign_in(liaison5.email), clock)
    client = second_step(liaison5.email)
    assert not is_in(client)
    wrong = client.post("/account/second/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "This code is not right" in wrong.content.decode()
    assert "You are not signed in yet" in wrong.content.decode()
    assert not is_in(client)
    clock.go_on(minutes=5)
    right = client.post("/account/second/", {"code": shown(secret, clock.now())})
    assert right.status_code == 302
    assert is_in(client)


def test_each_code_opens_once(clock: Clock, liaison5: Cast) -> None:
    secret, codes = set_up(sign_in(liaison5.email), clock)
    user = liaison5.user
    at = clock.now()
    assert use_code(user, shown(secret, at), at=at) is None  # it set the app up
    assert use_code(user, shown(secret, at, later=1), at=at) is not None  # a fast clock
    assert use_code(user, shown(secret, at, later=1), at=at) is None
    assert use_code(user, shown(secret, at, later=2), at=at) is None  # too fast
    clock.go_on(minutes=10)
    assert use_code(user, shown(secret, clock.now(), later=-2), at=clock.now()) is None
    assert use_code(user, codes[0], at=at) is not None
    assert use_code(user, codes[0], at=at) is None
    assert all(use_code(user, code, at=at) for code in codes[1:])


def test_who_typed_a_recovery_code_twice_is_told_to_take_another(
    clock: Clock, liaison5: Cast
) -> None:
    _secret, codes = set_up(sign_in(liaison5.email), clock)
    first = second_step(liaison5.email).post("/account/second/", {"code": codes[0]})
    assert first.status_code == 302
    again = second_step(liaison5.email).post("/account/second/", {"code": codes[0]})
    assert again.status_code == 422
    assert "or a recovery code that you have not used yet" in again.content.decode()


def test_ten_wrong_codes_make_one_wait(clock: Clock, liaison5: Cast) -> None:
    secret, _ = set_up(sign_in(liaison5.email), clock)
    clock.go_on(minutes=5)
    client = second_step(liaison5.email)
    for number in range(10):
        client.post("/account/second/", {"code": f"{number:06}"})
    answer = client.post("/account/second/", {"code": shown(secret, clock.now())})
    assert answer.status_code == 429
    assert "Too many wrong tries" in answer.content.decode()
    assert not is_in(client)


def test_whoever_has_the_password_keeps_nobody_out_of_their_own_browser(
    clock: Clock, liaison5: Cast
) -> None:
    desk = sign_in(liaison5.email)
    secret, _ = set_up(desk, clock)
    clock.go_on(minutes=5)
    thief = second_step(liaison5.email)
    for number in range(11):
        thief.post("/account/second/", {"code": f"{number:06}"}, REMOTE_ADDR="203.0.113.9")
    desk.post("/account/logout/")
    desk.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    assert desk.post("/account/second/", {"code": shown(secret, clock.now())}).status_code == 302
    assert is_in(desk)


def test_a_shown_code_notes_when_the_app_was_used(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    secret, codes = set_up(client, clock)
    clock.go_on(minutes=20)
    sent = {"next": "/", "confirm-code": shown(secret, clock.now())}
    assert client.post("/account/reauthenticate/", sent).status_code == 302
    assert Authenticator.objects.get(type="totp").last_used_at == clock.now()
    clock.go_on(minutes=20)
    assert client.post("/account/reauthenticate/", {"confirm-code": codes[0]}).status_code == 302
    assert Authenticator.objects.get(type="recovery_codes").last_used_at == clock.now()


def test_a_new_factor_ends_every_other_session(clock: Clock, liaison5: Cast) -> None:
    here, elsewhere = sign_in(liaison5.email), sign_in(liaison5.email)
    before = here.cookies["sessionid"].value
    set_up(here, clock)
    assert here.cookies["sessionid"].value != before
    assert is_in(here)
    assert not is_in(elsewhere)


def test_the_last_factor_stays_where_one_is_needed(clock: Clock, liaison5: Cast) -> None:
    client = sign_in(liaison5.email)
    set_up(client, clock)
    own = Authenticator.objects.get(user=liaison5.user, type="totp")
    answer = client.post(f"/account/security/{own.pk}/remove/")
    assert answer.status_code == 409
    assert "asks for a second factor" in answer.content.decode()


def test_who_is_offered_one_may_go_without(
    clock: Clock, liaison5: Cast, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "offered"
    client = sign_in(liaison5.email)
    assert client.get("/issues/").status_code == 200
    set_up(client, clock)
    own = Authenticator.objects.get(user=liaison5.user, type="totp")
    assert client.post(f"/account/security/{own.pk}/remove/").status_code == 302
    assert not Authenticator.objects.filter(user=liaison5.user).exists()
    assert is_in(sign_in(liaison5.email))


def test_a_partner_is_asked_for_none(clock: Clock, partner_dpw: Cast) -> None:
    assert sign_in(partner_dpw.email).get("/asks/").status_code == 200


def test_the_secret_is_locked_in_the_database(
    clock: Clock, liaison5: Cast, settings: Settings
) -> None:
    secret, _codes = set_up(sign_in(liaison5.email), clock)
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert secret not in kept
    settings.SECRET_KEY = "another-key-than-that-which-locked-it-01234567"
    clock.go_on(minutes=5)
    assert use_code(liaison5.user, shown(secret, clock.now()), at=clock.now()) is None
    assert use_code(liaison5.user, shown("", clock.now()), at=clock.now()) is None


def test_the_director_resets_what_was_lost(clock: Clock, liaison5: Cast, director: Cast) -> None:
    client = sign_in(liaison5.email)
    set_up(client, clock)
    with pytest.raises(NotAllowed):
        reset_factors(director.party, reason="Lost it", stamp=director.stamp)
    with pytest.raises(NotAllowed):
        reset_factors(liaison5.party, reason="Lost it", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="how you know"):
        reset_factors(liaison5.party, reason=" ", stamp=director.stamp)
    reset_factors(liaison5.party, reason="The phone was stolen; she came by", stamp=director.stamp)
    assert not is_in(client)
    again = sign_in(liaison5.email)
    assert again.get("/issues/").headers["Location"] == "/account/security/"
    with pytest.raises(Refused, match="no second factor"):
        reset_factors(liaison5.party, reason="Again", stamp=HOUSE)


def test_each_change_is_told_to_its_owner(clock: Clock, liaison5: Cast, director: Cast) -> None:
    told = [kind.__name__ for kind, follows in FOLLOWS.items() if TELL_OF_SIGN_IN in follows]
    assert sorted(told) == [
        *("PasswordChanged", "RecoveryCodesMade", "SecondFactorAdded"),
        *("SecondFactorRemoved", "SecondFactorsReset"),
    ]
    client = sign_in(liaison5.email)
    set_up(client, clock)
    client.post("/account/security/codes/")
    reset_factors(liaison5.party, reason="Lost it", stamp=director.stamp)
    kinds = ["SecondFactorAdded", "RecoveryCodesMade", "SecondFactorsReset"]
    lines = Entry.objects.filter(kind__in=kinds).order_by("pk")
    assert list(lines.values_list("kind", flat=True)) == kinds


def test_a_page_of_somebody_else_sets_nothing_up(
    clock: Clock, liaison5: Cast, liaison7: Cast
) -> None:
    page = sign_in(liaison7.email).get("/account/security/app/").content.decode()
    hidden = re.search(r'name="secret" value="([^"]+)"', page)
    spelled = re.search(r'class="breaks">([A-Z2-7 ]+)<', page)
    assert hidden
    assert spelled
    code = shown(spelled.group(1).replace(" ", ""), clock.now())
    client = sign_in(liaison5.email)
    answer = client.post("/account/security/app/", {"secret": hidden.group(1), "code": code})
    assert answer.status_code == 422
    assert "open for too long" in answer.content.decode()


@pytest.mark.parametrize(
    "said", ["{}", "[]", "null", "{", "[" * 20_000, '{"id": 1, "response": {}}', '{"type": 5}']
)
def test_nonsense_from_a_key_is_a_sentence(clock: Clock, liaison5: Cast, said: str) -> None:
    client = sign_in(liaison5.email)
    answer = client.post("/account/security/key/", {"name_": "Blue", "credential": said})
    assert answer.status_code == 422
    set_up(client, clock)
    answer = second_step(liaison5.email).post("/account/second/", {"credential": said})
    assert answer.status_code == 422
