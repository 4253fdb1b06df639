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
    "CommitmentFile",
    "CommitmentPage",
    "CommitmentRow",
    "PaperFile",
    "PaperPage",
    "PaperRow",
    "commissions_named",
    "commitment_file",
    "commitment_page",
    "get_concern",
    "may_hear_commitments",
    "may_take_in_papers",
    "paper_file",
    "paper_page",
]
