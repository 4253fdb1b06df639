"""Languages on duty: who speaks what, which turns ask for one, and what becomes of it."""

from __future__ import annotations

import pytest

from tests.cast import Cast, hire
from tests.office.rotas import DAY, MONDAY, begin, by_hand, crew, turn_on
from wardroom.access.actor import Role
from wardroom.calendar.models import Shift
from wardroom.calendar.queries.duty import gaps
from wardroom.jobs.delivery import sweep
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.office.actions import (
    ask_language,
    drop_rota,
    enter_wish,
    give_shift,
    give_turn,
    note_languages,
    publish_rota,
    revise_rota,
    take_gap,
    want_proposal,
)
from wardroom.office.models import Rota
from wardroom.office.queries import crew_list, crew_member, lanes_of, rota_file, turn_sheet
from wardroom.office.reactions import rota as looking

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SECONDS", 2.0)


@pytest.fixture
def people() -> list[Cast]:
    return crew()


def speaks(who: Cast, *languages: str) -> None:
    note_languages(who.user, languages=languages, stamp=who.stamp)


def test_people_say_what_they_speak_and_the_director_for_all(
    director: Cast, liaison5: Cast, liaison7: Cast, auditor: Cast
) -> None:
    speaks(liaison5, "fr", "es")
    assert crew_member(liaison5.user.pk, liaison5.actor, on=MONDAY).spoken == "Spanish, French"
    note_languages(liaison5.user, languages=["am"], stamp=director.stamp)
    rows = {row.name: row.spoken for row in crew_list(auditor.actor, on=MONDAY)}
    assert rows == {"Liaison of Ward 5": "Amharic", "Liaison of Ward 7": ""}
    assert not crew_list(liaison7.actor, on=MONDAY)
    last = Entry.objects.filter(kind="LanguagesNoted").order_by("pk").last()
    assert last is not None
    assert last.sentence == "Liaison of Ward 5 speaks on duty: Amharic"
    for who in (liaison7, auditor):
        with pytest.raises(NotAllowed):
            note_languages(liaison5.user, languages=[], stamp=who.stamp)
        with pytest.raises(NotFound):
            crew_member(liaison5.user.pk, who.actor, on=MONDAY)
    with pytest.raises(NotFound):
        crew_member(director.user.pk, director.actor, on=MONDAY)
    for languages, code in ((["en"], "unknown_language"), (["am"], "nothing_new")):
        with pytest.raises(Refused) as no:
            note_languages(liaison5.user, languages=languages, stamp=director.stamp)
        assert no.value.code == code


def test_turns_that_ask_go_to_those_who_speak_it(director: Cast, people: list[Cast]) -> None:
    for who in people[:4]:
        speaks(who, "es")
    rota = begin(director, backup=False)
    ask_language(rota, role="on_call", days="off", language="es", stamp=director.stamp)
    want_proposal(rota, stamp=director.stamp)
    sweep()
    file = rota_file(rota.pk, director.actor)
    assert (file.sought, file.row.gaps) == ("found", 0)
    assert not file.troubled
    asked = list(rota.turns.exclude(language="").order_by("pk"))
    assert {turn.on_date for turn in asked} == {MONDAY + n * DAY for n in (5, 6, 12, 13)}
    assert {turn.user_id for turn in asked} <= {who.user.pk for who in people[:4]}


def test_a_conflict_names_the_language(director: Cast, people: list[Cast]) -> None:
    speaks(people[0], "am")
    enter_wish(None, kind="leave", from_on=MONDAY + DAY, stamp=people[0].stamp)
    rota = begin(director, weeks=1, backup=False)
    ask_language(rota, role="on_call", days="1", language="am", stamp=director.stamp)
    want_proposal(rota, stamp=director.stamp)
    sweep()
    assert rota_file(rota.pk, director.actor).conflict == (
        "A turn that asks for Amharic goes to somebody who speaks it.",
        "Ada is on leave on Tue, December 1",
        "Nobody would have On call (Amharic), Tue, December 1, 5:00 p.m. to Wed 8:00 a.m.",
    )


def test_a_conflict_names_the_turns_that_were_given_by_hand(
    director: Cast, people: list[Cast]
) -> None:
    rota = begin(director, weeks=1, backup=False)
    give_turn(turn_on(rota, MONDAY + 5 * DAY), user_id=people[0].user.pk, stamp=director.stamp)
    enter_wish(None, kind="leave", from_on=MONDAY + 5 * DAY, stamp=people[0].stamp)
    want_proposal(rota, with_gaps=True, stamp=director.stamp)
    sweep()
    conflict = rota_file(rota.pk, director.actor).conflict
    assert "Ada is on leave on Sat, December 5" in conflict
    assert (
        "On call, Sat, December 5, 8:00 a.m. to Sun 8:00 a.m., was given to Ada by hand and stays"
        " so. Give that turn to somebody else, or to nobody"
    ) in conflict


