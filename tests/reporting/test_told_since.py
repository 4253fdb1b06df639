"""What the newest methods tell that the first ones did not, and that the first still tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.fieldwork.outings import matters_in, phone_of, stops_of_walk, walk_of
from tests.ground import NEXT, Ground
from tests.reporting.conftest import SignIn, later
from tests.trouble import Trouble
from wardroom.access.actor import SYSTEM
from wardroom.access.gate import guard_pass
from wardroom.calendar.actions import move_event
from wardroom.casework.actions import take_complaint
from wardroom.fieldwork.actions import draw_walk, end_walk
from wardroom.fieldwork.gateways.routing import WalkWanted, draft_of, propose_walk
from wardroom.fieldwork.models import Walk, WalkLine
from wardroom.fieldwork.queries import walk_ledger
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.problems.actions import (
    decide_candidate,
    decide_nomination,
    exit_location,
    nominate_place,
)
from wardroom.problems.models import PersistentLocation
from wardroom.reporting.actions import (
    draft_roll_up,
    draft_weekly_report,
    edit_report,
    rebuild_report,
    sign_report,
)
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file
from wardroom.reporting.rules import telling

pytestmark = pytest.mark.django_db
WEEK = "2026-W47"


def weekly(who: Cast, hours: float = 3) -> Edition:
    return draft_weekly_report(None, ward_code="5", week=WEEK, stamp=later(who, hours))


def lines(edition: Edition, section: str) -> list[str]:
    return [row["sentence"] for row in edition.facts[section]]


def test_nomination_that_was_decided_counts_and_opens_with_the_others(
    trouble: Trouble, busy_week: Matter, liaison5: Cast, liaison7: Cast, sign_in: SignIn
) -> None:
    nominated = nominate_place(
        trouble.candidate(2).place, source="liaison", nominated_by=liaison5.party.name,
        topic_code="dumping", reason="Bags every week", stamp=liaison5.stamp,
    )  # fmt: skip
    decide_nomination(nominated, verdict="refuse", reason="Once only", stamp=liaison5.stamp)
    decide_candidate(trouble.candidate(3), verdict="refuse", reason="No", stamp=liaison7.stamp)
    edition = weekly(liaison5)
    groups = report_file(edition.pk, liaison5.actor).groups
    figure = next(f for group in groups for f in group.figures if f.code == "settled")
    assert (figure.shown, figure.note) == ("2", "1 designated, 1 refused")
    page = sign_in(liaison5).get(f"/reports/{edition.pk}/rows/settled/").content.decode()
    assert f"/locations/nominations/{nominated.pk}/" in page
    assert page.count("Designated, ") == 1
    assert page.count("Refused, ") == 1


@pytest.fixture
def came_and_went(trouble: Trouble, busy_week: Matter, liaison5: Cast) -> PersistentLocation:
    """A location that was taken on and left again in the same week."""
    decide_candidate(
        trouble.candidate(2), verdict="designate", reason="Often", next_on=NEXT,
        stamp=liaison5.stamp,
    )  # fmt: skip
    location: PersistentLocation = PersistentLocation.objects.select_related("matter").latest("pk")
    exit_location(
        location, outcome="opened_in_error", reason="The wrong corner", stamp=later(liaison5)
    )
    return location


def test_location_that_came_and_went_in_a_week_is_told(
    came_and_went: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    words = "2 ALLEY STREET NE: designated Nov 18, 2026 and left Nov 18, 2026 (opened in error)."
    edition = weekly(liaison5)
    assert lines(edition, "changes") == [
        "1 ALLEY STREET NE: designated Nov 18, 2026.",
        words,
    ]
    rolled = draft_roll_up(None, week=WEEK, stamp=later(director, 4))
    assert f"Ward 5: {words}" in lines(rolled, "changes")


def test_resident_in_the_title_of_a_move_or_a_walk_is_not_named(
    came_and_went: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    """A walk has no matter: it is held against all who complained in the ward."""
    put_title(came_and_went.matter, "Rats behind Ada Quillfeather's")
    walk = in_calendar(liaison5, "By Ada Quillfeather's", NOON + timedelta(hours=1))
    end_by_phone(walk, liaison5)
    complain_there(came_and_went.matter, liaison5)
    edition = weekly(liaison5)
    assert "Quillfeather" not in str(edition.facts)
    assert any(line.startswith("Rats behind a resident's: ") for line in lines(edition, "changes"))
    assert [line[:40] for line in lines(edition, "meetings")] == [
        "Wednesday, Nov 18: By a resident's, 1 of"
    ]
    rolled = draft_roll_up(None, week=WEEK, stamp=later(director, 4))
    assert "Quillfeather" not in str(rolled.facts)


def test_restricted_location_is_in_no_report(
    came_and_went: PersistentLocation, liaison5: Cast, director: Cast
) -> None:
    restrict_matter(came_and_went.matter, reason="Safety", readers=[], stamp=later(director, 2))
    assert "2 ALLEY" not in str(weekly(liaison5).facts["changes"])


def test_ward_without_last_weeks_report_has_nothing_new(
    busy_week: Matter, liaison5: Cast, director: Cast
) -> None:
    friday = datetime(2026, 12, 4, 17, tzinfo=UTC)
    stamp = stamp_for(liaison5.actor, friday)
    draft_weekly_report(None, ward_code="5", week="2026-W49", stamp=stamp)
    edition = draft_roll_up(None, week="2026-W49", stamp=stamp_for(director.actor, friday))
    assert [(row["new"], row["alone"]) for row in edition.facts["needs"]] == [(False, True)] * 2
    assert lines(edition, "changes") == ["Ward 5: no report of last week to compare with."]
    notes = {f["code"]: f["note"] for f in edition.facts["groups"][0]["figures"]}
    assert notes["decisions"] == (
        "0 of them new; 2 from wards with no report of last week to compare with"
    )


def complain_there(matter: Matter, who: Cast) -> None:
    """Somebody complains at the place of a matter."""
    take_complaint(
        matter.place, said="Rats", channel="phone", reporter_typed="Ada Quillfeather",
        title="Rats", ward_code="5", stamp=later(who, 2),
    )  # fmt: skip


def put_title(matter: Matter, title: str) -> None:
    with guard_pass("a title that names somebody"):
        Matter.objects.filter(pk=matter.pk).update(title=title)


def in_calendar(who: Cast, title: str, starts_at: datetime) -> Walk:
    """A walk past the open matters of ward 5 that stands in the calendar."""
    proposal = propose_walk(WalkWanted("5", NOON.date(), random=0), who.actor)
    refs = [each.ref for each in proposal.offered if each.proposed]
    draft = replace(draft_of(proposal, refs, title=title), starts_at=starts_at)
    return draw_walk(draft, stamp=who.stamp)


def end_by_phone(walk: Walk, who: Cast) -> None:
    phone = phone_of(walk, who)
    phone.send(phone.write(stops_of_walk(walk)[0], "fixed"))
    end_walk(walk, stamp=later(who, 2))


def walked(ground: Ground, who: Cast) -> Walk:
    """A walk past three matters: one fixed, one not, and a sofa beside it."""
    matters_in(ground, who, "5", 3)
    walk = walk_of(who)
    phone = phone_of(walk, who)
    first, second, _ = stops_of_walk(walk)
    phone.send(phone.write(first, "fixed"))
    phone.send(phone.write(second, "not_fixed"))
    phone.send(phone.trouble(second, note="A sofa"))
    return walk


def test_walk_of_the_week_is_told_with_what_was_found(ground: Ground, liaison5: Cast) -> None:
    walk = walked(ground, liaison5)
    told = "Wednesday, Nov 18: Oak Street, 2 of 3 stops seen, 1 found fixed, 1 not fixed or only"
    told += " partly, 1 new trouble."
    assert lines(weekly(liaison5), "meetings") == [f"{told} Nobody has ended it yet."]
    end_walk(walk, stamp=later(liaison5))
    edition = weekly(liaison5)
    assert lines(edition, "meetings") == [told]
    assert edition.facts["meetings"][0]["walk_id"] == walk.pk


def test_walk_that_was_moved_is_told_in_the_week_where_it_was(
    ground: Ground, liaison5: Cast
) -> None:
    matters_in(ground, liaison5, "5", 1)
    walk = in_calendar(liaison5, "Oak Street", NOON + timedelta(hours=1))
    assert walk.event is not None
    event, week = walk.event, timedelta(days=7)
    move_event(
        event, starts_at=event.starts_at + week, ends_at=event.ends_at + week,
        stamp=liaison5.stamp,
    )  # fmt: skip
    end_by_phone(walk, liaison5)
    assert lines(weekly(liaison5), "meetings") == []
    stamp = later(liaison5, 24 * 8)
    after = draft_weekly_report(None, ward_code="5", week="2026-W48", stamp=stamp)
    assert [line[:35] for line in lines(after, "meetings")] == [
        "Wednesday, Nov 25: Oak Street, 1 of"
    ]


def test_walk_without_a_meeting_place_meets_at_a_block(ground: Ground, liaison5: Cast) -> None:
    """Its first stop is often the house of somebody who complained, and the public reads it."""
    matters_in(ground, liaison5, "5", 1)
    walk = in_calendar(liaison5, "Oak Street", NOON + timedelta(hours=1))
    assert walk.event is not None
    assert walk.event.place_text == "1200 block of OAK STREET NE"


def test_line_that_could_not_be_applied_is_no_finding(
    ground: Ground, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a phone said of a place that may not be looked at any longer is kept, and counts not."""
    matters_in(ground, liaison5, "5", 2)
    walk = walk_of(liaison5)
    phone = phone_of(walk, liaison5)
    first, second = stops_of_walk(walk)
    phone.send(phone.write(first, "fixed"))
    phone.send(phone.write(second, "not_fixed"))
    before = walk_ledger(walk.pk, liaison5.actor)
    assert (before.fixed, before.not_fixed, len(before.findings)) == (1, 1, 2)
    line = WalkLine.objects.get(stop=second)
    _keep(line)
    ledger = walk_ledger(walk.pk, liaison5.actor)
    assert (ledger.fixed, ledger.not_fixed, len(ledger.findings)) == (1, 0, 1)


