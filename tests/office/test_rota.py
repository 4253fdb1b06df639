"""Rotas: turns, proposals, edits by people, publication, and who is told what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.office.rotas import DAY, MONDAY, at, begin, by_hand, crew, published, turn_on, wall
from wardroom.access.actor import NOBODY, Role
from wardroom.access.gate import guard_pass
from wardroom.access.models import Grant
from wardroom.calendar.actions import assign_shift
from wardroom.calendar.models import Shift
from wardroom.calendar.queries import on_duty
from wardroom.directory.actions import grant_role
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message
from wardroom.office.actions import (
    accept_swap,
    ask_swap,
    drop_rota,
    enter_wish,
    give_turn,
    keep_gaps,
    keep_proposal,
    publish_rota,
    revise_rota,
    want_proposal,
    withdraw_wish,
)
from wardroom.office.models import Rota
from wardroom.office.queries import (
    Answer,
    get_rota,
    rota_file,
    rota_list,
    turn_sheet,
    wish_list,
)
from wardroom.office.queries.gaps import gaps_have_changed
from wardroom.office.queries.people import duty_people
from wardroom.office.queries.proposing import problem_of
from wardroom.office.reactions import rota as looking

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SECONDS", 1.0)


@pytest.fixture
def people() -> list[Cast]:
    return crew()


def refused(no: pytest.ExceptionInfo[Refused]) -> str:
    return no.value.code


def test_a_draft_has_its_turns_and_nobody_in_them(director: Cast) -> None:
    rota = begin(director, wards=("5", "7"))
    file = rota_file(rota.pk, director.actor)
    assert file.row.turns == 2 * 14 + 2 * 2 == file.row.gaps
    assert "publish_rota" in file.allowed
    assert not Shift.objects.exists()


def test_a_proposal_fills_the_draft_and_keeps_what_was_asked(
    director: Cast, people: list[Cast], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "SECONDS", 20.0)
    enter_wish(None, kind="leave", from_on=MONDAY, until_on=MONDAY + 4 * DAY, stamp=people[0].stamp)
    rota = begin(director)
    give_turn(turn_on(rota, MONDAY), user_id=people[1].user.pk, stamp=director.stamp)
    want_proposal(rota, stamp=director.stamp)
    assert rota_file(rota.pk, director.actor).sought == "wanted"
    sweep()
    file = rota_file(rota.pk, director.actor)
    assert (file.sought, file.row.gaps, file.conflict) == ("found", 0, ())
    assert not [row for row in file.troubled if row.found.never]
    assert file.turns[0].user_id == people[1].user.pk
    ada = [row for row in file.turns if row.user_id == people[0].user.pk]
    assert all(row.turn.on_date > MONDAY + 4 * DAY for row in ada)
    assert file.fairness.spread("weekends") <= 1
    assert file.fairness.spread("weight") <= 1


def test_wishes_that_contradict_are_named(director: Cast) -> None:
    few = crew(3)
    for who in few:
        enter_wish(None, kind="leave", from_on=MONDAY + DAY, stamp=who.stamp)
    rota = begin(director, weeks=1, backup=False)
    want_proposal(rota, stamp=director.stamp)
    sweep()
    file = rota_file(rota.pk, director.actor)
    assert file.sought == "conflict"
    said = " ".join(file.conflict)
    assert all(f"{who.user.name} is on leave on Tue, December 1" in said for who in few)


def test_an_answer_that_comes_too_late_is_not_kept(director: Cast, people: list[Cast]) -> None:
    rota = begin(director, backup=False)
    want_proposal(rota, stamp=director.stamp)
    with pytest.raises(Refused) as no:
        want_proposal(rota, stamp=director.stamp)
    assert refused(no) == "already_so"
    drop_rota(rota, stamp=director.stamp)
    sweep()
    assert not Rota.objects.get(pk=rota.pk).turns.filter(user__isnull=False).exists()
    with pytest.raises(Refused):
        keep_proposal(rota, answer=Answer(), stamp=HOUSE)
    with pytest.raises(NotAllowed):
        keep_proposal(rota, answer=Answer(), stamp=director.stamp)


def test_a_turn_kept_for_somebody_who_left_is_found_anew(
    director: Cast, people: list[Cast]
) -> None:
    ada, ben, cleo = people[:3]
    rota = begin(director, weeks=1, backup=False)
    for n, who in enumerate((ada, ben, cleo)):
        day = MONDAY + 2 * n * DAY
        give_turn(turn_on(rota, day), user_id=who.user.pk, because="So", stamp=director.stamp)
    with guard_pass("a test"):
        for left in (ada, ben):
            Grant.objects.filter(user=left.user).update(valid_until=NOON.date())
    first, gap, held = (turn_on(rota, MONDAY + 2 * n * DAY) for n in range(3))
    answer = Answer(given={first.pk: people[3].user.pk, held.pk: cleo.user.pk})
    keep_proposal(rota, answer=answer, stamp=HOUSE)
    for turn in (first, gap, held):
        turn.refresh_from_db()
    assert (first.user, first.kept) == (people[3].user, False)
    assert (gap.user, gap.kept) == (None, False)
    assert (held.user, held.kept) == (cleo.user, True)


def test_a_warning_takes_a_reason_and_an_impossibility_none(
    director: Cast, people: list[Cast]
) -> None:
    ada = people[0]
    rota = begin(director, backup=False)
    saturday = MONDAY + 5 * DAY
    give_turn(turn_on(rota, saturday), user_id=ada.user.pk, stamp=director.stamp)
    sunday = turn_on(rota, saturday + DAY)
    with pytest.raises(Refused) as no:
        give_turn(sunday, user_id=ada.user.pk, stamp=director.stamp)
    assert refused(no) == "warned"
    assert "less than 10 hours of rest" in no.value.sentence
    give_turn(sunday, user_id=ada.user.pk, because="Ada asked for it", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        give_turn(turn_on(rota, saturday + 7 * DAY), user_id=ada.user.pk, stamp=director.stamp)
    assert "two weekends running" in no.value.sentence
    enter_wish(None, kind="leave", from_on=MONDAY, until_on=MONDAY + DAY, stamp=ada.stamp)
    with pytest.raises(Refused) as no:
        give_turn(
            turn_on(rota, MONDAY), user_id=ada.user.pk, because="Please", stamp=director.stamp
        )
    assert refused(no) == "cannot"
    first = turn_sheet(turn_on(rota, MONDAY).pk, rota.pk, director.actor).candidates[-1]
    assert first.words == "Ada (2 turns): is on leave from Mon, November 30 to Tue, December 1"


def test_publishing_makes_shifts_and_tells_those_it_touches(
    director: Cast, people: list[Cast]
) -> None:
    published(director, people)
    assert Shift.objects.count() == 14
    found = on_duty(wall(MONDAY, 22))
    assert found is not None
    assert found.name == "Ada"
    told = Message.objects.filter(subject__startswith="Your shifts have changed")
    assert {m.to_name for m in told} == {who.user.name for who in people}
    ada = told.get(to_name="Ada")
    assert "Yours now: Mon, November 30, 5:00 p.m. to Tue 8:00 a.m.: On call" in ada.text


def test_a_new_version_tells_only_who_it_touches_and_the_old_stays(
    director: Cast, people: list[Cast], liaison5: Cast
) -> None:
    rota = published(director, people)
    made = revise_rota(rota, stamp=director.stamp)
    with pytest.raises(Refused):
        revise_rota(rota, stamp=director.stamp)
    give_turn(turn_on(made, MONDAY), user_id=people[4].user.pk, because="x", stamp=director.stamp)
    before = set(Message.objects.values_list("pk", flat=True))
    publish_rota(made, stamp=director.stamp)
    sweep()
    told = Message.objects.exclude(pk__in=before).filter(subject__startswith="Your shifts")
    assert {m.to_name for m in told} == {"Ada", "Eve"}
    old = rota_file(rota.pk, liaison5.actor)
    assert (old.row.state, old.later_id, old.turns[0].name) == ("replaced", made.pk, "Ada")
    assert rota_file(made.pk, liaison5.actor).turns[0].name == "Eve"
    assert [row.version for row in rota_list(liaison5.actor)] == [2, 1]


def test_what_changed_hands_while_a_version_was_drafted_stays_so(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people)
    made = revise_rota(rota, stamp=director.stamp)
    ada, ben, eve = people[0], people[1], people[4]
    swap = ask_swap(Shift.objects.get(on_date=MONDAY), asked_id=eve.user.pk, stamp=ada.stamp)
    accept_swap(swap, stamp=eve.stamp)
    assign_shift(
        Shift.objects.get(on_date=MONDAY + 2 * DAY), user=None, why="ill", stamp=director.stamp
    )
    before = set(Message.objects.values_list("pk", flat=True))
    publish_rota(made, stamp=director.stamp)
    assert Shift.objects.get(on_date=MONDAY).user == eve.user
    assert Shift.objects.get(on_date=MONDAY + 2 * DAY).user is None
    assert Shift.objects.get(on_date=MONDAY + DAY).user == ben.user
    assert not Message.objects.exclude(pk__in=before).filter(subject__startswith="Your shifts")


def test_a_turn_changed_in_the_draft_and_in_force_is_given_again(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people)
    made = revise_rota(rota, stamp=director.stamp)
    dov, eve = people[3], people[4]
    turn = turn_on(made, MONDAY)
    give_turn(turn, user_id=dov.user.pk, because="x", stamp=director.stamp)
    assign_shift(Shift.objects.get(on_date=MONDAY), user=eve.user, why="x", stamp=director.stamp)
    with pytest.raises(Refused) as no:
        publish_rota(made, stamp=director.stamp)
    assert refused(no) == "moved_on"
    assert no.value.sentence.startswith("Mon, November 30, 5:00 p.m. to Tue 8:00 a.m. changed")
    assert Shift.objects.get(on_date=MONDAY).user == eve.user
    give_turn(turn, user_id=dov.user.pk, because="x", stamp=director.stamp)
    publish_rota(made, stamp=director.stamp)
    assert Shift.objects.get(on_date=MONDAY).user == dov.user


def test_a_proposal_fills_the_gaps_of_a_new_version_and_moves_nobody(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people, weeks=1)
    shift = Shift.objects.get(on_date=MONDAY + 2 * DAY)
    assign_shift(shift, user=None, why="ill", stamp=director.stamp)
    made = revise_rota(rota, stamp=director.stamp)
    held = dict(made.turns.filter(user__isnull=False).values_list("pk", "user"))
    want_proposal(made, stamp=director.stamp)
    sweep()
    file = rota_file(made.pk, director.actor)
    assert (file.sought, file.row.gaps) == ("found", 0)
    assert held.items() <= dict(made.turns.values_list("pk", "user")).items()


def test_who_left_has_no_turn_in_a_new_version_and_the_director_keeps_theirs(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people)
    shift = Shift.objects.get(on_date=MONDAY + DAY)
    assign_shift(shift, user=director.user, why="x", stamp=director.stamp)
    with guard_pass("a test"):
        people[0].user.grants.update(valid_until=MONDAY + 3 * DAY)
    made = revise_rota(rota, stamp=director.stamp)
    assert turn_on(made, MONDAY).user == people[0].user
    assert turn_on(made, MONDAY + 8 * DAY).user is None
    publish_rota(made, stamp=director.stamp)
    assert Shift.objects.get(on_date=MONDAY + DAY).user == director.user
    assert Shift.objects.get(on_date=MONDAY + 8 * DAY).user is None


def test_two_rotas_do_not_hold_the_same_days(director: Cast, people: list[Cast]) -> None:
    published(director, people)
    other = begin(director, backup=False)
    with pytest.raises(Refused) as no:
        publish_rota(other, stamp=director.stamp)
    assert refused(no) == "overlaps"


def test_a_warning_that_was_accepted_leaves_proposals_possible(
    director: Cast, people: list[Cast]
) -> None:
    ada = people[0]
    enter_wish(None, kind="cannot", from_on=MONDAY + 2 * DAY, stamp=ada.stamp)
    rota = begin(director, backup=False)
    days = (2, 5, 6, 12)
    for n in days:
        give_turn(turn_on(rota, MONDAY + n * DAY), user_id=ada.user.pk, because="asked for it",
                  stamp=director.stamp)  # fmt: skip
    for with_gaps in (False, True):
        want_proposal(rota, with_gaps=with_gaps, stamp=director.stamp)
        sweep()
        file = rota_file(rota.pk, director.actor)
        assert (file.sought, file.row.gaps) == ("found", 0), file.conflict
        mine = {turn.on_date for turn in rota.turns.filter(user=ada.user)}
        assert mine >= {MONDAY + n * DAY for n in days}
        assert not mine & {MONDAY + n * DAY for n in (1, 3, 4, 7, 11, 13)}, "rules hold for others"


def test_leave_that_came_after_the_draft_stops_publishing(
    director: Cast, people: list[Cast]
) -> None:
    rota = begin(director, backup=False)
    by_hand(rota, director, people)
    enter_wish(None, kind="leave", from_on=MONDAY, stamp=people[0].stamp)
    with pytest.raises(Refused) as no:
        publish_rota(rota, stamp=director.stamp)
    assert "Ada cannot have Mon, November 30" in no.value.sentence
    with pytest.raises(Refused) as no:
        publish_rota(rota, stamp=at(director, NOON + timedelta(days=60)))
    assert refused(no) == "over"


def test_a_reason_for_a_warning_does_not_hide_leave(director: Cast, people: list[Cast]) -> None:
    rota, ada = begin(director, backup=False), people[0]
    for day in (0, 1):
        turn = turn_on(rota, MONDAY + day * DAY)
        give_turn(turn, user_id=ada.user.pk, because="asked for", stamp=director.stamp)
    assert turn_on(rota, MONDAY + DAY).overridden
    enter_wish(None, kind="leave", from_on=MONDAY + DAY, stamp=ada.stamp)
    assert [row.turn.on_date for row in rota_file(rota.pk, director.actor).troubled] == [
        MONDAY, MONDAY + DAY
    ]  # fmt: skip
    with pytest.raises(Refused) as no:
        publish_rota(rota, stamp=director.stamp)
    assert refused(no) == "impossible"


def test_nobody_is_planned_between_two_times_here(director: Cast, people: list[Cast]) -> None:
    ada = people[0]
    with guard_pass("a test"):
        ada.user.grants.update(valid_until=MONDAY)
    grant_role(ada.party, role=Role.STAFF, valid_from=MONDAY + 5 * DAY, stamp=HOUSE)
    person = next(p for p in duty_people(MONDAY, MONDAY + 13 * DAY) if p.user_id == ada.user.pk)
    here = [n for n in range(14) if person.here_on(MONDAY + n * DAY)]
    assert here == [0, *range(5, 14)]
    away = [w.words for w in problem_of(begin(director)).wishes]
    assert away == ["Ada does not work here from Tuesday, December 1, 2026 to Friday, December"
                    " 4, 2026"]  # fmt: skip


def test_gaps_stand_in_the_directors_day_until_they_are_filled(
    director: Cast, people: list[Cast]
) -> None:
    rota = begin(director, weeks=6, backup=False)
    by_hand(rota, director, people)
    give_turn(turn_on(rota, MONDAY), user_id=None, stamp=director.stamp)
    publish_rota(rota, stamp=director.stamp)
    keep_gaps(None, stamp=HOUSE)
    row = Waiting.objects.get(noun="gap")
    assert row.party == director.party
    assert row.title.startswith("Nobody is planned to be on call in the nights from Wednesday")
    assert row.title.endswith("and 1 more gap")
    assert row.due_on == NOON.date()
    later = at(director, wall(MONDAY, 9))
    assign_shift(Shift.objects.get(on_date=MONDAY), user=people[3].user, why="x", stamp=later)
    assert gaps_have_changed(on=MONDAY)
    keep_gaps(None, stamp=replace(HOUSE, at=later.at))
    assert not Waiting.objects.filter(noun="gap").exists()
    assert not gaps_have_changed(on=MONDAY)


def test_wishes_are_the_own_and_the_directors_to_see(
    director: Cast, liaison5: Cast, liaison7: Cast, auditor: Cast, partner_dpw: Cast
) -> None:
    wish = enter_wish(None, kind="cannot", from_on=MONDAY, stamp=liaison5.stamp)
    assert [w.name for w in wish_list(director.actor, from_on=MONDAY)] == ["Liaison of Ward 5"]
    assert len(wish_list(auditor.actor, from_on=MONDAY)) == 1
    for other in (liaison7.actor, partner_dpw.actor, NOBODY):
        assert not wish_list(other, from_on=MONDAY)
    with pytest.raises(NotAllowed):
        withdraw_wish(wish, stamp=director.stamp)
    with pytest.raises(NotAllowed):
        enter_wish(liaison5.user, kind="leave", from_on=MONDAY, stamp=liaison7.stamp)
    line = Entry.objects.get(kind="WishEntered")
    assert line.sentence == "Liaison of Ward 5 told of days for the rota"
    assert "2026" not in str(line.body)
    withdraw_wish(wish, stamp=liaison5.stamp)
    assert not wish_list(liaison5.actor, from_on=MONDAY)
    for kind, first, last, code in (
        ("holiday", MONDAY, None, "unknown_kind"),
        ("leave", MONDAY, MONDAY - DAY, "ends_too_early"),
        ("leave", NOON.date() - DAY, None, "in_the_past"),
    ):
        with pytest.raises(Refused) as no:
            enter_wish(None, kind=kind, from_on=first, until_on=last, stamp=liaison5.stamp)
        assert refused(no) == code
    for who in (auditor, partner_dpw):
        with pytest.raises(NotAllowed):
            enter_wish(None, kind="leave", from_on=MONDAY, stamp=who.stamp)


def test_drafts_are_not_for_everybody(
    director: Cast, liaison5: Cast, auditor: Cast, partner_dpw: Cast
) -> None:
    rota = begin(director)
    assert get_rota(rota.pk, auditor.actor)
    for who in (liaison5, partner_dpw):
        assert not rota_list(who.actor)
        with pytest.raises(NotFound):
            rota_file(rota.pk, who.actor)
    for deed in (want_proposal, publish_rota, drop_rota):
        with pytest.raises(NotAllowed):
            deed(rota, stamp=liaison5.stamp)
    with pytest.raises(NotFound):
        turn_sheet(turn_on(rota, MONDAY).pk, rota.pk, auditor.actor)


def test_nobody_makes_up_for_the_weeks_before_they_came(director: Cast, people: list[Cast]) -> None:
    published(director, people[:7])
    rota = begin(director, first=MONDAY + 14 * DAY, backup=False)
    past = rota_file(rota.pk, director.actor).past
    seven = [past[one.user.pk].weight for one in people[:7]]
    assert all(seven)
    assert past[people[7].user.pk].weight == round(sum(seven) / 7)
    problem = problem_of(rota)
    assert {int(p.key): p.nights_before for p in problem.people} == {
        user_id: one.weight for user_id, one in past.items()
    }


def test_the_director_enters_leave_for_somebody_who_is_told(
    director: Cast, liaison5: Cast, liaison7: Cast, auditor: Cast
) -> None:
    day = MONDAY + 30 * DAY
    wish = enter_wish(liaison5.user, kind="leave", from_on=day, stamp=director.stamp)
    [row] = wish_list(liaison5.actor, from_on=MONDAY)
    assert (row.user_id, row.entered_by) == (liaison5.user.pk, director.actor.name)
    assert row.can_withdraw
    assert not wish_list(liaison7.actor, from_on=MONDAY)
    sweep()
    [mail] = Message.objects.filter(to_address=liaison5.user.email)
    assert mail.subject == "Your days for the rota"
    told = f"{director.actor.name} entered for you: On leave on Wed, December 30."
    assert told in mail.text
    for kind, person, code in (
        ("rather", liaison5, "theirs"),
        ("leave", liaison5, "already_there"),
        ("leave", auditor, "not_here"),
    ):
        with pytest.raises(Refused) as no:
            enter_wish(person.user, kind=kind, from_on=day, stamp=director.stamp)
        assert refused(no) == code
    withdraw_wish(wish, stamp=director.stamp)
    assert not wish_list(liaison5.actor, from_on=MONDAY)
    sweep()
    assert Message.objects.filter(to_address=liaison5.user.email).count() == 2
    own = enter_wish(liaison5.user, kind="rather", from_on=day, stamp=liaison5.stamp)
    assert not own.entered_by
    sweep()
    assert Message.objects.filter(to_address=liaison5.user.email).count() == 2


def test_who_came_after_the_turns_were_given_out_is_compared_with_nobody(
    director: Cast, people: list[Cast]
) -> None:
    rota = published(director, people)
    before = rota_file(rota.pk, director.actor).fairness
    new = hire("new", "Nia New", Role.STAFF)
    old = hire("old", "Olu Old", Role.STAFF)
    with guard_pass("a test"):
        Grant.objects.filter(user=new.user).update(valid_from=NOON.date() + DAY)
    fair = rota_file(rota.pk, director.actor).fairness
    later = {one.user_id: one.came_later for one in fair.people}
    assert later[new.user.pk]
    assert not later[old.user.pk]
    with guard_pass("a test"):
        Grant.objects.filter(user=old.user).update(valid_from=NOON.date() + DAY)
    fair = rota_file(rota.pk, director.actor).fairness
    assert [fair.spread(what) for what in ("turns", "weight", "nights")] == [
        before.spread(what) for what in ("turns", "weight", "nights")
    ]