def test_a_turn_by_hand_is_warned_of(director: Cast, people: list[Cast]) -> None:
    speaks(people[1], "es")
    rota = begin(director, backup=False)
    give_turn(turn_on(rota, MONDAY), user_id=people[0].user.pk, stamp=director.stamp)
    ask_language(rota, role="on_call", days="every", language="es", stamp=director.stamp)
    [row] = rota_file(rota.pk, director.actor).troubled
    assert row.found.warnings == ("does not speak Spanish",)
    assert row.what == "On call (Spanish)"
    with pytest.raises(Refused) as no:
        give_turn(turn_on(rota, MONDAY), user_id=people[2].user.pk, stamp=director.stamp)
    assert no.value.sentence == (
        "A rule speaks against it: does not speak Spanish. Say why all the same."
    )
    first = turn_sheet(turn_on(rota, MONDAY).pk, rota.pk, director.actor).candidates[0]
    assert first.words == "Ben (0 turns): free"


def test_a_reason_given_before_does_not_cover_a_language(
    director: Cast, people: list[Cast]
) -> None:
    rota = begin(director, backup=False)
    for n in (0, 1):
        give_turn(turn_on(rota, MONDAY + n * DAY), user_id=people[0].user.pk,
                  because="asked for", stamp=director.stamp)  # fmt: skip
    weekend = MONDAY + 5 * DAY
    for n in (0, 1):
        give_turn(turn_on(rota, weekend + n * DAY), user_id=people[0].user.pk,
                  because="asked for", stamp=director.stamp)  # fmt: skip
    ask_language(rota, role="on_call", days="6", language="es", stamp=director.stamp)
    turn = turn_on(rota, weekend + DAY)
    assert not turn.overridden
    assert "does not speak Spanish" in " ".join(
        row.found.words for row in rota_file(rota.pk, director.actor).troubled
    )


def test_shifts_in_force_ask_for_the_language_too(director: Cast, people: list[Cast]) -> None:
    speaks(people[0], "es")
    rota = begin(director, weeks=1, backup=False)
    ask_language(rota, role="on_call", days="every", language="es", stamp=director.stamp)
    by_hand(rota, director, people)
    give_turn(turn_on(rota, MONDAY + 3 * DAY), user_id=None, stamp=director.stamp)
    publish_rota(rota, stamp=director.stamp)
    [gap] = [one for one in gaps(MONDAY, MONDAY + 6 * DAY) if one.shift_id]
    assert gap.words.startswith("Nobody has On call (Spanish), Thu, December 3")
    shift = Shift.objects.get(user=None)
    with pytest.raises(Refused) as no:
        take_gap(shift, stamp=people[5].stamp)
    assert "does not speak Spanish" in no.value.sentence
    with pytest.raises(Refused) as no:
        give_shift(shift, user_id=people[5].user.pk, stamp=director.stamp)
    assert no.value.code == "warned"
    take_gap(shift, stamp=people[0].stamp)


def test_a_new_version_can_ask_for_another(director: Cast, people: list[Cast]) -> None:
    rota = begin(director, weeks=1, backup=False)
    by_hand(rota, director, people)
    publish_rota(rota, stamp=director.stamp)
    held = dict(Shift.objects.values_list("on_date", "user"))
    made = revise_rota(rota, stamp=director.stamp)
    ask_language(made, role="on_call", days="0", language="zh", stamp=director.stamp)
    publish_rota(made, stamp=director.stamp)
    assert dict(Shift.objects.values_list("on_date", "user")) == held
    assert [s.on_date for s in Shift.objects.filter(language="zh", cleared_at=None)] == [MONDAY]
    again = revise_rota(Rota.objects.get(pk=made.pk), stamp=director.stamp)
    assert turn_on(again, MONDAY).language == "zh"


def test_what_cannot_be_asked_is_refused(director: Cast, liaison5: Cast) -> None:
    hire("ivy", "Ivy", Role.STAFF)
    rota = begin(director, wards=("5", "7"), evening_on=2)
    assert list(lanes_of(rota.pk).values()) == [
        "Backup", "On call", "Evening in every ward", "Evening in Ward 5", "Evening in Ward 7"
    ]  # fmt: skip
    ask = {"days": "every", "language": "es"}
    ask_language(rota, role="evening", ward="5", **ask, stamp=director.stamp)
    assert rota.turns.filter(language="es").count() == 2
    ask_language(rota, role="evening", **ask, stamp=director.stamp)
    assert rota.turns.filter(language="es").count() == 4
    ask_language(rota, role="evening", days="every", stamp=director.stamp)
    assert not rota.turns.exclude(language="").exists()
    for role, days, language, code in (
        ("evening", "0", "es", "no_turns"),
        ("event", "every", "es", "no_turns"),
        ("on_call", "every", "", "nothing_new"),
        ("nap", "every", "es", "unknown_role"),
        ("on_call", "never", "es", "unknown_days"),
        ("on_call", "every", "xx", "unknown_language"),
    ):
        with pytest.raises(Refused) as no:
            ask_language(rota, role=role, days=days, language=language, stamp=director.stamp)
        assert no.value.code == code
    with pytest.raises(NotAllowed):
        ask_language(rota, role="on_call", **ask, stamp=liaison5.stamp)
    drop_rota(rota, stamp=director.stamp)
    with pytest.raises(Refused) as no:
        ask_language(rota, role="on_call", **ask, stamp=director.stamp)
    assert no.value.code == "wrong_state"
