"""Wishes for the rota: whose they are, who enters and sees them, and who is told."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.office.rotas import DAY, MONDAY, quick, refused
from wardroom.access.actor import NOBODY
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.notices.models import Message
from wardroom.office.actions import enter_wish, withdraw_wish
from wardroom.office.queries import wish_list

__all__ = ["quick"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
