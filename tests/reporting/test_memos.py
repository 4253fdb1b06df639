"""What a memo tells of a commission's paper, of a promise, of an issue, and of an analysis."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tests.casework.postroom import came
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.engagement.test_commitments import WORDS, confirmed
from tests.engagement.test_papers import taken_in
from tests.ground import DUE, NEXT, Ground
from tests.notices.letters import RESIDENT as ADDRESS
from tests.reporting.test_sheets import RESIDENT, asked, parts
from tests.trouble import Trouble, load_topics
from wardroom.casework.actions import mark_mail_read, place_message, take_complaint
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.engagement.actions import answer_concern
from wardroom.matters.actions import accept_ask, add_task, move_promise
from wardroom.matters.models import Ask
from wardroom.plans.actions import adopt_plan
from wardroom.plans.rules import StepDraft
from wardroom.problems.actions import decide_candidate, write_analysis
from wardroom.problems.models import PersistentLocation
from wardroom.reporting.queries.sheets import sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]


@pytest.fixture
def location(trouble: Trouble, liaison5: Cast) -> PersistentLocation:
    """An alley of ward 5 that its liaison took on."""
    decision = decide_candidate(
        trouble.candidate(1), verdict="designate", reason="Often", next_on=NEXT,
        stamp=liaison5.stamp,
    )  # fmt: skip
    return PersistentLocation.objects.get(decision=decision)


def test_memo_of_a_paper_tells_the_vote_each_concern_and_its_clocks(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    load_topics()
    paper = taken_in(ground, liaison5)
    concern = paper.concerns.get(position=1)
    answer_concern(concern, finding="accepted", text="It is so", stamp=liaison5.stamp)
    told = parts(sheet("memo", paper.matter.pk, liaison5.actor, at=NOON))
    assert told["The vote"] == (
        "ANC 5B voted on Nov 12, 2026: 7 for it, 1 against, 0 abstained. It came on Nov 18, 2026.",
    )
    assert told["Concerns"] == (
        "1. Trucks idle: We follow it. It is so.",
        "2. The light is out: waits for a finding.",
    )
    assert [row[1:] for row in told["What waits"]] == [  # type: ignore[index]
        ("Acknowledge the proposal in writing", "Nov 28, 2026", "legal clock"),
        ("Send the commission a status report on its proposal", "Jan 17, 2027", "legal clock"),
    ]
    assert "Nothing waits" not in str(told)


def test_memo_of_a_recommendation_without_a_clock_says_not_that_nothing_waits(
    ground: Ground, liaison5: Cast
) -> None:
    load_topics()
    paper = taken_in(ground, liaison5, kind="anc_recommendation")
    unanswered = sheet("memo", paper.matter.pk, liaison5.actor, at=NOON)
    assert "Nothing waits" not in str(unanswered)
    for concern in paper.concerns.order_by("position"):
        answer_concern(concern, finding="accepted", text="It is so", stamp=liaison5.stamp)
    assert "Nothing waits" in str(sheet("memo", paper.matter.pk, liaison5.actor, at=NOON))


def test_memo_tells_to_dos_and_approvals_with_their_day(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    load_topics()
    paper = taken_in(ground, liaison5, kind="anc_recommendation")
    for kind, who in (("todo", liaison5), ("approval", director)):
        add_task(
            paper.matter, kind=kind, party=who.party, wording=f"A {kind}", due_on=DUE,
            stamp=liaison5.stamp,
        )  # fmt: skip
    told = parts(sheet("memo", paper.matter.pk, liaison5.actor, at=NOON + timedelta(days=20)))
    assert {row[1:] for row in told["What waits"]} == {  # type: ignore[index]
        ("A todo", "Dec 1, 2026", "to do, 7 days late"),
        ("A approval", "Dec 1, 2026", "waits for approval, 7 days late"),
    }


def test_memo_of_a_promise_tells_the_words_whose_to_whom_and_by_when(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = confirmed(ground, liaison5, director)
    told = parts(sheet("memo", matter.pk, liaison5.actor, at=NOON))
    assert told["The promise"] == (
        f"“{WORDS}”",
        "The Mayor promised it to ANC 5B on Nov 18, 2026.",
        "By Dec 28, 2026.",
        "How it stands: Confirmed.",
    )


@pytest.mark.usefixtures("director")
def test_memo_of_an_issue_tells_what_residents_said_and_that_mail_waits(
    ground: Ground,
    agencies: Mapping[str, Party],
    liaison5: Cast,
    partner_dpw: Cast,
) -> None:
    person = note_person(None, name=RESIDENT, email=ADDRESS, consent=True, stamp=HOUSE)
    matter = take_complaint(
        ground.places["5"], said=f"Rats, says {RESIDENT}", channel="phone", reporter=person,
        ward_code="5", stamp=liaison5.stamp,
    ).matter  # fmt: skip
    asked(matter, agencies["DPW"], liaison5, "Bait the alley")
    ask = Ask.objects.get(matter=matter)
    accept_ask(ask, promised_on=DUE, stamp=partner_dpw.stamp)
    moved_on = DUE + timedelta(days=9)
    move_promise(ask, promised_on=moved_on, reason="No crew", stamp=partner_dpw.stamp)
    told = parts(sheet("memo", matter.pk, liaison5.actor, at=NOON))
    assert told["What residents said"] == ("Nov 18, 2026, Phone: “Rats, says a resident”",)
    assert told["What waits"] == (
        ("DPW", "Bait the alley", "Dec 10, 2026", "promised, first for Dec 1, 2026"),
    )
    assert "Mail" not in str(told["Where it stands"])
    mail = place_message(came(), matter=matter, stamp=liaison5.stamp)
    waits = "Mail about it came in and waits to be read."
    assert waits in parts(sheet("memo", matter.pk, liaison5.actor, at=NOON))["Where it stands"]
    mark_mail_read(mail, stamp=liaison5.stamp)
    assert waits not in str(sheet("memo", matter.pk, liaison5.actor, at=NOON))


def test_memo_of_a_location_tells_the_newest_analysis_and_one_cause_only(
    location: PersistentLocation, liaison5: Cast
) -> None:
    matter = location.matter
    adopt_plan(
        matter, cause="Trucks dump at night", objective="No dumping", measure="Episodes",
        baseline=12.0, target=3.0, target_on=date(2027, 11, 1), review_on=date(2027, 2, 1),
        steps=[StepDraft("DPW", "Clear the alley", "", DUE)], stamp=liaison5.stamp,
    )  # fmt: skip
    told = parts(sheet("memo", matter.pk, liaison5.actor, at=NOON))
    assert "Trucks dump at night" in str(told["What it is"])
    assert "What the analysis says" not in told
    first = {"what": "Bags", "cause": "The gate is open"}
    write_analysis(location, answers=first, stamp=liaison5.stamp)
    newest = {
        "what": "Bags and tires", "when": "On Sundays", "harmed": "Shops",
        "control": "The owner of the lot", "tried": "A camera", "cause": "No can in reach",
    }  # fmt: skip
    write_analysis(location, answers=newest, stamp=liaison5.stamp)
    made = sheet("memo", matter.pk, liaison5.actor, at=NOON)
    assert parts(made)["What the analysis says"] == (
        "What happens: Bags and tires",
        "When it happens: On Sundays",
        "Who is harmed: Shops",
        "Who controls the place: The owner of the lot",
        "What keeps bringing it back: No can in reach",
        "Written on Nov 18, 2026 by Liaison of Ward 5.",
    )
    assert "Trucks dump" not in str(made)
    assert "The gate is open" not in str(made)
