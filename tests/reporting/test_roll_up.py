"""The director's roll-up tells what changed, and takes her answers to the matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest

from tests.cast import Cast
from tests.conftest import stamp_for
from tests.reporting.test_paper import words_of
from tests.trouble import Trouble
from wardroom.access.actor import SYSTEM, Stamp
from wardroom.casework.actions import take_complaint
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import propose_ask, request_ask
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import worklist
from wardroom.problems.actions import decide_candidate
from wardroom.reporting.actions import (
    ItemWords,
    answer_need,
    draft_roll_up,
    draft_weekly_report,
    edit_report,
    finish_report,
    sign_report,
)
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file
from wardroom.reporting.queries.printing import report_pdf, report_word

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 12, 4, 17, tzinfo=UTC)
WEEK, BEFORE = "2026-W49", "2026-W48"


def at(who: Cast, hours: float = 0) -> Stamp:
    return stamp_for(who.actor, FRIDAY + timedelta(hours=hours))


@pytest.fixture
def signed5(busy_week: Matter, liaison5: Cast) -> Edition:
    """Ward 5 signed two weeks; in the second two agencies are late."""
    for week, back in ((BEFORE, 7), (WEEK, 0)):
        stamp = stamp_for(liaison5.actor, FRIDAY - timedelta(days=back))
        edition = draft_weekly_report(None, ward_code="5", week=week, stamp=stamp)
        edit_report(edition, narrative={"summary": f"Week {week}."}, stamp=stamp)
        edition.refresh_from_db()
        edition = sign_report(edition, stamp=stamp)
    return edition


def needs(edition: Edition) -> list[tuple[str, bool]]:
    return [(row["sentence"].split(":")[0], row["new"]) for row in edition.facts["needs"]]


def test_roll_up_tells_decisions_first_and_who_signed(signed5: Edition, director: Cast) -> None:
    edition = draft_roll_up(None, week=WEEK, stamp=at(director))
    assert needs(edition) == [("Ward 5", True), ("Ward 5", True)]
    wards = {row["ward"]: row["state"] for row in edition.facts["wards"]}
    assert wards == {"5": "signed", "7": "missing"}
    shown = {f["code"]: f["shown"] for group in edition.facts["groups"] for f in group["figures"]}
    assert shown == {"signed": "1 of 2", "decisions": "2", "all_promises": "-"}
    assert edition.sources[0]["text"].startswith("version 1, signed, ")


def test_place_that_came_since_last_week_is_a_change(
    trouble: Trouble, signed5: Edition, liaison5: Cast, director: Cast
) -> None:
    edition = draft_roll_up(None, week=BEFORE, stamp=at(director))
    assert [row["sentence"] for row in edition.facts["changes"]] == [
        "Ward 5: no report of last week to compare with."
    ]
    monday = stamp_for(liaison5.actor, FRIDAY + timedelta(days=4))
    decide_candidate(
        trouble.candidate(2), verdict="designate", reason="Often",
        next_on=datetime(2026, 12, 14, tzinfo=UTC).date(), stamp=monday,
    )  # fmt: skip
    draft_weekly_report(None, ward_code="5", week="2026-W50", stamp=at(liaison5, 120))
    later = draft_roll_up(None, week="2026-W50", stamp=at(director, 121))
    assert [row["sentence"] for row in later.facts["changes"]] == [
        "Ward 5: 2 ALLEY STREET NE: designated, new on the list."
    ]
    assert needs(later) == [("Ward 5", False), ("Ward 5", False)]


def test_line_that_the_liaison_left_out_is_not_rolled_up(
    busy_week: Matter, liaison5: Cast, director: Cast
) -> None:
    edition = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=at(liaison5))
    key = edition.facts["needs"][0]["key"]
    edit_report(edition, narrative={}, items={key: ItemWords(False, "")}, stamp=at(liaison5))
    rolled = draft_roll_up(None, week=WEEK, stamp=at(director))
    assert [row["key"] for row in rolled.facts["needs"]] == [
        f"w5-{row['key']}" for row in edition.facts["needs"][1:]
    ]


def test_answer_is_on_the_matter_and_in_its_owners_list(
    busy_week: Matter, signed5: Edition, director: Cast, liaison5: Cast
) -> None:
    edition = draft_roll_up(None, week=WEEK, stamp=at(director))
    key = edition.facts["needs"][0]["key"]
    answer_need(edition, key=key, text="  I call   them. ", stamp=at(director, 1))
    line = Entry.objects.get(kind="NoteWritten", matter_key=str(busy_week.pk))
    assert "The director answers the report of 2026-W49: I call them." in line.sentence
    mine = worklist(liaison5.actor, on=FRIDAY.date())
    assert "The director answered: I call them." in [row.title for row in mine.rows]
    for shown, item in ((edition.pk, key), (signed5.pk, key.removeprefix("w5-"))):
        assert report_file(shown, director.actor).answers[item].text == "I call them."
    with pytest.raises(Refused) as no:
        answer_need(signed5, key=key.removeprefix("w5-"), text="I call them.", stamp=at(director))
    assert (no.value.code, no.value.field) == ("already_answered", "text")


def test_answer_on_a_wards_report_stands_in_the_roll_up(signed5: Edition, director: Cast) -> None:
    edition = draft_roll_up(None, week=WEEK, stamp=at(director))
    key = edition.facts["needs"][0]["key"]
    answer_need(signed5, key=key.removeprefix("w5-"), text="I call.", stamp=at(director, 1))
    assert report_file(edition.pk, director.actor).answers[key].text == "I call."


def test_answers_until_the_signature_are_on_paper_and_in_word(
    signed5: Edition, director: Cast, tmp_path: Path
) -> None:
    edition = draft_roll_up(None, week=WEEK, stamp=at(director))
    key = edition.facts["needs"][0]["key"]
    answer_need(edition, key=key, text="I call them.", stamp=at(director, 1))
    finish_report(edition, narrative={"summary": "It went well"}, read=report_file(
        edition.pk, director.actor).shown, stamp=at(director, 2))  # fmt: skip
    answer_need(edition, key=key, text="I called twice.", stamp=at(director, 3))
    said = "The director, Dec 4, 2026: I call them."
    paper = words_of(report_pdf(edition.pk, director.actor)[1], tmp_path)
    word = docx.Document(BytesIO(report_word(edition.pk, director.actor)[1]))
    for text in (paper, "\n".join(one.text for one in word.paragraphs)):
        assert said in " ".join(text.split())
        assert "I called twice." not in text
    assert report_file(edition.pk, director.actor).answers[key].text == "I called twice."


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("", "Yes", "item_unknown"),
        ("first", "  ", "answer_missing"),
        ("first", "x" * 251, "answer_too_long"),
    ],
)
def test_answer_that_fits_nowhere_is_refused(
    signed5: Edition, director: Cast, key: str, text: str, code: str
) -> None:
    edition = draft_roll_up(None, week=WEEK, stamp=at(director))
    key = edition.facts["needs"][0]["key"] if key else "w5-ask-999"
    before = Entry.objects.count()
    with pytest.raises(Refused) as no:
        answer_need(edition, key=key, text=text, stamp=at(director))
    assert (no.value.code, no.value.field) == (code, "text")
    assert Entry.objects.count() == before


def test_only_the_director_rolls_up_and_answers(
    signed5: Edition, director: Cast, liaison5: Cast, partner_dpw: Cast
) -> None:
    edition = draft_roll_up(None, week=WEEK, stamp=stamp_for(SYSTEM, FRIDAY))
    key = edition.facts["needs"][0]["key"]
    for who in (liaison5, partner_dpw):
        with pytest.raises(NotAllowed):
            draft_roll_up(None, week=WEEK, stamp=at(who))
        with pytest.raises(NotAllowed):
            answer_need(edition, key=key, text="Yes", stamp=at(who))
        with pytest.raises(NotFound):
            report_file(edition.pk, who.actor)
    assert "answer_need" in report_file(edition.pk, director.actor).allowed


def test_no_draft_names_somebody_who_complained(
    busy_week: Matter, liaison5: Cast, director: Cast, agencies: dict[str, object]
) -> None:
    """The name stands in a title and in an ask; the report says "a resident"."""
    taken = take_complaint(
        busy_week.place, said="Rats", channel="phone", reporter_typed="Ada Quillfeather",
        title="Rats at Ada Quillfeather's", ward_code="5",
        stamp=stamp_for(liaison5.actor, FRIDAY - timedelta(days=9)),
    )  # fmt: skip
    ask = propose_ask(
        taken.matter, party=Ask.objects.filter(asked_agency="DPW").first().party,  # type: ignore[union-attr]
        wording="Call Ada Quillfeather, then bait", authority="",
        due_on=(FRIDAY - timedelta(days=3)).date(),
        stamp=stamp_for(liaison5.actor, FRIDAY - timedelta(days=8)),
    )  # fmt: skip
    request_ask(ask, stamp=stamp_for(liaison5.actor, FRIDAY - timedelta(days=8)))
    edition = draft_weekly_report(None, ward_code="5", week=WEEK, stamp=at(liaison5))
    assert "Quillfeather" not in str(edition.facts)
    assert "Call a resident, then bait (Rats at a resident's)" in str(edition.facts["needs"])
    with pytest.raises(Refused) as no:
        edit_report(edition, narrative={"needs": "Ring Ada Quillfeather"}, stamp=at(liaison5))
    assert (no.value.code, no.value.field) == ("names_a_resident", "needs")
    key = edition.facts["needs"][0]["key"]
    with pytest.raises(Refused) as no:
        answer_need(edition, key=key, text="I ring Ada Quillfeather", stamp=at(director))
    assert (no.value.code, no.value.field) == ("names_a_resident", "text")
