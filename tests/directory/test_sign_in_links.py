"""Links to choose a password by: one is open at a time, however many were ordered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import HOUSE, PASSWORD, Cast
from tests.conftest import NOON
from tests.matters.test_same_time import race
from wardroom.access.actor import NOBODY, Role
from wardroom.directory import actions
from wardroom.directory.models import Party
from wardroom.directory.rules import WELCOME
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.notices.actions import issue_key
from wardroom.notices.actions.keys import open_text
from wardroom.notices.models import Key, Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
VISITOR = replace(HOUSE, actor=NOBODY)
OTHER_WORDS = "a-fence-and-two-dogs"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def newcomer(director: Cast) -> Party:
    """Somebody who was hired and is sent a first link with the next sweep."""
    return actions.invite_person(
        None,
        email="new@example.org",
        name="A Newcomer",
        role=Role.STAFF,
        since_on=NOON.date(),
        stamp=director.stamp,
    )


def tokens() -> list[str]:
    """The tokens of all links, in the order of their letters; of closed ones, what stands there."""
    texts = [
        open_text(m.text, holder=m.to_address, at=NOON) for m in Message.objects.order_by("pk")
    ]
    return [text.split("/welcome/")[1].split("/")[0] for text in texts]


def still_open() -> int:
    return Key.objects.filter(purpose=WELCOME, revoked_at=None, uses=0).count()


def test_two_links_ordered_before_the_worker_came_leave_one_open(
    newcomer: Party, director: Cast
) -> None:
    actions.send_sign_in_link(newcomer, stamp=director.stamp)
    sweep()
    first, second = tokens()
    assert first == "(this link was taken back)"
    assert still_open() == 1
    actions.choose_password(None, token=second, password=PASSWORD, stamp=VISITOR)


def test_two_workers_at_once_leave_one_link_open(newcomer: Party, director: Cast) -> None:
    actions.send_sign_in_link(newcomer, stamp=director.stamp)
    due = Receipt.objects.filter(reaction__contains="invitation").values_list("pk", flat=True)
    one, two = due
    race(
        lambda: deliver_receipt(one, stamp=HOUSE),
        lambda: deliver_receipt(two, stamp=HOUSE),
    )
    sweep()
    assert Message.objects.count() == 2
    assert still_open() == 1


def test_choosing_a_password_closes_every_other_link(newcomer: Party, director: Cast) -> None:
    sweep()
    (first,) = tokens()
    issue_key(
        None,
        purpose=WELCOME,
        noun="party",
        key=str(newcomer.pk),
        holder="new@example.org",
        expires_at=NOON.replace(day=25),
        single_use=True,
        stamp=HOUSE,
    )
    actions.choose_password(None, token=first, password=PASSWORD, stamp=VISITOR)
    assert still_open() == 0
    with pytest.raises(Refused) as no:
        actions.choose_password(None, token=first, password=OTHER_WORDS, stamp=VISITOR)
    assert "It works once" in no.value.sentence


def test_link_for_something_else_is_neither_counted_nor_closed(
    newcomer: Party, director: Cast
) -> None:
    other = issue_key(
        None,
        purpose="another",
        noun="party",
        key=str(newcomer.pk),
        holder="new@example.org",
        expires_at=NOON.replace(day=25),
        stamp=HOUSE,
    )
    actions.send_sign_in_link(newcomer, stamp=director.stamp)
    other.refresh_from_db()
    assert other.revoked_at is None
