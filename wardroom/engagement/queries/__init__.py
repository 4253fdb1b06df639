"""What can be asked of commissions' papers and of promises."""

from __future__ import annotations

from wardroom.engagement.queries.commitments import (
    CommitmentFile,
    CommitmentPage,
    CommitmentRow,
    commitment_file,
    commitment_page,
    may_hear_commitments,
)
from wardroom.engagement.queries.meetings import (
    CommissionFile,
    CommissionRow,
    commission_file,
    commission_rows,
    get_commission_party,
    host_of,
    meeting_before,
)
from wardroom.engagement.queries.notices import (
    NoticeFile,
    NoticePage,
    NoticeRow,
    OwnRow,
    ancs_owed,
    may_expect_notices,
    notice_file,
    notice_page,
    notices_pending,
    own_initiatives,
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
    "CommissionFile",
    "CommissionRow",
    "CommitmentFile",
    "CommitmentPage",
    "CommitmentRow",
    "NoticeFile",
    "NoticePage",
    "NoticeRow",
    "OwnRow",
    "PaperFile",
    "PaperPage",
    "PaperRow",
    "ancs_owed",
    "commission_file",
    "commission_rows",
    "commissions_named",
    "commitment_file",
    "commitment_page",
    "get_commission_party",
    "get_concern",
    "host_of",
    "may_expect_notices",
    "may_hear_commitments",
    "may_take_in_papers",
    "meeting_before",
    "notice_file",
    "notice_page",
    "notices_pending",
    "own_initiatives",
    "paper_file",
    "paper_page",
]
