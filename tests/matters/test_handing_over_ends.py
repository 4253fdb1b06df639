"""How a handover ends: with each role, seat and cover in its place, or called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE, Ground, open_at
from tests.matters.handing import TODAY, begin, code_of, ids, things
from wardroom.access.actor import Role
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.directory.actions import (
    add_party,
    call_off_cover,
    cover_ward,
    end_grant,
    grant_role,
    hold_seat,
)
from wardroom.directory.queries import liaison_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.matters import gateways
from wardroom.matters.actions import (
    accept_items,
    add_task,
    call_off_handover,
    finish_handover,
    hand_over_everything,
    set_successor,
)
from wardroom.matters.gateways import Gatherer, LiveThing
from wardroom.matters.models import Ask, Handover, Matter, Waiting
from wardroom.matters.queries import (
    get_handover,
    handover_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_the_end_waits_for_every_thing_and_for_the_last_day(
    matter5: Matter, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director, last_on=TODAY + timedelta(days=2))
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    assert code_of(lambda: finish_handover(handover, stamp=director.stamp)) == "not_settled"
    with pytest.raises(NotAllowed):
        finish_handover(handover, stamp=second.stamp)
    accept_items(handover, items=ids(handover), stamp=second.stamp)
    assert code_of(lambda: finish_handover(handover, stamp=director.stamp)) == "too_early"
    later = replace(director.stamp, at=NOON + timedelta(days=2))
    finish_handover(handover, stamp=later)
    assert actor_for(liaison5.user, on=TODAY + timedelta(days=2)).reach.wards == {"5"}
    assert not actor_for(liaison5.user, on=TODAY + timedelta(days=3)).roles
    assert code_of(lambda: finish_handover(handover, stamp=later)) == "wrong_state"
    with pytest.raises(NotFound):
        get_handover(handover.pk, actor_for(liaison5.user, on=TODAY + timedelta(days=3)))


def test_role_on_which_nothing_hangs_ends_and_the_other_does_not(
    matter5: Matter, liaison5: Cast, director: Cast, second: Cast
) -> None:
    other = grant_role(
        liaison5.party,
        role=Role.LIAISON,
        ward_code="7",
        valid_from=TODAY,
        stamp=director.stamp,
    )
    grant = Grant.objects.get(user=liaison5.user, ward_code="5")
    assert code_of(lambda: end_grant(grant, until_on=TODAY, stamp=director.stamp)) == (
        "has_live_work"
    )
    assert Grant.objects.get(pk=grant.pk).valid_until is None
    end_grant(other, until_on=TODAY, stamp=director.stamp)
    handover = begin(liaison5, director, ward="5")
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    accept_items(handover, items=ids(handover), stamp=second.stamp)
    finish_handover(handover, stamp=director.stamp)
    assert Grant.objects.get(pk=grant.pk).valid_until == TODAY


def test_who_gives_up_one_ward_keeps_the_rest(
    matter5: Matter, task: Ask, ground: Ground, liaison5: Cast, director: Cast, second: Cast
) -> None:
    grant_role(
        liaison5.party, role=Role.LIAISON, ward_code="7", valid_from=TODAY, stamp=director.stamp
    )
    both = replace(liaison5, actor=actor_for(liaison5.user, on=TODAY))
    open_at(ground, both, "7")
    handover = begin(both, director, ward="5")
    assert [item.title for item in handover.items.all()] == [matter5.title]
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    accept_items(handover, items=ids(handover), stamp=second.stamp)
    finish_handover(handover, stamp=director.stamp)
    assert actor_for(liaison5.user, on=TODAY + timedelta(days=1)).reach.wards == {"7"}


def test_seat_cover_and_question_go_over_too(
    liaison5: Cast, liaison7: Cast, second: Cast, director: Cast
) -> None:
    asked = add_task(
        None, party=director.party, wording="Sign it", due_on=DUE, stamp=liaison5.stamp
    )
    office = add_party(None, kind="organisation", name="The Office", stamp=HOUSE)
    hold_seat(
        office,
        title="Ward liaison",
        holder=liaison5.party,
        since_on=date(2026, 1, 1),
        ward_code="5",
        stamp=HOUSE,
    )
    cover_ward(
        liaison5.party, ward_code="7", valid_from=TODAY, valid_until=DUE, stamp=director.stamp
    )
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    assert accept_items(handover, items=ids(handover), stamp=second.stamp) == 3
    assert Ask.objects.get(pk=asked.pk).asked_by == second.party
    assert liaison_of("5", on=TODAY) == "Second Liaison"
    tomorrow = TODAY + timedelta(days=1)
    assert actor_for(second.user, on=tomorrow).reach.covers == {"7"}
    assert not actor_for(liaison5.user, on=tomorrow).reach.covers
    assert actor_for(second.user, on=DUE + timedelta(days=1)).reach.wards == {"5"}
    assert finish_handover(handover, stamp=director.stamp).state == "ended"


def test_cover_to_come_goes_over_or_is_called_off(
    liaison5: Cast, liaison7: Cast, second: Cast, director: Cast
) -> None:
    covers = [
        cover_ward(
            liaison5.party, ward_code=ward, valid_from=begins, valid_until=DUE, stamp=director.stamp
        )
        for ward, begins in (("7", TODAY + timedelta(days=2)), ("3", TODAY + timedelta(days=3)))
    ]
    with pytest.raises(Refused):
        call_off_cover(Grant.objects.get(user=liaison5.user, cover=False), stamp=director.stamp)
    handover = begin(liaison5, director)
    first = [Ref("cover", str(covers[0].pk))]
    set_successor(handover, successor=second.party, things=first, stamp=director.stamp)
    accept_items(handover, items=ids(handover), stamp=second.stamp)
    assert Grant.objects.get(user=second.user, cover=True).valid_from == TODAY + timedelta(days=2)
    finish_handover(handover, stamp=HOUSE)
    assert not Grant.objects.filter(user=liaison5.user, cover=True).exists()
    assert Entry.objects.filter(kind="CoverCalledOff").count() == 2


def test_who_stays_after_all_keeps_what_nobody_took(
    matter5: Matter, task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    matter = list(handover.items.filter(kind="matter").values_list("pk", flat=True))
    accept_items(handover, items=matter, stamp=second.stamp)
    assert (
        code_of(lambda: call_off_handover(handover, reason="", stamp=director.stamp))
        == "reason_missing"
    )
    call_off_handover(handover, reason="Stays", stamp=director.stamp)
    assert Matter.objects.get().owner == second.party
    assert Ask.objects.get().party == liaison5.party
    assert not Waiting.objects.filter(noun="handover").exists()
    assert handover_file(handover.pk, director.actor, on=TODAY).allowed == frozenset()
    begin(liaison5, director)


def test_an_upper_storey_adds_what_it_knows(
    liaison5: Cast, second: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = {"g1": liaison5.party.pk}
    groups = Gatherer(
        kind="group",
        one="group",
        many="groups",
        noun="group",
        gather=lambda party, on: tuple(
            LiveThing("group", key, "Block captains")
            for key, held in keeper.items()
            if held == party.pk
        ),
        count=lambda people, on: {},
        pass_on=lambda thing, leaver, successor, stamp: keeper.update({thing.key: successor.pk}),
    )
    monkeypatch.setattr(gateways, "_GATHERERS", dict(gateways._GATHERERS))
    gateways.gather_with(groups)
    grant = Grant.objects.get(user=liaison5.user)
    with pytest.raises(Refused, match="still has live work: 1 group"):
        end_grant(grant, until_on=TODAY, stamp=director.stamp)
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    accept_items(handover, items=ids(handover), stamp=second.stamp)
    assert keeper == {"g1": second.party.pk}
    finish_handover(handover, stamp=director.stamp)


def test_the_operator_does_it_all_at_once_and_is_named(
    matter5: Matter, task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    with pytest.raises(NotAllowed):
        hand_over_everything(
            liaison5.party, successor=second.party, last_on=TODAY, stamp=director.stamp
        )
    assert (
        code_of(lambda: hand_over_everything(liaison5.party, last_on=TODAY, stamp=HOUSE))
        == "has_live_work"
    )
    assert not Handover.objects.exists()
    done = hand_over_everything(liaison5.party, successor=second.party, last_on=TODAY, stamp=HOUSE)
    assert done == ((matter5.title, "Second Liaison"), ("Ring the owner", "Second Liaison"))
    handover = Handover.objects.get()
    assert (handover.state, handover.started_by, handover.ended_by) == (
        "ended",
        "Wardroom",
        "Wardroom",
    )
    assert Entry.objects.get(kind="ItemsAccepted").sentence == (
        "The operator gave 2 things of Liaison of Ward 5 to Second Liaison"
    )
    assert Grant.objects.get(user=liaison5.user).valid_until == TODAY
