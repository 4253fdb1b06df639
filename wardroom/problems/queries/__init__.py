"""What can we ask about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.queries.candidates import (
    CandidateFile,
    CandidatePage,
    CandidateRow,
    DecisionRow,
    NumberRow,
    candidate_file,
    candidate_map,
    candidate_page,
    candidate_rows,
    get_candidate,
    undecided_candidates,
)
from wardroom.problems.queries.episodes import EpisodeView, RequestLine
from wardroom.problems.queries.locations import (
    LocationFile,
    LocationPage,
    LocationRow,
    location_file,
    location_page,
)

__all__ = [
    "CandidateFile",
    "CandidatePage",
    "CandidateRow",
    "DecisionRow",
    "EpisodeView",
    "LocationFile",
    "LocationPage",
    "LocationRow",
    "NumberRow",
    "RequestLine",
    "candidate_file",
    "candidate_map",
    "candidate_page",
    "candidate_rows",
    "get_candidate",
    "location_file",
    "location_page",
    "undecided_candidates",
]
