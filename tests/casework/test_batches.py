"""One change to many issues: previewed exactly, done as previewed, taken back as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest

from tests.casework.intake import later, take
from tests.cast import HOUSE, PASSWORD, Cast
from tests.conftest import NOON
from tests.ground import DUE, NEXT, Ground
from wardroom.access.actor import Role
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.casework.actions import (
    begin_batch,
    close_issue,
    give_up_batch,
    go_on_with_batch,
    join_issues,
    part_issues,
    prepare_batch,
    split_complaint,
    undo_batch,
    undo_split,
)
from wardroom.casework.models import Batch, Complaint
from wardroom.casework.queries import issue_file
from wardroom.directory.actions import add_user, grant_role, note_person
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import deliver_receipt
from wardroom.matters.actions import accept_ask, set_next_step
from wardroom.matters.models import Ask, Matter, Waiting
from wardroom.notices.actions import note_sent
from wardroom.notices.models import Message
from wardroom.search.models import Doc

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]
# What a page shows of itself and not of the issue: the version and the lines of the ledger.
BESIDES = ("timeline",)
FORMER: dict[str, Any] = {"next_on": NEXT, "next_step": "Call the owner"}


@pytest.fixture
def three(ground: Ground, liaison5: Cast) -> list[Matter]:
    """Three open issues of ward 5, of which the first was reported by somebody with an address."""
    caller = note_person(
        None,
        name="A caller",
        email="caller@example.org",
        consent=True,
        consent_how="said so",
        stamp=liaison5.stamp,
    )
    people: list[dict[str, Any]] = [
        {"reporter": caller, "reporter_typed": ""},
        {"reporter_typed": "", "anonymous": True},
        {},
    ]
    made = [
        take(liaison5, ground, title=f"Rats, house {n}", **who).matter
        for n, who in enumerate(people)
    ]
    return [set_next_step(matter, **FORMER, stamp=liaison5.stamp) for matter in made]


def shown(matter: Matter, who: Cast) -> dict[str, Any]:
    """All that the page of an issue says of it, and its rows in the worklist and the search."""
    file = asdict(issue_file(matter.pk, who.actor))
    for name in BESIDES:
        del file[name]
    del file["matter"]["version"]
    for ask in file["asks"]:
        ask.pop("allowed")
    rows = Waiting.objects.filter(matter=matter).order_by("noun", "key")
    file["waiting"] = list(rows.values_list("noun", "key", "party", "reason", "due_on", "title"))
    found = Doc.objects.filter(noun="matter", key=str(matter.pk))
    file["search"] = list(found.values_list("title", "text", "ward_code"))
    return file


def prepared(who: Cast, verb: str, words: Mapping[str, Any], issues: list[Matter]) -> Batch:
    """A batch with its preview."""
    batch = prepare_batch(
        None,
        verb=verb,
        words=words,
        said="A change",
        issues=[matter.pk for matter in issues],
        stamp=who.stamp,
    )
    return go_on_with_batch(batch, rows=500, stamp=who.stamp)


def done(batch: Batch, who: Cast) -> Batch:
    begin_batch(batch, digest=batch.digest, stamp=who.stamp)
    return go_on_with_batch(batch, rows=500, stamp=who.stamp)


def taken_back(batch: Batch, who: Cast, *, days: int = 0) -> Batch:
    stamp = later(who, days)
    undo_batch(batch, stamp=stamp)
    return go_on_with_batch(batch, rows=500, stamp=stamp)


def states(batch: Batch) -> list[str]:
    return [item.state for item in batch.items.order_by("matter_id")]


def deliver() -> None:
    """What follows from the lines, as the worker does it."""
    for pk in Receipt.objects.filter(state="due").order_by("pk").values_list("pk", flat=True):
        deliver_receipt(pk, stamp=HOUSE)


def words_for(verb: str, liaison: Cast, director: Cast, issues: list[Matter]) -> dict[str, Any]:
    words: dict[str, dict[str, Any]] = {
        "next": {"next_on": "2026-12-24", "next_step": "Walk the block"},
        "give": {"owner": director.party.pk},
        "topic": {"topic_code": "trash"},
        "join": {"into": issues[0].pk},
        "ask": {"agency_code": "DPW", "wording": "Set traps", "due_on": DUE.isoformat()},
        "close": {"outcome": "fixed", "text": "The house was sealed."},
        "restrict": {"reason": "A witness"},
    }
    return words[verb]


VERBS = ("next", "give", "topic", "join", "ask", "close", "restrict")


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


def sealed_to(who: Cast, matter: Matter) -> Cast:
    """The same person, to whom an issue is sealed."""
    reach = replace(who.actor.reach, sealed=frozenset({f"matter:{matter.pk}"}))
    return replace(who, actor=replace(who.actor, reach=reach))


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


def test_split_from_what_is_sealed_since_is_not_undone(
    ground: Ground, three: list[Matter], liaison5: Cast
) -> None:
    other = take(liaison5, ground, onto=three[0], reporter_typed="Another neighbour")
    made = split_complaint(three[0], complaint_id=other.pk, title="A park", stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        undo_split(made, reason="The same nest", stamp=sealed_to(liaison5, three[0]).stamp)
    assert no.value.code == "no_such_matter"


def indexed() -> list[tuple[str, str, str]]:
    """All that the search knows."""
    return sorted(Doc.objects.values_list("noun", "key", "title"))


@pytest.mark.parametrize("verb", VERBS)
def test_preview_leaves_nothing_in_the_search(
    verb: str, three: list[Matter], liaison5: Cast, director: Cast, agencies: Mapping[str, Party]
) -> None:
    before = indexed()
    prepared(liaison5, verb, words_for(verb, liaison5, director, three), three)
    assert indexed() == before


def test_row_that_is_no_longer_theirs_is_kept_when_the_rest_is_taken_back(
    three: list[Matter], liaison5: Cast
) -> None:
    words = {"next_on": "2026-12-24", "next_step": "Walk the block"}
    batch = done(prepared(liaison5, "next", words, three), liaison5)
    batch = taken_back(batch, sealed_to(liaison5, three[1]))
    assert states(batch) == ["undone", "kept", "undone"]
    assert batch.items.get(matter=three[1]).why == "This issue is no longer yours to change."
    assert Matter.objects.get(pk=three[1].pk).next_step == "Walk the block"


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
