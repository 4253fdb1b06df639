"""The after-action review on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils.timezone import localtime

from wardroom.documents.gateways.typesetting import typeset
from wardroom.incidents.queries.care import ReviewFile
from wardroom.kernel.text import long_day, long_instant

TEMPLATE = Path(__file__).resolve().parent / "after_action.typ"


def typeset_review(found: ReviewFile, *, at: datetime) -> bytes:
    """A PDF/UA of the review, with its steps and the line of time."""
    written = found.written_at or at
    values = {
        "name": f"After-action review of W-{found.matter_id}",
        "title": found.title,
        "iso": localtime(written).date().isoformat(),
        "by": found.written_by,
        "written": long_instant(localtime(written)),
        "finished": long_instant(localtime(found.finished_at)) if found.finished_at else "",
        "version": found.version,
        "exercise": found.exercise,
        "parts": [
            [label, text]
            for label, text in (
                ("What was expected", found.expected),
                ("What happened", found.happened),
                ("Why", found.why),
                ("What went well", found.strengths),
            )
            if text
        ],
        "marks": [list(mark) for mark in found.marks],
        "steps": [
            [s.wording, s.party_name, s.capability, long_day(s.starts_on), long_day(s.due_on)]
            for s in found.steps
        ],
        "line": [[long_instant(localtime(when)), words] for when, words in found.line],
    }
    return typeset(values, TEMPLATE)


def review_name(found: ReviewFile) -> str:
    """The name of the file."""
    return f"after-action-W-{found.matter_id}-v{found.version}.pdf"
