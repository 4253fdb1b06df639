"""Services by hand: hours and places as people write them, changed line by line, and closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from wardroom.kernel.errors import NotAllowed, Refused, Stale
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.library.actions import close_service, list_service, load_needs, revise_service
from wardroom.library.models import ListedService, ServiceAtSite
from wardroom.library.queries import Wanted, find_services, service_file
from wardroom.library.queries.by_hand import service_draft
from wardroom.library.rules.by_hand import (
    Address,
    ServiceDraft,
    address_from,
    hours_from,
    shown_in_form,
)
from wardroom.library.rules.hours import in_words
from wardroom.library.rules.needs import need_id

FOOD = str(need_id("food-pantry"))
WHERE = "1200 First Street NE, Washington, DC, 20002"
DRAFT = ServiceDraft(
    name="Pantry of the avenue",
    organization="Friends of the avenue",
    needs=(FOOD,),
    places=("1200 First Street NE 20002",),
    hours=("Mon-Fri 9:00-17:00", "Sat 10 am to noon"),
    phones=("202-555-0100",),
    languages=("am", "en"),
    eligibility_description="Whoever lives in Ward 5",
    assured_date=NOON.date() - timedelta(days=3),
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mon-Fri 9:00-17:00", "Monday to Friday, 9 a.m. to 5 p.m."),
        ("Tues, Thurs 9am–12:30pm", "Tuesday and Thursday, 9 a.m. to 12:30 p.m."),
        ("Saturdays & Sundays noon to midnight", "Saturday and Sunday, noon to midnight"),
        ("every day, around the clock", "Every day, around the clock"),
        ("By appointment", "By appointment"),
        ("Afternoons by appointment", "Afternoons by appointment"),
    ],
)
def test_hours_are_read_as_they_are_written_and_said_back(written: str, said: str) -> None:
    hours = hours_from(written)
    assert in_words([hours]) == (said,)
    assert hours_from(said) == hours


@pytest.mark.parametrize("line", ["Mon 9-5", "25 hours", "Blursday 9 am to 5 pm", "Mon 13 pm-2 pm"])
def test_hours_that_could_mean_two_things_are_refused(line: str) -> None:
    with pytest.raises(Refused, match="Write it like"):
        hours_from(line)


def test_place_is_read_in_its_parts_and_needs_its_zip_code() -> None:
    assert address_from(WHERE) == Address("1200 First Street NE", "Washington", "DC", "20002")
    there = address_from("1 A Street, Suite 2, Silver Spring MD 20910")
    assert there == Address("1 A Street, Suite 2", "Silver Spring", "MD", "20910")
    with pytest.raises(Refused, match="ZIP code"):
        address_from("1200 First Street NE")


@pytest.mark.django_db
def test_service_is_written_down_found_changed_and_closed(liaison5: Cast, director: Cast) -> None:
    load_needs(None, stamp=HOUSE)
    row = list_service(None, draft=DRAFT, stamp=liaison5.stamp)
    wanted = Wanted(need=FOOD, language="am")
    assert find_services(liaison5.actor, wanted, at=NOON).total == 1
    file = service_file(row.pk, liaison5.actor, at=NOON)
    assert file.sites[0].address == WHERE
    assert file.hours == ("Monday to Friday, 9 a.m. to 5 p.m.", "Saturday, 10 a.m. to noon")
    assert (file.is_open, file.phones) == (True, ("202-555-0100",))
    said = service_draft(row.pk, liaison5.actor)
    kept = ServiceAtSite.objects.get(service=row).pk
    turned = replace(said, languages=said.languages[::-1], phones=said.phones[::-1])
    for same in (said, turned):
        with pytest.raises(Refused, match="Nothing was changed"):
            revise_service(row, draft=same, stamp=director.stamp)
    later = replace(
        said,
        hours=("Monday to Friday, 9 a.m. to 5 p.m.",),
        organization="The church",
        minimum_age=18,
    )
    revise_service(row, draft=later, stamp=director.stamp)
    file = service_file(row.pk, liaison5.actor, at=NOON)
    assert file.hours == ("Monday to Friday, 9 a.m. to 5 p.m.",)
    assert (file.organization, "18" in file.ages) == ("The church", True)
    assert ServiceAtSite.objects.get(service=row, withdrawn_at=None).pk == kept
    line = Entry.objects.get(kind="ServiceRevised")
    assert (line.actor_name, line.sentence) == (
        director.actor.name, "Pantry of the avenue: changed youngest age, hours, organization",
    )  # fmt: skip
    close_service(row, reason="The church moved away", stamp=liaison5.stamp)
    assert find_services(liaison5.actor, wanted, at=NOON).total == 0
    assert ListedService.objects.get(pk=row.pk).alert == "It is closed for good."
    assert "The church moved away" in str(Entry.objects.get(kind="ServiceClosed").body)
    with pytest.raises(Refused, match="closed already"):
        close_service(row, reason="Again", stamp=liaison5.stamp)


@pytest.mark.django_db
def test_nobody_takes_away_what_was_added_while_the_page_was_open(
    liaison5: Cast, director: Cast
) -> None:
    row = list_service(None, draft=replace(DRAFT, needs=()), stamp=liaison5.stamp)
    shown = service_draft(row.pk, liaison5.actor)
    seen = version_of(shown_in_form(shown))
    theirs = replace(shown, phones=(*shown.phones, "202-555-0199"))
    revise_service(row, draft=theirs, seen=seen, stamp=director.stamp)
    mine = replace(shown, fees_description="Free")
    with pytest.raises(Stale) as no:
        revise_service(row, draft=mine, seen=seen, stamp=liaison5.stamp)
    [(what, now)] = no.value.theirs
    assert (what, "202-555-0199" in now) == ("Phones", True)
    beside = replace(theirs, fees_description="Free")
    revise_service(row, draft=beside, seen=seen, stamp=liaison5.stamp)
    assert "202-555-0199" in service_draft(row.pk, liaison5.actor).phones


@pytest.mark.django_db
def test_what_cannot_be_is_refused_and_nothing_is_kept(liaison5: Cast, auditor: Cast) -> None:
    wrong = (
        ({"name": " "}, "name"),
        ({"organization": ""}, "organization"),
        ({"minimum_age": 9, "maximum_age": 3}, "maximum_age"),
        ({"assured_date": NOON.date() + timedelta(days=1)}, "assured_date"),
        ({"hours": ("Mon 9-5",)}, "hours"),
        ({"places": ("Somewhere",)}, "places"),
        ({"needs": (str(UUID(int=7)),)}, "needs"),
    )
    for change, field in wrong:
        with pytest.raises(Refused) as no:
            list_service(None, draft=replace(DRAFT, **{"needs": ()} | change), stamp=liaison5.stamp)
        assert no.value.field == field
    with pytest.raises(NotAllowed):
        list_service(None, draft=DRAFT, stamp=auditor.stamp)
    assert not ListedService.objects.exists()
