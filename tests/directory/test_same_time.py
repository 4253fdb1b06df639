"""Somebody is let go at the moment in which they are given work: one of the two is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.ground import DUE, Ground, open_at
from tests.matters.test_same_time import race
from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant, User
from wardroom.casework.actions import take_complaint
from wardroom.directory import gateways
from wardroom.directory.actions import add_party, deactivate_user, end_grant, hold_seat
from wardroom.directory.models import Party
from wardroom.kernel.facts import Ref
from wardroom.matters.actions import (
    accept_items,
    add_task,
    finish_handover,
    hand_over_matter,
    set_successor,
    start_handover,
)
from wardroom.matters.models import Handover, Matter
from wardroom.matters.queries import still_at_work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]
TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
A_WHILE = 1.0


class Gap:
    """The moment between the look at somebody's work and the change that lets them go.

    It lasts until the other side is through with its own change, or waits for this one.
    """

    def __init__(self) -> None:
        self.looked = threading.Event()
        self.through = threading.Event()

    def __call__(self, party: Party, afterwards: Actor, on: date) -> str:
        self.looked.set()
        self.through.wait(A_WHILE)
        return ""

    def giving(self, give: Callable[[], object]) -> Callable[[], object]:
        """The other side, which begins when the look is over."""

        def given() -> None:
            self.looked.wait(10)
            try:
                give()
            finally:
                self.through.set()

        return given


@pytest.fixture
def gap(monkeypatch: pytest.MonkeyPatch) -> Gap:
    made = Gap()
    monkeypatch.setattr(gateways, "_ASKED", [still_at_work, made])
    return made


def grant_of(who: Cast) -> Grant:
    return Grant.objects.get(user=who.user)


def test_task_for_somebody_whose_sign_in_is_closed(
    gap: Gap, liaison5: Cast, director: Cast
) -> None:
    said = race(
        lambda: deactivate_user(liaison5.party, reason="Leaves", stamp=director.stamp),
        gap.giving(
            lambda: add_task(
                None, party=liaison5.party, wording="Ring them", due_on=DUE, stamp=director.stamp
            )
        ),
    )
    assert said == ["done", "not_on_staff"]


def test_matter_for_somebody_whose_role_ends(
    gap: Gap, ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = open_at(ground, director, "5")
    said = race(
        lambda: end_grant(grant_of(liaison5), until_on=YESTERDAY, stamp=director.stamp),
        gap.giving(lambda: hand_over_matter(matter, owner=liaison5.party, stamp=director.stamp)),
    )
    assert said == ["done", "owner_not_on_staff"]
    assert Matter.objects.get().owner == director.party


def letting_go(way: str, who: Cast) -> Callable[[], object]:
    """Either way in which somebody is given no work any more."""
    if way == "end":
        return lambda: end_grant(grant_of(who), until_on=YESTERDAY, stamp=HOUSE)
    return lambda: deactivate_user(who.party, reason="Leaves", stamp=HOUSE)


def take(ground: Ground, ward: str, who: Cast) -> None:
    take_complaint(
        ground.places[ward], said="Bags", channel="phone", anonymous=True, stamp=who.stamp
    )


@pytest.mark.parametrize("way", ["end", "close"])
@pytest.mark.parametrize("own", [True, False])
def test_complaint_in_the_ward_of_somebody_who_is_let_go_goes_to_the_director(
    way: str, own: bool, gap: Gap, ground: Ground, liaison5: Cast, director: Cast
) -> None:
    """Also where it is they themselves who take it in."""
    office = add_party(None, kind="organisation", name="The Office", stamp=HOUSE)
    hold_seat(
        office,
        title="Ward liaison",
        holder=liaison5.party,
        since_on=date(2026, 1, 1),
        ward_code="5",
        stamp=HOUSE,
    )
    take(ground, "7", director)  # the first of a process takes longer than the gap
    said = race(
        letting_go(way, liaison5),
        gap.giving(lambda: take(ground, "5", liaison5 if own else director)),
    )
    assert said == ["done", "done"]
    assert Matter.objects.get(ward_code="5").owner == director.party


@pytest.mark.parametrize("way", ["end", "close"])
def test_complaint_in_a_vacant_ward_goes_to_the_director_who_stays(
    way: str, gap: Gap, ground: Ground, director: Cast
) -> None:
    second = hire("second", "Second Director", Role.DIRECTOR)
    said = race(letting_go(way, director), gap.giving(lambda: take(ground, "5", second)))
    assert said == ["done", "done"]
    assert Matter.objects.get(ward_code="5").owner == second.party


def test_task_for_somebody_whose_handover_is_finished(
    gap: Gap, ground: Ground, liaison5: Cast, director: Cast
) -> None:
    open_at(ground, liaison5, "5")
    handover = start_handover(liaison5.party, why="Left", last_on=YESTERDAY, stamp=director.stamp)
    refs = [Ref(item.noun, item.key) for item in handover.items.all()]
    set_successor(handover, successor=director.party, things=refs, stamp=director.stamp)
    ids = list(handover.items.values_list("pk", flat=True))
    accept_items(handover, items=ids, stamp=director.stamp)
    said = race(
        lambda: finish_handover(handover, stamp=director.stamp),
        gap.giving(
            lambda: add_task(
                None, party=liaison5.party, wording="Ring them", due_on=DUE, stamp=director.stamp
            )
        ),
    )
    assert said == ["done", "not_on_staff"]
    assert Handover.objects.get().state == "ended"


@pytest.mark.parametrize("way", ["end", "close"])
def test_two_directors_do_not_both_go(
    way: str, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = hire("second", "Second Director", Role.DIRECTOR)
    both = threading.Barrier(2)

    def wait_for_the_other(party: Party, afterwards: Actor, on: date) -> str:
        try:
            both.wait(A_WHILE)
        except threading.BrokenBarrierError:
            return ""
        return ""

    monkeypatch.setattr(gateways, "_ASKED", [wait_for_the_other])

    said = race(letting_go(way, director), letting_go(way, second))
    assert sorted(said) == ["done", "last_director"]
    assert User.objects.filter(is_active=True, grants__valid_until=None).count() == 1
