"""What a legal hold covers, against a model written apart from it; and who may hold and lift."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.retention.keeping import TODAY, adopted, held
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.retention.actions import lift_hold
from wardroom.retention.rules import holds
from wardroom.retention.rules.holds import Scope, Traits, covers

NAMES = ("Ada Reporter", "José Núñez", "Wilhelmina Quillfeather", "Li Wei")
PHONES = ("202-555-0163", "(202) 555 0199")
PLACES = ("1300 Quill Street NE", "Alley behind 4th Street")
WORDS = ("rats", "broken light", "dumping", "hearing")
FIRST = date(2020, 1, 1)


def record(chance: random.Random) -> Traits:
    """A record of some people at some place, about something, over some days."""
    began = FIRST + timedelta(days=chance.randrange(2_000))
    return Traits(
        class_code=chance.choice(("issues", "records_requests")),
        unit=f"matter:{chance.randrange(1, 6)}",
        began_on=began,
        ended_on=began + timedelta(days=chance.randrange(400)),
        people=tuple(chance.sample((*NAMES, *PHONES), chance.randrange(3))),
        places=tuple(chance.sample(PLACES, chance.randrange(2))),
        text=" ".join(chance.sample(WORDS, chance.randrange(3))),
    )


def scope(chance: random.Random) -> Scope:
    """A hold that asks for one to three things."""
    day = FIRST + timedelta(days=chance.randrange(2_000))
    parts: dict[str, Any] = {
        "class_code": chance.choice(("issues", "records_requests", "hirings")),
        "unit": f"matter:{chance.randrange(1, 6)}",
        "person": chance.choice(("ada reporter", "Jose Nunez", "QUILLFEATHER", "2025550163")),
        "place": chance.choice(("quill street", "4th street", "Elm Street")),
        "words": chance.choice(("Rats, light", "dumping", "hearing,\nrats", "nothing")),
        "from_on": day,
        "until_on": day + timedelta(days=chance.randrange(600)),
    }
    return Scope(
        **{name: parts[name] for name in chance.sample(sorted(parts), chance.choice((1, 1, 2, 3)))}
    )


FOLD = str.maketrans("éúñÉÚÑ", "eunEUN")


def kept(asked: Scope, one: Traits) -> bool:
    """The same said otherwise: by regular expressions over one line of all there is."""
    line = " | ".join((*one.people, *one.places, one.text)).translate(FOLD).lower()
    digits = [re.sub("[^0-9]", "", part) for part in (*one.people, *one.places, one.text)]

    def stands(words: str) -> bool:
        if words.isdigit():
            return any(words in part for part in digits)
        letters = words.translate(FOLD).lower().replace(" ", "")
        loose = r"[\W_]*".join(map(re.escape, letters))
        return re.search(loose, line.replace(" | ", "\0")) is not None

    days = {one.began_on + timedelta(days=n) for n in range((one.ended_on - one.began_on).days + 1)}
    checks = [
        asked.class_code == one.class_code if asked.class_code else True,
        asked.unit == one.unit if asked.unit else True,
        any(day >= asked.from_on for day in days) if asked.from_on else True,
        any(day <= asked.until_on for day in days) if asked.until_on else True,
        *(stands(words) for words in (asked.person, asked.place) if words),
    ]
    if asked.words:
        checks.append(any(stands(word) for word in re.split(r"\s*[,\n]\s*", asked.words) if word))
    return all(checks)


def test_five_hundred_holds_cover_what_the_model_says() -> None:
    chance = random.Random(16)
    seen = set()
    for _ in range(500):
        one, asked = record(chance), scope(chance)
        seen.add(kept(asked, one))
        assert covers(asked, one) == kept(asked, one), (asked, one)
    assert seen == {True, False}


def test_power_a_hold_that_compares_letters_as_they_are_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(holds, "plain", lambda text: text)
    with pytest.raises(AssertionError):
        test_five_hundred_holds_cover_what_the_model_says()


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ({"person": "Jose\u0301 Nu\u0301n\u0303ez"}, True),
        ({"person": "+1 (202) 555-0163"}, True),
        ({"person": "+44 20 7946 0163"}, False),
        ({"person": "JoseNunez"}, True),
        ({"person": "O'Brien"}, True),
        ({"person": "Annemarie Łukasz"}, True),
        ({"person": "Anne-Marie Lukasz"}, True),
        ({"person": "202.555.0163"}, True),
        ({"person": "555-0163"}, True),
        ({"person": "0163"}, True),
        ({"person": "w.quill@example.net"}, True),
        ({"words": "case, RATS"}, True),
        ({"words": "cat"}, False),
    ],
)
def test_people_write_names_and_numbers_in_many_ways(asked: dict[str, Any], stands: bool) -> None:
    one = Traits(
        "issues", "matter:1", TODAY, TODAY,
        people=("José Núñez", "202-555-0163", "w.quill@example.net", "OBrien"),
        text="rats again, said Anne Marie Łukasz",
    )  # fmt: skip
    assert covers(Scope(**asked), one) is stands


@pytest.mark.django_db
def test_hold_is_placed_and_lifted_with_two_lines(records_officer: Cast, director: Cast) -> None:
    hold = held(records_officer, person="Wilhelmina Quillfeather")
    lift_hold(hold, reason="The case is over", stamp=director.stamp)
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["HoldPlaced", "HoldLifted"]
    hold.refresh_from_db()
    assert (hold.placed_by, hold.lifted_by) == (
        records_officer.actor.name,
        director.actor.name,
    )
    said = " ".join(f"{e.sentence} {e.body}" for e in Entry.objects.all())
    assert "Quillfeather" not in said, "lines stay for ever, so none says whom it is about"
    with pytest.raises(Refused, match="lifted"):
        lift_hold(hold, reason="Again", stamp=director.stamp)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "no_scope"),
        ({"words": " , "}, "no_words"),
        ({"from_on": TODAY, "until_on": TODAY - timedelta(days=1)}, "wrong_way"),
        ({"class_code": "ghosts"}, "unknown"),
        ({"words": "rats", "since_on": TODAY + timedelta(days=1)}, "to_come"),
    ],
)
def test_hold_that_says_nothing_is_refused(
    records_officer: Cast, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as no:
        held(records_officer, **given)
    assert no.value.code == code


@pytest.mark.django_db
def test_liaison_neither_holds_nor_adopts(liaison5: Cast, director: Cast) -> None:
    with pytest.raises(NotAllowed):
        held(liaison5, words="rats")
    for who in (liaison5, director):
        with pytest.raises(NotAllowed):
            adopted(who)


@pytest.mark.django_db
def test_schedules_follow_one_another(records_officer: Cast) -> None:
    first = adopted(records_officer)
    later = adopted(records_officer, months=36, from_on=TODAY + timedelta(days=30))
    first.refresh_from_db()
    assert first.until_on == TODAY + timedelta(days=29)
    assert later.until_on is None
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"from_on": TODAY + timedelta(days=30)}, "overlaps"),
        ({"from_on": TODAY - timedelta(days=1)}, "too_early"),
        ({"number": " "}, "no_number"),
        ({"months": None}, "no_months"),
        ({"months": 0}, "bad_months"),
        ({"fate": "burn"}, "unknown"),
    )
    for given, code in wrong:
        with pytest.raises(Refused) as no:
            adopted(records_officer, **{"from_on": TODAY + timedelta(days=60), **given})
        assert no.value.code == code
