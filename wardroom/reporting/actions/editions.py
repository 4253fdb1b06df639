"""Drafting, writing, signing and correcting reports."""

from __future__ import annotations

from django.conf import settings

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.queries import districts
from wardroom.directory.queries import get_party_of
from wardroom.documents.models import Document
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.reporting import facts, policy, rules
from wardroom.reporting.actions.freezing import (
    check_fit_for_the_public,
    check_names_nobody,
    check_up_to_date,
    drafted,
    freeze,
    keep_waiting,
    latest_of,
    named,
)
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import digest_of
from wardroom.reporting.rules.items import ItemWords, checked_edits


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
    return drafted(Edition(report=rules.WEEKLY, ward_code=ward_code, week=span.name), stamp)


@action(policy.may_edit_report)
def edit_report(
    edition: Edition,
    *,
    narrative: dict[str, str],
    items: dict[str, ItemWords] | None = None,
    shown: str = "",
    stamp: Stamp,
) -> Edition:
    """Write the parts of a draft that a person writes, and tick, untick or reword its lines.

    ``shown`` is the digest of the words that the writer had before the eyes. Refuses: a
    signed edition; a part or a line the report does not have; a text that is too long; a line
    without words; the name of a resident; words that somebody else changed in the meantime.
    Records: `ReportEdited`.
    """
    rules.check_move(edition.state, "edit")
    parts = rules.checked_narrative(narrative, edition.report)
    edits = checked_edits(edition.facts, edition.edits, items or {})
    words = {**edition.narrative, **parts}
    if (words, edits) != (edition.narrative, edition.edits):
        rules.check_words_unchanged(shown, rules.words_digest(edition.narrative, edition.edits))
    changed = tuple(p for p, text in parts.items() if edition.narrative.get(p, "") != text)
    lines = [key for key in {**edits, **edition.edits} if edits.get(key) != edition.edits.get(key)]
    said = {part: parts[part] for part in changed}
    said |= {key: str(edits[key]["text"]) for key in lines if key in edits}
    check_names_nobody(edition, said)
    check_fit_for_the_public(edition, said)
    edition.narrative, edition.edits = words, edits
    edition.save(update_fields=["narrative", "edits"])
    record(facts.ReportEdited(**named(edition), parts=(*changed, *lines)), stamp=stamp)
    return edition


@action(policy.may_sign_report)
def sign_report(edition: Edition, *, shown: str = "", fresh: bool = False, stamp: Stamp) -> Edition:
    """Sign a draft: its numbers, words, definitions and sources are frozen for ever.

    ``shown`` is the digest of the report that the signer had before the eyes. Refuses: an
    edition that is signed; a report that changed since it was shown; a report without a
    word about what matters; where it has to be ``fresh``, a draft that would say something
    else if it were drawn again now. Records: `ReportSigned`.
    """
    rules.check_move(edition.state, "sign")
    rules.check_shown(shown, digest_of(edition))
    if not edition.narrative.get("summary"):
        raise Refused(
            "summary_missing",
            f"{rules.NARRATIVE_OF[edition.report]['summary']}: write it before you sign; the"
            " numbers do not say it.",
            field="summary",
        )
    if fresh:
        check_up_to_date(edition, stamp)
    try:
        party = get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
    edition.state = rules.SIGNED
    edition.signed_at = stamp.at
    edition.signed_by = party
    edition.digest = digest_of(edition)
    edition.save()
    keep_waiting(edition, stamp=stamp)
    record(facts.ReportSigned(**named(edition), digest=edition.digest), stamp=stamp)
    return edition


@action(policy.may_sign_report)
def finish_report(
    edition: Edition,
    *,
    narrative: dict[str, str],
    items: dict[str, ItemWords] | None = None,
    shown: str = "",
    read: str = "",
    fresh: bool = False,
    stamp: Stamp,
) -> Edition:
    """Write the last words into a draft and sign it, in one go.

    ``shown`` is the digest of the words, ``read`` that of the whole report as the signer had it
    before the eyes. Refuses: what `edit_report` and `sign_report` refuse. Records:
    `ReportEdited` and `ReportSigned`.
    """
    rules.check_move(edition.state, "sign")
    rules.check_shown(read, digest_of(edition))
    edit_report(edition, narrative=narrative, items=items, shown=shown, stamp=stamp)
    edition.refresh_from_db()
    return sign_report(edition, fresh=fresh, stamp=stamp)


@action(policy.may_correct_report)
def correct_report(edition: Edition, *, reason: str, stamp: Stamp) -> Edition:
    """Open a correction of a signed report: a new version, with the reason on its face.

    The signed one stays as it is. Refuses: a draft; an edition that already has a later
    version; an empty reason, or one that names a resident or is not for the public.
    Records: `ReportCorrected`.
    """
    rules.check_move(edition.state, "correct")
    if not reason.strip():
        raise Refused("reason_missing", "Say what the correction corrects.", field="reason")
    latest = latest_of(edition)
    if latest is not None and latest.pk != edition.pk:
        raise Refused("already_corrected", "This edition already has a later version.")
    check_names_nobody(edition, {"reason": reason})
    check_fit_for_the_public(edition, {"reason": reason})
    fresh = Edition(
        report=edition.report,
        ward_code=edition.ward_code,
        area=edition.area,
        week=edition.week,
        version=edition.version + 1,
        edits=edition.edits,
        narrative={**edition.narrative, "correction": reason.strip()},
    )
    freeze(fresh, stamp)
    fact = facts.ReportCorrected(**named(fresh), reason=reason.strip(), replaces_id=edition.pk)
    record(fact, stamp=stamp)
    keep_waiting(fresh, stamp=stamp)
    return fresh


@action(policy.may_file_report)
def file_report(edition: Edition, *, document: Document, stamp: Stamp) -> Edition:
    """Put the PDF of a signed report on file, once.

    Refuses: a draft. Records: `ReportFiled`.
    """
    rules.check_move(edition.state, "correct")
    edition.pdf = edition.pdf or document
    edition.save(update_fields=["pdf"])
    record(facts.ReportFiled(**named(edition), document_digest=document.digest), stamp=stamp)
    return edition
