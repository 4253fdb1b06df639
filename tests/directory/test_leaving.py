"""Nobody goes with live work, whatever it is and whoever knows of it."""

from __future__ import annotations

import ast
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.architecture.source import PACKAGE, functions_named, modules, shown, tree_of
from tests.cast import HOUSE, PASSWORD, Cast, hire
from tests.conftest import NOON
from wardroom.access.actor import NOBODY, Actor, Role
from wardroom.access.models import Grant, User
from wardroom.access.queries import actor_for
from wardroom.directory import actions, gateways
from wardroom.directory.models import Party
from wardroom.directory.queries import email_addresses
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.queries import still_at_work
from wardroom.notices.actions.keys import open_text
from wardroom.notices.models import Message

TODAY = NOON.date()


def test_whoever_would_leave_something_behind_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Actor]] = []

    def groups(party: Party, afterwards: Actor, on: date) -> str:
        asked.append((party.name, afterwards))
        return "2 groups"

    monkeypatch.setattr(gateways, "_ASKED", [lambda *_: "", groups, lambda *_: "1 promise"])
    with pytest.raises(Refused) as no:
        gateways.check_nothing_left(Party(name="Somebody"), NOBODY, on=TODAY)
    assert no.value.code == "has_live_work"
    assert "Somebody still has live work: 2 groups, 1 promise. Start a handover" in str(no.value)
    assert asked == [("Somebody", NOBODY)]


def test_the_house_asks_the_matters_before_anybody_goes() -> None:
    assert still_at_work in gateways._ASKED


def names_taken_in(tree: ast.Module) -> set[str]:
    """What a file imports from the users and their roles."""
    return {
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == "wardroom.access.models"
        for alias in node.names
    }


def test_everything_that_ends_a_role_or_a_sign_in_asks_first() -> None:
    """Whatever function of the house writes these columns calls the guard in its body."""
    ending = {"is_active", "valid_until"}
    found = {}
    for path in modules():
        if not {"Grant", "User"} & names_taken_in(tree_of(path)):
            continue
        for node in functions_named(tree_of(path)):
            targets = [
                t.attr
                for n in ast.walk(node)
                if isinstance(n, ast.Assign)
                for t in n.targets
                if isinstance(t, ast.Attribute) and t.attr in ending
            ]
            calls = {
                n.func.id
                for n in ast.walk(node)
                if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            }
            if targets:
                found[f"{shown(path)}:{node.name}"] = "check_nothing_left" in calls
    opens = f"{shown(PACKAGE / 'directory' / 'actions' / 'roles.py')}:reactivate_user"
    found.pop(opens)
    assert len(found) == 2
    assert all(found.values()), found


@pytest.mark.django_db
@pytest.mark.any_database
def test_a_role_ends_where_nothing_hangs_on_it(liaison5: Cast, director: Cast) -> None:
    grant = Grant.objects.get(user=liaison5.user)
    actions.end_grant(grant, until_on=TODAY, stamp=director.stamp)
    assert not actor_for(liaison5.user, on=TODAY + timedelta(days=1)).roles


@pytest.mark.django_db
def test_sign_in_is_closed_and_opened_again(
    liaison5: Cast, director: Cast, liaison7: Cast, client: Client
) -> None:
    with pytest.raises(NotAllowed):
        actions.deactivate_user(liaison5.party, reason="Away", stamp=liaison7.stamp)
    for reason, code in (("", "reason_missing"), ("Away", "")):
        if code:
            with pytest.raises(Refused) as no:
                actions.deactivate_user(liaison5.party, reason=reason, stamp=director.stamp)
            assert no.value.code == code
        else:
            actions.deactivate_user(liaison5.party, reason=reason, stamp=director.stamp)
    user = User.objects.get(pk=liaison5.user.pk)
    assert actor_for(user, on=TODAY) == NOBODY
    sent = {"login": liaison5.email, "password": PASSWORD}
    assert "are not correct" in client.post("/account/login/", sent).content.decode()
    with pytest.raises(Refused) as no:
        actions.deactivate_user(liaison5.party, reason="Again", stamp=director.stamp)
    assert no.value.code == "already_closed"
    actions.reactivate_user(liaison5.party, stamp=director.stamp)
    assert actor_for(User.objects.get(pk=user.pk), on=TODAY).reach.wards == {"5"}
    with pytest.raises(Refused) as no:
        actions.reactivate_user(liaison5.party, stamp=director.stamp)
    assert no.value.code == "already_open"
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["SignInClosed", "SignInOpened"]


