"""The monthly report to an ANC: numbers of each SMD, and nothing that points at anybody."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from shapely.geometry import box

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.ground import NEXT, Ground
from tests.reporting.conftest import SignIn, later
from tests.reporting.test_paper import words_of
from tests.trouble import Report, Trouble, bring_in, set_up
from wardroom.access.actor import SYSTEM
from wardroom.calendar.actions import EventDraft, plan_event
from wardroom.casework.actions import take_complaint
from wardroom.city.actions import Feature, load_boundaries
from wardroom.city.models import District
from wardroom.engagement.actions import take_in_paper
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.actions import restrict_matter
from wardroom.matters.models import Matter
from wardroom.problems.actions import decide_candidate
from wardroom.reporting.actions import (
    correct_report,
    draft_monthly_report,
    edit_report,
    rebuild_report,
    sign_report,
)
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import report_file, report_pdf, report_word, rows_of_figure
from wardroom.reporting.rules import telling
from wardroom.reporting.rules.monthly import walk_items

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = "2026-10", "2026-11"
RESIDENT = "Ada Quillfeather"
HOUSE_OF_HERS = "1740 W STREET NE"
WEST, EAST = box(-77.02, 38.90, -77.0, 38.94), box(-77.0, 38.90, -76.98, 38.94)
CENTER = box(-77.0, 38.90, -76.99, 38.94)


def october(day: int) -> datetime:
    return datetime(2026, 10, day, 16, tzinfo=UTC)


def reports(place: int, many: int, *, closed: bool = True) -> list[Report]:
    """So many requests of October at an address, closed the next day or open past due."""
    return [
        Report(
            place, october(n + 1), october(n + 2) if closed else None, october(n + 3), reporter=n
        )
        for n in range(many)
    ]


@pytest.fixture
def october5(trouble: Trouble) -> None:
    """ANC 5A with three districts: nine requests in the first, six in the second, two beside."""
    load = partial(
        load_boundaries, None, valid_from=date(2023, 1, 2), source="a test", digest="1" * 64,
        schematic=True, stamp=HOUSE,
    )  # fmt: skip
    load(kind="anc", features=[Feature("5A", "ANC 5A", box(-77.02, 38.90, -76.98, 38.94))])
    load(
        kind="smd",
        features=[
            Feature("5A01", "SMD 5A01", WEST),
            Feature("5A02", "SMD 5A02", CENTER),
            Feature("5A03", "SMD 5A03", box(-76.99, 38.90, -76.98, 38.94)),
        ],
    )
    wide = [*reports(601, 9), *reports(616, 6), *reports(622, 2, closed=False)]
    bring_in(trouble.folder, wide)


@pytest.fixture
def place5(trouble: Trouble, october5: None, liaison5: Cast) -> Matter:
    """A location of the ANC with words for the public."""
    decide_candidate(
        trouble.candidate(1), verdict="designate", reason="Often", next_on=NEXT,
        stamp=liaison5.stamp,
    )  # fmt: skip
    matter = Matter.objects.get()
    said(matter, "Crews clear the alley each week")
    return matter


def said(matter: Matter, words: str) -> None:
    with set_up():
        Matter.objects.filter(pk=matter.pk).update(public_text=words)


def drafted(who: Cast, month: str = OCTOBER) -> Edition:
    return draft_monthly_report(None, area="5A", month=month, stamp=later(who))


def test_smds_are_counted_and_small_numbers_hidden(october5: None, liaison5: Cast) -> None:
    edition = drafted(liaison5)
    shown = {row["smd"]: (row["opened"], row["past_due"]) for row in edition.facts["smds"]}
    assert shown == {
        "5A01": ("9", "0"),
        "5A02": ("6", "0"),
        "5A03": ("not shown", "not shown"),
    }
    assert edition.facts["totals"]["opened"] == "at least 16"
    assert edition.facts["totals"]["past_due"] == "at least 1"
    behind = rows_of_figure(edition.pk, "anc_past_due", liaison5.actor)
    assert (behind.total, behind.noun) == (2, "request")


def test_nothing_in_any_paper_points_at_anybody(
    place5: Matter, director: Cast, liaison5: Cast, tmp_path: Path
) -> None:
    """A resident's name, her house and a small number are in none of its papers."""
    take_complaint(
        place5.place, said="Rats", channel="phone", reporter_typed=RESIDENT, ward_code="5",
        stamp=liaison5.stamp,
    )  # fmt: skip
    said(place5, f"{RESIDENT} of {HOUSE_OF_HERS}, apt 4 told us; crews come each week")
    edition = drafted(liaison5, NOVEMBER)
    word = docx.Document(BytesIO(report_word(edition.pk, liaison5.actor)[1]))
    in_tables = [c.text for t in word.tables for r in t.rows for c in r.cells]
    texts = [
        words_of(report_pdf(edition.pk, liaison5.actor)[1], tmp_path),
        " ".join([*(p.text for p in word.paragraphs), *in_tables]),
        str(edition.facts),
    ]
    for text in texts:
        assert "a resident of 1700 block of W STREET NE told us" in text
        assert "Quillfeather" not in text
        assert "1740" not in text
        assert not re.search(r"apt", text, re.IGNORECASE)
    cells = [c for row in edition.facts["smds"] for k, c in row.items() if k != "smd"]
    cells += in_tables
    assert not {"1", "2", "3", "4"} & set(cells)


