"""One change to many issues: previewed exactly, and done as previewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.casework.batching import (
    VERBS,
    done,
    indexed,
    prepared,
    sealed_to,
    shown,
    states,
    taken_back,
    words_for,
)
from tests.casework.intake import take
from tests.cast import HOUSE, PASSWORD, Cast
from tests.conftest import NOON
from tests.ground import DUE, Ground
from wardroom.access.actor import Role
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.casework.actions import (
    begin_batch,
    close_issue,
    give_up_batch,
    go_on_with_batch,
    join_issues,
    undo_batch,
)
from wardroom.directory.actions import add_user, grant_role
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.actions import set_next_step
from wardroom.matters.models import Matter
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]


@pytest.mark.parametrize("verb", VERBS)
def test_preview_changes_nothing_and_is_what_is_done_then(
    verb: str, three: list[Matter], liaison5: Cast, director: Cast, agencies: Mapping[str, Party]
) -> None:
    before = [shown(matter, liaison5) for matter in three]
    lines = Entry.objects.exclude(kind__startswith="Batch").count()
    batch = prepared(liaison5, verb, words_for(verb, liaison5, director, three), three)
    assert [shown(matter, liaison5) for matter in three] == before
    assert Entry.objects.exclude(kind__startswith="Batch").count() == lines
    ready = {item.matter_id: item.changes for item in batch.items.filter(state="ready")}
    assert ready
    assert all(changes for changes in ready.values())
    batch = done(batch, liaison5)
    assert batch.state == "done"
    for item in batch.items.filter(matter_id__in=ready):
        assert (item.state, item.changes) == ("done", ready[item.matter_id])
    assert Entry.objects.filter(kind="BatchDone").count() == 1


def test_preview_says_who_is_written_to_and_who_cannot_be_told(
    three: list[Matter], liaison5: Cast
) -> None:
    words = {"outcome": "fixed", "text": "The house was sealed."}
    first, second, third = prepared(liaison5, "close", words, three).items.order_by("matter_id")
    assert (first.state, first.letters) == ("ready", ["A caller"])
    assert (second.state, second.letters) == ("ready", [])
    assert third.state == "refused"
    assert "A neighbour left no e-mail address" in third.why
    assert not Message.objects.exists()


def test_row_that_changed_after_the_preview_is_skipped_and_named(
    three: list[Matter], liaison5: Cast, director: Cast
) -> None:
    words = {"next_on": "2026-12-24", "next_step": "Walk the block"}
    batch = prepared(liaison5, "next", words, three)
    set_next_step(three[1], next_on=DUE, next_step="Mine", stamp=director.stamp)
    batch = done(batch, liaison5)
    assert states(batch) == ["done", "skipped", "done"]
    skipped = batch.items.get(matter=three[1])
    assert skipped.why == "The Director changed this after the preview."
    assert Matter.objects.get(pk=three[1].pk).next_step == "Mine"
    line = Entry.objects.get(kind="BatchDone")
    assert line.sentence == "Done with 2 issues: A change; 1 left out"


def test_each_row_has_one_line_of_its_own(three: list[Matter], liaison5: Cast) -> None:
    before = Entry.objects.filter(kind="NextStepSet").count()
    words = {"next_on": "2026-12-24", "next_step": "Walk the block"}
    done(prepared(liaison5, "next", words, three), liaison5)
    assert Entry.objects.filter(kind="NextStepSet").count() == before + 3


def test_batch_that_every_row_refuses_is_not_begun(
    three: list[Matter], liaison5: Cast, director: Cast, liaison7: Cast
) -> None:
    batch = prepared(liaison5, "give", {"owner": liaison7.party.pk}, three)
    assert states(batch) == ["refused"] * 3
    assert "does not work in this ward" in batch.items.all()[0].why
    with pytest.raises(Refused) as no:
        done(batch, liaison5)
    assert no.value.code == "nothing_left"


def test_other_preview_than_the_one_looked_at_is_not_done(
    three: list[Matter], liaison5: Cast
) -> None:
    batch = prepared(liaison5, "topic", {"topic_code": "trash"}, three)
    with pytest.raises(Refused) as no:
        begin_batch(batch, digest="0" * 64, stamp=liaison5.stamp)
    assert no.value.code == "stale"
    done(batch, liaison5)
    with pytest.raises(Refused) as no:
        begin_batch(batch, digest=batch.digest, stamp=liaison5.stamp)
    assert no.value.code == "wrong_state"
    with pytest.raises(Refused) as no:
        go_on_with_batch(batch, rows=5, stamp=liaison5.stamp)
    assert no.value.code == "wrong_state"
    taken_back(batch, liaison5)
    with pytest.raises(Refused):
        undo_batch(batch, stamp=liaison5.stamp)


def test_batch_reaches_no_further_than_its_maker(
    three: list[Matter], liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    with pytest.raises(Refused) as no:
        prepared(liaison7, "topic", {"topic_code": "trash"}, three)
    assert no.value.code == "nothing_chosen"
    with pytest.raises(NotAllowed):
        prepared(partner_dpw, "topic", {"topic_code": "trash"}, three)
    batch = prepared(liaison5, "topic", {"topic_code": "trash"}, three)
    with pytest.raises(NotAllowed):
        begin_batch(batch, digest=batch.digest, stamp=liaison7.stamp)


def test_nothing_or_too_much_is_refused(three: list[Matter], liaison5: Cast) -> None:
    for issues, verb, code in (([], "topic", "nothing_chosen"), (three, "burn", "unknown_verb")):
        with pytest.raises(Refused) as no:
            prepared(liaison5, verb, {"topic_code": "trash"}, issues)
        assert no.value.code == code


def test_worker_goes_on_on_the_word_of_whoever_began(three: list[Matter], liaison5: Cast) -> None:
    batch = prepared(liaison5, "topic", {"topic_code": "trash"}, three)
    begin_batch(batch, digest=batch.digest, stamp=liaison5.stamp)
    go_on_with_batch(batch, rows=1, leave=True, stamp=liaison5.stamp)
    assert states(batch) == ["done", "ready", "ready"]
    receipt = Receipt.objects.get(reaction="go on with the batch", state="due")
    assert deliver_receipt(receipt.pk, stamp=HOUSE)
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == ("done", ["done"] * 3)
    lines = Entry.objects.filter(kind="IssueCorrected")
    assert {line.actor_name for line in lines} == {"Liaison of Ward 5"}


def test_batch_joins_into_nothing_out_of_reach_and_names_no_title(
    ground: Ground, three: list[Matter], liaison5: Cast
) -> None:
    own = take(liaison5, ground, title="Secret title", anonymous=True, reporter_typed="").matter
    stranger = sealed_to(liaison5, own)
    sentence = f"There is no issue W-{own.pk} that you can see."
    batch = prepared(stranger, "join", {"into": own.pk}, three[:1])
    assert [(item.state, item.why) for item in batch.items.all()] == [("refused", sentence)]
    close_issue(own, outcome="fixed", text="Done.", stamp=liaison5.stamp)
    batch = prepared(stranger, "join", {"into": own.pk}, three[:1])
    assert [(item.state, item.why) for item in batch.items.all()] == [("refused", sentence)]
    with pytest.raises(NotAllowed) as no:
        join_issues(three[0], into=own, stamp=stranger.stamp)
    assert "Secret" not in no.value.sentence


@pytest.mark.parametrize("verb", VERBS)
def test_preview_leaves_nothing_in_the_search(
    verb: str, three: list[Matter], liaison5: Cast, director: Cast, agencies: Mapping[str, Party]
) -> None:
    before = indexed()
    prepared(liaison5, verb, words_for(verb, liaison5, director, three), three)
    assert indexed() == before


@pytest.fixture
def last_day5(db: None) -> Cast:
    """A liaison of ward 5 on the last day of the role."""
    party = add_user(None, email="last5@example.org", name="Leaves", password=PASSWORD, stamp=HOUSE)
    grant_role(
        party,
        role=Role.LIAISON,
        ward_code="5",
        valid_from=NOON.date(),
        valid_until=NOON.date(),
        stamp=HOUSE,
    )
    user = User.objects.get(email="last5@example.org")
    return Cast(actor_for(user, on=NOON.date()), party, user, user.email)


def test_batch_of_somebody_who_lost_their_role_ends_with_the_rest_left_out(
    three: list[Matter], last_day5: Cast
) -> None:
    batch = prepared(last_day5, "topic", {"topic_code": "trash"}, three)
    begin_batch(batch, digest=batch.digest, stamp=last_day5.stamp)
    with pytest.raises(NotAllowed):
        give_up_batch(batch, stamp=last_day5.stamp)
    go_on_with_batch(batch, rows=1, leave=True, stamp=last_day5.stamp)
    receipt = Receipt.objects.get(reaction="go on with the batch", state="due")
    assert deliver_receipt(receipt.pk, stamp=replace(HOUSE, at=NOON + timedelta(days=2)))
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == ("done", ["done", "skipped", "skipped"])
    assert {item.why for item in batch.items.filter(state="skipped")} == {
        "The person who started this may no longer change issues."
    }
    assert Entry.objects.filter(kind="BatchDone").count() == 1
    with pytest.raises(Refused):
        give_up_batch(batch, stamp=HOUSE)
