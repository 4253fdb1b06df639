"""Taking the words out of what was sent to another system for something that is disposed of."""

from __future__ import annotations

from wardroom.service_requests.models import Drift, Submission, Tie
from wardroom.service_requests.rules.submissions import GONE


def empty_submissions(matter_id: int) -> None:
    """Leave of what was sent elsewhere for a matter that it went, when, and its number there.

    Nobody asks the other side after it any more. Called inside the action that disposes of
    the matter. Records nothing by itself.
    """
    Submission.objects.filter(matter_id=matter_id).update(
        description=GONE,
        address="",
        latitude=None,
        longitude=None,
        answers={},
        token="",
        notice="",
        error="",
        next_at=None,
        there_notes="",
        there_latitude=None,
        there_longitude=None,
    )
    Drift.objects.filter(matter_id=matter_id).update(what=GONE, here="", there="")
    Drift.objects.filter(matter_id=matter_id).exclude(reason="").update(reason=GONE)
    Tie.objects.filter(matter_id=matter_id).delete()