@pytest.mark.parametrize("words", ["", "   ", "Tents under the bridge", "A homeless camp"])
def test_place_without_fit_words_is_counted_and_not_named(
    place5: Matter, liaison5: Cast, words: str
) -> None:
    said(place5, words)
    edition = drafted(liaison5, NOVEMBER)
    assert (edition.facts["places"], edition.facts["not_named"]) == ([], 1)


def test_restricted_place_is_not_even_counted(place5: Matter, director: Cast) -> None:
    restrict_matter(place5, reason="Safety", readers=[], stamp=director.stamp)
    edition = drafted(director, NOVEMBER)
    assert (edition.facts["places"], edition.facts["not_named"]) == ([], 0)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"Thanks to {RESIDENT}.", "names_a_resident"),
        (f"See {HOUSE_OF_HERS}.", "names_a_house"),
        ("The encampment is gone.", "names_an_encampment"),
    ],
)
def test_words_unfit_for_the_public_are_refused(
    place5: Matter, director: Cast, liaison5: Cast, words: str, code: str
) -> None:
    take_complaint(
        place5.place, said="Rats", channel="phone", reporter_typed=RESIDENT, ward_code="5",
        stamp=liaison5.stamp,
    )  # fmt: skip
    edition = drafted(liaison5)
    with pytest.raises(Refused) as no:
        edit_report(edition, narrative={"summary": words}, stamp=later(liaison5))
    assert (no.value.code, no.value.field) == (code, "summary")
    edit_report(edition, narrative={"summary": "A quiet month."}, stamp=later(liaison5))
    signed = sign_report(edition, stamp=later(liaison5))
    with pytest.raises(Refused) as no:
        correct_report(signed, reason=words, stamp=later(liaison5))
    assert (no.value.code, no.value.field) == (code, "reason")


def test_resident_of_another_ward_is_not_named_to_the_public_either(
    place5: Matter, liaison5: Cast, director: Cast
) -> None:
    take_complaint(
        None, said="Rats", channel="phone", reporter_typed=RESIDENT, ward_code="7",
        stamp=director.stamp,
    )  # fmt: skip
    edition, words = drafted(liaison5), {"summary": f"Thanks to {RESIDENT}."}
    with pytest.raises(Refused) as no:
        edit_report(edition, narrative=words, stamp=later(liaison5))
    assert no.value.code == "names_a_resident"


