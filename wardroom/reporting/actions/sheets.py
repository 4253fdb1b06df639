"""A memo or a note of an event, or the memo on a policy, kept as a person edited it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions.words import event_words
from wardroom.calendar.models import Event
from wardroom.engagement.rules.policies import AFTER_MEMO_STEP, POLICY_WATCH
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import set_next_step
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.reporting import facts, policy
from wardroom.reporting.models import KeptSheet
from wardroom.reporting.queries.sheets import memo_for_all, sheet_for_all
from wardroom.reporting.rules.sheets import (
    KINDS,
    OF_EVENTS,
    Sheet,
    check_words,
    edited,
    kept_parts,
)

MOST_LETTERS = 6_000


@action(policy.may_keep_sheet)
def keep_sheet(event: Event, *, kind: str, texts: Mapping[str, str], stamp: Stamp) -> KeptSheet:
    """Keep the memo or the note of an event as you edited it; those before it stay on record.

    ``texts`` are the sentences of its parts by their place in it, a line each; a part that is
    not among them stays as it is. What is restricted is not kept: others read it too.
    Refuses: a sheet that is not of an event; too many words. Records: `MeetingSheetKept`.
    """
    if kind not in OF_EVENTS:
        raise Refused("unknown_sheet", "This cannot be edited.")
    _check_length(texts)
    made = edited(sheet_for_all(kind, event, stamp.actor, at=stamp.at), texts)
    row = _keep(made, stamp, event=event)
    fact = facts.MeetingSheetKept(
        **event_words(event), sheet_label=KINDS[kind], version=row.version
    )
    record(fact, stamp=stamp)
    return row


@action(policy.may_keep_policy_memo)
def keep_policy_memo(
    matter: Matter, *, texts: Mapping[str, str], next_on: date, stamp: Stamp
) -> KeptSheet:
    """Write the memo on a policy; the numbers and the sources of today stay beside your words.

    The duty to write it ends, and ``next_on`` is when to read what was said since.
    Refuses: a policy that is not watched any more; no words; too many; a day that is over.
    Records: `PolicyMemoKept`, `NextStepSet`.
    """
    if matter.kind != POLICY_WATCH or matter.state != "open":
        raise Refused("wrong_state", "This policy is not watched any more.")
    _check_length(texts)
    made = edited(memo_for_all(matter, stamp.actor, at=stamp.at), texts)
    check_words(made)
    row = _keep(made, stamp, matter=matter)
    record(facts.PolicyMemoKept(**matter_words(matter), version=row.version), stamp=stamp)
    set_next_step(matter, next_on=next_on, next_step=AFTER_MEMO_STEP, stamp=stamp)
    return row


def _check_length(texts: Mapping[str, str]) -> None:
    if sum(map(len, texts.values())) > MOST_LETTERS:
        raise Refused("too_long", "This is more than two pages. Shorten it.")


def _keep(made: Sheet, stamp: Stamp, **about: Event | Matter) -> KeptSheet:
    """The next version of a sheet of an event or of a matter, as it stands."""
    row: KeptSheet = KeptSheet.objects.create(
        **about,
        kind=made.kind,
        version=KeptSheet.objects.filter(kind=made.kind, **about).count() + 1,
        parts=kept_parts(made),
        kept_at=stamp.at,
        kept_by=stamp.actor.name,
    )
    return row
