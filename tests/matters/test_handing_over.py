"""Work is handed over thing by thing: who may, what moves when, and what stays true meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.ground import DUE, NEXT, Ground, open_at
from wardroom.access.actor import Role
from wardroom.access.models import Grant, SealReader
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
    catch_up_handover,
    close_matter,
    finish_handover,
    hand_over_everything,
    hand_over_matter,
    open_restricted_matter,
    restrict_matter,
    send_back_items,
    set_successor,
    start_handover,
    take_items,
    write_handover_note,
)
from wardroom.matters.gateways import Gatherer, LiveThing
from wardroom.matters.models import Ask, Handover, HandoverItem, Matter, Waiting
from wardroom.matters.queries import (
    get_handover,
    handover_file,
    staff_list,
    things_in,
    worklist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()


@pytest.fixture
def second(db: None) -> Cast:
    """Another liaison of Ward 5, who is to take over."""
    return hire("second", "Second Liaison", Role.LIAISON, ward="5")


@pytest.fixture
def task(liaison5: Cast) -> Ask:
    return add_task(
        None, party=liaison5.party, wording="Ring the owner", due_on=DUE, stamp=liaison5.stamp
    )


def begin(who: Cast, by: Cast, *, last_on: date = TODAY, ward: str = "") -> Handover:
    return start_handover(
        who.party, why="A detail", last_on=last_on, ward_code=ward, stamp=by.stamp
    )


def things(handover: Handover) -> list[Ref]:
    return [Ref(item.noun, item.key) for item in handover.items.order_by("pk")]


def ids(handover: Handover, state: str = "proposed") -> list[int]:
    return list(handover.items.filter(state=state).order_by("pk").values_list("pk", flat=True))


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def reasons(who: Cast) -> list[str]:
    return [row.reason for row in worklist(who.actor, on=TODAY, size=100).rows]


def test_everything_live_is_gathered(
    matter5: Matter, requested: Ask, task: Ask, liaison5: Cast, director: Cast, liaison7: Cast
) -> None:
    add_task(None, party=director.party, wording="Sign it", due_on=DUE, stamp=liaison5.stamp)
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
    for stranger in (liaison5, liaison7):
        with pytest.raises(NotAllowed):
            begin(liaison5, stranger)
    handover = begin(liaison5, director)
    kinds = list(handover.items.order_by("pk").values_list("kind", "title"))
    assert kinds == [
        ("matter", matter5.title),
        ("task", "Ring the owner"),
        ("question", "Sign it"),
        ("seat", "Ward liaison, Ward 5"),
        ("cover", "Cover of Ward 7"),
    ]
    file = handover_file(handover.pk, director.actor, on=TODAY)
    assert file.groups[0].rows[0].detail == "Walk the alley. 1 ask under way"
    assert file.unsettled == 5
    assert code_of(lambda: begin(liaison5, director)) == "already_running"
    assert code_of(lambda: begin(liaison7, director)) == "nothing_live"


def test_a_handover_needs_a_reason_and_a_day(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    for why, last_on, code in (
        (" ", TODAY, "why_missing"),
        ("A detail", date(2036, 1, 1), "too_far"),
        ("A detail", date(2026, 1, 1), "too_early"),
    ):
        with pytest.raises(Refused) as no:
            start_handover(liaison5.party, why=why, last_on=last_on, stamp=director.stamp)
        assert no.value.code == code
    assert not Handover.objects.exists()


def test_nothing_moves_before_it_is_accepted_and_only_the_successor_accepts(
    matter5: Matter, requested: Ask, task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=liaison5.stamp)
    assert Matter.objects.get().owner == liaison5.party
    assert "handover" in reasons(second)
    assert "next_step" in reasons(liaison5)
    for stranger in (director, liaison5):
        with pytest.raises(NotAllowed):
            accept_items(handover, items=ids(handover), stamp=stranger.stamp)
        with pytest.raises(NotAllowed):
            send_back_items(handover, items=ids(handover), reason="No", stamp=stranger.stamp)
    assert accept_items(handover, items=ids(handover), stamp=second.stamp) == 2
    assert Matter.objects.get().owner == second.party
    assert Ask.objects.get(pk=task.pk).party == second.party
    assert set(reasons(second)) == {"next_step", "answer", "todo"}
    assert reasons(liaison5) == []
    lines = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert {"MatterHandedOver", "TaskGiven"} <= set(lines)
    assert Entry.objects.get(kind="ItemsAccepted").sentence == (
        "Second Liaison took over 2 things from Liaison of Ward 5"
    )
    assert (
        code_of(lambda: accept_items(handover, items=ids(handover, "accepted"), stamp=second.stamp))
        == "wrong_state"
    )


def test_who_could_not_look_after_it_is_not_chosen(
    matter5: Matter, matter7: Matter, liaison5: Cast, liaison7: Cast, director: Cast,
    partner_dpw: Cast,
) -> None:  # fmt: skip
    handover = begin(liaison5, director)

    def choose(who: Cast, by: Cast = director) -> str:
        return code_of(
            lambda: set_successor(
                handover, successor=who.party, things=things(handover), stamp=by.stamp
            )
        )

    assert choose(liaison7) == "no_reach"
    assert choose(partner_dpw) == "no_reach"
    assert choose(liaison5) == "same_person"
    begin(liaison7, director)
    assert choose(liaison7) == "leaves_too"
    assert choose(director, by=liaison7) == "not_allowed"
    with pytest.raises(NotFound):
        set_successor(
            handover,
            successor=director.party,
            things=[Ref("matter", str(matter7.pk))],
            stamp=director.stamp,
        )
    assert (
        code_of(
            lambda: set_successor(
                handover, successor=director.party, things=[], stamp=director.stamp
            )
        )
        == "nothing_chosen"
    )


def test_what_comes_back_waits_for_the_director(
    task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    assert (
        code_of(
            lambda: send_back_items(handover, items=ids(handover), reason=" ", stamp=second.stamp)
        )
        == "reason_missing"
    )
    send_back_items(handover, items=ids(handover), reason="I know him", stamp=second.stamp)
    assert reasons(second) == []
    assert reasons(director) == ["sent_back"]
    assert Ask.objects.get().party == liaison5.party
    take_items(handover, things=things(handover), stamp=director.stamp)
    assert reasons(director) == ["todo"]
    assert Ask.objects.get().party == director.party


def test_the_list_follows_the_work(
    matter5: Matter, task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    proposed = ids(handover)
    close_matter(matter5, outcome="resolved", stamp=liaison5.stamp)
    new = add_task(
        None, party=liaison5.party, wording="Write it up", due_on=DUE, stamp=director.stamp
    )
    before = HandoverItem.objects.count()
    file = handover_file(handover.pk, director.actor, on=TODAY)
    states = {row.title: row.state for group in file.groups for row in group.rows}
    assert states == {
        matter5.title: "overtaken",
        "Ring the owner": "proposed",
        "Write it up": "gathered",
    }
    assert HandoverItem.objects.count() == before
    assert things_in(handover.pk, director.actor, on=TODAY, unchosen=True) == (
        Ref("ask", str(new.pk)),
    )
    assert accept_items(handover, items=proposed, stamp=second.stamp) == 1
    catch_up_handover(handover, stamp=director.stamp)
    assert sorted(handover.items.values_list("state", flat=True)) == [
        "accepted",
        "gathered",
        "overtaken",
    ]


def test_what_was_accepted_and_given_back_is_handed_over_anew(
    matter5: Matter, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    accept_items(handover, items=ids(handover), stamp=second.stamp)
    hand_over_matter(Matter.objects.get(), owner=liaison5.party, stamp=director.stamp)
    assert code_of(lambda: finish_handover(handover, stamp=director.stamp)) == "not_settled"
    assert handover_file(handover.pk, director.actor, on=TODAY).counts["gathered"] == 1


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


def test_restricted_matter_is_shown_to_the_successor_and_follows_its_owner(
    matter5: Matter, liaison5: Cast, second: Cast, director: Cast
) -> None:
    restrict_matter(matter5, readers=[], reason="A private matter", stamp=liaison5.stamp)
    handover = begin(liaison5, director)
    assert things_in(handover.pk, director.actor, on=TODAY)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    sees = actor_for(second.user, on=TODAY)
    rows = handover_file(handover.pk, sees, on=TODAY).groups[0].rows
    assert [row.title for row in rows] == [matter5.title]
    accept_items(handover, items=ids(handover), stamp=replace(second.stamp, actor=sees))
    readers = SealReader.objects.values_list("user_id", flat=True)
    assert list(readers) == [second.user.pk]
    assert actor_for(liaison5.user, on=TODAY).reach.sealed == {f"matter:{matter5.pk}"}
    open_restricted_matter(Matter.objects.get(), reason="Over", stamp=director.stamp)


def test_restricted_matter_is_hidden_from_a_successor_who_lost_sight_of_it(
    matter5: Matter, task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=second.party, things=things(handover), stamp=director.stamp)
    restrict_matter(matter5, readers=[], reason="A private matter", stamp=liaison5.stamp)
    sees = actor_for(second.user, on=TODAY)
    file = handover_file(handover.pk, sees, on=TODAY)
    assert [row.title for group in file.groups for row in group.rows] == ["Ring the owner"]
    assert sum(file.counts.values()) == 1


def test_only_who_has_a_part_sees_it_and_a_successor_only_the_own(
    matter5: Matter, task: Ask, liaison5: Cast, liaison7: Cast, second: Cast, director: Cast,
    records_officer: Cast, partner_dpw: Cast,
) -> None:  # fmt: skip
    handover = begin(liaison5, director)
    one = [Ref("ask", str(task.pk))]
    set_successor(handover, successor=second.party, things=one, stamp=director.stamp)
    for stranger in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            handover_file(handover.pk, stranger.actor, on=TODAY)
    for who, total, whole in (
        (director, 2, True),
        (liaison5, 2, True),
        (records_officer, 2, True),
        (second, 1, False),
    ):
        file = handover_file(handover.pk, who.actor, on=TODAY)
        assert (file.total, file.whole) == (total, whole)
    moves = handover_file(handover.pk, records_officer.actor, on=TODAY)
    assert not moves.allowed
    assert not any(row.allowed for group in moves.groups for row in group.rows)


def test_notes_reach_whom_they_are_for(
    matter5: Matter, task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    write_handover_note(handover, text="All of it", stamp=liaison5.stamp)
    write_handover_note(handover, text="Of the ward", ward_code="5", stamp=director.stamp)
    write_handover_note(
        handover, text="Before nine", thing=Ref("ask", str(task.pk)), stamp=liaison5.stamp
    )
    with pytest.raises(NotAllowed):
        write_handover_note(handover, text="x", stamp=second.stamp)
    assert (
        code_of(lambda: write_handover_note(handover, text="x" * 4001, stamp=liaison5.stamp))
        == "too_long"
    )
    one = [Ref("ask", str(task.pk))]
    set_successor(handover, successor=second.party, things=one, stamp=director.stamp)
    file = handover_file(handover.pk, second.actor, on=TODAY)
    assert [note.text for note in file.notes] == ["All of it"]
    assert file.groups[0].rows[0].note == "Before nine"
    write_handover_note(handover, text="Of the ward, anew", ward_code="5", stamp=director.stamp)
    assert Entry.objects.order_by("pk").last().body["former"] == "Of the ward"  # type: ignore[union-attr]


def test_who_leaves_too_gives_back_what_was_handed_to_them(
    task: Ask, matter7: Matter, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=liaison7.party, things=things(handover), stamp=director.stamp)
    begin(liaison7, director)
    item = handover.items.get()
    assert (item.state, item.reason) == ("sent_back", "Liaison of Ward 7 is handing over, too")


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


def test_counting_live_work_takes_no_more_statements_for_more_people(
    matter5: Matter, task: Ask, liaison5: Cast, director: Cast
) -> None:
    with CaptureQueriesContext(connection) as few:
        found = staff_list(director.actor, on=TODAY)
    live = {row.person.name: row.live for row in found.rows}
    assert live == {"Liaison of Ward 5": 2, "The Director": 0}
    for n in range(12):
        who = hire(f"more{n}", f"More {n}", Role.LIAISON, ward="5")
        add_task(None, party=who.party, wording="Look", due_on=NEXT, stamp=director.stamp)
    with CaptureQueriesContext(connection) as many:
        found = staff_list(director.actor, on=TODAY)
    assert len(found.rows) == 14
    assert len(many) == len(few)
