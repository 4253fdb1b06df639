"""Who is suggested to speak for the Mayor, and why."""

from __future__ import annotations

import pytest

from wardroom.calendar.rules.speaking import Speaker, check_limits, suggested_speakers
from wardroom.kernel.errors import Refused


def test_ward_language_and_load_put_people_in_an_order_that_explains_itself() -> None:
    own = Speaker(1, "Own", "own", load=2)
    speaks = Speaker(2, "Speaks", "covers", languages=frozenset({"es"}))
    boss = Speaker(3, "Boss", "city")
    found = suggested_speakers([boss, own, speaks], languages=frozenset({"es"}))
    assert [one.name for one in found] == ["Speaks", "Boss", "Own"]
    assert found[0].reasons == (
        "Covers this ward for a colleague",
        "Speaks es",
        "Has nothing else that week",
    )
    assert found[2].against == ("Is not known to speak es",)


def test_clash_and_a_no_put_somebody_behind_all_who_are_free() -> None:
    busy = Speaker(1, "Busy", "own", clashes=("Core team",))
    said_no = Speaker(2, "Said no", "own", declined=True)
    far = Speaker(3, "Far", "city", load=9)
    found = suggested_speakers([busy, said_no, far])
    assert [one.name for one in found] == ["Far", "Busy", "Said no"]
    assert found[1].against == ("Is busy at that time: Core team",)
    assert found[2].against == ("Said no already",)
    assert "9 other events" in found[0].against[0]


def test_nobody_is_no_suggestion_and_people_alike_stand_by_name() -> None:
    assert suggested_speakers([]) == ()
    pair = [Speaker(2, "B", "own"), Speaker(1, "A", "own")]
    assert [one.name for one in suggested_speakers(pair)] == ["A", "B"]


@pytest.mark.parametrize(
    ("may", "may_not", "field"),
    [
        ("", "Money", "may_promise"),
        ("A visit", " ", "may_not_promise"),
        ("x" * 501, "y", "may_promise"),
    ],
)
def test_limits_are_written_before_somebody_speaks(may: str, may_not: str, field: str) -> None:
    with pytest.raises(Refused) as no:
        check_limits(may, may_not)
    assert no.value.field == field
