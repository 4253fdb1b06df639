"""Every field of a fact that can hold words is marked: personal, or plain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from tests.architecture.test_facts import OURS
from wardroom.kernel import facts
from wardroom.kernel.facts import Fact
from wardroom.kernel.personal import PERSONAL, PLAIN, fields_with_words, personal_fields

# Somebody types these, or another system sends them: they are personal, whatever their name.
DOUBTFUL = frozenset((
    "AssistanceOpened.for_whom", "CallLineAdded.called", "CallLineAdded.role_label",
    "ComplaintTaken.request_number", "DirectorAnswered.text", "IncidentCallNoted.note",
    "IncidentCallNoted.role_label", "IncidentOpened.where_text", "LanguagesNoted.languages",
    "MentionResolved.text", "NewsChanged.area", "NewsConfirmed.area", "NewsStopped.area",
    "NewsWanted.area", "NumberGiven.number", "OfficerNamed.name", "OfficerNamed.role",
    "PaperReceived.concerns", "PositionAdded.grade", "PositionChanged.grade",
    "ReferralMade.services", "ServiceAlertSet.alert", "WordsTakenOut.reason",
))  # fmt: skip
# These look as if they could hold words and cannot: codes, choices of a list, pointers, names of
# roles that the house has, and the number of an approved schedule, which must outlive what was
# destroyed under it. Each was looked up where its fact is written.
SURE = frozenset((
    "CallOutMade.role_label", "ConsequenceGivenUp.follows", "ConsequenceRetried.follows",
    "DisposalPrepared.class_code", "EditionFact.area", "GrantEnded.role",
    "IncidentOpened.came_from", "IncidentRoleGiven.role_label", "MessageFact.concerns",
    "NobodyToTell.concerns", "NoteFact.topics", "OrganisationAdded.area",
    "ParticipationAdded.role", "RecordDestroyed.number", "RoleGranted.role",
    "ScheduleAdopted.class_code", "ScheduleAdopted.fate", "ScheduleAdopted.number",
    "ShiftFact.role", "WordsTakenOut.digests", "WordsTakenOut.fields",
))  # fmt: skip


def unmarked(kinds: Iterable[type[Fact]]) -> list[str]:
    """The fields that nobody marked."""
    return [
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name in fields_with_words(kind)
        if name not in PLAIN | PERSONAL | kind.plain
    ]


def test_every_field_with_words_is_marked_personal_or_plain() -> None:
    assert unmarked(OURS.values()) == []


def test_no_field_is_marked_twice_or_in_vain() -> None:
    named = {name for kind in OURS.values() for name in fields_with_words(kind)}
    assert not PLAIN & PERSONAL
    assert named >= PLAIN | PERSONAL


def test_what_a_fact_calls_plain_is_a_field_of_its_own() -> None:
    for kind in OURS.values():
        assert kind.plain <= set(fields_with_words(kind)), kind.__name__


def test_power_check_a_field_that_nobody_marked_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))

    @dataclass(frozen=True, kw_only=True)
    class ShellNamed(Fact):
        ward_code: str
        nickname: str

    assert unmarked([ShellNamed]) == ["ShellNamed.nickname"]


def named(kind: type[Fact], names: Iterable[str]) -> set[str]:
    return {f"{kind.__name__}.{name}" for name in names}


def test_what_somebody_may_type_is_personal() -> None:
    personal = {one for kind in OURS.values() for one in named(kind, personal_fields(kind))}
    assert personal >= DOUBTFUL


def test_what_facts_call_plain_beside_the_list_was_looked_at() -> None:
    own = {one for kind in OURS.values() for one in named(kind, vars(kind).get("plain", ()))}
    assert own == SURE
