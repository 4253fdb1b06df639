"""Giving an incident back; how to reach whoever opened it, and where it is."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import HOUSE, Cast, on_day
from tests.ground import Ground
from tests.incidents.calling import (
    MINUTE,
    NIGHT,
    bearer,
    burning,
    by,
    calls,
    climb,
    fire,
    on_call,
    seated,
    token_for,
)
from tests.incidents.test_working import situation
from wardroom.access.gate import guard_pass
from wardroom.city.models import Place
from wardroom.directory.actions import add_contact_point
from wardroom.incidents.actions import (
    answer_call_out,
    give_incident_back,
    give_incident_role,
    note_arrival,
    return_situation,
    stand_down,
    take_incident,
)
from wardroom.incidents.models import CallOut, Incident
from wardroom.incidents.queries import get_due_call_outs, incident_file
from wardroom.incidents.queries.links import map_link, opened_words
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Matter, Waiting
from wardroom.notices.models import Message

__all__ = ["burning"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_whoever_took_it_by_the_link_gives_it_back_and_the_next_is_called(
    burning: Incident, liaison7: Cast, liaison5: Cast
) -> None:
    token = token_for(liaison7, NIGHT)
    given = {"token": token}
    answer_call_out(None, **given, answer="mine", stamp=bearer(NIGHT + MINUTE))
    answer_call_out(None, **given, answer="cannot", stamp=bearer(NIGHT + 3 * MINUTE))
    burning.refresh_from_db()
    assert (burning.taken_at, burning.taken_by) == (None, None)
    assert calls(burning) == [
        (1, "on_call", "Liaison of Ward 7", "passed"),
        (2, "backup", "Liaison of Ward 5", "open"),
    ]
    assert burning.runners == frozenset()
    assert not Waiting.objects.filter(noun="situation_due").exists()
    said = Entry.objects.get(kind="IncidentGivenBack").sentence
    assert said == "Liaison of Ward 7 cannot after all: nobody has it, and the next is called"
    with pytest.raises(Refused, match="Somebody else was called"):
        answer_call_out(None, **given, answer="cannot", stamp=bearer(NIGHT + 4 * MINUTE))
    answer_call_out(None, **given, answer="mine", stamp=bearer(NIGHT + 5 * MINUTE))
    burning.refresh_from_db()
    assert (burning.taken_by, burning.taken_at) == (liaison7.party, NIGHT + 5 * MINUTE)
    assert [state for *_, state in calls(burning)] == ["taken", "ended"]


def test_who_comes_after_a_later_step_is_called_where_an_earlier_one_gives_it_back(
    burning: Incident, director: Cast, liaison7: Cast, liaison5: Cast
) -> None:
    climb(burning, NIGHT + 5 * MINUTE)
    burning.refresh_from_db()
    take_incident(burning, stamp=by(liaison7, NIGHT + 6 * MINUTE))
    give_incident_back(burning, stamp=by(liaison7, NIGHT + 8 * MINUTE))
    assert [(step, who, state) for step, _, who, state in calls(burning)] == [
        (1, "Liaison of Ward 7", "passed"),
        (2, "Liaison of Ward 5", "ended"),
        (3, "The Director", "open"),
    ]
    climb(burning, NIGHT + 13 * MINUTE)
    assert len(calls(burning)) == 4


def test_nobody_gives_back_what_is_not_theirs_or_is_over(
    burning: Incident, director: Cast, liaison7: Cast, liaison5: Cast, staff: Cast
) -> None:
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    for who in (director, liaison5, staff):
        with pytest.raises(NotAllowed):
            give_incident_back(burning, stamp=by(who, NIGHT + 2 * MINUTE))
    found = incident_file(burning.matter_id, director.actor, at=NIGHT)
    assert "give_incident_back" not in found.allowed
    mine = on_day(liaison7, NIGHT.date()).actor
    own = incident_file(burning.matter_id, mine, at=NIGHT)
    assert "give_incident_back" in own.allowed
    token = token_for(liaison7, NIGHT + MINUTE)
    situation(liaison7, burning)
    stand_down(burning, text="All are in hotels", stamp=by(liaison7, NIGHT + 60 * MINUTE))
    with pytest.raises(Refused, match="stood down already"):
        give_incident_back(burning, stamp=by(liaison7, NIGHT + 61 * MINUTE))
    with pytest.raises(Refused, match="stood down already"):
        answer_call_out(None, token=token, answer="cannot", stamp=bearer(NIGHT + 62 * MINUTE))
    assert (
        "give_incident_back"
        not in incident_file(
            burning.matter_id, on_day(liaison7, NIGHT.date()).actor, at=NIGHT
        ).allowed
    )


def test_a_lone_director_who_gives_it_back_is_called_again_later(
    ground: Ground, director: Cast
) -> None:
    incident = fire(director, ground.wards["5"])
    take_incident(incident, stamp=by(director, NIGHT + MINUTE))
    give_incident_back(incident, stamp=by(director, NIGHT + 2 * MINUTE))
    [row] = CallOut.objects.filter(incident=incident)
    assert (row.state, row.due_at) == ("passed", NIGHT + 17 * MINUTE)
    climb(incident, NIGHT + 17 * MINUTE)
    assert [state for *_, state in calls(incident)] == ["passed", "open"]


def test_whoever_is_on_call_and_opened_it_gives_it_back_to_the_backup(
    ground: Ground, director: Cast, liaison7: Cast, liaison5: Cast
) -> None:
    seated(liaison5, "5")
    on_call(director, on_call=liaison7, backup=liaison5)
    incident = fire(liaison7, ground.wards["5"])
    assert calls(incident) == []
    give_incident_back(incident, stamp=by(liaison7, NIGHT + 2 * MINUTE))
    assert calls(incident) == [
        (1, "uncalled", "Liaison of Ward 7", "passed"),
        (2, "backup", "Liaison of Ward 5", "open"),
    ]
    climb(incident, NIGHT + 7 * MINUTE)
    assert calls(incident)[2][2:] == ("The Director", "open")


def test_a_backup_nobody_called_gives_it_back_and_is_not_called(
    burning: Incident, liaison5: Cast
) -> None:
    for minute in (1, 5):
        burning.refresh_from_db()
        take_incident(burning, stamp=by(liaison5, NIGHT + minute * MINUTE))
        give_incident_back(burning, stamp=by(liaison5, NIGHT + (minute + 1) * MINUTE))
    assert [(who, state) for _, _, who, state in calls(burning)] == [
        ("Liaison of Ward 7", "ended"),
        ("Liaison of Ward 5", "passed"),
        ("The Director", "ended"),
        ("The Director", "open"),
    ]
    found = incident_file(burning.matter_id, on_day(liaison5, NIGHT.date()).actor, at=NIGHT)
    assert found.critical is not None
    assert found.critical.calls[1].role == "nobody called them: they had it"


def test_a_director_who_gives_it_back_skips_no_step_and_is_the_last_to_be_called(
    burning: Incident, director: Cast
) -> None:
    take_incident(burning, stamp=by(director, NIGHT + MINUTE))
    give_incident_back(burning, stamp=by(director, NIGHT + 2 * MINUTE))
    assert [(rung, who) for _, rung, who, _ in calls(burning)] == [
        ("on_call", "Liaison of Ward 7"),
        ("uncalled", "The Director"),
        ("backup", "Liaison of Ward 5"),
    ]
    burning.refresh_from_db()
    take_incident(burning, stamp=by(director, NIGHT + 3 * MINUTE))
    give_incident_back(burning, stamp=by(director, NIGHT + 4 * MINUTE))
    assert calls(burning)[3:] == [(4, "uncalled", "The Director", "passed")]
    assert [row.incident_id for row in get_due_call_outs(at=NIGHT + 19 * MINUTE)] == [burning.pk]
    assert get_due_call_outs(at=NIGHT + 18 * MINUTE) == ()
    climb(burning, NIGHT + 19 * MINUTE)
    assert calls(burning)[4:] == [(5, "director", "The Director", "open")]


def on_list(noun: str) -> list[str]:
    return list(Waiting.objects.filter(noun=noun).values_list("party__name", flat=True))


@pytest.mark.parametrize("handed", [False, True])
def test_whoever_has_it_next_is_not_there_yet_and_writes_what_was_sent_back(
    burning: Incident, director: Cast, liaison7: Cast, liaison5: Cast, handed: bool
) -> None:
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    note_arrival(burning, stamp=by(liaison7, NIGHT + 10 * MINUTE))
    report = situation(liaison7, burning)
    return_situation(report, words="Say how many", stamp=by(director, NIGHT + 50 * MINUTE))
    assert on_list("situation_back") == [liaison7.party.name]
    late = NIGHT + 200 * MINUTE
    if handed:
        give_incident_role(
            burning,
            role="lead",
            party=liaison5.party,
            note="Two homes are shut",
            stamp=by(liaison7, late),
        )
    else:
        give_incident_back(burning, stamp=by(liaison7, NIGHT + 190 * MINUTE))
        assert on_list("situation_back") == []
        burning.refresh_from_db()
        take_incident(burning, stamp=by(liaison5, late))
    burning.refresh_from_db()
    assert (burning.arrived_at, burning.mode) == (None, "")
    assert burning.next_update_at == late + 60 * MINUTE
    assert on_list("situation_back") == on_list("situation_due") == [liaison5.party.name]
    note_arrival(burning, stamp=by(liaison5, late + MINUTE))


def test_somebody_else_who_is_there_stays_there_and_writes_their_own_report_anew(
    burning: Incident, director: Cast, liaison7: Cast, liaison5: Cast
) -> None:
    take_incident(burning, stamp=by(liaison7, NIGHT + MINUTE))
    note_arrival(burning, stamp=by(liaison5, NIGHT + 10 * MINUTE))
    report = situation(liaison5, burning)
    return_situation(report, words="Say how many", stamp=by(director, NIGHT + 50 * MINUTE))
    give_incident_back(burning, stamp=by(liaison7, NIGHT + 60 * MINUTE))
    burning.refresh_from_db()
    assert (burning.arrived_at, burning.mode) == (NIGHT + 10 * MINUTE, "go")
    assert on_list("situation_back") == [liaison5.party.name]
    take_incident(burning, stamp=by(director, NIGHT + 70 * MINUTE))
    burning.refresh_from_db()
    assert burning.next_update_at == NIGHT + 120 * MINUTE, "what is not due yet stays as promised"
    assert on_list("situation_back") == [liaison5.party.name]


def test_the_mail_says_how_to_reach_whoever_opened_it_and_where_it_is(
    ground: Ground, director: Cast, liaison7: Cast, staff: Cast
) -> None:
    on_call(director, on_call=liaison7)
    add_contact_point(staff.party, channel="phone", value="202-555-0149", consent=True, stamp=HOUSE)
    incident = fire(staff, ground.wards["5"])
    [letter] = Message.objects.filter(key__startswith="call_out:")
    assert f"Opened at 2:10 a.m. by {staff.party.name}: " in letter.text
    assert f"202-555-0149, {staff.email}" in letter.text
    assert "On a map" not in letter.text
    assert map_link(incident) == ""
    staff.user.is_active = False
    incident.opener = staff.user
    assert opened_words(incident) == f"Opened at 2:10 a.m. by {staff.party.name}."


def test_a_known_place_is_one_tap_away_on_a_map(
    ground: Ground, director: Cast, liaison7: Cast, staff: Cast, settings: object
) -> None:
    incident = fire(staff, ground.wards["5"])
    place = incident.matter.place = ground.places["5"]
    place.latitude, place.longitude = 38.9, -77.01
    assert map_link(incident) == "geo:38.90000,-77.01000?q=38.90000,-77.01000"
    settings.MAP_LINK = "https://maps.example/?at={lat},{lon}"  # type: ignore[attr-defined]
    assert map_link(incident) == "https://maps.example/?at=38.90000,-77.01000"


def test_a_map_link_written_wrong_stops_no_call(
    burning: Incident, ground: Ground, staff: Cast, settings: object
) -> None:
    settings.MAP_LINK = "https://maps.example/?at={lat},{lng}{}"  # type: ignore[attr-defined]
    place = ground.places["5"]
    with guard_pass("a place with a point"):
        Place.objects.filter(pk=place.pk).update(latitude=38.9, longitude=-77.01)
        Matter.objects.filter(pk=burning.matter_id).update(place=place)
    climb(burning, NIGHT + 5 * MINUTE)
    assert calls(burning)[1][3] == "open"
    letter = Message.objects.filter(key__startswith="call_out:").latest("pk")
    assert "https://maps.example/?at=38.90000,{lng}{}" in letter.text


def test_the_page_of_the_link_offers_the_way_back_to_whoever_has_it(
    burning: Incident, liaison7: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + MINUTE)
    address = f"/call/{token_for(liaison7, NIGHT)}/"
    visitor = Client(enforce_csrf_checks=True)
    assert "after all" not in visitor.get(address).content.decode()
    visitor.post(address, {"answer": "mine"})
    page = visitor.get(address)
    assert "I cannot after all" in page.content.decode()
    assert len(page.content) < 4_096
    assert visitor.post(address, {"answer": "cannot"}).status_code == 302
    assert "You may still take it." in visitor.get(address).content.decode()
