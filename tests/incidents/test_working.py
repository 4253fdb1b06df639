"""Working through an incident: checklist, whom to call, and reports that somebody else releases."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import HOUSE, PASSWORD, Cast
from tests.conftest import NOON
from tests.ground import Ground
from tests.incidents.calling import MINUTE, NIGHT, by, fire, seated
from wardroom.directory.actions import add_contact_point, add_party, hold_seat
from wardroom.directory.actions.consents import note_consent
from wardroom.directory.models import Party
from wardroom.incidents.actions import (
    add_call_line,
    end_incident,
    leave_line_out,
    note_incident_call,
    put_line_back,
    release_situation,
    return_situation,
    take_incident,
    tick_checklist,
    write_situation,
)
from wardroom.incidents.models import Incident, SituationReport
from wardroom.incidents.queries import incident_file
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.models import Waiting
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def council(ward: str, *, agrees: bool, title: str = "Councilmember") -> Party:
    """The councilmember of a ward, with a phone number and an address."""
    body = Party.objects.filter(name="The Council").first() or add_party(
        None, kind="organisation", name="The Council", stamp=HOUSE
    )
    name = f"Councilmember of Ward {ward}"
    party = add_party(None, kind="person", name=name, stamp=HOUSE)
    since = NOON.date() - timedelta(days=90)
    hold_seat(body, title=title, holder=party, since_on=since, ward_code=ward, stamp=HOUSE)
    add_contact_point(party, channel="phone", value="202-555-0147", consent=True, stamp=HOUSE)
    value = f"council{ward}@example.org"
    point = add_contact_point(party, channel="email", value=value, consent=True, stamp=HOUSE)
    if agrees:
        note_consent(
            party, point_id=point.pk, purpose="progress", given=True, how="by phone", stamp=HOUSE
        )
    return party


@pytest.fixture
def taken(
    ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast, agencies: Any
) -> Incident:
    """A fire in Ward 5 that its liaison has; the councilmember agreed to be told."""
    seated(liaison5, "5")
    council("5", agrees=True)
    council("7", agrees=True)
    incident = fire(staff, ground.wards["5"])
    return take_incident(incident, stamp=by(liaison5, NIGHT + MINUTE))


def situation(who: Cast, incident: Incident, **more: Any) -> SituationReport:
    given: dict[str, Any] = {
        "what": "Three homes burned",
        "where_text": "1300 block of Maple Street NE",
        "affected": {"homes": 3, "children": 2, "pets": None},
        "next_update_at": NIGHT + 120 * MINUTE,
    }
    at = more.pop("at", NIGHT + 40 * MINUTE)
    return write_situation(incident, **{**given, **more}, stamp=by(who, at))


def test_the_checklist_follows_from_the_kind_and_is_worked_through(
    taken: Incident, liaison5: Cast, liaison7: Cast
) -> None:
    lines = {line.code: line for line in taken.checklist.all()}
    assert {"lead", "red_cross", "report"} <= set(lines)
    ids = [lines["lead"].pk, lines["count"].pk]
    tick_checklist(taken, line_ids=ids, stamp=by(liaison5))
    leave_line_out(taken, line_id=lines["school"].pk, reason="No children", stamp=by(liaison5))
    work = incident_file(taken.matter_id, liaison5.actor, at=NIGHT).work
    assert work.done == 3
    for bad in ([], [999_999]):
        with pytest.raises(Refused, match="Choose the lines"):
            tick_checklist(taken, line_ids=bad, stamp=by(liaison5))
    with pytest.raises(Refused, match="done already"):
        tick_checklist(taken, line_ids=ids, stamp=by(liaison5))
    with pytest.raises(Refused, match="Say why"):
        leave_line_out(taken, line_id=lines["go"].pk, reason=" ", stamp=by(liaison5))
    with pytest.raises(NotAllowed):
        tick_checklist(taken, line_ids=[lines["go"].pk], stamp=by(liaison7))


def test_a_line_that_was_seen_to_by_mistake_is_put_back(
    taken: Incident, director: Cast, liaison5: Cast, liaison7: Cast, staff: Cast, ground: Ground
) -> None:
    lines = {line.code: line for line in taken.checklist.all()}
    tick_checklist(taken, line_ids=[lines["lead"].pk], stamp=by(liaison5))
    leave_line_out(taken, line_id=lines["school"].pk, reason="No children", stamp=by(liaison5))
    work = incident_file(taken.matter_id, liaison5.actor, at=NIGHT).work
    assert {line.text for line in work.last_done} <= {lines["lead"].text, lines["school"].text}
    with pytest.raises(NotAllowed):
        put_line_back(taken, line_id=lines["lead"].pk, stamp=by(liaison7))
    for code in ("lead", "school"):
        put_line_back(taken, line_id=lines[code].pk, stamp=by(liaison5))
        row = taken.checklist.get(code=code)
        assert (row.state, row.note, row.done_at, row.done_by) == ("open", "", None, "")
    said = Entry.objects.filter(kind="ChecklistLinePutBack").values_list("sentence", flat=True)
    assert f"Open again: {lines['school'].text}" in said
    assert Entry.objects.filter(kind="ChecklistLineLeftOut").count() == 1
    other = fire(staff, ground.wards["5"]).checklist.get(code="lead")
    for bad in (lines["lead"].pk, other.pk, 999_999):
        with pytest.raises(Refused, match="Choose a line that was seen to"):
            put_line_back(taken, line_id=bad, stamp=by(liaison5))
    tick_checklist(taken, line_ids=[lines["lead"].pk], stamp=by(liaison5))
    end_incident(
        taken.matter, outcome="over", text="Let go", stamp=by(director, NIGHT + 90 * MINUTE)
    )
    taken.refresh_from_db()
    with pytest.raises(Refused, match="is over"):
        put_line_back(taken, line_id=lines["lead"].pk, stamp=by(liaison5))


def test_nothing_is_chosen_before_somebody_chooses(
    taken: Incident, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 10 * MINUTE)
    client = Client()
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    start = f"/incidents/{taken.matter_id}/"
    assert client.post(f"{start}leave/", {"reason": "No children"}).status_code == 422
    assert client.post(f"{start}called/", {"outcome": "reached"}).status_code == 422
    line = taken.checklist.get(code="lead")
    answer = client.post(f"{start}tick/", {"lines": [line.pk]})
    assert answer["Location"] == f"{start}#list-title"
    page = client.get(start).content.decode()
    done = re.search(r"Done last, .+ by Liaison of Ward 5: (.+?)</p>", page)
    assert done is not None
    assert done[1] == line.text
    assert client.post(f"{start}back/", {"line": line.pk})["Location"] == f"{start}#list-title"
    assert "Done last" not in client.get(start).content.decode()
    assert client.post(f"{start}back/", {"line": line.pk}).status_code == 422


def test_whom_to_call_follows_from_seats_and_kind(taken: Incident, liaison5: Cast) -> None:
    calls = incident_file(taken.matter_id, liaison5.actor, at=NIGHT).work.calls
    assert [(c.name, c.dial) for c in calls] == [
        ("Councilmember of Ward 5", "+12025550147"),
        ("Department of Buildings", ""),
    ]
    note_incident_call(taken, line_id=calls[0].id, outcome="reached", stamp=by(liaison5))
    with pytest.raises(Refused, match="reached"):
        note_incident_call(taken, line_id=calls[0].id, outcome="maybe", stamp=by(liaison5))
    add_call_line(
        taken, called="The pastor", role_label="", phone="202 555 0148", stamp=by(liaison5)
    )
    with pytest.raises(Refused, match="not a phone number"):
        add_call_line(taken, called="Another", role_label="", phone="12", stamp=by(liaison5))
    calls = incident_file(taken.matter_id, liaison5.actor, at=NIGHT).work.calls
    assert calls[0].outcome_label == "Reached"
    assert (calls[-1].name, calls[-1].dial) == ("The pastor", "+12025550148")


def test_the_first_report_is_due_an_hour_after_opening(taken: Incident, liaison5: Cast) -> None:
    assert taken.next_update_at == NIGHT + 60 * MINUTE
    row = Waiting.objects.get(noun="situation_due")
    assert row.party == liaison5.party
    on_time = incident_file(taken.matter_id, liaison5.actor, at=NIGHT + 59 * MINUTE)
    late = incident_file(taken.matter_id, liaison5.actor, at=NIGHT + 61 * MINUTE)
    assert (on_time.report_is_late, late.report_is_late) == (False, True)
    situation(liaison5, taken)
    taken.refresh_from_db()
    assert taken.first_report_at == NIGHT + 40 * MINUTE
    assert taken.next_update_at == NIGHT + 120 * MINUTE
    situation(liaison5, taken, next_update_at=None, at=NIGHT + 130 * MINUTE)
    assert not Waiting.objects.filter(noun="situation_due").exists()


def test_whoever_wrote_a_report_does_not_release_it(
    taken: Incident, liaison5: Cast, liaison7: Cast, director: Cast, staff: Cast
) -> None:
    report = situation(liaison5, taken)
    assert Waiting.objects.get(noun="situation_release").party == director.party
    for who in (liaison5, liaison7, staff):
        with pytest.raises(NotAllowed):
            release_situation(report, stamp=by(who))
    release_situation(report, stamp=by(director, NIGHT + 45 * MINUTE))
    assert not Waiting.objects.filter(noun="situation_release").exists()
    with pytest.raises(Refused, match="released already"):
        release_situation(report, stamp=by(director))


def test_a_report_is_sent_back_with_words_and_a_later_one_goes_out(
    taken: Incident, liaison5: Cast, liaison7: Cast, director: Cast, staff: Cast
) -> None:
    report = situation(liaison5, taken)
    for who in (liaison5, liaison7, staff):
        with pytest.raises(NotAllowed):
            return_situation(report, words="Count the pets", stamp=by(who))
    with pytest.raises(Refused, match="what has to be different"):
        return_situation(report, words=" ", stamp=by(director))
    return_situation(report, words="Count the pets", stamp=by(director))
    assert not Waiting.objects.filter(noun="situation_release").exists()
    row = Waiting.objects.get(noun="situation_back")
    assert (row.party, row.title[:8]) == (liaison5.party, "Report 1")
    for again in (release_situation, return_situation):
        more = {"words": "Again"} if again is return_situation else {}
        with pytest.raises(Refused, match="was sent back"):
            again(report, **more, stamp=by(director))
    later = situation(liaison5, taken, affected={"pets": 1}, at=NIGHT + 60 * MINUTE)
    assert not Waiting.objects.filter(noun="situation_back").exists()
    release_situation(later, stamp=by(director, NIGHT + 65 * MINUTE))
    with pytest.raises(Refused, match="released already"):
        return_situation(later, words="Too late", stamp=by(director))
    last = situation(liaison5, taken, at=NIGHT + 70 * MINUTE)
    return_situation(last, words="No", stamp=by(director))
    end_incident(
        taken.matter, outcome="over", text="Let go", stamp=by(director, NIGHT + 90 * MINUTE)
    )
    assert not Waiting.objects.filter(noun="situation_back").exists()


def test_what_was_sent_back_is_where_the_next_report_begins(
    taken: Incident, liaison5: Cast, director: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 50 * MINUTE)
    situation(liaison5, taken, what="Three homes burned down")
    address = f"/incidents/{taken.matter_id}/reports/1/"
    boss, writer = Client(), Client()
    boss.post("/account/login/", {"login": director.email, "password": PASSWORD})
    writer.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    assert "It goes at once, by e-mail, to 1 of 1" in boss.get(address).content.decode()
    assert boss.post(f"{address}back/", {"words": " "}).status_code == 422
    assert writer.post(f"{address}back/", {"words": "Mine"}).status_code == 403
    assert boss.post(f"{address}back/", {"words": "Count the pets"}).status_code == 302
    said = writer.get(address).content.decode()
    assert "Count the pets" in said
    assert "Release it" not in boss.get(address).content.decode()
    assert address in writer.get("/day/").content.decode()
    form = writer.get(f"/incidents/{taken.matter_id}/").content.decode()
    assert "Three homes burned down</textarea>" in form
    assert 'value="3"' in form


def test_a_released_report_goes_to_who_agreed_and_counts_without_names(
    taken: Incident, director: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = council("", agrees=False, title="Councilmember at large")
    report = situation(liaison5, taken)
    release_situation(report, stamp=by(director, NIGHT + 45 * MINUTE))
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 46 * MINUTE)
    sweep()
    [letter] = Message.objects.filter(subject__startswith="Situation report 1")
    assert (letter.to_address, letter.urgent) == ("council5@example.org", True)
    assert "People: homes 3, children 2" in letter.text
    assert "Pets" not in letter.text
    told = Entry.objects.filter(kind="NobodyToTell").values_list("sentence", flat=True)
    assert any(silent.name in sentence for sentence in told)


def test_only_the_newest_report_is_released_and_an_exercise_goes_to_nobody(
    taken: Incident, ground: Ground, director: Cast, liaison5: Cast, staff: Cast
) -> None:
    old = situation(liaison5, taken)
    situation(liaison5, taken, what="All are out", at=NIGHT + 50 * MINUTE)
    with pytest.raises(Refused, match="A later report"):
        release_situation(old, stamp=by(director))
    drill = fire(staff, ground.wards["5"], exercise=True)
    report = situation(liaison5, drill)
    assert release_situation(report, stamp=by(director, NIGHT + 45 * MINUTE)).sent_to == 0


def test_a_report_says_something_and_its_numbers_hold(taken: Incident, liaison5: Cast) -> None:
    with pytest.raises(Refused, match="Say what happened"):
        situation(liaison5, taken, what=" ")
    with pytest.raises(Refused, match="from 0 to"):
        situation(liaison5, taken, affected={"homes": -1})
    with pytest.raises(Refused, match="a time to come"):
        situation(liaison5, taken, next_update_at=NIGHT)


def test_those_called_before_are_told_that_somebody_has_it(
    ground: Ground, director: Cast, liaison5: Cast, staff: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seated(liaison5, "5")
    incident = fire(staff, ground.wards["5"])
    take_incident(incident, stamp=by(director, NIGHT + 2 * MINUTE))
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 3 * MINUTE)
    sweep()
    letter = Message.objects.get(subject="Call-out: somebody has it")
    assert (letter.to_address, letter.quick) == (liaison5.email, True)
    assert letter.text.startswith("The Director has it since 2:12 a.m.")


def test_the_text_page_holds_all_in_five_kilobytes_without_script(
    taken: Incident, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NIGHT + 70 * MINUTE)
    client = Client()
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    start = f"/incidents/{taken.matter_id}/"
    page = client.get(f"{start}text/")
    said = page.content.decode()
    assert len(page.content) < 5_120
    assert "<script" not in said
    assert 'href="tel:+12025550147"' in said
    assert "late" in said
    lines = re.findall(r'name="lines" value="(\d+)"', said)
    assert client.post(f"{start}tick/", {"lines": lines[:2]}).status_code == 302
    assert client.post(f"{start}tick/", {}).status_code == 422
    assert f"Checklist, 2 of {len(lines)} done" in client.get(f"{start}text/").content.decode()
    given = {"what": "Three homes burned", "homes": "3", "next_update_at": "2026-11-19T05:00"}
    assert client.post(f"{start}situation/", given).status_code == 302
    report = client.get(f"{start}reports/1/")
    assert "Nobody outside has it yet." in report.content.decode()
    assert client.post(f"{start}reports/1/release/").status_code == 403
    assert "homes 3" in client.get(f"{start}reports/1/report.txt").content.decode()
    assert client.get(f"{start}reports/2/").status_code == 404
    assert "It is late." not in client.get(start).content.decode()


def test_a_report_waits_for_all_who_may_release_it(
    taken: Incident, director: Cast, liaison5: Cast
) -> None:
    report = situation(director, taken)
    waits = Waiting.objects.filter(noun="situation_release")
    assert [row.party for row in waits] == [liaison5.party]
    release_situation(report, stamp=by(liaison5))
    assert not waits.all().exists()
