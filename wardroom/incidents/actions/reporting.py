"""Situation reports: written by whoever has it, released by somebody else, due again by a clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors, get_liaison_of
from wardroom.directory.queries.consents import points_allowed
from wardroom.directory.rules import PROGRESS
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.holding import hold_incident_of, hold_matter
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import Incident, SituationReport
from wardroom.incidents.queries.call_list import to_be_told
from wardroom.incidents.rules.naming import check_names_nobody
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import end_waits, wait_for
from wardroom.matters.models import Waiting
from wardroom.matters.rules import Wait, check_text

DUE, RELEASE, BACK = "situation_due", "situation_release", "situation_back"


@action(policy.may_run_incident)
def write_situation(
    incident: Incident,
    *,
    what: str,
    where_text: str,
    lead_text: str = "",
    affected: Mapping[str, int | None],
    needs: str = "",
    partners: str = "",
    next_update_at: datetime | None,
    nobody_named: bool = False,
    stamp: Stamp,
) -> SituationReport:
    """Write down what stands now; nobody outside reads it until somebody else releases it.

    ``affected`` counts people by sort and names nobody. Refuses: nothing said; a count that is
    none; a next report whose time is over; an incident that is over; words that may name
    somebody, unless ``nobody_named`` says that they do not. Records: `SituationWritten`.
    """
    hold_matter(incident)
    if incident.matter.state != "open":
        raise Refused("over", "This incident is over.")
    said = check_text(
        what, code="what_missing", sentence="Say what happened.", field="what", most=2_000
    )
    check_names_nobody(said, where_text, lead_text, needs, partners, sure=nobody_named)
    last = incident.reports.order_by("-number").first()
    report: SituationReport = SituationReport.objects.create(
        incident=incident,
        number=last.number + 1 if last is not None else 1,
        what=said,
        where_text=" ".join(where_text.split())[:200],
        lead_text=" ".join(lead_text.split())[:200],
        affected=rules.check_counts(affected),
        needs=needs.strip()[:2_000],
        partners=partners.strip()[:2_000],
        next_update_at=rules.check_next_update(next_update_at, now=stamp.at),
        written_at=stamp.at,
        written_by=stamp.actor.name[:120],
        writer_id=stamp.actor.user_id,
    )
    incident.first_report_at = incident.first_report_at or stamp.at
    incident.next_update_at = report.next_update_at
    incident.lead_text = report.lead_text or incident.lead_text
    incident.save(update_fields=["first_report_at", "next_update_at", "lead_text"])
    fact = facts.SituationWritten(
        **incident_words(incident),
        number=report.number,
        text=said,
        next_update_at=report.next_update_at,
    )
    record(fact, stamp=stamp)
    keep_report_due(incident, stamp=stamp)
    _keep_release(report, stamp)
    return report


@action(policy.may_release_report)
def release_situation(report: SituationReport, *, stamp: Stamp) -> SituationReport:
    """Let a report go out to the commissioners and councilmembers who agreed to be told.

    Whoever wrote it does not release it. An exercise goes to nobody outside.
    Refuses: one that was released or sent back, or that a later one replaced.
    Records: `SituationReleased`.
    """
    incident = hold_incident_of(report)
    _check_waits(report)
    told = () if incident.exercise else to_be_told(incident, on=localdate(stamp.at))
    report.released_at, report.released_by = stamp.at, stamp.actor.name[:120]
    report.releaser_id = stamp.actor.user_id
    report.sent_to = len(points_allowed(told, purpose=PROGRESS, channel="email"))
    report.save()
    fact = facts.SituationReleased(
        **incident_words(incident), report_id=report.pk, number=report.number, party_ids=told
    )
    record(fact, stamp=stamp)
    _keep_release(report, stamp)
    _tick_report(incident, stamp)
    return report


@action(policy.may_release_report)
def return_situation(report: SituationReport, *, words: str, stamp: Stamp) -> SituationReport:
    """Send a report back to whoever wrote it, with words, instead of letting it go out.

    It stands on the writer's list until a later one is written. Refuses: one that was released
    or sent back, or that a later one replaced; an incident that is over; no words.
    Records: `SituationReturned`.
    """
    incident = hold_incident_of(report)
    _check_waits(report)
    if incident.matter.state != "open":
        raise Refused("over", "This incident is over: nobody writes a later report.")
    report.returned_for = check_text(
        words,
        code="words_missing",
        sentence="Say what has to be different.",
        field="words",
        most=500,
    )
    report.returned_at, report.returned_by = stamp.at, stamp.actor.name[:120]
    report.save(update_fields=["returned_at", "returned_by", "returned_for"])
    fact = facts.SituationReturned(
        **incident_words(incident), number=report.number, text=report.returned_for
    )
    record(fact, stamp=stamp)
    end_waits(RELEASE, f"{incident.pk}-")
    writer = Party.objects.filter(user=report.writer_id).first()
    _keep_back(report, writer or incident.taken_by, stamp)
    return report


def _check_waits(report: SituationReport) -> None:
    """Refuses: a report that went out, that was sent back, or that a later one replaced."""
    if report.released_at is not None:
        raise Refused("already_released", "This report was released already.")
    if report.returned_at is not None:
        raise Refused("already_returned", "This report was sent back. A later one goes out.")
    if report.incident.reports.filter(number__gt=report.number).exists():
        raise Refused("already_replaced", "A later report was written. Release that one.")


def _tick_report(incident: Incident, stamp: Stamp) -> None:
    """The line of the checklist that asks for the first report is done with its release."""
    line = incident.checklist.filter(code="report", state="open").first()
    if line is None:
        return
    line.state, line.done_at, line.done_by = "done", stamp.at, stamp.actor.name[:120]
    line.save(update_fields=["state", "done_at", "done_by"])
    fact = facts.ChecklistLinesDone(**incident_words(incident), lines=(line.text,))
    record(fact, stamp=stamp)


def keep_report_due(incident: Incident, *, stamp: Stamp) -> None:
    """Put the next report onto the list of whoever has the incident; it stands there until due."""
    at = incident.next_update_at
    waits = at is not None and incident.taken_by is not None and incident.matter.state == "open"
    wait_for(
        DUE,
        str(incident.pk),
        Wait(DUE, localdate(at)) if waits and at is not None else None,
        party=incident.taken_by,
        title=incident.matter.title,
        matter=incident.matter,
        ward_code=incident.ward_code,
        stamp=stamp,
    )


def pass_reports_on(incident: Incident, former: Party | None, *, stamp: Stamp) -> None:
    """Whoever has it now writes the next report, and anew what was sent back to the one before.

    What was due while nobody had it, or somebody else, is not late at once for whoever has it now.
    """
    due_at, has = incident.next_update_at, incident.taken_by
    if has and incident.first_report_at and due_at is not None and due_at < stamp.at:
        incident.next_update_at = stamp.at + rules.FIRST_REPORT_WITHIN
        incident.save(update_fields=["next_update_at"])
    keep_report_due(incident, stamp=stamp)
    report = incident.reports.order_by("-number").first()
    if report is None or report.returned_at is None:
        return
    row = Waiting.objects.filter(noun=BACK, key=f"{incident.pk}-{report.number}").first()
    if row is None or (former is not None and row.party_id == former.pk):
        _keep_back(report, has, stamp)


def _keep_back(report: SituationReport, party: Party | None, stamp: Stamp) -> None:
    """A report that was sent back stands on the list of whoever writes it anew."""
    incident: Incident = report.incident
    wait_for(
        BACK,
        f"{incident.pk}-{report.number}",
        Wait(BACK, localdate(stamp.at)),
        party=party,
        title=f"Report {report.number}: {incident.matter.title}",
        matter=incident.matter,
        ward_code=incident.ward_code,
        stamp=stamp,
    )


def _keep_release(report: SituationReport, stamp: Stamp) -> None:
    """The newest report stands on the lists of all who may release it, until one of them does."""
    incident, on = report.incident, localdate(stamp.at)
    end_waits(RELEASE, f"{incident.pk}-")
    end_waits(BACK, f"{incident.pk}-")
    if report.released_at is not None:
        return
    liaison = get_liaison_of(incident.ward_code, on=on) if incident.ward_code else None
    for party in {*get_directors(on=on), *([liaison] if liaison is not None else [])}:
        if party.user_id is None or party.user_id == report.writer_id:
            continue
        wait_for(
            RELEASE,
            f"{incident.pk}-{report.number}-{party.pk}",
            Wait(RELEASE, on),
            party=party,
            title=f"Report {report.number}: {incident.matter.title}",
            matter=incident.matter,
            ward_code=incident.ward_code,
            stamp=stamp,
        )
