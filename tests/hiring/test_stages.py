"""Stages of an application: each with its reason, from the first step to an appointment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.hiring.jobs import CANARY, TODAY, applied, follow, opened, taken_to
from wardroom.hiring.actions import appoint_applicant, end_posting, end_screening, move_application
from wardroom.hiring.models import StageMove
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
