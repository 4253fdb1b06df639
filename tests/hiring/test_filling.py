"""The end of a hiring: nothing and nobody is left behind once somebody is appointed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.hiring.jobs import CANARY, VISITOR, applied, follow, opened, taken_to
from wardroom.hiring.actions import (
    appoint_applicant,
    declare_conflict,
    end_posting,
    end_screening,
    move_application,
    tell_the_rest,
    unseat_panel_member,
)
from wardroom.hiring.models import Application, Posting
from wardroom.hiring.queries.files import application_file
from wardroom.hiring.queries.filling import appointee
from wardroom.hiring.queries.hirings import application_rows, hiring_file
from wardroom.hiring.queries.panels import points_due
from wardroom.kernel.errors import NotAllowed, Refused, Stale
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = VISITOR.at.date()
FIRST_DAY = TODAY + timedelta(days=8)


def appointed(row: Application, director: Cast) -> Application:
    """The same application, appointed."""
    taken_to(row, director, "interview", "offer", "suitability")
    end_screening(row, result="cleared", stamp=director.stamp)
    return appoint_applicant(row, appointed_on=FIRST_DAY, reason="Ready", stamp=director.stamp)


def filled(posting: Posting, director: Cast) -> Posting:
    """The same posting, filled."""
    posting.refresh_from_db()
    return end_posting(posting, state="filled", reason="Somebody begins", stamp=director.stamp)


def test_who_appointed_all_is_offered_to_close_the_posting(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5, seats=2)
    row = appointed(applied(posting), director)
    found = application_file(posting.pk, 1, director.actor)
    assert (found.appointed, found.seats, "end_posting" in found.allowed) == (1, 2, False)
    assert not Waiting.objects.filter(noun="look_at_hiring").exists()
    appointed(applied(posting, "two@example.org"), director)
    assert "end_posting" in application_file(posting.pk, 2, director.actor).allowed
    assert Waiting.objects.get(noun="look_at_hiring").party == director.party
    declare_conflict(row.posting.applications.get(number=1), conflict=False, stamp=liaison5.stamp)
    seen = application_file(posting.pk, 1, liaison5.actor)
    assert (seen.appointed, "end_posting" in seen.allowed) == (0, False)
    filled(posting, director)
    assert not Waiting.objects.filter(noun="look_at_hiring").exists()


def test_the_rest_is_told_with_one_press_each_in_their_language(
    director: Cast, liaison5: Cast
) -> None:
    posting = opened(director, liaison5)
    appointed(applied(posting), director)
    for number, language in ((2, "es"), (3, "en"), (4, "en")):
        applied(posting, f"{number}@example.org", language)
    taken_to(posting.applications.get(number=4), director, "interview", "offer")
    with pytest.raises(Refused, match="filled or withdrawn"):
        tell_the_rest(posting, reason="Filled", seen="2, 3", stamp=director.stamp)
    posting = filled(posting, director)
    assert Waiting.objects.filter(noun="look_at_hiring").exists()
    rest = hiring_file(posting.pk, director.actor, today=TODAY).rest
    assert (rest.numbers, rest.languages, rest.apart) == (
        (2, 3),
        (("English", 1), ("Spanish", 1)),
        1,
    )
    with pytest.raises(NotAllowed):
        tell_the_rest(posting, reason="Filled", seen="2, 3", stamp=liaison5.stamp)
    with pytest.raises(Stale):
        tell_the_rest(posting, reason="Filled", seen="2", stamp=director.stamp)
    with pytest.raises(Refused, match="Say why"):
        tell_the_rest(posting, reason="", seen="2, 3", stamp=director.stamp)
    with pytest.raises(Refused, match="does not ask"):
        tell_the_rest(
            posting, reason="x", words="Were you arrested?", seen="2, 3", stamp=director.stamp
        )
    tell_the_rest(posting, reason="Filled", seen="2, 3", words="Thanks", stamp=director.stamp)
    follow()
    letters = Message.objects.filter(to_address__in=("2@example.org", "3@example.org"))
    told = [
        letter.text for letter in letters.filter(text__contains="Thanks").order_by("to_address")
    ]
    assert len(told) == 2
    assert "No fue elegido" in told[0]
    assert "You were not selected" in told[1]
    assert dict(posting.applications.values_list("number", "stage")) == {
        1: "appointed",
        2: "not_selected",
        3: "not_selected",
        4: "offer",
    }
    assert Waiting.objects.filter(noun="look_at_hiring").exists()
    with pytest.raises(Refused, match="was told"):
        tell_the_rest(posting, reason="Filled", seen="", stamp=director.stamp)
    last = posting.applications.get(number=4)
    move_application(last, to="offer_ended", reason="Filled", stamp=director.stamp)
    assert not Waiting.objects.filter(noun="look_at_hiring").exists()


def test_the_lists_are_kept_once_however_many_are_told(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = opened(director, liaison5)
    for number in (1, 2, 3):
        applied(posting, f"{number}@example.org")
    posting = filled(posting, director)
    reckoned: list[int] = []

    def counted(of: Posting) -> dict[int, date]:
        reckoned.append(of.pk)
        return points_due(of)

    monkeypatch.setattr("wardroom.hiring.actions.waiting.points_due", counted)
    tell_the_rest(posting, reason="Filled", seen="1, 2, 3", stamp=director.stamp)
    assert reckoned == [posting.pk]
    assert not Waiting.objects.filter(noun__in=("look_at_hiring", "panel")).exists()


def test_nobody_is_told_by_a_keeper_who_may_not_read_them(director: Cast) -> None:
    posting = opened(director, director)
    row = applied(posting)
    declare_conflict(row, conflict=True, words="My cousin", stamp=director.stamp)
    unseat_panel_member(posting, user_id=director.user.pk, stamp=director.stamp)
    assert application_rows(posting, director.actor)[0].stage == ""
    rest = hiring_file(filled(posting, director).pk, director.actor, today=TODAY).rest
    assert (rest.numbers, rest.apart) == ((), 1)
    with pytest.raises(Refused, match="was told"):
        tell_the_rest(posting, reason="Filled", seen="1", stamp=director.stamp)


def test_only_who_appointed_takes_name_and_address_over(
    director: Cast, second_director: Cast, liaison5: Cast
) -> None:
    posting = opened(director, liaison5)
    row = applied(posting)
    assert appointee(posting.pk, 1, director.actor) is None
    appointed(row, director)
    found = appointee(posting.pk, 1, director.actor)
    assert found is not None
    assert (found.name, found.email, found.first_day) == (CANARY, "one@example.org", FIRST_DAY)
    for other in (second_director, liaison5):
        assert appointee(posting.pk, 1, other.actor) is None


def test_one_more_than_were_to_be_appointed_takes_a_word(director: Cast, liaison5: Cast) -> None:
    posting = opened(director, liaison5)
    appointed(applied(posting), director)
    with pytest.raises(Refused, match="Say why it is one more") as no:
        appointed(applied(posting, "two@example.org"), director)
    assert (no.value.code, no.value.field) == ("all_appointed", "beyond")
    row = posting.applications.get(number=2)
    assert row.stage == "suitability"
    appoint_applicant(
        row, appointed_on=FIRST_DAY, reason="Ready", beyond="A second job", stamp=director.stamp
    )
    move = row.moves.get(to_stage="appointed")
    assert move.reason == "Ready (One more: A second job)"


def test_a_posting_appoints_at_least_one(director: Cast) -> None:
    with pytest.raises(Refused, match="1 to 20") as no:
        opened(director, seats=0)
    assert no.value.field == "seats"
