"""The director's roll-up, an ANC's month, and the director's answers."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.queries import area_row
from wardroom.city.rules import ward_of_area
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters.actions import add_task, capture_line
from wardroom.matters.queries import get_matter
from wardroom.reporting import facts, policy, rules
from wardroom.reporting.actions.freezing import check_names_nobody, drafted, named
from wardroom.reporting.models import Edition
from wardroom.reporting.queries.answers import was_answered
from wardroom.reporting.rules.items import items_of

LONGEST_ANSWER = 250
ANSWER_WITHIN = timedelta(days=1)


@action(policy.may_draft_roll_up)
def draft_roll_up(subject: None, *, week: str, stamp: Stamp) -> Edition:
    """Draft the director's roll-up of a week from the wards' reports, or count a draft again.

    Refuses: a week that does not exist or has not begun; a week whose roll-up is signed; a
    draft that somebody else made in the same moment. Records: `ReportDrafted`.
    """
    span = rules.week_named(week, zone=settings.TIME_ZONE)
    if span.start_at > stamp.at:
        raise Refused("week_not_begun", f"Week {span.name} has not begun.", field="week")
    return drafted(Edition(report=rules.ROLL_UP, week=span.name), stamp)


@action(policy.may_draft_report)
def draft_monthly_report(subject: None, *, area: str, month: str, stamp: Stamp) -> Edition:
    """Draft a ward's monthly report to an ANC, or bring an unsigned draft up to date.

    Refuses: a month that does not exist or has not begun; an ANC that the boundaries of that
    month do not have; a month whose report is signed; an ANC of another ward. Records:
    `ReportDrafted`.
    """
    span = rules.month_named(month, zone=settings.TIME_ZONE)
    if span.start_at > stamp.at:
        raise Refused("month_not_begun", f"The month {span.name} has not begun.", field="month")
    on = min(span.ends_on, localdate(stamp.at))
    try:
        row = area_row("anc", area.strip(), on=on)
    except NotFound:
        raise Refused("anc_unknown", f"There is no ANC {area}.", field="area") from None
    ward = ward_of_area(row.code)
    if not policy.drafts_for(stamp.actor, ward):
        raise NotAllowed
    fresh = Edition(report=rules.MONTHLY, ward_code=ward, area=row.code, week=span.name)
    return drafted(fresh, stamp)


@action(policy.may_answer_need)
def answer_need(edition: Edition, *, key: str, text: str, stamp: Stamp) -> Entry:
    """Answer what a report asks the director to decide.

    The answer stands on the matter as a line, and in the list of whoever owns it as a to-do.
    Refuses: a line that the report does not have, or that is about no matter; no words, or too
    many; the name of somebody who complained; what was answered in the same words; a matter
    that is closed by now.
    Records: `NoteWritten`, `TaskAdded` and `DirectorAnswered`.
    """
    item = next((i for i in items_of(edition.facts, edition.edits) if i.key == key), None)
    matter_id = item.row.get("matter_id") if item else None
    if item is None or matter_id is None:
        raise Refused("item_unknown", "The report has no such line any more.", field="text")
    text = " ".join(text.split())
    if not text:
        raise Refused("answer_missing", "Write your answer.", field="text")
    if len(text) > LONGEST_ANSWER:
        raise Refused(
            "answer_too_long",
            f"An answer may have {LONGEST_ANSWER} characters at most; this has {len(text)}.",
            field="text",
        )
    check_names_nobody(edition, {"text": text})
    matter = get_matter(matter_id, stamp.actor)
    if was_answered(matter_id, edition.week, text):
        raise Refused("already_answered", "This answer is on the matter already.", field="text")
    line = f"The director answers the report of {edition.week}: {text} (asked: {item.said})"
    capture_line(matter, text=line, stamp=stamp)
    task = add_task(
        matter,
        party=matter.owner,
        wording=f"The director answered: {text}",
        due_on=localdate(stamp.at) + ANSWER_WITHIN,
        stamp=stamp,
    )
    fact = facts.DirectorAnswered(
        **named(edition), key=key, asked=item.said, text=text, matter_id=matter.pk, task_id=task.pk
    )
    return record(fact, stamp=stamp)
