"""The week board: who is where, what nobody covers, and somebody sent there and taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast, hire
from tests.office.people import helping, lent
from tests.office.rotas import at, crew, published, wall
from wardroom.access.actor import NOBODY, Role
from wardroom.calendar.actions import EventDraft, add_participation, assign_shift, plan_event
from wardroom.calendar.models import Event, Shift
from wardroom.directory.actions import cover_ward
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.office.actions import (
    enter_wish,
    give_shift,
    keep_from_event,
    keep_from_shift,
    send_to_event,
)
from wardroom.office.queries import PersonWeek, WeekBoard, to_cover, week_board

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MONDAY, DAY = date(2026, 11, 30), timedelta(days=1)
NOW = wall(date(2026, 11, 18), 12)


def board(who: Cast, *, ward: str = "", unit: str = "", monday: date = MONDAY) -> WeekBoard:
    return week_board(who.actor, monday=monday, at=NOW, wards=("5", "7"), ward=ward, unit=unit)


def meeting(who: Cast, day: date = MONDAY, hour: int = 18, *, ward: str = "5",
            title: str = "Tenants' meeting") -> Event:  # fmt: skip
    draft = EventDraft(
        kind="meeting",
        title=title,
        starts_at=wall(day, hour),
        ends_at=wall(day, hour + 2),
        ward_code=ward,
    )
    return plan_event(draft, stamp=who.stamp)


def row_of(found: WeekBoard, who: str) -> PersonWeek:
    return next(one for one in found.people if one.person.name == who)


def words(found: WeekBoard) -> list[str]:
    return [one.words for one in found.uncovered]


def test_an_event_that_nobody_goes_to_is_said_until_somebody_goes(
    director: Cast, liaison5: Cast
) -> None:
    event = meeting(liaison5)
    said = "Nobody from the office goes to Tenants' meeting"
    assert said in words(board(director))
    add_participation(event, party=liaison5.party, role="member", stamp=liaison5.stamp)
    found = board(director)
    assert said not in words(found)
    assert [thing.words for thing in row_of(found, "Liaison of Ward 5").days[0]] == [event.title]


def test_an_agencys_people_do_not_cover_an_event(
    director: Cast, liaison5: Cast, partner_dpw: Cast
) -> None:
    event = meeting(liaison5)
    add_participation(event, party=partner_dpw.party, role="guest", stamp=liaison5.stamp)
    assert "Nobody from the office goes to Tenants' meeting" in words(board(director))


def test_a_ward_is_uncovered_while_its_liaison_is_away_and_a_colleagues_cover_fills_it(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    enter_wish(None, kind="leave", from_on=MONDAY, until_on=MONDAY + DAY, stamp=liaison5.stamp)
    said = "Nobody covers Ward 5: Liaison of Ward 5 is away"
    found = board(director)
    assert [one.on for one in found.uncovered if one.words == said] == [MONDAY, MONDAY + DAY]
    cover_ward(
        liaison7.party,
        ward_code="5",
        valid_from=MONDAY,
        valid_until=MONDAY + DAY,
        stamp=director.stamp,
    )
    found = board(director)
    assert said not in words(found)
    assert "covers Ward 5 until December 1" in row_of(found, "Liaison of Ward 7").person.about


def test_people_on_other_terms_stand_on_the_board_with_home_and_end(
    director: Cast, liaison5: Cast
) -> None:
    lent(hire("lent", "Lena", Role.STAFF), director, until_on=date(2026, 12, 20))
    helping("5", director)
    found = board(director)
    about = row_of(found, "Lena").person.about
    assert "Department of Parks" in about
    assert "until December 20" in about
    assert "Volunteer" in row_of(found, "Volunteer in the 5th").person.about
    assert "Department of Parks" not in row_of(board(liaison5), "Lena").person.about
    after = board(director, monday=date(2027, 3, 1))
    assert "Volunteer in the 5th" not in [one.person.name for one in after.people]


def test_a_volunteer_alone_covers_no_ward_and_no_event(director: Cast, liaison7: Cast) -> None:
    helper = helping("5", director)
    found = board(director)
    row = next(one for one in found.covers if one.ward_code == "5")
    assert row.days[0].uncovered == "Nobody covers Ward 5: nobody works for it"
    assert (row.days[0].names, row.days[0].beside) == ((), ("Volunteer in the 5th, volunteer",))
    assert "Nobody covers Ward 5: nobody works for it" in words(found)
    assert "Volunteer in the 5th" in [one.person.name for one in board(director, ward="5").people]
    event = meeting(director, ward="5")
    names = [o.person.name for o in to_cover(f"event-{event.pk}", director.actor, at=NOW).options]
    assert "Liaison of Ward 7" in names
    assert "Volunteer in the 5th" not in names
    with pytest.raises(Refused) as no:
        send_to_event(event, party_id=helper.party_id, stamp=director.stamp)
    assert no.value.code == "volunteer"
    add_participation(event, party=helper.party, role="member", stamp=director.stamp)
    assert "Only volunteers go to Tenants' meeting" in words(board(director))
    add_participation(event, party=liaison7.party, role="member", stamp=director.stamp)
    assert not [said for said in words(board(director)) if "Tenants' meeting" in said]


def test_only_what_stands_is_taken_back(director: Cast, liaison5: Cast) -> None:
    people = crew()
    published(director, people)
    shift = Shift.objects.get(on_date=MONDAY, role="on_call")
    ada, eve = people[0], people[4]
    with pytest.raises(Refused) as no:
        keep_from_shift(shift, party_id=eve.party.pk, stamp=director.stamp)
    assert no.value.code == "moved_on"
    with pytest.raises(NotAllowed):
        keep_from_shift(shift, party_id=ada.party.pk, stamp=liaison5.stamp)
    keep_from_shift(shift, party_id=ada.party.pk, stamp=director.stamp)
    assert Shift.objects.get(pk=shift.pk).user is None
    with pytest.raises(Refused):
        keep_from_shift(shift, party_id=ada.party.pk, stamp=director.stamp)


def test_a_gap_is_said_and_given_and_made_a_gap_again(director: Cast) -> None:
    people = crew()
    published(director, people)
    shift = Shift.objects.get(on_date=MONDAY, role="on_call")
    assign_shift(shift, user=None, why="ill", stamp=director.stamp)
    found = board(director)
    gap = next(one for one in found.uncovered if one.key == f"shift-{shift.pk}")
    assert gap.words.startswith("Nobody has On call")
    assert found.covers[0].days[0].uncovered == gap.words
    assert gap.options[0].words == ""
    user = gap.options[0].person.user_id
    give_shift(Shift.objects.get(pk=shift.pk), user_id=user, stamp=director.stamp)
    found = board(director)
    assert gap.key not in [one.key for one in found.uncovered]
    assert found.covers[0].days[0].names == (gap.options[0].person.name,)


def test_a_liaison_is_offered_a_gap_for_themselves_alone(director: Cast, liaison5: Cast) -> None:
    published(director, crew())
    shift = Shift.objects.get(on_date=MONDAY, role="on_call")
    assign_shift(shift, user=None, why="ill", stamp=director.stamp)
    found = board(liaison5)
    gap = next(one for one in found.uncovered if one.key == f"shift-{shift.pk}")
    assert [one.person.user_id for one in gap.options] == [liaison5.user.pk]


def test_sending_somebody_who_is_elsewhere_needs_a_reason(director: Cast, liaison5: Cast) -> None:
    first, second = meeting(liaison5), meeting(liaison5, title="Walk of the alley")
    send_to_event(first, party_id=liaison5.party.pk, stamp=liaison5.stamp)
    item = to_cover(f"event-{second.pk}", director.actor, at=NOW)
    option = next(one for one in item.options if one.person.party_id == liaison5.party.pk)
    assert option.hard
    with pytest.raises(Refused) as no:
        send_to_event(second, party_id=liaison5.party.pk, stamp=director.stamp)
    assert (no.value.code, no.value.field) == ("clashes", "because")
    assert "is in two places at once" in str(no.value)
    send_to_event(second, party_id=liaison5.party.pk, because="she looks in", stamp=director.stamp)
    row = row_of(board(director), "Liaison of Ward 5")
    assert {first.pk, second.pk} == {int(key[6:]) for key in row.troubled}


def test_who_was_sent_is_taken_back_and_sent_again(director: Cast, liaison5: Cast) -> None:
    event = meeting(liaison5)
    send_to_event(event, party_id=liaison5.party.pk, stamp=director.stamp)
    keep_from_event(event, party_id=liaison5.party.pk, stamp=director.stamp)
    assert "Nobody from the office goes to Tenants' meeting" in words(board(director))
    with pytest.raises(Refused):
        keep_from_event(event, party_id=liaison5.party.pk, stamp=director.stamp)
    send_to_event(event, party_id=liaison5.party.pk, stamp=director.stamp)
    assert "Nobody from the office goes to Tenants' meeting" not in words(board(director))
    kinds = list(Entry.objects.order_by("-pk").values_list("kind", flat=True)[:3])
    assert kinds[0].endswith("AnswerNoted")


def test_nobody_outside_the_office_is_sent(director: Cast, partner_dpw: Cast) -> None:
    event = meeting(director, ward="")
    with pytest.raises(NotFound):
        send_to_event(event, party_id=partner_dpw.party.pk, stamp=director.stamp)


def test_an_event_that_is_over_takes_nobody(director: Cast, liaison5: Cast) -> None:
    event = meeting(liaison5)
    later = at(director, wall(MONDAY + DAY, 9))
    with pytest.raises(Refused) as no:
        send_to_event(event, party_id=liaison5.party.pk, stamp=later)
    assert no.value.code == "wrong_state"


def test_another_wards_liaison_sees_only_the_time_and_sends_nobody(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    event = meeting(liaison5)
    send_to_event(event, party_id=liaison5.party.pk, stamp=liaison5.stamp)
    row = row_of(board(liaison7), "Liaison of Ward 5")
    assert [thing.words for thing in row.days[0]] == ["another event"]
    with pytest.raises(NotFound):
        to_cover(f"event-{event.pk}", liaison7.actor, at=NOW)
    with pytest.raises(NotAllowed):
        send_to_event(event, party_id=liaison7.party.pk, stamp=liaison7.stamp)


def test_the_board_is_for_the_office_alone(
    director: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    for actor in (partner_dpw.actor, NOBODY):
        with pytest.raises(NotAllowed):
            week_board(actor, monday=MONDAY, at=NOW, wards=("5",))


@pytest.mark.parametrize("key", ["event-", "shift-x", "ward-5", "event-1e3", "event-999999999"])
def test_what_cannot_be_covered_is_not_found(director: Cast, key: str) -> None:
    with pytest.raises(NotFound):
        to_cover(key, director.actor, at=NOW)


def test_a_ward_shows_its_own_people_alone(director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    found = board(director, ward="7")
    assert [one.person.name for one in found.people] == ["Liaison of Ward 7"]
    assert [row.ward_code for row in found.covers] == ["", "", "7"]


def test_fairness_counts_the_thirteen_weeks_before(director: Cast, liaison5: Cast) -> None:
    send_to_event(meeting(liaison5), party_id=liaison5.party.pk, stamp=director.stamp)
    saturday = meeting(liaison5, MONDAY + 5 * DAY, 10, title="Fair")
    send_to_event(saturday, party_id=liaison5.party.pk, stamp=director.stamp)

    def share(monday: date) -> tuple[int, int]:
        rows = board(director, monday=monday).fair
        mine = next(one.share for one in rows if one.name == "Liaison of Ward 5")
        return mine.evenings, mine.free_days

    assert share(MONDAY) == (0, 0)
    assert share(MONDAY + 7 * DAY) == (1, 1)
    assert share(MONDAY + 13 * 7 * DAY) == (1, 1)
    assert share(MONDAY + 14 * 7 * DAY) == (0, 0)
