"""Deciding about a candidate: watch, refuse, or designate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import HOUSE, Cast
from tests.conftest import NOON, stamp_for
from tests.ground import NEXT
from tests.trouble import Trouble
from wardroom.access.gate import guard_pass
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import close_matter
from wardroom.matters.models import Matter
from wardroom.problems.actions import decide_candidate
from wardroom.problems.gateways import detect
from wardroom.problems.models import Candidate, Decision, PersistentLocation
from wardroom.problems.queries import candidate_file, get_candidate

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
LATER = date(2027, 2, 1)
SOUND: dict[str, dict[str, Any]] = {
    "watch": {"reason": "The lot was cleared", "look_again_on": LATER},
    "refuse": {"reason": "A depot; people report what is stored there"},
    "designate": {"reason": "Twelve times in a year", "next_on": NEXT},
}


def decide(candidate: Candidate, who: Cast, verdict: str, **words: Any) -> Decision:
    """Decide, with sound words unless others are given."""
    given = {**SOUND.get(verdict, {}), **words}
    return decide_candidate(candidate, verdict=verdict, **given, stamp=who.stamp)


def state(candidate: Candidate, who: Cast, on: date = TODAY) -> str:
    return candidate_file(candidate.pk, who.actor, on=on).row.state


def test_watched_place_comes_back_on_its_day(trouble: Trouble, liaison5: Cast) -> None:
    candidate = trouble.candidate(1)
    decision = decide(candidate, liaison5, "watch")
    assert (decision.verdict, decision.look_again_on, decision.decided_at) == ("watch", LATER, NOON)
    assert (decision.decided_by, decision.place_id) == (liaison5.party, candidate.place_id)
    assert state(candidate, liaison5) == "watch"
    assert state(candidate, liaison5, LATER - timedelta(days=1)) == "watch"
    assert state(candidate, liaison5, LATER) == "undecided"
    entry = Entry.objects.get(kind="CandidateWatched")
    assert entry.sentence == (
        "Watches 1 ALLEY STREET NE until Monday, February 1, 2027: The lot was cleared"
    )
    assert (entry.ward_code, entry.audience) == ("5", "internal")


def test_refusal_stands_and_keeps_its_reason(trouble: Trouble, liaison5: Cast) -> None:
    candidate = trouble.candidate(1)
    decide(candidate, liaison5, "refuse", reason="  A depot  ")
    assert state(candidate, liaison5, LATER + timedelta(days=2000)) == "refuse"
    file = candidate_file(candidate.pk, liaison5.actor, on=TODAY)
    row = file.decisions[0]
    assert (row.verdict, row.reason, row.decided_by) == ("refuse", "A depot", "Liaison of Ward 5")
    assert (row.decided_on, row.look_again_on, row.matter_id) == (TODAY, None, None)
    assert file.timeline.lines[0].sentence == "Refused 1 ALLEY STREET NE: A depot"
    assert not Matter.objects.exists()


def test_designation_opens_the_matter_and_the_location(trouble: Trouble, liaison5: Cast) -> None:
    candidate = trouble.candidate(1)
    decision = decide(candidate, liaison5, "designate")
    location = PersistentLocation.objects.get()
    matter = location.matter
    assert (location.decision, location.place_id) == (decision, candidate.place_id)
    assert location.topics == candidate.topics
    assert (matter.kind, matter.state, matter.place_id) == (
        "persistent_location",
        "open",
        candidate.place_id,
    )
    assert (matter.owner, matter.next_on, matter.next_step, matter.ward_code) == (
        liaison5.party,
        NEXT,
        "Write the work plan",
        "5",
    )
    kinds = Entry.objects.filter(kind__in=["MatterOpened", "LocationDesignated"]).order_by("pk")
    assert [e.kind for e in kinds] == ["MatterOpened", "LocationDesignated"]
    assert state(candidate, liaison5) == "designate"
    file = candidate_file(candidate.pk, liaison5.actor, on=TODAY)
    assert (file.allowed, file.decisions[0].matter_id) == (frozenset(), matter.pk)


def test_designation_that_fails_leaves_nothing(trouble: Trouble, liaison5: Cast) -> None:
    with pytest.raises(Refused) as no:
        decide(trouble.candidate(1), liaison5, "designate", next_on=TODAY - timedelta(days=1))
    assert no.value.field == "next_on"
    assert not Decision.objects.exists()
    assert not Matter.objects.exists()
    assert not Entry.objects.filter(kind__in=["MatterOpened", "LocationDesignated"]).exists()


@pytest.mark.parametrize("verdict", SOUND)
def test_place_with_an_open_location_is_not_decided_again(
    trouble: Trouble, liaison5: Cast, director: Cast, verdict: str
) -> None:
    decide(trouble.candidate(1), liaison5, "designate")
    with pytest.raises(Refused) as no:
        decide(trouble.candidate(1), director, verdict)
    assert no.value.code == "already_designated"
    assert (Decision.objects.count(), Matter.objects.count()) == (1, 1)


def test_open_location_holds_for_the_place_in_a_later_ranking(
    trouble: Trouble, liaison5: Cast
) -> None:
    decide(trouble.candidate(1), liaison5, "designate")
    again = detect(stamp=HOUSE)
    fresh = again.candidates.get(place=trouble.candidate(1).place)
    assert state(fresh, liaison5) == "designate"
    with pytest.raises(Refused) as no:
        decide(fresh, liaison5, "designate")
    assert no.value.code == "already_designated"


def test_place_waits_again_once_its_location_is_closed(trouble: Trouble, liaison5: Cast) -> None:
    decide(trouble.candidate(1), liaison5, "designate")
    close_matter(Matter.objects.get(), outcome="resolved", stamp=liaison5.stamp)
    assert state(trouble.candidate(1), liaison5) == "undecided"
    decide(trouble.candidate(1), liaison5, "designate", reason="It came back")
    assert PersistentLocation.objects.filter(matter__state="open").count() == 1


def test_double_click_decides_once(trouble: Trouble, liaison5: Cast, director: Cast) -> None:
    candidate = trouble.candidate(1)
    decide(candidate, liaison5, "watch")
    with pytest.raises(Refused) as no:
        decide(candidate, liaison5, "watch")
    assert no.value.code == "already_decided"
    assert Decision.objects.count() == 1
    decide(candidate, director, "watch")
    decide(candidate, liaison5, "watch")
    assert Decision.objects.count() == 3


def test_mind_may_change_and_both_decisions_stay(trouble: Trouble, liaison5: Cast) -> None:
    candidate = trouble.candidate(1)
    for verdict in ("refuse", "watch", "designate"):
        decide(candidate, liaison5, verdict)
    file = candidate_file(candidate.pk, liaison5.actor, on=TODAY)
    assert [d.verdict for d in file.decisions] == ["designate", "watch", "refuse"]
    assert file.row.state == "designate"


@pytest.mark.parametrize(
    ("verdict", "words", "code", "field"),
    [
        ("burn", {"reason": "No"}, "verdict_unknown", "verdict"),
        ("refuse", {"reason": "  "}, "reason_missing", "reason"),
        ("refuse", {"reason": "x" * 501}, "reason_too_long", "reason"),
        ("watch", {"look_again_on": None}, "look_again_missing", "look_again_on"),
        ("watch", {"look_again_on": TODAY}, "look_again_off", "look_again_on"),
        ("watch", {"look_again_on": date(2028, 1, 1)}, "look_again_off", "look_again_on"),
        ("designate", {"next_on": None}, "next_date_missing", "next_on"),
        ("designate", {"reason": ""}, "reason_missing", "reason"),
    ],
)
def test_decision_that_is_not_whole_is_refused(
    trouble: Trouble,
    liaison5: Cast,
    verdict: str,
    words: dict[str, Any],
    code: str,
    field: str,
) -> None:
    with pytest.raises(Refused) as no:
        decide(trouble.candidate(1), liaison5, verdict, **words)
    assert (no.value.code, no.value.field) == (code, field)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("verdict", SOUND)
def test_only_the_wards_liaison_and_the_director_decide(
    trouble: Trouble,
    verdict: str,
    director: Cast,
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    records_officer: Cast,
) -> None:
    for who in (liaison7, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            decide(trouble.candidate(1), who, verdict)
    decide(trouble.candidate(1), liaison5, verdict)
    decide(trouble.candidate(3), director, verdict)


def test_director_without_a_person_in_the_directory_decides_nothing(
    trouble: Trouble, director: Cast
) -> None:
    stranger = replace(director.actor, user_id=None)
    with pytest.raises(NotAllowed):
        decide_candidate(
            trouble.candidate(1), verdict="refuse", reason="No", stamp=stamp_for(stranger)
        )


def test_allowed_says_who_may_decide(
    trouble: Trouble, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    def allowed(who: Cast) -> frozenset[str]:
        return candidate_file(trouble.candidate(1).pk, who.actor, on=TODAY).allowed

    assert allowed(director) == allowed(liaison5) == {"decide_candidate"}
    assert allowed(records_officer) == frozenset()


def test_candidate_to_act_on_is_the_row_itself(trouble: Trouble, liaison5: Cast) -> None:
    assert get_candidate(trouble.candidate(1).pk, liaison5.actor) == trouble.candidate(1)


def test_database_wants_a_reason_too(trouble: Trouble, liaison5: Cast) -> None:
    decide(trouble.candidate(1), liaison5, "refuse")
    with guard_pass("goes round the gate"), pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(reason="")
