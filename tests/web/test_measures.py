"""The pages of the measures: by name, with intervals, definitions and the way to the rows."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from django.utils.timezone import localdate

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import DUE
from tests.web.conftest import World
from wardroom.access.gate import guard_pass
from wardroom.analysis.timeliness import promise_kept
from wardroom.fieldwork.actions import record_check
from wardroom.matters.actions import move_promise, report_done, withdraw_ask
from wardroom.matters.models import Ask
from wardroom.reporting.gateways import measure
from wardroom.reporting.models import Measurement
from wardroom.reporting.queries import promises_by_agency
from wardroom.service_requests.gateways.snapshot import forget_copies
from wardroom.service_requests.models import ServiceRequest

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def text_of(world: World, role: str, path: str, status: int = 200) -> str:
    answer = world.clients[role].get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def rows_of(page: str) -> list[str]:
    """The names in the first column of the table, in their order."""
    return [html.unescape(n) for n in re.findall(r'class="cell__main">([^<]+)<', page)]


def test_agencies_stand_by_name_with_share_interval_and_definition(world: World) -> None:
    page = text_of(world, "director", "/measures/")
    names = rows_of(page)
    assert len(names) >= 3
    assert names == sorted(names, key=str.lower)
    assert re.search(r"\d+ of \d+ that were due; likely \d+ to \d+%", page)
    assert "On time, definition 1" in page
    assert "Requests as of" in page


def test_agency_has_its_page_whatever_the_feed_calls_it(world: World) -> None:
    with guard_pass("a city's own words"):
        ServiceRequest.objects.filter(agency_code="DOH").update(agency_code="Streets/San. #1?")
    forget_copies()
    measure(stamp=replace(HOUSE, at=NOON + timedelta(hours=1)))
    page = text_of(world, "director", "/measures/")
    address = next(a for a in re.findall(r'href="(/measures/agency/[^"]+)"', page) if "San" in a)
    assert "<h1>Streets/San. #1?</h1>" in text_of(world, "director", html.unescape(address))


def test_kinds_are_a_switch_in_the_address(world: World) -> None:
    page = text_of(world, "director", "/measures/?by=kind&ward=5")
    assert "Kinds of trouble by name, Ward 5" in page
    assert "Illegal dumping" in rows_of(page)
    assert text_of(world, "director", "/measures/?by=nonsense&ward=zz&measured=x")


def test_number_leads_to_as_many_rows(world: World) -> None:
    page = text_of(world, "director", "/measures/?by=kind&ward=5")
    found = re.findall(r'href="(/requests/[^"]+standing=waiting[^"]*)">([\d,]+)</a>', page)
    assert found
    for address, shown in found:
        rows = text_of(world, "director", html.unescape(address))
        assert f"{shown} requests, counted up to" in rows


def test_liaison_begins_with_their_own_ward(world: World) -> None:
    assert "Agencies by name, Ward 5" in text_of(world, "liaison5", "/measures/")
    whole = text_of(world, "liaison5", "/measures/?ward=")
    assert "Agencies by name, Whole city" in whole
    assert 'href="/requests/?' not in whole


def test_other_ward_is_not_shown(world: World) -> None:
    page = text_of(world, "liaison7", "/measures/?ward=5")
    assert "Ward 5" not in page
    unit = text_of(world, "liaison7", "/measures/agency/DPW/?ward=5")
    assert "Ward 5" not in unit


@pytest.mark.parametrize("role", ["partner_dpw", "nobody"])
def test_partners_and_strangers_see_none(world: World, role: str) -> None:
    for path in ("/measures/", "/measures/promises/", "/measures/compared/"):
        text_of(world, role, path, 403)
    text_of(world, role, "/measures/agency/DPW/", 404)


@pytest.mark.parametrize(
    "path",
    ["agency/NOPE/", "kind/DPW/", "ward/5/", "agency/-/", "agency/DPW/nothing/"],
)
def test_unknown_unit_is_not_found(world: World, path: str) -> None:
    text_of(world, "director", f"/measures/{path}", 404)


def test_one_agency_shows_its_curve_its_kinds_and_what_was_closed_together(world: World) -> None:
    page = text_of(world, "director", "/measures/agency/DPW/")
    assert "Share closed by so many days" in page
    assert "Illegal dumping" in page
    assert "Closed together" in page
    assert "carries no note or photograph" in page
    assert "A season is told from two years" in page


def test_an_older_measurement_says_that_it_is_not_the_newest(world: World) -> None:
    measure(as_of=NOON - timedelta(days=60), stamp=HOUSE)
    old = Measurement.objects.order_by("data_as_of")[0]
    page = text_of(world, "director", f"/measures/?measured={old.pk}")
    assert "This is not the newest measurement." in page
    assert "This is not the newest" not in text_of(world, "director", "/measures/")
    assert "Month by month" in text_of(world, "director", "/measures/agency/DPW/")


def test_liaison_sees_their_own_ward_in_the_funnel(world: World) -> None:
    page = text_of(world, "liaison5", "/measures/compared/")
    assert "Ward 5" in page
    assert "Ward 7" not in page


def test_liaison_reads_an_agency_in_their_ward_beside_its_mix(world: World) -> None:
    page = text_of(world, "liaison5", "/measures/agency/DPW/?ward=5")
    assert "Late, beside its mix of kinds" in page
    assert "Ward 5: " in page
    assert "Ward 7" not in page
    assert "Ward 7: " in text_of(world, "director", "/measures/agency/DPW/")


def test_wards_are_compared_without_a_ranking(world: World) -> None:
    page = text_of(world, "director", "/measures/compared/")
    assert "Late, by ward" in page
    assert "Funnel, definition 1" in page
    assert "best" not in page.lower()
    assert "worst" not in page.lower()


def test_promise_counts_by_its_first_date(world: World) -> None:
    partner, ask = world.cast["partner_dpw"], world.asks["5"]
    later = DUE + timedelta(days=60)
    move_promise(ask, promised_on=later, reason="A crew is away", stamp=partner.stamp)
    today = DUE + timedelta(days=1)
    actor = world.cast["director"].stamp.actor
    assert promises_by_agency(actor, on=DUE).rows == ()
    [row] = promises_by_agency(actor, on=today).rows
    assert (row.code, row.kept, row.of, row.moved, row.current) == ("DPW", 0, 1, 1, 0)
    assert promises_by_agency(world.cast["liaison7"].stamp.actor, on=today).rows == ()


def test_ask_that_was_withdrawn_before_its_day_is_no_broken_promise(world: World) -> None:
    ask, liaison = world.asks["5"], world.cast["liaison5"]
    today = DUE + timedelta(days=1)
    withdraw_ask(ask, reason="Not ours", stamp=liaison.stamp)
    assert promises_by_agency(liaison.stamp.actor, on=today).rows == ()


def test_kept_promises_equal_the_pure_function(world: World) -> None:
    partner = world.cast["partner_dpw"]
    report_done(world.asks["5"], disposition="fixed", stamp=partner.stamp)
    ask = Ask.objects.get(pk=world.asks["5"].pk)
    assert (ask.first_promised_on, ask.promised_on) == (DUE, DUE)
    today = DUE + timedelta(days=1)
    [row] = promises_by_agency(world.cast["director"].stamp.actor, on=today).rows
    first, current, done = (
        np.array([day.toordinal()]) for day in (DUE, DUE, localdate(ask.done_at))
    )
    told = promise_kept(first, current, done, as_of=today.toordinal() - 1)
    assert (row.kept, row.of, row.moved) == (told.share.yes, told.share.of, told.moved)
    assert row.interval == pytest.approx((told.share.value, told.share.lower, told.share.upper))


def test_a_look_by_whoever_asked_proves_nothing(world: World) -> None:
    partner, liaison, director = (
        world.cast[name] for name in ("partner_dpw", "liaison5", "director")
    )
    report_done(world.asks["5"], disposition="fixed", stamp=partner.stamp)

    def look(who: Cast) -> None:
        stamp = replace(who.stamp, at=NOON + timedelta(hours=1))
        seen_at = NOON + timedelta(minutes=30)
        matter = world.matters["5"]
        record_check(matter, seen_at=seen_at, finding="clean", rating=1, note="", stamp=stamp)

    look(liaison)
    assert "not looked yet" in text_of(world, "director", "/measures/promises/")
    look(director)
    assert "1 of 1" in text_of(world, "director", "/measures/promises/")
    assert "1 of 1" in text_of(world, "liaison5", "/measures/promises/")
    assert "1 of 1" not in text_of(world, "liaison7", "/measures/promises/")
