"""What one row of a batch does, each by the action that a person would use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import unit_of_work
from wardroom.casework.actions.correcting import correct_issue
from wardroom.casework.actions.joining import issue_to_join, join_issues
from wardroom.casework.actions.telling import close_issue
from wardroom.casework.models import Complaint
from wardroom.casework.queries.asking import ask_desk
from wardroom.casework.queries.cases import case_in_words, case_version, changed_between
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency, get_party_of
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Change
from wardroom.ledger.models import Entry
from wardroom.matters.actions import (
    AskDraft,
    ask_agencies,
    hand_over_matter,
    restrict_matter,
    set_next_step,
)
from wardroom.matters.models import Matter

Words = Mapping[str, Any]
Made = dict[str, list[int]]


@dataclass(frozen=True)
class Row:
    """What a row did or would do: the fields that move, who is written to, what it made."""

    changes: tuple[Change, ...] = ()
    letters: tuple[str, ...] = ()
    made: Made = field(default_factory=dict)
    version: str = ""


class _TakenBack(Exception):
    """Ends a rehearsal: nothing of it stays."""


def locked(matter_id: int) -> Matter:
    """An issue, held until the commit, with what its words need."""
    rows = Matter.objects.select_for_update(of=("self",))
    matter: Matter = rows.select_related("owner", "place", "issue__topic").get(pk=matter_id)
    return matter


def rehearse(verb: str, matter: Matter, words: Words, stamp: Stamp) -> Row:
    """What a row would do, by really doing it and taking it back.

    Refuses: what the row's action refuses; a row that would change nothing.
    """
    shown: list[Row] = []
    try:
        with unit_of_work():
            shown.append(carry_out(verb, matter, words, stamp))
            raise _TakenBack
    except _TakenBack:
        pass
    return shown[0]


def carry_out(verb: str, matter: Matter, words: Words, stamp: Stamp) -> Row:
    """Do what a row is to do, and say what came of it.

    Refuses: what the row's action refuses; a row that changes nothing.
    """
    before = case_in_words(matter)
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    made = DOES[verb](matter, words, stamp)
    after = case_in_words(locked(matter.pk))
    changes = changed_between(before, after)
    if not changes:
        raise Refused("nothing_changes", "It already is that way.")
    written = Entry.objects.filter(pk__gt=last, at=stamp.at, actor_id=stamp.actor.user_id)
    letters = [line for line in written.order_by("pk") if line.kind in WRITES]
    named = (WRITES[line.kind](line.body) for line in letters)
    return Row(
        changes=changes,
        letters=tuple(name for name in named if name),
        made={**made, "lines": [line.pk for line in letters]},
        version=case_version(after),
    )


def _next(matter: Matter, words: Words, stamp: Stamp) -> Made:
    day = date.fromisoformat(words["next_on"])
    set_next_step(matter, next_on=day, next_step=words["next_step"], stamp=stamp)
    return {}


def _give(matter: Matter, words: Words, stamp: Stamp) -> Made:
    hand_over_matter(matter, owner=Party.objects.get(pk=words["owner"]), stamp=stamp)
    return {}


def _topic(matter: Matter, words: Words, stamp: Stamp) -> Made:
    correct_issue(matter, topic_code=words["topic_code"], stamp=stamp)
    return {}


def _join(matter: Matter, words: Words, stamp: Stamp) -> Made:
    join_issues(matter, into=issue_to_join(words["into"], stamp.actor), stamp=stamp)
    return {}


def _ask(matter: Matter, words: Words, stamp: Stamp) -> Made:
    code, due_on = words["agency_code"], date.fromisoformat(words["due_on"])
    why = ask_desk(matter.pk, stamp.actor, at=stamp.at).why_due(code, due_on)
    draft = AskDraft(get_agency(code), words["wording"], due_on, why_due=why)
    asks = ask_agencies(matter, drafts=[draft], stamp=stamp)
    return {"asks": [ask.pk for ask in asks]}


def _close(matter: Matter, words: Words, stamp: Stamp) -> Made:
    close_issue(matter, outcome=words["outcome"], text=words["text"], stamp=stamp)
    return {}


def _restrict(matter: Matter, words: Words, stamp: Stamp) -> Made:
    if matter.restricted:
        raise Refused("already_restricted", "This is restricted already.")
    me = get_party_of(stamp.actor)
    restrict_matter(matter, readers=[me], reason=words["reason"], stamp=stamp)
    return {}


DOES: Mapping[str, Callable[[Matter, Words, Stamp], Made]] = {
    "next": _next,
    "give": _give,
    "topic": _topic,
    "join": _join,
    "ask": _ask,
    "close": _close,
    "restrict": _restrict,
}


def _reporter(body: Words) -> str:
    """Whoever is told by e-mail; nobody where they were told otherwise."""
    if body["how"] != "email":
        return ""
    told = Complaint.objects.select_related("reporter").filter(pk=body["complaint_id"]).first()
    return told.reporter.name if told is not None and told.reporter else ""


def _agency(body: Words) -> str:
    return str(body["agency_code"])


WRITES: Mapping[str, Callable[[Words], str]] = {"ReporterTold": _reporter, "AskRequested": _agency}
