"""The panel: conflicts first, points alone, the preference as declared, stages with reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.hiring.jobs import CANARY, VISITOR, applied, begun, follow, opened, taken_to
from wardroom.hiring.actions import (
    add_question,
    appoint_applicant,
    declare_conflict,
    declare_no_conflicts,
    end_posting,
    end_screening,
    hand_over_posting,
    move_application,
    open_discussion,
    score_application,
    seat_panel_member,
    tell_the_rest,
    unseat_panel_member,
    withdraw_application,
)
from wardroom.hiring.models import Application, Posting, StageMove
from wardroom.hiring.queries.files import application_file, resume_of
from wardroom.hiring.queries.hirings import application_rows, hiring_file
from wardroom.hiring.queries.own import link_token
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = VISITOR.at.date()


def scored(row: Application, who: Cast, points: int) -> None:
    """The same points for every question."""
    asked = row.posting.questions.filter(asked_of="panel").values_list("pk", flat=True)
    given = dict.fromkeys(asked, points)
    score_application(row, points=given, words={}, stamp=who.stamp)


def test_nothing_is_read_before_a_declaration(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    found = application_file(posting.pk, 1, liaison5.actor)
    assert (found.name, found.reads, found.email, found.answers) == (CANARY, False, "", ())
    assert found.allowed == {"declare_conflict"}
    with pytest.raises(NotFound):
        resume_of(posting.pk, 1, liaison5.actor)
    with pytest.raises(Refused, match="no conflict"):
        scored(row, liaison5, 3)
    declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    found = application_file(posting.pk, 1, liaison5.actor)
    assert (found.reads, found.email) == (True, "one@example.org")
    assert resume_of(posting.pk, 1, liaison5.actor).media_type == "application/pdf"


def test_a_conflict_shuts_the_application_and_stays(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    with pytest.raises(Refused, match="Say what"):
        declare_conflict(row, conflict=True, stamp=liaison5.stamp)
    declare_conflict(row, conflict=True, words="My cousin", stamp=liaison5.stamp)
    assert not application_file(posting.pk, 1, liaison5.actor).reads
    with pytest.raises(Refused, match="stays as you said"):
        declare_conflict(row, conflict=False, stamp=liaison5.stamp)
    with pytest.raises(Refused, match="no conflict"):
        scored(row, liaison5, 5)


def test_who_has_a_conflict_sees_no_points_in_the_list_either(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    row = applied(posting)
    declare_conflict(row, conflict=False, stamp=liaison7.stamp)
    declare_conflict(row, conflict=True, words="My cousin", stamp=liaison5.stamp)
    scored(row, liaison7, 5)
    shares = [application_rows(posting, who.actor)[0].share for who in (liaison5, liaison7)]
    assert shares == [None, 100]


def test_who_may_not_read_is_told_the_name_alone(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    for mine in ("declare", "conflict"):
        (seen,) = application_rows(posting, liaison5.actor)
        assert (seen.name, seen.mine) == (CANARY, mine)
        assert (seen.resident, seen.stage, seen.scored, seen.due) == (None, "", 0, 0)
        assert application_file(posting.pk, 1, liaison5.actor).stage == ""
        if mine == "declare":
            declare_conflict(row, conflict=True, words="My cousin", stamp=liaison5.stamp)
    (seen,) = application_rows(posting, director.actor)
    assert (seen.resident, seen.stage) == (True, "received")


def test_nobody_is_shut_out_of_a_panel_by_who_applies_with_their_address(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    row = applied(posting)
    declare_no_conflicts(posting, numbers=[1], stamp=liaison5.stamp)
    own = applied(posting, liaison5.email.upper())
    found = application_file(posting.pk, 2, liaison5.actor)
    assert (found.reads, found.name, found.applied_too) == (False, "", True)
    assert found.allowed == frozenset()
    mine = {r.number: r.mine for r in application_rows(posting, liaison5.actor)}
    assert mine == {1: "score", 2: "applied"}
    with pytest.raises(Refused, match="no conflict"):
        scored(own, liaison5, 5)
    declare_conflict(own, conflict=False, stamp=liaison7.stamp)
    scored(own, liaison7, 3)
    assert application_file(posting.pk, 2, director.actor).share == 60
    assert application_file(posting.pk, 1, liaison5.actor).reads
    scored(row, liaison5, 5)


def test_keeper_is_told_of_an_address_of_the_panel_until_it_is_settled(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    posting = opened(director, liaison5, liaison7)
    told = Waiting.objects.filter(noun="look_at_hiring", party=director.party)
    applied(posting)
    assert not told.exists()
    own = applied(posting, liaison5.email.upper())
    applied(posting, liaison7.email)
    row = told.get()
    assert (row.title, row.reason) == (f"Hiring: {posting.title}", "hiring_look")
    seen = hiring_file(posting.pk, director.actor, today=TODAY).applied
    assert [(r.number, r.name, r.keeps) for r in seen] == [
        (2, "Liaison of Ward 5", False),
        (3, "Liaison of Ward 7", False),
    ]
    assert hiring_file(posting.pk, liaison7.actor, today=TODAY).applied == ()
    withdraw_application(None, token=link_token(own), stamp=VISITOR)
    assert told.exists()
    unseat_panel_member(posting, user_id=liaison7.user.pk, stamp=director.stamp)
    assert not told.exists()


def test_keeper_whose_address_it_gives_reads_the_others_and_is_told(
    director: Cast, second_director: Cast, liaison5: Cast
) -> None:
    posting = opened(director, liaison5)
    applied(posting)
    applied(posting, director.email)
    assert application_file(posting.pk, 1, director.actor).reads
    assert not application_file(posting.pk, 2, director.actor).reads
    assert hiring_file(posting.pk, director.actor, today=TODAY).applied[0].keeps
    assert Waiting.objects.filter(noun="look_at_hiring", party=director.party).exists()
    hand_over_posting(
        posting, user_id=second_director.user.pk, reason="I applied", stamp=director.stamp
    )
    assert not Waiting.objects.filter(noun="look_at_hiring").exists()
    assert application_file(posting.pk, 2, second_director.actor).reads
    line = Entry.objects.get(kind="PostingHandedOver")
    assert "I applied" not in f"{line.sentence} {line.body}"


def test_a_keeper_with_a_conflict_decides_nothing(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    row = applied(posting, director.email)
    with pytest.raises(Refused, match="Hand the hiring over"):
        move_application(row, to="interview", reason="Me", stamp=director.stamp)
    with pytest.raises(Refused, match="Hand the hiring over"):
        open_discussion(row, reason="Me", stamp=director.stamp)


def test_keeper_whose_address_stands_decides_about_no_competitor(
    director: Cast, liaison5: Cast
) -> None:
    posting = opened(director, liaison5)
    first, second = applied(posting), applied(posting, "two@example.org")
    first = taken_to(first, director, "interview", "offer", "suitability")
    end_screening(first, result="cleared", stamp=director.stamp)
    own = applied(posting, director.email.upper())
    day = TODAY + timedelta(days=8)
    decisions: tuple[Callable[[], object], ...] = (
        lambda: taken_to(second, director, "interview", "offer"),
        lambda: move_application(second, to="not_selected", reason="x", stamp=director.stamp),
        lambda: open_discussion(second, reason="x", stamp=director.stamp),
        lambda: appoint_applicant(first, appointed_on=day, reason="x", stamp=director.stamp),
    )
    for decide in decisions:
        with pytest.raises(Refused) as no:
            decide()
        assert no.value.code == "keeper_applied"
    end_posting(posting, state="filled", reason="x", stamp=director.stamp)
    with pytest.raises(Refused, match="gives your address"):
        tell_the_rest(posting, reason="x", seen="2", stamp=director.stamp)
    assert dict(posting.applications.values_list("number", "stage")) == {
        1: "suitability",
        2: "interview",
        3: "received",
    }
    withdraw_application(None, token=link_token(own), stamp=VISITOR)
    tell_the_rest(posting, reason="x", seen="2", stamp=director.stamp)
    appoint_applicant(first, appointed_on=day, reason="x", stamp=director.stamp)


def test_who_takes_over_from_a_keeper_who_applied_decides(
    director: Cast, second_director: Cast, liaison5: Cast
) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    applied(posting, director.email)
    hand_over_posting(
        posting, user_id=second_director.user.pk, reason="I applied", stamp=director.stamp
    )
    row = Application.objects.get(pk=row.pk)
    moved = move_application(row, to="not_selected", reason="x", stamp=second_director.stamp)
    assert moved.stage == "not_selected"


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


def test_each_step_has_its_reason_and_its_letter(director: Cast) -> None:
    posting = opened(director)
    row = applied(posting)
    with pytest.raises(Refused, match="Say why"):
        move_application(row, to="screening", reason="", stamp=director.stamp)
    with pytest.raises(Refused, match="does not lead"):
        move_application(row, to="offer", reason="At once", stamp=director.stamp)
    with pytest.raises(Refused, match="Choose a stage"):
        move_application(row, to="withdrawn", reason="They left", stamp=director.stamp)
    for asks in ("Were you ever arrested?", "Tell us first whether you were ever convicted."):
        with pytest.raises(Refused, match="does not ask"):
            move_application(row, to="screening", reason="x", words=asks, stamp=director.stamp)
    move_application(row, to="interview", reason="Knows 5", words="On Friday", stamp=director.stamp)
    follow()
    assert list(StageMove.objects.values_list("from_stage", "to_stage", "reason")) == [
        ("draft", "received", ""),
        ("received", "interview", "Knows 5"),
    ]
    letter = Message.objects.get(key__contains=":move:", text__contains="would like to talk")
    assert "On Friday" in letter.text
    assert "Knows 5" not in letter.text


def test_the_way_to_an_appointment_goes_through_an_offer(director: Cast) -> None:
    posting = opened(director)
    row = applied(posting)
    with pytest.raises(Refused, match="only after a conditional offer"):
        end_screening(row, result="cleared", stamp=director.stamp)
    taken_to(row, director, "interview", "offer")
    with pytest.raises(Refused, match="only after"):
        end_screening(row, result="cleared", stamp=director.stamp)
    move_application(row, to="suitability", reason="They said yes", stamp=director.stamp)
    first = TODAY + timedelta(days=30)
    with pytest.raises(Refused, match="has to be passed"):
        appoint_applicant(row, appointed_on=first, reason="Ready", stamp=director.stamp)
    end_screening(row, result="cleared", stamp=director.stamp)
    far = TODAY + timedelta(days=367)
    with pytest.raises(Refused, match="at most a year"):
        appoint_applicant(row, appointed_on=far, reason="Ready", stamp=director.stamp)
    appoint_applicant(row, appointed_on=first, reason="Ready", stamp=director.stamp)
    line = Entry.objects.get(kind="ApplicantAppointed")
    assert line.body["appointee"] == CANARY
    assert line.audience == "internal"
    screened = Entry.objects.get(kind="ScreeningEnded")
    assert (screened.audience, "cleared" in str(screened.body)) == ("hiring", False)


def test_an_offer_before_all_could_apply_and_were_screened_says_why(director: Cast) -> None:
    posting = opened(director)
    row, other = applied(posting), applied(posting, "two@example.org")
    move_application(row, to="interview", reason="Knows 5", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        move_application(row, to="offer", reason="Best", stamp=director.stamp)
    assert (no.value.code, no.value.field) == ("offer_early", "early")
    assert no.value.sentence == (
        "The posting takes applications until Friday, November 20, 2026."
        " 1 other application was not screened. Say why the offer is made now."
    )
    end_posting(posting, state="closed", reason="Enough", stamp=director.stamp)
    row = posting.applications.get(number=1)
    with pytest.raises(Refused, match=r"^1 other application was not screened\."):
        move_application(row, to="offer", reason="Best", early=" ", stamp=director.stamp)
    move_application(row, to="offer", reason="Best", early="They leave", stamp=director.stamp)
    assert StageMove.objects.get(to_stage="offer").reason == "Best (Made early: They leave)"
    taken_to(other, director, "interview")
    move_application(other, to="offer", reason="Also", stamp=director.stamp)
    assert StageMove.objects.filter(to_stage="offer", reason="Also").exists()


def test_an_offer_needs_no_more_where_a_posting_is_open_until_filled(director: Cast) -> None:
    row = applied(opened(director, closes_on=None))
    for to in ("interview", "offer"):
        row = move_application(row, to=to, reason="Best", stamp=director.stamp)
    assert row.stage == "offer"


def test_who_is_not_found_suitable_is_not_appointed(director: Cast) -> None:
    row = applied(opened(director))
    taken_to(row, director, "interview", "offer", "suitability")
    end_screening(row, result="not_cleared", stamp=director.stamp)
    with pytest.raises(Refused, match="result already"):
        end_screening(row, result="cleared", stamp=director.stamp)
    with pytest.raises(Refused, match="has to be passed"):
        appoint_applicant(row, appointed_on=TODAY, reason="Still", stamp=director.stamp)


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
