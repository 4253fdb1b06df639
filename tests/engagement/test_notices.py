"""Notices that agencies owe: whom they reach, the log, and our own initiatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.commissions import make_commission
from tests.conftest import NOON
from tests.ground import NEXT, Ground, open_at
from tests.trouble import load_topics
from wardroom.access.actor import Stamp
from wardroom.city.queries import area_row
from wardroom.directory.models import Party
from wardroom.engagement.actions import (
    announce_notice,
    answer_notice_question,
    confirm_claim,
    end_notice,
    expect_notice,
    move_decision,
    note_good_cause,
    note_notice,
    strike_claim,
)
from wardroom.engagement.models import NoticeOwed
from wardroom.engagement.queries.notices import (
    ancs_owed,
    get_matter_owed,
    notice_file,
    notice_page,
    notices_pending,
    own_initiatives,
    own_page,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.plans.actions import open_initiative

pytestmark = [pytest.mark.django_db]
TODAY = NOON.date()
SEEN: dict[str, Any] = {"medium": "email", "sent_to": "ANC 5B and its commissioners"}


@pytest.fixture
def owed(
    ground: Ground, agencies: Mapping[str, Party], director: Cast, liaison5: Cast
) -> NoticeOwed:
    """DDOT plans a one-way street in SMD 5B02 in three months."""
    load_topics()
    make_commission(director)
    return expect_notice(
        agencies["DDOT"],
        deed="traffic",
        title="One way past the school",
        areas=[area_row("smd", "5B02", on=TODAY)],
        decide_on=TODAY + timedelta(days=90),
        owner=liaison5.party,
        ward=ground.wards["5"],
        stamp=liaison5.stamp,
    )


def at(who: Cast, days: int) -> Stamp:
    return replace(who.stamp, at=who.stamp.at + timedelta(days=days))


def standing(row: NoticeOwed, who: Cast, on: date = TODAY) -> str:
    return notice_file(row.matter_id, who.actor, on=on).row.standing


def test_whom_an_agency_has_to_tell_is_computed(owed: NoticeOwed, liaison5: Cast) -> None:
    file = notice_file(owed.matter_id, liaison5.actor, on=TODAY)
    assert (file.row.ancs, file.row.smds, file.row.wards) == (("5B",), ("5B02",), ("5",))
    assert [row.what for row in file.told] == [
        "Office of ANCs", "ANC 5B", "SMD 5B02", "Councilmember of Ward 5",
    ]  # fmt: skip
    codes = set(owed.areas.values_list("district__code", flat=True))
    assert codes == {"5", "5B", "5B02"}
    assert owed.matter.next_on == owed.send_by_on


def test_place_reaches_the_districts_it_lies_in(
    owed: NoticeOwed, ground: Ground, agencies: Mapping[str, Party], liaison5: Cast
) -> None:
    given: dict[str, Any] = {
        "deed": "facility", "title": "A depot", "decide_on": TODAY + timedelta(days=60),
        "owner": liaison5.party, "ward": ground.wards["5"], "stamp": liaison5.stamp,
    }  # fmt: skip
    row = expect_notice(agencies["DPW"], place=ground.places["5"], **given)
    assert set(row.areas.values_list("code", flat=True)) == {"5", "5B", "5B02"}
    with pytest.raises(Refused, match="Say where"):
        expect_notice(agencies["DPW"], **given)
    assert len(notices_pending("5B", liaison5.actor, on=TODAY)) == 2
    assert ancs_owed(liaison5.actor) == ("5B",)


def test_first_notice_counts_and_the_log_keeps_all(owed: NoticeOwed, liaison5: Cast) -> None:
    assert standing(owed, liaison5) == "awaited"
    matter = owed.matter
    note_notice(matter, sent_on=TODAY, **SEEN, stamp=liaison5.stamp)
    row = note_notice(matter, sent_on=TODAY - timedelta(days=1), **SEEN, stamp=liaison5.stamp)
    file = notice_file(owed.matter_id, liaison5.actor, on=TODAY)
    assert (row.notice_on, len(file.log)) == (TODAY - timedelta(days=1), 2)
    assert file.row.standing == "in_time"
    assert any("D.C. Code 2-502" in step for step in file.why_earliest)
    move_decision(matter, decide_on=TODAY + timedelta(days=20), stamp=liaison5.stamp)
    assert standing(owed, liaison5) == "short"
    (found,) = notice_page(liaison5.actor, on=TODAY, state="short", anc="5B").rows
    assert found.id == owed.matter_id
    with pytest.raises(Refused, match="too short"):
        end_notice(matter, outcome="in_time", stamp=liaison5.stamp)
    end_notice(matter, outcome="short", text="It decided anyway", stamp=liaison5.stamp)
    assert notice_page(liaison5.actor, on=TODAY).rows == ()
    assert notice_page(liaison5.actor, on=TODAY, state="closed").rows[0].standing == "short"


def test_good_cause_is_told_with_its_place(owed: NoticeOwed, liaison5: Cast) -> None:
    with pytest.raises(Refused, match="good cause"):
        note_good_cause(owed.matter, why=" ", stamp=liaison5.stamp)
    note_good_cause(owed.matter, why="A sinkhole, D.C. Register", stamp=liaison5.stamp)
    assert standing(owed, liaison5) == "excepted"


@pytest.mark.parametrize(
    ("state", "later"), [("awaited", 0), ("overdue", 60), ("none", 91), ("pending", 91)]
)
def test_list_and_file_agree_on_how_it_stands(
    owed: NoticeOwed, liaison5: Cast, state: str, later: int
) -> None:
    on = TODAY + timedelta(days=later)
    (row,) = notice_page(liaison5.actor, on=on, state=state).rows
    assert row.standing == ("none" if state == "pending" else state)


def test_other_ward_sees_and_does_nothing(owed: NoticeOwed, liaison7: Cast) -> None:
    assert notice_page(liaison7.actor, on=TODAY, state="").total == 0
    with pytest.raises(NotFound):
        notice_file(owed.matter_id, liaison7.actor, on=TODAY)
    with pytest.raises(NotAllowed):
        note_notice(owed.matter, sent_on=TODAY, **SEEN, stamp=liaison7.stamp)


def test_an_agency_tells_what_it_plans_and_what_it_sent(
    owed: NoticeOwed, agencies: Mapping[str, Party], ground: Ground, partner_ddot: Cast,
    partner_dpw: Cast, director: Cast,
) -> None:  # fmt: skip
    given: dict[str, Any] = {
        "deed": "traffic", "title": "No parking", "decide_on": TODAY + timedelta(days=90),
        "areas": [area_row("smd", "5B02", on=TODAY)],
    }  # fmt: skip
    row = announce_notice(agencies["DDOT"], **given, stamp=partner_ddot.stamp)
    assert (row.matter.owner, row.matter.ward_code) == (director.party, "5")
    assert row.matter.next_on == row.send_by_on
    assert notice_page(partner_ddot.actor, on=TODAY).total == 2
    note_notice(owed.matter, sent_on=TODAY, **SEEN, stamp=partner_ddot.stamp)
    file = notice_file(owed.matter_id, partner_ddot.actor, on=TODAY)
    assert file.row.standing == "said"
    assert not file.matter.next_step
    assert file.allowed == {"note_notice", "move_decision", "note_good_cause"}
    assert notice_page(partner_dpw.actor, on=TODAY, state="").total == 0
    with pytest.raises(NotFound):
        get_matter_owed(owed.matter_id, partner_dpw.actor)
    with pytest.raises(NotAllowed):
        note_notice(owed.matter, sent_on=TODAY, **SEEN, stamp=partner_dpw.stamp)
    with pytest.raises(NotAllowed):
        announce_notice(agencies["DDOT"], **given, stamp=partner_dpw.stamp)
    with pytest.raises(NotAllowed):
        end_notice(owed.matter, outcome="in_time", stamp=partner_ddot.stamp)


def test_what_an_agency_says_counts_once_the_office_has_looked(
    owed: NoticeOwed, partner_ddot: Cast, liaison5: Cast
) -> None:
    matter, back = owed.matter, TODAY - timedelta(days=40)
    row = note_notice(matter, sent_on=back, **SEEN, stamp=partner_ddot.stamp)
    row = note_good_cause(matter, why="An emergency", stamp=partner_ddot.stamp)
    assert (row.notice_on, row.good_cause, standing(owed, liaison5)) == (None, "", "said")
    for state, found in (("said", 1), ("pending", 1), ("awaited", 0), ("in_time", 0)):
        assert notice_page(liaison5.actor, on=TODAY, state=state).total == found
    file = notice_file(matter.pk, liaison5.actor, on=TODAY)
    assert file.matter.next_step == "Look at what the agency says"
    line, stamp = str(file.log[0].id), liaison5.stamp
    with pytest.raises(NotAllowed):
        confirm_claim(matter, claim=line, stamp=partner_ddot.stamp)
    with pytest.raises(Refused, match="Look first"):
        end_notice(matter, outcome="in_time", stamp=stamp)
    with pytest.raises(Refused, match="Say why"):
        strike_claim(matter, claim="cause", why=" ", stamp=stamp)
    strike_claim(matter, claim="cause", why="Nothing is in the D.C. Register", stamp=stamp)
    row = confirm_claim(matter, claim=line, stamp=stamp)
    assert (row.notice_on, row.claimed, standing(owed, liaison5)) == (back, False, "in_time")
    row = strike_claim(matter, claim=line, why="The commission got nothing", stamp=stamp)
    assert (row.notice_on, row.earliest_on, row.why_earliest) == (None, None, [])
    assert notice_file(matter.pk, liaison5.actor, on=TODAY).log[0].state == "struck"
    with pytest.raises(Refused, match="in the log"):
        confirm_claim(matter, claim=line, stamp=stamp)
    late = at(liaison5, 91)
    assert end_notice(matter, outcome="none", text="It came never", stamp=late).outcome == "none"


def test_what_is_owed_to_two_wards_is_read_in_both_and_watched_by_the_director(
    owed: NoticeOwed, agencies: Mapping[str, Party], partner_ddot: Cast, liaison7: Cast,
    liaison5: Cast,
) -> None:  # fmt: skip
    row = announce_notice(
        agencies["DDOT"], deed="traffic", title="Lanes", decide_on=TODAY + timedelta(days=90),
        areas=[area_row("ward", code, on=TODAY) for code in ("5", "7")], stamp=partner_ddot.stamp,
    )  # fmt: skip
    assert row.matter.ward_code == ""
    assert [found.id for found in notice_page(liaison7.actor, on=TODAY).rows] == [row.matter_id]
    assert notice_page(liaison5.actor, on=TODAY, ward="5").total == 2
    assert notice_file(row.matter_id, liaison7.actor, on=TODAY).allowed.isdisjoint(
        {"note_notice", "end_notice"}
    )


def test_our_own_initiatives_say_whether_they_need_notice(ground: Ground, liaison5: Cast) -> None:
    made = open_initiative(
        None, kind="initiative", title="Bulk pick-up on Saturdays", about="", lead=liaison5.party,
        next_on=NEXT, ward=ground.wards["5"], stamp=liaison5.stamp,
    )  # fmt: skip
    assert own_initiatives(liaison5.actor) == ((made.pk, made.title),)
    (row,) = own_page(liaison5.actor).rows
    assert (row.required, row.may_answer) == (None, True)
    with pytest.raises(Refused, match="Say why"):
        answer_notice_question(made, required=True, reason="", stamp=liaison5.stamp)
    answer_notice_question(made, required=True, reason="Days change", stamp=liaison5.stamp)
    (row,) = own_page(liaison5.actor).rows
    assert (row.required, row.reason) == (True, "Days change")
    alley = open_at(ground, liaison5, "5")
    with pytest.raises(Refused, match="initiatives"):
        answer_notice_question(alley, required=True, reason="x", stamp=liaison5.stamp)
