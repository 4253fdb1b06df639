"""A commission's paper: the vote that makes it, its clocks, its concerns and its letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.commissions import make_commission
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from tests.trouble import load_topics
from wardroom.access.gate import guard_pass
from wardroom.access.queries import actor_for
from wardroom.engagement.actions import answer_concern, end_paper, note_letter, take_in_paper
from wardroom.engagement.models import CommissionPaper, Concern
from wardroom.engagement.queries.papers import (
    commissions_named,
    get_concern,
    paper_file,
    paper_page,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Ask, Matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
TODAY = NOON.date()
LETTER: dict[str, Any] = {"sent_on": TODAY, "text": "We have it", "to_commission": True}
DECISION: dict[str, Any] = {**LETTER, "letter": "decision", "to_councilmember": True}


@pytest.fixture(autouse=True)
def rules_are_known(db: None) -> None:
    load_topics()


def taken_in(ground: Ground, who: Cast, **changes: Any) -> CommissionPaper:
    """A proposal of the commission in this person's ward."""
    ward = ground.wards[next(iter(who.actor.reach.wards))]
    sound: dict[str, Any] = {
        "kind": "anc_proposal",
        "anc_code": f"{ward.code}B",
        "title": "No trucks in the alley at night",
        "concerns": ["Trucks idle", "The light is out"],
        "received_on": TODAY,
        "voted_on": TODAY - timedelta(days=6),
        "yes": 7,
        "no": 1,
        "owner": who.party,
        "next_on": NEXT,
        "ward": ward,
    }
    return take_in_paper(None, **{**sound, **changes}, stamp=who.stamp)


def clocks(paper: CommissionPaper) -> Mapping[str, date]:
    """The legal clocks of a paper that still run, by rule."""
    live = Ask.objects.filter(matter=paper.matter, state="requested")
    return dict(live.order_by("due_on").values_list("rule_code", "due_on"))


def answered(paper: CommissionPaper, who: Cast) -> None:
    for concern in paper.concerns.order_by("position"):
        answer_concern(concern, finding="accepted", text="It is so", stamp=who.stamp)


def test_proposal_starts_both_clocks_on_the_day_it_came(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5, received_on=TODAY - timedelta(days=4))
    assert clocks(paper) == {
        "dc-anc-proposal-answer": TODAY + timedelta(days=6),
        "dc-anc-proposal-status": TODAY + timedelta(days=56),
    }


