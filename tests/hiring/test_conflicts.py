"""Conflicts come first: who reads an application, and who decides about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.hiring.jobs import CANARY, TODAY, VISITOR, applied, opened, scored, taken_to
from wardroom.hiring.actions import (
    appoint_applicant,
    declare_conflict,
    declare_no_conflicts,
    end_posting,
    end_screening,
    hand_over_posting,
    move_application,
    open_discussion,
    tell_the_rest,
    unseat_panel_member,
    withdraw_application,
)
from wardroom.hiring.models import Application
from wardroom.hiring.queries.files import application_file, resume_of
from wardroom.hiring.queries.hirings import application_rows, hiring_file
from wardroom.hiring.queries.own import link_token
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
