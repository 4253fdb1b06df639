"""What the intake knows before the form is long, and never more than the asker may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tests.casework.intake import SAID, take
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.casework.actions.batch_rows import carry_out, locked
from wardroom.casework.queries import ask_desk, known_here
from wardroom.directory.actions import add_service, note_person
from wardroom.directory.models import Party
from wardroom.kernel.business_time import Clock
from wardroom.kernel.errors import NotFound
from wardroom.library.actions import place_service_under_topic, set_topic_promise
from wardroom.library.queries import clocks_to_start, promise_that_applies
from wardroom.library.rules import TOPICS, topics_spoken_of, usual_asks
from wardroom.library.rules.spoken import SPOKEN
from wardroom.library.rules.wordings import USUAL
from wardroom.matters.actions import AskDraft, ask_agencies
from wardroom.matters.models import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
DUE = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("Rats under the fence", ("rodents",)),
        ("I would rather call later", ()),
        ("Potholes everywhere", ("roadway",)),
        ("A mattress was dumped and the bags smell", ("dumping", "trash")),
        ("", ()),
    ],
)
def test_words_hint_at_topics(words: str, topics: tuple[str, ...]) -> None:
    assert topics_spoken_of(words) == topics


def test_hints_and_usual_words_name_topics_that_there_are() -> None:
    known = {topic.code for topic in TOPICS if not topic.routine}
    assert set(SPOKEN) <= known
    assert set(USUAL) <= known
    assert all(len(words) <= 300 for code in USUAL for _, words in usual_asks(code))


def test_topics_are_suggested_until_one_is_chosen(liaison5: Cast) -> None:
    known = known_here(liaison5.actor, at=NOON, said=SAID)
    assert "rodents" in [row.code for row in known.topics]
    assert known.expected is None
    known = known_here(liaison5.actor, at=NOON, said=SAID, topic_code="rodents")
    assert known.topics == ()
    assert known.expected is not None


def test_promise_shows_its_date_and_its_arithmetic(
    liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    row = known_here(liaison5.actor, at=NOON, topic_code="rodents").expected
    assert row is not None
    assert (row.span, row.agency_code) == ("10 working days", "")
    assert row.due.due_on == date(2026, 12, 3)
    assert any("Thanksgiving" in step for step in row.due.steps)


def test_agency_that_answers_for_the_topic_is_named_with_its_own_promise(
    director: Cast, agencies: Mapping[str, Party]
) -> None:
    service = add_service(agencies["DPW"], code="RAT", name="Rats", stamp=HOUSE)
    place_service_under_topic(service, topic_code="rodents", stamp=director.stamp)
    set_topic_promise(
        None,
        topic_code="rodents",
        agency_code="DPW",
        days=4,
        clock=Clock.BUSINESS,
        citation="The agency's letter",
        valid_from=date(2026, 1, 1),
        stamp=director.stamp,
    )
    row = promise_that_applies("rodents", NOON)
    assert row is not None
    assert (row.agency_code, row.promise.days) == ("DPW", 4)
    assert row.due.citation == "The agency's letter"


def test_place_typed_in_full_is_the_place(ground: Ground, liaison5: Cast) -> None:
    label = ground.places["5"].label
    known = known_here(liaison5.actor, at=NOON, place_text=label.upper())
    assert known.place is not None
    assert known.place.place_id == ground.places["5"].pk
    assert known.found.rows == ()
    assert known_here(liaison5.actor, at=NOON, place_text=label[:9]).place is None


def test_who_called_before_is_named_once(ground: Ground, liaison5: Cast) -> None:
    person = note_person(None, name="A resident", phone="202-555-0147", stamp=HOUSE)
    for _ in range(2):
        take(liaison5, ground, reporter=person, reporter_typed="")
    known = known_here(liaison5.actor, at=NOON, place_id=ground.places["5"].pk)
    assert [row.party_id for row in known.other_callers] == [person.pk]
    known = known_here(
        liaison5.actor, at=NOON, place_id=ground.places["5"].pk, phone="(202) 555-0147"
    )
    assert [row.party_id for row in known.people] == [person.pk]
    assert known.other_callers == ()


@pytest.mark.parametrize("who", ["partner_dpw", "records_officer", "liaison7"])
def test_other_ward_and_partners_are_told_nothing_of_a_place(
    ground: Ground, liaison5: Cast, who: str, request: pytest.FixtureRequest
) -> None:
    take(liaison5, ground)
    asker: Cast = request.getfixturevalue(who)
    known = known_here(asker.actor, at=NOON, place_id=ground.places["5"].pk, said=SAID)
    assert (known.callers, known.open_requests) == ((), 0)
    if who != "liaison7":
        assert (known.place, known.topics, known.people, known.request) == (None, (), (), None)
    assert known.near == ()


def test_desk_offers_usual_words_and_the_same_as_last_time(
    ground: Ground, liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    first, second = take(liaison5, ground).matter, take(liaison5, ground).matter
    drafts = [
        AskDraft(agencies["DPW"], "Inspect the bins", DUE),
        AskDraft(agencies["DOB"], "Inspect the house", DUE),
    ]
    ask_agencies(first, drafts=drafts, stamp=liaison5.stamp)
    desk = ask_desk(second.pk, liaison5.actor, at=NOON, like="before")
    assert desk.before is not None
    assert desk.before.matter_id == first.pk
    assert [(r.agency_code, r.wording) for r in desk.rows] == [
        ("DPW", "Inspect the bins"),
        ("DOB", "Inspect the house"),
        ("", ""),
    ]
    assert {row.due_on for row in desk.rows} == {date(2026, 12, 3)}
    usual = ask_desk(second.pk, liaison5.actor, at=NOON, like="usual")
    assert [r.agency_code for r in usual.rows] == ["DOH", "DPW", "DOB"]
    why = usual.why_due("DOH", date(2026, 12, 3))
    assert why is not None
    assert why["citation"]
    assert usual.why_due("DOH", date(2026, 12, 7)) is None


def test_desk_of_another_ward_is_not_there(
    ground: Ground, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    matter = take(liaison5, ground).matter
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotFound):
            ask_desk(matter.pk, who.actor, at=NOON)


def test_asks_can_be_written_down_and_sent_later(
    ground: Ground, liaison5: Cast, partner_dpw: Cast, agencies: Mapping[str, Party]
) -> None:
    matter = take(liaison5, ground).matter
    desk = ask_desk(matter.pk, liaison5.actor, at=NOON)
    day = date(2026, 12, 3)
    draft = AskDraft(agencies["DPW"], "Inspect", day, why_due=desk.why_due("DPW", day))
    asks = ask_agencies(matter, drafts=[draft], send=False, stamp=liaison5.stamp)
    assert [ask.state for ask in asks] == ["proposed"]
    assert asks[0].why_due is not None
    assert asks[0].asked_agency == ""


def test_clocks_that_can_be_started_are_those_of_the_law() -> None:
    codes = {row.code: row for row in clocks_to_start(NOON.date())}
    assert {"dc-foia", "dc-foia-extended", "dc-anc-notice", "dc-anc-proposal-answer"} <= set(codes)
    assert {"dc-anc-proposal-status", "dc-open-meeting-notice"} <= set(codes)
    assert not [code for code in codes if code.startswith("own-") or code == "dc-311-2015"]
    assert codes["dc-open-meeting-notice"].meets
    assert codes["dc-foia-extended"].condition
    assert clocks_to_start(NOON.date() - timedelta(days=365 * 60)) == ()


def test_batch_of_asks_keeps_why_the_day_is_due(
    ground: Ground, liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    made = take(liaison5, ground).matter
    desk = ask_desk(made.pk, liaison5.actor, at=NOON)
    row = desk.expected.get("DPW") or desk.expected[""]
    assert row is not None
    day = row.due.due_on
    words = {"agency_code": "DPW", "wording": "Inspect", "due_on": day.isoformat()}
    carry_out("ask", locked(made.pk), words, liaison5.stamp)
    assert Ask.objects.get(matter=made).why_due == desk.why_due("DPW", day)
