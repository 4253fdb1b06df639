"""Every number of a report opens exactly the rows it was counted from."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import DUE, NEXT
from tests.reporting.conftest import WEEK, SignIn, day
from tests.trouble import Report, Trouble, bring_in, monthly
from wardroom.access.actor import SYSTEM
from wardroom.fieldwork.actions import record_check
from wardroom.matters.actions import accept_ask, repeat_ask, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import keep_fresh, rank_city
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file
from wardroom.web.reports.views import figure_address
from wardroom.web.rows import rows_address

pytestmark = pytest.mark.django_db
SHARES = {"on_time", "promises_kept"}


def shown_rows(site: Client, address: str) -> int:
    """The rows that a list shows, all its pages together."""
    answer = site.get(address)
    assert answer.status_code == 200, address
    paging = answer.context["table"].paging
    shown = len(re.findall(r'class="cell__main"', answer.content.decode()))
    assert shown == min(paging.total, 25), address
    return int(paging.total)


def counted(edition: Edition, who: Cast, site: Client) -> dict[str, tuple[int, int]]:
    """Each number, or what its share is of, with the rows behind its address."""
    told = {}
    file = report_file(edition.pk, who.actor)
    for group in file.groups:
        for figure in group.figures:
            shown = figure.shown
            if figure.code in SHARES:
                of = re.search(r"of (\d+) that", figure.note)
                shown = of.group(1) if of else "0"
            shown = shown.split(" of ")[-1].replace("-", "0")
            address = figure_address(file, figure)
            told[figure.code] = (int(shown), shown_rows(site, address))
    return told


def busy(matter: Matter, trouble: Trouble, liaison: Cast, partner: Cast) -> None:
    """A week with each kind of number in it."""
    bring_in(
        trouble.folder,
        [
            Report(80, day(17), day(18, 9), day(18, 16), reporter=3, status="TRANSFERRED"),
            Report(81, day(12), None, day(30), reporter=4, status="INCOMPLETE"),
        ],
    )
    dpw = Ask.objects.get(asked_agency="DPW")
    accept_ask(dpw, promised_on=NOON.date() + timedelta(days=1), stamp=partner.stamp)
    report_done(dpw, disposition="fixed", stamp=partner.stamp)
    repeat_ask(dpw, due_on=DUE, reason="It came back", stamp=liaison.stamp)
    for verdict in ("refuse", "designate"):
        decide_candidate(
            trouble.candidate(2), verdict=verdict, reason="Often", next_on=NEXT,
            stamp=liaison.stamp,
        )  # fmt: skip
    for hours in (2, 1):
        record_check(
            matter, finding="not_fixed", rating=3, note="",
            seen_at=NOON - timedelta(hours=hours), stamp=liaison.stamp,
        )  # fmt: skip


@pytest.mark.parametrize("late", [timedelta(hours=1), timedelta(days=30)])
def test_every_number_opens_its_rows(
    trouble: Trouble,
    busy_week: Matter,
    liaison5: Cast,
    partner_dpw: Cast,
    sign_in: SignIn,
    late: timedelta,
) -> None:
    busy(busy_week, trouble, liaison5, partner_dpw)
    draft = stamp_for(liaison5.actor, NOON + late)
    edition = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=draft)
    told = counted(edition, liaison5, sign_in(liaison5))
    assert {code: rows for code, (number, rows) in told.items() if number != rows} == {}
    assert (told["settled"][0], told["checks"][0], told["locations"][0]) == (2, 1, 2)
    assert told["promises_kept"][0] == (1 if late.days else 0)
    assert all(told[code][0] for code in ("opened", "closed", "still_open", "on_time"))


def test_rows_of_a_week_stay_when_the_work_goes_on(
    trouble: Trouble, busy_week: Matter, liaison5: Cast, partner_dpw: Cast, sign_in: SignIn
) -> None:
    busy(busy_week, trouble, liaison5, partner_dpw)
    week_after = NOON + timedelta(days=7)
    draft = stamp_for(liaison5.actor, week_after)
    edition = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=draft)
    bring_in(trouble.folder, [Report(90, week_after, reporter=3)])
    partner = stamp_for(partner_dpw.actor, week_after)
    accept_ask(Ask.objects.get(asked_agency="DPW"), promised_on=week_after.date(), stamp=partner)
    record_check(busy_week, finding="clean", rating=1, note="", seen_at=week_after, stamp=draft)
    told = counted(edition, liaison5, sign_in(liaison5))
    assert {code: rows for code, (number, rows) in told.items() if number != rows} == {}


def test_rows_stay_when_the_ranking_of_the_day_goes_on(
    trouble: Trouble, busy_week: Matter, liaison5: Cast, sign_in: SignIn
) -> None:
    def batch(place: int, minutes: int) -> None:
        at = NOON + timedelta(minutes=minutes)
        bring_in(trouble.folder, monthly(place, months=14, kind="RODENT"), at=at)
        keep_fresh(rank_city(now=at), stamp=stamp_for(SYSTEM, at))

    batch(8, 10)
    draft = stamp_for(liaison5.actor, NOON + timedelta(minutes=20))
    edition = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=draft)
    batch(9, 30)
    number, rows = counted(edition, liaison5, sign_in(liaison5))["undecided"]
    assert number == rows > 0


@pytest.mark.parametrize("name", ["as_of", "was", "standing", "decided_from", "checked_from"])
@pytest.mark.parametrize("screen", ["candidates", "asks", "locations", "requests"])
def test_nonsense_in_the_address_of_a_number_harms_nothing(
    busy_week: Matter, liaison5: Cast, sign_in: SignIn, screen: str, name: str
) -> None:
    site = sign_in(liaison5)
    whole = [("as_of", "2026-11-18T18:00:00+00:00"), ("was", "late"), ("decided_from", "x")]
    for wrong in ("x", "2026-11-18", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59Z", "²", ""):
        assert site.get(rows_address(screen, [(name, wrong)])).status_code == 200
        assert site.get(rows_address(screen, [*whole, (name, wrong)])).status_code == 200
