"""What the ledger tells: timelines, names in them, and whether it is whole."""

from __future__ import annotations

from wardroom.ledger.queries.following import FollowedLine, FollowedPage, lines_after
from wardroom.ledger.queries.heads import Proof, notes_since, proof_of, signed_heads
from wardroom.ledger.queries.history import (
    History,
    HistoryChoices,
    LineFile,
    history,
    history_choices,
    latest_of,
    line_file,
    newest_of_each,
)
from wardroom.ledger.queries.lately import Changed, LateLine, changes_since
from wardroom.ledger.queries.mentions import (
    MentionPage,
    MentionRow,
    get_mention,
    mentions_of,
    unresolved_mentions,
)
from wardroom.ledger.queries.timeline import (
    MOST_COUNTED,
    PAGE_ROWS,
    Lines,
    TimelineLine,
    TimelinePage,
    TimelineRun,
    noisy_kinds,
    timeline,
)
from wardroom.ledger.queries.verifying import Broken, Verified, covered_lines, verified_chain
from wardroom.ledger.rules import kind_in_words

__all__ = [
    "MOST_COUNTED",
    "PAGE_ROWS",
    "Broken",
    "Changed",
    "FollowedLine",
    "FollowedPage",
    "History",
    "HistoryChoices",
    "LateLine",
    "LineFile",
    "Lines",
    "MentionPage",
    "MentionRow",
    "Proof",
    "TimelineLine",
    "TimelinePage",
    "TimelineRun",
    "Verified",
    "changes_since",
    "covered_lines",
    "get_mention",
    "history",
    "history_choices",
    "kind_in_words",
    "latest_of",
    "line_file",
    "lines_after",
    "mentions_of",
    "newest_of_each",
    "noisy_kinds",
    "notes_since",
    "proof_of",
    "signed_heads",
    "timeline",
    "unresolved_mentions",
    "verified_chain",
]
