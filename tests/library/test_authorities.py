"""Whom residents call about what is not the city's: kept by the director, known by words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.cast import Cast
from wardroom.casework.rules import danger_code
from wardroom.demonstration.authorities import LISTED
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.languages import LANGUAGES
from wardroom.library import actions
from wardroom.library.models import OtherAuthority
from wardroom.library.queries import authorities
from wardroom.library.queries.elsewhere import authority_file
from wardroom.library.rules.authorities import Authority, meant_by

POWER = Authority(
    code="power",
    name="The power company",
    about="Poles and wires.",
    phone="202-555-0105",
    hours="At all hours",
    words="power pole, utility pole",
)


def keep(who: Cast, kept: Authority = POWER, **how: Any) -> OtherAuthority:
    row: OtherAuthority = actions.keep_authority(None, kept=kept, stamp=who.stamp, **how)
    return row


@pytest.mark.django_db
def test_residents_are_told_of_what_the_director_keeps(director: Cast) -> None:
    keep(director)
    assert authorities() == (POWER,)
    keep(director, replace(POWER, phone="202-555-0199"))
    assert [each.phone for each in authorities()] == ["202-555-0199"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "Power company"}, "code"),
        ({"name": " "}, "name"),
        ({"about": ""}, "about"),
        ({"phone": "call us"}, "phone"),
        ({"hours": ""}, "hours"),
        ({"words": "a"}, "words"),
        ({"words": ", ".join(f"word{n}" for n in range(61))}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"translations": {"xx": {}}}, "language"),
    ],
)
@pytest.mark.django_db
def test_what_people_cannot_be_told_is_refused(
    changed: dict[str, Any], field: str, director: Cast
) -> None:
    with pytest.raises(Refused) as no:
        keep(director, replace(POWER, **changed))
    assert no.value.field == field
    assert authorities() == ()


@pytest.mark.django_db
def test_only_the_director_keeps_the_list(liaison5: Cast, director: Cast) -> None:
    with pytest.raises(NotAllowed):
        keep(liaison5)
    row = keep(director)
    with pytest.raises(NotAllowed):
        actions.end_authority(row, stamp=liaison5.stamp)


@pytest.mark.django_db
def test_second_authority_of_a_code_is_refused(director: Cast) -> None:
    keep(director, new=True)
    with pytest.raises(Refused) as no:
        keep(director, new=True)
    assert (no.value.code, no.value.field) == ("taken", "code")


@pytest.mark.django_db
def test_ended_authority_is_told_no_more_and_its_code_is_free(director: Cast) -> None:
    row = keep(director)
    actions.end_authority(row, stamp=director.stamp)
    assert authorities() == ()
    with pytest.raises(Refused):
        actions.end_authority(row, stamp=director.stamp)
    keep(director, new=True)
    assert authorities() == (POWER,)


@pytest.mark.django_db
def test_change_keeps_what_was_translated(director: Cast) -> None:
    row = keep(director)
    said = {"name": "La compañía eléctrica", "words": "poste de luz"}
    actions.translate_authority(row, language="es", said=said, stamp=director.stamp)
    keep(director, replace(POWER, hours="By day"))
    (kept,) = authorities()
    assert kept.said_in("name", "es") == "La compañía eléctrica"
    assert kept.said_in("about", "es") == "Poles and wires."
    assert not kept.is_said_in("about", "es")
    lacks = dict(authority_file("power", director.actor).lacks)
    assert lacks["es"] == ("what is theirs", "its hours")
    assert "en" not in lacks
    assert meant_by("hay un poste de luz roto", [kept]) == (kept,)


@pytest.mark.parametrize(("language", "said"), [("en", {"name": "x"}), ("xx", {}), ("es", {})])
@pytest.mark.django_db
def test_translation_without_words_or_language_is_refused(
    language: str, said: dict[str, str], director: Cast
) -> None:
    row = keep(director)
    with pytest.raises(Refused):
        actions.translate_authority(row, language=language, said=said, stamp=director.stamp)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A utility pole leans over the fence", "power_company"),
        ("Two power poles are down", "power_company"),
        ("人行道上的电线杆歪了", "power_company"),
        ("전봇대가 기울었어요", "power_company"),
        ("የኤሌክትሪክ ምሰሶው ወድቋል", "power_company"),
        ("cột điện bị nghiêng", "power_company"),
        ("The escalator at the station does not move", "transit"),
        ("Trash on the National Mall", "park_service"),
        ("The sign on I-295 is bent", "highways"),
        ("Une bretelle est pleine d'ordures", "highways"),
        ("8600 Georgia Avenue, Silver Spring", "maryland_neighbors"),
        ("Rats in an alley of Arlington, VA", "virginia_neighbors"),
    ],
)
def test_words_tell_whose_it_may_be(text: str, code: str) -> None:
    assert code in {each.code for each in meant_by(text, LISTED)}


@pytest.mark.parametrize(
    "text",
    ["Rats run out of the alley", "A flagpole is bent", "1200 Maryland Avenue NE", "", "Virginia"],
)
def test_other_words_mean_nobody_else(text: str) -> None:
    assert meant_by(text, LISTED) == ()


def test_demonstration_tells_of_each_in_every_language() -> None:
    for kept in LISTED:
        for code in LANGUAGES:
            assert all(kept.is_said_in(part, code) for part in ("name", "about", "hours"))
        assert set(kept.translations) == set(LANGUAGES) - {"en"}


HANGING = {
    "en": ("A power line is hanging over the sidewalk", "The power lines fell on the ground"),
    "es": (
        "Un cable de luz cuelga sobre la acera",
        "Los cables de la luz están caídos",
        "Hay cables electricos colgando en mi calle",
        "Se cayó el poste de luz con los cables de luz",
    ),
    "fr": ("Un câble électrique pend.", "Les fils électriques pendent sur le trottoir"),
    "am": ("የኤሌክትሪክ ሽቦ በመንገዱ ላይ ተንጠልጥሏል",),
    "zh": ("人行道上有电线垂下来",),
    "ko": ("전깃줄이 인도 위로 늘어져 있어요",),
    "vi": ("Dây điện treo lủng lẳng trên vỉa hè",),
}


def test_a_dark_lamp_is_the_citys() -> None:
    assert meant_by("El poste de luz está apagado", LISTED) == ()
    assert danger_code("El poste de luz está apagado") == ""
    assert danger_code("El poste de luz está caído") == "wires"


@pytest.mark.parametrize("said", [text for several in HANGING.values() for text in several])
def test_a_hanging_line_is_a_danger_and_the_power_companys(said: str) -> None:
    assert danger_code(said) == "wires"
    assert "power_company" in [each.code for each in meant_by(said, LISTED)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Las paradas del autobús están sucias", "transit"),
        ("La escalera mecanica no funciona", "transit"),
        ("Les arrêts de bus sont sales", "transit"),
        ("公交车站很脏", "transit"),
        ("버스정류장이 더러워요", "transit"),
        ("Bến xe buýt rất bẩn", "transit"),
        ("Hay basura en los parques federales", "park_service"),
        ("Falta una señal en la autopista", "highways"),
    ],
)
def test_plurals_articles_and_missing_accents_are_understood(said: str, code: str) -> None:
    assert code in [each.code for each in meant_by(said, LISTED)]
    assert danger_code(said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "A un metro de la puerta hay basura",
        "El cable de la televisión no funciona. Se cayó un árbol",
        "The wire fence is rusty. A branch is hanging",
    ],
)
def test_other_words_mean_neither_danger_nor_others(said: str) -> None:
    assert danger_code(said) == ""
    assert meant_by(said, LISTED) == ()