def test_speaking_notes_take_three_minutes_at_most(place5: Matter, liaison5: Cast) -> None:
    said(place5, "Crews clear the alley. " * 200)
    for month, expected in (
        (OCTOBER, "people here sent at least 16 requests"),
        (NOVEMBER, "Good evening"),
    ):
        spoken = " ".join(row["sentence"] for row in drafted(liaison5, month).facts["speaking"])
        assert 20 < len(spoken.split()) <= 400
        assert expected in spoken


def test_signed_month_is_rebuilt_identical(place5: Matter, liaison5: Cast) -> None:
    edition = drafted(liaison5)
    edit_report(edition, narrative={"summary": "A quiet month."}, stamp=liaison5.stamp)
    edition.refresh_from_db()
    signed = sign_report(edition, stamp=liaison5.stamp)
    said(place5, "Something else")
    assert rebuild_report(signed, stamp=stamp_for(SYSTEM, NOON)).identical
    assert report_file(signed.pk, liaison5.actor).title == "ANC 5A, 2026-10"


def test_month_signed_by_the_first_method_is_told_as_then(
    october5: None, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "NEWEST", {**telling.NEWEST, "anc_monthly": "anc 1"})
    edition = drafted(liaison5)
    assert edition.facts["totals"]["opened"] == "17"
    edit_report(edition, narrative={"summary": "A quiet month."}, stamp=liaison5.stamp)
    edition.refresh_from_db()
    signed = sign_report(edition, stamp=liaison5.stamp)
    monkeypatch.undo()
    assert rebuild_report(signed, stamp=stamp_for(SYSTEM, NOON)).identical
    note = report_file(signed.pk, liaison5.actor).facts["hidden_note"]
    assert "smallest other number" in note
    corrected = correct_report(signed, reason="A number", stamp=liaison5.stamp)
    assert (corrected.method, corrected.facts["smds"]) == ("anc 1", signed.facts["smds"])
    assert drafted(liaison5).method == "anc 1"


def test_other_ward_drafts_and_reads_none(
    october5: None, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    for who in (liaison7, partner_dpw):
        with pytest.raises(NotAllowed):
            drafted(who)
    edition = drafted(liaison5)
    with pytest.raises(NotFound):
        report_file(edition.pk, liaison7.actor)


@pytest.mark.parametrize(
    ("area", "month", "code"),
    [
        ("5Z", OCTOBER, "anc_unknown"),
        ("5A", "2026-13", "month_unknown"),
        ("5A", "October", "month_unknown"),
        ("5A", "2026-12", "month_not_begun"),
    ],
)
def test_month_or_anc_that_does_not_exist_is_refused(
    october5: None, director: Cast, area: str, month: str, code: str
) -> None:
    with pytest.raises(Refused) as no:
        draft_monthly_report(None, area=area, month=month, stamp=director.stamp)
    assert no.value.code == code


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("4512 Ames", "4500 block of Ames"),
        (f"1405 The Strand, at {RESIDENT}'s", "1400 block of The Strand, at a resident's"),
    ],
)
def test_meeting_ahead_is_at_a_block(
    place5: Matter, director: Cast, liaison5: Cast, place: str, shown: str
) -> None:
    take_complaint(
        place5.place, said="Rats", channel="phone", reporter_typed=RESIDENT, ward_code="5",
        stamp=liaison5.stamp,
    )  # fmt: skip
    draft = EventDraft(
        kind="meeting", title="Open meeting", ward_code="5", place_text=place, matter=place5,
        starts_at=NOON + timedelta(days=14), ends_at=NOON + timedelta(days=14, hours=1),
    )  # fmt: skip
    plan_event(draft, stamp=liaison5.stamp)
    (line,) = drafted(liaison5, NOVEMBER).facts["ahead"]
    assert line["sentence"].endswith(f"Open meeting, {shown}.")