def test_recommendation_has_no_clock_of_days(ground: Ground, liaison5: Cast) -> None:
    assert clocks(taken_in(ground, liaison5, kind="anc_recommendation")) == {}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "issue"}, "unknown_kind"),
        ({"anc_code": "7"}, "unknown_commission"),
        ({"anc_code": "9A"}, "unknown_commission"),
        ({"voted_on": None}, "vote_missing"),
        ({"yes": None}, "vote_missing"),
        ({"voted_on": TODAY + timedelta(days=1)}, "vote_in_the_future"),
        ({"yes": 4, "no": 4}, "vote_not_carried"),
        ({"received_on": TODAY - timedelta(days=7)}, "received_before_vote"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_in_the_future"),
        ({"concerns": [" ", ""]}, "concerns_missing"),
        ({"concerns": ["x" * 501]}, "concerns_too_long"),
        ({"concerns": ["x"] * 31}, "concerns_too_long"),
    ],
)
def test_what_is_no_paper_is_refused(
    ground: Ground, liaison5: Cast, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as no:
        taken_in(ground, liaison5, **changes)
    assert no.value.code == code
    assert not Matter.objects.filter(kind__startswith="anc").exists()


@pytest.mark.parametrize("written", ["3/4G", "anc 3/4g", " 5b "])
def test_commission_is_known_however_it_is_written(
    ground: Ground, liaison5: Cast, written: str
) -> None:
    assert taken_in(ground, liaison5, anc_code=written).anc_code in {"3/4G", "5B"}


def test_letter_stops_the_clock_that_it_meets(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5)
    note_letter(paper.matter, letter="acknowledgment", **LETTER, stamp=liaison5.stamp)
    assert set(clocks(paper)) == {"dc-anc-proposal-status"}
    note_letter(paper.matter, letter="status", **LETTER, stamp=liaison5.stamp)
    assert clocks(paper) == {}
    note_letter(paper.matter, letter="status", **LETTER, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="sent already"):
        note_letter(paper.matter, letter="acknowledgment", **LETTER, stamp=liaison5.stamp)


def test_decision_stops_every_clock_and_closes_the_findings(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5)
    with pytest.raises(Refused) as no:
        note_letter(paper.matter, **DECISION, stamp=liaison5.stamp)
    assert no.value.code == "concern_unanswered"
    answered(paper, liaison5)
    note_letter(paper.matter, **DECISION, stamp=liaison5.stamp)
    assert clocks(paper) == {}
    with pytest.raises(Refused) as late:
        answer_concern(
            paper.concerns.get(position=1), finding="partly", text="Half", stamp=liaison5.stamp
        )
    assert late.value.code == "decision_sent"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to_commission": False}, "commission_not_told"),
        ({"to_councilmember": False}, "councilmember_not_told"),
        ({"sent_on": TODAY + timedelta(days=1)}, "sent_on_off"),
        ({"sent_on": TODAY - timedelta(days=1)}, "sent_on_off"),
        ({"text": " "}, "text_missing"),
        ({"letter": "invitation"}, "unknown_letter"),
    ],
)
def test_letter_that_gives_no_great_weight_is_refused(
    ground: Ground, liaison5: Cast, changes: dict[str, Any], code: str
) -> None:
    paper = taken_in(ground, liaison5, kind="anc_recommendation")
    answered(paper, liaison5)
    with pytest.raises(Refused) as no:
        note_letter(paper.matter, **{**DECISION, **changes}, stamp=liaison5.stamp)
    assert no.value.code == code
    assert not paper.letters.exists()


def test_recommendation_has_no_status_report(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5, kind="anc_recommendation")
    with pytest.raises(Refused) as no:
        note_letter(paper.matter, letter="status", **LETTER, stamp=liaison5.stamp)
    assert no.value.code == "unknown_letter"


def test_paper_ends_with_a_decision_or_is_withdrawn(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5, kind="anc_recommendation")
    with pytest.raises(Refused) as no:
        end_paper(paper.matter, outcome="followed", stamp=liaison5.stamp)
    assert no.value.code == "decision_missing"
    ended = end_paper(paper.matter, outcome="withdrawn", text="They asked", stamp=liaison5.stamp)
    assert (ended.state, ended.outcome) == ("closed", "withdrawn")
    with pytest.raises(Refused) as over:
        note_letter(ended, **DECISION, stamp=liaison5.stamp)
    assert over.value.code == "wrong_state"


def test_overdue_clock_stays_the_next_step(ground: Ground, liaison5: Cast) -> None:
    days = {"received_on": TODAY - timedelta(days=12), "voted_on": TODAY - timedelta(days=20)}
    paper = taken_in(ground, liaison5, **days)
    matter = paper.matter

    def next_step() -> tuple[date | None, str]:
        matter.refresh_from_db()
        return matter.next_on, matter.next_step

    assert next_step() == (TODAY, "Acknowledge it in writing")
    answered(paper, liaison5)
    assert next_step() == (TODAY, "Acknowledge it in writing")
    note_letter(matter, letter="acknowledgment", **LETTER, stamp=liaison5.stamp)
    assert next_step() == (TODAY + timedelta(days=14), "Send the decision")


def test_paper_ends_as_its_findings_say(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5, kind="anc_recommendation")
    answered(paper, liaison5)
    half = paper.concerns.get(position=2)
    answer_concern(half, finding="partly", text="Half of it", stamp=liaison5.stamp)
    note_letter(paper.matter, **DECISION, stamp=liaison5.stamp)
    for outcome in ("followed", "not_followed"):
        with pytest.raises(Refused) as no:
            end_paper(paper.matter, outcome=outcome, text="So", stamp=liaison5.stamp)
        assert (no.value.code, no.value.field) == ("findings_differ", "outcome")
    ended = end_paper(paper.matter, outcome="partly_followed", text="So", stamp=liaison5.stamp)
    assert ended.outcome == "partly_followed"


