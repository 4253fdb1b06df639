"""A record that is looked through for a request leads to the matter that it is of."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.records.asking import asked, mail_in, searched
from tests.retention.test_pages import signed_in
from wardroom.access.actor import Actor
from wardroom.documents.actions import attach_document, store_document
from wardroom.matters.actions import capture_line
from wardroom.matters.models import Matter
from wardroom.notices.actions import place_mail
from wardroom.records.models import FoundRecord
from wardroom.records.queries.standing import matter_of
from wardroom.records.rules import FILES, LINES, MAIL_IN, MATTERS
from wardroom.web.rows import matter_address

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("library", "files"),
]


@pytest.fixture
def found(
    matter5: Matter, liaison5: Cast, director: Cast, records_officer: Cast
) -> list[FoundRecord]:
    """One of each sort at one matter, and a line and a mail that are of none."""
    capture_line(matter5, text="Rats in the alley", stamp=liaison5.stamp)
    capture_line(None, text="Another alley", stamp=liaison5.stamp)
    file = store_document(
        None, name="alley.txt", media_type="text/plain", content=b"Rats", stamp=liaison5.stamp
    )
    attach_document(file, noun="matter", key=str(matter5.pk), ward_code="5", stamp=liaison5.stamp)
    mail_in("Nobody placed it: an alley")
    mail = mail_in("About the alley")
    thread = f"matter:{matter5.pk}"
    place_mail(mail, thread=thread, ward_code=matter5.ward_code, stamp=director.stamp)
    return list(searched(asked(), records_officer, f"alley, {matter5.title}"))


def led_to(found: list[FoundRecord], actor: Actor) -> set[tuple[str, bool]]:
    return {(row.noun, matter_of(row, actor) is not None) for row in found}


def test_each_sort_leads_to_its_matter_and_what_is_of_none_to_none(
    found: list[FoundRecord], records_officer: Cast, matter5: Matter
) -> None:
    said = led_to(found, records_officer.actor)
    assert {(LINES, True), (LINES, False), (MAIL_IN, True), (MAIL_IN, False)} <= said
    assert {(MATTERS, True), (FILES, True)} <= said
    assert {matter_of(row, records_officer.actor) for row in found} == {
        None, (matter5.kind, matter5.pk),
    }  # fmt: skip


def test_nobody_is_led_where_they_cannot_read(found: list[FoundRecord], liaison7: Cast) -> None:
    assert {leads for _, leads in led_to(found, liaison7.actor)} == {False}


def test_the_page_leads_there(
    found: list[FoundRecord], records_officer: Cast, matter5: Matter
) -> None:
    row = next(row for row in found if row.noun == MATTERS)
    address = reverse("records_record", args=[row.request_id, row.number])
    page = signed_in(records_officer).get(address).content.decode()
    assert f'href="{matter_address(matter5.kind, matter5.pk)}"' in page
    assert "Only what is shown here goes out." in page
