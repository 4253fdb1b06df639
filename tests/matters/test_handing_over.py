"""Work is handed over thing by thing: who may, what moves when, and what stays true meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast, hire
from tests.ground import DUE, NEXT
from tests.matters.handing import TODAY, begin, code_of, ids, reasons, things
from wardroom.access.actor import Role
from wardroom.directory.actions import (
    add_party,
    cover_ward,
    hold_seat,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.matters.actions import (
    accept_items,
    add_task,
    catch_up_handover,
    close_matter,
    drop_task,
    finish_handover,
    hand_over_matter,
    send_back_items,
    set_successor,
    start_handover,
    take_items,
)
from wardroom.matters.models import Ask, Handover, HandoverItem, Matter
from wardroom.matters.queries import (
    handover_file,
    staff_list,
    things_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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


def test_who_leaves_too_gives_back_what_was_handed_to_them(
    task: Ask, matter7: Matter, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    handover = begin(liaison5, director)
    set_successor(handover, successor=liaison7.party, things=things(handover), stamp=director.stamp)
    begin(liaison7, director)
    item = handover.items.get()
    assert (item.state, item.reason) == ("sent_back", "Liaison of Ward 7 is handing over, too")


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


def test_many_things_are_written_in_one_statement(
    task: Ask, liaison5: Cast, second: Cast, director: Cast
) -> None:
    def written(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        return sum(q["sql"].startswith('UPDATE "matters_handoveritem"') for q in seen)

    for n in range(4):
        words = f"Ring number {n}"
        add_task(None, party=liaison5.party, wording=words, due_on=DUE, stamp=director.stamp)
    handover = begin(liaison5, director)
    chosen = things(handover)

    def choose() -> object:
        return set_successor(handover, successor=second.party, things=chosen, stamp=director.stamp)

    assert written(choose) == 1
    some = ids(handover)[:2]
    assert (
        written(lambda: send_back_items(handover, items=some, reason="No", stamp=second.stamp)) == 1
    )
    assert written(lambda: accept_items(handover, items=ids(handover), stamp=second.stamp)) == 1
    for thing in chosen[:2]:
        drop_task(Ask.objects.get(pk=thing.key), reason="Not needed", stamp=liaison5.stamp)
    assert written(lambda: catch_up_handover(handover, stamp=director.stamp)) == 1
    assert (
        sorted(handover.items.values_list("state", flat=True))
        == ["accepted"] * 3 + ["overtaken"] * 2
    )
