"""What can be asked about issues and complaints."""

from __future__ import annotations

from wardroom.casework.queries.finding import Hit, HitPage, find_anything
from wardroom.casework.queries.issues import IssueFile, IssueRow, issue_file, issue_page
from wardroom.casework.queries.known import KnownHere, known_here
from wardroom.casework.queries.people import (
    OwnComplaint,
    PartyFile,
    PartyRow,
    PeoplePage,
    get_party_seen,
    party_file,
    people_page,
    seen_parties,
    seen_party_ids,
)

__all__ = [
    "Hit",
    "HitPage",
    "IssueFile",
    "IssueRow",
    "KnownHere",
    "OwnComplaint",
    "PartyFile",
    "PartyRow",
    "PeoplePage",
    "find_anything",
    "get_party_seen",
    "issue_file",
    "issue_page",
    "known_here",
    "party_file",
    "people_page",
    "seen_parties",
    "seen_party_ids",
]