@pytest.mark.parametrize("finding", ["", "yes"])
def test_finding_says_what_and_why(ground: Ground, liaison5: Cast, finding: str) -> None:
    concern = taken_in(ground, liaison5).concerns.order_by("position")[0]
    with pytest.raises(Refused):
        answer_concern(concern, finding=finding, text="So", stamp=liaison5.stamp)
    with pytest.raises(Refused):
        answer_concern(concern, finding="accepted", text=" ", stamp=liaison5.stamp)
    assert Concern.objects.get(pk=concern.pk).finding == ""


def test_other_ward_and_partner_see_nothing(
    ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    paper = taken_in(ground, liaison5)
    concern = paper.concerns.order_by("position")[0]
    for other in (liaison7, partner_dpw):
        actor = other.actor
        assert paper_page(actor).total == 0
        assert commissions_named(actor) == ()
        with pytest.raises(NotFound):
            paper_file(paper.matter_id, actor)
        with pytest.raises(NotFound):
            get_concern(concern.pk, actor)
        with pytest.raises(NotAllowed):
            answer_concern(concern, finding="accepted", text="So", stamp=other.stamp)
        with pytest.raises(NotAllowed):
            note_letter(paper.matter, letter="acknowledgment", **LETTER, stamp=other.stamp)
    assert commissions_named(liaison5.actor) == ("5B",)


def test_restricted_paper_is_in_nobody_elses_list(
    ground: Ground, liaison5: Cast, cover5: Cast
) -> None:
    paper = taken_in(ground, liaison5)
    matter = Matter.objects.get(pk=paper.matter_id)
    restrict_matter(matter, readers=[], reason="A witness", stamp=liaison5.stamp)
    other = actor_for(cover5.user, on=TODAY)
    assert (paper_page(other).total, commissions_named(other)) == (0, ())


def test_list_counts_concerns_and_shows_the_next_clock(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5)
    first = paper.concerns.order_by("position")[0]
    answer_concern(first, finding="not_ours", text="The Council decides", stamp=liaison5.stamp)
    (row,) = paper_page(liaison5.actor).rows
    assert (row.concerns, row.answered, row.due_on) == (2, 1, TODAY + timedelta(days=10))


def test_database_keeps_no_paper_that_lost(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5)
    with pytest.raises(DatabaseError), transaction.atomic(), guard_pass("a test of a constraint"):
        CommissionPaper.objects.filter(pk=paper.pk).update(yes=1, no=1)


def test_clock_stops_on_the_day_the_letter_went_out(ground: Ground, liaison5: Cast) -> None:
    days = {"received_on": TODAY - timedelta(days=12), "voted_on": TODAY - timedelta(days=20)}
    paper = taken_in(ground, liaison5, **days)
    in_time = {**LETTER, "sent_on": TODAY - timedelta(days=3)}
    note_letter(paper.matter, letter="acknowledgment", **in_time, stamp=liaison5.stamp)
    (first, _) = paper_file(paper.matter_id, liaison5.actor).clocks
    assert first.answered_on == TODAY - timedelta(days=3)
    assert first.answered_on < first.due_on


def test_withdrawn_proposal_drops_its_clocks(ground: Ground, liaison5: Cast) -> None:
    paper = taken_in(ground, liaison5)
    end_paper(paper.matter, outcome="withdrawn", text="They asked", stamp=liaison5.stamp)
    assert clocks(paper) == {}
    assert {ask.state for ask in Ask.objects.filter(matter=paper.matter)} == {"withdrawn"}


def test_paper_is_told_on_its_commission(ground: Ground, liaison5: Cast, director: Cast) -> None:
    early = taken_in(ground, liaison5)
    commission = make_commission(director)
    assert (early.commission, taken_in(ground, liaison5).commission) == (None, commission)
    moved = import_module("wardroom.engagement.migrations.0002_papers_of_known_commissions")
    with guard_pass("a migration"):
        moved.link(apps, None)
    early.refresh_from_db()
    assert early.commission == commission
