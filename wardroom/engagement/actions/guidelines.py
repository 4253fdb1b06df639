"""Issuing what groups work by, and noting which version each accepted."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.groups import group_words
from wardroom.engagement.models import Acceptance, Group, Guideline, GuidelineVersion
from wardroom.engagement.rules import group_plans as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text


@action(policy.may_issue_guideline)
def issue_guideline(_: None, *, kind: str, title: str, text: str, stamp: Stamp) -> Guideline:
    """Issue a framework or a guideline for citizen groups, as its first version.

    Refuses: a kind that is none; no title or words; a title that is there already.
    Records: `GuidelineIssued`.
    """
    title, text = rules.check_guideline(kind, title, text)
    if Guideline.objects.filter(title__iexact=title).exists():
        raise Refused("already_there", "There is one with this title already.", field="title")
    made: Guideline = Guideline.objects.create(kind=kind, title=title)
    _write(made, text, version=1, why="", stamp=stamp)
    return made


@action(policy.may_issue_guideline)
def revise_guideline(
    guideline: Guideline, *, text: str, why: str, stamp: Stamp
) -> GuidelineVersion:
    """Issue another version of a guideline; who accepted the one before has to accept anew.

    Refuses: the same words; no reason. Records: `GuidelineIssued`.
    """
    text = rules.check_guideline_text(text)
    before = guideline.versions.order_by("-version")[0]
    if before.text == text:
        raise Refused("nothing_new", "Nothing was changed.", field="text")
    why = check_text(
        why, code="reason_missing", sentence="Say why it changes.", field="why", most=300
    )
    return _write(guideline, text, version=before.version + 1, why=why, stamp=stamp)


@action(policy.may_accept_guideline)
def accept_guideline(
    group: Group, *, guideline: Guideline, accepted_on: date, accepted_by: str, stamp: Stamp
) -> Acceptance:
    """Note that a group accepted the newest version of a guideline, and who said so for it.

    Refuses: nobody named; a day before it was issued, or to come; one that it has.
    Records: `GuidelineAccepted`.
    """
    newest = guideline.versions.order_by("-version")[0]
    who = check_text(
        accepted_by,
        code="nobody_named",
        sentence="Say who accepted it for the group.",
        field="accepted_by",
        most=120,
    )
    rules.check_accepted(accepted_on, issued_on=newest.issued_on, today=localdate(stamp.at))
    if newest.acceptances.filter(group=group).exists():
        raise Refused("already_accepted", "It accepted this version already.", field="group")
    made: Acceptance = Acceptance.objects.create(
        version=newest,
        group=group,
        accepted_on=accepted_on,
        accepted_by=who,
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    fact = facts.GuidelineAccepted(
        **group_words(group),
        guideline_id=guideline.pk,
        title=guideline.title,
        version=newest.version,
        accepted_on=accepted_on,
        accepted_by=who,
    )
    record(fact, stamp=stamp)
    return made


def _write(
    guideline: Guideline, text: str, *, version: int, why: str, stamp: Stamp
) -> GuidelineVersion:
    made: GuidelineVersion = GuidelineVersion.objects.create(
        guideline=guideline,
        version=version,
        text=text,
        why=why,
        issued_on=localdate(stamp.at),
        issued_by=stamp.actor.name,
    )
    fact = facts.GuidelineIssued(
        guideline_id=guideline.pk, title=guideline.title, version=version, why=why
    )
    record(fact, stamp=stamp)
    return made
