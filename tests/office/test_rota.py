"""Rotas in draft: turns, proposals, edits by people, and who sees them."""

from __future__ import annotations

import pytest

from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.office.rotas import DAY, MONDAY, begin, crew, people, published, quick, refused, turn_on
from wardroom.access.actor import Role
from wardroom.access.gate import guard_pass
from wardroom.access.models import Grant
from wardroom.calendar.models import Shift
from wardroom.directory.actions import grant_role
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.office.actions import (
    drop_rota,
    enter_wish,
    give_turn,
    keep_proposal,
    publish_rota,
    want_proposal,
)
from wardroom.office.models import Rota
from wardroom.office.queries import Answer, get_rota, rota_file, rota_list, turn_sheet
from wardroom.office.queries.people import duty_people
from wardroom.office.queries.proposing import problem_of
from wardroom.office.reactions import rota as looking

__all__ = ["people", "quick"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
