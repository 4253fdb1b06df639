"""The office's measures from what people did: counted by hand, and by the parts that own them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Value
from django.utils.timezone import get_current_timezone, localdate

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import NEXT, Ground
from tests.notices.letters import letter
from tests.trouble import load_topics
from wardroom.access.actor import SYSTEM
from wardroom.casework.actions import take_complaint, take_mail
from wardroom.engagement.actions import (
    change_commitment,
    confirm_commitment,
    hear_commitment,
    keep_commitment,
    note_letter,
    take_in_paper,
)
from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import office_hours
from wardroom.matters.models import Matter
from wardroom.notices.models import Received
from wardroom.reporting.actions import set_measure_target
from wardroom.reporting.models import MeasureTarget
from wardroom.reporting.queries.office import measure_rows, office_measure, office_measures
from wardroom.reporting.queries.office.flows import answered
from wardroom.reporting.rules.answering import next_working_day
from wardroom.reporting.rules.office_measures import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = timedelta(days=1)


def told(code: str, who: Cast, at: datetime) -> Figure:
    return office_measure(code, who.actor, at=at).one.figure


def counts(code: str, who: Cast, at: datetime) -> tuple[int | None, int]:
    figure = told(code, who, at)
    return figure.yes, figure.of


@pytest.fixture
def office_days() -> None:
    """The office's working days and the clocks of the law, as setup loads them."""
    load_topics()


def said(who: Cast, received: datetime, taken: datetime, channel: str = "letter") -> None:
    """What somebody wrote, when it came in and when it was taken in."""
    take_complaint(
        None,
        said="Bags in the alley",
        channel=channel,
        anonymous=True,
        ward_code="5",
        received_at=received,
        stamp=replace(who.stamp, at=taken),
    )


def test_without_working_days_nobody_can_say_who_was_answered_in_time(
    ground: Ground, director: Cast
) -> None:
    figure = told("answered", director, NOON)
    assert figure.value is None
    assert "working days are not known yet" in figure.why_not


