"""The pages of the week board: read by whom, covered in one press, taken back, and as a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client

from tests.cast import Cast
from tests.office.rotas import crew, published, wall
from tests.office.test_week import MONDAY, meeting
from tests.web.conftest import SignIn
from wardroom.calendar.actions import assign_shift
from wardroom.calendar.models import Event, Participation, Shift

pytestmark = pytest.mark.django_db
WEEK = f"/week/?week={MONDAY.isoformat()}"


def shown(client: Client, path: str = WEEK) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def event(liaison5: Cast) -> Event:
    return meeting(liaison5)


def test_the_office_reads_it_and_nobody_else(
    director: Cast, liaison7: Cast, records_officer: Cast, partner_dpw: Cast, sign_in: SignIn
) -> None:
    for who in (director, liaison7, records_officer):
        assert sign_in(who).get("/week/").status_code == 200
    assert sign_in(partner_dpw).get("/week/").status_code == 403
    assert sign_in(partner_dpw).get("/week/sheet.csv").status_code == 403
    assert sign_in(None).get("/week/").status_code == 302


def test_an_event_is_covered_in_one_press_and_taken_back(
    event: Event, director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    client = sign_in(director)
    page = shown(client)
    assert "Nobody from the office goes to Tenants' meeting" in page
    form = re.search(rf'action="(/week/event-{event.pk}/cover/)".*?</form>', page, re.S)
    assert form is not None
    assert "Liaison of Ward 5: free" in form[0]
    sent = {"who": liaison5.party.pk, "back": WEEK}
    answer = client.post(form[1], sent, follow=True)
    page = unescape(answer.content.decode())
    assert "Liaison of Ward 5 covers Tenants' meeting, Mon, November 30, 6:00 p.m." in page
    assert "Nobody from the office goes to Tenants' meeting" not in page
    undo = f"/week/event-{event.pk}/cover/{liaison5.party.pk}/back/"
    assert undo in page
    page = unescape(client.post(undo, {"back": WEEK}, follow=True).content.decode())
    assert "Nobody from the office goes to Tenants' meeting" in page
    assert Participation.objects.get(event=event).answer == "no"


def test_a_clash_is_refused_at_its_field_with_what_was_chosen(
    event: Event, director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    other = meeting(liaison5, title="Walk of the alley")
    client, who = sign_in(director), liaison5.party.pk
    client.post(f"/week/event-{event.pk}/cover/", {"who": who})
    answer = client.post(f"/week/event-{other.pk}/cover/", {"who": who})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "is in two places at once" in page
    assert 'id="cover_because"' in page
    sent = {"who": who, "because": "she looks in"}
    assert client.post(f"/week/event-{other.pk}/cover/", sent).status_code == 302
    assert "Clash" in shown(client)


def test_who_takes_a_gap_is_offered_no_way_back_that_is_the_directors(
    director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    published(director, crew())
    shift = Shift.objects.get(on_date=MONDAY + timedelta(days=1), role="on_call")
    assign_shift(shift, user=None, why="ill", stamp=director.stamp)
    path, sent = f"/week/shift-{shift.pk}/cover/", {"who": liaison5.party.pk, "back": WEEK}
    answer = sign_in(liaison5).post(path, sent, follow=True)
    page = unescape(answer.content.decode())
    assert "Liaison of Ward 5 covers On call" in page
    back = f"{path}{liaison5.party.pk}/back/"
    assert back not in page
    client = sign_in(director)
    other = f"{path}{director.party.pk}/back/"
    page = unescape(client.post(other, {"back": WEEK}).content.decode())
    assert "Somebody else has this shift by now" in page
    client.post(back, {"back": WEEK})
    assert Shift.objects.get(pk=shift.pk).user is None


@pytest.mark.parametrize("who", ["", "x", "0", str(10**30)])
def test_who_is_no_choice_is_refused(
    who: str, event: Event, director: Cast, sign_in: SignIn
) -> None:
    answer = sign_in(director).post(f"/week/event-{event.pk}/cover/", {"who": who})
    assert answer.status_code == 422
    assert not Participation.objects.exists()


def test_a_liaison_of_another_ward_and_the_records_officer_are_not_offered_to_cover(
    event: Event, liaison7: Cast, records_officer: Cast, sign_in: SignIn
) -> None:
    path = f"/week/event-{event.pk}/cover/"
    assert sign_in(liaison7).post(path, {"who": 1}).status_code == 404
    assert sign_in(records_officer).post(path, {"who": 1}).status_code == 403
    assert path not in shown(sign_in(records_officer))
    assert "Tenants' meeting" not in shown(sign_in(liaison7))


def test_only_what_is_uncovered_is_shown_where_so_asked(
    event: Event, director: Cast, sign_in: SignIn
) -> None:
    client = sign_in(director)
    assert "Who is where" in shown(client)
    page = shown(client, WEEK + "&show=uncovered")
    assert "Nobody from the office goes to Tenants' meeting" in page
    assert '<th scope="row">Liaison of Ward 5' not in page


def test_a_phone_is_shown_the_day_that_was_asked_for(director: Cast, sign_in: SignIn) -> None:
    page = shown(sign_in(director), WEEK + "&day=2026-12-03")
    assert re.search(r'day=2026-12-03" aria-current="date"', page)


def test_the_file_has_a_line_for_each_thing_and_no_formula(
    director: Cast, liaison5: Cast, sign_in: SignIn
) -> None:
    event = meeting(liaison5, title="=1+1")
    client = sign_in(director)
    client.post(f"/week/event-{event.pk}/cover/", {"who": liaison5.party.pk})
    answer = client.get(f"/week/sheet.csv?week={MONDAY.isoformat()}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="week-2026-11-30.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    row = next(row for row in rows if "1+1" in row["what"])
    assert (row["person"], row["part"]) == ("Liaison of Ward 5", "evening")
    assert row["what"].startswith("'=")
    assert row["from"] == wall(MONDAY, 18).isoformat(timespec="minutes")


def test_the_statements_of_the_board_do_not_grow_with_its_rows(
    director: Cast, liaison5: Cast, sign_in: SignIn, django_assert_max_num_queries: object
) -> None:
    client = sign_in(director)
    for day in range(1, 7):
        for hour in (9, 12, 18):
            meeting(liaison5, date(2026, 12, day), hour)
    shown(client)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        shown(client)
