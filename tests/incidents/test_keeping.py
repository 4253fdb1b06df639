"""What households needed is kept its days, held where it must be, and removed without reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.cast import HOUSE, PASSWORD, Cast
from tests.ground import Ground
from tests.incidents.calling import MINUTE, NIGHT, by, fire, seated
from tests.incidents.test_working import situation
from wardroom.access.actor import Stamp
from wardroom.incidents.actions import (
    dispose_households,
    end_incident,
    follow_household_up,
    hold_households,
    lift_households_hold,
    note_household,
    remind_of_households,
    rename_household,
    stand_down,
    take_household_out,
    take_incident,
)
from wardroom.incidents.models import HouseholdNeed, Incident
from wardroom.incidents.queries import keeping
from wardroom.incidents.queries.care import households
from wardroom.incidents.queries.keeping import homes_due_on, homes_to_dispose
from wardroom.jobs import routines
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import drop_task, reopen_matter
from wardroom.matters.models import Ask, Matter, Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = timedelta(days=1)
OVER = NIGHT + 300 * MINUTE
RIPE = OVER + 90 * DAY


@pytest.fixture
def kept(ground: Ground, director: Cast, liaison5: Cast, staff: Cast, agencies: Any) -> Incident:
    """A fire with two homes, which the office stood down from."""
    seated(liaison5, "5")
    incident = take_incident(fire(staff, ground.wards["5"]), stamp=by(liaison5, NIGHT + MINUTE))
    for label in ("Unit 4", "Unit 5"):
        note_household(
            incident, label=label, adults=2, children=1, languages="Amharic", access=True,
            needs=["shelter"], owner=agencies["DOB"], stamp=by(liaison5, NIGHT + 20 * MINUTE),
        )  # fmt: skip
    situation(liaison5, incident)
    incident = stand_down(incident, text="All are in hotels", stamp=by(liaison5, OVER - MINUTE))
    assert homes_due_on(incident) is None
    return closed(incident, liaison5)


def closed(incident: Incident, who: Cast) -> Incident:
    """Its to-dos are dropped, and it ends a minute after the office stood down."""
    for task in Ask.objects.filter(matter=incident.matter_id, state="requested"):
        drop_task(task, reason="The agencies said so", stamp=by(who, OVER))
    matter = Matter.objects.get(pk=incident.matter_id)
    end_incident(matter, outcome="over", text="The city reviews it", stamp=by(who, OVER))
    return Incident.objects.select_related("matter").get(pk=incident.pk)


def test_homes_are_kept_for_the_days_of_the_rule_that_held_when_it_was_over(
    kept: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert homes_due_on(kept) == localdate(RIPE)
    shorter_from = {"day": localdate(OVER)}

    def rule(code: str, on: date) -> dict[str, int]:
        assert code == "own-households-kept"
        return {"": 30 if on >= shorter_from["day"] else 90}

    monkeypatch.setattr(keeping, "days_in_force", rule)
    assert homes_due_on(kept) == localdate(OVER + 30 * DAY)
    shorter_from["day"] += DAY
    assert homes_due_on(kept) == localdate(RIPE)
    kept.matter.closed_at = None
    assert homes_due_on(kept) is None


def test_records_officer_is_told_once_and_removes_without_reading(
    kept: Incident, records_officer: Cast, director: Cast, liaison5: Cast
) -> None:
    for who, at, sentence in (
        (records_officer, RIPE - DAY, "not over yet"),
        (records_officer, OVER + DAY, "not over yet"),
    ):
        with pytest.raises(Refused, match=sentence):
            dispose_households(kept, stamp=by(who, at))
    for who in (director, liaison5):
        with pytest.raises(NotAllowed):
            dispose_households(kept, stamp=by(who, RIPE))
    assert homes_to_dispose(today=localdate(RIPE - DAY)) == ()
    assert homes_to_dispose(today=localdate(RIPE)) == (kept,)
    shown = households(kept.matter_id, records_officer.actor, at=RIPE)
    assert not shown.rows
    assert shown.allowed == {"dispose_households", "hold_households"}
    dispose_households(kept, stamp=by(records_officer, RIPE))
    rows = HouseholdNeed.objects.filter(incident=kept).order_by("pk")
    assert [
        (r.label, r.adults + r.children + r.older + r.pets, r.languages, r.access, r.needs, r.owner)
        for r in rows
    ] == [(f"(removed {n})", 0, "", False, [], None) for n in (1, 2)]
    assert Entry.objects.get(kind="HouseholdsDisposed").sentence == (
        "What 2 homes needed was removed. The count stays"
    )
    told = str(list(Entry.objects.values_list("sentence", "body")))
    assert "Amharic" not in told
    assert "Unit 4" not in told
    left = households(kept.matter_id, liaison5.actor, at=RIPE)
    assert (list(left.rows), left.runs, list(left.allowed)) == ([], False, [])
    assert left.sums == (("Homes", "2"),)
    with pytest.raises(Refused, match="Nothing is kept"):
        dispose_households(kept, stamp=by(records_officer, RIPE))
    with pytest.raises(Refused, match="was removed"):
        note_household(kept, label="Unit 6", adults=1, stamp=by(liaison5, RIPE))
    with pytest.raises(Refused, match="was removed"):
        follow_household_up(kept, household_id=rows[0].pk, hours=24, stamp=by(liaison5, RIPE))
    with pytest.raises(Refused, match="nothing of it is left"):
        hold_households(kept, reason="A court", stamp=by(records_officer, RIPE))
    assert homes_to_dispose(today=localdate(RIPE)) == ()


def test_what_is_held_is_kept_until_the_hold_is_lifted(
    kept: Incident, records_officer: Cast, liaison5: Cast, staff: Cast
) -> None:
    for who in (liaison5, staff):
        with pytest.raises(NotAllowed):
            hold_households(kept, reason="A court", stamp=by(who, OVER))
    with pytest.raises(Refused, match="Say why"):
        hold_households(kept, reason=" ", stamp=by(records_officer, OVER))
    with pytest.raises(Refused, match="not held"):
        lift_households_hold(kept, reason="Over", stamp=by(records_officer, OVER))
    hold_households(kept, reason="A court asks for it", stamp=by(records_officer, OVER))
    with pytest.raises(Refused, match="must be kept"):
        dispose_households(kept, stamp=by(records_officer, RIPE))
    assert homes_to_dispose(today=localdate(RIPE)) == ()
    assert households(kept.matter_id, records_officer.actor, at=RIPE).allowed == {
        "lift_households_hold"
    }
    lift_households_hold(kept, reason="The court is done", stamp=by(records_officer, RIPE))
    dispose_households(kept, stamp=by(records_officer, RIPE))
    told = Entry.objects.filter(kind="HouseholdsHeld").order_by("pk")
    assert [line.sentence for line in told] == [
        "What households needed must be kept: A court asks for it",
        "What households needed may be removed again: The court is done",
    ]


def test_what_is_held_is_neither_taken_out_nor_renamed_nor_overwritten(
    kept: Incident, records_officer: Cast, liaison5: Cast
) -> None:
    hold_households(kept, reason="A court asks for it", stamp=by(records_officer, OVER))
    row, before = kept.households.order_by("pk")[0], list(kept.households.order_by("pk").values())
    later: dict[str, Any] = {"stamp": by(liaison5, OVER + DAY)}
    for change in (
        lambda: take_household_out(kept, household_id=row.pk, **later),
        lambda: rename_household(kept, household_id=row.pk, label="Unit 9", **later),
        lambda: note_household(kept, label="Unit 4", adults=7, **later),
    ):
        with pytest.raises(Refused, match="must be kept as it is"):
            change()
    assert list(kept.households.order_by("pk").values()) == before
    note_household(kept, label="Unit 6", adults=1, **later)
    follow_household_up(kept, household_id=row.pk, hours=24, **later)
    lift_households_hold(kept, reason="The court is done", stamp=by(records_officer, OVER + DAY))
    take_household_out(kept, household_id=row.pk, **later)
    assert kept.households.count() == 2


def test_a_hold_can_be_set_while_the_incident_runs(
    ground: Ground, director: Cast, liaison5: Cast, staff: Cast, agencies: Any, client: Client
) -> None:
    seated(liaison5, "5")
    running = take_incident(fire(staff, ground.wards["5"]), stamp=by(liaison5, NIGHT + MINUTE))
    address = f"/incidents/{running.matter_id}/households/"
    client.post("/account/login/", {"login": director.email, "password": PASSWORD})
    assert f"{address}hold/" in client.get(address).content.decode()
    assert client.post(f"{address}hold/", {"reason": "A court"}).status_code == 302
    client.post("/account/logout/")
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    home = {"label": "Unit 4", "adults": "2"}
    assert client.post(f"{address}note/", home).status_code == 302
    page = client.get(address).content.decode()
    assert "New homes can be added; what was noted stays as it is." in page
    assert "Take it out" not in page
    answer = client.post(f"{address}note/", {**home, "adults": "3"})
    assert answer.status_code == 422
    assert "must be kept as it is" in answer.content.decode()
    row = running.households.get()
    assert client.post(f"{address}out/", {"household": str(row.pk)}).status_code == 422
    assert (running.households.get().label, running.households.get().adults) == ("Unit 4", 2)


def test_the_clock_tells_the_records_officer_once(
    kept: Incident, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = by(records_officer, RIPE)
    with pytest.raises(NotAllowed):
        remind_of_households(kept, stamp=house)
    monkeypatch.setattr(routines, "worker_stamp", lambda: worker_at(RIPE - DAY))
    assert routines.keep_households() == 0
    monkeypatch.setattr(routines, "worker_stamp", lambda: worker_at(RIPE))
    assert routines.keep_households() == 1
    assert routines.keep_households() == 0
    row = Waiting.objects.get(noun="kept_homes")
    assert (row.party_id, row.title) == (
        records_officer.party.pk,
        f"Households of W-{kept.matter_id}",
    )
    dispose_households(kept, stamp=house)
    assert not Waiting.objects.filter(noun="kept_homes").exists()


def test_an_incident_that_is_open_again_keeps_what_its_homes_needed(
    kept: Incident, records_officer: Cast, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routines, "worker_stamp", lambda: worker_at(RIPE))
    monkeypatch.setattr("django.utils.timezone.now", lambda: RIPE)
    assert routines.keep_households() == 1
    matter = Matter.objects.get(pk=kept.matter_id)
    again: dict[str, Any] = {"reason": "It burns again", "next_on": localdate(RIPE) + DAY}
    reopen_matter(matter, **again, stamp=by(liaison5, RIPE))
    sweep()
    assert not Waiting.objects.filter(noun="kept_homes").exists()
    kept = Incident.objects.select_related("matter").get(pk=kept.pk)
    assert homes_due_on(kept) is None
    with pytest.raises(Refused, match="not over yet"):
        dispose_households(kept, stamp=by(records_officer, RIPE + 300 * DAY))
    assert routines.keep_households() == 0


def test_page_says_how_long_and_keeps_what_was_typed(
    kept: Incident, records_officer: Cast, liaison5: Cast, client: Client
) -> None:
    address = f"/incidents/{kept.matter_id}/households/"
    client.post("/account/login/", {"login": records_officer.email, "password": PASSWORD})
    page = client.get(address).content.decode()
    assert "The office keeps this until" in page
    assert "Unit 4" not in page
    assert client.post(f"{address}hold/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}hold/", {"reason": "A court"}).status_code == 302
    assert "It must be kept: A court" in client.get(address).content.decode()
    assert client.post(f"{address}gone/", {}).status_code == 404
    client.post("/account/logout/")
    client.post("/account/login/", {"login": liaison5.email, "password": PASSWORD})
    assert client.post(f"{address}lift/", {"reason": "No"}).status_code == 403


def worker_at(at: datetime) -> Stamp:
    return replace(HOUSE, at=at)
