"""The panel: who sits on it, points alone, and the preference as declared."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.hiring.jobs import TODAY, VISITOR, applied, begun, opened, scored
from wardroom.hiring.actions import (
    add_question,
    declare_conflict,
    declare_no_conflicts,
    end_posting,
    hand_over_posting,
    open_discussion,
    score_application,
    seat_panel_member,
    unseat_panel_member,
    withdraw_application,
)
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.files import application_file
from wardroom.hiring.queries.hirings import application_rows, hiring_file
from wardroom.hiring.queries.own import link_token
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.models import Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_a_posting_that_lost_its_panel_waits_for_its_keeper(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    told = Waiting.objects.filter(noun="look_at_hiring", party=director.party)
    assert not told.exists()
    unseat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    assert told.exists()
    assert hiring_file(posting.pk, director.actor, today=TODAY).no_panel
    end_posting(posting, state="closed", reason="x", stamp=director.stamp)
    assert not told.exists()


def test_what_was_sent_waits_for_a_panel_after_the_last_day_too(
    director: Cast, liaison5: Cast
) -> None:
    posting = opened(director, liaison5)
    told = Waiting.objects.filter(noun="look_at_hiring", party=director.party)
    applied(posting)
    unseat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    posting = end_posting(posting, state="closed", reason="x", stamp=director.stamp)
    assert told.exists()
    seat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    assert not told.exists()
    assert not hiring_file(posting.pk, director.actor, today=TODAY).no_panel


def test_points_are_given_alone_and_seen_together(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    row = applied(posting)
    for who in (liaison5, liaison7):
        declare_no_conflicts(posting, numbers=[1], stamp=who.stamp)
    scored(row, liaison5, 5)
    for who in (liaison5, liaison7, director):
        found = application_file(posting.pk, 1, who.actor)
        assert (found.scores, found.share) == ((), None), who
        assert application_rows(posting, who.actor)[0].share is None
    scored(row, liaison5, 4)
    scored(row, liaison7, 2)
    found = application_file(posting.pk, 1, liaison7.actor)
    assert {(s.member, s.points) for s in found.scores} == {
        ("Liaison of Ward 5", 4),
        ("Liaison of Ward 7", 2),
    }
    assert found.share == 60
    with pytest.raises(Refused, match="points stay"):
        scored(row, liaison7, 5)


def test_the_keeper_opens_the_discussion_with_a_reason(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    row = applied(posting)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    scored(row, liaison5, 5)
    with pytest.raises(NotAllowed):
        open_discussion(row, reason="I want to see", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="Say why"):
        open_discussion(row, reason=" ", stamp=director.stamp)
    open_discussion(row, reason="One is ill", stamp=director.stamp)
    assert application_file(posting.pk, 1, director.actor).share == 100
    declare_conflict(row, conflict=False, stamp=liaison7.stamp)
    with pytest.raises(Refused, match="points stay"):
        scored(row, liaison7, 5)


def test_points_that_were_seen_stay_whoever_is_seated_later(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    scored(row, liaison5, 1)
    seat_panel_member(posting, user_id=liaison7.user.pk, stamp=director.stamp)
    row.refresh_from_db()
    with pytest.raises(Refused, match="points stay"):
        scored(row, liaison5, 5)
    assert application_file(posting.pk, 1, director.actor).share == 20


def test_a_discussion_that_a_conflict_opened_is_not_shut_by_a_seat(
    director: Cast, liaison5: Cast, liaison7: Cast, records_officer: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    row = applied(posting)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    scored(row, liaison5, 1)
    declare_conflict(row, conflict=True, words="My cousin", stamp=liaison7.stamp)
    seat_panel_member(posting, user_id=records_officer.user.pk, stamp=director.stamp)
    row = Application.objects.get()
    with pytest.raises(Refused, match="points stay"):
        scored(row, liaison5, 5)


def test_everybody_is_asked_the_same(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="points to each"):
        score_application(row, points={}, words={}, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="points to each"):
        scored(row, liaison5, 6)
    scored(row, liaison5, 5)
    with pytest.raises(Refused, match="asked the same"):
        add_question(posting, asked_of="panel", text="And?", points=5, stamp=director.stamp)


def test_residents_stand_first_where_the_posting_says_so(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    for email, lives in (("a@example.org", "no"), ("b@example.org", "yes")):
        row = applied(posting, email, lives_here=lives)
        declare_conflict(row, conflict=False, stamp=liaison5.stamp)
        scored(row, liaison5, 5 if lives == "no" else 1)
    rows = application_rows(posting, liaison5.actor)
    assert [(r.number, r.resident, r.share) for r in rows] == [(2, True, 20), (1, False, 100)]


def test_extra_points_are_those_that_were_declared(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5, preference="points", preference_points=10)
    for email, lives in (("a@example.org", "no"), ("b@example.org", "yes")):
        row = applied(posting, email, lives_here=lives)
        declare_conflict(row, conflict=False, stamp=liaison5.stamp)
        scored(row, liaison5, 3)
    rows = application_rows(posting, liaison5.actor)
    assert [(r.number, r.share, r.extra) for r in rows] == [(2, 60, 10), (1, 60, 0)]


def test_the_panel_reads_no_more_of_what_was_withdrawn(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    withdraw_application(None, token=link_token(row), stamp=VISITOR)
    for who in (liaison5, director):
        found = application_file(posting.pk, 1, who.actor)
        assert (found.name, found.reads, found.stage) == ("", False, "withdrawn")
        assert application_rows(posting, who.actor)[0].name == ""


def test_whoever_leaves_the_panel_reads_nothing_any_more(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    applied(posting)
    assert hiring_file(posting.pk, liaison5.actor, today=TODAY).allowed == frozenset()
    unseat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    with pytest.raises(NotFound):
        hiring_file(posting.pk, liaison5.actor, today=TODAY)
    with pytest.raises(NotFound):
        application_file(posting.pk, 1, liaison5.actor)


def test_who_applied_sits_on_no_panel(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    posting: Posting = opened(director)
    begun(posting, email=liaison7.email)
    seat_panel_member(posting, user_id=liaison7.user.pk, stamp=director.stamp)
    applied(posting, liaison5.email.upper())
    with pytest.raises(Refused, match="applied"):
        seat_panel_member(posting, user_id=liaison5.user.pk, stamp=director.stamp)
    with pytest.raises(Refused, match="of the office"):
        seat_panel_member(posting, user_id=partner_dpw.user.pk, stamp=director.stamp)
    with pytest.raises(Refused, match="by a director"):
        hand_over_posting(posting, user_id=liaison5.user.pk, reason="x", stamp=director.stamp)
