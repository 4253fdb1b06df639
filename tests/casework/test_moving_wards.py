"""What belongs to an issue goes to the new ward with it, and nothing of it stays behind."""

from __future__ import annotations

import pytest

from tests.casework.intake import take
from tests.cast import Cast
from tests.ground import AskMaker, Ground
from wardroom.access.models import Seal
from wardroom.casework.actions import correct_issue
from wardroom.directory.actions import deactivate_user, note_person
from wardroom.ledger.models import Mention
from wardroom.matters.actions import capture_line, restrict_matter
from wardroom.search.models import Doc

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]


def test_ask_is_found_in_the_new_ward(
    ground: Ground, liaison5: Cast, ask_in: AskMaker, agencies: object
) -> None:
    issue = take(liaison5, ground).matter
    ask = ask_in(issue, liaison5, "DPW")
    correct_issue(issue, place=ground.places["7"], stamp=liaison5.stamp)
    assert Doc.objects.get(noun="ask", key=str(ask.pk)).ward_code == "7"


def test_restricted_issue_is_open_to_its_new_owner(
    ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    issue = take(liaison5, ground).matter
    restrict_matter(issue, readers=[liaison5.party], reason="A witness", stamp=liaison5.stamp)
    correct_issue(issue, place=ground.places["7"], stamp=liaison5.stamp)
    seal = Seal.objects.get(noun="matter", key=str(issue.pk))
    assert liaison7.user.pk in set(seal.readers.values_list("user", flat=True))


def test_closed_account_owns_nothing_new(
    ground: Ground, liaison5: Cast, liaison7: Cast, director: Cast
) -> None:
    deactivate_user(liaison7.party, reason="Left", stamp=director.stamp)
    moved = correct_issue(
        take(liaison5, ground).matter, place=ground.places["7"], stamp=liaison5.stamp
    )
    assert moved.owner == director.party
    assert take(director, ground, ward_code="7").matter.owner is not None


def test_somebody_out_of_sight_is_not_meant_by_a_name(
    ground: Ground, liaison5: Cast, liaison7: Cast
) -> None:
    person = note_person(None, name="Kim Field", phone="202-555-0101", stamp=liaison5.stamp)
    take(liaison5, ground, reporter=person, reporter_typed="")
    for who, key in ((liaison7, ""), (liaison5, str(person.pk))):
        line = capture_line(None, text="Met @Kim_Field", ward_code="", stamp=who.stamp)
        assert Mention.objects.get(entry=line).key == key
