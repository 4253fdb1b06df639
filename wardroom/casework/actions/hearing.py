"""What whoever reported says later, in the list of the issue's owner until the office acted."""

from __future__ import annotations

from dataclasses import replace

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Fact
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters import facts as matter_facts
from wardroom.matters.actions.waiting import end_wait, wait_for
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter, Waiting
from wardroom.matters.rules import Wait, word_waits

NOUN = "word"
STILL_THERE, CAME_BACK, ANSWERED, NOT_SOLVED = "still_there", "came_back", "answered", "not_solved"
# Whoever does one of these has dealt with what was said.
ACTED = (
    facts.WordsRead,
    facts.ReporterAsked,
    facts.ReporterTold,
    facts.PersonWrittenTo,
    matter_facts.NextStepSet,
    matter_facts.AskProposed,
    matter_facts.MatterClosed,
    matter_facts.MatterReopened,
)


def keep_word_waiting(matter: Matter, reason: str, *, text: str = "", stamp: Stamp) -> None:
    """Put what somebody says of their report into the list of the issue's owner.

    An issue has one row, with what was said last, and the day of what was said first.
    """
    before = Waiting.objects.filter(noun=NOUN, key=str(matter.pk)).first()
    wait = word_waits(reason, localdate(stamp.at))
    if before is not None and before.due_on < wait.due_on:
        wait = Wait(reason, before.due_on)
    _put_word(matter, wait, text=text, stamp=stamp)


def _put_word(matter: Matter, wait: Wait, *, text: str, stamp: Stamp) -> None:
    wait_for(
        NOUN,
        str(matter.pk),
        wait,
        party=matter.owner,
        title=f"{matter.title}: {text}" if text else matter.title,
        matter=matter,
        ward_code=matter.ward_code,
        place_label=matter.place.label if matter.place else "",
        stamp=stamp,
    )


def end_words_waiting(entry: Entry, fact: Fact) -> None:
    """Take what was said off the list once somebody has done something; hears of every line.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    if isinstance(fact, ACTED):
        end_wait(NOUN, str(fact.matter_id))


def move_words_waiting(matter: Matter, to: Matter, *, stamp: Stamp) -> None:
    """What was said of an issue that was joined to another waits there, with its words and day.

    Where something waits there already, the words of the later and the day of the earlier stay.
    """
    row = Waiting.objects.filter(noun=NOUN, key=str(matter.pk)).first()
    if row is None:
        return
    there = Waiting.objects.filter(noun=NOUN, key=str(to.pk)).first()
    both = [row] if there is None else [row, there]
    last = max(both, key=lambda each: each.since_at)
    text = last.title.removeprefix((matter if last is row else to).title).removeprefix(": ")
    due_on, since = min(each.due_on for each in both), last.since_at
    end_wait(NOUN, row.key)
    end_wait(NOUN, str(to.pk))
    stamp_then = replace(stamp, at=since)
    _put_word(to, Wait(last.reason, due_on), text=text, stamp=stamp_then)


@action(policy.may_read_words)
def mark_words_read(matter: Matter, *, stamp: Stamp) -> Matter:
    """Say that you have read what whoever reported it says; it waits for nobody then.

    Refuses: nothing that waits to be read. Records: `WordsRead`.
    """
    if not Waiting.objects.filter(noun=NOUN, key=str(matter.pk)).exists():
        raise Refused("nothing_new", "Nothing new was said, or somebody has read it already.")
    record(facts.WordsRead(**matter_words(matter)), stamp=stamp)
    return matter
