"""The search index can be held against all that the house keeps, and made anew from it."""

from __future__ import annotations

from datetime import date

import pytest
from shapely.geometry import box

from tests.casework.intake import take
from tests.cast import HOUSE, Cast
from tests.ground import AskMaker, Ground
from wardroom.access.gate import guard_pass
from wardroom.casework.queries import find_anything
from wardroom.city.actions import Feature, load_boundaries
from wardroom.city.rules import GroundDraft
from wardroom.directory.actions import add_alias, add_contact_point, note_person
from wardroom.jobs.cli import DONE, FAILED, main
from wardroom.matters.actions import capture_line, say_where_it_stands
from wardroom.matters.models import Matter
from wardroom.search.models import Doc, Made, Spelling
from wardroom.search.rules import VERSION

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("office")]
TODAY = date(2026, 11, 18)
Output = pytest.CaptureFixture[str]


@pytest.fixture
def issue(ground: Ground, liaison5: Cast, ask_in: AskMaker) -> Matter:
    """One of everything that can be found, put there by what people do."""
    load_boundaries(
        None, kind="ground", valid_from=date(2022, 1, 1), source="a test", digest="2" * 64,
        features=[
            Feature(
                "R1", "Langdon Park", box(-77.01, 38.91, -77.0, 38.92),
                GroundDraft("DPR", "Parks and Recreation", "agency"),
            )
        ],
        stamp=HOUSE,
    )  # fmt: skip
    stamp = liaison5.stamp
    person = note_person(None, name="Josephine Baker", phone="202-555-0188", stamp=stamp)
    add_alias(person, name="Jo Baker", stamp=HOUSE)
    add_contact_point(person, channel="email", value="jo@x.example", consent=True, stamp=HOUSE)
    matter = take(liaison5, ground, said="Opossums under the porch").matter
    ask_in(matter, liaison5, "DPW")
    capture_line(matter, text="The neighbors whispered", stamp=stamp)
    matter.refresh_from_db()
    say_where_it_stands(matter, text="Waiting for a zeppelin", stamp=stamp)
    return matter


def found(who: Cast, text: str) -> list[str]:
    return [f"{hit.noun}:{hit.key}" for hit in find_anything(who.actor, text, on=TODAY).rows]


WORDS = ("opossums", "zeppelin", "whispered", "langdon", "baker", "jo@x.example", "alley", "dpw")


def test_what_people_do_leaves_the_index_whole(issue: Matter, capsys: Output) -> None:
    assert main(["index", "--check"]) == DONE
    assert "The search index is whole" in capsys.readouterr().out


def test_index_that_was_lost_is_made_anew_as_it_was(
    issue: Matter, liaison5: Cast, director: Cast, capsys: Output
) -> None:
    before = {(who, w): found(who, w) for who in (liaison5, director) for w in WORDS}
    assert all(before.values())
    docs = set(Doc.objects.values_list("noun", "key", "words", "ward_code", "matter_key"))
    with guard_pass("a test"):
        Doc.objects.all().delete()
        Spelling.objects.all().delete()
    assert main(["index", "--check"]) == FAILED
    assert "cannot be found (" in capsys.readouterr().err
    assert main(["index"]) == DONE
    assert f"{len(docs):,} things can be found" in capsys.readouterr().out
    assert set(Doc.objects.values_list("noun", "key", "words", "ward_code", "matter_key")) == docs
    assert {(who, w): found(who, w) for who in (liaison5, director) for w in WORDS} == before


def test_index_made_anew_keeps_the_order_and_the_instants(issue: Matter) -> None:
    before = list(Doc.objects.order_by("at", "noun", "key").values_list("noun", "key", "at"))
    assert main(["index"]) == DONE
    rows = Doc.objects.order_by("at", "noun", "key").values_list("noun", "key", "at")
    assert list(rows) == before
    numbers = Doc.objects.order_by("at", "pk").values_list("pk", flat=True)
    assert list(numbers) == sorted(numbers)


def test_old_words_and_things_that_are_gone_are_named(issue: Matter, capsys: Output) -> None:
    with guard_pass("a test"):
        Doc.objects.filter(noun="matter", key=str(issue.pk)).update(words="~nmatter rats")
        Doc.objects.filter(noun="place").earliest("pk").delete()
        Doc.objects.filter(noun="ask").update(key="999")
    assert main(["index", "--check"]) == FAILED
    said = capsys.readouterr().err
    assert f"found by old words (matter {issue.pk})" in said
    assert "cannot be found (" in said
    assert "1 found though not there (ask 999)" in said
    assert main(["index"]) == DONE
    assert main(["index", "--check"]) == DONE


@pytest.mark.parametrize("made_by", [None, VERSION - 1])
def test_upgrade_makes_an_older_index_anew_and_only_once(
    issue: Matter, made_by: int | None, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The PostgreSQL of the tests is made to be forgotten.
    monkeypatch.setattr("wardroom.config.checks.unsafe_settings", lambda _: [])
    with guard_pass("a test"):
        Made.objects.all().delete()
        if made_by is not None:
            Made.objects.create(version=made_by)
        Doc.objects.filter(noun="matter").delete()
        Doc.objects.filter(noun="entry").update(words="=old ~nentry")
    assert main(["setup"]) == DONE
    assert "Making the search index" in capsys.readouterr().err
    assert main(["index", "--check"]) == DONE
    assert list(Made.objects.values_list("version", flat=True)) == [VERSION]
    capsys.readouterr()
    assert main(["setup"]) == DONE
    assert "Making the search index" not in capsys.readouterr().err