def _keep(line: WalkLine) -> None:
    with guard_pass("what could not be applied"):
        WalkLine.objects.filter(pk=line.pk).update(state="kept", remark="Too long ago.")


@pytest.mark.parametrize("report", ["weekly", "roll_up"])
def test_report_signed_by_the_method_before_is_rebuilt_by_it(
    busy_week: Matter,
    liaison5: Cast,
    director: Cast,
    monkeypatch: pytest.MonkeyPatch,
    report: str,
) -> None:
    """New rows were gathered since; the report is told as on the day when it was signed."""
    before: dict[str, Any] = {"weekly": "weekly 2", "roll_up": "roll-up 1"}
    monkeypatch.setattr(telling, "NEWEST", {**telling.NEWEST, report: before[report]})
    who = director if report == "roll_up" else liaison5
    edition = weekly(liaison5)
    if report == "roll_up":
        edition = draft_roll_up(None, week=WEEK, stamp=later(director, 4))
    edit_report(edition, narrative={"summary": "A week."}, stamp=later(who, 4))
    edition.refresh_from_db()
    signed = sign_report(edition, stamp=later(who, 5))
    assert signed.method == before[report]
    assert "alone" not in str(signed.facts)
    monkeypatch.undo()
    assert rebuild_report(signed, stamp=stamp_for(SYSTEM, NOON + timedelta(days=400))).identical
