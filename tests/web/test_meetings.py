"""Meetings on the page: one press for a seat, nothing typed is lost, and a part is a reload."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.ground import DUE
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.test_forms import kept, says
from wardroom.calendar.actions import agree_ask, plan_event_with, write_line
from wardroom.calendar.actions.planning import EventDraft
from wardroom.calendar.models import AgreedAsk, Event, MeetingLine, Participation
from wardroom.directory.actions import SeatDraft, add_party, seat_agency
from wardroom.directory.models import Seat

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true", "HX-Target": "results"}
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


def seat_of(world: World) -> int:
    return int(Seat.objects.get(ward_code="5", title="Core team").pk)


def test_part_of_the_roll_stands_word_for_word_in_the_page(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    whole = TOKEN.sub(r"\1", client.get(path).content.decode())
    part = TOKEN.sub(r"\1", client.get(path, headers=PART).content.decode())
    assert part.strip().startswith('<div id="results"')
    assert part.strip() in whole


@pytest.mark.parametrize("headers", [{}, PART])
def test_seat_is_called_with_one_press(world: World, headers: dict[str, str]) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    sent = {"seat": seat_of(world), "attended": "absent"}
    answer = client.post(f"{path}roll/", sent, headers=headers, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith('<div id="results"' if headers else "<!doctype html>")
    assert 'value="absent" aria-pressed="true"' in text
    assert Participation.objects.get(event=world.meetings["5"]).attended == "absent"


@pytest.mark.parametrize("headers", [{}, PART])
def test_seat_that_cannot_be_called_says_why(world: World, headers: dict[str, str]) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    sent = {"seat": seat_of(world), "attended": "asleep"}
    answer = client.post(f"{path}roll/", sent, headers=headers)
    assert answer.status_code == 422
    assert "Choose one of the answers listed under" in answer.content.decode()


def test_nothing_typed_of_an_ask_is_lost(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    matter = world.matters["5"].pk
    sent = {
        "agency": "DPW",
        "wording": "Put up a gate",
        "owner_name": "Pat",
        "due_on": "2026-11-18",
        "matter": f"W-{matter} Dumping",
    }
    answer = client.post(f"{path}agree/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ask for a day after today" in text
    for typed in ("Put up a gate", 'value="Pat"', f"W-{matter} Dumping"):
        assert typed in text
    answer = client.post(f"{path}agree/", {**sent, "due_on": "2026-12-01"}, follow=True)
    assert "The ask was agreed and sent to its agency." in answer.content.decode()
    assert AgreedAsk.objects.get().ask.matter_id == matter


def test_matter_is_found_by_words_its_location_first(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    sent = {
        "agency": "DPW",
        "wording": "Put up a gate",
        "owner_name": "Pat",
        "due_on": "2026-12-01",
        "matter": "alley",
    }
    answer = client.post(f"{path}agree/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose which of these matters it is." in text
    offered = re.findall(r'name="which" value="(\d+)"', text)
    assert offered[0] == str(world.matters["5"].pk)
    assert str(world.matters["7"].pk) not in offered
    for typed in ("Put up a gate", 'value="Pat"', 'value="alley"'):
        assert typed in text
    other = client.post(f"{path}agree/", {**sent, "which": str(world.matters["7"].pk)})
    assert other.status_code == 422
    done = client.post(f"{path}agree/", {**sent, "which": offered[0]}, follow=True)
    assert "The ask was agreed and sent to its agency." in done.content.decode()
    assert AgreedAsk.objects.get().ask.matter_id == world.matters["5"].pk


def test_looking_a_matter_up_asks_nothing_else_and_keeps_what_was_typed(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    sent = {"wording": "Put up a gate", "owner_name": "Pat", "matter": "alley", "find": "yes"}
    found = client.post(f"{path}agree/", sent)
    text = found.content.decode()
    assert found.status_code == 200
    assert "This was not saved" not in text
    assert f'name="which" value="{world.matters["5"].pk}"' in text
    for typed in ("Put up a gate", 'value="Pat"', 'value="alley"'):
        assert typed in text
    none = client.post(f"{path}agree/", {**sent, "matter": "no such words"}).content.decode()
    assert "has the words “no such words”" in none
    assert "Put up a gate" in none
    assert not AgreedAsk.objects.exists()


def test_only_matter_that_fits_is_chosen_already(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    matter = world.issues["5"]
    sent = {"agency": "DPW", "wording": "A gate", "owner_name": "Pat", "due_on": "2026-12-01"}
    for asked in ({"find": "yes"}, {}):
        answer = client.post(f"{path}agree/", {**sent, **asked, "matter": "bags again"})
        assert re.search(rf'name="which" value="{matter.pk}" checked', answer.content.decode())
    assert not AgreedAsk.objects.exists()


def test_number_typed_after_all_counts_more_than_what_was_chosen(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    matter = world.matters["5"]
    sent = {"agency": "DPW", "wording": "A gate", "owner_name": "Pat", "due_on": "2026-12-01"}
    client.post(f"{path}agree/", {**sent, "matter": f"W-{matter.pk} x", "which": "999999"})
    assert AgreedAsk.objects.get().ask.matter_id == matter.pk


def test_matters_are_offered_while_they_are_typed_within_the_ward(world: World) -> None:
    path = address(world, "meeting_matters")
    part = {"HX-Request": "true", "HX-Target": "results"}
    answer = world.clients["liaison5"].get(path, {"q": "alley"}, headers=part).content.decode()
    offered = re.findall(r'data-insert="W-(\d+) ', answer)
    assert offered[0] == str(world.matters["5"].pk)
    assert str(world.matters["7"].pk) not in offered
    for words in ("", f"W-{offered[0]}", "no such words"):
        assert (
            "data-insert" not in world.clients["liaison5"].get(path, {"q": words}).content.decode()
        )


@pytest.mark.parametrize("matter", ["no such words", "W-999999", "W-", "9" * 30])
def test_matter_that_is_none_is_said_at_its_field(world: World, matter: str) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    sent = {"agency": "DPW", "wording": "x", "owner_name": "Pat", "due_on": "2026-12-01"}
    answer = client.post(f"{path}agree/", {**sent, "matter": matter})
    assert answer.status_code == 422
    assert 'id="agree_matter_error"' in answer.content.decode()


def test_matter_of_another_ward_is_as_none(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    sent = {"agency": "DPW", "wording": "x", "owner_name": "Pat", "due_on": "2026-12-01"}
    answer = client.post(f"{path}agree/", {**sent, "matter": str(world.matters["7"].pk)})
    assert "There is no matter with this number." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "verb"), [("meeting", "dance"), ("event", "dance"), ("team", "dance")]
)
def test_unknown_verb_is_not_there(world: World, name: str, verb: str) -> None:
    path = address(world, name)
    assert world.clients["liaison5"].post(f"{path}{verb}/").status_code == 404


def test_line_is_taken_back_and_stays_on_record(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "meeting")
    line = MeetingLine.objects.get(event=world.meetings["5"])
    answer = client.post(f"{path}strike/", {"line": line.pk}, follow=True)
    assert "The line was taken back" in answer.content.decode()
    assert client.post(f"{path}strike/", {"line": 999_999}).status_code == 404
    line.refresh_from_db()
    assert line.struck_at is not None


def test_stale_page_cancels_nothing(world: World) -> None:
    client, path = world.clients["liaison5"], address(world, "event")
    answer = client.post(f"{path}cancel/", {"reason": "Rain", "seen": "7"})
    assert answer.status_code == 409
    assert "Rain" in answer.content.decode()
    assert Event.objects.get(pk=world.work_days["5"].pk).state == "planned"


def test_core_team_meeting_in_the_calendar_leads_to_its_own_page(world: World) -> None:
    number = world.meetings["5"].pk
    answer = world.clients["liaison5"].get(f"/calendar/{number}/")
    assert answer.headers["Location"] == f"/teams/meetings/{number}/"
    assert world.clients["partner_dpw"].get(f"/calendar/{number}/").status_code == 200


def test_agency_reads_links_of_its_own_asks_only(world: World) -> None:
    text = world.clients["partner_dpw"].get(address(world, "action_list")).content.decode()
    assert "Present" in text
    assert world.clients["partner_ddot"].get(address(world, "action_list")).status_code == 404


@pytest.mark.parametrize("week", ["", "2026-13-01", "0001-01-01", "2199-12-31", "next"])
def test_any_week_has_a_calendar(world: World, week: str) -> None:
    assert world.clients["director"].get(f"/calendar/?week={week}").status_code == 200


def test_meeting_takes_no_more_statements_however_much_is_on_the_table(world: World) -> None:
    client = world.clients["liaison5"]
    names = ("meeting", "team", "teams", "calendar", "event", "action_list")

    def counts() -> dict[str, int]:
        found = {}
        for name in names:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address(world, name)).status_code == 200
            found[name] = len(seen)
        return found

    event, who = world.meetings["5"], world.cast["liaison5"]
    agency = world.asks["5"].party

    def more(first: int) -> None:
        for n in range(first, first + 4):
            agree_ask(
                event,
                matter=world.matters["5"],
                agency=agency,
                wording=f"Thing {n}",
                owner_name="Pat",
                due_on=DUE,
                stamp=who.stamp,
            )
            write_line(event, kind="parked", text=f"Item {n}", stamp=who.stamp)
            new = add_party(
                None,
                kind="organisation",
                name=f"Agency {n}",
                code=f"A{n}",
                agency=True,
                stamp=HOUSE,
            )
            draft = SeatDraft("5", new, NOON.date() - timedelta(days=9), name=f"Name {n}")
            seat_agency(draft, stamp=who.stamp)
            at = NOON + timedelta(days=7, hours=n)
            day = EventDraft("joint_work_day", f"Day {n}", at, at + timedelta(hours=2), "5")
            plan_event_with(day, agencies=[agency, new], stamp=who.stamp)

    more(0)
    before = counts()
    more(4)
    assert counts() == before


def test_meeting_to_come_says_from_when_the_roll_is_called(world: World) -> None:
    later = Event.objects.filter(series=world.meetings["5"].series, starts_at__gt=NOON)
    path = f"/teams/meetings/{later.order_by('starts_at').values_list('pk', flat=True)[0]}/"
    for role, said in (("liaison5", True), ("records", False)):
        page = world.clients[role].get(path).content.decode()
        assert ('You can call the roll from <time datetime="2026-11-25"' in page) is said
    assert (
        "You can call the roll"
        not in world.clients["liaison5"].get(address(world, "meeting")).content.decode()
    )


@pytest.mark.parametrize("matter", ["alley", "W-", "9" * 30, "W-" + "9" * 30])
def test_event_is_planned_about_a_number_and_words_are_refused_at_their_field(
    world: World, matter: str
) -> None:
    sent = {
        "kind": "meeting",
        "title": "A look at the alley",
        "on": "2026-12-02",
        "starts": "09:00",
        "ends": "10:00",
        "ward_code": "5",
        "matter": matter,
    }
    answer = world.clients["liaison5"].post("/calendar/new/", {**sent, "plan": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says(page, "event_matter") == "Give the number of the matter, such as W-412."
    assert kept(page, {"matter": matter, "title": sent["title"]}) == []
