"""Residents hear who looks after their complaint now: each once, and only who let us."""

from __future__ import annotations

import pytest

from tests.casework.intake import take
from tests.cast import Cast, hire
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.access.actor import Role
from wardroom.access.queries import actor_for
from wardroom.casework.actions import introduce_successor
from wardroom.casework.queries import greetings
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.models import Entry
from wardroom.matters.actions import (
    accept_items,
    hand_over_matter,
    restrict_matter,
    set_successor,
    start_handover,
)
from wardroom.matters.models import Handover, Matter
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("office")]


@pytest.fixture
def second(db: None) -> Cast:
    return hire("second", "Second Liaison", Role.LIAISON, ward="5")


def caller(who: Cast, name: str, *, consent: bool) -> Party:
    email = f"{name.lower()}@example.org"
    return note_person(None, name=name, email=email, consent=consent, stamp=who.stamp)


@pytest.fixture
def calls(ground: Ground, liaison5: Cast) -> None:
    """One caller with two issues, one who does not want mail, and one without a name."""
    willing = caller(liaison5, "Willing", consent=True)
    unwilling = caller(liaison5, "Unwilling", consent=False)
    for reporter, said in ((willing, "Rats"), (willing, "No light"), (unwilling, "Dumping")):
        take(liaison5, ground, reporter=reporter, reporter_typed="", said=said)
    take(liaison5, ground, anonymous=True, reporter_typed="", said="Graffiti")


def handed_over(leaver: Cast, successor: Cast, director: Cast, *, taken: int = 99) -> Handover:
    made = start_handover(leaver.party, why="A detail", last_on=NOON.date(), stamp=director.stamp)
    things = [Ref(item.noun, item.key) for item in made.items.all()]
    set_successor(made, successor=successor.party, things=things, stamp=director.stamp)
    items = list(made.items.order_by("pk").values_list("pk", flat=True))[:taken]
    accept_items(made, items=items, stamp=successor.stamp)
    return made


def written() -> list[Message]:
    sweep()
    return list(Message.objects.filter(subject__contains="looks after your report now"))


def test_each_is_written_to_once_about_all_that_is_theirs(
    calls: None, liaison5: Cast, second: Cast, director: Cast
) -> None:
    made = handed_over(liaison5, second, director)
    found = greetings(made, director.actor)
    assert [(g.name, g.address, len(g.about)) for g in found.ready] == [
        ("Willing", "willing@example.org", 2)
    ]
    assert [(row.name, row.why) for row in found.cannot] == [
        ("Unwilling", "left no e-mail address that we may use"),
        ("Somebody who gave no name", "gave no name"),
    ]
    assert introduce_successor(made, stamp=director.stamp) == 1
    (message,) = written()
    assert message.to_address == "willing@example.org"
    assert found.ready[0].numbers in message.text
    assert "Second Liaison takes over from Liaison of Ward 5" in message.text
    assert greetings(made, director.actor).told == 2
    with pytest.raises(Refused) as no:
        introduce_successor(made, stamp=director.stamp)
    assert no.value.code == "nobody_to_tell"
    line = Entry.objects.get(kind="SuccessorIntroduced")
    assert {a.noun for a in line.about.all()} >= {"handover", "party", "matter"}


def test_only_what_was_accepted_and_still_is_theirs_counts(
    calls: None, liaison5: Cast, liaison7: Cast, second: Cast, director: Cast, partner_dpw: Cast
) -> None:
    made = handed_over(liaison5, second, director, taken=2)
    first = Matter.objects.order_by("pk")[0]
    hand_over_matter(first, owner=director.party, stamp=director.stamp)
    (greeting,) = greetings(made, director.actor).ready
    assert len(greeting.about) == 1
    assert greetings(made, second.actor).ready == (greeting,)
    for stranger in (liaison5, liaison7):
        assert greetings(made, stranger.actor).ready == ()
    assert greetings(made, partner_dpw.actor).ready == ()
    with pytest.raises(NotAllowed):
        introduce_successor(made, stamp=partner_dpw.stamp)
    assert introduce_successor(made, stamp=second.stamp) == 1


def test_restricted_issue_stands_in_a_note_of_its_own(
    calls: None, liaison5: Cast, second: Cast, director: Cast
) -> None:
    made = handed_over(liaison5, second, director)
    closed = Matter.objects.order_by("pk")[0]
    restrict_matter(closed, readers=[], reason="Private", stamp=second.stamp)
    assert [len(g.about) for g in greetings(made, director.actor).ready] == [1, 1]
    assert introduce_successor(made, stamp=director.stamp) == 2
    keys = Entry.objects.filter(kind="SuccessorIntroduced").values_list("matter_key", flat=True)
    assert str(closed.pk) in keys
    stranger = actor_for(liaison5.user, on=NOON.date())
    assert f"matter:{closed.pk}" in stranger.reach.sealed
