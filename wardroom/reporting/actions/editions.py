"""Drafting, writing, signing and correcting reports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.queries import districts
from wardroom.directory.queries import get_party_of
from wardroom.documents.models import Document
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.problems.queries import latest_detection
from wardroom.reporting import facts, policy, rules
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import digest_of, measures


@action(policy.may_draft_report)
def draft_weekly_report(subject: None, *, ward_code: str, week: str, stamp: Stamp) -> Edition:
    """Draft a ward's report of one week, or bring an unsigned draft's numbers up to date.

    What people wrote into the draft stays. Refuses: a week that does not exist or has not
    begun; a ward that the boundaries of that week do not have; a week whose report is
    signed; a ward that is not the liaison's own; a draft that somebody else made in the
    same moment. Records: `ReportDrafted`.
    """
    if not policy.drafts_for(stamp.actor, ward_code):
        raise NotAllowed
    span = rules.week_named(week, zone=settings.TIME_ZONE)
    if span.start_at > stamp.at:
        raise Refused("week_not_begun", f"Week {span.name} has not begun.", field="week")
    wards = [d.code for d in districts("ward", span.starts_on)]
    if wards and ward_code not in wards:
        known = ", ".join(wards)
        raise Refused(
            "ward_unknown", f"There is no Ward {ward_code}; there is {known}.", field="ward"
        )
    latest = _latest(ward_code, span.name, locked=True)
    if latest is not None:
        rules.check_move(latest.state, "draft again")
    edition = latest or Edition(
        report=rules.WEEKLY, ward_code=ward_code, week=span.name, narrative={}
    )
    try:
        with transaction.atomic():
            _measure(edition, span, stamp)
    except IntegrityError:
        raise Refused(
            "already_drafted",
            "Somebody drafted this report a moment ago. Open it from the list.",
        ) from None
    record(facts.ReportDrafted(**_named(edition)), stamp=stamp)
    return edition


@action(policy.may_edit_report)
def edit_report(
    edition: Edition, *, narrative: dict[str, str], shown: str = "", stamp: Stamp
) -> Edition:
    """Write the parts of a draft that a person writes.

    ``shown`` is the digest of the words that the writer had before the eyes. Refuses: a
    signed edition; a part the report does not have; a text that is too long; words that
    somebody else changed in the meantime. Records: `ReportEdited`.
    """
    rules.check_move(edition.state, "edit")
    parts = rules.checked_narrative(narrative)
    if {**edition.narrative, **parts} != edition.narrative:
        rules.check_words_unchanged(shown, edition.narrative)
    changed = tuple(p for p, text in parts.items() if edition.narrative.get(p, "") != text)
    edition.narrative = {**edition.narrative, **parts}
    edition.save(update_fields=["narrative"])
    record(facts.ReportEdited(**_named(edition), parts=changed), stamp=stamp)
    return edition


@action(policy.may_sign_report)
def sign_report(edition: Edition, *, shown: str = "", stamp: Stamp) -> Edition:
    """Sign a draft: its numbers, words, definitions and sources are frozen for ever.

    ``shown`` is the digest of the report that the signer had before the eyes. Refuses: an
    edition that is signed; a report that changed since it was shown; a report without a
    word about what matters. Records: `ReportSigned`.
    """
    rules.check_move(edition.state, "sign")
    rules.check_shown(shown, digest_of(edition))
    if not edition.narrative.get("summary"):
        raise Refused(
            "summary_missing",
            "Write what matters this week before you sign; the numbers do not say it.",
            field="summary",
        )
    try:
        party = get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
    edition.state = rules.SIGNED
    edition.signed_at = stamp.at
    edition.signed_by = party
    edition.digest = digest_of(edition)
    edition.save()
    record(facts.ReportSigned(**_named(edition), digest=edition.digest), stamp=stamp)
    return edition


@action(policy.may_correct_report)
def correct_report(edition: Edition, *, reason: str, stamp: Stamp) -> Edition:
    """Open a correction of a signed report: a new version, with the reason on its face.

    The signed one stays as it is. Refuses: a draft; an edition that already has a later
    version; an empty reason. Records: `ReportCorrected`.
    """
    rules.check_move(edition.state, "correct")
    if not reason.strip():
        raise Refused("reason_missing", "Say what the correction corrects.", field="reason")
    latest = _latest(edition.ward_code, edition.week)
    if latest is not None and latest.pk != edition.pk:
        raise Refused("already_corrected", "This edition already has a later version.")
    fresh = Edition(
        report=edition.report,
        ward_code=edition.ward_code,
        week=edition.week,
        version=edition.version + 1,
        narrative={**edition.narrative, "correction": reason.strip()},
    )
    _measure(fresh, rules.week_named(edition.week, zone=settings.TIME_ZONE), stamp)
    fact = facts.ReportCorrected(**_named(fresh), reason=reason.strip(), replaces_id=edition.pk)
    record(fact, stamp=stamp)
    return fresh


@action(policy.may_file_report)
def file_report(edition: Edition, *, document: Document, stamp: Stamp) -> Edition:
    """Put the PDF of a signed report on file, once.

    Refuses: a draft. Records: `ReportFiled`.
    """
    rules.check_move(edition.state, "correct")
    edition.pdf = edition.pdf or document
    edition.save(update_fields=["pdf"])
    record(facts.ReportFiled(**_named(edition), document_digest=document.digest), stamp=stamp)
    return edition


def _measure(edition: Edition, span: rules.Week, stamp: Stamp) -> None:
    as_of = measures.as_of_for(span, stamp.at)
    ranking = latest_detection(at=as_of)
    edition.facts = measures.measured(edition.ward_code, span, as_of=as_of, ranking=ranking)
    edition.definitions = dict(rules.DEFINITIONS)
    edition.sources = measures.sources_of(span, ranking)
    edition.drafted_at = stamp.at
    edition.save()


def _latest(ward_code: str, week: str, *, locked: bool = False) -> Edition | None:
    rows = Edition.objects.filter(report=rules.WEEKLY, ward_code=ward_code, week=week)
    if locked:
        rows = rows.select_for_update()
    latest: Edition | None = rows.order_by("-version").first()
    return latest


def _named(edition: Edition) -> dict[str, Any]:
    return {
        "edition_id": edition.pk,
        "ward_code": edition.ward_code,
        "week": edition.week,
        "version": edition.version,
    }
