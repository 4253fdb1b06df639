"""Lists of contacts: shown exactly as they would be written, and taken back whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.casework.actions import take_complaint
from wardroom.casework.queries import ImportPreview, find_anything, import_file, import_preview
from wardroom.casework.queries.people import PeopleFilters, people_page
from wardroom.directory.actions import (
    import_contacts,
    note_contact_point,
    note_person,
    undo_contact_import,
)
from wardroom.directory.models import ContactImport, ContactPoint, Party
from wardroom.directory.rules import CardPoint, ContactCard, card_text, text_of
from wardroom.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
TABLE = """Name,Kind,E-mail,Phone,Language,Do not contact,Shoe size
Robin Vale,,robin@example.org,202-555-0101,Spanish,,9
Friends of the Alley,organization,alley@example.org,,,,
Ash Reed,,ash@example.org,,,yes,
"""


def states(preview: ImportPreview) -> list[tuple[str, str]]:
    return [(row.draft.name, row.state) for row in preview.rows]


def read_in(text: str, who: Cast, **more: str) -> ContactImport:
    preview = import_preview(text, who.actor, chosen={int(k[1:]): v for k, v in more.items()})
    return import_contacts(None, source="list.csv", lines=preview.lines, stamp=who.stamp)


def names(who: Cast) -> set[str]:
    rows = people_page(who.actor, PeopleFilters()).rows
    return {row.name for row in rows if row.kind != "login"}


@pytest.mark.any_database
def test_preview_writes_nothing_and_the_import_writes_what_it_showed(liaison5: Cast) -> None:
    before = Party.objects.count()
    preview = import_preview(TABLE, liaison5.actor)
    assert states(preview) == [
        ("Robin Vale", "new"), ("Friends of the Alley", "new"), ("Ash Reed", "new"),
    ]  # fmt: skip
    assert preview.unread == ("Shoe size",)
    assert Party.objects.count() == before
    made = read_in(TABLE, liaison5)
    assert (made.added, made.changed) == (3, 0)
    assert names(liaison5) == {"Robin Vale", "Friends of the Alley", "Ash Reed"}
    assert not ContactPoint.objects.filter(consent=True).exists()
    assert find_anything(liaison5.actor, "robin@example.org", on=NOON.date()).rows
    again = import_preview(TABLE, liaison5.actor)
    assert [state for _, state in states(again)] == ["same", "same", "changed"]


def test_known_contact_is_changed_field_by_field(liaison5: Cast) -> None:
    known = note_person(None, name="robin vale", email="robin@example.org", stamp=liaison5.stamp)
    row = import_preview(TABLE, liaison5.actor).rows[0]
    assert (row.state, row.party_id) == ("changed", known.pk)
    assert [(c.label, c.before, c.after) for c in row.changes] == [
        ("Language", "English", "Spanish"), ("Phone", "", "202-555-0101"),
    ]  # fmt: skip


def test_doubtful_row_is_left_out_until_a_person_decides(liaison5: Cast) -> None:
    couple = note_person(
        None, name="Kim Vale", phone="(202) 555-0101", language="en", stamp=liaison5.stamp
    )
    preview = import_preview(TABLE, liaison5.actor)
    assert preview.rows[0].state == "doubtful"
    assert "Kim Vale has the same number or address" in preview.rows[0].why
    assert [line.draft.name for line in preview.lines] == ["Friends of the Alley", "Ash Reed"]
    as_new = import_preview(TABLE, liaison5.actor, chosen={2: "new"})
    assert len(as_new.lines) == 3
    as_her = import_preview(TABLE, liaison5.actor, chosen={2: str(couple.pk)})
    assert as_her.lines[0].party_id == couple.pk
    other = import_preview(TABLE, liaison5.actor, chosen={2: "999999"})
    assert other.digest == preview.digest != as_new.digest != as_her.digest


def test_same_name_alone_is_doubtful(liaison5: Cast) -> None:
    note_person(None, name="Robin Vale", stamp=liaison5.stamp)
    assert import_preview(TABLE, liaison5.actor).rows[0].state == "doubtful"


def test_who_is_out_of_reach_is_as_if_not_there(
    director: Cast, liaison5: Cast, liaison7: Cast, ground: Ground
) -> None:
    hidden = note_person(None, name="Robin Vale", email="robin@example.org", stamp=liaison7.stamp)
    take_complaint(
        ground.places["7"], said="Rats", channel="phone", reporter=hidden, stamp=liaison7.stamp
    )
    assert import_preview(TABLE, liaison5.actor).rows[0].state == "new"
    assert import_preview(TABLE, liaison7.actor).rows[0].state == "changed"


@pytest.mark.any_database
def test_whole_import_is_taken_back(liaison5: Cast) -> None:
    known = note_person(
        None, name="Robin Vale", email="robin@example.org", language="en", stamp=liaison5.stamp
    )
    made = read_in(TABLE, liaison5)
    assert names(liaison5) == {"Robin Vale", "Friends of the Alley", "Ash Reed"}
    undo_contact_import(made, stamp=liaison5.stamp)
    assert names(liaison5) == {"Robin Vale"}
    known.refresh_from_db()
    assert known.language == "en"
    live = ContactPoint.objects.filter(party=known, ended_at=None)
    assert [p.value for p in live] == ["robin@example.org"]
    assert not find_anything(liaison5.actor, "alley@example.org", on=NOON.date()).rows
    assert Party.objects.filter(name="Ash Reed", withdrawn_at__isnull=False).exists()
    with pytest.raises(Refused) as no:
        undo_contact_import(ContactImport.objects.get(), stamp=liaison5.stamp)
    assert no.value.code == "already_undone"


def test_contact_to_whom_more_happened_stays(liaison5: Cast) -> None:
    made = read_in(TABLE, liaison5)
    ash = Party.objects.get(name="Ash Reed")
    later = replace(liaison5.stamp, at=NOON + timedelta(hours=1))
    note_contact_point(
        ash, channel="phone", value="202-555-0155", consent=True, how="called", stamp=later
    )
    undo_contact_import(made, stamp=later)
    assert names(liaison5) == {"Ash Reed"}
    file = import_file(made.pk, liaison5.actor)
    assert [(p.name, p.kept) for p in file.parties if p.kept] == [("Ash Reed", True)]


def test_changed_since_the_preview_is_refused(liaison5: Cast) -> None:
    known = note_person(None, name="Robin Vale", email="robin@example.org", stamp=liaison5.stamp)
    lines = import_preview(TABLE, liaison5.actor).lines
    note_contact_point(
        known, channel="phone", value="202-555-0101", consent=True, how="", stamp=liaison5.stamp
    )
    with pytest.raises(Refused) as no:
        import_contacts(None, source="x", lines=lines, stamp=liaison5.stamp)
    assert no.value.code == "stale"
    assert not ContactImport.objects.exists()


def test_only_who_made_it_and_the_director_take_it_back(
    liaison5: Cast, liaison7: Cast, director: Cast, staff: Cast
) -> None:
    made = read_in(TABLE, liaison5)
    with pytest.raises(NotAllowed):
        undo_contact_import(made, stamp=liaison7.stamp)
    with pytest.raises(NotAllowed):
        import_preview(TABLE, staff.actor)
    undo_contact_import(made, stamp=director.stamp)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,a@example.org,,,,", "There is no name."),
        ("=HYPERLINK(1),,,,,,", "begins like a formula"),
        ("Bo,,nonsense,,,,", "is not an e-mail address"),
        ("Bo,,,12,,,", "is not a phone number"),
        ("Bo,,,,Klingon,,", "is not a language"),
        (f"{'x' * 201},,,,,,", "is longer than 200 letters"),
        ("Bo\x07,,,,,,", "cannot be shown"),
        ("Bo,,,,,,,and,more", "more cells than the table has columns"),
        ("Robin Vale,,robin@example.org,202-555-0101,,,", "stands in line 2"),
    ],
)
def test_bad_row_is_rejected_with_the_reason(liaison5: Cast, row: str, words: str) -> None:
    preview = import_preview(f"{TABLE}{row}\n", liaison5.actor)
    assert preview.rows[-1].state == "rejected"
    assert words in preview.rows[-1].why
    assert len(preview.lines) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nothing_given"),
        ("Colour,Size\nred,9\n", "no_headings"),
        ("Name,Arrest record\nBo,none\n", "of_justice"),
        ("Name\n" + "Bo\n" * 2001, "too_many_rows"),
        ("BEGIN:VCARD\n" * 2001, "too_many_rows"),
    ],
)
def test_bad_file_is_refused(liaison5: Cast, text: str, code: str) -> None:
    with pytest.raises(Refused) as no:
        import_preview(text, liaison5.actor)
    assert no.value.code == code


def test_file_is_read_whatever_wrote_it() -> None:
    words = "Name\nAña Núñez\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert text_of(words.encode(encoding)).strip("\ufeff") == words
    for content, code in ((b"\x00\x01\x02", "no_text"), (b"x" * 1_000_001, "too_large")):
        with pytest.raises(Refused) as no:
            text_of(content)
        assert no.value.code == code


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_cards_that_we_write_are_read_again(liaison5: Cast, version: str) -> None:
    cards = [
        ContactCard(
            uid="urn:x-wardroom:party:1",
            name="Robin; Vale, the \\ Second",
            is_person=True,
            points=(CardPoint("phone", "+12025550101"), CardPoint("email", "robin@example.org")),
            language="es",
        ),
        ContactCard(uid="x", name="ቤተ ክርስቲያን " * 12, is_person=False, members=("x",)),
    ]
    text = card_text(cards, version)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    text = text.replace("UID:urn:x-wardroom:party:1\r\n", "")
    rows = import_preview(text, liaison5.actor).rows
    assert [row.draft.name for row in rows] == [c.name.strip() for c in cards]
    assert rows[0].draft.kind == "person"
    assert rows[0].draft.points == (("email", "robin@example.org"), ("phone", "+12025550101"))
    assert [row.state for row in rows] == ["new", "new"]


def test_card_of_version_21_with_a_soft_break(liaison5: Cast) -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=C3=B1=\r\n"
        "ez;A=C3=B1a\r\nTEL;CELL:202-555-0101\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Cut off\r\n"
    )
    rows = import_preview(text, liaison5.actor).rows
    assert [(r.draft.name, r.state) for r in rows] == [
        ("Aña Núñez", "new"),
        ("Cut off", "rejected"),
    ]


def test_hostile_card_line_costs_nothing(liaison5: Cast) -> None:
    text = "BEGIN:VCARD\nFN:Bo\n" + "TEL" + ';a="b"' * 20_000 + "\nEND:VCARD\n"
    assert import_preview(text, liaison5.actor).rows[0].draft.name == "Bo"
