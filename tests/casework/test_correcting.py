"""An issue is corrected by field; its ward follows from its place, its owner from its ward."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.casework.intake import later, take
from tests.cast import Cast
from tests.ground import AskMaker, Ground
from wardroom.casework.actions import NewPlace, close_issue, correct_issue, note_reporter_told
from wardroom.casework.actions.correcting import details_of
from wardroom.casework.facts import IssueCorrected
from wardroom.casework.models import Issue
from wardroom.casework.queries import issue_file
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused, Stale
from wardroom.kernel.facts import Change
from wardroom.kernel.versions import version_of
from wardroom.ledger.models import Entry
from wardroom.matters.actions import merge_matter
from wardroom.matters.models import Ask, Matter, Waiting
from wardroom.search.models import Doc

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]


@pytest.fixture
def issue(ground: Ground, liaison5: Cast) -> Matter:
    return take(liaison5, ground, title="Rats").matter


def seen(matter: Matter) -> str:
    """The version that a form about this issue carries."""
    matter.refresh_from_db()
    return version_of(details_of(matter, Issue.objects.get(matter=matter)))


def told() -> IssueCorrected:
    line = Entry.objects.filter(kind="IssueCorrected").order_by("-pk")[0]
    return IssueCorrected.from_plain(line.body)


def test_one_line_says_each_field_that_moved(issue: Matter, liaison5: Cast) -> None:
    correct_issue(
        issue,
        title="Rats under the fence",
        topic_code="trash",
        public_text="The city traps here.",
        stamp=liaison5.stamp,
    )
    fact = told()
    assert {c.field for c in fact.changes} == {"title", "topic_code", "public_text"}
    assert fact.changes[0] == Change("title", "Title", "Rats", "Rats under the fence")
    assert "Title was 'Rats', is 'Rats under the fence'" in fact.sentence()
    assert Entry.objects.filter(kind="IssueCorrected").count() == 1
    assert Doc.objects.get(noun="matter", key=str(issue.pk)).title == "Rats under the fence"
    row = Waiting.objects.get(noun="matter", key=str(issue.pk))
    assert row.title.startswith("Rats under the fence")


def test_place_in_another_ward_takes_ward_owner_and_asks_along(
    ground: Ground,
    issue: Matter,
    liaison5: Cast,
    liaison7: Cast,
    ask_in: AskMaker,
) -> None:
    ask = ask_in(issue, liaison5, "DPW")
    moved = correct_issue(issue, place=ground.places["7"], stamp=liaison5.stamp)
    assert (moved.ward_code, moved.ward, moved.owner) == ("7", ground.wards["7"], liaison7.party)
    assert Ask.objects.get(pk=ask.pk).ward_code == "7"
    assert {c.field for c in told().changes} == {"place_id", "ward", "owner"}
    assert Entry.objects.get(kind="MatterHandedOver").body["owner_id"] == liaison7.party.pk
    assert set(Waiting.objects.filter(matter=issue).values_list("ward_code", "party")) == {
        ("7", liaison7.party.pk)
    }
    assert Doc.objects.get(noun="matter", key=str(issue.pk)).ward_code == "7"
    with pytest.raises(NotAllowed):
        correct_issue(issue, title="Mine still", stamp=liaison5.stamp)


def test_place_in_the_same_ward_keeps_its_owner(
    issue: Matter, liaison5: Cast, director: Cast
) -> None:
    point = NewPlace("Corner of the same ward", 38.93, -77.01)
    moved = correct_issue(issue, place=point, stamp=liaison5.stamp)
    assert (moved.ward_code, moved.owner) == ("5", liaison5.party)
    assert moved.place is not None
    assert moved.place.label == "Corner of the same ward"
    assert {c.field for c in told().changes} == {"place_id"}


def test_place_without_a_point_keeps_the_ward_or_takes_the_one_that_is_said(
    issue: Matter, liaison5: Cast, liaison7: Cast
) -> None:
    moved = correct_issue(issue, place=NewPlace("Somewhere by the tracks"), stamp=liaison5.stamp)
    assert (moved.ward_code, moved.owner) == ("5", liaison5.party)
    moved = correct_issue(
        issue, place=NewPlace("By the other tracks"), ward_code="7", stamp=liaison5.stamp
    )
    assert (moved.ward_code, moved.owner) == ("7", liaison7.party)


def test_ward_that_is_typed_counts_for_nothing_where_the_place_has_a_point(
    ground: Ground, issue: Matter, liaison5: Cast
) -> None:
    moved = correct_issue(
        issue, place=ground.places["5"], title="Rats here", ward_code="7", stamp=liaison5.stamp
    )
    assert moved.ward_code == "5"


def test_what_only_somebody_else_changed_stays_as_they_left_it(
    issue: Matter, liaison5: Cast, director: Cast
) -> None:
    shown = seen(issue)
    correct_issue(issue, topic_code="trash", stamp=director.stamp)
    saved = correct_issue(
        issue, title="Rats and mice", topic_code="rodents", seen=shown, stamp=liaison5.stamp
    )
    assert saved.title == "Rats and mice"
    assert details_of(saved, Issue.objects.get(matter=issue))["topic_code"] == "trash"


def test_field_that_both_changed_is_refused_with_both_versions(
    issue: Matter, liaison5: Cast, director: Cast
) -> None:
    shown = seen(issue)
    correct_issue(issue, title="Theirs", stamp=director.stamp)
    with pytest.raises(Stale) as no:
        correct_issue(issue, title="Mine", topic_code="trash", seen=shown, stamp=liaison5.stamp)
    assert (no.value.theirs, no.value.by) == ((("Title", "Theirs"),), "The Director")
    issue.refresh_from_db()
    assert issue.title == "Theirs"
    saved = correct_issue(issue, title="Mine", seen=no.value.seen, stamp=liaison5.stamp)
    assert saved.title == "Mine"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"title": "x" * 201}, "too_long"),
        ({"topic_code": "no-such"}, "unknown_topic"),
        ({"title": "Rats"}, "nothing_changed"),
        ({}, "nothing_changed"),
        ({"place": NewPlace("Somewhere"), "ward_code": "99"}, "ward_unknown"),
    ],
)
def test_correction_that_is_none_is_refused(
    given: Mapping[str, object], code: str, issue: Matter, liaison5: Cast
) -> None:
    lines = Entry.objects.count()
    with pytest.raises(Refused) as no:
        correct_issue(issue, **given, stamp=liaison5.stamp)  # type: ignore[arg-type]
    assert (no.value.code, Entry.objects.count()) == (code, lines)


def test_closed_issue_is_not_corrected(ground: Ground, issue: Matter, liaison5: Cast) -> None:
    other = take(liaison5, ground, title="The same").matter
    merge_matter(issue, into=other, stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        correct_issue(issue, title="Mice", stamp=later(liaison5, 1))
    assert no.value.code == "wrong_state"


def test_other_ward_and_partner_correct_nothing(
    issue: Matter, liaison7: Cast, partner_dpw: Cast, agencies: Mapping[str, Party]
) -> None:
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotAllowed):
            correct_issue(issue, title="Mice", stamp=who.stamp)


def test_page_offers_it_to_whoever_may_while_it_is_open(
    issue: Matter, liaison5: Cast, director: Cast, records_officer: Cast
) -> None:
    def offered(who: Cast) -> bool:
        return "correct_issue" in issue_file(issue.pk, who.actor).allowed

    assert [offered(who) for who in (liaison5, director, records_officer)] == [True, True, False]
    complaint = issue.complaints.get()
    note_reporter_told(
        issue, complaint_id=complaint.pk, how="phone", text="It is done.", stamp=liaison5.stamp
    )
    close_issue(issue, outcome="fixed", text="It is done.", stamp=liaison5.stamp)
    assert not offered(liaison5)
