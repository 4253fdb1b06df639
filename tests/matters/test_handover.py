"""A liaison leaves: the matter, the seat and the agencies' answers go to who takes over."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.ground import FRIDAY
from wardroom.access.actor import Role
from wardroom.access.gate import guard_pass
from wardroom.access.models import Grant
from wardroom.directory.actions import add_party, end_grant, hold_seat
from wardroom.directory.queries import get_directors, liaison_of
from wardroom.jobs.cli import DONE, FAILED, main
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import accept_ask, close_matter, hand_over_matter
from wardroom.matters.models import Ask, Matter
from wardroom.notices.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
LAST_DAY = date(2026, 11, 17)


def seat(holder: Cast, since: date = date(2026, 1, 1)) -> None:
    office = add_party(None, kind="organisation", name="The Office", stamp=HOUSE)
    hold_seat(
        office,
        title="Ward liaison",
        holder=holder.party,
        since_on=since,
        ward_code="5",
        stamp=HOUSE,
    )


def end(who: Cast) -> None:
    end_grant(Grant.objects.get(user=who.user), until_on=LAST_DAY, stamp=HOUSE)


def lapse(who: Cast) -> None:
    """A role that was given for a time runs out by itself, whatever is live."""
    with guard_pass("a term that ran out"):
        Grant.objects.filter(user=who.user).update(valid_until=LAST_DAY)


def told() -> list[str]:
    """To whom the answers of agencies were written."""
    sweep()
    answers = Message.objects.filter(subject__contains="accepted")
    return sorted(answers.values_list("to_address", flat=True))


def test_matter_goes_to_the_new_owner_and_the_ledger_says_so(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    hand_over_matter(matter5, owner=director.party, stamp=liaison5.stamp)
    assert Matter.objects.get().owner == director.party
    line = Entry.objects.get(kind="MatterHandedOver").sentence
    assert line == f"Liaison of Ward 5 handed {matter5.title} over to The Director"


def test_nobody_without_the_ward_gives_or_takes(
    matter5: Matter, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, director: Cast
) -> None:
    for stranger in (liaison7, partner_dpw):
        with pytest.raises(NotAllowed):
            hand_over_matter(matter5, owner=director.party, stamp=stranger.stamp)
        with pytest.raises(Refused) as no:
            hand_over_matter(matter5, owner=stranger.party, stamp=director.stamp)
        assert no.value.field == "owner"
    close_matter(matter5, outcome="resolved", stamp=liaison5.stamp)
    with pytest.raises(Refused):
        hand_over_matter(matter5, owner=director.party, stamp=liaison5.stamp)


def test_seat_ends_with_the_role(liaison5: Cast, director: Cast) -> None:
    seat(liaison5)
    end(liaison5)
    assert liaison_of("5", on=LAST_DAY) == "Liaison of Ward 5"
    assert liaison_of("5", on=NOON.date()) == ""


def test_answer_goes_to_the_owner_then_the_seat_then_the_director(
    requested: Ask, liaison5: Cast, director: Cast, partner_dpw: Cast
) -> None:
    seat(liaison5)
    lapse(liaison5)
    assert [p.name for p in get_directors(on=NOON.date())] == ["The Director"]
    accept_ask(requested, promised_on=FRIDAY, stamp=partner_dpw.stamp)
    assert told() == [director.email]


def test_answer_goes_to_who_took_the_seat(
    requested: Ask, liaison5: Cast, director: Cast, partner_dpw: Cast
) -> None:
    seat(liaison5)
    second = hire("second", "Second Liaison", Role.LIAISON, ward="5")
    seat(second, since=LAST_DAY)
    lapse(liaison5)
    accept_ask(requested, promised_on=FRIDAY, stamp=partner_dpw.stamp)
    assert told() == [second.email]


def test_who_owns_open_matters_is_not_let_go_without_a_successor(
    matter5: Matter, liaison5: Cast, director: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["people", "end", liaison5.email, "--until", "2036-11-17"]
    assert main(words) == FAILED
    assert main([*words, "--hand-to", "nobody@example.org"]) == FAILED
    assert "--hand-to" in capsys.readouterr().err
    assert Grant.objects.get(user=liaison5.user).valid_until is None
    assert main([*words, "--hand-to", director.email]) == DONE
    assert "now with The Director" in capsys.readouterr().out
    assert Matter.objects.get().owner == director.party
