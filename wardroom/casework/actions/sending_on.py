"""Sending a matter or one of its asks to another endpoint, and what a drift leads to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import policy
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import set_next_step
from wardroom.matters.actions.outside import check_names_nobody
from wardroom.matters.models import Ask, Matter
from wardroom.service_requests.actions import note_drift_planned, submit_request
from wardroom.service_requests.models import Drift, Endpoint, Submission
from wardroom.service_requests.rules import SubmissionDraft

OVER = ("declined", "withdrawn", "done")


@action(policy.may_send_on)
def send_matter_on(
    matter: Matter,
    *,
    endpoint: Endpoint,
    service_code: str,
    description: str,
    answers: Mapping[str, str] | None = None,
    stamp: Stamp,
) -> Submission:
    """Send what this matter is about to another city system, as one request there.

    Refuses: a matter that is closed or restricted; words that name a resident; a place that is
    not known; what `submit_request` refuses. Records: `RequestSubmitted`.
    """
    return _send(matter, "matter", matter.pk, endpoint, service_code, description, answers, stamp)


@action(policy.may_send_ask_on)
def send_ask_on(
    ask: Ask,
    *,
    endpoint: Endpoint,
    service_code: str,
    description: str,
    answers: Mapping[str, str] | None = None,
    stamp: Stamp,
) -> Submission:
    """Send one ask to another city system, as one request there.

    Refuses: an ask that is over; a matter that is closed or restricted; words that name a
    resident; a place that is not known; what `submit_request` refuses.
    Records: `RequestSubmitted`.
    """
    if ask.matter is None or ask.state in OVER:
        raise Refused("wrong_state", "This ask is over, and is not sent on.")
    matter = ask.matter
    return _send(matter, "ask", ask.pk, endpoint, service_code, description, answers, stamp)


@action(policy.may_plan_after_drift)
def plan_after_drift(drift: Drift, *, next_on: date, next_step: str, stamp: Stamp) -> Drift:
    """Set the next step of the matter because another system says something else.

    Refuses: a drift that is settled, or of no matter; what `set_next_step` refuses.
    Records: `NextStepSet`, `DriftPlanned`.
    """
    matter = Matter.objects.filter(pk=drift.matter_id or 0).first()
    if matter is None:
        raise Refused("no_matter", "No matter of ours hangs on this request.")
    set_next_step(matter, next_on=next_on, next_step=next_step, stamp=stamp)
    return note_drift_planned(drift, stamp=stamp)


def _send(
    matter: Matter,
    noun: str,
    key: int,
    endpoint: Endpoint,
    service_code: str,
    description: str,
    answers: Mapping[str, str] | None,
    stamp: Stamp,
) -> Submission:
    if matter.state != "open":
        raise Refused("wrong_state", "This matter is closed, and is not sent on.")
    if matter.restricted:
        raise Refused("restricted", "A restricted matter is never sent to another system.")
    place = matter.place
    answers = answers or {}
    check_names_nobody(description, ward_code=matter.ward_code, field="description")
    for words in answers.values():
        check_names_nobody(words, ward_code=matter.ward_code, field="answers")
    check_names_nobody(place.label if place else "", ward_code=matter.ward_code, field="place")
    draft = SubmissionDraft(
        noun=noun,
        key=str(key),
        matter_id=matter.pk,
        ward_code=matter.ward_code,
        service_code=service_code,
        description=description,
        address=place.label if place else "",
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        answers=answers,
    )
    return submit_request(endpoint, draft=draft, stamp=stamp)
