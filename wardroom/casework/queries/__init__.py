"""What can be asked about issues, complaints, and changes to many issues at once."""

from __future__ import annotations

from wardroom.casework.queries.batches import (
    BatchFile,
    BatchRow,
    Colleague,
    batch_file,
    batch_page,
    colleagues,
    get_batch,
    get_colleague,
)
from wardroom.casework.queries.details import IssueDetails, issue_details
from wardroom.casework.queries.issues import (
    IssueFile,
    IssueRow,
    issue_file,
    issue_ids,
    issue_page,
    issues_named,
)
from wardroom.casework.queries.known import KnownHere, known_here

__all__ = [
    "BatchFile",
    "BatchRow",
    "Colleague",
    "IssueDetails",
    "IssueFile",
    "IssueRow",
    "KnownHere",
    "batch_file",
    "batch_page",
    "colleagues",
    "get_batch",
    "get_colleague",
    "issue_details",
    "issue_file",
    "issue_ids",
    "issue_page",
    "issues_named",
    "known_here",
]