def test_clocks_of_the_commissions_own_paper_are_told(october5: None, liaison5: Cast) -> None:
    """A paper has no place; it says of which ANC it is."""
    ward = District.objects.get(boundary_set__kind="ward", code="5")
    for code, title in (("5A", "Night trucks"), ("5B", "Another commission's")):
        take_in_paper(
            None, kind="anc_proposal", anc_code=code, title=title, concerns=["Noise"],
            received_on=NOON.date(), voted_on=NOON.date(), yes=7, owner=liaison5.party,
            next_on=NEXT, ward=ward, stamp=liaison5.stamp,
        )  # fmt: skip
    notices = drafted(liaison5, NOVEMBER).facts["notices"]
    papers = {row["matter_id"] for row in notices}
    assert papers == {Matter.objects.get(commission_paper__anc_code="5A").pk}


def test_only_what_is_still_to_come_in_the_anc_or_of_the_core_team_comes_up(
    place5: Matter, ground: Ground, liaison5: Cast, director: Cast
) -> None:
    plan: dict[str, dict[str, Any]] = {
        "Here": {"place": place5.place},
        "This month": {"place": place5.place, "days": 3},
        "Elsewhere": {"place": ground.places["7"]},
        "Nobody knows where": {"place_text": "A church"},
        "Core team": {"kind": "core_team"},
        "Training": {"kind": "training", "place": place5.place},
    }
    for title, words in plan.items():
        starts_at = NOON + timedelta(days=words.pop("days", 14))
        given = {"kind": "meeting", "place_text": "", **words}
        draft = EventDraft(
            title=title, ward_code="5", starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1), **given,
        )  # fmt: skip
        plan_event(draft, stamp=liaison5.stamp)
    assert ahead(drafted(liaison5, NOVEMBER)) == {"Here", "Core team"}
    afterwards = stamp_for(liaison5.actor, NOON + timedelta(days=14, minutes=30))
    late = draft_monthly_report(None, area="5A", month=NOVEMBER, stamp=afterwards)
    assert ahead(late) == set(), "what has begun does not come up"


def ahead(edition: Edition) -> set[str]:
    told = [row["sentence"] for row in edition.facts["ahead"]]
    return {re.sub(r"^.*?\d: ([^,.]*).*$", r"\1", sentence) for sentence in told}


@pytest.mark.parametrize(
    ("walk", "said"),
    [
        (
            {"seen": 1, "fixed": 0, "troubles": 0},
            "on a walk we looked at 1 place; it had not been fixed, and no new trouble was written"
            " down.",
        ),
        (
            {"seen": 12, "fixed": 2, "troubles": 3},
            "on a walk we looked at 12 places; a few had been fixed, and a few new troubles were"
            " written down.",
        ),
        ({"seen": 0, "fixed": 0, "troubles": 0}, "nobody wrote down what was seen."),
    ],
)
def test_walk_tells_how_many_places_were_looked_at(walk: dict[str, int], said: str) -> None:
    row = {"walk_id": 1, "on": "2026-11-18", "stops": 13, **walk}
    (line,) = walk_items({"walks": [row]})
    assert line["sentence"].endswith(said)
    assert "13" not in line["sentence"]


def test_page_to_write_it_speaks_of_the_commission_and_the_next_month(
    place5: Matter, liaison5: Cast, sign_in: SignIn
) -> None:
    draft = EventDraft(
        kind="meeting", title="Open meeting", ward_code="5", place=place5.place, place_text="",
        starts_at=NOON + timedelta(days=14), ends_at=NOON + timedelta(days=14, hours=1),
    )  # fmt: skip
    plan_event(draft, stamp=liaison5.stamp)
    edition = drafted(liaison5, NOVEMBER)
    page = sign_in(liaison5).get(f"/reports/{edition.pk}/write/").content.decode()
    assert "sentences the commission would repeat" in page
    assert "Next month: meetings and walks" in page
    assert "the director would repeat" not in page
    assert "Next week" not in page
