"""The log of a notice: what the office saw, what the agency says, and what does not count."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.notices import follow_notice, notice_words, open_notice
from wardroom.engagement.models import NoticeLine, NoticeOwed
from wardroom.engagement.queries.notice_clocks import earliest_after
from wardroom.engagement.rules import notices as rules
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.ledger.actions import record
from wardroom.matters.models import Matter


@action(policy.may_tell_notice)
def note_notice(
    matter: Matter, *, sent_on: date, medium: str, sent_to: str, stamp: Stamp
) -> NoticeOwed:
    """Write a notice into the log; the first one that came says when the agency may decide.

    What the agency itself writes is what it says: it counts once the office has looked.
    Refuses: one that is over; a day to come; a portal post, which is no notice; nobody it went
    to. Records: `NoticeSeen`, or `NoticeSaid` of an agency, and `NextStepFollowed`.
    """
    row = open_notice(matter)
    today = localdate(stamp.at)
    told = rules.check_seen(sent_on, medium=medium, sent_to=sent_to, today=today)
    saw = policy.may_watch_notice(stamp.actor, matter)
    line = NoticeLine.objects.create(
        notice=row,
        sent_on=sent_on,
        medium=medium,
        sent_to=told,
        state=rules.SEEN if saw else rules.SAID,
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    _tell(row, line, stamp)
    return _count_anew(matter, row, stamp)


@action(policy.may_tell_notice)
def note_good_cause(matter: Matter, *, why: str, stamp: Stamp) -> NoticeOwed:
    """Write down that the agency published good cause for less notice, or an emergency.

    What the agency itself writes is what it says: it counts once the office has looked.
    Refuses: one that is over; no cause. Records: `GoodCauseNoted`, or `GoodCauseSaid` of an
    agency, and `NextStepFollowed`.
    """
    row = open_notice(matter)
    why = rules.check_cause(why)
    if policy.may_watch_notice(stamp.actor, matter):
        return _find_cause(matter, row, why, stamp)
    row.cause_said = why
    record(facts.GoodCauseSaid(**notice_words(row), why=why), stamp=stamp)
    return _count_anew(matter, row, stamp)


@action(policy.may_watch_notice)
def confirm_claim(matter: Matter, *, claim: str, stamp: Stamp) -> NoticeOwed:
    """Confirm what the agency says of its notice: somebody here has looked, and it counts.

    Refuses: one that is over; nothing that the agency says and that is not looked at yet.
    Records: `NoticeSeen` or `GoodCauseNoted`, and `NextStepFollowed`.
    """
    row = open_notice(matter)
    if claim == rules.CAUSE and row.cause_said:
        return _find_cause(matter, row, row.cause_said, stamp)
    line = _line(row, claim, rules.SAID)
    line.state = rules.SEEN
    line.save(update_fields=["state"])
    _tell(row, line, stamp)
    return _count_anew(matter, row, stamp)


@action(policy.may_watch_notice)
def strike_claim(matter: Matter, *, claim: str, why: str, stamp: Stamp) -> NoticeOwed:
    """Strike a notice or a good cause that was not so; it stays to be read and counts no more.

    Refuses: one that is over; nothing that counts or is said; no reason.
    Records: `NoticeStruck` and `NextStepFollowed`.
    """
    row = open_notice(matter)
    why = rules.check_strike(why)
    if claim == rules.CAUSE and (row.cause_said or row.good_cause):
        what = f"good cause ({row.cause_said or row.good_cause})"
        row.cause_said = row.good_cause = ""
    else:
        line = _line(row, claim, rules.SAID, rules.SEEN)
        what = f"notice of {long_day(line.sent_on)} to {line.sent_to}"
        line.state, line.struck_why = rules.STRUCK, why
        line.save(update_fields=["state", "struck_why"])
    record(facts.NoticeStruck(**notice_words(row), what=what, why=why), stamp=stamp)
    return _count_anew(matter, row, stamp)


def _line(row: NoticeOwed, claim: str, *states: str) -> NoticeLine:
    number = int(claim) if claim.isascii() and claim.isdigit() and len(claim) <= 18 else 0
    line: NoticeLine | None = row.log.filter(pk=number, state__in=states).first()
    if line is None:
        raise Refused("unknown_claim", "Choose one of those in the log.", field="claim")
    return line


def _find_cause(matter: Matter, row: NoticeOwed, why: str, stamp: Stamp) -> NoticeOwed:
    row.good_cause, row.cause_said = why, ""
    record(facts.GoodCauseNoted(**notice_words(row), why=why), stamp=stamp)
    return _count_anew(matter, row, stamp)


def _count_anew(matter: Matter, row: NoticeOwed, stamp: Stamp) -> NoticeOwed:
    """The day of the first notice that was seen, what follows from it, and what is only said."""
    first = row.log.filter(state=rules.SEEN).order_by("sent_on", "pk").first()
    earliest = earliest_after(row.deed, first.sent_on) if first is not None else None
    row.notice_on = first.sent_on if first is not None else None
    row.earliest_on = earliest.on if earliest is not None else None
    row.why_earliest = list(earliest.steps) if earliest is not None else []
    row.claimed = bool(row.cause_said) or row.log.filter(state=rules.SAID).exists()
    row.save()
    follow_notice(matter, row, stamp=stamp)
    return row


def _tell(row: NoticeOwed, line: NoticeLine, stamp: Stamp) -> None:
    words = {
        **notice_words(row),
        "sent_on": line.sent_on,
        "medium": rules.MEDIA[line.medium],
        "sent_to": line.sent_to,
    }
    if line.state == rules.SAID:
        record(facts.NoticeSaid(**words), stamp=stamp)
        return
    earliest_on = earliest_after(row.deed, line.sent_on).on
    record(facts.NoticeSeen(**words, earliest_on=earliest_on), stamp=stamp)
