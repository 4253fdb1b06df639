"""A complaint is taken in: a new issue, one more voice, or a return that counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.casework.intake import SAID, later, take
from tests.cast import HOUSE, Cast
from tests.ground import Ground
from wardroom.access.gate import HELD, noted_in_unit, unit_of_work
from wardroom.access.models import Grant
from wardroom.casework.actions import close_issue, take_complaint
from wardroom.casework.models import Complaint, Issue
from wardroom.directory.actions import deactivate_user, end_grant, note_person
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import open_matter
from wardroom.matters.models import Matter, MatterLink, Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


def test_call_becomes_an_issue_with_owner_and_date(ground: Ground, liaison5: Cast) -> None:
    complaint = take(liaison5, ground)
    matter = complaint.matter
    assert (matter.kind, matter.state, matter.ward_code) == ("issue", "open", "5")
    assert matter.title == "Rats and other vermin at Alley behind the 500 block"
    assert matter.owner == liaison5.party
    assert matter.next_on == date(2026, 11, 19)
    assert Waiting.objects.get(noun="matter", key=str(matter.pk)).party == liaison5.party
    kinds = set(Entry.objects.filter(matter_key=str(matter.pk)).values_list("kind", flat=True))
    assert {"MatterOpened", "ComplaintTaken"} <= kinds


def test_call_about_a_colleagues_ward_goes_to_the_colleague(
    ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    complaint = take_complaint(
        ground.places["7"],
        said=SAID,
        channel="phone",
        reporter_typed="A neighbour",
        stamp=liaison5.stamp,
    )
    assert complaint.matter.owner == liaison7.party
    assert complaint.matter.ward_code == "7"


def test_ward_is_computed_and_never_typed(ground: Ground, liaison5: Cast) -> None:
    assert take(liaison5, ground, ward_code="7").matter.ward_code == "5"


def test_place_without_a_point_needs_a_ward(ground: Ground, liaison5: Cast) -> None:
    with pytest.raises(Refused) as no:
        take_complaint(None, said=SAID, channel="phone", anonymous=True, stamp=liaison5.stamp)
    assert (no.value.code, no.value.field) == ("ward_unknown", "ward_code")
    taken = take_complaint(
        None, said=SAID, channel="phone", anonymous=True, ward_code="5", stamp=liaison5.stamp
    )
    assert taken.matter.ward_code == "5"


def test_second_caller_is_one_more_voice(ground: Ground, liaison5: Cast) -> None:
    first = take(liaison5, ground)
    second = take(liaison5, ground, onto=first.matter, reporter_typed="Another neighbour")
    assert second.matter == first.matter
    assert first.matter.complaints.count() == 2
    assert Matter.objects.filter(kind="issue").count() == 1


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"said": "  "}, "said_missing", "said"),
        ({"said": "x" * 4001}, "too_long", "said"),
        ({"channel": "owl"}, "unknown_channel", "channel"),
        ({"language": "xx"}, "unknown_language", "language"),
        ({"reporter_typed": ""}, "name_missing", "name"),
        ({"anonymous": True}, "anonymous_with_name", "anonymous"),
        ({"topic_code": "dragons"}, "unknown_topic", "topic_code"),
    ],
)
def test_bad_input_is_refused_at_its_field(
    ground: Ground, liaison5: Cast, more: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refused) as no:
        take(liaison5, ground, **more)
    assert (no.value.code, no.value.field) == (code, field)
    assert not Complaint.objects.exists()
    assert not Matter.objects.exists()


def test_time_to_come_is_refused(ground: Ground, liaison5: Cast) -> None:
    with pytest.raises(Refused, match="in the future"):
        take(liaison5, ground, received_at=liaison5.stamp.at + timedelta(minutes=1))


@pytest.mark.parametrize("who", ["partner_dpw", "records_officer"])
def test_nobody_else_takes_complaints(
    ground: Ground, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        take(request.getfixturevalue(who), ground)


def test_return_soon_after_closing_counts_against_it(ground: Ground, liaison5: Cast) -> None:
    first = take(liaison5, ground, reporter_typed="", anonymous=True).matter
    closed = _closed(first, liaison5)
    again = take(liaison5, ground, stamp=later(liaison5, 12)).matter
    closed.refresh_from_db()
    assert closed.came_back_at is not None
    assert closed.state == "closed"
    issue = Issue.objects.get(matter=again)
    assert issue.return_of == closed
    assert issue.first_reported_at == Issue.objects.get(matter=closed).first_reported_at
    assert MatterLink.objects.filter(of=again, to=closed, kind="recurrence").exists()
    line = Entry.objects.get(kind="MatterCameBack")
    assert line.matter_key == str(closed.pk)
    assert "12 days later" in line.sentence


def test_report_long_after_closing_is_a_new_trouble(ground: Ground, liaison5: Cast) -> None:
    closed = _closed(take(liaison5, ground, reporter_typed="", anonymous=True).matter, liaison5)
    again = take(liaison5, ground, stamp=later(liaison5, 90)).matter
    closed.refresh_from_db()
    assert closed.came_back_at is None
    assert Issue.objects.get(matter=again).return_of is None


def test_known_person_keeps_every_complaint(ground: Ground, liaison5: Cast) -> None:
    person = note_person(None, name="A resident", phone="202-555-0147", stamp=HOUSE)
    complaint = take(liaison5, ground, reporter=person, reporter_typed="")
    lines = Entry.objects.filter(about__noun="party", about__key=str(person.pk))
    assert "ComplaintTaken" in set(lines.values_list("kind", flat=True))
    assert complaint.reporter == person


def _closed(matter: Matter, who: Cast) -> Matter:
    return close_issue(matter, outcome="fixed", text="The burrows were closed.", stamp=who.stamp)


def test_whoever_was_let_go_a_moment_ago_is_given_no_issue(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    """The stamp is from before: who may own is asked of the house, also of whoever acts."""
    deactivate_user(liaison5.party, reason="Left", stamp=director.stamp)
    assert take(liaison5, ground).matter.owner == director.party
    with pytest.raises(Refused) as no:
        open_matter(
            None, kind="issue", title="Rats", owner=liaison5.party, next_on=date(2026, 11, 20),
            ward=Matter.objects.latest("pk").ward, stamp=liaison5.stamp,
        )  # fmt: skip
    assert no.value.code == "owner_not_on_staff"


def test_director_who_is_given_the_issue_of_a_vacant_ward_is_held(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    grant = Grant.objects.get(user=liaison5.user)
    end_grant(grant, until_on=date(2026, 11, 1), stamp=director.stamp)
    with unit_of_work():
        owner = take(director, ground).matter.owner
        assert owner == director.party
        assert (Party, owner.pk) in noted_in_unit(HELD)


def test_liaison_who_is_given_an_issue_is_held(ground: Ground, liaison5: Cast) -> None:
    with unit_of_work():
        owner = take(liaison5, ground).matter.owner
        assert (Party, owner.pk) in noted_in_unit(HELD)
