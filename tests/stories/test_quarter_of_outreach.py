"""A quarter's outreach: planned, silence shown, a touch suggested and taken, the map changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shapely.geometry import mapping

from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office
from wardroom.demonstration.district import boundaries

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SMD, SILENT_ONE = "2A01", "2A02"
PLAN = {
    "title": "The winter quarter",
    "starts_on": "2026-11-20",
    "ends_on": "2027-02-20",
    "targets": "Each SMD: 1 in 30 days\nTenant association: 1 in 60 days",
    "next_on": "2026-12-18",
}
GROUP = {
    "called": "Tenants of the Corner House",
    "organisation_kind": "tenant",
    "area": f"SMD {SMD}",
}
TALK = {"channel": "in_person", "text": "They need the hallway lights; the owner is silent."}
WORKED = {
    "text": "Coffee beside the laundry on a Saturday",
    "result": "worked",
    "what": "Eleven tenants came in two hours",
    "group_kind": "tenant",
}


def test_a_quarter_of_outreach(office: Office) -> None:
    the_districts_and_a_group_are_known(office)
    without_a_plan_the_map_says_so(office)
    the_director_plans_the_quarter(office)
    a_suggested_touch_is_taken(office)
    the_map_has_changed(office)
    what_is_put_off_comes_back(office)
    after_a_month_it_is_silent_again(office)
    the_plan_changes_with_a_reason(office)
    what_worked_is_shared(office)


def the_districts_and_a_group_are_known(office: Office) -> None:
    office.clock.strikes("2026-11-20 09:00")
    for kind, number in (("anc", "ANC_ID"), ("smd", "SMD_ID")):
        path = file_of(office.folder, kind, number)
        office.shell("import", "boundaries", path, "--kind", kind, "--valid-from", "2023-01-02")
    director = office.at_desk(DIRECTOR)
    director.open("/people/")
    director.press("Make the ANCs and their seats")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/people/organizations/new/")
    liaison.press("Add it", GROUP)


def file_of(folder: Path, kind: str, number: str) -> Path:
    """The boundaries of a kind as a GeoJSON file."""
    features = [
        {
            "type": "Feature",
            "properties": {number: shape.code, "NAME": shape.name},
            "geometry": mapping(shape.geometry),
        }
        for shape in boundaries(kind)
    ]
    path = folder / f"{kind}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def without_a_plan_the_map_says_so(office: Office) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/people/")
    page = liaison.follow("Outreach")
    page.says("No plan holds here today.", f"SMD {SMD}", "Never reached", "In no plan")
    page.silent_about("SMD 7")


def the_director_plans_the_quarter(office: Office) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/outreach/plans/")
    director.follow("Adopt an outreach plan")
    wrong = {**PLAN, "targets": "Everybody: often"}
    director.press("Adopt it", wrong, status=422).says("Everybody: often", "is not clear.")
    director.press("Adopt it", PLAN).says("The plan is adopted.", "Each SMD: 1 in 30 days")
    page = office.at_desk(LIAISON2).open("/outreach/")
    page.says("Against The winter quarter", "0 of 1 in 30 days", "Never reached")


def a_suggested_touch_is_taken(office: Office) -> None:
    liaison = office.at_desk(LIAISON2)
    page = liaison.open("/outreach/touches/")
    page.says(
        GROUP["called"],
        f"SMD {SMD}: never reached; the plan wants 1 in 30 days",
        "Tenant association: never reached; the plan wants 1 in 60 days",
        "No contact with them is on record.",
    )
    liaison.open(f"/outreach/touches/?smd={SMD}")
    liaison.press("Log a contact", {**TALK, "text": ""}, status=422).says("Fill in “What was said”")
    liaison.open(f"/outreach/touches/?smd={SMD}")
    liaison.press("Log a contact", TALK).says("The contact was logged.")
    liaison.open("/outreach/touches/").silent_about(GROUP["called"])


def the_map_has_changed(office: Office) -> None:
    page = office.at_desk(LIAISON2).open("/outreach/?state=met")
    page.says(f"SMD {SMD}", "As planned", "1 of 1 in 30 days")
    page = office.at_desk(DIRECTOR).open("/outreach/?by=kind&state=met")
    assert len(page.rows()) == 1
    page.says("Tenant association", "Today")


def what_is_put_off_comes_back(office: Office) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open(f"/outreach/touches/?smd={SILENT_ONE}").says("Nobody sits for it")
    liaison.press("Not now", {"reason": "The election is next week", "until_on": "2026-12-04"})
    page = liaison.open(f"/outreach/touches/?smd={SILENT_ONE}")
    page.says("Nobody waits to be reached here.", "until Dec 4, 2026: The election is next week")
    office.clock.strikes("2026-12-04 09:00")
    page = office.at_desk(LIAISON2).open(f"/outreach/touches/?smd={SILENT_ONE}")
    page.says(f"SMD {SILENT_ONE}", "Never reached").silent_about("The election is next week")


def after_a_month_it_is_silent_again(office: Office) -> None:
    office.clock.strikes("2026-12-22 09:00")
    liaison = office.at_desk(LIAISON2)
    page = liaison.open("/outreach/?state=silent")
    page.says(f"SMD {SMD}", "32 days", "Last on Nov 20, 2026", "Silent longer than the plan allows")
    liaison.follow(f"SMD {SMD}").says(f"SMD {SMD}: 32 days without contact; the plan wants 1")


def the_plan_changes_with_a_reason(office: Office) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/outreach/plans/")
    director.follow(PLAN["title"])
    other = {"targets": "Each SMD: 1 in 2 months"}
    director.press("Change the plan", other, status=422).says("Fill in “Why it changes”.")
    page = director.press("Change the plan", {**other, "reason": "The holidays"})
    page.says("Each SMD: 1 in 60 days", "Version 1", "Each SMD: 1 in 30 days; Tenant association")
    office.at_desk(LIAISON2).open("/outreach/?state=met").says(f"SMD {SMD}", "1 of 1 in 60 days")


def what_worked_is_shared(office: Office) -> None:
    liaison = office.at_desk(LIAISON2)
    liaison.open("/outreach/strategies/")
    liaison.press("Share it", {**WORKED, "ward_code": "2"}).says("Shared.", WORKED["text"])
    other = office.at_desk(LIAISON7)
    other.open("/outreach/strategies/?group=tenant").says("It worked, Ward 2, tenant association")
    use = {"result": "did_not", "what": "The laundry was closed", "ward_code": "7"}
    other.press("Say how it went", use).says("It did not work, Ward 7", "Eleven tenants came")
    office.at_desk("dpw@city.example").open("/outreach/strategies/", status=403)
