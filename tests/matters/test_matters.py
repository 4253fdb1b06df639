"""Opening, moving on, closing and reopening a matter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import DUE, NEXT, AskMaker, Ground, open_at
from wardroom.access.gate import guard_pass
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import timeline
from wardroom.matters.actions import (
    close_matter,
    open_matter,
    propose_ask,
    reopen_matter,
    set_next_step,
    withdraw_ask,
)
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import get_matter, matter_allowed, matter_header

pytestmark = pytest.mark.django_db
YESTERDAY = NOON.date() - timedelta(days=1)


def test_open_matter_has_an_owner_and_a_next_date(matter5: Matter, liaison5: Cast) -> None:
    header = matter_header(matter5, liaison5.actor)
    assert (header.state, header.owner_name, header.next_on) == ("open", "Liaison of Ward 5", NEXT)
    line = timeline(liaison5.actor, refs=[Ref("matter", str(matter5.pk))]).lines[0]
    assert line.sentence == (
        "Dumping in the alley of ward 5 was opened. Liaison of Ward 5 owns it; "
        "next on Wednesday, November 25, 2026: Walk the alley"
    )


def test_owner_is_on_the_staff_of_that_ward(
    ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    for owner, code in (
        (partner_dpw, "owner_not_on_staff"),
        (records_officer, "owner_not_on_staff"),
        (liaison7, "owner_out_of_reach"),
    ):
        with pytest.raises(Refused) as no:
            open_matter(
                ground.places["5"],
                kind="issue",
                title="A",
                owner=owner.party,
                next_on=NEXT,
                ward=ground.wards["5"],
                stamp=liaison5.stamp,
            )
        assert (no.value.code, no.value.field) == (code, "owner")
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "wish"}, "kind"),
        ({"title": "   "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"next_on": YESTERDAY}, "next_on"),
        ({"next_step": "x" * 201}, "next_step"),
    ],
)
def test_opening_is_refused_with_the_field_at_fault(
    ground: Ground, liaison5: Cast, change: dict[str, object], field: str
) -> None:
    words: dict[str, object] = {"kind": "issue", "title": "A", "next_on": NEXT, **change}
    with pytest.raises(Refused) as no:
        open_matter(
            ground.places["5"],
            owner=liaison5.party,
            ward=ground.wards["5"],
            stamp=liaison5.stamp,
            **words,  # type: ignore[arg-type]
        )
    assert no.value.field == field


def test_liaison_opens_only_in_the_own_ward(ground: Ground, liaison5: Cast, director: Cast) -> None:
    with pytest.raises(NotAllowed):
        open_at(ground, liaison5, "7")
    assert open_at(ground, director, "7").ward_code == "7"


def test_liaison_opens_nothing_without_a_ward(ground: Ground, liaison5: Cast) -> None:
    with pytest.raises(NotAllowed):
        open_matter(
            None,
            kind="issue",
            title="Everywhere",
            owner=liaison5.party,
            next_on=NEXT,
            stamp=liaison5.stamp,
        )


def test_neither_partner_nor_records_officer_nor_nobody_changes_a_matter(
    matter5: Matter, ground: Ground, partner_dpw: Cast, records_officer: Cast, liaison7: Cast
) -> None:
    for who in (partner_dpw, records_officer, liaison7):
        with pytest.raises(NotAllowed):
            set_next_step(matter5, next_on=NEXT, next_step="", stamp=who.stamp)
        with pytest.raises(NotAllowed):
            close_matter(matter5, outcome="resolved", stamp=who.stamp)
        with pytest.raises(NotAllowed):
            reopen_matter(matter5, reason="x", next_on=NEXT, stamp=who.stamp)
        assert not matter_allowed(matter5, who.actor)
    for who in (partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            open_at(ground, who, "5")


def test_next_step_moves_on(matter5: Matter, liaison5: Cast) -> None:
    set_next_step(matter5, next_on=DUE, next_step="Call DPW", stamp=liaison5.stamp)
    matter5.refresh_from_db()
    assert (matter5.next_on, matter5.next_step) == (DUE, "Call DPW")
    with pytest.raises(Refused, match="today or a later day"):
        set_next_step(matter5, next_on=YESTERDAY, next_step="", stamp=liaison5.stamp)


def test_matter_closes_with_an_outcome_of_its_kind(matter5: Matter, liaison5: Cast) -> None:
    with pytest.raises(Refused) as no:
        close_matter(matter5, outcome="partly_fixed", stamp=liaison5.stamp)
    assert no.value.field == "outcome"
    closed = close_matter(matter5, outcome="maintained", stamp=liaison5.stamp)
    assert (closed.state, closed.closed_at) == ("closed", NOON)
    assert matter_allowed(closed, liaison5.actor) == {"reopen_matter"}
    with pytest.raises(Refused) as no:
        close_matter(matter5, outcome="resolved", stamp=liaison5.stamp)
    assert no.value.code == "wrong_state"


def test_matter_does_not_close_over_an_ask_under_way(
    matter5: Matter, requested: Ask, liaison5: Cast
) -> None:
    with pytest.raises(Refused) as no:
        close_matter(matter5, outcome="stopped", stamp=liaison5.stamp)
    assert no.value.code == "asks_under_way"
    withdraw_ask(requested, reason="The lot was sold", stamp=liaison5.stamp)
    assert close_matter(matter5, outcome="stopped", stamp=liaison5.stamp).state == "closed"


def test_closed_matter_takes_no_step_and_no_ask_until_it_is_opened_again(
    matter5: Matter, ask_in: AskMaker, liaison5: Cast
) -> None:
    close_matter(matter5, outcome="resolved", stamp=liaison5.stamp)
    with pytest.raises(Refused):
        set_next_step(matter5, next_on=NEXT, next_step="", stamp=liaison5.stamp)
    with pytest.raises(Refused):
        ask_in(matter5, liaison5, "DPW")
    with pytest.raises(Refused, match="Say why"):
        reopen_matter(matter5, reason=" ", next_on=NEXT, stamp=liaison5.stamp)
    again = reopen_matter(matter5, reason="It came back", next_on=NEXT, stamp=liaison5.stamp)
    assert (again.state, again.outcome, again.closed_at) == ("open", "", None)
    with pytest.raises(Refused) as no:
        reopen_matter(matter5, reason="Again", next_on=NEXT, stamp=liaison5.stamp)
    assert no.value.code == "wrong_state"
    line = timeline(liaison5.actor, refs=[Ref("matter", str(matter5.pk))]).lines[0]
    assert line.sentence.startswith("Dumping in the alley of ward 5 was opened again: It came back")


def test_only_an_agency_is_asked(matter5: Matter, liaison5: Cast) -> None:
    with pytest.raises(Refused) as no:
        propose_ask(
            matter5,
            party=liaison5.party,
            wording="Do it",
            authority="",
            due_on=DUE,
            stamp=liaison5.stamp,
        )
    assert (no.value.code, no.value.field) == ("not_an_agency", "party")


def test_other_ward_sees_nothing(
    matter5: Matter, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    with pytest.raises(NotFound):
        get_matter(matter5.pk, liaison7.actor)
    with pytest.raises(NotFound):
        get_matter(matter5.pk, partner_dpw.actor)
    assert get_matter(matter5.pk, records_officer.actor) == matter5
    refs = [Ref("matter", str(matter5.pk)), Ref("place", str(matter5.place_id))]
    kinds = {line.kind for line in timeline(liaison7.actor, refs=refs).lines}
    assert kinds == {"PlaceNoted"}
    assert "MatterOpened" in {
        line.kind for line in timeline(records_officer.actor, refs=refs).lines
    }


def test_partner_sees_only_the_header_of_a_matter(
    matter5: Matter, requested: Ask, partner_dpw: Cast, partner_ddot: Cast
) -> None:
    header = matter_header(get_matter(matter5.pk, partner_dpw.actor), partner_dpw.actor)
    assert header.title == "Persistent location at Alley behind the 500 block"
    assert header.public_text == "The city works on this alley."
    assert header.place_label == "Alley behind the 500 block"
    assert (header.inside, header.owner_name, header.next_step) == (False, "", "")
    assert (header.next_on, header.opened_on, header.outcomes) == (None, None, ())
    assert not header.allowed
    with pytest.raises(NotFound):
        get_matter(matter5.pk, partner_ddot.actor)


@pytest.mark.parametrize(
    "broken",
    [
        {"next_on": None},
        {"state": "closed", "outcome": ""},
        {"state": "closed", "outcome": "resolved", "closed_at": None},
        {"state": "asleep"},
    ],
)
def test_database_agrees_about_matters(matter5: Matter, broken: dict[str, date | str]) -> None:
    with guard_pass("goes round the gate"), pytest.raises(DatabaseError), transaction.atomic():
        Matter.objects.filter(pk=matter5.pk).update(**broken)
