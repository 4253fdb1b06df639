"""A change to many issues is taken back as a whole, but for what somebody changed since."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.casework.batching import (
    VERBS,
    deliver,
    done,
    prepared,
    sealed_to,
    shown,
    states,
    taken_back,
    words_for,
)
from tests.casework.intake import later, take
from tests.cast import HOUSE, Cast
from tests.ground import DUE, NEXT, Ground
from wardroom.casework.actions import (
    close_issue,
    join_issues,
    part_issues,
    split_complaint,
    undo_split,
)
from wardroom.casework.models import Complaint
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, set_next_step
from wardroom.matters.models import Ask, Matter
from wardroom.notices.actions import note_sent
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]


@pytest.mark.parametrize("verb", VERBS)
def test_batch_taken_back_leaves_every_page_as_it_was(
    verb: str, three: list[Matter], liaison5: Cast, director: Cast, agencies: Mapping[str, Party]
) -> None:
    deliver()
    before = [shown(matter, liaison5) for matter in three]
    batch = done(
        prepared(liaison5, verb, words_for(verb, liaison5, director, three), three), liaison5
    )
    changed = [shown(matter, liaison5) for matter in three]
    assert changed != before
    batch = taken_back(batch, liaison5)
    assert "kept" not in states(batch)
    after = [shown(matter, liaison5) for matter in three]
    if verb == "ask":
        asks = Ask.objects.filter(matter__in=three)
        assert {ask.state for ask in asks} == {"withdrawn"}
        for page in (*before, *after):
            page["asks"], page["facts"] = (), {}
    assert after == before


def test_closing_taken_back_in_time_tells_nobody(three: list[Matter], liaison5: Cast) -> None:
    deliver()
    sent = Message.objects.count()
    words = {"outcome": "fixed", "text": "The house was sealed."}
    batch = done(prepared(liaison5, "close", words, three[:1]), liaison5)
    deliver()
    letter = Message.objects.latest("pk")
    assert (Message.objects.count(), letter.state) == (sent + 1, "queued")
    taken_back(batch, liaison5)
    letter.refresh_from_db()
    complaint = Complaint.objects.get(matter=three[0])
    assert (letter.state, complaint.told_at, complaint.told_text) == ("recalled", None, "")
    assert Matter.objects.get(pk=three[0].pk).state == "open"


def test_closing_taken_back_before_the_letter_was_written_writes_none(
    three: list[Matter], liaison5: Cast
) -> None:
    deliver()
    sent = Message.objects.count()
    words = {"outcome": "fixed", "text": "The house was sealed."}
    taken_back(done(prepared(liaison5, "close", words, three[:1]), liaison5), liaison5)
    deliver()
    assert Message.objects.count() == sent


def test_whoever_a_letter_went_out_to_is_told_again_at_the_next_closing(
    three: list[Matter], liaison5: Cast
) -> None:
    words = {"outcome": "fixed", "text": "The house was sealed."}
    batch = done(prepared(liaison5, "close", words, three[:1]), liaison5)
    deliver()
    note_sent(Message.objects.latest("pk").pk, stamp=HOUSE)
    batch = taken_back(batch, liaison5)
    complaint = Complaint.objects.get(matter=three[0])
    assert (complaint.told_at, complaint.told_text) == (None, words["text"])
    assert [item.why for item in batch.items.all()] == ["1 of the letters had already gone out."]
    close_issue(three[0], outcome="fixed", text="Sealed now.", stamp=later(liaison5, 1))
    assert Entry.objects.filter(kind="ReporterTold").count() == 2


def test_row_that_somebody_changed_since_is_kept_when_the_rest_is_taken_back(
    three: list[Matter], liaison5: Cast, director: Cast
) -> None:
    words = {"next_on": "2026-12-24", "next_step": "Walk the block"}
    batch = done(prepared(liaison5, "next", words, three), liaison5)
    set_next_step(three[1], next_on=DUE, next_step="Mine", stamp=director.stamp)
    batch = taken_back(batch, liaison5)
    assert states(batch) == ["undone", "kept", "undone"]
    assert batch.items.get(matter=three[1]).why == (
        "The Director changed this since (next on, next step)."
    )
    assert Matter.objects.get(pk=three[1].pk).next_step == "Mine"
    assert Matter.objects.get(pk=three[0].pk).next_step == "Call the owner"


def test_change_beside_the_batch_does_not_keep_a_row(
    three: list[Matter], liaison5: Cast, director: Cast
) -> None:
    batch = done(prepared(liaison5, "topic", {"topic_code": "trash"}, three), liaison5)
    set_next_step(three[1], next_on=DUE, next_step="Mine", stamp=director.stamp)
    assert states(taken_back(batch, liaison5)) == ["undone"] * 3


def test_next_step_whose_day_is_over_comes_back_as_it_was(
    three: list[Matter], liaison5: Cast
) -> None:
    words = {"next_on": "2027-01-04", "next_step": "Walk the block"}
    batch = done(prepared(liaison5, "next", words, three), liaison5)
    taken_back(batch, liaison5, days=30)
    assert {Matter.objects.get(pk=m.pk).next_on for m in three} == {NEXT}


def test_ask_that_was_answered_since_is_kept(
    three: list[Matter], liaison5: Cast, partner_dpw: Cast
) -> None:
    words = {"agency_code": "DPW", "wording": "Set traps", "due_on": DUE.isoformat()}
    batch = done(prepared(liaison5, "ask", words, three), liaison5)
    accept_ask(Ask.objects.get(matter=three[0]), promised_on=DUE, stamp=partner_dpw.stamp)
    assert states(taken_back(batch, liaison5)) == ["kept", "undone", "undone"]


def test_merge_taken_back_leaves_both_pages_as_they_were(
    three: list[Matter], liaison5: Cast
) -> None:
    one, two = three[:2]
    before = shown(one, liaison5), shown(two, liaison5)
    joined = join_issues(two, into=one, stamp=liaison5.stamp)
    assert (shown(one, liaison5), shown(two, liaison5)) != before
    part_issues(joined, reason="Another house", stamp=liaison5.stamp)
    assert (shown(one, liaison5), shown(two, liaison5)) == before


def test_split_taken_back_leaves_the_page_as_it_was(
    ground: Ground, three: list[Matter], liaison5: Cast
) -> None:
    one = three[0]
    other = take(liaison5, ground, onto=one, reporter_typed="Another neighbour")
    before = shown(one, liaison5)
    made = split_complaint(one, complaint_id=other.pk, title="The park", stamp=liaison5.stamp)
    assert shown(one, liaison5) != before
    undo_split(made, reason="The same nest", stamp=liaison5.stamp)
    after = shown(one, liaison5)
    assert [link["title"] for link in after.pop("links")] == ["The park"]
    assert before.pop("links") == ()
    assert after == before
    with pytest.raises(Refused) as no:
        undo_split(one, reason="Never was", stamp=liaison5.stamp)
    assert no.value.code == "not_split"


def test_split_from_what_is_sealed_since_is_not_undone(
    ground: Ground, three: list[Matter], liaison5: Cast
) -> None:
    other = take(liaison5, ground, onto=three[0], reporter_typed="Another neighbour")
    made = split_complaint(three[0], complaint_id=other.pk, title="A park", stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        undo_split(made, reason="The same nest", stamp=sealed_to(liaison5, three[0]).stamp)
    assert no.value.code == "no_such_matter"


def test_row_that_is_no_longer_theirs_is_kept_when_the_rest_is_taken_back(
    three: list[Matter], liaison5: Cast
) -> None:
    words = {"next_on": "2026-12-24", "next_step": "Walk the block"}
    batch = done(prepared(liaison5, "next", words, three), liaison5)
    batch = taken_back(batch, sealed_to(liaison5, three[1]))
    assert states(batch) == ["undone", "kept", "undone"]
    assert batch.items.get(matter=three[1]).why == "This issue is no longer yours to change."
    assert Matter.objects.get(pk=three[1].pk).next_step == "Walk the block"
