"""Alerts that come in: once each, on their thread, with the districts and the people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from shapely.geometry import box

from tests.cast import HOUSE, PASSWORD, Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from tests.incidents.messages import FAR_OFF, IN_BOTH, IN_FIVE, area, cap, info, name_of
from wardroom.access.actor import Actor, Stamp
from wardroom.city.actions import Feature, load_boundaries
from wardroom.directory.actions import OFFICE, add_party, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.incidents.actions import (
    end_alert,
    end_incident,
    open_incident,
    read_alert_change,
    set_alert_aside,
)
from wardroom.incidents.gateways.taking import TakenIn, take_in
from wardroom.incidents.models import Alert, CallOut, IncidentDraft
from wardroom.incidents.queries import (
    alert_file,
    alert_page,
    get_alert,
    get_alerts_to_end,
    incident_file,
    incident_page,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.models import Matter, Waiting
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LATER = "2026-11-18T11:00:00-05:00"
LATEST = "2026-11-18T11:30:00-05:00"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def seats(ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast) -> Mapping[str, Cast]:
    """The liaison of each ward on the seat of it, and an SMD in each."""
    house = add_party(None, kind="organisation", name=OFFICE, stamp=HOUSE)
    people = {"5": liaison5, "7": liaison7}
    for ward, who in people.items():
        hold_seat(
            house,
            title=LIAISON_SEAT,
            holder=who.party,
            since_on=date(2026, 1, 1),
            ward_code=ward,
            stamp=HOUSE,
        )
    load_boundaries(
        None,
        kind="smd",
        valid_from=date(2022, 1, 1),
        features=[
            Feature("5A01", "SMD 5A01", box(-77.02, 38.90, -76.98, 38.92)),
            Feature("5A02", "SMD 5A02", box(-77.02, 38.92, -76.98, 38.94)),
            Feature("7A01", "SMD 7A01", box(-76.98, 38.90, -76.94, 38.94)),
        ],
        source="a test",
        digest="1" * 64,
        schematic=True,
        stamp=HOUSE,
    )
    return {**people, "director": director}


def take(*infos: str, stamp: Stamp = HOUSE, **words: Any) -> TakenIn:
    return take_in(cap(*infos, **words), way_in="form", stamp=stamp)


def waits_of(draft_id: int) -> set[tuple[str, str]]:
    rows = Waiting.objects.filter(noun="alert", key__startswith=f"{draft_id}-")
    return set(rows.values_list("party__name", "ward_code"))


def draft_of(taken: TakenIn) -> IncidentDraft:
    return IncidentDraft.objects.get(pk=taken.draft_id)


def opened(taken: TakenIn, who: Cast, ground: Ground, ward: str = "5") -> Matter:
    matter: Matter = open_incident(
        draft_of(taken),
        title="Flood",
        owner=who.party,
        next_on=NEXT,
        ward=ground.wards[ward],
        stamp=who.stamp,
    )
    return matter


def test_an_alert_waits_for_the_ward_that_it_touches_and_the_director(
    seats: Mapping[str, Cast],
) -> None:
    taken = take()
    assert (taken.new, taken.state) == (True, "waiting")
    assert waits_of(taken.draft_id) == {("Liaison of Ward 5", "5"), ("The Director", "")}
    file = alert_file(taken.draft_id, seats["5"].actor)
    assert file.codes("ward") == ("5",)
    assert file.codes("smd") == ("5A01", "5A02")
    assert file.allowed == {"open_incident", "set_alert_aside"}
    assert file.timeline.lines[0].sentence.startswith("Actual alert of NWS")


def test_the_same_message_again_changes_nothing(seats: Mapping[str, Cast]) -> None:
    first, again = take(), take()
    assert (again.new, again.draft_id) == (False, first.draft_id)
    assert Alert.objects.count() == 1


def test_a_border_that_is_only_grazed_is_not_touched(seats: Mapping[str, Cast]) -> None:
    taken = take(info(area(polygon="38.90,-77.02 38.90,-76.98 38.94,-76.98 38.94,-77.02")))
    assert alert_file(taken.draft_id, seats["5"].actor).codes("ward") == ("5",)


def test_a_polygon_over_two_wards_touches_both(seats: Mapping[str, Cast]) -> None:
    taken = take(info(area(polygon=IN_BOTH)))
    assert {ward for _, ward in waits_of(taken.draft_id)} == {"", "5", "7"}


def test_a_small_circle_touches_where_it_lies(seats: Mapping[str, Cast]) -> None:
    taken = take(info(area(circle="38.91,-76.96 0")))
    assert alert_file(taken.draft_id, seats["5"].actor).codes("smd") == ("7A01",)


def test_a_code_means_the_whole_city_where_nothing_is_drawn(seats: Mapping[str, Cast]) -> None:
    whole = take(info(area(SAME="011001")))
    drawn = take(info(area(polygon=IN_FIVE, SAME="011001")), identifier="b")
    actor = seats["5"].actor
    assert alert_file(whole.draft_id, actor).codes("ward") == ("5", "7")
    assert alert_file(drawn.draft_id, actor).codes("ward") == ("5",)


def test_an_alert_of_elsewhere_and_an_exercise_wait_for_nobody(
    seats: Mapping[str, Cast],
) -> None:
    far = take(info(area(polygon=FAR_OFF)))
    drill = take(status="Exercise", identifier="drill")
    assert (far.state, drill.state) == ("elsewhere", "practice")
    assert waits_of(far.draft_id) == waits_of(drill.draft_id) == set()
    with pytest.raises(Refused, match="Exercise or test"):
        open_incident(
            draft_of(drill),
            title="x",
            owner=seats["director"].party,
            next_on=NEXT,
            stamp=seats["director"].stamp,
        )


def test_an_update_joins_its_alert_and_moves_where_it_holds(seats: Mapping[str, Cast]) -> None:
    first = take()
    update = take(
        info(area(polygon=IN_BOTH), headline="It spreads"),
        kind="Update",
        identifier="u",
        sent=LATER,
        references=[name_of()],
    )
    assert (update.draft_id, update.title) == (first.draft_id, "It spreads")
    assert {ward for _, ward in waits_of(first.draft_id)} == {"", "5", "7"}
    file = alert_file(first.draft_id, seats["7"].actor)
    assert [m.title for m in file.earlier] == ["Flash flood until 9 p.m."]


def test_an_update_that_comes_before_its_alert_stays_the_newest(
    seats: Mapping[str, Cast],
) -> None:
    update = take(
        info(area(polygon=IN_FIVE), headline="Newer"),
        kind="Update",
        identifier="u",
        sent=LATER,
        references=[name_of()],
    )
    first = take()
    assert (first.draft_id, first.title, first.new) == (update.draft_id, "Newer", True)
    assert IncidentDraft.objects.count() == 1


def test_a_cancellation_takes_it_off_the_lists_and_keeps_its_words(
    seats: Mapping[str, Cast],
) -> None:
    first = take()
    bare = cap(
        "<info/>", kind="Cancel", identifier="c", sent=LATER, references=[name_of()]
    ).replace(b"<info/>", b"")
    gone = take_in(bare, way_in="key", stamp=HOUSE)
    assert (gone.draft_id, gone.state) == (first.draft_id, "withdrawn")
    assert gone.title == "Flash flood until 9 p.m."
    assert waits_of(first.draft_id) == set()
    assert alert_file(first.draft_id, seats["5"].actor).codes("ward") == ("5",)


def test_one_update_of_two_alerts_goes_on_from_the_older(seats: Mapping[str, Cast]) -> None:
    one, two = take(), take(identifier="two")
    take(kind="Update", identifier="u", sent=LATER, references=[name_of(), name_of("two")])
    assert draft_of(one).state == "waiting"
    assert draft_of(two).state == "withdrawn"
    assert waits_of(two.draft_id) == set()


def test_an_incident_has_an_owner_and_a_next_date(
    seats: Mapping[str, Cast], ground: Ground
) -> None:
    taken = take()
    matter = opened(taken, seats["5"], ground)
    assert (matter.kind, matter.ward_code, matter.next_on) == ("incident", "5", NEXT)
    assert waits_of(taken.draft_id) == set()
    assert [row.id for row in incident_page(seats["5"].actor).rows] == [matter.pk]
    file = incident_file(matter.pk, seats["5"].actor, at=NOON)
    assert file.alert is not None
    assert file.allowed == {
        *("set_next_step", "hand_over_matter", "end_incident"),
        *("set_severity", "set_way_of_work", "note_arrival", "write_situation"),
        *("note_incident_call", "add_call_line", "leave_line_out", "tick_checklist"),
        *("give_incident_role", "stand_down", "set_incident_place"),
        *("put_line_back", "give_incident_back"),
    }
    with pytest.raises(Refused, match="Opened as an incident"):
        opened(taken, seats["5"], ground)


def test_other_ward_neither_decides_nor_sees_the_incident(
    seats: Mapping[str, Cast], ground: Ground
) -> None:
    taken = take()
    assert alert_file(taken.draft_id, seats["7"].actor).allowed == frozenset()
    with pytest.raises(NotAllowed):
        set_alert_aside(draft_of(taken), reason="Not mine", stamp=seats["7"].stamp)
    matter = opened(taken, seats["5"], ground)
    assert not alert_file(taken.draft_id, seats["7"].actor).matter_seen
    assert incident_page(seats["7"].actor).total == 0
    with pytest.raises(NotFound):
        incident_file(matter.pk, seats["7"].actor, at=NOON)


def test_a_ward_that_it_does_not_touch_is_refused(
    seats: Mapping[str, Cast], ground: Ground
) -> None:
    taken = take()
    with pytest.raises(Refused) as no:
        opened(taken, seats["director"], ground, ward="7")
    assert (no.value.code, no.value.field) == ("ward_not_touched", "ward_code")


def test_what_is_new_waits_for_the_owner_until_it_was_read(
    seats: Mapping[str, Cast], ground: Ground
) -> None:
    taken = take()
    matter = opened(taken, seats["5"], ground)
    take(kind="Update", identifier="u", sent=LATER, references=[name_of()])
    row = Waiting.objects.get(noun="alert_change")
    assert (row.party, row.matter) == (seats["5"].party, matter)
    file = incident_file(matter.pk, seats["5"].actor, at=NOON)
    assert file.changed
    assert "read_alert_change" in file.allowed
    read_alert_change(draft_of(taken), stamp=seats["5"].stamp)
    assert not Waiting.objects.filter(noun="alert_change").exists()
    with pytest.raises(Refused, match="nothing new"):
        read_alert_change(draft_of(taken), stamp=seats["5"].stamp)
    take(kind="Cancel", identifier="c", sent=LATEST, references=[name_of()])
    end_incident(matter, outcome="over", text="The creek fell", stamp=seats["5"].stamp)
    assert not Waiting.objects.filter(matter=matter).exists()
    assert draft_of(taken).state == "opened"


def test_what_was_set_aside_comes_back_only_where_it_has_grown(
    seats: Mapping[str, Cast],
) -> None:
    taken = take()
    with pytest.raises(Refused) as no:
        set_alert_aside(draft_of(taken), reason=" ", stamp=seats["5"].stamp)
    assert no.value.field == "reason"
    set_alert_aside(draft_of(taken), reason="Drizzle", stamp=seats["5"].stamp)
    assert waits_of(taken.draft_id) == set()
    take(kind="Update", identifier="same", sent=LATER, references=[name_of()])
    assert draft_of(taken).state == "set_aside"
    take(
        info(area(polygon=IN_BOTH)),
        kind="Update",
        identifier="wider",
        sent=LATEST,
        references=[name_of()],
    )
    assert draft_of(taken).state == "waiting"
    assert {ward for _, ward in waits_of(taken.draft_id)} == {"", "5", "7"}


def test_an_alert_whose_time_ran_out_leaves_the_lists(seats: Mapping[str, Cast]) -> None:
    taken = take()
    draft = draft_of(taken)
    with pytest.raises(Refused, match="still runs"):
        end_alert(draft, stamp=HOUSE)
    with pytest.raises(NotAllowed):
        end_alert(draft, stamp=seats["director"].stamp)
    late = NOON + timedelta(hours=20)
    assert get_alerts_to_end(at=NOON) == ()
    [over] = get_alerts_to_end(at=late)
    end_alert(over, stamp=replace(HOUSE, at=late))
    assert draft_of(taken).state == "over"
    assert waits_of(taken.draft_id) == set()


def test_the_list_is_for_the_office_and_narrows(
    seats: Mapping[str, Cast], partner_dpw: Cast, nobody: Actor
) -> None:
    first = take()
    take(info(area(polygon=IN_BOTH), severity="Minor"), identifier="two", sent=LATER)
    actor = seats["5"].actor
    assert alert_page(actor).total == 2
    assert alert_page(actor, ward="7").total == 1
    assert alert_page(actor, severity="Minor").total == 1
    assert alert_page(actor, state="opened").total == 0
    assert [r.severity for r in alert_page(actor, sort="-severity").rows] == ["Severe", "Minor"]
    for outsider in (partner_dpw.actor, nobody):
        with pytest.raises(NotAllowed):
            alert_page(outsider)
        with pytest.raises(NotFound):
            get_alert(first.draft_id, outsider)
    with pytest.raises(NotAllowed):
        take(identifier="three", stamp=replace(HOUSE, actor=partner_dpw.actor))


def test_an_alert_opens_and_calls_in_two_taps(seats: Mapping[str, Cast], ground: Ground) -> None:
    taken = take()
    client = Client()
    client.post("/account/login/", {"login": seats["director"].email, "password": PASSWORD})
    page = client.get(f"/alerts/{taken.draft_id}/").content.decode()
    assert "Open and call" in page
    started = {"kind_code": "weather", "severity": "2", "ward_code": "5"}
    for name, value in started.items():
        field = page.split(f'name="{name}"', 1)[1].split("</select>", 1)[0]
        assert re.search(rf'value="{value}" selected', field), name
    assert client.post(f"/alerts/{taken.draft_id}/call/", started).status_code == 302
    call = CallOut.objects.get()
    assert (call.party, call.incident.severity) == (seats["5"].party, 2)
    assert call.incident.matter.owner == seats["5"].party
    assert call.incident.words == "Flash flood until 9 p.m."
    assert Message.objects.get(quick=True).to_address == seats["5"].email
    assert client.post(f"/alerts/{taken.draft_id}/call/", started).status_code == 409
    assert CallOut.objects.count() == 1


def test_whoever_looks_after_it_has_it_or_is_called_as_the_opener_says(
    seats: Mapping[str, Cast], ground: Ground
) -> None:
    client = Client()
    client.post("/account/login/", {"login": seats["director"].email, "password": PASSWORD})
    draft = take().draft_id
    given = {
        "title": "The creek rises",
        "ward_code": "5",
        "owner": seats["5"].party.pk,
        "next_on": f"{localdate() + timedelta(5)}",
        "kind_code": "other",
        "severity": "1",
        "call_out": "on",
    }
    assert client.post(f"/alerts/{draft}/open/", {**given, "severity": "4"}).status_code == 422
    assert client.post(f"/alerts/{draft}/open/", given).status_code == 302
    incident = CallOut.objects.get().incident
    assert (incident.kind_code, incident.severity, incident.taken_at) == ("other", 1, None)
