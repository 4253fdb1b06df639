"""A search finds all that the searcher reads, and nothing that is apart from them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from tests.cast import HOUSE, Cast
from tests.ground import Ground, open_at
from tests.hiring.jobs import applied_for
from tests.hiring.jobs import follow as follow_hiring
from tests.office.funds import fund_in_use
from tests.records.asking import CANARY, MAIL, TODAY, asked, mail_in, note_complaint, searched
from wardroom.access import gate
from wardroom.access.gate import unit_of_work
from wardroom.documents.actions import store_document
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import capture_line, restrict_matter
from wardroom.records import policy
from wardroom.records.actions import searching
from wardroom.records.models import FoundRecord
from wardroom.records.queries import finding
from wardroom.records.rules import KINDS

pytestmark = pytest.mark.django_db


def sql_count(table: str, texts: tuple[str, ...], term: str, where: str = "") -> int:
    """How many rows of a table hold a word, asked of the database itself."""
    holds = " OR ".join(f"lower({text}) LIKE %s" for text in texts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} WHERE ({holds}) {where}",
            [f"%{term.lower()}%"] * len(texts),
        )
        [[found]] = cursor.fetchall()
    return int(found)


@pytest.fixture
def told(liaison5: Cast, director: Cast) -> None:
    """Forty lines and twenty messages, half of each with the word."""
    for number in range(20):
        note_complaint(liaison5, f"Line {number} about the ALLEY, in full.")
        note_complaint(liaison5, f"Line {number} about a lamp.")
    for number in range(10):
        mail_in(f"Message {number}: the Alley again.")
        mail_in(f"Message {number}: thanks.", subject="Thanks")


def found_of(records: tuple[FoundRecord, ...], noun: str) -> int:
    """How many of one kind were found."""
    return sum(1 for row in records if row.noun == noun)


def test_a_search_is_complete_against_independent_sql(told: None, records_officer: Cast) -> None:
    records = searched(asked(), records_officer)
    lines = sql_count("ledger_entry", ("sentence",), "alley", "AND kind = 'NoteWritten'")
    mails = sql_count("notices_received", ("subject", "text"), "alley")
    assert (lines, mails) == (20, 20 - 10)
    assert (found_of(records, "line"), found_of(records, "mail_in")) == (lines, mails)


def test_power_a_search_that_stops_early_is_caught(
    told: None, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = finding.SHELVES["line"]
    short = {**finding.SHELVES, "line": lambda wanted, actor: iter(list(whole(wanted, actor))[:-1])}
    monkeypatch.setattr(finding, "SHELVES", short)
    records = searched(asked(), records_officer)
    lines = sql_count("ledger_entry", ("sentence",), "alley", "AND kind = 'NoteWritten'")
    assert found_of(records, "line") != lines


def test_each_thing_stands_once_and_keeps_its_number(told: None, records_officer: Cast) -> None:
    request = asked()
    first = searched(request, records_officer)
    again = searched(request, records_officer, "alley, lamp")
    assert [row.pk for row in again[: len(first)]] == [row.pk for row in first]
    assert [row.number for row in again] == list(range(1, len(again) + 1))
    assert [(s.found, s.new) for s in request.searches.order_by("pk")] == [
        (len(first), len(first)),
        (len(again), len(again) - len(first)),
    ]


@pytest.mark.parametrize("term", ["GÖSTA", "gösta", "überall", "Überall"])
def test_letters_beyond_ascii_are_found_whatever_their_case(
    term: str, liaison5: Cast, records_officer: Cast
) -> None:
    note_complaint(liaison5, "Gösta says that Überall is full.")
    assert len(searched(asked(), records_officer, term)) == 1


def test_only_the_chosen_days_and_shelves_are_searched(told: None, records_officer: Cast) -> None:
    records = searched(asked(), records_officer, kinds=["mail_in"])
    assert {row.noun for row in records} == {"mail_in"}
    before = TODAY - timedelta(days=1)
    assert not searched(asked(), records_officer, until_on=before)


def test_what_is_restricted_is_found_and_marked(
    ground: Ground, liaison5: Cast, director: Cast, records_officer: Cast
) -> None:
    matter = open_at(ground, liaison5, "5")
    capture_line(matter, text="The alley, under seal.", stamp=liaison5.stamp)
    restrict_matter(matter, readers=[], reason="A witness.", stamp=director.stamp)
    [row] = searched(asked(), records_officer, "under seal")
    assert row.title.startswith("Restricted: ")


def test_nothing_of_a_hiring_is_ever_found(
    files: Path, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    applied_for(director, liaison5)
    follow_hiring()
    note_complaint(liaison5, "Quillfeather is a street.")
    for who in (records_officer, director):
        texts = [row.text for row in searched(asked(), who, "Quillfeather, application, resume")]
        assert [text for text in texts if "Quillfeather" in text] == [
            "Written by Liaison of Ward 5\n\nNoted: Quillfeather is a street."
        ]
        assert not any("example.org" in text for text in texts)


def test_a_search_is_whole_whoever_runs_it(director: Cast, records_officer: Cast) -> None:
    fund_in_use(director)
    theirs, own = (found_by(who) for who in (director, records_officer))
    assert any("$1,000" in text for text in own)
    assert own == theirs


def test_power_a_search_by_the_own_reach_alone_is_seen_to_miss(
    director: Cast, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "searching_as", lambda actor: actor)
    fund_in_use(director)
    assert len(found_by(records_officer)) < len(found_by(director))


def found_by(who: Cast) -> list[str]:
    """The texts that this person's search for a word of the money finds."""
    return [row.text for row in searched(asked(), who, "fiscal year 2027, allocated, spent")]


