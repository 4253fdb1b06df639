"""Whose mail is put on a matter by itself: people who have to do with it today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import AskMaker
from wardroom.access.models import Grant
from wardroom.casework.queries import knows_agency
from wardroom.directory.actions import deactivate_user, end_grant
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def test_partner_is_known_until_the_role_ends(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    ask_in(matter5, liaison5, "DPW")
    thread = f"matter:{matter5.pk}"
    end_grant(Grant.objects.get(user=partner_dpw.user), until_on=TODAY, stamp=HOUSE)
    assert knows_agency(partner_dpw.email, thread, TODAY)
    assert not knows_agency(partner_dpw.email, thread, TODAY + timedelta(days=1))
    assert not knows_agency(partner_dpw.email, thread, TODAY - timedelta(days=400))
    assert knows_agency("dpw@example.org", thread, TODAY + timedelta(days=1))


def test_partner_whose_sign_in_is_closed_is_known_no_more(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> None:
    ask_in(matter5, liaison5, "DPW")
    deactivate_user(partner_dpw.party, reason="Left the agency", stamp=HOUSE)
    assert not knows_agency(partner_dpw.email, f"matter:{matter5.pk}", TODAY)
