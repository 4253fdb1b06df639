"""What can be asked of commissions' papers and of promises."""

from __future__ import annotations

from wardroom.engagement.queries.bodies import (
    BodyFile,
    BodyMeetingRow,
    BodyPage,
    BodyRow,
    BodySeatRow,
    EndingTerm,
    body_file,
    body_page,
    ending_terms,
    get_body,
    get_body_seat,
    may_begin_bodies,
)
from wardroom.engagement.queries.body_meetings import (
    BodyMeetingFile,
    body_meeting_file,
    quorum_words,
)
from wardroom.engagement.queries.commitments import (
    CommitmentFile,
    CommitmentPage,
    CommitmentRow,
    commitment_file,
    commitment_page,
    may_hear_commitments,
)
from wardroom.engagement.queries.open_meetings import (
    OpenMeeting,
    OpenMeetingRow,
    bodies_with_notices,
    minutes_paper,
    open_meeting,
    open_meetings,
)
from wardroom.engagement.queries.papers import (
    PaperFile,
    PaperPage,
    PaperRow,
    commissions_named,
    get_concern,
    may_take_in_papers,
    paper_file,
    paper_page,
)

__all__ = [
    "BodyFile",
    "BodyMeetingFile",
    "BodyMeetingRow",
    "BodyPage",
    "BodyRow",
    "BodySeatRow",
    "CommitmentFile",
    "CommitmentPage",
    "CommitmentRow",
    "EndingTerm",
    "OpenMeeting",
    "OpenMeetingRow",
    "PaperFile",
    "PaperPage",
    "PaperRow",
    "bodies_with_notices",
    "body_file",
    "body_meeting_file",
    "body_page",
    "commissions_named",
    "commitment_file",
    "commitment_page",
    "ending_terms",
    "get_body",
    "get_body_seat",
    "get_concern",
    "may_begin_bodies",
    "may_hear_commitments",
    "may_take_in_papers",
    "minutes_paper",
    "open_meeting",
    "open_meetings",
    "paper_file",
    "paper_page",
    "quorum_words",
]
