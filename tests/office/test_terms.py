"""People on other terms: what is refused, what is told ahead, and that all of it ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.cast import HOUSE, PASSWORD, Cast, on_day
from tests.office.people import (
    TODAY,
    day,
    detail,
    house_on,
    lent,
    on,
    placed,
    someone,
    volunteer,
)
from wardroom.access.actor import NOBODY, Role
from wardroom.access.models import Grant
from wardroom.access.queries import actor_for
from wardroom.access.queries.api_keys import key_presented
from wardroom.calendar.actions import open_feed
from wardroom.calendar.queries.feeds import feed_of
from wardroom.directory.actions import end_grant, fill_seat, grant_role, invite_person, make_key
from wardroom.directory.models import Party, Tenure
from wardroom.directory.queries.seats import get_liaison_of
from wardroom.jobs import office as routines
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.queries import worklist
from wardroom.notices.models import Message
from wardroom.office.actions import (
    TermDraft,
    agree_term,
    dispose_of_term,
    extend_term,
    keep_as_employee,
    remind_of_term,
    shorten_term,
    take_on,
)
from wardroom.office.models import Reminder, Term
from wardroom.office.queries import position_file, present_between, structure, term_file, term_page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LAST = day(89)
CITY = ZoneInfo("America/New_York")


def told(refusing: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as no:
        refusing()
    return no.value.code, no.value.field or ""


@pytest.mark.parametrize(
    ("draft", "code", "field"),
    [
        (detail(until_on=day(180)), "too_long", "until_on"),
        (detail(until_on=day(-1)), "ends_too_early", "until_on"),
        (detail(home_name=" "), "no_home", "home_agency"),
        (detail(memorandum=""), "no_memorandum", "memorandum"),
        (detail(duties=" "), "duties_missing", "duties"),
        (detail(hours_weekly=0), "hours_off", "hours_weekly"),
        (detail(kind="loan"), "kind_unknown", "kind"),
        (volunteer(age=""), "no_age", "age"),
        (volunteer(age="too_young"), "too_young", "age"),
        (volunteer(age="minor"), "no_consent", "consent_from"),
        (volunteer(age="minor", consent_from="parent"), "no_consent", "consent_on"),
        (volunteer(displaces_nobody=False), "displaces", "displaces_nobody"),
        (volunteer(no_conflict=False), "conflict", "no_conflict"),
    ],
)
def test_what_the_rules_forbid_is_refused(
    director: Cast, draft: TermDraft, code: str, field: str
) -> None:
    person = someone()
    assert told(lambda: agree_term(person, draft=draft, stamp=director.stamp)) == (code, field)
    assert not Term.objects.exists()


def test_detail_may_last_180_days_and_the_first_one_counts(director: Cast) -> None:
    term = agree_term(someone(), draft=detail(until_on=day(179)), stamp=director.stamp)
    assert (term.until_on - term.since_on).days + 1 == 180


def test_nothing_but_that_they_were_old_enough_is_kept_of_a_minors_age(director: Cast) -> None:
    draft = volunteer(age="minor", consent_from="guardian", consent_on=TODAY)
    term = agree_term(someone(), draft=draft, stamp=director.stamp)
    assert (term.minor, term.consent_from, term.consent_on) == (True, "guardian", TODAY)
    assert term.consent_seen_by == director.actor.name
    assert not [f.name for f in Term._meta.get_fields() if "birth" in f.name or f.name == "age"]


def test_only_the_director_agrees_on_terms(liaison5: Cast, records_officer: Cast) -> None:
    person = someone()
    for who in (liaison5, records_officer):
        with pytest.raises(NotAllowed):
            agree_term(person, draft=detail(), stamp=who.stamp)


def test_one_is_here_on_one_term_at_a_time(director: Cast) -> None:
    person = someone()
    agree_term(person, draft=detail(), stamp=director.stamp)
    again = lambda: agree_term(person, draft=volunteer(), stamp=director.stamp)  # noqa: E731
    assert told(again) == ("already_here", "party")


def test_extension_needs_a_reason_and_is_a_line_of_its_own(director: Cast, liaison5: Cast) -> None:
    term = lent(liaison5, director)
    without = lambda: extend_term(term, until_on=day(120), reason=" ", stamp=director.stamp)  # noqa: E731
    assert told(without) == ("reason_missing", "reason")
    far = lambda: extend_term(term, until_on=day(270), reason="More", stamp=director.stamp)  # noqa: E731
    assert told(far) == ("too_long", "until_on")
    extend_term(term, until_on=day(269), reason="The seat is vacant still", stamp=director.stamp)
    file = term_file(term.pk, director.actor, on=TODAY)
    assert [(line.sort, line.until_on) for line in file.lines] == [
        ("agreed", LAST),
        ("extended", day(269)),
    ]
    assert file.lines[1].reason == "The seat is vacant still"
    liaison5.user.refresh_from_db()
    assert liaison5.user.ends_on == day(269)
    assert Grant.objects.get(user=liaison5.user).valid_until == day(269)


def test_access_ends_at_midnight_of_the_office_and_not_a_moment_before(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_key(liaison5.user, name="Script", scopes={"read"}, stamp=liaison5.stamp).token
    feed = open_feed(liaison5.party, stamp=liaison5.stamp)
    lent(liaison5, director)
    midnight = datetime(LAST.year, LAST.month, LAST.day, tzinfo=CITY) + timedelta(days=1)
    last_moment = midnight - timedelta(seconds=1)
    client = Client()
    monkeypatch.setattr("django.utils.timezone.now", lambda: last_moment)
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    assert client.get("/day/").status_code == 200
    assert key_presented(key, last_moment) is not None
    assert feed_of(feed, at=last_moment) is not None
    monkeypatch.setattr("django.utils.timezone.now", lambda: midnight)
    answer = client.get("/day/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/day/")
    assert key_presented(key, midnight) is None
    with pytest.raises((NotFound, Refused)):
        feed_of(feed, at=midnight)
    again = Client()
    again.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    assert again.get("/day/").status_code == 302
    liaison5.user.refresh_from_db()
    assert actor_for(liaison5.user, on=LAST).has(Role.LIAISON)
    assert actor_for(liaison5.user, on=day(90)) is NOBODY


def test_role_given_during_a_term_goes_no_further(director: Cast, liaison5: Cast) -> None:
    lent(liaison5, director)
    grant = grant_role(liaison5.party, role=Role.STAFF, valid_from=TODAY, stamp=director.stamp)
    assert grant.valid_until == LAST
    late = lambda: grant_role(  # noqa: E731
        liaison5.party, role=Role.STAFF, valid_from=day(90), stamp=director.stamp
    )
    assert told(late) == ("access_ended", "valid_from")


def test_who_stays_as_an_employee_keeps_everything(director: Cast, liaison5: Cast) -> None:
    term = lent(liaison5, director)
    keep_as_employee(term, reason="Appointed", stamp=director.stamp)
    liaison5.user.refresh_from_db()
    assert liaison5.user.ends_on is None
    assert actor_for(liaison5.user, on=day(300)).reach.wards == {"5"}


def test_last_director_cannot_be_on_a_term(director: Cast) -> None:
    one = lambda: agree_term(director.party, draft=detail(), stamp=director.stamp)  # noqa: E731
    assert told(one)[0] == "last_director"


def test_somebody_new_is_sent_a_link_and_ends_with_the_term(director: Cast) -> None:
    term = take_on(
        None,
        name="On loan",
        email="loan@example.org",
        role=Role.STAFF,
        draft=detail(),
        stamp=director.stamp,
    )
    user = term.party.user
    assert user is not None
    user.refresh_from_db()
    assert user.ends_on == LAST
    assert Entry.objects.filter(kind="PersonInvited").exists()


def test_told_once_at_60_30_and_7_days_however_often_the_worker_runs(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = lent(liaison5, director)
    for left in (61, 60, 60, 59, 31, 30, 29, 7, 7, 6, 0):
        monkeypatch.setattr(routines, "worker_stamp", lambda n=left: house_on(day(89 - n)))
        routines.keep_terms()
    steps = [
        entry.body["step"] for entry in Entry.objects.filter(kind="TermEndsSoon").order_by("pk")
    ]
    assert steps == [60, 30, 7]
    assert Reminder.objects.count() == 3
    monkeypatch.setattr("django.utils.timezone.now", lambda: house_on(day(83)).at)
    sweep()
    told_to = sorted(Message.objects.values_list("to_address", "subject"))
    assert len(told_to) == 6
    assert (liaison5.email, "Your time here ends in 30 days") in told_to
    assert (director.email, f"{liaison5.party.name} leaves in 7 days") in told_to
    then = on_day(liaison5, day(83))
    own = [row for row in worklist(then.actor, on=day(83)).rows if row.reason == "term_ends"]
    assert [row.due_on for row in own] == [LAST]
    with pytest.raises(Refused):
        remind_of_term(term, stamp=house_on(day(83)))


def test_overtaken_reminder_is_not_sent_after(director: Cast, monkeypatch: Any) -> None:
    agree_term(someone(), draft=detail(until_on=day(20)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(TODAY))
    assert routines.keep_terms() == 1
    assert [r.step for r in Reminder.objects.all()] == [30]


def test_another_end_is_told_of_anew(director: Cast, monkeypatch: Any) -> None:
    term = agree_term(someone(), draft=detail(until_on=day(20)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(TODAY))
    routines.keep_terms()
    shorten_term(term, until_on=day(10), reason="Called back", stamp=director.stamp)
    routines.keep_terms()
    assert sorted(Reminder.objects.values_list("key", "step")) == [
        (f"{term.pk}:{day(10).isoformat()}", 30),
        (f"{term.pk}:{day(20).isoformat()}", 30),
    ]


def test_term_is_written_down_as_over_once(director: Cast, monkeypatch: Any) -> None:
    term = agree_term(someone(), draft=detail(), stamp=director.stamp)
    for _ in range(2):
        monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(90)))
        routines.keep_terms()
    term.refresh_from_db()
    assert term.over_at is not None
    assert Entry.objects.filter(kind="TermOver").count() == 1
    late = lambda: extend_term(  # noqa: E731
        term, until_on=day(100), reason="More", stamp=on(director.stamp, day(91))
    )
    assert told(late)[0] == "term_over"


def test_others_see_names_places_and_ends_only(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    term = lent(liaison5, director, ward_code="5")
    for who, whole in (
        (director, True),
        (liaison5, True),
        (records_officer, True),
        (liaison7, False),
    ):
        (row,) = term_page(who.actor, on=TODAY).rows
        assert (row.name, row.ward_code, row.until_on) == (liaison5.party.name, "5", LAST)
        assert bool(row.home) is whole
        (here,) = present_between(TODAY, day(7), who.actor)
        assert bool(here.home) is whole
    assert term_page(partner_dpw.actor, on=TODAY).rows == ()
    assert present_between(TODAY, TODAY, partner_dpw.actor) == ()
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            term_file(term.pk, who.actor, on=TODAY)
    assert term_file(term.pk, liaison5.actor, on=TODAY).timeline is None


def test_lines_about_terms_are_read_by_few(
    director: Cast, liaison5: Cast, liaison7: Cast, records_officer: Cast
) -> None:
    from wardroom.ledger.policy import may_read_entry

    lent(liaison5, director)
    line = Entry.objects.get(kind="TermAgreed")
    readers = [
        who
        for who in (director, liaison5, liaison7, records_officer)
        if may_read_entry(who.actor, line)
    ]
    assert readers == [director, records_officer]


def test_nobody_is_here_after_the_end(director: Cast) -> None:
    agree_term(someone(), draft=detail(), stamp=director.stamp)
    assert len(present_between(LAST, day(120), director.actor)) == 1
    assert present_between(day(90), day(120), director.actor) == ()


def test_house_terms_need_a_person(director: Cast, agencies: dict[str, Party]) -> None:
    one = lambda: agree_term(agencies["DPW"], draft=detail(), stamp=HOUSE)  # noqa: E731
    assert told(one) == ("not_a_person", "party")


def test_line_about_a_term_is_never_said_to_be_read_by_an_agency(
    director: Cast, liaison5: Cast
) -> None:
    term = lent(liaison5, director)
    told_of = term_file(term.pk, director.actor, on=TODAY).timeline
    assert told_of is not None
    assert [line.internal for line in told_of.lines] == [True]


def test_position_is_free_after_the_last_day_of_whoever_held_it(
    director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, other = placed("5", director), placed("7", director)
    assert held.seat is not None
    assert other.seat is not None
    fill_seat(held.seat, since_on=TODAY, holder=liaison5.party, stamp=director.stamp)
    lent(liaison5, director)
    assert [int(structure(director.actor, on=TODAY).filled_fte), held.seat.tenures.count()] == [
        0,
        1,
    ]
    helper = someone()
    agree_term(helper, draft=volunteer(until_on=LAST), stamp=director.stamp)
    fill_seat(other.seat, since_on=TODAY, holder=helper, stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(90)))
    routines.keep_terms()
    for position in (held, other):
        row = position_file(position.pk, director.actor, on=day(90)).row
        assert (row.vacant, row.holders) == (True, ())


def test_volunteer_leads_no_ward(director: Cast, liaison5: Cast) -> None:
    new = lambda: take_on(  # noqa: E731
        None,
        name="A pupil",
        email="pupil@example.org",
        role=Role.LIAISON,
        role_ward="3",
        draft=volunteer(age="minor", consent_from="parent", consent_on=TODAY),
        stamp=director.stamp,
    )
    assert told(new) == ("displaces", "role")
    assert get_liaison_of("3", on=TODAY) is None
    known = lambda: agree_term(liaison5.party, draft=volunteer(), stamp=director.stamp)  # noqa: E731
    assert told(known) == ("displaces", "role")


def test_another_detail_soon_after_is_an_extension(
    director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = someone()
    agree_term(person, draft=detail(until_on=day(179)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(180)))
    routines.keep_terms()
    later = on(director.stamp, day(180))
    for first in (180, 209):
        again = detail(since_on=day(first), until_on=day(first + 99))
        with pytest.raises(Refused, match="another detail is an extension"):
            agree_term(person, draft=again, stamp=later)
    why = detail(since_on=day(209), until_on=day(300), reason="The seat is vacant")
    second = agree_term(person, draft=why, stamp=later)
    assert second.lines.get().reason == "The seat is vacant"
    assert "'The seat is vacant'" in Entry.objects.filter(kind="TermAgreed").latest("pk").sentence


def test_detail_long_after_another_needs_no_reason(
    director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = someone()
    agree_term(person, draft=detail(until_on=day(9)), stamp=director.stamp)
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(10)))
    routines.keep_terms()
    free = detail(since_on=day(40), until_on=day(90))
    assert agree_term(person, draft=free, stamp=on(director.stamp, day(10))).lines.count() == 1


def test_longer_term_leaves_the_seat_to_whoever_has_it_by_then(director: Cast) -> None:
    first = take_on(
        None,
        name="On loan",
        email="loan@example.org",
        role=Role.LIAISON,
        role_ward="3",
        draft=detail(),
        stamp=director.stamp,
    )
    invite_person(
        None,
        email="next@example.org",
        name="The successor",
        role=Role.LIAISON,
        since_on=day(90),
        ward_code="3",
        stamp=director.stamp,
    )
    extend_term(first, until_on=day(120), reason="To hand over", stamp=director.stamp)
    held = Tenure.objects.get(party=first.party)
    assert held.until_on == day(90)
    line = Entry.objects.filter(kind="AccessBounded").latest("pk")
    assert line.sentence.endswith("somebody else has the seat by then: Ward liaison, Ward 3")
    shorten_term(first, until_on=day(60), reason="Called back", stamp=director.stamp)
    held.refresh_from_db()
    assert held.until_on == day(61)


def test_records_officer_disposes_of_a_term_that_is_over(
    director: Cast,
    liaison5: Cast,
    records_officer: Cast,
    auditor: Cast,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    term = lent(liaison5, director)
    extend_term(term, until_on=day(99), reason="Still needed", stamp=director.stamp)

    def away() -> object:
        return dispose_of_term(term, reason="Schedule 4", stamp=records_officer.stamp)

    assert told(away)[0] == "still_needed"
    monkeypatch.setattr(routines, "worker_stamp", lambda: house_on(day(100)))
    routines.keep_terms()
    term.refresh_from_db()
    for who, may in ((records_officer, True), (director, False), (auditor, False)):
        offered = term_file(term.pk, who.actor, on=day(100)).allowed
        assert ("dispose_of_term" in offered) is may
    for other in (director, auditor):
        with pytest.raises(NotAllowed):
            dispose_of_term(term, reason="x", stamp=other.stamp)
    away()
    file = term_file(term.pk, records_officer.actor, on=day(100))
    assert (file.row.name, file.row.home, file.memorandum, file.duties) == (
        liaison5.party.name, "", "", "",
    )  # fmt: skip
    assert [line.reason for line in file.lines] == ["", "Disposed of"]
    assert told(away)[0] == "nothing_left"
    assert "dispose_of_term" not in file.allowed


def test_what_was_ended_for_itself_stays_ended_when_somebody_stays(
    director: Cast, liaison5: Cast
) -> None:
    seat = placed("5", director).seat
    assert seat is not None
    fill_seat(seat, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
    own = grant_role(
        liaison5.party, role=Role.STAFF, valid_from=TODAY, valid_until=day(200),
        stamp=director.stamp,
    )  # fmt: skip
    term = lent(liaison5, director)
    own.refresh_from_db()
    assert own.valid_until == LAST
    ended = Grant.objects.get(user=liaison5.user, role=Role.LIAISON)
    end_grant(ended, until_on=LAST, stamp=director.stamp)
    keep_as_employee(term, reason="Appointed", stamp=director.stamp)
    ended.refresh_from_db()
    own.refresh_from_db()
    assert (ended.valid_until, own.valid_until) == (LAST, day(200))
    assert Tenure.objects.get(party=liaison5.party).until_on == day(90)


def test_role_ended_for_itself_is_not_extended_with_the_term(
    director: Cast, liaison5: Cast
) -> None:
    seat = placed("5", director).seat
    assert seat is not None
    fill_seat(seat, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
    term = lent(liaison5, director)
    ended = Grant.objects.get(user=liaison5.user, role=Role.LIAISON)
    end_grant(ended, until_on=day(30), stamp=director.stamp)
    assert Tenure.objects.get(party=liaison5.party).until_on == day(31)
    extend_term(term, until_on=day(120), reason="More to do", stamp=director.stamp)
    ended.refresh_from_db()
    assert ended.valid_until == day(30)
    assert Tenure.objects.get(party=liaison5.party).until_on == day(31)


def test_role_given_during_a_term_goes_on_when_somebody_stays(
    director: Cast, liaison5: Cast
) -> None:
    term = lent(liaison5, director)
    open_ended = grant_role(liaison5.party, role=Role.STAFF, valid_from=TODAY, stamp=director.stamp)
    keep_as_employee(term, reason="Appointed", stamp=director.stamp)
    open_ended.refresh_from_db()
    assert (open_ended.valid_until, open_ended.bounded) == (None, False)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.DIRECTOR])
def test_volunteer_is_given_no_role_of_an_employee(director: Cast, role: Role) -> None:
    term = take_on(
        None,
        name="A neighbor who helps",
        email="helps@example.org",
        role=Role.STAFF,
        draft=volunteer(),
        stamp=director.stamp,
    )
    given: dict[str, Any] = {"role": role, "ward_code": "5", "stamp": director.stamp}
    give = lambda: grant_role(term.party, valid_from=TODAY, **given)  # noqa: E731
    assert told(give) == ("displaces", "role")
    shorten_term(term, until_on=TODAY, reason="Hired", stamp=director.stamp)
    assert told(give) == ("displaces", "role")
    assert not Grant.objects.filter(user__party=term.party, role=role.value).exists()
