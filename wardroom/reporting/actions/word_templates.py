"""Taking the office's own Word templates, and putting a former one back."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.documents.actions import store_document
from wardroom.documents.models import Document
from wardroom.documents.rules import DOCX, clean_name
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.reporting import facts, policy
from wardroom.reporting.models import WordTemplate
from wardroom.reporting.queries.word_templates import CheckedTemplate
from wardroom.reporting.rules.kinds import WORD_TEMPLATES


@action(policy.may_keep_word_templates)
def take_word_template(subject: None, *, checked: CheckedTemplate, stamp: Stamp) -> WordTemplate:
    """Take a Word file as the office's template of a kind of report, once it could be filled.

    Reports are made with it from then on; the former versions stay. `checked_word_template`
    tried it before, since that takes long. Refuses: a kind of report that does not exist; the
    one that counts already. Records: `DocumentStored` and `WordTemplateTaken`.
    """
    report = checked.report
    _check_kind(report)
    name = clean_name(checked.name, DOCX)
    document = store_document(
        None, name=name, media_type=DOCX.media_type, content=checked.content, stamp=stamp
    )
    before = _newest(report)
    if before is not None and before.document_id == document.pk:
        raise Refused("already_so", "This is the template that counts already.", field="file")
    made = _put(report, before, document, stamp, put_back=False)
    fact = facts.WordTemplateTaken(
        template_id=made.pk,
        report=report,
        version=made.version,
        name=name,
        document_digest=document.digest,
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_keep_word_templates)
def put_back_word_template(
    subject: None, *, report: str, version: int, stamp: Stamp
) -> WordTemplate:
    """Put a former Word template back, or with version 0 what stood before any was handed in.

    Refuses: a kind of report or a version that does not exist; the one that counts already.
    Records: `WordTemplatePutBack`.
    """
    _check_kind(report)
    former = WordTemplate.objects.filter(report=report, version=version).first()
    if version and former is None:
        raise Refused("version_unknown", "There is no such version.", field="version")
    document = former.document if former is not None else None
    before = _newest(report)
    now = before.document_id if before is not None else None
    if now == (document.pk if document is not None else None):
        raise Refused("already_so", "This is the template that counts already.", field="version")
    made = _put(report, before, document, stamp, put_back=True)
    fact = facts.WordTemplatePutBack(
        template_id=made.pk, report=report, version=made.version, former=version
    )
    record(fact, stamp=stamp)
    return made


def _check_kind(report: str) -> None:
    if report not in WORD_TEMPLATES:
        raise Refused("report_unknown", "There is no such report.", field="report")


def _newest(report: str) -> WordTemplate | None:
    rows = WordTemplate.objects.filter(report=report)
    found: WordTemplate | None = rows.order_by("-version").first()
    return found


def _put(
    report: str,
    before: WordTemplate | None,
    document: Document | None,
    stamp: Stamp,
    *,
    put_back: bool,
) -> WordTemplate:
    made = WordTemplate(
        report=report,
        version=before.version + 1 if before is not None else 1,
        document=document,
        put_back=put_back,
        put_at=stamp.at,
        put_by=stamp.actor.name,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused(
            "already_changed", "Somebody changed this template a moment ago. Look again."
        ) from None
    return made
