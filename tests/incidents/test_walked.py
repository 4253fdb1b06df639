"""What a new user stumbled over when walking an incident: each once, so that it stays mended."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast, on_day
from tests.conftest import NOON
from tests.ground import Ground
from tests.incidents.calling import MINUTE, NIGHT, by, fire, on_call, seated
from tests.incidents.test_working import council, situation
from wardroom.incidents.actions import (
    give_incident_role,
    note_household,
    release_situation,
    rename_household,
    set_incident_place,
    stand_down,
    take_household_out,
    take_incident,
)
from wardroom.incidents.models import Incident
from wardroom.incidents.queries import incident_file
from wardroom.incidents.queries.call_list import to_be_told
from wardroom.incidents.rules.naming import is_name, names_in
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def signed_in(who: Cast) -> Client:
    client = Client()
    client.post("/account/login/", {"login": who.email, "password": PASSWORD})
    return client


@pytest.fixture(autouse=True)
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 50 * MINUTE)


@pytest.fixture
def taken(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast, agencies: Any
) -> Incident:
    """A fire in Ward 5 that the liaison of Ward 7 has, who was on call."""
    seated(liaison5, "5")
    on_call(director, on_call=liaison7)
    incident = fire(staff, ground.wards["5"])
    return take_incident(incident, stamp=by(liaison7, NIGHT + MINUTE))


def test_enter_in_a_field_opens_nothing_and_keeps_what_was_typed(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    client = signed_in(liaison5)
    page = client.get("/incidents/new/").content.decode()
    form = page[page.index('action="/incidents/new/"') :]
    first = re.findall(r"<button[^>]*>", form)[0]
    assert "kind_code" not in first
    assert form.index('name="where_text"') < form.index('value="fire"')
    answer = client.post("/incidents/new/", {"where_text": "1740 W Street NE", "ward_code": "5"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Tap what happened" in said
    assert 'value="1740 W Street NE"' in said
    assert not Incident.objects.exists()


def test_the_page_says_who_does_what_where_another_has_it(
    taken: Incident, liaison5: Cast, liaison7: Cast
) -> None:
    page = signed_in(liaison5).get(f"/incidents/{taken.matter_id}/").content.decode()
    assert "Liaison of Ward 7 makes the calls and writes the reports" in page
    assert "Liaison of Ward 5 looks after Ward 5, and does what follows." in page
    taken.matter.refresh_from_db()
    assert taken.matter.next_step == "Hear how it stands from Liaison of Ward 7"
    note = "All is said"
    give_incident_role(
        taken, role="lead", party=liaison5.party, note=note, stamp=by(liaison7, NIGHT + 2 * MINUTE)
    )
    taken.matter.refresh_from_db()
    assert taken.matter.next_step == "Call who leads there, and say what people need"
    page = signed_in(liaison5).get(f"/incidents/{taken.matter_id}/").content.decode()
    assert "Liaison of Ward 5 looks after it." in page


def test_who_opened_it_and_has_it_reads_as_a_sentence(
    ground: Ground, director: Cast, liaison5: Cast
) -> None:
    fire(liaison5, ground.wards["5"], mine=True)
    [line] = Entry.objects.filter(kind="IncidentTaken")
    assert line.sentence == "Liaison of Ward 5, who opened it, has it at once"


def test_a_report_that_waits_leads_to_the_report(
    taken: Incident, director: Cast, liaison7: Cast
) -> None:
    situation(liaison7, taken)
    client = signed_in(director)
    assert f'href="/incidents/{taken.matter_id}/reports/1/"' in client.get("/day/").content.decode()
    page = client.get(f"/incidents/{taken.matter_id}/").content.decode()
    assert "Read it and release it" in page
    assert "homes 3, children 2" in page


def test_what_keeps_an_incident_open_is_listed_and_ended_there(
    taken: Incident, liaison5: Cast, liaison7: Cast
) -> None:
    situation(liaison7, taken)
    stand_down(taken, text="All are in hotels", stamp=by(liaison7, NIGHT + 45 * MINUTE))
    taken.matter.refresh_from_db()
    assert taken.matter.next_step == "Ask each agency what the homes still need"
    client, start = signed_in(liaison5), f"/incidents/{taken.matter_id}/"
    page = client.get(start).content.decode()
    task = Ask.objects.filter(matter=taken.matter_id).order_by("due_on").first()
    assert task is not None
    assert "What keeps it open" in page
    assert page.count("after: does each household") >= 2
    done = client.post(f"/day/{task.pk}/finish_task/", {"back": f"{start}#open"})
    assert (done.status_code, done.headers["Location"]) == (302, f"{start}#open")
    dropped = {"back": f"{start}#open", "reason": "The agency told us"}
    for left in Ask.objects.filter(matter=taken.matter_id, state="requested"):
        assert client.post(f"/day/{left.pk}/drop_task/", dropped).status_code == 302
    assert incident_file(taken.matter_id, liaison5.actor, at=NIGHT).still_open == ()
    assert "What keeps it open" not in client.get(start).content.decode()


def test_saying_where_it_is_brings_who_is_to_be_called_there(
    taken: Incident, ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    client, start = signed_in(liaison7), f"/incidents/{taken.matter_id}/"
    council("5", agrees=True)
    liaison7 = on_day(liaison7, NOON.date())
    before = incident_file(taken.matter_id, liaison7.actor, at=NIGHT).work.calls
    assert all("Councilmember" not in call.role_label for call in before)
    page = client.get(start).content.decode()
    assert "Say where it is" in page
    assert f'href="/people/{before[0].party_id}/">no number that may be used: add one' in page
    given = {"where_text": ground.places["5"].label}
    assert client.post(f"{start}place/", {"where_text": " "}).status_code == 422
    assert client.post(f"{start}place/", given).status_code == 302
    taken.matter.refresh_from_db()
    assert taken.matter.place == ground.places["5"]
    assert taken.matter.title == f"Fire, {ground.places['5'].label}"
    calls = incident_file(taken.matter_id, liaison7.actor, at=NIGHT).work.calls
    assert ("Councilmember of Ward 5", "+12025550147") in [(c.name, c.dial) for c in calls]
    assert client.post(f"{start}place/", given).status_code == 302
    again = incident_file(taken.matter_id, liaison7.actor, at=NIGHT).work.calls
    assert len(again) == len(calls)
    said = [e.sentence for e in Entry.objects.filter(kind="IncidentPlaced").order_by("pk")]
    assert said[0] == f"Where it is: {ground.places['5'].label}, and 1 more to call"


def test_a_place_corrected_to_words_that_nobody_knows_is_no_place(
    taken: Incident, ground: Ground, director: Cast, liaison7: Cast
) -> None:
    council("7", agrees=True)
    own = council("5", agrees=True)
    client, start = signed_in(liaison7), f"/incidents/{taken.matter_id}/"
    wrong = ground.places["7"].label
    assert client.post(f"{start}place/", {"where_text": wrong}).status_code == 302
    situation(liaison7, taken)
    page = signed_in(director).get(f"{start}reports/1/").content.decode()
    assert f"follows from the place of the incident: {wrong}." in page
    assert "Councilmember of Ward 7" in page
    right = {"where_text": "Behind 200 Oak"}
    for sent in (right, right):
        assert client.post(f"{start}place/", sent).status_code == 302
        taken.matter.refresh_from_db()
        assert taken.matter.place is None
        assert taken.matter.title == "Fire, Behind 200 Oak"
    page = signed_in(director).get(f"{start}reports/1/").content.decode()
    assert "Ward 5, for no exact place is known." in page
    assert "Councilmember of Ward 7" not in page
    report = taken.reports.get()
    release_situation(report, stamp=by(director, NIGHT + 45 * MINUTE))
    assert to_be_told(report.incident, on=NOON.date()) == (own.pk,)
    assert f'"party_ids": [{own.pk}]' in json.dumps(
        Entry.objects.get(kind="SituationReleased").body
    )


def test_the_same_words_again_keep_the_place(
    taken: Incident, ground: Ground, liaison7: Cast
) -> None:
    place = ground.places["5"]
    for known, said in ((place, place.label), (None, place.label.upper())):
        set_incident_place(taken, place=known, where_text=said, stamp=by(liaison7))
        taken.matter.refresh_from_db()
        assert taken.matter.place == place


def test_a_report_that_may_name_somebody_is_asked_about_once(
    taken: Incident, liaison7: Cast
) -> None:
    what = "Mr. John Smith of Unit 4 was taken to hospital"
    with pytest.raises(Refused, match=r"may name somebody: Mr\. John Smith") as no:
        situation(liaison7, taken, what=what)
    assert no.value.field == "nobody_named"
    for field in ("where_text", "lead_text"):
        with pytest.raises(Refused, match="may name somebody: Maria Lopez"):
            situation(liaison7, taken, **{field: "With Maria Lopez"})
    client, start = signed_in(liaison7), f"/incidents/{taken.matter_id}/"
    answer = client.post(f"{start}situation/", {"what": what, "homes": "3"})
    assert answer.status_code == 422
    assert what in answer.content.decode()
    sure = {"what": what, "nobody_named": "on"}
    assert client.post(f"{start}situation/", sure).status_code == 302


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ms. Ana Lopez has a broken arm", ("Ms. Ana Lopez",)),
        ("Ana Lopez was taken to hospital", ("Ana Lopez",)),
        ("Call 202-555-0147", ("202-555-0147",)),
        ("José García was hurt", ("José García",)),
        ("MARIA LOPEZ died", ("MARIA LOPEZ",)),
        ("Maria Lopez (82) died", ("Maria Lopez",)),
        ("Tenant Maria Lopez", ("Maria Lopez",)),
        ("It began with Maria Lopez. All are out", ("Maria Lopez",)),
        ("1300 block of Maple Street NE", ()),
        ("Maple Dr was closed", ()),
        ("Maple Street was closed, the Red Cross is there", ()),
        ("Battalion Chief has two engines. Three homes burned", ()),
    ],
)
def test_names_are_noticed_and_streets_are_not(text: str, named: tuple[str, ...]) -> None:
    assert names_in(text) == named


@pytest.mark.parametrize(
    "label", ["John Smith's family", "Mr. Smith", "Unit 4 John Smith", "Ana", "Unit 4 Lopez"]
)
def test_the_label_of_a_home_names_nobody(taken: Incident, liaison7: Cast, label: str) -> None:
    with pytest.raises(Refused, match="no name"):
        note_household(taken, label=label, stamp=by(liaison7))


def test_labels_of_homes_are_no_names() -> None:
    for label in (
        "Unit 4",
        "Apt 3B",
        "Front house",
        "Basement",
        "1342",
        "Floor 2 rear",
        "4B",
        "Annex",
        "Lobby",
        "1402 Oak Street",
    ):
        assert not is_name(label)


def test_a_home_gets_another_label_or_is_taken_out(
    taken: Incident, liaison7: Cast, liaison5: Cast
) -> None:
    home = note_household(taken, label="Unit 4", adults=2, stamp=by(liaison7))
    other = note_household(taken, label="Unit 5", adults=1, stamp=by(liaison7))
    with pytest.raises(Refused, match="is there already"):
        rename_household(taken, household_id=home.pk, label="Unit 5", stamp=by(liaison7))
    client, start = signed_in(liaison7), f"/incidents/{taken.matter_id}/households/"
    sent = {"household": str(home.pk), "label": "Unit 14"}
    assert client.post(f"{start}rename/", {**sent, "label": "Mr. Smith"}).status_code == 422
    assert client.post(f"{start}rename/", sent).status_code == 302
    assert client.post(f"{start}out/", {"household": str(other.pk)}).status_code == 302
    assert client.post(f"{start}out/", {"household": str(other.pk)}).status_code == 422
    assert list(taken.households.values_list("label", flat=True)) == ["Unit 14"]
    page = client.get(start).content.decode()
    assert "Note this home" in page
    with pytest.raises(Refused, match="household of this incident"):
        take_household_out(taken, household_id=other.pk, stamp=by(liaison7))
    assert Entry.objects.filter(kind="HouseholdTakenOut").count() == 1


def test_a_release_says_before_to_whom_it_goes(
    taken: Incident, director: Cast, liaison7: Cast
) -> None:
    situation(liaison7, taken)
    client, page = signed_in(director), f"/incidents/{taken.matter_id}/reports/1/"
    assert "Nobody would get it" in client.get(page).content.decode()
    council("5", agrees=True)
    council("", agrees=False, title="Councilmember at large")
    said = client.get(page).content.decode()
    assert "to 1 of 2" in said
    assert ": did not agree to be told" in said
    report = taken.reports.get()
    released = release_situation(report, stamp=by(director, NIGHT + 45 * MINUTE))
    assert released.sent_to == 1
    assert "it went to 1 who agreed" in client.get(page).content.decode()
    assert taken.checklist.get(code="report").state == "done"


def test_standing_down_asks_once_about_open_lines(taken: Incident, liaison7: Cast) -> None:
    situation(liaison7, taken)
    client, start = signed_in(liaison7), f"/incidents/{taken.matter_id}/"
    asked = client.post(f"{start}down/", {"text": "All are in hotels"})
    assert asked.status_code == 422
    assert "Ask who leads at the scene" in asked.content.decode()
    assert "All are in hotels" in asked.content.decode()
    sure = {"text": "All are in hotels", "sure": "on"}
    assert client.post(f"{start}down/", sure).status_code == 302
    line = Entry.objects.get(kind="IncidentStoodDown").sentence
    assert re.match(r"Stood down \(\d+ lines of the checklist left open\): All are", line)