@pytest.mark.usefixtures("office_days")
def test_an_answer_counts_by_working_days_of_the_office(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    friday = datetime(2026, 11, 13, 20, tzinfo=UTC)
    said(liaison5, friday, friday + 3 * DAY)  # On Monday: in time.
    said(liaison5, friday, friday + 4 * DAY)  # On Tuesday: late.
    said(liaison5, NOON, NOON)
    said(liaison5, friday, friday + 6 * DAY, channel="walk")  # The office saw it itself.
    assert counts("answered", director, NOON + 2 * DAY) == (2, 3)
    found = measure_rows("answered", director.actor, at=NOON + 2 * DAY, only="missed")
    assert [(row.noun, row.met) for row in found.rows] == [("issue", False)]


@pytest.mark.usefixtures("office_days")
def test_the_day_of_a_report_is_worked_out_once_whatever_the_days_that_count(
    director: Cast,
) -> None:
    """SQLite asks Python for each of them; there are hundreds of spans, and as many reports."""
    reports, mail = (part.found for part in answered(director.actor, NOON.date()).parts)
    for found in (reports, mail):
        sql = str(found.query)
        assert sql.count("cast_date") + sql.count("AT TIME ZONE") <= 4
    once = str(reports.query).count("WHEN")
    assert 100 < once < 700
    assert str(reports.filter(met=False).annotate(met=Value(False)).query).count("WHEN") == once
    assert str(mail.query).count("WHEN") < 5


@pytest.mark.usefixtures("office_days")
def test_mail_is_late_as_soon_as_its_next_working_day_is_over(director: Cast) -> None:
    """Held against the day of each message, at the edges of days and across the change of hour."""
    office = office_hours()
    assert office is not None
    midnight = datetime(2026, 10, 30, tzinfo=get_current_timezone())
    for n in range(7):
        for second in (0, 1):
            at = (midnight + n * DAY - timedelta(seconds=second)).astimezone(UTC)
            take_mail(
                letter(message_id=f"<{n}.{second}@x>").as_bytes(), stamp=stamp_for(SYSTEM, at)
            )
    kept = Received.objects.filter(state="waiting")
    assert kept.count() == 14
    for today in (midnight.date() + n * DAY for n in range(10)):
        late = {
            row.pk for row in kept if next_working_day(localdate(row.received_at), office) < today
        }
        counted = answered(director.actor, today).parts[1].found
        assert {row.pk for row in counted} == late
        assert not any(row.met for row in counted)


def paper(ward: Ground, who: Cast) -> Matter:
    row = take_in_paper(
        None,
        kind="anc_proposal",
        anc_code="5B",
        title="Close the alley at night",
        concerns=["Trucks idle at night"],
        received_on=NOON.date(),
        voted_on=NOON.date() - timedelta(days=6),
        yes=7,
        no=1,
        owner=who.party,
        next_on=NEXT,
        ward=ward.wards["5"],
        stamp=who.stamp,
    )
    return row.matter


@pytest.mark.usefixtures("office_days", "agencies")
def test_a_clock_of_the_law_counts_once_its_day_is_over(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    matter = paper(ground, liaison5)
    # Ten days are over on November 28, sixty on January 17.
    assert counts("anc_clocks", director, NOON + 10 * DAY) == (None, 0)
    note_letter(
        matter,
        letter="acknowledgment",
        sent_on=NOON.date() + 2 * DAY,
        text="We have it.",
        to_commission=True,
        stamp=replace(liaison5.stamp, at=NOON + 2 * DAY),
    )
    assert counts("anc_clocks", director, NOON + 11 * DAY) == (1, 1)
    assert counts("anc_clocks", director, NOON + 61 * DAY) == (1, 2)


def test_a_promise_in_public_counts_by_its_first_day(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    first, later = NOON.date() + 5 * DAY, NOON.date() + 30 * DAY

    def heard(wording: str) -> Matter:
        row = hear_commitment(
            None,
            wording=wording,
            maker="mayor",
            maker_name="The Mayor",
            made_to="ANC 5B",
            said_on=NOON.date(),
            due_on=first,
            owner=liaison5.party,
            next_on=NEXT,
            ward=ground.wards["5"],
            stamp=liaison5.stamp,
        )
        return row.matter

    def kept(matter: Matter, at: datetime) -> None:
        stamp = replace(liaison5.stamp, at=at)
        keep_commitment(matter, evidence="Seen there", told="ANC 5B", stamp=stamp)

    in_time, moved, _unconfirmed = heard("Two cans"), heard("A light"), heard("A bench")
    for matter in (in_time, moved):
        confirm_commitment(
            matter, wording=matter.title, due_on=first, next_on=NEXT, stamp=director.stamp
        )
    change_commitment(
        moved, wording="A light", due_on=later, why="No pole", told="ANC 5B", stamp=liaison5.stamp
    )
    kept(in_time, NOON + 4 * DAY)
    kept(moved, NOON + 20 * DAY)
    assert counts("commitments", director, NOON + 5 * DAY) == (None, 0)
    assert counts("commitments", director, NOON + 6 * DAY) == (1, 2)
    assert counts("commitments", director, NOON + 40 * DAY) == (1, 2)


def test_whoever_does_not_see_all_wards_asks_in_vain(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    for ask in (
        lambda: office_measures(liaison5.actor, at=NOON),
        lambda: office_measure("plans", liaison5.actor, at=NOON),
        lambda: measure_rows("plans", liaison5.actor, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            ask()
    with pytest.raises(NotAllowed):
        set_measure_target(
            None, code="plans", value=0.9, from_on=NOON.date(), why="So", stamp=liaison5.stamp
        )
    assert not MeasureTarget.objects.exists()


def test_a_target_of_tomorrow_does_not_judge_today(ground: Ground, director: Cast) -> None:
    tomorrow = NOON.date() + DAY
    set_measure_target(
        None, code="plans", value=0.9, from_on=tomorrow, why="So we said", stamp=director.stamp
    )
    now = office_measure("plans", director.actor, at=NOON).one
    assert (now.target, len(now.coming)) == (None, 1)
    then = office_measure("plans", director.actor, at=NOON + DAY).one
    assert then.target is not None
    assert then.target.value == 0.9
