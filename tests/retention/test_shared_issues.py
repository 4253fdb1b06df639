"""What of a destroyed issue is another's as well stays with the other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.casework.intake import take
from tests.casework.reporting import OUTSIDE, report
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import AskMaker, Ground
from tests.records.asking import follow
from tests.retention import test_issues
from tests.retention.keeping import TODAY, held
from tests.retention.test_disposal import places
from tests.retention.test_issues import (
    MAIL,
    closed_long_ago,
    due,
    gone,
    lean_report,
    lean_request,
    put_back,
    told_and_closed,
)
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import (
    ask_for_links,
    introduce_successor,
    join_issues,
    note_reporter_told,
    split_complaint,
    take_complaint,
)
from wardroom.city.actions import add_place
from wardroom.city.models import Place
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.documents.actions import attach_document, store_document
from wardroom.documents.models import Attachment
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.ledger.queries import verified_chain
from wardroom.matters.actions import (
    accept_items,
    capture_line,
    link_matters,
    set_successor,
    start_handover,
)
from wardroom.matters.models import Ask, Matter
from wardroom.notices.models import Message
from wardroom.reporting.models import NamedMatter
from wardroom.retention.actions import approve_disposal, prepare_disposal
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules import DESTROYED, HELD
from wardroom.retention.rules.classes import ISSUES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("office", "files"),
]
office = test_issues.office


def pictured(matter: Matter, who: Cast, noun: str = "matter", key: str = "") -> Attachment:
    """A picture that came with what was reported, as the office files it."""
    file = store_document(
        None, name="rats.txt", media_type="text/plain", content=b"Rats", stamp=who.stamp
    )
    where = key or str(matter.pk)
    attach_document(file, noun=noun, key=where, ward_code="5", caption="Sent", stamp=who.stamp)
    return Attachment.objects.get(document=file)


def gone_next(officer: Cast, director: Cast) -> dict[str, str]:
    """What became of each issue of one more list under the same schedule."""
    disposal = prepare_disposal(None, class_code=ISSUES, stamp=officer.stamp)
    approve_disposal(disposal, stamp=director.stamp)
    follow()
    return dict(disposal.rows.values_list("key", "state"))


def ended(matter: Matter, who: Cast) -> Matter:
    """The same issue, closed four years ago."""
    follow()
    matter = Matter.objects.get(pk=matter.pk)
    for complaint in matter.complaints.filter(anonymous=False, told_at=None):
        note_reporter_told(
            matter, complaint_id=complaint.pk, how="phone", text="It is done.", stamp=who.stamp
        )
        matter = Matter.objects.get(pk=matter.pk)
    if matter.state == "open":
        told_and_closed(matter, who)
    follow()
    return put_back(matter)


def joined(who: Cast, ground: Ground) -> tuple[Matter, Matter, Attachment]:
    """An issue with a picture and the one that it was joined to, both over for four years."""
    plain: dict[str, Any] = {"reporter_typed": "", "anonymous": True}
    one = take(who, ground, **plain).matter
    picture = pictured(one, who)
    other = take(who, ground, said="Rats in the yard", **plain).matter
    join_issues(Matter.objects.get(pk=one.pk), into=other, stamp=who.stamp)
    return ended(one, who), ended(other, who), picture


@pytest.mark.parametrize("lean", [lean_report, lean_request])
def test_picture_stays_while_the_complaint_lives_on_at_another_issue(
    lean: Any, liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    one, other, picture = joined(liaison5, ground)
    third = closed_long_ago(liaison5, ground)
    assert due() == {other.pk, third.pk}, "what it was joined to goes first"
    lean(other, liaison5, ground)
    assert gone(records_officer, director) == {str(third.pk): DESTROYED}
    assert Attachment.objects.filter(pk=picture.pk).exists()
    assert one.pk not in due()


def test_hold_over_the_words_of_the_other_keeps_the_picture(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    _, other, picture = joined(liaison5, ground)
    third = closed_long_ago(liaison5, ground)
    held(records_officer, words="Rats in the yard")
    found = gone(records_officer, director)
    assert found == {str(other.pk): HELD, str(third.pk): DESTROYED}
    assert Attachment.objects.filter(pk=picture.pk).exists()


def test_issue_goes_after_the_one_that_it_was_joined_to(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    one, other, picture = joined(liaison5, ground)
    assert gone(records_officer, director) == {str(other.pk): DESTROYED}
    assert due() == {one.pk}
    assert gone_next(records_officer, director) == {str(one.pk): DESTROYED}
    assert not Attachment.objects.filter(pk=picture.pk).exists()


def test_issue_of_which_a_complaint_was_split_off_goes_after_it(
    liaison5: Cast, ground: Ground
) -> None:
    one = take(liaison5, ground).matter
    split = take(liaison5, ground, said="A dark alley", onto=one)
    made = split_complaint(
        Matter.objects.get(pk=one.pk), complaint_id=split.pk, title="A dark alley",
        stamp=liaison5.stamp,
    )  # fmt: skip
    ended(one, liaison5), ended(made, liaison5)
    assert due() == {made.pk}
    with guard_pass("it went"):
        Matter.objects.filter(pk=made.pk).update(destroyed_at=made.opened_at)
    assert due() == {one.pk}


def test_picture_of_an_ask_that_went_back_stays_with_it(
    liaison5: Cast, ground: Ground, ask_in: AskMaker, director: Cast, records_officer: Cast
) -> None:
    one, other = take(liaison5, ground).matter, closed_long_ago(liaison5, ground)
    ask = ask_in(one, liaison5, "DPW")
    with guard_pass("the ask was the other's for a while, and is over"):
        Ask.objects.filter(pk=ask.pk).update(state="withdrawn")
        picture = pictured(other, liaison5, "ask", str(ask.pk))
        Attachment.objects.filter(pk=picture.pk).update(matter_key=str(other.pk))
    lean_report(ended(one, liaison5), liaison5, ground)
    assert gone(records_officer, director) == {str(other.pk): DESTROYED}
    assert Attachment.objects.filter(pk=picture.pk).exists()


def of_ida(who: Cast, ground: Ground, **more: Any) -> tuple[Party, Matter]:
    """Somebody known, and the one issue that they reported, over for four years."""
    ida = note_person(None, name="Ida Roe", email="ida@example.org", stamp=HOUSE, **more)
    matter = take(who, ground, reporter=ida, reporter_typed="").matter
    return ida, ended(matter, who)


@pytest.mark.parametrize("on_an_issue", [True, False])
def test_note_elsewhere_that_names_somebody_stays_and_keeps_them(
    on_an_issue: bool, liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    ida, matter = of_ida(liaison5, ground)
    other = take(liaison5, ground, said="A dark alley").matter if on_an_issue else None
    note = capture_line(
        other, text="Ida Roe saw it here, too", party=ida, ward_code="5", stamp=liaison5.stamp
    )
    sentence = Entry.objects.get(pk=note.pk).sentence
    assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    ida.refresh_from_db()
    note.refresh_from_db()
    assert (ida.name, ida.contact_points.count()) == ("Ida Roe", 1)
    assert note.sentence == sentence
    assert "saw it here" in sentence
    assert {"ledger_entry", "search_doc"} <= places("saw it here")


def test_who_was_named_on_what_went_before_goes_with_the_last_of_it(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    ida, matter = of_ida(liaison5, ground)
    other = closed_long_ago(liaison5, ground)
    capture_line(other, text="Ida Roe saw it here, too", party=ida, stamp=liaison5.stamp)
    found = gone(records_officer, director)
    assert found == {str(matter.pk): DESTROYED, str(other.pk): DESTROYED}
    for mark in ("saw it here", "Ida Roe", "ida@example.org"):
        assert places(mark) == set(), mark
    assert verified_chain().broken is None


def test_reporter_of_a_complaint_that_went_on_goes_with_the_last_issue(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    ida = note_person(None, name="Ida Roe", email="ida@example.org", stamp=HOUSE)
    one = take(liaison5, ground, reporter=ida, reporter_typed="").matter
    other = take(liaison5, ground, anonymous=True, reporter_typed="").matter
    join_issues(Matter.objects.get(pk=one.pk), into=other, stamp=liaison5.stamp)
    other, one = ended(other, liaison5), ended(one, liaison5)
    assert gone(records_officer, director) == {str(other.pk): DESTROYED}
    assert "directory_party" in places("Ida Roe")
    assert gone_next(records_officer, director) == {str(one.pk): DESTROYED}
    assert places("Ida Roe") == set()
    assert verified_chain().broken is None


def test_line_about_two_issues_goes_with_the_last_of_them(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    one, other = (closed_long_ago(liaison5, ground, said=f"Rats {n}") for n in range(2))
    link_matters(one, other=other, kind="related", stamp=liaison5.stamp)
    line = Entry.objects.get(kind="MattersLinked")
    lean_report(other, liaison5, ground)
    assert gone(records_officer, director) == {str(one.pk): DESTROYED}
    assert Entry.objects.get(pk=line.pk).sentence == line.sentence
    with guard_pass("nobody tells of it any more"):
        NamedMatter.objects.all().delete()
    assert gone_next(records_officer, director) == {str(other.pk): DESTROYED}
    assert Entry.objects.get(pk=line.pk).sentence != line.sentence


@pytest.mark.parametrize("stands", ["open", "held"])
def test_letter_about_two_issues_goes_with_the_last_of_them(
    stands: str, liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    ida = note_person(
        None, name="Ida Roe", email="ida@example.org", consent=True, stamp=liaison5.stamp
    )
    both = [
        take(liaison5, ground, reporter=ida, reporter_typed="", said=said).matter
        for said in ("Rats", "No light")
    ]
    made = start_handover(liaison5.party, why="A detail", last_on=TODAY, stamp=director.stamp)
    things = [Ref(item.noun, item.key) for item in made.items.all()]
    set_successor(made, successor=director.party, things=things, stamp=director.stamp)
    items = list(made.items.values_list("pk", flat=True))
    accept_items(made, items=items, stamp=director.stamp)
    introduce_successor(made, stamp=director.stamp)
    follow()
    letter = Message.objects.get(entry__kind="SuccessorIntroduced")
    with guard_pass("all is sent, and the handover is over"):
        Message.objects.update(state="sent", sent_at=NOON)
        type(made).objects.update(state="ended", ended_at=NOON)
    one, other = ended(both[0], director), both[1]
    if stands == "held":
        ended(other, director)
        held(records_officer, unit=f"matter:{other.pk}", class_code=ISSUES)
    with guard_pass("all is sent"):
        Message.objects.filter(state="queued").update(state="sent", sent_at=NOON)
    found = gone(records_officer, director)
    assert found[str(one.pk)] == DESTROYED
    now = Message.objects.get(pk=letter.pk)
    assert (now.to_name, now.to_address, now.text) == (
        letter.to_name, "ida@example.org", letter.text,
    )  # fmt: skip
    line = Entry.objects.get(kind="SuccessorIntroduced")
    assert "Ida Roe" in line.sentence


def test_letter_with_the_links_to_reports_goes_with_its_issue(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    made = report(name="Zephyrine Ashgrove", email=MAIL, may_write=True)
    follow()
    ask_for_links(None, address=MAIL, stamp=OUTSIDE)
    follow()
    letter = Message.objects.get(entry__kind="LinksWanted")
    made.refresh_from_db()
    assert made.complaint is not None
    matter = ended(made.complaint.matter, liaison5)
    with guard_pass("all is sent"):
        Message.objects.filter(state="queued").update(state="sent", sent_at=NOON)
    (traits,) = SHELVES[ISSUES].traits([matter])
    assert letter.subject in traits.text
    assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    for mark in (MAIL, "Zephyrine", letter.subject):
        assert places(mark) == set(), mark


TYPED = "Behind Zephyrine Ashgrove's garage"


def at_a_typed_place(who: Cast, text: str) -> Matter:
    """An issue at a place as somebody typed it, over for four years."""
    place = add_place(None, text=text, stamp=who.stamp)
    matter = take_complaint(
        place, said="Rats", channel="phone", topic_code="rodents", anonymous=True,
        ward_code="5", stamp=who.stamp,
    ).matter  # fmt: skip
    return ended(matter, who)


def test_place_that_was_only_typed_goes_with_its_last_issue(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = at_a_typed_place(liaison5, TYPED)
    assert places("Ashgrove") >= {"city_place", "search_doc", "ledger_entry"}
    assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    assert places("Ashgrove") == set()
    assert verified_chain().broken is None


@pytest.mark.parametrize("text", ["12 Garage Lane NE", "Quill Street NE and 4th Street NE"])
def test_address_stays_in_the_list_of_places(
    text: str, liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = at_a_typed_place(liaison5, text)
    assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    assert "city_place" in places(text)


def test_typed_place_of_another_issue_or_note_stays(
    liaison5: Cast, ground: Ground, director: Cast, records_officer: Cast
) -> None:
    matter = at_a_typed_place(liaison5, TYPED)
    place = Place.objects.get(label=TYPED)
    capture_line(None, text="Look here", place=place, ward_code="5", stamp=liaison5.stamp)
    assert gone(records_officer, director) == {str(matter.pk): DESTROYED}
    assert {"city_place", "search_doc"} <= places("Ashgrove")