def test_mail_reads_with_who_wrote_it(records_officer: Cast) -> None:
    mail_in("The alley is full.")
    [row] = searched(asked(), records_officer)
    assert row.text.startswith(f"From: {CANARY} <{MAIL}>")
    assert "Subject: The alley, from" in row.text


def test_letters_in_two_pieces_are_found_and_kept_in_one(records_officer: Cast) -> None:
    mail_in("Jose\u0301 told of the alley.")
    [row] = searched(asked(), records_officer, "josé")
    assert "José told" in row.text


def test_mail_is_found_by_what_it_encloses_and_by_whom_it_was_for(records_officer: Cast) -> None:
    permit = store_document(
        None, name="Permit.pdf", media_type="application/pdf", content=b"x", stamp=HOUSE
    )
    other = store_document(
        None, name="permit-2.pdf", media_type="application/pdf", content=b"y", stamp=HOUSE
    )
    mail_in("Here they are.", enclosed=[permit, other], to_addresses=("alley@office.example",))
    mail_in("Thanks.", subject="Thanks")
    for words in ("permit", "PERMIT.pdf", "alley@office.example"):
        rows = searched(asked(), records_officer, words)
        assert found_of(rows, "mail_in") == 1, words


@pytest.mark.parametrize("words", ["alley", "PERMIT", "office.example", "quillfeather", "again."])
def test_what_the_database_leaves_out_is_never_found_by_reading(
    words: str, told: None, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    permit = store_document(
        None, name="permit.pdf", media_type="application/pdf", content=b"x", stamp=HOUSE
    )
    mail_in("Here it is.", enclosed=[permit], to_addresses=("desk@office.example",))
    wanted = finding.Wanted((words,), TODAY - timedelta(days=365), TODAY)
    some = finding.find_records(wanted, KINDS, records_officer.actor)
    monkeypatch.setattr(finding.Wanted, "maybe", lambda *_: Q())
    assert some == finding.find_records(wanted, KINDS, records_officer.actor)
    assert some


def test_nobody_waits_with_a_change_while_the_house_is_searched(
    told: None, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = watched(monkeypatch)
    searched(asked(), records_officer)
    assert seen == [False]


def test_power_a_search_inside_a_change_is_seen(
    told: None, records_officer: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = watched(monkeypatch)
    request = asked()
    with unit_of_work():
        searched(request, records_officer)
    assert seen == [True]


def watched(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether a change was under way, each time the house was searched."""
    seen: list[bool] = []
    known = finding.find_records

    def look(*given: Any) -> tuple[finding.Found, ...]:
        seen.append(gate._unit.get() is not None)
        return known(*given)

    monkeypatch.setattr(searching, "find_records", look)
    return seen


def test_a_search_says_what_is_missing(records_officer: Cast) -> None:
    request = asked()
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"words": " , "}, "words"),
        ({"kinds": []}, "kinds"),
        ({"until_on": TODAY - timedelta(days=800)}, "until_on"),
    )
    for given, field in wrong:
        with pytest.raises(Refused) as no:
            searched(request, records_officer, **{"words": "alley", **given})
        assert no.value.field == field
