"""Who sees of a handover what: the parts of it, restricted matters, and notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cast import Cast
from tests.matters.handing import TODAY, begin, code_of, ids, things
from wardroom.access.models import SealReader
from wardroom.access.queries import actor_for
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.matters.actions import (
    accept_items,
    open_restricted_matter,
    restrict_matter,
    set_successor,
    write_handover_note,
)
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import (
    handover_file,
    things_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
