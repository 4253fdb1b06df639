"""The file of a location over time: left, watched, relapsed, and never a second one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import NEXT
from tests.problems.leaving import fresh, later, leave, look
from tests.trouble import Report, Trouble, bring_in
from wardroom.access.actor import Stamp
from wardroom.directory.actions import end_grant
from wardroom.jobs.delivery import send_waiting, sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.actions import close_matter
from wardroom.matters.models import Matter
from wardroom.problems.actions import (
    decide_candidate,
    exit_location,
    relapse_location,
    reopen_location,
    write_analysis,
)
from wardroom.problems.gateways import detect
from wardroom.problems.models import PersistentLocation, Spell
from wardroom.problems.queries import (
    location_file,
)

pytestmark = pytest.mark.django_db
TODAY, AGAIN = NOON.date(), date(2027, 2, 1)


def test_exit_keeps_the_test_as_it_stood_and_begins_the_watch(
    location: PersistentLocation, liaison5: Cast
) -> None:
    spell = leave(location, liaison5)
    assert (spell.number, spell.outcome, spell.against_test) == (1, "maintained", True)
    assert spell.watch_until == date(2027, 5, 18)
    assert spell.exit_test is not None
    assert [line["code"] for line in spell.exit_test["lines"]] == ["checks", "requests", "asks"]
    told = Entry.objects.get(kind="LocationLeft").sentence
    assert "The exit test is not met yet" in told
    assert "Reason: Fenced in" in told
    file = location_file(location.matter_id, liaison5.actor, at=NOON)
    assert (file.standing, file.exit_test, file.matter.state) == ("on_watch", None, "closed")
    after = location_file(location.matter_id, liaison5.actor, at=NOON + timedelta(days=300))
    assert after.standing == "sustained"


@pytest.mark.parametrize("outcome", ["resolved", "maintained", "stopped"])
def test_exit_without_a_reason_changes_nothing(
    location: PersistentLocation, liaison5: Cast, outcome: str
) -> None:
    with pytest.raises(Refused) as no:
        leave(location, liaison5, outcome=outcome, reason=" ")
    assert no.value.field == "reason"
    assert Matter.objects.get().state == "open"
    assert Spell.objects.get().left_at is None


def test_place_that_nobody_looked_at_is_not_said_to_need_no_watch(
    location: PersistentLocation, liaison5: Cast
) -> None:
    with pytest.raises(Refused) as no:
        leave(location, liaison5, outcome="resolved")
    assert (no.value.code, no.value.field) == ("nobody_looked", "outcome")
    assert Matter.objects.get().state == "open"
    look(location, liaison5, NOON + timedelta(hours=1), "clean")
    leave(location, liaison5, 1, outcome="resolved")
    assert Matter.objects.get().outcome == "resolved"
    reopen_location(fresh(location), reason="Back", next_on=AGAIN, stamp=later(liaison5, 2))
    with pytest.raises(Refused) as no:
        leave(location, liaison5, 3, outcome="resolved")
    assert no.value.code == "nobody_looked", "the look of the time before does not count"


def test_only_the_ward_and_the_director_leave_and_take_up(
    location: PersistentLocation, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, director: Cast
) -> None:
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotAllowed):
            leave(location, who)
        with pytest.raises(NotAllowed):
            write_analysis(fresh(location), answers={"what": "Rats"}, stamp=who.stamp)
    leave(location, director)
    with pytest.raises(NotAllowed):
        reopen_location(fresh(location), reason="Back", next_on=NEXT, stamp=liaison7.stamp)
    with pytest.raises(NotAllowed):
        relapse_location(fresh(location), reason="x", found_by="check", stamp=liaison5.stamp)
    reopen_location(fresh(location), reason="Back", next_on=NEXT, stamp=liaison5.stamp)


def test_look_that_is_not_clean_opens_the_same_file_and_tells_the_owner(
    location: PersistentLocation, liaison5: Cast
) -> None:
    leave(location, liaison5)
    sweep()
    send_waiting()
    mail.outbox.clear()
    look(location, liaison5, NOON + timedelta(hours=1), "clean")
    sweep()
    assert Matter.objects.get().state == "closed"
    look(location, liaison5, NOON + timedelta(hours=2))
    sweep()
    sweep()
    send_waiting()
    matter = Matter.objects.get()
    assert (matter.pk, matter.state) == (location.matter_id, "open")
    assert matter.owner == liaison5.party
    assert matter.next_on is not None
    last = Spell.objects.get(number=2)
    assert (last.entry, last.entered_by) == ("relapsed", HOUSE.actor.name)
    fact = Entry.objects.get(kind="LocationRelapsed")
    assert (fact.body["found_by"], fact.body["watched"]) == ("check", True)
    assert [m.subject for m in mail.outbox] == [f"[W-{matter.pk}] It came back: 1 ALLEY STREET NE"]


def test_look_at_a_place_that_was_given_up_is_no_relapse(
    location: PersistentLocation, liaison5: Cast
) -> None:
    leave(location, liaison5, outcome="stopped")
    look(location, liaison5, NOON + timedelta(hours=2))
    sweep()
    assert Matter.objects.get().state == "closed"
    with pytest.raises(Refused) as no:
        relapse_location(fresh(location), reason="x", found_by="check", stamp=HOUSE)
    assert no.value.code == "never_solved"


def test_relapse_finds_another_owner_where_the_former_left(
    location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    leave(location, liaison5)
    grant = liaison5.user.grants.get()
    end_grant(grant, until_on=TODAY + timedelta(days=1), stamp=director.stamp)
    house = replace(HOUSE, at=NOON + timedelta(days=4))
    relapse_location(fresh(location), reason="It is back", found_by="check", stamp=house)
    matter = Matter.objects.get()
    assert (matter.state, matter.owner) == ("open", director.party)


def test_designating_again_never_makes_a_second_file(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    for n, outcome in enumerate(["maintained", "stopped", "resolved"], start=1):
        look(location, liaison5, NOON + timedelta(days=10 * n - 1), "clean")
        leave(location, liaison5, 10 * n, outcome=outcome)
        decide_candidate(
            trouble.candidate(1), verdict="designate", reason=f"Again {n}",
            next_on=date(2027, 2, 1), stamp=later(liaison5, 10 * n + 5),
        )  # fmt: skip
    assert PersistentLocation.objects.count() == Matter.objects.count() == 1
    entries = Spell.objects.order_by("number").values_list("entry", flat=True)
    assert list(entries) == ["designated", "relapsed", "reopened", "relapsed"]


def test_file_that_was_closed_by_another_way_is_not_lost(
    location: PersistentLocation, liaison5: Cast
) -> None:
    close_matter(Matter.objects.get(), outcome="resolved", stamp=liaison5.stamp)
    reopen_location(fresh(location), reason="Back", next_on=NEXT, stamp=later(liaison5, 1))
    first, second = Spell.objects.order_by("number")
    assert (first.outcome, first.left_at) == ("resolved", NOON)
    assert (second.entry, second.left_at) == ("relapsed", None)


def test_no_path_loses_the_file_or_its_number(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    """Forty moves by chance, allowed or not: always one file, and its times are whole."""
    chance = random.Random(5)
    number = location.matter_id

    def designate(stamp: Stamp) -> object:
        on = stamp.at.date() + timedelta(days=9)
        row = trouble.candidate(1)
        return decide_candidate(
            row, verdict="designate", reason=f"On day {on}", next_on=on, stamp=stamp
        )

    moves: list[Callable[[Stamp], object]] = [
        lambda s: exit_location(fresh(location), outcome="maintained", reason="x", stamp=s),
        lambda s: exit_location(fresh(location), outcome="stopped", reason="x", stamp=s),
        lambda s: reopen_location(
            fresh(location), reason="x", next_on=s.at.date(), relapsed=False, stamp=s
        ),
        lambda s: relapse_location(
            fresh(location), reason="x", found_by="check", stamp=replace(HOUSE, at=s.at)
        ),
        designate,
    ]
    done = 0
    for day in range(1, 41):
        who = chance.choice([liaison5, director])
        try:
            chance.choice(moves)(later(who, day))
            done += 1
        except Refused:
            pass
        matter = Matter.objects.get()
        spells = list(Spell.objects.order_by("number"))
        assert matter.pk == number
        assert [s.number for s in spells] == list(range(1, len(spells) + 1))
        assert [s for s in spells if s.left_at is None] == spells[-1:] * (matter.state == "open")
        assert matter.state == "closed" or matter.next_on is not None
        assert matter.owner_id is not None
    assert done > 10


def test_ranking_that_finds_new_trouble_opens_the_file_again(
    trouble: Trouble, location: PersistentLocation, liaison5: Cast
) -> None:
    leave(location, liaison5)
    detect(stamp=HOUSE)
    sweep()
    assert Matter.objects.get().state == "closed", "old episodes do not count"
    days = (3, 9, 15)
    again = [Report(1, NOON + timedelta(days=n), reporter=n, status="OPEN") for n in days]
    closed = [replace(r, closed=r.opened + timedelta(days=1), status="") for r in again]
    bring_in(trouble.folder, closed, at=NOON + timedelta(days=20))
    later_house = replace(HOUSE, at=NOON + timedelta(days=20))
    detect(stamp=later_house)
    entry = Entry.objects.filter(kind="DetectionRun").latest("pk")
    assert [
        deliver_receipt(r.pk, stamp=later_house) for r in Receipt.objects.filter(entry=entry)
    ] == [True]
    assert Matter.objects.get().state == "open"
    spell = Spell.objects.get(number=2)
    assert (spell.entry, spell.decision) == ("relapsed", None)
    assert spell.entry_reason == (
        "The ranking puts it forward again: 3 episodes began since it was left on "
        "Wednesday, November 18, 2026"
    )
