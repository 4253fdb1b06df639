"""What somebody sent with a report, as the page of their link shows it: answers and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from wardroom.casework import rules
from wardroom.casework.models import Report
from wardroom.documents.gateways import DamagedFile, read_content
from wardroom.documents.models import Attachment, Rendition
from wardroom.library.queries import questions_ever
from wardroom.library.rules.asking import FREE, told_answers


@dataclass(frozen=True)
class AnswerGiven:
    """A question and what was answered; ``own`` is an answer in words of their own."""

    question: str
    answer: str
    own: bool
    in_english: bool


def answers_given(report: Report, language: str) -> tuple[AnswerGiven, ...]:
    """What a report answered, in a language; a question of that time too."""
    if not report.answers:
        return ()
    asked = [q for q in questions_ever(report.topic.code) if q.code in report.answers]
    told = told_answers(asked, report.answers, language=language)
    return tuple(
        AnswerGiven(question, answer, q.datatype in FREE, not q.is_said_in(language))
        for q, (question, answer) in zip(asked, told, strict=True)
    )


def pictures_sent(report: Report) -> tuple[bytes, ...]:
    """The small pictures of what was sent with a report, as long as the office has them there."""
    at = (
        {str(report.complaint.taken_for_id), str(report.complaint.matter_id)}
        if (report.complaint is not None)
        else set()
    )
    rows = Attachment.objects.filter(
        Q(noun="matter", key__in=at) | Q(noun="report", key=str(report.pk)),
        caption=rules.sent_with(report.number),
        removed_at=None,
    )
    small = Rendition.objects.filter(
        document__in=rows.values("document"), variant=Rendition.Variant.THUMBNAIL
    )
    digests = small.order_by("pk").values_list("digest", flat=True)[: rules.MOST_PICTURES]
    return tuple(content for digest in digests if (content := _picture(digest)) is not None)


def _picture(digest: str) -> bytes | None:
    """A picture; none where the file is lost or damaged, which the office's own check says."""
    try:
        return read_content(digest)
    except (OSError, DamagedFile):
        return None
