"""Watching a policy, and writing down what is said about it."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.queries import get_ward
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import PolicyEntry
from wardroom.engagement.rules import policies as rules
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, open_matter
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter


@action(policy.may_watch_policy)
def watch_policy(_: None, *, title: str, owner: Party, next_on: date, stamp: Stamp) -> Matter:
    """Begin to write down what is said about a policy, ward by ward.

    Refuses: what `open_matter` refuses. Records: `MatterOpened`.
    """
    matter: Matter = open_matter(
        None,
        kind=rules.POLICY_WATCH,
        title=title,
        owner=owner,
        next_on=next_on,
        next_step=rules.MEMO_STEP,
        stamp=stamp,
    )
    return matter


@action(policy.may_note_policy_entry)
def note_policy_entry(
    matter: Matter,
    *,
    ward_code: str,
    tenor: str,
    text: str,
    channel: str,
    heard_on: date,
    about: str = "",
    stamp: Stamp,
) -> PolicyEntry:
    """Write down one thing that was said about a policy, and never who said it.

    ``about`` sums it up in a word or two; one that was used before keeps its spelling.

    Refuses: a policy that is not watched any more; no words; no ward; a sentence for a word;
    a tenor or a way of hearing that is none; a day to come or too long ago.
    Records: `PolicyEntryNoted`.
    """
    if matter.state != "open":
        raise Refused("wrong_state", "This policy is not watched any more.")
    text = rules.check_said(text)
    rules.check_tenor(tenor)
    rules.check_heard(channel)
    about = rules.check_about(about)
    today = localdate(stamp.at)
    rules.check_heard_on(heard_on, today=today)
    made: PolicyEntry = PolicyEntry.objects.create(
        matter=matter,
        ward_code=_ward_said(ward_code, today),
        tenor=tenor,
        text=text,
        about=_as_spelled(matter, about),
        channel=channel,
        heard_on=heard_on,
    )
    fact = facts.PolicyEntryNoted(
        **{**matter_words(matter), "ward_code": made.ward_code},
        tenor_words=rules.TENORS[tenor],
        channel_label=rules.WAYS_HEARD[channel],
        text=text,
        heard_on=heard_on,
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_watch_policy)
def end_policy_watch(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Stop watching a policy; what was said stays.

    Refuses: one that is not watched any more; an end that is none. Records: `MatterClosed`.
    """
    closed: Matter = close_matter(matter, outcome=outcome, text=text, stamp=stamp)
    return closed


def _as_spelled(matter: Matter, about: str) -> str:
    """The word as it was written for this policy before, if it was."""
    if not about:
        return ""
    rows = PolicyEntry.objects.filter(matter=matter, about__iexact=about)
    return rows.values_list("about", flat=True).first() or about


def _ward_said(code: str, today: date) -> str:
    try:
        return str(get_ward(code, today).code)
    except NotFound:
        raise Refused("unknown_ward", "Choose the ward.", field="ward_code") from None
