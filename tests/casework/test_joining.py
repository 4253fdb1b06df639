"""Complaints of one trouble are joined, each keeps its thread, and it can be taken back."""

from __future__ import annotations

import pytest

from tests.casework.intake import later, take
from tests.cast import Cast
from tests.ground import AskMaker, Ground
from wardroom.casework.actions import close_issue, join_issues, part_issues, split_complaint
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.models import MatterLink, Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def test_join_moves_voices_and_asks_and_comes_back_a_month_later(
    ground: Ground, liaison5: Cast, ask_in: AskMaker
) -> None:
    one, two = take(liaison5, ground), take(liaison5, ground, title="The same rats")
    ask = ask_in(two.matter, liaison5, "DPW")
    joined = join_issues(two.matter, into=one.matter, stamp=liaison5.stamp)
    assert (joined.state, joined.outcome, joined.merged_into) == ("closed", "duplicate", one.matter)
    ask.refresh_from_db()
    two.refresh_from_db()
    assert (ask.matter, two.matter, two.taken_for) == (one.matter, one.matter, joined)
    assert not Waiting.objects.filter(noun="matter", key=str(joined.pk)).exists()
    assert Waiting.objects.get(noun="ask", key=str(ask.pk)).matter == one.matter
    parted = part_issues(joined, reason="Another house", stamp=later(liaison5, 31))
    ask.refresh_from_db()
    two.refresh_from_db()
    one.refresh_from_db()
    assert (parted.state, parted.merged_into) == ("open", None)
    assert (ask.matter, two.matter) == (parted, parted)
    assert one.matter.complaints.count() == 1
    assert Waiting.objects.get(noun="ask", key=str(ask.pk)).matter == parted


def test_chain_of_joins_is_taken_back_in_any_order(ground: Ground, liaison5: Cast) -> None:
    a, b, c = (take(liaison5, ground, title=f"Rats {n}") for n in "abc")
    join_issues(a.matter, into=b.matter, stamp=liaison5.stamp)
    join_issues(b.matter, into=c.matter, stamp=liaison5.stamp)
    assert c.matter.complaints.count() == 3
    first, second = a.taken_for, b.taken_for
    part_issues(second, reason="Not the same", stamp=liaison5.stamp)
    a.refresh_from_db()
    assert (a.matter, c.matter.complaints.count()) == (second, 1)
    part_issues(first, reason="Not the same", stamp=liaison5.stamp)
    a.refresh_from_db()
    assert a.matter == first


def test_everybody_of_both_is_told_when_one_closes(ground: Ground, liaison5: Cast) -> None:
    one = take(liaison5, ground, reporter_typed="", anonymous=True)
    two = take(liaison5, ground, title="The same rats")
    join_issues(two.matter, into=one.matter, stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        close_issue(one.matter, outcome="fixed", text="Done.", stamp=liaison5.stamp)
    assert no.value.code == "not_told"


def test_join_is_refused_into_itself_a_closed_one_or_another_ward(
    ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    one = take(liaison5, ground, reporter_typed="", anonymous=True)
    two = take(liaison5, ground, title="The same rats")
    with pytest.raises(Refused) as no:
        join_issues(one.matter, into=one.matter, stamp=liaison5.stamp)
    assert no.value.code == "same_matter"
    close_issue(one.matter, outcome="fixed", text="Done.", stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        join_issues(two.matter, into=one.matter, stamp=liaison5.stamp)
    assert no.value.code == "target_closed"
    with pytest.raises(NotAllowed):
        join_issues(two.matter, into=one.matter, stamp=liaison7.stamp)


def test_complaint_of_another_trouble_is_split_off(ground: Ground, liaison5: Cast) -> None:
    one = take(liaison5, ground)
    other = take(liaison5, ground, onto=one.matter, reporter_typed="Another neighbour")
    made = split_complaint(
        one.matter, complaint_id=other.pk, title="Rats in the park", stamp=liaison5.stamp
    )
    other.refresh_from_db()
    assert other.matter == made
    assert MatterLink.objects.filter(of=made, to=one.matter, kind="split").exists()
    with pytest.raises(Refused) as no:
        split_complaint(made, complaint_id=other.pk, title="Again", stamp=liaison5.stamp)
    assert no.value.code == "only_one"
