"""What can be asked about issues, complaints, and changes to many issues at once."""

from __future__ import annotations

from wardroom.casework.queries.around import (
    AreaFile,
    CameBack,
    OpenHere,
    PlaceFile,
    RequestsHere,
    area_file,
    open_around,
    open_within,
    place_file,
)
from wardroom.casework.queries.asking import AskDesk, DraftRow, ask_desk
from wardroom.casework.queries.batches import (
    BatchFile,
    BatchRow,
    batch_file,
    batch_page,
    get_batch,
)
from wardroom.casework.queries.callers import known_callers
from wardroom.casework.queries.details import IssueDetails, issue_details
from wardroom.casework.queries.finding import Hit, HitPage, find_anything
from wardroom.casework.queries.greeting import Greetings, greetings
from wardroom.casework.queries.issues import (
    IssueFile,
    IssueRow,
    issue_file,
    issue_ids,
    issue_page,
    issues_named,
)
from wardroom.casework.queries.known import KnownHere, SpotMeant, known_here, spot_meant
from wardroom.casework.queries.letters import (
    Letter,
    Letters,
    Likeness,
    Recipient,
    came_over_to,
    knows_agency,
    knows_reporter,
    letters_of,
    likenesses,
    recipients_of,
)
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
    sees_party,
)
from wardroom.casework.queries.telling import TellPreview, TellRow, tell_preview

__all__ = [
    "AreaFile",
    "AskDesk",
    "BatchFile",
    "BatchRow",
    "CameBack",
    "DraftRow",
    "Greetings",
    "Hit",
    "HitPage",
    "IssueDetails",
    "IssueFile",
    "IssueRow",
    "KnownHere",
    "Letter",
    "Letters",
    "Likeness",
    "OpenHere",
    "OwnComplaint",
    "PartyFile",
    "PartyRow",
    "PeoplePage",
    "PlaceFile",
    "Recipient",
    "RequestsHere",
    "SpotMeant",
    "TellPreview",
    "TellRow",
    "area_file",
    "ask_desk",
    "batch_file",
    "batch_page",
    "came_over_to",
    "find_anything",
    "get_batch",
    "get_party_seen",
    "greetings",
    "issue_details",
    "issue_file",
    "issue_ids",
    "issue_page",
    "issues_named",
    "known_callers",
    "known_here",
    "knows_agency",
    "knows_reporter",
    "letters_of",
    "likenesses",
    "open_around",
    "open_within",
    "party_file",
    "people_page",
    "place_file",
    "recipients_of",
    "seen_parties",
    "seen_party_ids",
    "sees_party",
    "spot_meant",
    "tell_preview",
]