@pytest.mark.django_db
def test_last_director_who_signs_in_stays(director: Cast, agencies: dict[str, Party]) -> None:
    with pytest.raises(Refused) as no:
        actions.deactivate_user(director.party, reason="Leaves", stamp=HOUSE)
    assert no.value.code == "last_director"
    second = hire("second", "Second Director", Role.DIRECTOR)
    actions.deactivate_user(second.party, reason="Away", stamp=HOUSE)
    grant = Grant.objects.get(user=director.user)
    with pytest.raises(Refused) as no:
        actions.end_grant(grant, until_on=TODAY, stamp=HOUSE)
    assert no.value.code == "last_director"
    with pytest.raises(Refused) as no:
        actions.deactivate_user(agencies["DPW"], reason="Leaves", stamp=HOUSE)
    assert no.value.code == "cannot_sign_in"


@pytest.mark.django_db
def test_director_who_comes_later_or_goes_soon_is_nobody_who_stays(director: Cast) -> None:
    grant = Grant.objects.get(user=director.user)
    later = hire("later", "Later Director", Role.STAFF)
    month = timedelta(days=30)
    coming = actions.grant_role(
        later.party, role=Role.DIRECTOR, valid_from=TODAY + month, stamp=HOUSE
    )
    for let_go in (
        lambda: actions.end_grant(grant, until_on=TODAY, stamp=HOUSE),
        lambda: actions.deactivate_user(director.party, reason="Leaves", stamp=HOUSE),
    ):
        with pytest.raises(Refused) as no:
            let_go()
        assert no.value.code == "last_director"
    with pytest.raises(Refused):
        actions.end_grant(grant, until_on=TODAY + month - timedelta(days=2), stamp=HOUSE)
    actions.end_grant(grant, until_on=TODAY + month - timedelta(days=1), stamp=HOUSE)
    with pytest.raises(Refused):
        actions.end_grant(coming, until_on=TODAY + 2 * month, stamp=HOUSE)
    with pytest.raises(Refused):
        actions.deactivate_user(later.party, reason="Leaves", stamp=HOUSE)


def link() -> str:
    """The token in the newest invitation, as it goes out."""
    message = Message.objects.order_by("-pk")[0]
    text = open_text(message.text, holder=message.to_address, at=NOON)
    return text.split("/welcome/")[1].split("/")[0]


def invited(director: Cast) -> Party:
    party = actions.invite_person(
        None,
        email="New@example.org",
        name="A Newcomer",
        role=Role.STAFF,
        since_on=TODAY,
        stamp=director.stamp,
    )
    sweep()
    return party


@pytest.mark.django_db(transaction=True)
def test_who_is_invited_chooses_the_password_once(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    with pytest.raises(NotAllowed):
        invited(liaison5)
    party = invited(director)
    assert party.user is not None
    assert not party.user.has_usable_password()
    assert email_addresses(party.pk) == ()
    token = link()
    visitor = liaison5.stamp.__class__(actor=NOBODY, at=NOON, window=liaison5.stamp.window)
    with pytest.raises(Refused) as no:
        actions.choose_password(None, token=token, password="short", stamp=visitor)
    assert (no.value.code, no.value.field) == ("weak_password", "password")
    assert (
        actions.choose_password(None, token=token, password=PASSWORD, stamp=visitor)
        == "new@example.org"
    )
    assert User.objects.get(email="new@example.org").check_password(PASSWORD)
    with pytest.raises(Refused) as no:
        actions.choose_password(None, token=token, password=PASSWORD, stamp=visitor)
    assert no.value.code == "key_closed"


@pytest.mark.django_db(transaction=True)
def test_a_new_link_closes_the_one_before(director: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    party = invited(director)
    first = link()
    actions.send_sign_in_link(party, stamp=director.stamp)
    sweep()
    assert link() != first
    with pytest.raises(Refused) as no:
        actions.choose_password(None, token=first, password=PASSWORD, stamp=director.stamp)
    assert no.value.code == "key_closed"
    actions.deactivate_user(party, reason="Never came", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        actions.choose_password(None, token=link(), password=PASSWORD, stamp=director.stamp)
    assert no.value.code == "key_closed"
    with pytest.raises(Refused):
        actions.send_sign_in_link(party, stamp=director.stamp)


@pytest.mark.django_db
def test_nobody_is_invited_without_name_ward_or_address(director: Cast) -> None:
    words = {"email": "n@example.org", "name": "N", "role": Role.LIAISON, "since_on": TODAY}
    for wrong, code in (
        ({"name": " "}, "name_missing"),
        ({"name": "x" * 121}, "too_long"),
        ({"email": "none"}, "bad_email"),
        ({"email": director.email}, "email_taken"),
        ({}, "ward_missing"),
    ):
        with pytest.raises(Refused) as no:
            actions.invite_person(None, **{**words, **wrong}, stamp=director.stamp)  # type: ignore[arg-type]
        assert no.value.code == code
    assert User.objects.count() == 1
