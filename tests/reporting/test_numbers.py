"""The numbers of a draft agree with the rows they are counted from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import DUE
from tests.reporting.conftest import MONDAY, WEEK, Figures, later
from tests.trouble import Report, Trouble, bring_in
from wardroom.fieldwork.actions import record_check
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import accept_ask, decline_ask, move_promise, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.problems.actions import decide_candidate
from wardroom.problems.queries import Chosen, candidate_page
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file
from wardroom.reporting.rules import DEFINITIONS, share_with_interval, week_named, week_of
from wardroom.service_requests.models import ServiceRequest

pytestmark = pytest.mark.django_db
ZONE = "America/New_York"


def redraft(who: Cast, *, at: datetime = NOON + timedelta(hours=2), week: str = WEEK) -> Edition:
    return draft_weekly_report(None, ward_code="5", week=week, stamp=stamp_for(who.actor, at))


def test_week_is_mondays_midnight_to_mondays_midnight_on_the_offices_clock() -> None:
    week = week_named(WEEK, zone=ZONE)
    assert (week.starts_on, week.ends_on) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week.start_at == MONDAY
    assert week.end_at - week.start_at == timedelta(days=7)
    for name, hours in (("2026-W44", 169), ("2026-W10", 167)):
        changed = week_named(name, zone=ZONE)
        elapsed = changed.end_at.astimezone(UTC) - changed.start_at.astimezone(UTC)
        assert elapsed == timedelta(hours=hours)


def test_week_at_the_turn_of_the_year_keeps_its_own_year() -> None:
    assert week_of(date(2027, 1, 1), zone=ZONE).name == "2026-W53"
    assert week_named("2026-W53", zone=ZONE).ends_on == date(2027, 1, 3)


@pytest.mark.parametrize(
    "name",
    ["", "2026-W54", "2025-W53", "2026-47", "2026-W00", "W47", "2026-W7", "0000-W01", "x" * 99],
)
def test_week_that_does_not_exist_is_refused_at_its_field(
    liaison5: Cast, ground: object, name: str
) -> None:
    with pytest.raises(Refused) as no:
        redraft(liaison5, week=name)
    assert (no.value.code, no.value.field) == ("week_unknown", "week")


def test_numbers_of_requests_are_those_of_the_rows(draft5: Edition, figures: Figures) -> None:
    told = figures(draft5)
    assert (told["opened"], told["closed"], told["still_open"]) == ("4", "3", "4")
    end = NOON + timedelta(hours=1)
    rows = ServiceRequest.objects.filter(ward_code="5")
    assert told["opened"] == str(rows.filter(opened_at__gte=MONDAY, opened_at__lt=end).count())
    due = [
        r
        for r in rows.filter(due_at__gte=MONDAY, due_at__lt=end)
        if r.status not in {"cancelled", "duplicate_closed"}
    ]
    on_time = [r for r in due if r.closed_at is not None and r.closed_at <= r.due_at]
    assert (len(on_time), len(due)) == (7, 9)
    assert told["on_time"] == "78 %"


def test_first_and_last_second_of_the_week_count(
    trouble: Trouble, liaison5: Cast, figures: Figures
) -> None:
    zone = ZoneInfo(ZONE)
    edges = [
        Report(50, datetime(2026, 10, 26, 0, 0, tzinfo=zone).astimezone(UTC), reporter=1),
        Report(51, datetime(2026, 10, 25, 23, 59, 59, tzinfo=zone).astimezone(UTC), reporter=1),
        Report(52, datetime(2026, 11, 1, 23, 59, 59, tzinfo=zone).astimezone(UTC), reporter=1),
        Report(53, datetime(2026, 11, 2, 0, 0, tzinfo=zone).astimezone(UTC), reporter=1),
    ]
    before = int(figures(redraft(liaison5, week="2026-W44"))["opened"])
    bring_in(trouble.folder, edges)
    after = figures(redraft(liaison5, week="2026-W44"))
    assert int(after["opened"]) == before + 2


def test_what_came_after_the_numbers_stands_in_none_of_them(
    trouble: Trouble, liaison5: Cast, figures: Figures
) -> None:
    """The bar of the running week and the figure above it are the same count."""
    later_on = [Report(60 + n, NOON + timedelta(hours=3), reporter=1) for n in range(3)]
    bring_in(trouble.folder, later_on)
    draft = redraft(liaison5, week=WEEK)
    assert draft.facts["weeks"][-1]["opened"] == int(figures(draft)["opened"])
    assert draft.facts["data_as_of"] <= draft.facts["as_of"]


def test_candidates_and_locations_are_counted(
    busy_week: Matter, draft5: Edition, director: Cast, figures: Figures
) -> None:
    told = figures(draft5)
    waiting = candidate_page(director.actor, on=NOON.date(), chosen=Chosen(ward="5")).total
    assert (told["undecided"], told["settled"], told["locations"]) == (str(waiting), "1", "1")
    assert (told["asks_waiting"], told["asks_late"], told["checks"]) == ("2", "0", "0")


def test_decision_of_another_ward_or_week_is_not_counted(
    trouble: Trouble, liaison5: Cast, liaison7: Cast, figures: Figures
) -> None:
    decide_candidate(trouble.candidate(3), verdict="refuse", reason="No", stamp=liaison7.stamp)
    last_week = stamp_for(liaison5.actor, NOON - timedelta(days=7))
    decide_candidate(trouble.candidate(2), verdict="refuse", reason="No", stamp=last_week)
    assert figures(redraft(liaison5))["settled"] == "0"
    assert figures(redraft(liaison5, week="2026-W46"))["settled"] == "1"


def test_asks_checks_and_needs_follow_the_work(
    busy_week: Matter, liaison5: Cast, partner_dpw: Cast, partner_ddot: Cast, figures: Figures
) -> None:
    dpw, ddot = (Ask.objects.get(asked_agency=code) for code in ("DPW", "DDOT"))
    accept_ask(dpw, promised_on=DUE, stamp=partner_dpw.stamp)
    decline_ask(ddot, code="no_budget", text="", stamp=partner_ddot.stamp)
    record_check(
        busy_week, finding="not_fixed", rating=3, note="", seen_at=NOON - timedelta(hours=1),
        stamp=liaison5.stamp,
    )  # fmt: skip
    edition = redraft(liaison5)
    told = figures(edition)
    assert (told["asks_waiting"], told["asks_late"], told["checks"]) == ("0", "0", "1")
    file = report_file(edition.pk, liaison5.actor)
    assert [n.sentence for n in file.needs] == [
        "DDOT declined: One thing for DDOT (1 ALLEY STREET NE). Asked Nov 18, 2026 for Dec 1, 2026."
    ]
    row = file.locations[0]
    assert (row.asks, row.late) == ("1 accepted, 1 declined", "")
    assert row.last_check == "3 of 4 on Nov 18, 2026"


def test_late_ask_is_named_until_the_agency_says_done(
    busy_week: Matter, liaison5: Cast, partner_dpw: Cast, figures: Figures
) -> None:
    dpw = Ask.objects.get(asked_agency="DPW")
    accept_ask(dpw, promised_on=DUE, stamp=partner_dpw.stamp)
    friday = datetime(2026, 12, 4, 17, tzinfo=UTC)
    edition = redraft(liaison5, at=friday, week="2026-W49")
    assert figures(edition)["asks_late"] == "2"
    assert [n.sentence for n in report_file(edition.pk, liaison5.actor).needs] == [
        "DPW is late: One thing for DPW (1 ALLEY STREET NE). Asked Nov 18, 2026, promised for"
        " Dec 1, 2026, 3 days past its date.",
        "DDOT has not answered: One thing for DDOT (1 ALLEY STREET NE). Asked Nov 18, 2026, due"
        " Dec 1, 2026, 3 days past its date.",
    ]
    monday = datetime(2026, 12, 7, 15, tzinfo=UTC)
    report_done(dpw, disposition="fixed", stamp=stamp_for(partner_dpw.actor, monday))
    after = redraft(liaison5, at=monday + timedelta(hours=1), week="2026-W49")
    assert figures(after)["asks_late"] == "2"
    next_week = redraft(liaison5, at=monday + timedelta(hours=1), week="2026-W50")
    assert figures(next_week)["asks_late"] == "1"


def test_answer_after_the_week_does_not_empty_it(
    busy_week: Matter, liaison5: Cast, partner_ddot: Cast, figures: Figures
) -> None:
    tuesday = datetime(2026, 11, 24, 15, tzinfo=UTC)
    ask = Ask.objects.get(asked_agency="DDOT")
    decline_ask(ask, code="no_budget", text="", stamp=stamp_for(partner_ddot.actor, tuesday))
    after = redraft(liaison5, at=tuesday + timedelta(hours=1))
    assert figures(after)["asks_waiting"] == "2"


def test_promise_is_kept_only_by_its_first_date(
    busy_week: Matter, liaison5: Cast, partner_dpw: Cast, partner_ddot: Cast, figures: Figures
) -> None:
    dpw, ddot = (Ask.objects.get(asked_agency=code) for code in ("DPW", "DDOT"))
    promised = NOON.date() + timedelta(days=2)
    accept_ask(dpw, promised_on=promised, stamp=partner_dpw.stamp)
    accept_ask(ddot, promised_on=promised, stamp=partner_ddot.stamp)
    report_done(
        dpw, disposition="fixed", stamp=stamp_for(partner_dpw.actor, NOON + timedelta(days=2))
    )
    move_promise(
        ddot, promised_on=promised + timedelta(days=1), reason="Snow", stamp=partner_ddot.stamp
    )
    report_done(
        ddot, disposition="fixed", stamp=stamp_for(partner_ddot.actor, NOON + timedelta(days=3))
    )
    assert figures(redraft(liaison5))["promises_kept"] == "-"
    whole = redraft(liaison5, at=NOON + timedelta(days=7))
    assert figures(whole)["promises_kept"] == "50 %"


def test_every_number_has_its_definition_and_every_source_is_named(
    draft5: Edition, director: Cast
) -> None:
    file = report_file(draft5.pk, director.actor)
    shown = {f.code: f.definition for g in file.groups for f in g.figures}
    not_here = {"time", "spot_checks", "decided"}  # where there are any; told until "weekly 2"
    assert shown == {c: d for c, d in DEFINITIONS.items() if c not in not_here}
    names = [name for name, _ in file.sources]
    assert names[1:] == ["Ward boundaries", "Ranking of candidates"]
    assert file.schematic
    assert len(file.weeks) == 12
    assert (file.weeks[-1].week, file.weeks[-1].opened) == (WEEK, 4)


def test_share_comes_with_an_honest_interval() -> None:
    assert share_with_interval(0, 0) is None
    share, low, high = share_with_interval(8, 10) or (0, 0, 0)
    assert (share, round(low, 3), round(high, 3)) == (0.8, 0.490, 0.943)
    for hits in (0, 10):
        _, low, high = share_with_interval(hits, 10) or (0, 0, 0)
        assert 0 <= low < high <= 1


def test_week_to_come_and_unknown_ward_are_refused(
    trouble: Trouble, liaison5: Cast, director: Cast
) -> None:
    for words, code, field in (
        ({"ward_code": "5", "week": "2026-W48"}, "week_not_begun", "week"),
        ({"ward_code": "9", "week": WEEK}, "ward_unknown", "ward"),
        ({"ward_code": "", "week": WEEK}, "ward_unknown", "ward"),
    ):
        with pytest.raises(Refused) as no:
            draft_weekly_report(None, **words, stamp=later(director))
        assert (no.value.code, no.value.field) == (code, field)
    assert not Edition.objects.exists()
