"""How one row of a batch is taken back, each by the action that a person would use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.casework import rules
from wardroom.casework.actions.correcting import correct_issue
from wardroom.casework.actions.joining import part_issues
from wardroom.casework.actions.telling import forget_telling, untell
from wardroom.casework.models import BatchItem, Complaint
from wardroom.casework.queries.cases import LABELS, case_in_words
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.versions import moved_since
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters import facts as matters
from wardroom.matters import policy as matters_policy
from wardroom.matters.actions import (
    hand_over_matter,
    open_restricted_matter,
    reopen_matter,
    withdraw_ask,
)
from wardroom.matters.actions.waiting import keep_matter_waiting
from wardroom.matters.actions.words import matter_words, save_matter
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import HOUSE_STEPS
from wardroom.notices.actions import recall_message
from wardroom.notices.models import Message

WHY = "A change to many issues was taken back"
Former = dict[str, Any]


def former_of(matter: Matter) -> Former:
    """What taking a row back needs to know of the issue before it was changed."""
    return {
        "next_on": matter.next_on.isoformat() if matter.next_on else "",
        "next_step": matter.next_step,
        "owner": matter.owner_id,
        "topic_code": matter.issue.topic.code if matter.issue.topic else "",
    }


def undo_row(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    """Take one row back; says what could not be taken back with it.

    Refuses: an issue that is no longer theirs to change; a row that was changed since, naming
    who did; what the row's action refuses.
    """
    if not matters_policy.runs_matter(stamp.actor, matter):
        raise NotAllowed("This issue is no longer yours to change.")
    verb = rules.BATCH_VERBS[item.batch.verb]
    now = case_in_words(matter)
    moved = [name for name in verb.touches if name in moved_since(item.after, now)]
    if moved:
        raise Refused("changed_since", _who_changed(matter, moved))
    return UNDOES[verb.code](item, matter, stamp)


def who_changed(matter: Matter) -> str:
    """Who changed an issue last."""
    last = Entry.objects.filter(matter_key=str(matter.pk)).order_by("-pk").first()
    return last.actor_name if last else "Somebody"


def _who_changed(matter: Matter, moved: list[str]) -> str:
    what = ", ".join(LABELS.get(name, name).lower() for name in moved)
    return f"{who_changed(matter)} changed this since ({what})."


def put_next_step_back(matter: Matter, former: Former, stamp: Stamp) -> None:
    """The next step that it had, even where that day is over by now."""
    matter.next_on = date.fromisoformat(former["next_on"])
    matter.next_step = former["next_step"]
    save_matter(matter, "next_on", "next_step")
    fact = matters.NextStepSet(
        **matter_words(matter), next_on=matter.next_on, next_step=matter.next_step
    )
    record(fact, stamp=stamp)
    keep_matter_waiting(matter, stamp=stamp)


def _next(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    put_next_step_back(matter, item.former, stamp)
    return ""


def _give(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    hand_over_matter(matter, owner=Party.objects.get(pk=item.former["owner"]), stamp=stamp)
    return ""


def _topic(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    correct_issue(matter, topic_code=item.former["topic_code"], stamp=stamp)
    return ""


def _join(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    parted = part_issues(matter, reason=WHY, stamp=stamp)
    put_next_step_back(parted, item.former, stamp)
    return ""


def _ask(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    asks = list(Ask.objects.filter(pk__in=item.made["asks"]).order_by("pk"))
    for ask in asks:
        if ask.state != "requested" or ask.matter_id != matter.pk:
            raise Refused(
                "changed_since", f"{ask.agency_code} has answered since then, or the ask was moved."
            )
    for ask in asks:
        withdraw_ask(ask, reason=WHY, stamp=stamp)
    matter.refresh_from_db(fields=["next_on", "next_step", "version"])
    if matter.next_step in HOUSE_STEPS:
        put_next_step_back(matter, item.former, stamp)
    gone = _recall(item, stamp)
    return "The agency already has the message." if gone else ""


def _close(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    lines = Entry.objects.filter(pk__in=item.made["lines"], kind="ReporterTold").order_by("pk")
    told = {line.body["complaint_id"]: line.pk for line in lines}
    rows = Complaint.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=told)
    complaints = list(rows.select_related("reporter", "matter").order_by("pk"))
    gone = _recall(item, stamp)  # no letter is being written now: its complaint is held
    today = localdate(stamp.at)
    again = reopen_matter(matter, reason=WHY, next_on=today, stamp=stamp)
    put_next_step_back(again, item.former, stamp)
    for complaint in complaints:
        if told[complaint.pk] in gone:
            forget_telling(complaint)  # the letter was read: its words stay, the next is due
        else:
            untell(complaint, stamp=stamp)
    return f"{len(gone)} of the letters had already gone out." if gone else ""


def _restrict(item: BatchItem, matter: Matter, stamp: Stamp) -> str:
    open_restricted_matter(matter, reason=WHY, stamp=stamp)
    return ""


UNDOES: Mapping[str, Callable[[BatchItem, Matter, Stamp], str]] = {
    "next": _next,
    "give": _give,
    "topic": _topic,
    "join": _join,
    "ask": _ask,
    "close": _close,
    "restrict": _restrict,
}


def _recall(item: BatchItem, stamp: Stamp) -> set[int]:
    """Take the row's letters back that still wait; the lines whose letters went out."""
    gone = set()
    letters = Message.objects.filter(entry_id__in=item.made["lines"])
    for message in letters.exclude(state=Message.State.RECALLED).select_related("entry"):
        try:
            recall_message(message, stamp=stamp)
        except Refused:
            gone.add(message.entry_id)
    return gone
